"""Where the advice changes: the multiple of one input at which a plan stops being recommended, or begins to be.

All inputs are walked at once: one pass of the cost model over a grid of scale points finds in which step each input
changes the advice nearest to today, further passes divide that step. Both sides of a root were worked out themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from advisor.engine.business import Business
from advisor.engine.facts import staff_rate
from advisor.engine.grid import Flags, Index
from advisor.engine.sample import Array
from advisor.engine.savings import side_by_side
from advisor.engine.types import Flip

RANGE = (20.0, 0.05)  # multiples of today's value within which a flip is looked for; own choice
STEPS = 12  # on each side of today; an advice that changes and changes back within a factor of 1.3 is not seen
PARTS, ROUNDS = 64, 2  # into which a step is divided, twice: to 6 parts in 100,000

Ahead = Callable[[Mapping[str, Array]], Flags]  # whether a plan is recommended, at scale points


def flips(business: Business, recommended: Ahead) -> tuple[Flip, ...]:
    """The nearest flip of each input that has one."""
    return turning_points(business, recommended, "plan", "keep")


def turning_points(business: Business, holds: Ahead, becomes: str, ceases: str) -> tuple[Flip, ...]:
    """For each input the change nearest to today that turns ``holds``: into ``becomes`` where it is false today."""
    # Where question 17 was answered, every hour that follows from it moves with it.
    hourly = tuple(name for name, number in business.numbers.items() if number.source == "Q17") or ("it_hourly",)
    inputs: dict[str, tuple[tuple[str, ...], float | None, str]] = {
        "volume": (("volume:",), None, "times"),
        "hourly_cost": (hourly, float(business.middle["it_hourly"][0]), f"{business.currency}/hour"),
        "price": (("price", "hardware"), None, "times"),
    }
    paid = sum(tool.price_month for tool in business.answers.current_tools or ())
    if paid:
        inputs["current_spend"] = (("current_spend",), paid, f"{business.currency}/month")
    today_holds, factors = roots(_as_answered(business, holds), [names for names, _, _ in inputs.values()])
    found = []
    for (key, (_, today, unit)), factor in zip(inputs.items(), factors, strict=True):
        if factor is not None:
            value = round(today * factor, 2) if today is not None else None
            found.append(Flip(key, round(factor, 3), value, unit, ceases if today_holds else becomes))
    return tuple(found)


def _as_answered(business: Business, recommended: Ahead) -> Ahead:
    """Question 17, where no figure for the country is known, also says what staff cost; not asked, it says nothing."""
    country, middle = business.answers.country, business.middle
    if business.answers.hourly_cost is not None or staff_rate(business.catalog, country).country == country:
        return recommended
    ratio = float(middle["it_hourly"][0] / middle["staff_hourly"][0])

    def answered(scale: Mapping[str, Array]) -> Flags:
        hourly = np.asarray(scale.get("it_hourly", 1.0))
        return recommended({**scale, "staff_hourly": np.where(hourly == 1.0, 1.0, hourly * ratio)})

    return answered


def roots(recommended: Ahead, inputs: list[tuple[str, ...]]) -> tuple[bool, list[float | None]]:
    """Whether a plan is recommended today, and for each input the change of that nearest to today, None where none is.

    Advice that turns as soon as an input moves at all hangs on the answer being given, not on its value: no flip.
    """

    def ahead(rows: Index, multiples: Array) -> Flags:
        """Whether a plan is recommended at each multiple: one row an input."""
        flags: Flags = recommended(side_by_side([inputs[row] for row in rows], multiples)).reshape(len(rows), -1)
        return flags

    grid = np.array([np.geomspace(1.0, end, STEPS + 1) for end in RANGE])
    flags = ahead(np.arange(len(inputs)), grid.reshape(1, -1)).reshape(len(inputs), 2, STEPS + 1)
    today = bool(flags[0, 0, 0])
    others = flags[:, :, 1:] != today
    rows = np.flatnonzero(others.any(axis=(1, 2)))
    found: list[float | None] = [None] * len(inputs)
    if not len(rows):
        return today, found
    distance = np.where(others[rows], np.abs(np.log(grid[:, 1:])), np.inf).reshape(len(rows), -1)
    side, step = np.divmod(distance.argmin(axis=1), STEPS)
    near, far = grid[side, step], grid[side, step + 1]
    for _ in range(ROUNDS):
        points = np.geomspace(near, far, PARTS + 1, axis=1)
        last = (ahead(rows, points[:, 1:]) != today).argmax(axis=1)
        near, far = (np.take_along_axis(points, at[:, None], axis=1)[:, 0] for at in (last, last + 1))
    for row, low, high in zip(rows, near, far, strict=True):
        found[row] = float(np.sqrt(low * high)) if low != 1.0 else None
    return today, found
