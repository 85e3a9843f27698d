"""What was measured against what the engine expects of the same model, format, runtime, device and number of users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.catalog.probe.measuring import Measured
from advisor.catalog.probe.telling import Told
from advisor.engine.catalog import Catalog
from advisor.engine.sizing import Sizing, parse_request, size
from advisor.engine.speed import Band


@dataclass(frozen=True)
class Setup:
    """What is being measured, by catalog slugs and the engine's own names."""

    model: str
    weights: str
    runtime: str  # its own name, such as vllm or ollama
    device: str
    device_count: int


@dataclass(frozen=True)
class Compared:
    """One figure beside its band. ``off`` is how far it lies beyond the nearer end, as a share of it; 0 = inside."""

    figure: str  # per_user_tps or first_token_s
    users: int
    measured: float
    band: Band
    off: float

    @property
    def inside(self) -> bool:
        return self.off == 0


@dataclass(frozen=True)
class Comparison:
    compared: tuple[Compared, ...]
    weights_gb: float | None  # the engine's figure
    needed_gb: float | None
    reason: str | None  # why something could not be compared


def expected(setup: Setup, catalog: Catalog, users: int = 1, prompt: int | None = None, answer: int = 0) -> Sizing:
    """What the engine expects.

    Raises:
        ValueError: names the part of the set-up that is not known.
    """
    request: dict[str, Any] = {
        "model": setup.model,
        "format": setup.weights,
        "runtime": setup.runtime,
        "device": setup.device,
        "device_count": setup.device_count,
        "concurrency": users,
    }
    tokens: Mapping[str, Any] = {} if prompt is None else {"prompt_tokens": prompt, "output_tokens": answer}
    return size(parse_request({**request, **tokens}, catalog))


def compare(setup: Setup, measured: Measured, catalog: Catalog) -> Comparison:
    """Each level's speed, and at one user the first token, against the engine's bands (four points in five)."""
    rows: list[Compared] = []
    sizing = expected(setup, catalog, 1, measured.prompt_tokens, measured.output_tokens)
    reasons = [sizing.reason] if sizing.reason else []
    for level in measured.levels:
        here = expected(setup, catalog, level.users, measured.prompt_tokens, measured.output_tokens)
        if here.decode_tps_per_user is not None:
            rows.append(_compared("per_user_tps", level.users, level.per_user_tps.median, here.decode_tps_per_user))
        if level.users == 1 and here.time_to_first_token_s is not None and not measured.cached:
            rows.append(_compared("first_token_s", 1, level.first_token_s.median, here.time_to_first_token_s))
    if measured.cached:
        reasons.append("first_token_s: prompts came from a cache")
    return Comparison(tuple(rows), sizing.weights_gb, sizing.needed_gb, "; ".join(reasons) or None)


def _compared(figure: str, users: int, measured: float, band: Band) -> Compared:
    low, _, high = band
    off = measured / low - 1 if measured < low else measured / high - 1 if measured > high else 0.0
    return Compared(figure, users, measured, band, off)


def memory_lines(told: Told, comparison: Comparison) -> list[str]:
    """What the server told about memory, beside the engine's figure where there is one."""
    lines = []
    if told.weights_gb is not None:
        lines.append(f"weights: {told.weights_gb:.1f} GB{_beside(told.weights_gb, comparison.weights_gb)}")
    if told.memory_gb is not None:
        lines.append(f"memory held: {told.memory_gb:.1f} GB{_beside(told.memory_gb, comparison.needed_gb)}")
    if told.cache_tokens is not None:
        lines.append(f"key-value cache: room for {told.cache_tokens:,} tokens")
    return lines or ["memory: the server does not tell"]


def _beside(told: float, engine: float | None) -> str:
    return "" if not engine else f", the engine says {engine:.1f} GB ({told / engine - 1:+.0%})"
