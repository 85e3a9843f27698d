"""Figures that can be read and are wrong all the same: another unit, another currency, a thousand times the figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.catalog.models import Entry, Fx

# Where a table has a unit, it goes with the rows that share this column: a price of a kind of service, a kind of rate.
UNIT_GOES_WITH = {
    "api_prices": "category",
    "seats": "pricing_model",
    "rates": "kind",
    "usage": "kind",
    "token_facts": "key",
    "support_offers": "kind",
}
# A wrong unit is off by 730 (an hour for a month) or 1,000 (kilo); no fact of the catalog moves that far. Assumed.
JUMP = 100.0
BASE_CURRENCY = "USD"  # exchange rates are units per US dollar, so it has no row of its own


@dataclass(frozen=True)
class Known:
    """What the drafts already use: units by group, and the currencies that can be converted."""

    units: Mapping[str, frozenset[str]]
    currencies: frozenset[str]


def known_to(table: type[Entry]) -> Known:
    units: dict[str, set[str]] = {}
    group = UNIT_GOES_WITH.get(table.collection)
    if group:
        for name, unit in table._default_manager.values_list(group, "unit").distinct():
            units.setdefault(name, set()).add(unit)
    currencies = set(Fx.objects.filter(units_per_usd__isnull=False).values_list("currency", flat=True))
    return Known({name: frozenset(found) for name, found in units.items()}, frozenset(currencies | {BASE_CURRENCY}))


def doubts(
    table: type[Entry], old: Mapping[str, Any] | None, new: Mapping[str, Any], known: Known
) -> Iterator[tuple[str, str]]:
    """Column and reason of everything that looks like another unit or currency. Rows are those of a document."""
    yield from _unit_doubts(table, old, new, known)
    yield from _currency_doubts(old, new, known)
    for name, figure in new.items():
        before = (old or {}).get(name)
        if isinstance(figure, float) and isinstance(before, float) and figure > 0 and before > 0:
            ratio = figure / before
            if not 1 / JUMP < ratio < JUMP:
                yield name, f"{figure:g} where {before:g} stood: another unit? If it is right, change it by hand"


def _unit_doubts(
    table: type[Entry], old: Mapping[str, Any] | None, new: Mapping[str, Any], known: Known
) -> Iterator[tuple[str, str]]:
    group = UNIT_GOES_WITH.get(table.collection)
    if group is None or (old is not None and old["unit"] == new["unit"]):
        return
    if old is not None and old["unit"] is not None:
        yield "unit", f"{new['unit']} where {old['unit']} stood: change a unit by hand, together with its figures"
        return
    usual = known.units.get(new[group] or "", frozenset())
    if (new["unit"] or "") not in usual:
        names = ", ".join(sorted(filter(None, usual))) or "none yet; add the first one by hand"
        yield "unit", f"{new['unit']} is not a unit of {new[group]} (known: {names})"


def _currency_doubts(old: Mapping[str, Any] | None, new: Mapping[str, Any], known: Known) -> Iterator[tuple[str, str]]:
    for name, currency in _currencies(new):
        before = dict(_currencies(old or {})).get(name)
        if before is not None and before != currency:
            yield name, f"{currency} where {before} stood: change a currency by hand, together with its figures"
        elif before is None and currency not in known.currencies:
            yield name, f"{currency} has no exchange rate in the catalog"
    unit, code = new.get("unit"), new.get("currency")
    if isinstance(unit, str) and unit.startswith("usd_") and code and code != BASE_CURRENCY:
        yield "currency", f"{code}, but the unit is {unit}"


def _currencies(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Column -> currency, also of prices inside a column."""
    for name, value in row.items():
        found = value.get("currency") if isinstance(value, dict) else value if name == "currency" else None
        if isinstance(found, str):
            yield name, found
