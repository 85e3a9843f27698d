"""Checks of figures that can hardly both be true: of one row, and of rows that speak about one thing.

``contradictions.py`` lists what they find for a person to judge; nothing is corrected or hidden. Unknown figures (None)
contradict nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

from advisor.engine import shapes
from advisor.engine.dates import day_range
from advisor.engine.formats import format_name
from advisor.engine.row_checks import Problem
from advisor.engine.units import GB, HOURS_PER_MONTH

Tables = Mapping[str, tuple[Any, ...]]
Told = tuple[str, str, str, str]  # kind, short name, field, what is wrong
Across = Callable[[Tables], Iterator[Told]]

# How far two figures of one thing may lie apart before a person should look; all assumed.
FILE_SIZE_SHARE = 0.35  # a file against parameters x bits: mixed recipes and extra heads explain about a third
PRICE_SHARE = 0.25  # two prices of one kind in one half year
HALF_YEAR_DAYS = 183
MEMORY_SHARE = 0.05  # 24 GB and 23.7 GB are the same card
CROSS_RATE_SHARE = 0.05  # two rates of one currency, a few weeks apart

REFERENCES = (
    ("models", "license", "licenses"),
    ("api_prices", "model", "models"),
    ("cloud_offers", "device", "devices"),
)
# What makes two rows speak about one thing, and the figures that must then be equal.
SAME_THING: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "api_prices": (("provider", "model_name", "unit", "currency"), ("input", "output", "price")),
    "seats": (("vendor", "product", "unit", "currency", "billing"), ("price", "price_annual_billing")),
    "models": (("hub_repo",), ("params_total_b", "params_active_b", "n_layers", "license")),
}


def attention_fits(row: Any) -> Iterator[Problem]:
    """Four attention matrices a layer, each at least as large as the keys squared, must fit into the parameters."""
    layers, heads, size, total = row.n_layers, row.n_kv_heads, row.head_dim, row.params_total_b
    if layers and heads and size and total:
        least = 4 * layers * (heads * size) ** 2 / GB
        if least > total:
            yield "params_total_b", f"{total:g} billion, but its layers alone need {least:.3g} billion"


def files_like_parameters(row: Any) -> Iterator[Problem]:
    """The size of a file against parameters times bits."""
    if row.params_total_b is None:
        return
    model = replace(row, weights_gb={})
    for name, told in row.weights_gb.items():
        try:
            expected = shapes.weights_gb(model, format_name(name))
        except ValueError:  # a name the engine does not know is not sized by it either
            continue
        if expected and abs(told / expected - 1) > FILE_SIZE_SHARE:
            yield "weights_gb", f"{name} is {told:g} GB, where its parameters make {expected:.3g} GB"


def weights_fit_memory(row: Any) -> Iterator[Problem]:
    """The least memory a maker asks for holds at least the weights."""
    for name, least in row.vram_min_gb.items():
        stored = row.weights_gb.get(name)
        if stored and least < stored:
            yield "vram_min_gb", f"{name} is said to run in {least:g} GB, but its weights alone are {stored:g} GB"


def one_score_each(row: Any) -> Iterator[Problem]:
    """One party reports one score of one test."""
    told: dict[tuple[str, str], set[float]] = defaultdict(set)
    for score in row.quality:
        told[score.benchmark, score.measured_by].add(score.score)
    for (benchmark, party), values in told.items():
        if len(values) > 1:
            yield "quality", f"{benchmark} by {party} is {' and '.join(f'{value:g}' for value in sorted(values))}"


def prices_agree(row: Any) -> Iterator[Problem]:
    """Two prices of one kind and currency, dated within half a year."""
    for first, second in combinations((row.price, *row.other_prices), 2):
        if _same_market(first, second) and _apart(first.amount, second.amount, PRICE_SHARE):
            yield (
                "price",
                f"{first.kind} price of {first.amount:g} and of {second.amount:g} {first.currency} in one half year",
            )


def _same_market(first: Any, second: Any) -> bool:
    if not all(price.amount and price.as_of and price.kind for price in (first, second)):
        return False
    spans = [day_range(price.as_of) for price in (first, second)]
    if (first.currency, first.kind) != (second.currency, second.kind) or None in spans:
        return False
    last = [span[1] for span in spans if span is not None]
    return abs((last[0] - last[1]).days) <= HALF_YEAR_DAYS


def _apart(first: float, second: float, share: float) -> bool:
    return max(first, second) > min(first, second) * (1 + share)


def prices_in_time(row: Any) -> Iterator[Problem]:
    """A price of a later day than the row was read on; its own day is not the row's."""
    read = day_range(row.seen_on) if row.seen_on else None
    for price in (row.price, *row.other_prices):
        span = day_range(price.as_of) if price.as_of else None
        if read is not None and span is not None and span[0] > read[1]:
            yield "price.as_of", f"{price.as_of} is later than the day it was seen, {row.seen_on}"


