"""What a catalog row may not say: figures out of order, below nothing, larger than their whole, days that do not exist.

``contradiction`` looks at one dataclass of ``catalog.py`` and names the field. Unknown figures (None) contradict
nothing. Codes of countries are ISO 3166 (a state or province after a hyphen), or a group the facts speak of as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from advisor.engine.countries import COUNTRIES, GROUPS
from advisor.engine.dates import day_range
from advisor.engine.types import Grade

Problem = tuple[str, str]  # field, and what is wrong with it
Check = Callable[[Any], Iterator[Problem]]

REFERENCES = (
    ("models", "license", "licenses"),
    ("api_prices", "model", "models"),
    ("cloud_offers", "device", "devices"),
)
CURRENCY = re.compile(r"[A-Z]{3}")
LANGUAGE = re.compile(r"[a-z]{2}")
SUBDIVISION = re.compile(r"[A-Z0-9]{1,3}")


def dangling(tables: Mapping[str, tuple[Any, ...]]) -> Iterator[tuple[str, str, str, str]]:
    """Rows that name a row which is not there, and short names used twice: (kind, slug, field, problem)."""
    slugs = {kind: [row.slug for row in rows] for kind, rows in tables.items()}
    for kind, found in slugs.items():
        yield from ((kind, slug, "slug", "used twice") for slug, times in Counter(found).items() if times > 1)
    for kind, field, target in REFERENCES:
        known = set(slugs.get(target, ()))
        for row in tables.get(kind, ()) if target in tables else ():
            name = getattr(row, field)
            if name is not None and name not in known:
                yield kind, row.slug, field, f"there is no {name!r} in {target}"


def contradiction(row: object) -> Problem | None:
    """The first field of a row, or of a row inside it, that cannot be true; None where nothing speaks against it."""
    for kind in reversed(type(row).__mro__):
        for check in CHECKS.get(kind.__name__, ()):
            for problem in check(row):
                return problem
    for item in fields(row):  # type: ignore[arg-type]
        value = getattr(row, item.name)
        for part in value if isinstance(value, tuple) else (value,):
            found = contradiction(part) if is_dataclass(part) else None
            if found is not None:
                return f"{item.name}.{found[0]}", found[1]
    return None


def _known(row: Any, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name in names:
        value = getattr(row, name)
        if value is not None:
            yield name, value


def _at_least(least: float, *names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in _known(row, names):
            for item in value.values() if isinstance(value, dict) else (value,):
                if item < least:
                    yield name, f"{item:g} is below {least:g}"

    return check


def _above_zero(*names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in _known(row, names):
            for item in value.values() if isinstance(value, dict) else (value,):
                if item <= 0:
                    yield name, f"{item:g} is not above 0"

    return check


def _rising(*names: str) -> Check:
    """Each known figure is no smaller than the known one before it."""

    def check(row: Any) -> Iterator[Problem]:
        known = list(_known(row, names))
        for (lower, less), (upper, more) in pairwise(known):
            if more < less:
                yield upper, f"{more:g} is below {lower} {less:g}"

    return check


def _shares(*names: str) -> Check:
    """Ranges that are shares of a whole."""

    def check(row: Any) -> Iterator[Problem]:
        for name, number in _known(row, names):
            if number.high > 1:
                yield name, f"{number.high:g} is more than the whole"

    return check


def _not_negative(*names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, number in _known(row, names):
            if number.low < 0:
                yield name, f"{number.low:g} is below 0"

    return check


def _like(pattern: re.Pattern[str], meaning: str, *names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in _known(row, names):
            for item in value if isinstance(value, tuple) else (value,):
                if not pattern.fullmatch(item):
                    yield name, f"{item!r} is no {meaning}"

    return check


def _one_of(codes: frozenset[Any], *names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in _known(row, names):
            if value not in codes:
                yield name, f"{value!r} is not known"

    return check


def _places(*names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in _known(row, names):
            for item in value if isinstance(value, tuple) else (value,):
                country, *part = item.split("-", 1)
                stated = not part or (country in COUNTRIES and SUBDIVISION.fullmatch(part[0]))
                if not stated or country not in COUNTRIES | GROUPS:
                    yield name, f"{item!r} is no country, region or group of countries"

    return check


def _days(*names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in _known(row, names):
            if day_range(value) is None:
                yield name, f"{value!r} is no day, month, quarter, half-year or year"

    return check


def _in_time(*names: str) -> Check:
    """Nobody has seen a fact of a later day: each date begins no later than the day it was read."""

    def check(row: Any) -> Iterator[Problem]:
        seen = day_range(row.seen_on) if row.seen_on else None
        for name, value in _known(row, names):
            span = day_range(value)
            if span is not None and seen is not None and span[0] > seen[1]:
                yield name, f"{value} is later than the day it was seen, {row.seen_on}"

    return check


def _begins_before_it_ends(row: Any) -> Iterator[Problem]:
    if row.since and row.until and date.fromisoformat(row.until) < date.fromisoformat(row.since):
        yield "until", f"{row.until} is before it binds, {row.since}"


def _exact_days(*names: str) -> Check:
    def check(row: Any) -> Iterator[Problem]:
        for name, value in _known(row, names):
            span = day_range(value)
            if span is None or span[0] != span[1]:
                yield name, f"{value!r} is no day"

    return check


def _layers_add_up(row: Any) -> Iterator[Problem]:
    """Layers by kind cannot be more than all layers, nor fewer when every kind is stated."""
    kinds = ("full_attention_layers", "sliding_window_layers", "linear_attention_layers")
    known = list(_known(row, kinds))
    total = sum(count for _, count in known)
    if row.n_layers is not None and known and total > row.n_layers:
        yield known[-1][0], f"{total} layers by kind are more than n_layers {row.n_layers}"


def _scores_hold(row: Any) -> Iterator[Problem]:
    for score in row.quality:
        if score.scale == "percent" and not 0 <= score.score <= 100:
            yield "quality", f"{score.benchmark} {score.score:g} is no percentage"


def _floors_hold(row: Any) -> Iterator[Problem]:
    stated = sorted(row.floors)
    if not set(stated) <= {"checked", "loss", "harm"}:
        yield "floors", f"{', '.join(stated)}: expected checked, loss, harm"


SPANS = (
    *("requests_per_unit", "input_tokens", "output_tokens", "cached_prefix_share", "audio_seconds", "pages", "images"),
    *("assets_3d", "reasoning_multiplier", "context_needed_tokens", "wait_first_word_s", "tokens_per_s_per_user"),
    *("seconds_per_image", "finish_within_hours", "peak_to_mean", "easy_share", "minutes_today", "check_minutes"),
    "rework_share",  # time_saved_share may be negative: some work took longer
)
COUNTS = ("n_layers", "n_kv_heads", "head_dim", "mla_kv_lora_rank", "context_tokens", "sliding_window_tokens")
KINDS_OF_LAYERS = ("full_attention_layers", "sliding_window_layers", "linear_attention_layers", "mla_rope_dim")

# By the name of the dataclass in ``catalog.py``; what stands under Entry speaks of every row.
CHECKS: dict[str, tuple[Check, ...]] = {
    "Entry": (
        _one_of(frozenset(Grade), "grade"), _days("as_of"), _exact_days("seen_on"), _in_time("as_of"),
    ),
    "Number": (_one_of(frozenset(Grade), "grade"), _rising("low", "central", "high"), _days("as_of")),
    "License": (
        _one_of(frozenset({"yes", "conditional", "no"}), "commercial_use"), _places("territory_exclusions"),
    ),
    "Model": (
        _above_zero("params_total_b", "params_active_b", "params_effective_b", "weights_gb", "vram_min_gb", *COUNTS),
        _at_least(0, *KINDS_OF_LAYERS, "language_count"),
        _rising("params_active_b", "params_total_b"),
        _rising("params_effective_b", "params_total_b"),
        _rising("sliding_window_tokens", "context_tokens"),
        _layers_add_up,
        _scores_hold,
        _places("publisher_country"),
        _like(LANGUAGE, "two-letter language code", "languages"),
        _days("release_date"),
        _in_time("release_date"),
    ),
    "Price": (
        _at_least(0, "amount", "low", "high"), _rising("low", "amount", "high"),
        _like(CURRENCY, "currency code", "currency"), _days("as_of"),
    ),
    "Device": (
        _above_zero("memory_gb", "usable_memory_gb", "bandwidth_gbs", "fp16_tflops"), _at_least(0, "power_watts"),
        _rising("usable_memory_gb", "memory_gb"), _places("vendor_country"),
    ),
    "CloudOffer": (
        _above_zero("memory_gb_each", "gpu_count"), _at_least(0, "price_hour", "price_month", "setup_fee", "low"),
        _rising("low", "price_hour", "high"), _places("residency"), _like(CURRENCY, "currency code", "currency"),
    ),
    "PriceChange": (_at_least(0, "input", "output", "cached_input", "price"), _exact_days("from_date")),
    "ApiPrice": (
        _at_least(0, "input", "output", "cached_input", "price"), _above_zero("context_tokens"),
        _rising("cached_input", "input"), _places("regions"), _like(CURRENCY, "currency code", "currency"),
    ),
    "Seat": (_at_least(0, "price", "price_annual_billing"), _like(CURRENCY, "currency code", "currency")),
    "Electricity": (
        _above_zero("price_kwh"), _places("country"), _like(CURRENCY, "currency code", "currency"),
    ),
    "Rate": (_at_least(0, "low", "value", "high"), _rising("low", "value", "high"), _places("country")),
    "Fx": (
        _above_zero("units_per_usd", "units_per_usd_low_12m", "units_per_usd_high_12m"),
        _rising("units_per_usd_low_12m", "units_per_usd", "units_per_usd_high_12m"),
        _like(CURRENCY, "currency code", "currency"),
    ),
    "Usage": (_at_least(0, "low", "central", "high"), _rising("low", "central", "high"), _places("country")),
    "TokenFact": (_at_least(0, "low", "central", "high"), _rising("low", "central", "high")),
    "JobProfile": (
        _not_negative(*SPANS), _shares("cached_prefix_share", "easy_share", "rework_share", "time_saved_share"),
        _floors_hold,
    ),
    "WeeklyVolume": (_at_least(0, "low"), _rising("low", "central", "high")),
    "Sector": (_not_negative("staff_share"), _shares("staff_share")),
    "Ecosystem": (_places("publisher_country"), _above_zero("release_cadence_months")),
    "SupportOffer": (
        _at_least(0, "price", "price_low", "price_high"), _rising("price_low", "price", "price_high"),
        _places("vendor_country"), _like(CURRENCY, "currency code", "currency"),
    ),
    "Software": (_one_of(frozenset(range(1, 6)), "difficulty"),),
    "LawCard": (_exact_days("since", "until", "review_by"), _begins_before_it_ends),
}  # fmt: skip
