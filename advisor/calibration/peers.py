"""Two public tools as baselines, by their published formulas: what the same points look like without this engine.

Speed: bandwidth over the bytes of the weights that work on each token, times 0.55. Memory: parameters times the bytes
the format's name promises, half a gigabyte on top, and a cache of every layer in full at 16 bits. Neither knows latent
attention, windows, states, quantized caches, launches, prompts or several users.
"""

from __future__ import annotations

import re

from advisor.calibration.points import MemoryPoint, SpeedPoint
from advisor.engine.catalog import Model
from advisor.engine.formats import format_name
from advisor.engine.units import BITS_PER_BYTE, GB

REACHED = 0.55
OVERHEAD_GB = 0.5
_DIGITS = re.compile(r"\d+")


def bytes_per_parameter(format: str) -> float:
    """What the name says: the first number of Q4_K_M, FP8 or IQ4_XS; four bits for AWQ and GPTQ."""
    name = format_name(format)
    found = _DIGITS.search(name)
    return (float(found.group()) if found else 4.0) / BITS_PER_BYTE


def tokens_per_s(point: SpeedPoint) -> float | None:
    """Speed of one user; ``None`` for what these tools do not tell."""
    active = point.model.params_active_b or point.model.params_effective_b or point.model.params_total_b
    if point.measure not in ("decode", "answer") or active is None or point.device.bandwidth_gbs is None:
        return None
    return point.device.bandwidth_gbs / (active * bytes_per_parameter(point.format)) * REACHED


def memory_gb(point: MemoryPoint) -> float | None:
    """The size that ``point.what`` asks for."""
    model = point.model
    cache = _cache_gb(model, point.context_tokens * point.users)
    if point.what == "cache":
        return cache
    if model.params_total_b is None or point.what == "buffers":
        return None
    weights = model.params_total_b * bytes_per_parameter(point.format)
    return weights if point.what == "weights" else weights + OVERHEAD_GB + (cache or 0.0)


def _cache_gb(model: Model, tokens: float) -> float | None:
    if model.n_layers is None or model.n_kv_heads is None:
        return None
    return model.n_layers * model.n_kv_heads * (model.head_dim or 128) * 4 * tokens / GB
