"""What the formulas read of a model: floats for one, or NumPy arrays for many that broadcast against machines.

Facts are turned into figures here, once; ``memory.py`` and ``speed.py`` hold the formulas. A figure that is not
known is NaN, and every result built on it is NaN too; the doors turn that into ``None`` with a reason.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from advisor.engine.formats import (
    FORMATS,
    VLLM,
    cache_bytes,
    effective_bits,
    format_name,
    is_tied,
    stored_as,
    vocabulary_b,
)
from advisor.engine.types import Grade
from advisor.engine.units import BITS_PER_BYTE, gb_from_bytes

if TYPE_CHECKING:  # the catalog reads its rows through checks that size files with this module
    from advisor.engine.catalog import Model

Quantity = float | NDArray[np.float64]
Shape = TypeVar("Shape")

# An architecture nobody published is bounded by grouped-query attention with 8 heads of 128 in every layer: of the 54
# language models with published figures seen on 2026-11-21 only one (Phi-4) grows faster per layer.
BOUND_KV_HEADS = 8
BOUND_HEAD_DIM = 128
# State of one linear-attention layer and sequence: value heads x 128 x 128 x 4 bytes + convolution (llama.cpp logs of
# Qwen3.5/3.6: 48 heads, 3.12 MiB a layer). Heads by size as published for Qwen3-Next, 3.5 and 3.6: (below, heads).
STATE_HEADS_DENSE = ((3.0, 16), (20.0, 32), (float("inf"), 48))
STATE_HEADS_EXPERTS = ((100.0, 32), (float("inf"), 64))
STATE_BYTES_PER_HEAD = 1.04 * 128 * 128 * 4
DEFAULT_LAYERS_PER_WIDTH = 90.0  # layers ~ width / 90 where the maker does not publish them (Llama, Qwen: 85-128)


@dataclass(frozen=True)
class CacheBytes:
    """Bytes per token and sequence; the window part stops growing at ``window_tokens``."""

    growing: float
    window: float
    window_tokens: int
    grade: str


@dataclass(frozen=True)
class ModelShape:
    """One model in one weight format, runtime class and cache format. Flags are 0.0 or 1.0; unknown is NaN.

    ``always`` is the share of the weights that every step reads, ``routed`` the share that lies in experts, of
    which each user needs the share ``routed_each``. ``table`` is the share of an input table that is looked up.
    ``cache_known`` is 0 where the number of layers is not published: memory is then unknown, speed takes typical ones.
    """

    total_b: Quantity
    active_b: Quantity
    mixture: Quantity
    weights_gb: Quantity
    loading_gb: Quantity  # second copy of a tied vocabulary table that the format keeps at more bits
    always: Quantity
    routed: Quantity
    routed_each: Quantity
    table: Quantity
    tables_b: Quantity
    layers: Quantity
    linear_layers: Quantity
    plain_layers: Quantity  # layers that keep nothing: neither cache nor state
    growing_layers: Quantity
    width: Quantity
    sure: Quantity  # 0 where parameters or layers are typical ones: speeds are less sure
    cache_known: Quantity
    cache_growing: Quantity
    cache_window: Quantity
    window_tokens: Quantity
    kv_heads: Quantity
    latent: Quantity
    state_gb: Quantity
    format: Quantity  # row of ``formats.FORMATS``


def stack(shapes: Sequence[Shape], axis: int = 0, dimensions: int = 1) -> Shape:
    """The same dataclass with arrays for figures: ``shapes`` lie along ``axis`` of ``dimensions`` dimensions."""
    first: Any = shapes[0]
    form = [1] * dimensions
    form[axis] = len(shapes)
    found: dict[str, Any] = {}
    for field in fields(first):
        values = [getattr(shape, field.name) for shape in shapes]
        if is_dataclass(values[0]):
            found[field.name] = stack(values, axis, dimensions)
        else:
            found[field.name] = np.array(values, dtype=np.float64).reshape(form)
    return cast(Shape, type(first)(**found))


def model_shape(
    model: Model, format: str, runtime: str = VLLM, kv_format: str = "f16", experts: tuple[int, int] | None = None
) -> ModelShape:
    """Read a model's facts for one format, runtime class and cache format; ``experts`` is (all, active).

    Raises:
        ValueError: a format is not in the table.
    """
    name = stored_as(format, runtime)
    total = _known(parameters_b(model, name))
    active = _known(active_b(model) or parameters_b(model, name))
    return ModelShape(
        **_weight_figures(model, name, total, active, experts),
        **_layer_figures(model, active, kv_format),
        weights_gb=_known(weights_gb(model, format, runtime)),
        sure=float(model.params_total_b is not None and kv_bytes_per_token(model) is not None),
        state_gb=state_gb(model),
        format=float(_FORMAT_ROWS[name]),
    )


def _weight_figures(
    model: Model, name: str, total: float, active: float, experts: tuple[int, int] | None
) -> dict[str, float]:
    mixture = model.params_active_b is not None and active < total
    always, routed, routed_each = _reading(mixture, total, active, experts)
    tied, split = is_tied(total), FORMATS[name].tables > 0
    table_b = vocabulary_b(total, active)
    return {
        "total_b": total,
        "active_b": active,
        "mixture": float(mixture),
        "loading_gb": table_b * FORMATS[name].head_bits / BITS_PER_BYTE if tied and split else 0.0,
        "always": always,
        "routed": routed,
        "routed_each": routed_each,
        "table": 0.0 if tied else table_b / total,
        "tables_b": vocabulary_b(active, active) * (1 if is_tied(active) else 2),
        "width": width_of(8.0 if math.isnan(active) else active),
    }


def _layer_figures(model: Model, active: float, kv_format: str) -> dict[str, float]:
    typical = width_of(8.0 if math.isnan(active) else active) / DEFAULT_LAYERS_PER_WIDTH
    layers = float(model.n_layers or typical)
    known = kv_bytes_per_token(model, kv_format)
    cache = known or _typical_cache(model, layers, kv_format)
    linear = float(model.linear_attention_layers or 0)
    full, sliding, _ = _attention_layers(model)
    idle = 0.0 if full is None or model.n_layers is None else max(layers - full - sliding - linear, 0.0)
    return {
        "layers": layers,
        "linear_layers": linear,
        "plain_layers": idle,
        "growing_layers": max(layers - linear - sliding, 0.0) if full is None else float(full),
        "cache_known": float(known is not None),
        "cache_growing": cache.growing,
        "cache_window": cache.window,
        "window_tokens": float(cache.window_tokens),
        "kv_heads": _known(model.n_kv_heads),
        "latent": float(model.mla_kv_lora_rank is not None),
    }


_FORMAT_ROWS = {name: row for row, name in enumerate(FORMATS)}


def format_column(figures: dict[str, float], default: float) -> NDArray[np.float64]:
    """A figure for each weight format, to be looked up by ``ModelShape.format``."""
    return np.array([figures.get(name, default) for name in FORMATS], dtype=np.float64)


def by_format(column: NDArray[np.float64], model: ModelShape) -> Quantity:
    return column[np.asarray(model.format, dtype=np.intp)]


def _known(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def active_b(model: Model) -> float | None:
    """Billion parameters that work on each token."""
    return model.params_active_b or model.params_effective_b or model.params_total_b


def is_mixture(model: Model) -> bool:
    return model.params_active_b is not None and model.params_active_b < (model.params_total_b or 0)


def _reading(mixture: bool, total: float, active: float, experts: tuple[int, int] | None) -> tuple[float, float, float]:
    """Shares of the weights: read always, lying in experts, and of those what one user needs."""
    if not mixture:
        return min(active / total, 1.0), 0.0, 0.0
    if experts is None:
        return 0.0, 1.0, active / total
    each = experts[1] / experts[0]
    routed = min((total - active) / (1 - each), total) / total if each < 1 else 1.0
    return 1 - routed, routed, each


def parameters_b(model: Model, name: str) -> float | None:
    """Billion parameters; where they are not published, what the measured file of the format holds."""
    if model.params_total_b is not None:
        return model.params_total_b
    measured = _measured_gb(model, name)
    if measured is None:
        return None
    guess = measured * BITS_PER_BYTE / FORMATS[name].body_bits  # first without, then with the vocabulary tables
    return measured * BITS_PER_BYTE / effective_bits(name, guess, model.params_active_b or guess)


def _measured_gb(model: Model, name: str) -> float | None:
    return next((size for key, size in sorted(model.weights_gb.items()) if format_name(key) == name), None)


def weights_gb(model: Model, format: str, runtime: str = VLLM) -> float | None:
    """File size: measured where the catalog has it, else parameters times effective bits."""
    name = stored_as(format, runtime)
    measured = _measured_gb(model, name)
    if measured is not None:
        return measured
    active = active_b(model)
    if model.params_total_b is None or active is None:
        return None
    return model.params_total_b * effective_bits(name, model.params_total_b, active) / BITS_PER_BYTE


def kv_bytes_per_token(model: Model, kv_format: str = "f16") -> CacheBytes | None:
    """Cache growth by layer kind: full and latent attention grow, windows are capped, linear layers hold state."""
    full, sliding, sure = _attention_layers(model)
    if full is None:
        return None
    per_layer = _layer_bytes(model, kv_format)
    if model.mla_kv_lora_rank is None:
        sure = sure and model.n_kv_heads is not None and model.head_dim is not None
    grade = Grade.DERIVED if sure else Grade.ASSUMED
    return CacheBytes(full * per_layer, sliding * per_layer, model.sliding_window_tokens or 0, grade)


def _typical_cache(model: Model, layers: float, kv_format: str) -> CacheBytes:
    """Cache of a model whose layers are not published, for speed only: typical layers, heads as told or bounded."""
    return CacheBytes(round(layers) * _layer_bytes(model, kv_format), 0.0, 0, Grade.ASSUMED)


def _layer_bytes(model: Model, kv_format: str) -> float:
    """Bytes one layer caches for a token: a latent vector stored once, or keys and values of each head."""
    key_bytes, value_bytes = cache_bytes(kv_format)
    if model.mla_kv_lora_rank is not None:
        return (model.mla_kv_lora_rank + (model.mla_rope_dim or 0)) * key_bytes
    heads, width = model.n_kv_heads or BOUND_KV_HEADS, model.head_dim or BOUND_HEAD_DIM
    return heads * width * (key_bytes + value_bytes)


def _attention_layers(model: Model) -> tuple[int | None, int, bool]:
    """Layers whose cache grows, layers with a window, and whether the maker published the split."""
    linear = model.linear_attention_layers or 0
    sliding = model.sliding_window_layers or 0
    if model.full_attention_layers is not None:
        full = model.full_attention_layers
        if model.sliding_window_layers is None and model.sliding_window_tokens and model.n_layers is not None:
            sliding = max(model.n_layers - full - linear, 0)
        return full, sliding if model.sliding_window_tokens else 0, True
    if model.n_layers is None:
        return None, 0, False
    if model.sliding_window_tokens and not sliding:
        return model.n_layers - linear, 0, False  # a window somewhere, but not where: count every layer in full
    return max(model.n_layers - linear - sliding, 0), sliding, True


def state_gb(model: Model, sequences: float = 1) -> float:
    """Constant state of linear-attention layers; zero only for models that have none."""
    total = model.params_total_b or float("inf")
    table = STATE_HEADS_EXPERTS if is_mixture(model) else STATE_HEADS_DENSE
    heads = next(heads for below, heads in table if total <= below)
    return gb_from_bytes((model.linear_attention_layers or 0) * heads * STATE_BYTES_PER_HEAD * sequences)


def width_of(active: float) -> float:
    """Typical hidden width of a model with ``active`` billion parameters (see ``formats.VOCABULARY_SCALE``)."""
    return float(1500 * active**0.4)
