"""Facts of a document that cannot both be true. They are listed for a person to judge, never corrected or hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext

from advisor.engine import shapes
from advisor.engine.catalog import Model
from advisor.engine.formats import format_name
from advisor.engine.freshness import last_day
from advisor.engine.reading import read_row
from advisor.engine.units import GB, HOURS_PER_MONTH

Row = Mapping[str, Any]
Tables = Mapping[str, list[dict[str, Any]]]

# How far two figures of one thing may lie apart before a person should look; all assumed.
FILE_SIZE_SHARE = 0.35  # a file against parameters x bits: mixed recipes and extra heads explain about a third
PRICE_SHARE = 0.25  # two prices of one kind in one half year
MEMORY_SHARE = 0.05  # 24 GB and 23.7 GB are the same card
CROSS_RATE_SHARE = 0.05  # two rates of one currency, a few weeks apart


@dataclass(frozen=True)
class Contradiction:
    collection: str
    slug: str
    text: str  # a sentence in the reader's language


def contradictions(document: Mapping[str, Any]) -> tuple[Contradiction, ...]:
    """Every contradiction, in order of collection, entry and text."""
    tables: Tables = document["entries"]
    found = {
        Contradiction(collection, slug, text)
        for collection, check in CHECKS
        for row in tables.get(collection, ())
        for slug, text in check(row, tables)
    }
    found |= {
        Contradiction(
            collection, row["slug"], gettext("The figure is dated %(as_of)s, after the day it was checked.") % row
        )
        for collection, rows in tables.items()
        for row in rows
        if _from_the_future(row)
    }
    found |= set(_told_twice(tables))
    return tuple(sorted(found, key=lambda item: (item.collection, item.slug, item.text)))


Found = Iterator[tuple[str, str]]


def _from_the_future(row: Row) -> bool:
    """The first day the figure's date may mean lies after the day somebody read it."""
    as_of, seen = row.get("as_of") or "", row.get("seen_on") or ""
    first = as_of[:4] if as_of[5:6] in "SQ" else as_of
    return bool(seen) and first > seen[: len(first)]


def _layers(row: Row, tables: Tables) -> Found:
    layers = row.get("n_layers")
    parts = [row.get(f"{name}_layers") for name in ("full_attention", "sliding_window", "linear_attention")]
    if layers and any(parts) and sum(part or 0 for part in parts) > layers:
        yield row["slug"], gettext("Its kinds of layers add up to more than its %(n)s layers.") % {"n": layers}


def _shape(row: Row, tables: Tables) -> Found:
    """Four attention matrices a layer, each at least as large as the keys squared, must fit into the parameters."""
    layers, heads, size, total = (row.get(name) for name in ("n_layers", "n_kv_heads", "head_dim", "params_total_b"))
    if layers and heads and size and total and 4 * layers * (heads * size) ** 2 / GB > total:
        yield (
            row["slug"],
            gettext("Its layers need more parameters than the %(n)s billion it is said to have.") % {"n": total},
        )


def _file_sizes(row: Row, tables: Tables) -> Found:
    """The size of a file against parameters times bits."""
    sizes = row.get("weights_gb") or {}
    if not sizes or not row.get("params_total_b"):
        return
    model = replace(read_row(Model, row, row["slug"]), weights_gb={})
    for name, told in sizes.items():
        try:
            expected = shapes.weights_gb(model, format_name(name))
        except ValueError:  # a name the engine does not know is not sized by it either
            continue
        if expected and abs(told / expected - 1) > FILE_SIZE_SHARE:
            values = {"format": name, "told": told, "expected": round(expected, 1)}
            yield row["slug"], gettext("%(format)s: %(told)s GB, where its parameters make %(expected)s GB.") % values


def _least_memory(row: Row, tables: Tables) -> Found:
    for name, least in (row.get("vram_min_gb") or {}).items():
        stored = (row.get("weights_gb") or {}).get(name)
        if stored and least < stored:
            values = {"format": name, "least": least, "stored": stored}
            yield (
                row["slug"],
                gettext("%(format)s: runs in %(least)s GB, but the weights alone are %(stored)s GB.") % values,
            )


def _scores(row: Row, tables: Tables) -> Found:
    told: dict[tuple[str, str], set[float]] = defaultdict(set)
    for score in row.get("quality") or ():
        told[score["benchmark"], score["measured_by"]].add(score["score"])
    for (benchmark, party), values in told.items():
        if len(values) > 1:
            text = gettext("%(benchmark)s by %(party)s: %(values)s.")
            shown = " / ".join(map(str, sorted(values)))
            yield row["slug"], text % {"benchmark": benchmark, "party": party, "values": shown}


