"""What pay-per-use services bill: units of each job times list price, month by month.

A price change that a provider has already announced starts in the month of its date (counted from ``as_of``).
Cached input is billed at its own price where the provider lists one, else as ordinary input.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from advisor.engine.candidates import Candidate
from advisor.engine.catalog import ApiPrice
from advisor.engine.demand import Load
from advisor.engine.sample import Array
from advisor.engine.types import Grade
from advisor.engine.working import Working

CHARACTERS_PER_PAGE = 1_800.0  # the translation job's unit: a standard page
TOKENS_UNIT = "usd_per_1m_tokens"


@dataclass(frozen=True)
class Terms:
    """Monthly bill at today's exchange rate (arrays), its expression, and the weight of each month."""

    month: Array
    expression: str
    profile: Array | None


def price_by_month(row: ApiPrice, field: str, as_of: date, horizon: int) -> Array:
    """List price of ``field`` in each month of the horizon, announced changes included."""
    value = getattr(row, field)
    prices = np.full(horizon, np.nan if value is None else value)
    for change in sorted(row.scheduled_changes, key=lambda item: item.from_date):
        new = getattr(change, field)
        if new is not None:
            start = date.fromisoformat(change.from_date)
            months = (start.year - as_of.year) * 12 + start.month - as_of.month
            prices[max(0, months) :] = new
    return prices


def usage_terms(candidates: tuple[Candidate, ...], loads: tuple[Load, ...], work: Working) -> Terms | None:
    """The bill of every hosted candidate and hosted companion; None when nothing is hosted."""
    by_job = {load.job: load for load in loads}
    month: Array = np.zeros_like(work.factors["users"])
    months = np.zeros(work.business.horizon)
    expressions: list[str] = []
    for number, candidate in enumerate(candidates, start=1):
        load = by_job[candidate.job]
        for row, share, name in _rows(candidate, load, work, f"job{number}"):
            bill, central, expression = _bill(row, load, share, work, name)
            month, months = month + bill, months + central
            expressions.append(expression)
    if not expressions:
        return None
    flat = months.max() - months.min() < 1e-9
    profile = None if flat else months / months.mean()
    return Terms(month, " + ".join(expressions), profile)


def _rows(candidate: Candidate, load: Load, work: Working, name: str) -> list[tuple[ApiPrice, Array | float, str]]:
    """Billed rows of a candidate: its own, the small model's share when routed, and hosted companions."""
    found: list[tuple[ApiPrice, Array | float, str]] = []
    easy: Array | float = 0.0
    if candidate.easy is not None and candidate.easy.price is not None:
        easy = work.factors[f"easy:{load.job}"]
        work.use(f"easy:{load.job}", f"{name}_easy_share")
        found.append((candidate.easy.price, easy, f"{name}_small"))
    if candidate.price is not None:
        found.append((candidate.price, 1.0 - easy, name))
    found += [(helper.price, 1.0, f"{name}_{helper.role}") for helper in candidate.helpers if helper.price is not None]
    return found


def _bill(row: ApiPrice, load: Load, share: Array | float, work: Working, name: str) -> tuple[Array, Array, str]:
    """One row's monthly bill over the sample, its central value in each month, and its expression."""
    rate = work.business.convert(1.0, row.currency)
    months = [price_by_month(row, key, work.business.as_of, work.business.horizon) for key in PRICE_FIELDS]
    if row.unit != TOKENS_UNIT:
        units = _units(row.unit, load)
        price = (row.price or 0.0) * rate
        _note_price(work, row, f"{name}_price", price)
        work.note(f"{name}_units", units * share, row.unit.removeprefix("usd_per_") + "/month", Grade.DERIVED)
        flat = np.full(work.business.horizon, float((units * share)[0]) * price)
        return units * share * price, flat, f"{name}_units * {name}_price"
    paid_in, paid_out, paid_cached = months
    paid_out = np.nan_to_num(paid_out, nan=0.0)
    paid_cached = np.where(np.isnan(paid_cached), paid_in, paid_cached)
    fresh, cached, written = _tokens(name, load)
    amounts = (fresh * share / 1e6, cached * share / 1e6, written * share / 1e6)
    means = [float(price.mean()) * rate for price in (paid_in, paid_cached, paid_out)]
    for part, amount, price in zip(PARTS, amounts, means, strict=True):
        work.note(f"{name}_{part}", amount, "million tokens/month", Grade.DERIVED)
        _note_price(work, row, f"{name}_{part}_price", price)
    bill = sum((amount * price for amount, price in zip(amounts, means, strict=True)), np.zeros_like(fresh))
    central = rate * (
        float(amounts[0][0]) * paid_in + float(amounts[1][0]) * paid_cached + float(amounts[2][0]) * paid_out
    )
    return bill, central, " + ".join(f"{name}_{part} * {name}_{part}_price" for part in PARTS)


PRICE_FIELDS = ("input", "output", "cached_input")
PARTS = ("read", "reread", "written")
TOKENS_PER_PASSAGE_QUERY = 50.0  # a question as a search index reads it; assumed


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


def _note_price(work: Working, row: ApiPrice, name: str, price: float) -> None:
    work.note(name, price, row.unit.removeprefix("usd_"), row.grade, row.source, row.as_of)
