"""The promise "up to 90 % less" beside a plan's own saving: how likely it is reached, and what the saving is made of.

Every share is of what is paid today over the horizon. The promise itself goes into no figure.
"""

from __future__ import annotations

import numpy as np

from advisor.engine.baseline import idle_total
from advisor.engine.business import Business
from advisor.engine.sample import Array, percentiles, quantiles
from advisor.engine.types import Estimate, Grade, Promise

# The largest saving on procurement that is promised: claim "oss-procurement-90" of the catalog. Shown, never an input.
PROMISED = 0.90
# One case in twenty each, in the middle of its twentieth: a dot plot of 20 quantiles (Kay, Kola, Hullman, Munson, "When
# (ish) is My Bus?", CHI 2016), from which people estimate chances by counting.
TWENTIETHS = tuple((number + 0.5) / 20 for number in range(20))


def paid_over_horizon(business: Business) -> float:
    """What is paid today for the tools in question, over the horizon; 0 without any."""
    return sum(tool.price_month for tool in business.answers.current_tools or ()) * business.horizon


def against_promise(saving: Array, stopped: Array, business: Business, per_use: float | None) -> Promise | None:
    """The promise beside ``saving``; ``per_use`` is what closed pay-per-use would save. None where nothing is paid.

    Both arrays span the sample with the central case first. The share from openness is the rest of the central saving.
    """
    paid = paid_over_horizon(business)
    if not paid:
        return None
    share = saving / paid
    middle, (low, high) = float(share[0]), percentiles(share[1:])
    idle = sum(idle_total(tool, business) for tool in business.answers.current_tools or ()) / paid
    return Promise(
        promised=PROMISED,
        share=Estimate(
            round(min(low, middle), 4), round(middle, 4), round(max(high, middle), 4), "share", Grade.DERIVED
        ),
        chance=round(float(np.mean(saving[1:] > PROMISED * paid)), 3),
        spread=tuple(round(value, 4) for value in quantiles(share[1:], TWENTIETHS)),
        most=round(float(stopped[0]) / paid, 4),
        from_paying_per_use=round(per_use / paid, 4) if per_use is not None else None,
        from_openness=round(middle - per_use / paid, 4) if per_use is not None else None,
        from_idle_seats=round(idle, 4),
        with_idle_seats=round(middle + idle, 4),
    )
