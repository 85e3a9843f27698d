"""What pay-per-use services bill: units of each job times list price, month by month, work growing on the way.

A price change that a provider has already announced, or the end of a launch price, starts in the month of its date
(counted from ``as_of``). Cached input is billed at its own price where the provider lists one, else as ordinary input.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from advisor.engine.candidates import Candidate
from advisor.engine.catalog import ApiPrice
from advisor.engine.demand import Load, growth_mean
from advisor.engine.sample import Array
from advisor.engine.types import Grade
from advisor.engine.units import MONTHS_PER_YEAR
from advisor.engine.working import Spread, Working

CHARACTERS_PER_PAGE = 1_800.0  # the translation job's unit: a standard page
TOKENS_UNIT = "usd_per_1m_tokens"
TOKENS_PER_PASSAGE_QUERY = 50.0  # a question as a search index reads it; assumed
GROWTH = "(1 + growth * (horizon - 1) / 24)"  # mean work over the months, as ``growth_mean`` computes it


@dataclass(frozen=True)
class Terms:
    """The mean month's bill in the business's currency, before price drift (array over the sample)."""

    month: Array
    expression: str
    bills: tuple[Bill, ...]

    def spread(self) -> Spread:
        months = np.sum([bill.months for bill in self.bills], axis=0)
        mean, early = float(months.mean()), sum(bill.first_year for bill in self.bills)
        profile = months / mean if mean else np.ones_like(months)
        return Spread(profile, early / np.where(self.month == 0, 1.0, self.month))


@dataclass(frozen=True)
class Bill:
    """One billed row: each part's amount in the first month at the price of each month, work growing.

    ``times`` is the share of the work that is billed and the rate of exchange.
    """

    row: ApiPrice
    parts: tuple[Part, ...]
    times: Array | float
    work: Working
    expression: str

    @cached_property
    def month(self) -> Array:
        """The mean month, over the sample."""
        if self._prices:
            return self._at(self.work.business.horizon) * self.times
        return self._first * self.work.growth.mean * self.times

    @cached_property
    def first_year(self) -> Array:
        """The mean month of the first year, over the sample."""
        if self._prices:
            return self._at(MONTHS_PER_YEAR) * self.times
        return self._first * self.work.growth.early * self.times

    @cached_property
    def months(self) -> Array:
        """The central case, month by month."""
        central, growth = float(np.ravel(self.times)[0]), self.work.growth.central
        if self._prices:
            paid = [part.amount[0] * prices * growth for part, prices in zip(self.parts, self._prices, strict=True)]
            return np.asarray(sum(paid) * central)
        return np.asarray(self._first[0] * growth * central)

    @cached_property
    def _first(self) -> Array:
        """The first month at prices that stay."""
        first = self.work.nothing
        for part in self.parts:
            first = first + part.amount * _listed(self.row, part.field)
        return first

    @cached_property
    def _prices(self) -> list[Array]:
        """The price of each part in each month; none where prices stay."""
        business = self.work.business
        if not self.row.scheduled_changes:
            return []
        return [_by_month(self.row, part.field, business.as_of, business.horizon) for part in self.parts]

    def _at(self, months: int) -> Array:
        """The mean of the first months, each month's price on that month's work."""
        mean = self.work.nothing
        for part, prices in zip(self.parts, self._prices, strict=True):
            mean = mean + part.amount * _mean_price(prices[:months], self.work.growth.share)
        return mean

    def steady(self) -> list[Array | float]:
        """The price of each part that, if it stayed, would give the same mean month."""
        growth = self.work.growth
        if self._prices:
            return [_mean_price(prices, growth.share) / growth.mean for prices in self._prices]
        return [_listed(self.row, part.field) for part in self.parts]


def price_by_month(row: ApiPrice, field: str, as_of: date, horizon: int) -> Array:
    """List price of ``field`` in each month of the horizon, announced changes included."""
    value = getattr(row, field)
    prices = np.full(horizon, np.nan if value is None else value)
    for change in sorted(row.scheduled_changes, key=lambda item: item.from_date):
        new = getattr(change, field)
        if new is not None:
            prices[max(0, _months_until(change.from_date, as_of)) :] = new
    return prices


def _months_until(day: str, as_of: date) -> int:
    start = date.fromisoformat(day)
    return (start.year - as_of.year) * MONTHS_PER_YEAR + start.month - as_of.month


def price_unit(row: ApiPrice) -> str:
    """ "USD/1m_tokens", "USD/1000_pages": the currency the price is in and what it is paid for."""
    return f"{row.currency}/{row.unit.removeprefix('usd_per_')}"


def usage_terms(candidates: tuple[Candidate, ...], loads: tuple[Load, ...], work: Working) -> Terms | None:
    """The bill of every hosted candidate and hosted companion; None when nothing is hosted."""
    by_job = {load.job: load for load in loads}
    bills = [
        _bill(row, by_job[candidate.job], work, name, share)
        for number, candidate in enumerate(candidates, start=1)
        for row, name, share in _rows(candidate, work, f"job{number}")
    ]
    if not bills:
        return None
    work.use("growth")
    work.horizon()
    month = bills[0].month
    for bill in bills[1:]:
        month = month + bill.month
    return Terms(month, f"({' + '.join(bill.expression for bill in bills)}) * {GROWTH}", tuple(bills))


def steady_prices(row: ApiPrice, as_of: date, horizon: int, growth: float) -> tuple[float, ...]:
    """Prices read, read again, written and per unit which, if they stayed, would give the same mean month.

    A price counts by the work of its months, 1 + growth x month / 12 in each.
    """
    prices = {field: getattr(row, field) for field in (*PRICE_FIELDS, "price")}
    start, found = 0, dict.fromkeys(prices, 0.0)
    for change in (*sorted(row.scheduled_changes, key=lambda item: item.from_date), None):
        end = horizon if change is None else min(horizon, max(start, _months_until(change.from_date, as_of)))
        months = end - start
        work = (months + growth / MONTHS_PER_YEAR * months * (start + end - 1) / 2) / horizon
        for field, price in prices.items():
            asked = prices["input"] if price is None and field == "cached_input" else price
            found[field] += (asked or 0.0) * work
        new = {field: getattr(change, field) for field in prices} if change is not None else {}
        prices |= {field: price for field, price in new.items() if price is not None}
        start = end
    mean = float(growth_mean(np.array([growth]), horizon)[0])
    return tuple(price / mean for price in found.values())


def monthly_amounts(row: ApiPrice, load: Load, work: Working) -> Array:
    """What a row of steady prices bills in the mean month for each of its prices at one: its parts in their order."""
    rate, _ = work.abroad(row.currency)
    growth = growth_mean(load.growth, work.business.horizon)
    return np.array([np.ravel(part.amount * growth * rate)[0] for part in _parts(row, load, "job")])


@dataclass(frozen=True)
class Share:
    """Part of a job's work that goes to one model, and how the expression says it."""

    of_work: Array | float = 1.0
    expression: str = ""


