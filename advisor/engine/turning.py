"""Whether a plan would be recommended at other figures: the rules of the verdict over many points at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from advisor.engine.business import Business
from advisor.engine.cost import ceilings
from advisor.engine.demand import Load
from advisor.engine.grid import Flags
from advisor.engine.portfolio import Priced, name_of
from advisor.engine.savings import Moved, Scale
from advisor.engine.types import Route
from advisor.engine.worth import stops_spending, time_value


def recommended_at(
    business: Business, priced: tuple[Priced, ...], loads: tuple[Load, ...]
) -> Callable[[Scale], Flags]:  # fmt: skip
    """Whether a plan is recommended when some inputs are multiplied: the rules of ``advise`` at scale points.

    The first kind of set-up counts of which any is within budget: those that leave fewest jobs undone, then unproven.
    """
    against_time, kinds = not stops_spending(business), _deciding(business, priced)
    once, month = ceilings(business)

    def recommended(scale: Scale) -> Flags:
        worth = time_value(business, loads) * scale.get("volume:", 1.0) * scale.get("staff_hourly", 1.0)
        now = scale.get("current_spend", 1.0) if business.answers.budget_month_as_now else 1.0
        found, settled, moved = np.array(False), np.array(False), Moved(business, scale)
        for kind in kinds:
            there = moved.outcome([item.setup for item in kind])
            within = (there.once <= once) & (there.month <= month * now)
            barred = np.array([[against_time and item.buys_unproven] for item in kind])
            ahead = within & ~barred & (there.saving + (worth if against_time else 0.0) > 0)
            found = found | (~settled & ahead.any(axis=0))
            settled = settled | within.any(axis=0)
            if settled.all():
                break
        return found

    return recommended


def _deciding(business: Business, priced: tuple[Priced, ...]) -> list[list[Priced]]:
    """Set-ups that the verdict hangs on, by what they lack but for the budget: on each route the cheapest.

    Without a budget only those that lack least decide. With one, the cheapest that is within it today may too.
    """
    limited = min(ceilings(business)) < np.inf
    chosen: dict[tuple[int, int], dict[tuple[Route, bool], Priced]] = {}
    for item in sorted(priced, key=lambda item: (*item.lacks[1:], item.cost, name_of(item.setup))):
        of_kind = chosen.setdefault(item.lacks[1:], {})
        of_kind.setdefault((item.setup.route, False), item)
        if limited and not item.over:
            of_kind.setdefault((item.setup.route, True), item)
    kinds = [list({id(item): item for item in of_kind.values()}.values()) for of_kind in chosen.values()]
    return kinds if limited else kinds[:1]
