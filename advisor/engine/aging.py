"""A catalog as it stands on one day: what has passed its review counts for less, what has expired has no price.

The rules are those of ``freshness.py``. What a catalog comes to changes only after a day on which a review or an expiry
falls, so it is worked out once for the time between two of them, and whoever reads it asks for no age.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from advisor.engine.catalog import ApiPrice, Catalog, CloudOffer, DatedCatalog, Device, Entry, Fx, Seat, SupportOffer
from advisor.engine.freshness import (
    KIND_OF,
    Freshness,
    Kind,
    expires_on,
    freshness,
    grade_today,
    kind_of,
    review_by,
)
from advisor.engine.once import once_per_catalog

AMOUNTS: dict[type[Entry], tuple[str, ...]] = {
    ApiPrice: ("input", "output", "cached_input", "price"),
    CloudOffer: ("price_hour", "price_month"),
    SupportOffer: ("price", "price_low", "price_high"),
    Seat: ("price", "price_annual_billing"),
    Fx: ("units_per_usd",),
}
# Prices of other products are only compared with, and exchange rates also turn what was published on wages and current
# into a business's own money: these amounts stay, as evidence of nothing.
STAY = (Seat, Fx)

# Kind, date of the figure, day of its check: as ``freshness.py`` takes them.
Known = tuple[Kind, str | None, date | None]


def dates(collection: str, as_of: str | None, price_as_of: str | None, seen_on: str | None) -> Known:
    """What a row's age is told by; a device is as old as its price."""
    kind = kind_of(collection)
    figure = (price_as_of if kind is Kind.DEVICE_PRICE else None) or as_of
    return kind, figure, date.fromisoformat(seen_on) if seen_on else None


def dates_of(collection: str, row: Entry) -> Known:
    price_as_of = row.price.as_of if isinstance(row, Device) else None
    return dates(collection, row.as_of, price_as_of, row.seen_on)


def dated(catalog: Catalog, today: date) -> Catalog:
    """The catalog as it stands on a day."""
    catalog = catalog.published
    turned = bisect_left(_turning_days(catalog), today)
    return _after(catalog, turned) if turned else catalog


@once_per_catalog
def _turning_days(catalog: Catalog) -> tuple[date, ...]:
    """The last days on which some fact is still worth what it is, in order."""
    found: set[date | None] = set()
    for collection in KIND_OF:
        for row in getattr(catalog, collection):
            known = dates_of(collection, row)
            found |= {review_by(*known), expires_on(*known)}
    return tuple(sorted(day for day in found if day is not None))


@once_per_catalog
def _after(catalog: Catalog, turned: int) -> Catalog:
    """The catalog on the day after the last of the first ``turned`` turning days."""
    today = _turning_days(catalog)[turned - 1] + timedelta(days=1)
    tables: dict[str, Any] = {item.name: getattr(catalog, item.name) for item in fields(catalog)}
    due, expired = set(), set()
    for collection in KIND_OF:
        rows = getattr(catalog, collection)
        states = [freshness(*dates_of(collection, row), today) for row in rows]
        tables[collection] = tuple(_worth(*pair) for pair in zip(rows, states, strict=True))
        old = [(row, state) for row, state in zip(rows, states, strict=True) if state is not Freshness.CURRENT]
        due |= {(collection, row.slug) for row, _ in old}
        expired |= {(collection, row.slug) for row, state in old if state is Freshness.EXPIRED and _has_amount(row)}
    return DatedCatalog(**tables, origin=catalog, due=frozenset(due), expired=frozenset(expired))


def _has_amount(row: Entry) -> bool:
    """Whether there was an amount that could expire."""
    if isinstance(row, Device):
        return row.price.amount is not None
    return any(getattr(row, name) is not None for name in AMOUNTS[type(row)])


def _worth(row: Any, state: Freshness) -> Any:
    """A row with the grade it carries in this state, and without amounts that have expired."""
    if state is Freshness.CURRENT:
        return row
    gone = state is Freshness.EXPIRED
    if isinstance(row, Device):  # what it can do does not age, what it costs does
        price = replace(row.price, grade=grade_today(row.price.grade, state))
        return replace(row, price=replace(price, amount=None, low=None, high=None) if gone else price)
    amounts = dict.fromkeys(AMOUNTS[type(row)] if gone and not isinstance(row, STAY) else ())
    return replace(row, grade=grade_today(row.grade, state), **amounts)
