"""``make accuracy``: how far the engine is from published measurements that it was not fitted on.

Prints one table: for each quantity the number of points and sources, the median and the ninth decile of the absolute
error, the bias, the share of points inside the stated 80 % band, the bar, and two public tools on the same points.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from advisor.calibration import peers
from advisor.calibration.fit import Key, fit
from advisor.calibration.holdout import band_of, half_widths, held_out, used_points
from advisor.calibration.points import MemoryPoint, SpeedPoint, memory_points, speed_points, table
from advisor.calibration.predict import Array, reached, tokens_per_s
from advisor.engine import memory
from advisor.engine.efficiency import machine_shape
from advisor.engine.shapes import model_shape

ONE_USER = ("decode", "answer")
# The files the format table was read from: not held out, and told apart for that reason.
TABLE_SOURCES = ("ik-llama-164",)
_FORMAT_OF_CACHES = "F16"  # cache and buffer sizes do not depend on the weights


@dataclass(frozen=True)
class Line:
    """Errors of one quantity: predicted over measured less one; ``peer`` the same for the public tools."""

    name: str
    errors: Array
    peer: Array
    sources: int
    inside: float | None = None
    bar: tuple[float, float] | None = None  # median and ninth decile, as shares

    @property
    def median(self) -> float:
        return float(np.median(np.abs(self.errors)))

    @property
    def late(self) -> float:
        return float(np.quantile(np.abs(self.errors), 0.9))

    @property
    def bias(self) -> float:
        return float(np.median(self.errors))


def memory_lines() -> list[Line]:
    """Weights, caches, totals and buffers; nothing here is fitted but the format table and one constant (README)."""
    points = [point for point in memory_points() if not point.left_out]
    read = [point for point in points if point.what == "weights" and point.source in TABLE_SOURCES]
    other = [point for point in points if point.what == "weights" and point.source not in TABLE_SOURCES]
    lines = [_memory("weights, all files", read + other, (0.03, 0.08)), _memory("  files not in the table", other)]
    for what, name, bar in (
        ("cache", "key-value cache", (0.01, 0.01)),
        ("total", "total memory", (0.06, 1.0)),
        ("buffers", "compute buffers, llama.cpp", None),
    ):
        chosen = [point for point in points if point.what == what]
        lines.append(_memory(name, chosen, bar))
        if what == "total":
            lines += [
                _memory(f"  {source}", [point for point in chosen if point.source == source])
                for source in sorted({point.source for point in chosen})
            ]
    return lines


def _memory(name: str, points: Sequence[MemoryPoint], bar: tuple[float, float] | None = None) -> Line:
    own = np.array([size_of(point) / point.gb - 1 for point in points])
    peer = np.array([said / point.gb - 1 for point in points if (said := peers.memory_gb(point)) is not None])
    return Line(name, own, peer, len({point.source for point in points}), bar=bar)


def size_of(point: MemoryPoint) -> float:
    """GB of what the point measured, by the engine."""
    shape = model_shape(point.model, point.format or _FORMAT_OF_CACHES, point.runtime, point.kv_format)
    machine = machine_shape(point.device, point.count, point.runtime)
    parts = memory.parts(shape, machine, point.context_tokens, point.users)
    sizes = {
        "weights": parts.weights_gb,
        "cache": parts.kv_cache_gb,
        "total": parts.needed_gb,
        "buffers": memory.compute_gb(shape, machine, point.context_tokens),
    }
    return float(sizes[point.what])


def speed_lines() -> list[Line]:
    """Every speed with its own source left out, and per class of machines."""
    lines = []
    for name, measures, bar in (
        ("decode, one user", ONE_USER, (0.10, 0.25)),
        ("batched decode", ("batched",), (0.25, 1.0)),
        ("prefill", ("prefill",), (0.25, 1.0)),
        ("whole requests", ("request",), None),
    ):
        lines.append(_speed(name, measures, None, bar))
        rows = sorted({point.row for point in used_points() if point.measure in measures})
        lines += [_speed(f"  {row[0]}, {row[1]}", measures, row) for row in rows if len(rows) > 1]
    return lines


def _speed(name: str, measures: tuple[str, ...], row: Key | None, bar: tuple[float, float] | None = None) -> Line:
    points, errors = used_points(), held_out()
    own = [
        number for number, point in enumerate(points) if point.measure in measures and (row is None or point.row == row)
    ]
    inside = [abs(errors[number]) <= np.log(width_of(points[number])) for number in own]
    peer = [
        said / points[number].tokens_per_s - 1
        for number in own
        if (said := peers.tokens_per_s(points[number])) is not None
    ]
    sources = len({points[number].source for number in own})
    return Line(name, np.expm1(errors[own]), np.array(peer), sources, float(np.mean(inside)), bar)


_WIDTHS: dict[tuple[Key, str], dict[str, float]] = {}


def width_of(point: SpeedPoint) -> float:
    """Half-width of the band a point falls under, set without the point's own source."""
    key = point.row, point.source
    if key not in _WIDTHS:
        _WIDTHS[key] = half_widths(*key)
    return _WIDTHS[key][band_of(point)]


