"""Saving = spending that really stops - cost of the plan; how sure, when it pays back, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.engine.baseline import stopped_spending
from advisor.engine.business import Business
from advisor.engine.cost import Costs, totals
from advisor.engine.demand import Load, loads
from advisor.engine.promise import against_promise, paid_over_horizon
from advisor.engine.sample import Array, cents, estimate, scaled
from advisor.engine.setup import Setup
from advisor.engine.types import Driver, Grade, Savings
from advisor.engine.working import summed

SWING = 0.25  # one-at-a-time sensitivity, +/- 25 % (questionnaire, report section 8)
DRIVERS: Mapping[str, tuple[str, ...]] = {
    "users": ("users",),
    "volume": ("volume:",),
    "labor": ("it_hourly", "staff_hourly"),
    "price": ("price",),
    "exchange_rate": ("fx",),
    "hardware_price": ("hardware",),
}


def savings(setup: Setup, business: Business, cost: Array, months: Array, closed_cost: float | None) -> Savings:
    """Savings of one set-up over the sample; ``months`` its central course, ``closed_cost`` that of the reference."""
    stopped = stopped_spending(business, setup.route, business.factors)
    saving = stopped.stopped - cost
    cumulative = np.concatenate([[0.0], np.cumsum(stopped.by_month - months)])
    paid_now = paid_over_horizon(business)
    central = float(saving[0])
    per_use = float(stopped.stopped[0]) - closed_cost if closed_cost is not None and paid_now else None
    return Savings(
        total=estimate(saving, business.currency, Grade.DERIVED),
        stopped_total=estimate(stopped.stopped, business.currency, Grade.DERIVED),
        share_of_current=round(central / paid_now, 4) if paid_now else None,
        chance=round(float(np.mean(saving[1:] > 0)), 3),
        payback_month=_payback(cumulative),
        cumulative=cents(cumulative),
        from_paying_per_use=round(per_use, 2) if per_use is not None else None,
        stopped_by_month=cents(stopped.by_month),
        from_openness=round(central - per_use, 2) if per_use is not None else None,
        promise=against_promise(saving, stopped.stopped, business, per_use),
    )


def _payback(cumulative: Array) -> int | None:
    """First month from which the plan stays ahead for the rest of the horizon."""
    if cumulative[-1] <= 0:
        return None
    behind = np.flatnonzero(cumulative <= 0)
    return int(behind[-1]) + 1


Scale = Mapping[str, float | Array]


@dataclass(frozen=True)
class Outcome:
    """Set-ups at scale points, central case, arrays of shape (set-ups, points): what each saves, and what it asks for.

    ``once`` and ``month`` are what budgets are held against.
    """

    saving: Array
    once: Array
    month: Array


@dataclass(frozen=True)
class Moved:
    """A business with some inputs multiplied, all else worked out anew."""

    business: Business
    scale: Scale

    @cached_property
    def factors(self) -> dict[str, Array]:
        return scaled(self.business.middle, {key: by for key, by in self.scale.items() if key != "current_spend"})

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        return loads(self.business, self.factors)

    @cached_property
    def costs(self) -> Costs:
        return Costs(self.business, self.loads, self.factors)

    def outcome(self, setups: Sequence[Setup]) -> Outcome:
        found = []
        for setup in setups:
            lines = self.costs.lines(setup)
            now = self.scale.get("current_spend", 1.0)
            stopped = stopped_spending(self.business, setup.route, self.factors, now).stopped
            once, month = (
                summed((getattr(line, paid) for line in lines), lines[0].nothing) for paid in ("once", "month")
            )
            found.append((stopped - totals(lines), once, month))
        return Outcome(*(np.stack(part) for part in zip(*found, strict=True)))


def drivers(setups: Sequence[Setup], business: Business) -> list[tuple[Driver, ...]]:
    """What the saving of each set-up becomes when one input moves by a quarter, largest swing first."""
    inputs = dict(DRIVERS)
    if business.answers.current_tools:
        inputs["current_spend"] = ("current_spend",)
    scale = side_by_side(list(inputs.values()), np.array([1 - SWING, 1 + SWING]))
    moved = Moved(business, scale).outcome(setups).saving.reshape(len(setups), len(inputs), 2)
    return [_ranked(dict(zip(inputs, ends.tolist(), strict=True))) for ends in moved]


def _ranked(swings: Mapping[str, tuple[float, float]]) -> tuple[Driver, ...]:
    found = [
        Driver(key, round(low, 2), round(high, 2))
        for key, (low, high) in swings.items()
        if key == "current_spend" or abs(high - low) >= 0.01
    ]
    return tuple(sorted(found, key=lambda driver: (-abs(driver.high_total - driver.low_total), driver.key)))


def side_by_side(inputs: Sequence[tuple[str, ...]], multiples: Array) -> dict[str, Array]:
    """Scale points that move one input after the other: ``multiples`` has a row for each, or one row for all."""
    rows = np.broadcast_to(multiples, (len(inputs), np.shape(multiples)[-1]))
    scale: dict[str, Array] = {}
    for at, names in enumerate(inputs):
        for name in names:
            points = np.ones(rows.shape)
            points[at] = rows[at]
            scale[name] = points.ravel() * scale.get(name, 1.0)
    return scale
