"""What pay-per-use services bill: units of each job times list price, month by month, work growing on the way.

A price change that a provider has already announced, or the end of a launch price, starts in the month of its date
(counted from ``as_of``). Cached input is billed at its own price where the provider lists one, else as ordinary input.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from advisor.engine.candidates import Candidate
from advisor.engine.catalog import ApiPrice
from advisor.engine.demand import Load, growth_mean
from advisor.engine.sample import Array
from advisor.engine.types import Grade
from advisor.engine.units import MONTHS_PER_YEAR
from advisor.engine.working import Working

CHARACTERS_PER_PAGE = 1_800.0  # the translation job's unit: a standard page
TOKENS_UNIT = "usd_per_1m_tokens"
TOKENS_PER_PASSAGE_QUERY = 50.0  # a question as a search index reads it; assumed
GROWTH = "(1 + growth * (horizon - 1) / 24)"  # mean work over the months, as ``growth_mean`` computes it


@dataclass(frozen=True)
class Terms:
    """The mean month's bill in the business's currency, before price drift (array over the sample).

    ``profile`` is the central weight of each month, mean 1; ``early`` the first year's mean month over ``month``.
    """

    month: Array
    expression: str
    profile: Array
    early: Array


@dataclass(frozen=True)
class Bill:
    """One billed row: mean month, mean month of the first year (arrays over the sample), central months."""

    month: Array
    first_year: Array
    months: Array
    expression: str


def price_by_month(row: ApiPrice, field: str, as_of: date, horizon: int) -> Array:
    """List price of ``field`` in each month of the horizon, announced changes included."""
    value = getattr(row, field)
    prices = np.full(horizon, np.nan if value is None else value)
    for change in sorted(row.scheduled_changes, key=lambda item: item.from_date):
        new = getattr(change, field)
        if new is not None:
            start = date.fromisoformat(change.from_date)
            months = (start.year - as_of.year) * MONTHS_PER_YEAR + start.month - as_of.month
            prices[max(0, months) :] = new
    return prices


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
    month: Array = np.sum([bill.month for bill in bills], axis=0)
    first_year: Array = np.sum([bill.first_year for bill in bills], axis=0)
    months: Array = np.sum([bill.months for bill in bills], axis=0)
    expression = " + ".join(bill.expression for bill in bills)
    some = np.where(month == 0, 1.0, month)
    mean = float(months.mean())
    return Terms(month, f"({expression}) * {GROWTH}", months / mean if mean else months + 1, first_year / some)


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
    """One row's bill: each part's amount in the first month at the price of each month, work growing."""
    horizon = work.business.horizon
    rate, exchanged = work.abroad(row.currency)
    growth, early = load.growth, min(MONTHS_PER_YEAR, horizon)
    month, first_year = np.zeros_like(growth), np.zeros_like(growth)
    months, products = np.zeros(horizon), []
    for part, label, unit, amount, prices in _parts(row, load, name, work.business.as_of, horizon):
        used, paid = amount * share.of_work * rate, _mean_price(prices, growth)
        month, first_year = month + used * paid, first_year + used * _mean_price(prices[:early], growth)
        months += used[0] * prices * (1 + growth[0] * np.arange(horizon) / MONTHS_PER_YEAR)
        work.note(part, amount, unit, Grade.DERIVED)
        paid = paid / growth_mean(growth, horizon)
        work.note(label, paid, price_unit(row), row.grade, row.source, row.as_of)
        products.append(f"{part} * {label}")
    return Bill(month, first_year, months, f"({' + '.join(products)}){share.expression}{exchanged}")


def _mean_price(prices: Array, growth: Array) -> Array:
    """Mean over the months of price x work, work being 1 in the first month."""
    mean: Array = prices.mean() + growth * float((prices * np.arange(len(prices))).mean() / MONTHS_PER_YEAR)
    return mean


def _parts(
    row: ApiPrice, load: Load, name: str, as_of: date, horizon: int
) -> list[tuple[str, str, str, Array, Array]]:  # fmt: skip
    """What is counted: its name and its price's, unit, amount in the first month, price by month."""
    if row.unit != TOKENS_UNIT:
        prices = np.nan_to_num(price_by_month(row, "price", as_of, horizon))
        unit = row.unit.removeprefix("usd_per_") + "/month"
        return [(f"{name}_units", f"{name}_price", unit, _units(row.unit, load), prices)]
    paid_in, paid_out, paid_cached = (price_by_month(row, field, as_of, horizon) for field in PRICE_FIELDS)
    paid_cached = np.where(np.isnan(paid_cached), paid_in, paid_cached)
    each = zip(PARTS, _tokens(name, load), (paid_in, paid_cached, np.nan_to_num(paid_out)), strict=True)
    return [
        (f"{name}_{part}", f"{name}_{part}_price", "million tokens/month", amount / 1e6, prices)
        for part, amount, prices in each
    ]


PRICE_FIELDS = ("input", "output", "cached_input")
PARTS = ("read", "reread", "written")


def _tokens(name: str, load: Load) -> tuple[Array, Array, Array]:
    nothing = np.zeros_like(load.requests)
    if name.endswith("_embedding"):
        return load.requests * TOKENS_PER_PASSAGE_QUERY, nothing, nothing
    return load.input_tokens - load.cached_tokens, load.cached_tokens, load.output_tokens


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
