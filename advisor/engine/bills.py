"""What many services would bill for one job, to compare them: the central monthly bill of each.

A bill is a sum of amounts times list prices (``prices.py``), and the amounts are the same for all that bill by the
same unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import ApiPrice
from advisor.engine.demand import Load
from advisor.engine.prices import TOKENS_UNIT, monthly_amounts, steady_prices, usage_terms
from advisor.engine.sample import Array
from advisor.engine.working import Working


def central_bills(candidates: Sequence[Candidate], loads: tuple[Load, ...], business: Business) -> Array:
    """Bill of each candidate of one job, companions included; small models first are billed one by one."""
    work = Working(business, business.middle, quiet=True)

    def bill(candidate: Candidate) -> float:
        terms = usage_terms((candidate,), loads, work)
        return float(terms.month[0]) if terms is not None else 0.0

    found = np.zeros(len(candidates))
    alike: dict[tuple[str, str], list[int]] = {}
    for at, candidate in enumerate(candidates):
        row = candidate.price
        assert row is not None
        if candidate.easy is not None:
            found[at] = bill(candidate)
        else:
            alike.setdefault((row.unit, row.currency), []).append(at)
    by_job = {load.job: load for load in loads}
    for places in alike.values():
        first = candidates[places[0]]
        assert first.price is not None
        amounts = monthly_amounts(first.price, by_job[first.job], work)
        numbers = TOKEN_PRICES if first.price.unit == TOKENS_UNIT else UNIT_PRICES
        rows = np.array([_prices(candidates[at].price, business) for at in places])[:, list(numbers)]
        beside = any(helper.price is not None for helper in first.helpers)
        found[places] = rows @ amounts + (bill(replace(first, price=None)) if beside else 0.0)
    return found


TOKEN_PRICES, UNIT_PRICES = (0, 1, 2), (3,)  # of ``_prices``: which of them a row's unit is billed by


def _prices(row: ApiPrice | None, business: Business) -> tuple[float, ...]:
    assert row is not None
    if row.scheduled_changes:
        return steady_prices(row, business.as_of, business.horizon, float(business.middle["growth"][0]))
    read = row.input or 0.0
    return read, read if row.cached_input is None else row.cached_input, row.output or 0.0, row.price or 0.0
