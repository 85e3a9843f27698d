"""Leave one source out: what the engine says of measurements that it was not fitted on, and the bands that follow.

A source is one contributor on one kind of machine (``sources.csv``): all its points are left out together, the
constants are fitted on the rest, and the points are predicted. Where nothing else speaks to a row, the constants of all
machines of the runtime class stand in, as they do for a machine nobody measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from advisor.calibration.fit import Key, fit
from advisor.calibration.points import SpeedPoint, speed_points, table
from advisor.calibration.predict import Array, reached, tokens_per_s
from advisor.engine.efficiency import PLAIN_FORMATS, Efficiency
from advisor.engine.formats import stored_as

SHARE = 0.8  # of points that a band is meant to hold
POOL_POINTS = 12.0  # what all other machines count for beside a row's own errors, in points
BORROWED = 1.3  # how much wider a band is that no point of the row speaks to; own pick
NARROWEST = 1.08  # no band is narrower than what measurements scatter by; own pick
BANDS = ("band_plain", "band_packed", "band_batched", "band_prefill")


@cache
def used_points() -> tuple[SpeedPoint, ...]:
    return tuple(point for point in speed_points() if not point.left_out)


@cache
def held_out() -> Array:
    """Logarithm of predicted over measured for each used point, by constants fitted without its source."""
    points = used_points()
    errors = np.zeros(len(points))
    for source in sorted({point.source for point in points}):
        chosen = np.array([point.source == source for point in points])
        test = [point for point in points if point.source == source]
        rows = without(points, source)
        data = table(test)
        errors[chosen] = np.log(tokens_per_s(data, reached(data, rows)) / data.measured)
    return errors


def without(points: Sequence[SpeedPoint], source: str) -> dict[Key, Efficiency]:
    """Constants for the rows of ``source``, fitted on all others."""
    wanted = frozenset(point.row for point in points if point.source == source)
    rows = fit([point for point in points if point.source != source], wanted)
    return {key: rows.get(key) or rows["all", key[1]] for key in wanted}


def band_of(point: SpeedPoint) -> str:
    """Which band speaks to a point."""
    if point.measure in ("prefill", "batched"):
        return f"band_{point.measure}"
    return "band_plain" if is_plain(point) else "band_packed"


@cache
def _bands() -> NDArray[np.str_]:
    return np.array([band_of(point) for point in used_points()])


def is_plain(point: SpeedPoint) -> bool:
    return stored_as(point.format, point.runtime) in PLAIN_FORMATS


def half_widths(key: Key, without_source: str | None = None) -> dict[str, float]:
    """Half-width of each band of a row as a factor, from held-out errors of the row and, less, of all others.

    Bands that nobody measured in a runtime class take the errors of the other class, and are wider.
    """
    points, errors = used_points(), np.abs(held_out())
    free = np.array([point.source != without_source for point in points])
    found = {}
    for band in BANDS:
        like = (_bands() == band) & free
        kin = like & np.array([point.runtime == key[1] for point in points])
        pool = kin if kin.any() else like if like.any() else free
        own = like & np.array([point.row == key for point in points])
        weights = pool * (POOL_POINTS / pool.sum()) + own
        width = max(NARROWEST, float(np.exp(_quantile(errors, weights, SHARE))))
        found[band] = width if own.any() else 1 + (width - 1) * BORROWED
    return found


def _quantile(values: Array, weights: Array, share: float) -> float:
    order = np.argsort(values, kind="stable")
    reached_weight = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached_weight, share * reached_weight[-1])])


def with_bands(row: Efficiency, widths: dict[str, float], wider: float = 1.0) -> Efficiency:
    return replace(row, **{name: 1 + (width - 1) * wider for name, width in widths.items()})
