"""How long a fact may be relied on: when somebody should look again, and when it is too old to recommend by.

The review clock runs from the day the fact was checked; of a price from the date of the price, where that is earlier:
a price of September that was copied in November has not been looked at since September. The expiry clock always runs
from the date of the figure. Past its review date a fact still counts, as weaker evidence; past its expiry nothing is
recommended that rests on it.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from advisor.engine.dates import day_range
from advisor.engine.types import Grade


class Kind(StrEnum):
    """What sort of fact it is, as far as aging is concerned."""

    PRICE = "price"
    DEVICE_PRICE = "device_price"
    LICENSE = "license"
    TARIFF = "tariff"
    STATISTIC = "statistic"
    ECOSYSTEM = "ecosystem"
    LASTING = "lasting"  # architecture, measurements, studies: a new finding is a new fact


class Freshness(StrEnum):
    CURRENT = "current"
    REVIEW_DUE = "review_due"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Keeping:
    """``None`` means never: no review, or no expiry."""

    review_days: int | None
    expiry_months: int | None


# Review: prices 30 days, devices 60, licenses 180, architecture none are this product's promise to its readers; the
# others are assumed. So is expiry: prices of devices moved 10-100 % within months of 2026, and a service is listed anew
# sooner than a card; the text of a license does not lapse.
KEEPING: dict[Kind, Keeping] = {
    Kind.PRICE: Keeping(30, 12),
    Kind.DEVICE_PRICE: Keeping(60, 18),
    Kind.LICENSE: Keeping(180, None),
    Kind.TARIFF: Keeping(180, None),  # electricity statistics come twice a year
    Kind.STATISTIC: Keeping(365, None),  # wages and surveys come once a year
    Kind.ECOSYSTEM: Keeping(180, None),  # releases, security notes, support
    Kind.LASTING: Keeping(None, None),
}
# The kind of each collection of a catalog document; law cards carry a review date of their own.
KIND_OF: dict[str, Kind] = {
    "api_prices": Kind.PRICE,
    "cloud_offers": Kind.PRICE,
    "seats": Kind.PRICE,
    "support_offers": Kind.PRICE,
    "fx": Kind.PRICE,
    "devices": Kind.DEVICE_PRICE,
    "licenses": Kind.LICENSE,
    "electricity": Kind.TARIFF,
    "rates": Kind.STATISTIC,
    "usage": Kind.STATISTIC,
    "ecosystem": Kind.ECOSYSTEM,
    "software": Kind.ECOSYSTEM,
}
PRICES = frozenset({Kind.PRICE, Kind.DEVICE_PRICE})
CARRIED_FORWARD = Grade.DERIVED  # an old figure read as today's is a step of reasoning, whatever it was when it was new
BEST_FIRST = tuple(Grade)


def kind_of(collection: str) -> Kind:
    return KIND_OF.get(collection, Kind.LASTING)


def last_day(as_of: str) -> date:
    """The last day a date of a catalog may mean: "2026", "2026-10", "2026-10-08", "2025-S2", "2023-Q3".

    Raises:
        ValueError: it is none of these.
    """
    span = day_range(as_of)
    if span is None:
        raise ValueError(f"{as_of!r} is no date")
    return span[1]


def _end_of_month(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def review_by(kind: Kind, as_of: str | None, checked_on: date | None) -> date | None:
    """The day by which somebody should look again; ``None`` where that is never needed.

    Without a day of checking the figure's own date counts, and without any date the review is long overdue.
    """
    days = KEEPING[kind].review_days
    if days is None:
        return None
    figure = last_day(as_of) if as_of else None
    known = checked_on or figure
    if known is None:
        return date.min
    if kind in PRICES and figure is not None:
        known = min(known, figure)
    return known + timedelta(days=days)


def expires_on(kind: Kind, as_of: str | None, checked_on: date | None) -> date | None:
    """The last day on which the figure may decide anything: the end of the month ``expiry_months`` after its own.

    A figure without a date of its own is as old as the day it was checked.
    """
    months = KEEPING[kind].expiry_months
    known = last_day(as_of) if as_of else checked_on
    if months is None or known is None:
        return None
    return _end_of_month(known.year, known.month + months)


def freshness(kind: Kind, as_of: str | None, checked_on: date | None, today: date) -> Freshness:
    """What a fact of this kind is worth today."""
    expiry, review = expires_on(kind, as_of, checked_on), review_by(kind, as_of, checked_on)
    if expiry is not None and today > expiry:
        return Freshness.EXPIRED
    return Freshness.REVIEW_DUE if review is not None and today > review else Freshness.CURRENT


def grade_today(grade: str, state: Freshness) -> str:
    """The evidence grade a fact carries today: never better than carried forward once its review is due.

    What was assumed or unknown stays so; an expired fact is evidence of nothing.
    """
    if state is Freshness.CURRENT:
        return grade
    if state is Freshness.EXPIRED:
        return Grade.UNKNOWN
    return max(Grade(grade), CARRIED_FORWARD, key=BEST_FIRST.index)