def _device(row: Row, tables: Tables) -> Found:
    usable, memory_gb = row.get("usable_memory_gb"), row.get("memory_gb")
    if usable and memory_gb and usable > memory_gb:
        yield row["slug"], gettext("A model can use more memory than there is.")
    prices = [row["price"], *(row.get("other_prices") or ())]
    for place, first in enumerate(prices):
        for second in prices[place + 1 :]:
            if _same_market(first, second) and _apart(first["amount"], second["amount"], PRICE_SHARE):
                text = gettext("%(kind)s price of %(first)s and of %(second)s %(currency)s in the same half year.")
                yield row["slug"], text % {
                    "kind": first["kind"], "first": first["amount"], "second": second["amount"],
                    "currency": first["currency"],
                }  # fmt: skip


def _same_market(first: Row, second: Row) -> bool:
    if not all(price.get("amount") and price.get("as_of") and price.get("kind") for price in (first, second)):
        return False
    alike = all(first[name] == second[name] for name in ("currency", "kind"))
    return alike and abs((last_day(first["as_of"]) - last_day(second["as_of"])).days) <= 183


def _apart(first: float, second: float, share: float) -> bool:
    return max(first, second) > min(first, second) * (1 + share)


def _service_price(row: Row, tables: Tables) -> Found:
    fresh, cached, written = row.get("input"), row.get("cached_input"), row.get("output")
    if cached is not None and fresh is not None and cached > fresh:
        yield row["slug"], gettext("Cached input costs more than fresh input.")
    if written is not None and fresh is not None and 0 < written < fresh:
        yield row["slug"], gettext("Output costs less than input.")


def _cloud_offer(row: Row, tables: Tables) -> Found:
    hour, month = row.get("price_hour"), row.get("price_month")
    if hour and month and month > hour * HOURS_PER_MONTH * (1 + PRICE_SHARE):
        yield row["slug"], gettext("A month costs more than all its hours.")
    device = next((item for item in tables.get("devices", ()) if item["slug"] == row.get("device")), None)
    if device and device.get("memory_gb") and _apart(device["memory_gb"], row["memory_gb_each"], MEMORY_SHARE):
        values = {"offer": row["memory_gb_each"], "device": device["memory_gb"], "name": device["slug"]}
        yield row["slug"], gettext("%(offer)s GB, where %(name)s has %(device)s GB.") % values


def _seat(row: Row, tables: Tables) -> Found:
    monthly, yearly = row.get("price"), row.get("price_annual_billing")
    if monthly and yearly and yearly > monthly:
        yield row["slug"], gettext("Paying yearly costs more than paying monthly.")


def _exchange_rate(row: Row, tables: Tables) -> Found:
    low, rate, high = (row.get(f"units_per_usd{end}") for end in ("_low_12m", "", "_high_12m"))
    if rate and ((low and rate < low) or (high and rate > high)):
        yield row["slug"], gettext("The rate lies outside its own twelve months.")
    euro = next((item for item in tables.get("fx", ()) if item["currency"] == "EUR"), None)
    per_euro = row.get("units_per_eur")
    if rate and per_euro and euro and euro.get("units_per_usd"):
        crossed = per_euro * euro["units_per_usd"]
        if _apart(rate, crossed, CROSS_RATE_SHARE):
            yield row["slug"], gettext("%(rate)s for a dollar, but %(crossed)s over the euro.") % {
                "rate": rate, "crossed": round(crossed, 4),
            }  # fmt: skip


def _law(row: Row, tables: Tables) -> Found:
    since, until = row.get("since"), row.get("until")
    if since and until and until < since:
        yield row["slug"], gettext("It ends before it begins.")
    if row.get("status") == "in_force" and since and row.get("seen_on") and since > row["seen_on"]:
        yield row["slug"], gettext("In force, but binding only from %(since)s.") % {"since": since}


CHECKS: tuple[tuple[str, Callable[[Row, Tables], Found]], ...] = (
    ("models", _layers),
    ("models", _shape),
    ("models", _file_sizes),
    ("models", _least_memory),
    ("models", _scores),
    ("devices", _device),
    ("api_prices", _service_price),
    ("cloud_offers", _cloud_offer),
    ("seats", _seat),
    ("fx", _exchange_rate),
    ("law_cards", _law),
)
# What makes two rows speak about one thing, and the figures that must then be equal.
SAME_THING: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "api_prices": (("provider", "model_name", "unit", "currency"), ("input", "output", "price")),
    "seats": (("vendor", "product", "unit", "currency", "billing"), ("price", "price_annual_billing")),
    "models": (("hub_repo",), ("params_total_b", "params_active_b", "n_layers", "license")),
}


def _told_twice(tables: Tables) -> Iterator[Contradiction]:
    for collection, (naming, figures) in SAME_THING.items():
        groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for row in tables.get(collection, ()):
            if row.get(naming[0]):
                groups[tuple(row.get(name) for name in naming)].append(row)
        for rows in groups.values():
            for field in figures:
                told = {row["slug"]: row[field] for row in rows if row.get(field) is not None}
                if len(set(told.values())) > 1:
                    shown = ", ".join(f"{slug} {value}" for slug, value in sorted(told.items()))
                    text = gettext("%(field)s differs between entries of the same thing: %(shown)s.")
                    yield Contradiction(collection, min(told), text % {"field": field, "shown": shown})