def writing_costs_more(row: Any) -> Iterator[Problem]:
    """Written tokens cost the provider more than read ones; zero is the price where nothing is written."""
    if row.output is not None and row.input is not None and 0 < row.output < row.input:
        yield "output", f"{row.output:g} is below input {row.input:g}"


def month_within_hours(row: Any) -> Iterator[Problem]:
    """A month costs at most all its hours; ``PRICE_SHARE`` above them is left for rounding and bundles."""
    if row.price_hour and row.price_month:
        hours = row.price_hour * HOURS_PER_MONTH
        if row.price_month > hours * (1 + PRICE_SHARE):
            yield "price_month", f"{row.price_month:g} is more than all its hours, {hours:.6g}"


def binds_when_read(row: Any) -> Iterator[Problem]:
    """A law in force binds by the day it was read."""
    if row.status == "in_force" and row.since and row.seen_on and _day(row.since) > _day(row.seen_on):
        yield "since", f"in force when read on {row.seen_on}, but binding only from {row.since}"


def due_after_reading(row: Any) -> Iterator[Problem]:
    """Nobody plans the next look before the last one."""
    if row.review_by and row.seen_on and _day(row.review_by) < _day(row.seen_on):
        yield "review_by", f"{row.review_by} is before the day it was seen, {row.seen_on}"


def _day(text: str) -> date:
    return date.fromisoformat(text)


def short_names(tables: Tables) -> Iterator[Told]:
    """Each short name once."""
    for kind, rows in tables.items():
        counted = Counter(row.slug for row in rows)
        yield from ((kind, slug, "slug", "used twice") for slug, times in counted.items() if times > 1)


def references(tables: Tables) -> Iterator[Told]:
    """Rows that name a row which is not there, where its kind is there at all."""
    for kind, field, target in REFERENCES:
        known = {row.slug for row in tables.get(target, ())}
        for row in tables.get(kind, ()) if target in tables else ():
            name = getattr(row, field)
            if name is not None and name not in known:
                yield kind, row.slug, field, f"there is no {name!r} in {target}"


def offers_match_cards(tables: Tables) -> Iterator[Told]:
    """A rented card has the memory of the card."""
    devices = {row.slug: row for row in tables.get("devices", ())}
    for row in tables.get("cloud_offers", ()):
        card = devices.get(row.device)
        if card is not None and card.memory_gb and _apart(card.memory_gb, row.memory_gb_each, MEMORY_SHARE):
            text = f"{row.memory_gb_each:g} GB, where {card.slug} has {card.memory_gb:g} GB"
            yield "cloud_offers", row.slug, "memory_gb_each", text


def rates_cross(tables: Tables) -> Iterator[Told]:
    """The rate against the dollar and the one over the euro come from two sources."""
    rows = tables.get("fx", ())
    euro = next((row.units_per_usd for row in rows if row.currency == "EUR"), None)
    for row in rows:
        if row.units_per_usd and row.units_per_eur and euro:
            crossed = row.units_per_eur * euro
            if _apart(row.units_per_usd, crossed, CROSS_RATE_SHARE):
                yield "fx", row.slug, "units_per_usd", f"{row.units_per_usd:g}, but {crossed:.5g} over the euro"


def makers_countries(tables: Tables) -> Iterator[Told]:
    """A model's maker sits where the entry of the family says the same maker sits."""
    families = {(row.family, row.publisher): row.publisher_country for row in tables.get("ecosystem", ())}
    for row in tables.get("models", ()):
        told = families.get((row.family, row.publisher))
        if told and row.publisher_country and told != row.publisher_country:
            text = f"{row.publisher_country}, but {told} in the entry of the family"
            yield "models", row.slug, "publisher_country", text


def told_twice(tables: Tables) -> Iterator[Told]:
    """Two entries of one thing, from two sources, with different figures."""
    for kind, (naming, figures) in SAME_THING.items():
        groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for row in tables.get(kind, ()):
            if getattr(row, naming[0]):
                groups[tuple(getattr(row, name) for name in naming)].append(row)
        for rows in groups.values():
            for field in figures:
                told = {row.slug: getattr(row, field) for row in rows if getattr(row, field) is not None}
                if len(set(told.values())) > 1:
                    shown = ", ".join(f"{slug} {value}" for slug, value in sorted(told.items()))
                    yield kind, min(told), field, f"differs between entries of the same thing: {shown}"
