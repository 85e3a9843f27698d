"""Writes ``advisor/engine/fitted.py``: ``python -m advisor.calibration.publish``. The same data give the same bytes."""

from __future__ import annotations

import textwrap
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from advisor.calibration.fit import TINY, Key, fit
from advisor.calibration.holdout import half_widths, held_out, used_points, with_bands
from advisor.engine.efficiency import Efficiency
from advisor.engine.formats import LLAMA_CPP, VLLM

WIDTH = 118
TARGET = Path(__file__).parents[1] / "engine" / "fitted.py"
ASSUMED = 1.5  # how much wider still the bands of assumed rows are; own pick
READING = ("stream", "plain", "cache")
# Rows nobody measured: (row, where its constants come from, where those of reading memory come from, factors on them).
# The factors are own picks, assumed: kernels written for GeForce cards do not fill the memory of data-center cards,
# other makers' matrix units are used less well, and Chinese accelerators run ports of programs written for others.
_LARGE = {"stream": 0.7, "prefill": 0.5, "prefill_experts": 0.5}
_OTHER = {"stream": 0.85, "prefill": 0.6, "prefill_experts": 0.6}
_DOMESTIC = {"stream": 0.65, "cache": 0.6, "layer_us": 1.5, "experts_us": 3.0, "prefill": 0.6, "prefill_experts": 0.5}
UNMEASURED: tuple[tuple[Key, Key, Key, dict[str, float]], ...] = (
    (("nvidia_datacenter", LLAMA_CPP), ("nvidia_gpu", LLAMA_CPP), ("nvidia_gpu", LLAMA_CPP), _LARGE),
    (("nvidia_gpu", VLLM), ("nvidia_datacenter", VLLM), ("nvidia_gpu", LLAMA_CPP), {}),
    (("unified", VLLM), ("nvidia_datacenter", VLLM), ("unified", LLAMA_CPP), {}),
    (("other_gpu", VLLM), ("nvidia_datacenter", VLLM), ("nvidia_datacenter", VLLM), _OTHER),
    (("cn_accelerator", VLLM), ("nvidia_datacenter", VLLM), ("nvidia_datacenter", VLLM), _DOMESTIC),
    (("cn_accelerator", LLAMA_CPP), ("all", LLAMA_CPP), ("all", LLAMA_CPP), _DOMESTIC),
    (("other", VLLM), ("all", VLLM), ("all", VLLM), {}),
    (("other", LLAMA_CPP), ("all", LLAMA_CPP), ("all", LLAMA_CPP), {}),
)
# Rows measured for one user only, whose prompts nobody measured: factors as above.
UNMEASURED_PROMPTS: dict[Key, dict[str, float]] = {("other_gpu", LLAMA_CPP): {"prefill": 0.6, "prefill_experts": 0.6}}
_HEAD = '''"""Constants of ``efficiency.Efficiency`` by class of machine and runtime: fitted, borrowed or assumed.

Written by ``make fit`` from the measurements in ``advisor/calibration/data``; not edited by hand. ``EVIDENCE`` says how
each row came about: its kind, the number of measurements and sources, the median and the ninth decile of the absolute
error of predictions made without the measurement's own source, and the row it borrows from.
"""

from __future__ import annotations
'''


def constants() -> dict[Key, Efficiency]:
    """Every row of the engine's table, with its bands."""
    fitted = fit(used_points())
    rows = {
        key: with_bands(_scaled(row, UNMEASURED_PROMPTS.get(key, {})), half_widths(key))
        for key, row in fitted.items()
        if key[0] != "all"
    }
    for key, origin, memory, factors in UNMEASURED:
        row = replace(fitted[origin], **{name: getattr(fitted[memory], name) for name in READING})
        wider = ASSUMED if factors or origin[0] == "all" else 1.0
        rows[key] = with_bands(_scaled(row, factors), half_widths(key), wider)
    return dict(sorted(rows.items()))


def _scaled(row: Efficiency, factors: dict[str, float]) -> Efficiency:
    return replace(row, **{name: getattr(row, name) * factor for name, factor in factors.items()})


def evidence() -> dict[Key, tuple[str, int, int, float, float, str]]:
    """Kind, points, sources, median and ninth decile of the held-out error of one user's speed, and the origin."""
    found: dict[Key, tuple[str, int, int, float, float, str]] = {}
    points, errors = used_points(), np.abs(np.expm1(held_out()))
    for key in sorted({point.row for point in points}):
        own = np.array([point.row == key for point in points])
        sources = len({point.source for point in points if point.row == key})
        middle, late = (float(np.quantile(errors[own], share)) for share in (0.5, 0.9))
        found[key] = ("fitted", int(own.sum()), sources, middle, late, "")
    for key, origin, _, factors in UNMEASURED:
        found[key] = ("assumed" if factors or origin[0] == "all" else "borrowed", 0, 0, 0.0, 0.0, " ".join(origin))
    return dict(sorted(found.items()))


def text() -> str:
    """The whole file."""
    lines = [_HEAD, "# fmt: off", "ROWS: dict[tuple[str, str], dict[str, float]] = {"]
    for key, row in constants().items():
        said = ", ".join(f'"{field.name}":\xa0{_digits(getattr(row, field.name))}' for field in fields(Efficiency))
        indent = " " * 8
        lines.append(f'    ("{key[0]}", "{key[1]}"): {{')
        wrapped = textwrap.wrap(said + ",", WIDTH, initial_indent=indent, subsequent_indent=indent)
        lines += [line.replace("\xa0", " ") for line in wrapped]
        lines.append("    },")
    lines += ["}", "EVIDENCE: dict[tuple[str, str], tuple[str, int, int, float, float, str]] = {"]
    for key, (kind, points, sources, middle, late, origin) in evidence().items():
        told = f'("{kind}", {points}, {sources}, {middle:.3f}, {late:.3f}, "{origin}")'
        lines.append(f'    ("{key[0]}", "{key[1]}"): {told},')
    return "\n".join([*lines, "}", ""])


def _digits(value: float) -> str:
    """Three significant digits: finer than any measurement, coarser than what linear algebra differs by."""
    return repr(float(f"{value:.3g}")) if value > TINY * 2 else "0.0"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
