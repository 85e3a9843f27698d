"""One fixed low-discrepancy sample over every labeled range, and its central point.

Every uncertain input becomes an array of ``POINTS + 1`` values: index 0 is the central value, the rest is a
Richtmyer sequence (fractional parts of multiples of square roots of primes; Niederreiter, "Random Number
Generation and Quasi-Monte Carlo Methods", 1992, ch. 3). Same ranges give the same arrays, without a seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from advisor.engine.catalog import Number
from advisor.engine.types import Estimate

Array = NDArray[np.float64]
Factors = Mapping[str, Array]
Ends = tuple[float, float, float]
NOTHING: Ends = (0.0, 0.0, 0.0)

POINTS = 1024  # percentiles 10 and 90 move by under 2 % against 8192 points on the nine sample businesses


def draw(numbers: Mapping[str, Number]) -> dict[str, Array]:
    """Turn named ranges into arrays of shape ``(POINTS + 1,)``; dimensions follow the sorted names.

    Piecewise-linear quantiles: half of the weight lies below the central value, half above.
    """
    names, uniform = sorted(numbers), _uniform(len(numbers))
    ends = np.array([(numbers[name].low, numbers[name].central, numbers[name].high) for name in names])
    low, central, high = ends.reshape(-1, 3).T[:, :, None]
    below = low + (central - low) * 2 * uniform
    above = central + (high - central) * (2 * uniform - 1)
    values = np.where(uniform <= 0.5, below, above)
    values[:, :1] = central
    return dict(zip(names, values, strict=True))


def central(factors: Factors) -> dict[str, Array]:
    """The central point alone, as arrays of length 1: for searches that need no range."""
    return {name: values[:1] for name, values in factors.items()}


def scaled(factors: Factors, scale: Mapping[str, float | Array]) -> dict[str, Array]:
    """A copy in which every factor named by a key of ``scale``, or beginning with a key like "volume:", is multiplied.

    Multiples may be arrays of one length: central factors then become that many scale points, to be worked out at
    once. Those that are not moved stay as they are, but for the users, which tell how many points there are.
    """
    points = np.ones(np.broadcast_shapes(*(np.shape(by) for by in scale.values())))
    made = {**factors, "users": factors["users"] * points}
    for key, by in scale.items():
        for name in [name for name in factors if name.startswith(key)] if key.endswith(":") else [key]:
            made[name] = made[name] * by
    return made


def estimate(values: Array, unit: str, grade: str) -> Estimate:
    """Central value with the 10th and 90th percentile of the sample, rounded to cents at this edge."""
    return told(ends(values), unit, grade)


def ends(values: Array) -> Ends:
    """10th percentile, central value and 90th percentile of the sample, in order; ``NOTHING`` where all is zero."""
    middle = float(values[0])
    if middle == 0 and not values.any():
        return NOTHING
    if len(values) == 1:
        return middle, middle, middle
    low, high = percentiles(values[1:])
    return min(low, middle), middle, max(high, middle)


def told(found: Ends, unit: str, grade: str) -> Estimate:
    """Rounded to cents, as a result shows it."""
    low, middle, high = found
    return Estimate(round(low, 2), round(middle, 2), round(high, 2), unit=unit, grade=grade)


def cents(values: Array) -> tuple[float, ...]:
    """Each amount rounded to cents. Many months cost the same: each different one is rounded once."""
    amounts = values.tolist()
    rounded = {amount: round(amount, 2) for amount in set(amounts)}
    return tuple(map(rounded.__getitem__, amounts))


def percentiles(values: Array) -> tuple[float, float]:
    """10th and 90th percentile, as ``numpy.percentile`` has them; many times as fast for a few thousand values."""
    low, high = quantiles(values, (0.1, 0.9))
    return low, high


def quantiles(values: Array, shares: tuple[float, ...]) -> list[float]:
    """What so large a share of the values stays below, for each share, between the two values nearest to it."""
    places, ordered = _places(len(values), shares), np.sort(values)
    return [float(ordered[below] + (ordered[above] - ordered[below]) * part) for below, above, part in places]


@cache
def _places(count: int, shares: tuple[float, ...]) -> list[tuple[int, int, float]]:
    """For each share between which two values in order it lies, and how far from the first."""
    exact = [share * (count - 1) for share in shares]
    return [(int(place), min(int(place) + 1, count - 1), place - int(place)) for place in exact]


@cache
def _uniform(dimensions: int) -> Array:
    """Shape (dimensions, POINTS + 1)."""
    steps = np.arange(POINTS + 1, dtype=np.float64)[None, :]
    roots = np.sqrt(np.array(_primes(dimensions), dtype=np.float64))[:, None]
    uniform: Array = np.mod(0.5 + steps * roots, 1.0)
    uniform.setflags(write=False)
    return uniform


@cache
def _primes(count: int) -> tuple[int, ...]:
    found: list[int] = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found if prime * prime <= candidate):
            found.append(candidate)
        candidate += 1
    return tuple(found)
