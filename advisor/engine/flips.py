"""Where the advice changes: the multiple of one input at which the best plan stops beating what there is, or begins to.

All inputs are walked at once: one pass of the cost model over a grid of scale points finds in which step each input
changes the advice nearest to today, further passes divide that step. Both sides of a root were worked out themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from advisor.engine.business import Business
from advisor.engine.grid import Flags
from advisor.engine.sample import Array
from advisor.engine.savings import side_by_side
from advisor.engine.types import Flip

RANGE = (20.0, 0.05)  # multiples of today's value within which a flip is looked for; own choice
STEPS = 12  # on each side of today; an advice that changes and changes back within a factor of 1.3 is not seen
PARTS, ROUNDS = 128, 2  # into which a step is divided, twice: to 2 parts in 100,000

Margin = Callable[[Mapping[str, Array]], Array]  # how far the plan is ahead, at scale points


def flips(business: Business, margin: Margin) -> tuple[Flip, ...]:
    """The nearest flip of each input that has one."""
    # Where question 17 was answered, every hour that follows from it moves with it.
    hourly = tuple(name for name, number in business.numbers.items() if number.source == "Q17") or ("it_hourly",)
    inputs: dict[str, tuple[tuple[str, ...], float | None, str]] = {
        "volume": (("volume:",), None, "times"),
        "hourly_cost": (hourly, float(business.middle["it_hourly"][0]), f"{business.currency}/hour"),
        "price": (("price",), None, "times"),
    }
    paid = sum(tool.price_month for tool in business.answers.current_tools or ())
    if paid:
        inputs["current_spend"] = (("current_spend",), paid, f"{business.currency}/month")
    ahead, factors = roots(margin, [names for names, _, _ in inputs.values()])
    found = []
    for (key, (_, today, unit)), factor in zip(inputs.items(), factors, strict=True):
        if factor is not None:
            value = round(today * factor, 2) if today is not None else None
            found.append(Flip(key, round(factor, 3), value, unit, "keep" if ahead else "plan"))
    return tuple(found)


def roots(margin: Margin, inputs: list[tuple[str, ...]]) -> tuple[bool, list[float | None]]:
    """Whether the plan is ahead today, and for each input the change of that nearest to today, None where none is."""

    def ahead(multiples: Array) -> Flags:
        """Whether the plan is ahead at each multiple: one row an input."""
        flags: Flags = (margin(side_by_side(inputs, multiples)) > 0).reshape(len(inputs), -1)
        return flags

    grid = np.array([np.geomspace(1.0, end, STEPS + 1) for end in RANGE])
    flags = ahead(grid.reshape(1, -1)).reshape(len(inputs), 2, STEPS + 1)
    today = bool(flags[0, 0, 0])
    near, far = np.ones(len(inputs)), np.ones(len(inputs))
    for row, other in enumerate(flags[:, :, 1:] != today):
        distance = np.where(other, np.abs(np.log(grid[:, 1:])), np.inf)
        side, step = divmod(int(distance.argmin()), STEPS)
        if other.any():
            near[row], far[row] = grid[side, step], grid[side, step + 1]
    for _ in range(ROUNDS):
        points = np.geomspace(near, far, PARTS + 1, axis=1)
        last = (ahead(points[:, 1:]) != today).argmax(axis=1)
        near, far = (np.take_along_axis(points, at[:, None], axis=1)[:, 0] for at in (last, last + 1))
    return today, [float(np.sqrt(low * high)) if high != 1.0 else None for low, high in zip(near, far, strict=True)]