def other_models_line() -> Line:
    """One user with only the model left out: the machine is known, the model is new to it."""
    points = used_points()
    errors = []
    for source, slug in sorted({(point.source, point.model.slug) for point in points if point.measure in ONE_USER}):
        test = [p for p in points if p.source == source and p.model.slug == slug and p.measure in ONE_USER]
        rest = [p for p in points if not (p.source == source and p.model.slug == slug)]
        wanted = frozenset(point.row for point in test)
        fitted = fit(rest, wanted)
        data = table(test)
        rows = {key: fitted.get(key) or fitted["all", key[1]] for key in wanted}
        errors.append(tokens_per_s(data, reached(data, rows)) / data.measured - 1)
    every = np.concatenate(errors)
    return Line("  model left out, machine known", every, np.array([]), len({point.source for point in points}))


def left_out() -> list[tuple[str, int]]:
    """Why points are not used, and how many."""
    reasons = [point.left_out for point in speed_points() if point.left_out]
    reasons += [point.left_out for point in memory_points() if point.left_out]
    return sorted(Counter(reasons).items(), key=lambda item: (-item[1], item[0]))


def _row(line: Line) -> str:
    shown = "     -      -"
    if len(line.peer):
        shown = f"{100 * np.median(np.abs(line.peer)):6.1f} {100 * np.quantile(np.abs(line.peer), 0.9):6.1f}"
    inside = "     -" if line.inside is None else f"{100 * line.inside:6.0f}"
    verdict = ""
    if line.bar is not None:
        met = line.median <= line.bar[0] and line.late <= line.bar[1]
        limits = f"{100 * line.bar[0]:.0f}" + (f" / {100 * line.bar[1]:.0f}" if line.bar[1] < 1 else "")
        verdict = f"{limits:>8} {'met' if met else 'MISSED'}"
    figures = f"{len(line.errors):5} {line.sources:7} {100 * line.median:7.1f} {100 * line.late:6.1f}"
    worst = f"{100 * float(line.errors.min()):7.1f}"
    return f"{line.name:34}{figures} {100 * line.bias:+6.1f} {worst} {inside}  {shown}  {verdict}"


def report() -> str:
    """The table, the points left out, and how to read both."""
    columns = (("n", 5), ("sources", 8), ("median", 8), ("p90", 7), ("bias", 7), ("lowest", 8), ("inside", 7))
    head = f"{'absolute error, %':34}" + "".join(f"{name:>{width}}" for name, width in columns)
    head += f"  {'peer':>6} {'p90':>6}  {'bar':>8}"
    lines = [*memory_lines(), *speed_lines(), other_models_line()]
    every = np.concatenate([line.errors for line in lines if not line.name.startswith(" ") and line.inside is not None])
    inside = [line.inside * len(line.errors) for line in lines if line.inside is not None and line.name[0] != " "]
    share = sum(inside) / len(every)
    under = next(line for line in lines if line.name == "total memory").errors.min()
    reasons = [f"{count:5}  {reason}" for reason, count in left_out()]
    return "\n".join(
        [
            "Each speed is predicted by constants fitted without its source (one contributor on one kind of machine).",
            "Prompts and several users rest on one source: left out, only the starting values speak for it.",
            "",
            head,
            *map(_row, lines),
            "",
            f"80 % bands hold {100 * share:.0f} % of {len(every)} speeds (bar: 75 to 90).",
            f"Total memory is never under by more than {100 * max(0.0, -float(under)):.1f} % (bar: 5).",
            "",
            "Points left out:",
            *reasons,
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
