"""Saving = spending that really stops - cost of the plan; how sure, when it pays back, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise

import numpy as np

from advisor.engine.baseline import stopped_spending
from advisor.engine.business import Business
from advisor.engine.cost import by_month, cost_lines, totals
from advisor.engine.demand import loads
from advisor.engine.sample import Array, estimate, scaled
from advisor.engine.setup import Setup
from advisor.engine.types import Driver, Flip, Grade, Savings

SWING = 0.25  # one-at-a-time sensitivity, +/- 25 % (questionnaire, report section 8)
FLIP_RANGE = (0.05, 20.0)  # multiples of today's value within which a flip is looked for; own choice
DRIVERS: Mapping[str, tuple[str, ...]] = {
    "users": ("users",),
    "volume": ("volume:",),
    "labor": ("it_hourly", "staff_hourly"),
    "price": ("price",),
    "exchange_rate": ("fx",),
    "hardware_price": ("hardware",),
}


def savings(setup: Setup, business: Business, cost: Array, closed_cost: float | None) -> Savings:
    """Savings of one set-up over the sample. ``closed_cost`` is the closed reference's central cost."""
    horizon, route = business.horizon, setup.route
    stopped = stopped_spending(business, route, business.factors)
    saving = stopped.stopped - cost
    months = by_month(cost_lines(setup, business, loads(business, business.middle), business.middle), horizon)
    cumulative = np.concatenate([[0.0], np.cumsum(stopped.by_month - months)])
    paid_now = sum(tool.price_month for tool in business.answers.current_tools or ()) * horizon
    central = float(saving[0])
    per_use = float(stopped.stopped[0]) - closed_cost if closed_cost is not None and paid_now else None
    return Savings(
        total=estimate(saving, business.currency, Grade.DERIVED),
        stopped_total=estimate(stopped.stopped, business.currency, Grade.DERIVED),
        share_of_current=round(central / paid_now, 4) if paid_now else None,
        chance=round(float(np.mean(saving[1:] > 0)), 3),
        payback_month=_payback(cumulative),
        cumulative=tuple(round(float(value), 2) for value in cumulative),
        from_paying_per_use=round(per_use, 2) if per_use is not None else None,
        stopped_by_month=tuple(round(float(value), 2) for value in stopped.by_month),
        from_openness=round(central - per_use, 2) if per_use is not None else None,
    )


def _payback(cumulative: Array) -> int | None:
    """First month from which the plan stays ahead for the rest of the horizon."""
    if cumulative[-1] <= 0:
        return None
    behind = np.flatnonzero(cumulative <= 0)
    return int(behind[-1]) + 1


def saving_at(setup: Setup, business: Business, scale: Mapping[str, float]) -> float:
    """Central saving with some inputs multiplied; machines, energy and bills are worked out anew."""
    current = scale.get("current_spend", 1.0)
    factors = scaled(business.middle, {key: by for key, by in scale.items() if key != "current_spend"})
    cost = totals(cost_lines(setup, business, loads(business, factors), factors), business.horizon)
    return float(stopped_spending(business, setup.route, factors, current).stopped[0] - cost[0])


def drivers(setup: Setup, business: Business) -> tuple[Driver, ...]:
    """What the saving becomes when one input moves by a quarter, largest swing first."""
    found = []
    for key, names in DRIVERS.items():
        low = saving_at(setup, business, dict.fromkeys(names, 1 - SWING))
        high = saving_at(setup, business, dict.fromkeys(names, 1 + SWING))
        if abs(high - low) >= 0.01:
            found.append(Driver(key, round(low, 2), round(high, 2)))
    if business.answers.current_tools:
        low, high = (saving_at(setup, business, {"current_spend": 1 + swing}) for swing in (-SWING, SWING))
        found.append(Driver("current_spend", round(low, 2), round(high, 2)))
    return tuple(sorted(found, key=lambda driver: (-abs(driver.high_total - driver.low_total), driver.key)))


def flips(business: Business, margin: Callable[[Mapping[str, float]], float]) -> tuple[Flip, ...]:
    """Where the advice changes: the multiple of each input at which ``margin`` (plan better if > 0) changes sign.

    Each root is checked by evaluating the comparison on both sides of it.
    """
    inputs: dict[str, tuple[tuple[str, ...], float | None, str]] = {
        "volume": (("volume:",), None, "times"),
        "hourly_cost": (("it_hourly",), float(business.factors["it_hourly"][0]), f"{business.currency}/hour"),
        "price": (("price",), None, "times"),
    }
    paid = sum(tool.price_month for tool in business.answers.current_tools or ())
    if paid:
        inputs["current_spend"] = (("current_spend",), paid, f"{business.currency}/month")
    found = []
    for key, (names, today, unit) in inputs.items():
        factor = _nearest_root(partial(_margin_at, margin, names))
        if factor is not None:
            becomes = "plan" if margin({}) <= 0 else "keep"
            value = round(today * factor, 2) if today is not None else None
            found.append(Flip(key, round(factor, 3), value, unit, becomes))
    return tuple(found)


def _margin_at(margin: Callable[[Mapping[str, float]], float], names: tuple[str, ...], by: float) -> float:
    return margin(dict.fromkeys(names, by))


def _nearest_root(margin: Callable[[float], float]) -> float | None:
    """The sign change nearest to today, by steps outwards and bisection; None when there is none in range."""
    today = margin(1.0) > 0
    for direction in _by_nearness(np.geomspace(1.0, FLIP_RANGE[1], 13), np.geomspace(1.0, FLIP_RANGE[0], 13)):
        near, far = direction
        if (margin(far) > 0) != today:
            low, high = near, far
            for _ in range(24):
                middle = (low * high) ** 0.5
                low, high = (middle, high) if (margin(middle) > 0) == today else (low, middle)
            crossed = (margin(low) > 0) == today and (margin(high) > 0) != today
            return (low * high) ** 0.5 if crossed else None
    return None


def _by_nearness(up: Array, down: Array) -> list[tuple[float, float]]:
    steps = [(float(a), float(b)) for walk in (up, down) for a, b in pairwise(walk)]
    return sorted(steps, key=lambda step: abs(np.log(step[1])))
