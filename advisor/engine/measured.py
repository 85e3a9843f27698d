"""What measurements on the very set-up do to the band the formulas give: a weighted mean of both, in logarithms.

A band (low, central, high) is meant to hold four points in five, so its half-width in logarithms is 1.2816 standard
deviations of a normal distribution. With the formula's band as point 0 and the measurements as points 1..n:

    x_i = ln(central_i)      s_i = ln(high_i / low_i) / (2 * 1.2816)      s_i of a measurement: sqrt(s_i^2 + OTHER^2)
    x = sum(x_i / s_i^2) / sum(1 / s_i^2)                                 inverse-variance weighting
    s = B / sqrt(sum(1 / s_i^2)),  B = max(1, sqrt(sum((x_i - x)^2 / s_i^2) / n))
    band = exp(x - 1.2816 s), exp(x), exp(x + 1.2816 s)

B is Birge's ratio (R. T. Birge, "The Calculation of Errors by the Method of Least Squares", Physical Review 40, 1932):
points that agree narrow the band; points that contradict each other, or the formula, widen it as much as they differ.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from advisor.engine.catalog import MeasuredSpeed, Measurement

Band = tuple[float, float, float]

NORMAL_80 = 1.2816  # 90th percentile of the standard normal distribution: both tails leave a fifth
# Another machine of the same kind differs by driver, cooling and settings however exactly one was measured; assumed.
OTHER_MACHINE = 0.08
PER_DOUBLING = 0.10  # a measurement at other numbers of users says that much less, each doubling away; assumed


def narrowed(band: Band, measured: Iterable[Band]) -> Band:
    """The band after the measurements; without any it stays as it is. All figures above zero, in one unit."""
    points = [(math.log(central), _deviation(low, high)) for low, central, high in measured]
    if not points:
        return band
    points = [(x, math.hypot(spread, OTHER_MACHINE)) for x, spread in points]
    # a formula that claims no spread at all would drown every measurement
    points.insert(0, (math.log(band[1]), max(_deviation(band[0], band[2]), OTHER_MACHINE)))
    weight = sum(1 / spread**2 for _, spread in points)
    center = sum(x / spread**2 for x, spread in points) / weight
    disagreement = sum(((x - center) / spread) ** 2 for x, spread in points) / (len(points) - 1)
    half = NORMAL_80 * max(1.0, math.sqrt(disagreement)) / math.sqrt(weight)
    return math.exp(center - half), math.exp(center), math.exp(center + half)


def _deviation(low: float, high: float) -> float:
    return math.log(high / low) / (2 * NORMAL_80)


def points(
    rows: Iterable[Measurement],
    users: float,
    here: Band,
    predict: Callable[[Measurement, MeasuredSpeed], Band | None],
) -> tuple[Band, ...]:
    """Measurements carried over to this number of users and length of text, ready for ``narrowed``.

    What counts is how far the formula was off there: measured / predicted there x predicted here. Of each measurement
    only the level nearest to ``users`` is taken, because its levels share one machine and one day.

    Args:
        rows: accepted measurements of this model, format, runtime class, device and number of devices.
        here: the formula's band for what is asked now.
        predict: the formula's band under the conditions of one level; ``None`` where it cannot tell.
    """
    found = []
    for row in sorted(rows, key=lambda row: row.slug):
        if not row.speeds:
            continue
        level = min(row.speeds, key=lambda level: (_doublings(level.users, users), level.users))
        there = predict(row, level)
        if there is not None:
            wider = math.exp(NORMAL_80 * PER_DOUBLING * _doublings(level.users, users))
            factor = here[1] / there[1]
            found.append((level.low * factor / wider, level.central * factor, level.high * factor * wider))
    return tuple(found)


def _doublings(measured: float, wanted: float) -> float:
    return abs(math.log2(wanted / measured))
