"""Published measurements of memory and speed, as the formulas read them.

``data/speed.csv`` and ``data/memory.csv`` hold one measurement a line, ``models.csv`` and ``devices.csv`` the facts of
what was measured, ``sources.csv`` who measured and where it is published. A line with ``left_out`` is kept and counted,
and used for nothing; the column says why.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from advisor.engine.catalog import Device, Model, Price
from advisor.engine.efficiency import MachineShape, device_class, machine_shape
from advisor.engine.shapes import ModelShape, model_shape, stack

DATA = Path(__file__).parent / "data"
# One source was run with larger micro-batches than llama.cpp's 512: tokens computed at once (its own command lines).
MICRO_BATCHES = {"llamacpp-spark": 2048}
_MODEL_WHOLE = (
    "n_layers", "n_kv_heads", "head_dim", "mla_kv_lora_rank", "mla_rope_dim", "full_attention_layers",
    "sliding_window_layers", "sliding_window_tokens", "linear_attention_layers",
)  # fmt: skip
_MODEL_PARTS = ("params_total_b", "params_active_b", "params_effective_b")

# Stands for a model of which nothing is known; its points are always left out.
NOBODY: tuple[Model, tuple[int, int] | None] = (
    Model(slug="", name="", family="", publisher="", modalities=(), tasks=(), license=""),
    None,
)


@dataclass(frozen=True)
class SpeedPoint:
    """One measurement in tokens a second, by ``measure``: of each user ("decode"), of all ("batched"), of a prompt
    ("prefill"), of the answer over the time of prompt and answer ("answer"), or of both over that time ("request").
    ``context_tokens`` lie in the cache before a prompt, or while decoding."""

    source: str
    model: Model
    experts: tuple[int, int] | None
    format: str
    runtime: str
    device: Device
    count: int
    measure: str
    context_tokens: float
    prompt_tokens: float
    output_tokens: float
    users: float
    tokens_per_s: float
    left_out: str

    @property
    def row(self) -> tuple[str, str]:
        """Row of fitted constants that this point speaks to."""
        return device_class(self.device), self.runtime


@dataclass(frozen=True)
class MemoryPoint:
    """One size in GB of ``what``: weights, cache, buffers or total."""

    source: str
    model: Model
    format: str
    kv_format: str
    runtime: str
    device: Device | None
    count: int
    what: str
    context_tokens: float
    users: float
    gb: float
    left_out: str


@dataclass(frozen=True)
class SpeedTable:
    """Many speed points as arrays, one row each, for one pass through the engine's formulas."""

    points: tuple[SpeedPoint, ...]
    model: ModelShape
    machine: MachineShape
    context_tokens: NDArray[np.float64]
    prompt_tokens: NDArray[np.float64]
    output_tokens: NDArray[np.float64]
    users: NDArray[np.float64]
    measured: NDArray[np.float64]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def models() -> dict[str, tuple[Model, tuple[int, int] | None]]:
    found = {}
    for row in rows("models.csv"):
        figures = {key: int(row[key]) for key in _MODEL_WHOLE if row[key]}
        sizes = {key: float(row[key]) for key in _MODEL_PARTS if row[key]}
        model = Model(
            slug=row["model"], name=row["model"], family="", publisher="", modalities=(), tasks=(), license="",
            **figures, **sizes,  # type: ignore[arg-type]
        )  # fmt: skip
        experts = (int(row["n_experts"]), int(row["n_experts_active"])) if row["n_experts"] else None
        found[row["model"]] = (model, experts)
    return found


@cache
def devices() -> dict[str, Device]:
    return {
        row["device"]: Device(
            slug=row["device"], name=row["name"], vendor=row["vendor"], kind=row["kind"],
            memory_gb=_number(row["memory_gb"]), bandwidth_gbs=_number(row["bandwidth_gbs"]),
            fp16_tflops=_number(row["fp16_tflops"]), fp16_basis=row["fp16_basis"] or None, price=Price(currency="USD"),
        )
        for row in rows("devices.csv")
    }  # fmt: skip


def _number(text: str) -> float | None:
    return float(text) if text else None


@cache
def speed_points() -> tuple[SpeedPoint, ...]:
    """Every speed measurement, those left out included; a model nobody named has no facts at all."""
    return tuple(
        SpeedPoint(
            row["source"], *models().get(row["model"], NOBODY), row["format"], row["runtime"],
            devices()[row["device"]], int(row["count"]), row["measure"], float(row["context_tokens"]),
            float(row["prompt_tokens"] or 0), float(row["output_tokens"] or 0), float(row["users"]),
            float(row["tokens_per_s"]), row["left_out"],
        )
        for row in rows("speed.csv")
    )  # fmt: skip


@cache
def memory_points() -> tuple[MemoryPoint, ...]:
    """Every memory measurement; the size a source states for its own file stands before the maker's."""
    found = []
    for row in rows("memory.csv"):
        model, _ = models().get(row["model"], NOBODY)
        if row["params_total_b"]:
            model = replace(model, params_total_b=float(row["params_total_b"]))
        found.append(
            MemoryPoint(
                row["source"], model, row["format"], row["kv_format"] or "f16", row["runtime"],
                devices().get(row["device"]), int(row["count"]), row["what"], float(row["context_tokens"] or 0),
                float(row["users"] or 1), float(row["gb"]), row["left_out"],
            )
        )  # fmt: skip
    return tuple(found)


_FIGURES: dict[int, tuple[ModelShape, MachineShape]] = {}


def _figures(point: SpeedPoint) -> tuple[ModelShape, MachineShape]:
    """Facts of one point as figures; points are read once, so their identity stands for them."""
    if id(point) not in _FIGURES:
        machine = machine_shape(point.device, point.count, point.runtime)
        at_once = float(MICRO_BATCHES.get(point.source, machine.at_once))
        shape = model_shape(point.model, point.format, point.runtime, experts=point.experts)
        _FIGURES[id(point)] = shape, replace(machine, at_once=at_once)
    return _FIGURES[id(point)]


def table(points: Sequence[SpeedPoint]) -> SpeedTable:
    """Arrays of the points' facts."""
    shapes, machines = zip(*(_figures(point) for point in points), strict=True)

    def column(name: str) -> NDArray[np.float64]:
        return np.array([getattr(point, name) for point in points], dtype=np.float64)

    return SpeedTable(
        tuple(points), stack(shapes), stack(machines), column("context_tokens"), column("prompt_tokens"),
        column("output_tokens"), column("users"), column("tokens_per_s"),
    )  # fmt: skip
