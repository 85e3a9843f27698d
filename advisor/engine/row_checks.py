"""Checks of a catalog row, put together into a table in ``contradictions.py``: each yields fields and what is wrong.

Unknown figures (None) contradict nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from advisor.engine.countries import COUNTRIES, GROUPS
from advisor.engine.dates import day_range

Problem = tuple[str, str]  # field, and what is wrong with it
Check = Callable[[Any], Iterator[Problem]]

CURRENCY = re.compile(r"[A-Z]{3}")
LANGUAGE = re.compile(r"[a-z]{2}")
SUBDIVISION = re.compile(r"[A-Z0-9]{1,3}")


def stated(row: Any, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name in names:
        value = getattr(row, name)
        if value is not None:
            yield name, value


def at_least(least: float, *names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in stated(row, names):
            for item in value.values() if isinstance(value, dict) else (value,):
                if item < least:
                    yield name, f"{item:g} is below {least:g}"

    return check


def above_zero(*names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in stated(row, names):
            for item in value.values() if isinstance(value, dict) else (value,):
                if item <= 0:
                    yield name, f"{item:g} is not above 0"

    return check


def rising(*names: str) -> Check:
    """Each known figure is no smaller than the known one before it."""

    def check(row: Any) -> Iterator[Problem]:
        known = list(stated(row, names))
        for (lower, less), (upper, more) in pairwise(known):
            if more < less:
                yield upper, f"{more:g} is below {lower} {less:g}"

    return check


def shares(*names: str) -> Check:
    """Ranges that are shares of a whole."""

    def check(row: Any) -> Iterator[Problem]:
        for name, number in stated(row, names):
            if number.high > 1:
                yield name, f"{number.high:g} is more than the whole"

    return check


def not_negative(*names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, number in stated(row, names):
            if number.low < 0:
                yield name, f"{number.low:g} is below 0"

    return check


def like(pattern: re.Pattern[str], meaning: str, *names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in stated(row, names):
            for item in value if isinstance(value, tuple) else (value,):
                if not pattern.fullmatch(item):
                    yield name, f"{item!r} is no {meaning}"

    return check


def one_of(codes: frozenset[Any], *names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in stated(row, names):
            for item in value if isinstance(value, tuple) else (value,):
                if item not in codes:
                    yield name, f"{item!r} is not known"

    return check


def places(*names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in stated(row, names):
            for item in value if isinstance(value, tuple) else (value,):
                country, *part = item.split("-", 1)
                whole = not part or (country in COUNTRIES and SUBDIVISION.fullmatch(part[0]))
                if not whole or country not in COUNTRIES | GROUPS:
                    yield name, f"{item!r} is no country, region or group of countries"

    return check


def homes(*names: str) -> Check:
    """Countries that the rules read: the EU is the one group they know, and they know no states or provinces."""
    return one_of(COUNTRIES | {"EU"}, *names)


def days(*names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in stated(row, names):
            if day_range(value) is None:
                yield name, f"{value!r} is no day, month, quarter, half-year or year"

    return check


def in_time(*names: str) -> Check:
    """Nobody has seen a fact of a later day: each date begins no later than the day it was read."""

    def check(row: Any) -> Iterator[Problem]:
        seen = day_range(row.seen_on) if row.seen_on else None
        for name, value in stated(row, names):
            span = day_range(value)
            if span is not None and seen is not None and span[0] > seen[1]:
                yield name, f"{value} is later than the day it was seen, {row.seen_on}"

    return check


def begins_before_it_ends(row: Any) -> Iterator[Problem]:
    if row.since and row.until and date.fromisoformat(row.until) < date.fromisoformat(row.since):
        yield "until", f"{row.until} is before it binds, {row.since}"


def exact_days(*names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in stated(row, names):
            span = day_range(value)
            if span is None or span[0] != span[1]:
                yield name, f"{value!r} is no day"

    return check


def layers_add_up(row: Any) -> Iterator[Problem]:
    """Layers by kind cannot be more than all layers, nor fewer when every kind is stated."""
    kinds = ("full_attention_layers", "sliding_window_layers", "linear_attention_layers")
    known = list(stated(row, kinds))
    total = sum(count for _, count in known)
    if row.n_layers is not None and known and total > row.n_layers:
        yield known[-1][0], f"{total} layers by kind are more than n_layers {row.n_layers}"


def scores_hold(row: Any) -> Iterator[Problem]:
    for score in row.quality:
        if score.scale == "percent" and not 0 <= score.score <= 100:
            yield "quality", f"{score.benchmark} {score.score:g} is no percentage"


def floors_hold(row: Any) -> Iterator[Problem]:
    harms = sorted(row.floors)
    if not set(harms) <= {"checked", "loss", "harm"}:
        yield "floors", f"{', '.join(harms)}: expected checked, loss, harm"
