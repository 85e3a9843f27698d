"""Fits the engine's constants on the published measurements; ``publish.py`` writes them down.

Robust least squares on the logarithm of predicted over measured. Constants are fitted for each runtime class over all
machines first, then for each class of machines, held towards the former: where little was measured a class stays near
what all machines do. Every run of the script gives the same file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from advisor.calibration.points import SpeedPoint, SpeedTable, table
from advisor.calibration.predict import Array, tokens_per_s
from advisor.engine.efficiency import Efficiency
from advisor.engine.formats import LLAMA_CPP, VLLM

Key = tuple[str, str]
TINY = 1e-6

# Where the search starts and what an unmeasured constant stays at, for each runtime class. Own picks, assumed: shares
# of the bandwidth and of the matrix peak as large copies and products reach them, some ten kernels of 5 us a layer, and
# for batching servers about a millisecond of scheduling a step. Bands are set afterwards (``holdout.py``).
_BANDS = {"band_plain": 1.5, "band_packed": 1.5, "band_batched": 1.5, "band_prefill": 1.5}
START = {
    LLAMA_CPP: Efficiency(
        stream=0.8, plain=1.05, cache=0.6, layer_us=50.0, step_us=300.0, experts_us=50.0, together_us=150.0,
        linear_layer=1.3, plain_layer=0.5, unpack_us=TINY, tile=1.0, overlap=0.75, prefill=0.55, prefill_experts=0.4,
        **_BANDS,
    ),
    VLLM: Efficiency(
        stream=0.78, plain=1.0, cache=0.6, layer_us=50.0, step_us=1100.0, experts_us=20.0, together_us=20.0,
        linear_layer=1.3, plain_layer=0.5, unpack_us=20.0, tile=1.0, overlap=0.75, prefill=0.55, prefill_experts=0.35,
        **_BANDS,
    ),
}  # fmt: skip
# How far a constant may stray from what it is held to: one standard deviation of its logarithm. Own picks.
_LOOSE = {
    "stream": 0.1, "plain": 0.05, "cache": 0.4, "layer_us": 0.4, "step_us": 0.4, "experts_us": 0.5,
    "together_us": 0.4, "linear_layer": 0.25, "plain_layer": 0.4, "unpack_us": 0.4, "tile": 0.15, "overlap": 0.15,
    "prefill": 0.3, "prefill_experts": 0.3,
}  # fmt: skip
# Batching servers: two programs of two years were measured, whose launch times differ by half. One of them alone must
# not set the constant, so it is held close to the start.
LOOSE = {LLAMA_CPP: _LOOSE, VLLM: _LOOSE | {"layer_us": 0.05, "step_us": 0.05}}
# Peaks of different kinds of machines are not alike, so what one reaches of its own says little about another.
POOL_LOOSE = {"prefill": 0.05, "prefill_experts": 0.05}
NAMES = tuple(_LOOSE)
LARGEST = {"stream": 0.93, "cache": 1.0, "prefill": 0.95, "prefill_experts": 0.95, "overlap": 1.0}
NOISE = 0.08  # errors of this size are what measurements scatter by; larger ones count less (Huber)
SOURCE_WEIGHT = 4.0
NUDGE, ROUNDS, LONGEST_STEP = 0.01, 10, 0.4


def weights(points: Sequence[SpeedPoint]) -> Array:
    """Many depths of one run tell little more than one, and many runs of one source share its habits.

    A run weighs as much as the root of its points, and a source no more than ``SOURCE_WEIGHT`` runs of one point.
    """
    runs = Counter(_run(point) for point in points)
    each = np.array([runs[_run(point)] ** -0.5 for point in points])
    sources = sorted({point.source for point in points})
    place = np.array([sources.index(point.source) for point in points])
    whole = np.bincount(place, each, len(sources))
    capped: Array = each * np.minimum(1.0, SOURCE_WEIGHT / whole)[place]
    return capped


def _run(point: SpeedPoint) -> tuple[str, str, str, str]:
    return point.source, point.model.slug, point.format, point.measure


def fit(points: Sequence[SpeedPoint], only: frozenset[Key] | None = None) -> dict[Key, Efficiency]:
    """Constants of every row that has points (or of ``only`` some), and of each runtime class under ("all", class)."""
    rows: dict[Key, Efficiency] = {}
    for runtime, start in START.items():
        chosen = [point for point in points if point.runtime == runtime]
        if not chosen or (only is not None and all(key[1] != runtime for key in only)):
            continue
        common = solve(chosen, start, LOOSE[runtime] | POOL_LOOSE)
        rows["all", runtime] = common
        for key in sorted({point.row for point in chosen}):
            if only is None or key in only:
                rows[key] = solve([point for point in chosen if point.row == key], common, LOOSE[runtime])
    return rows


def solve(points: Sequence[SpeedPoint], held: Efficiency, loose: Mapping[str, float]) -> Efficiency:
    """Gauss-Newton from ``held``, and held towards it; the weight of outliers shrinks (Huber)."""
    data, heavy = table(points), weights(points)
    middle = np.log([max(float(getattr(held, name)), TINY) for name in NAMES])
    now, ceiling = middle.copy(), np.log([LARGEST.get(name, np.inf) for name in NAMES])
    pull = np.diag(np.array([loose[name] for name in NAMES]) ** -2.0)
    for _ in range(ROUNDS):
        off = _errors(data, now, held)
        slopes = np.stack([(_errors(data, now + NUDGE * unit, held) - off) / NUDGE for unit in np.eye(len(NAMES))], 1)
        trust = heavy / np.maximum(1.0, np.abs(off) / (1.5 * NOISE)) / NOISE**2
        matrix = (slopes * trust[:, None]).T @ slopes + pull
        right = (slopes * trust[:, None]).T @ off + pull @ (now - middle)
        now = np.minimum(now - np.clip(np.linalg.solve(matrix, right), -LONGEST_STEP, LONGEST_STEP), ceiling)
    return _row(now, held)


def _errors(data: SpeedTable, state: Array, held: Efficiency) -> Array:
    machine = replace(data.machine, reached=_row(state, held))
    found: Array = np.log(tokens_per_s(data, machine) / data.measured)
    return found


def _row(state: Array, held: Efficiency) -> Efficiency:
    return replace(held, **dict(zip(NAMES, np.exp(state).tolist(), strict=True)))
