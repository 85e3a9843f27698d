"""What many services would bill for one job, to compare them: the central monthly bill of each.

A bill is a sum of amounts times list prices (``prices.py``). The amounts are read off rows that cost one for one
thing and nothing for the rest, so that a few bills give all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import ApiPrice
from advisor.engine.demand import Load
from advisor.engine.prices import TOKENS_UNIT, usage_terms
from advisor.engine.sample import Array
from advisor.engine.working import Working


def central_bills(candidates: Sequence[Candidate], loads: tuple[Load, ...], business: Business) -> Array:
    """Bill of each candidate of one job, companions included; rows that change their price are billed one by one."""
    work = Working(business, business.middle, quiet=True)

    def bill(candidate: Candidate) -> float:
        terms = usage_terms((candidate,), loads, work)
        return float(terms.month[0]) if terms is not None else 0.0

    found = np.zeros(len(candidates))
    alike: dict[tuple[str, str], list[int]] = {}
    for at, candidate in enumerate(candidates):
        row = candidate.price
        assert row is not None
        if row.scheduled_changes or candidate.easy is not None:
            found[at] = bill(candidate)
        else:
            alike.setdefault((row.unit, row.currency), []).append(at)
    for places in alike.values():
        first = candidates[places[0]]
        numbers = TOKEN_PRICES if first.price is not None and first.price.unit == TOKENS_UNIT else UNIT_PRICES
        amounts = [bill(replace(first, price=_priced(first.price, number), helpers=())) for number in numbers]
        rows = np.array([_prices(candidates[at].price) for at in places])[:, list(numbers)]
        found[places] = rows @ amounts + bill(replace(first, price=None))
    return found


TOKEN_PRICES, UNIT_PRICES = (0, 1, 2), (3,)  # of ``_prices``: which of them a row's unit is billed by


def _priced(row: ApiPrice | None, number: int) -> ApiPrice:
    """The same row at one for one of its prices and nothing for the rest."""
    assert row is not None
    return replace(
        row, input=float(number == 0), output=float(number == 1), cached_input=float(number == 2),
        price=float(number == 3),
    )  # fmt: skip


def _prices(row: ApiPrice | None) -> tuple[float, float, float, float]:
    assert row is not None
    read = row.input or 0.0
    return read, row.output or 0.0, read if row.cached_input is None else row.cached_input, row.price or 0.0