def _rows(candidate: Candidate, work: Working, name: str) -> list[tuple[ApiPrice, str, Share]]:
    """Billed rows of a candidate: the small model's share when routed, its own, and hosted companions."""
    found: list[tuple[ApiPrice, str, Share]] = []
    rest = Share()
    if candidate.easy is not None and candidate.easy.price is not None:
        easy, label = work.use(f"easy:{candidate.job}", f"{name}_easy_share"), f"{name}_easy_share"
        found.append((candidate.easy.price, f"{name}_small", Share(easy, f" * {label}")))
        rest = Share(1.0 - easy, f" * (1 - {label})")
    if candidate.price is not None:
        found.append((candidate.price, name, rest))
    found += [
        (helper.price, f"{name}_{helper.role}", Share()) for helper in candidate.helpers if helper.price is not None
    ]
    return found


def _bill(row: ApiPrice, load: Load, work: Working, name: str, share: Share) -> Bill:
    """One row's bill; a quiet working, whose loads stay the same, has each worked out once."""
    if not work.quiet or share.expression:
        return _worked_out(row, load, work, name, share)
    key = (row.slug, load.job, name.endswith(EMBEDDING))
    if key not in work.bills:
        work.bills[key] = _worked_out(row, load, work, name, share)
    return work.bills[key]


def _worked_out(row: ApiPrice, load: Load, work: Working, name: str, share: Share) -> Bill:
    (rate, exchanged), parts = work.abroad(row.currency), _parts(row, load, name)
    products = "" if work.quiet else " + ".join(f"{part.name} * {part.price_name}" for part in parts)
    bill = Bill(row, parts, share.of_work * rate, work, f"({products}){share.expression}{exchanged}")
    if not work.quiet:
        for part, price in zip(parts, bill.steady(), strict=True):
            work.note(part.name, part.amount, part.unit, Grade.DERIVED)
            work.note(part.price_name, price, price_unit(row), row.grade, row.source, row.as_of)
    return bill


def _by_month(row: ApiPrice, field: str, as_of: date, horizon: int) -> Array:
    """The price of each month as it is billed; nothing where none is listed."""
    prices = price_by_month(row, field, as_of, horizon)
    if field == "cached_input":
        prices = np.where(np.isnan(prices), price_by_month(row, "input", as_of, horizon), prices)
    return np.nan_to_num(prices)


def _mean_price(prices: Array, growth: Array) -> Array:
    """Mean over the months of price x work, work being 1 in the first month."""
    mean: Array = prices.mean() + growth * float((prices * np.arange(len(prices))).mean() / MONTHS_PER_YEAR)
    return mean


def _listed(row: ApiPrice, field: str) -> float:
    price = getattr(row, field)
    if price is None and field == "cached_input":
        price = row.input
    return float(price or 0.0)


class Part(NamedTuple):
    """What is counted at a price: its names in the working, the price's field, the unit, the first month's amount."""

    of: str
    kind: str
    field: str
    unit: str
    amount: Array

    @property
    def name(self) -> str:
        return f"{self.of}_{self.kind or 'units'}"

    @property
    def price_name(self) -> str:
        return f"{self.of}_{self.kind}_price" if self.kind else f"{self.of}_price"


def _parts(row: ApiPrice, load: Load, name: str) -> tuple[Part, ...]:
    if row.unit != TOKENS_UNIT:
        unit = row.unit.removeprefix("usd_per_") + "/month"
        return (Part(name, "", "price", unit, _units(row.unit, load)),)
    amounts = zip(PARTS, PRICE_FIELDS, _million_tokens(name, load), strict=False)
    return tuple(Part(name, part, field, "million tokens/month", amount) for part, field, amount in amounts)


EMBEDDING = "_embedding"  # ends the name of a search model's bill
PARTS = ("read", "reread", "written")
PRICE_FIELDS = ("input", "cached_input", "output")


def _million_tokens(name: str, load: Load) -> tuple[Array, ...]:
    """Tokens of the first month by part; a search model only reads."""
    if name.endswith(EMBEDDING):
        return (load.requests * TOKENS_PER_PASSAGE_QUERY / 1e6,)
    return load.million_tokens


def _units(unit: str, load: Load) -> Array:
    match unit:
        case "usd_per_audio_hour":
            return load.audio_hours
        case "usd_per_1000_pages":
            return load.pages / 1000
        case "usd_per_image":
            return load.images
        case "usd_per_model":
            return load.assets
        case "usd_per_1m_characters":
            return load.units * CHARACTERS_PER_PAGE / 1e6
        case _:
            raise ValueError(f"api_prices: unit {unit!r} is not known to the engine")
