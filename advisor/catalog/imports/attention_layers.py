"""Which layers of a model keep which kind of cache, from its config.json. See `architecture`."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.catalog.imports.config_entries import Config, entries, whole

# Every n-th layer attends to everything where the file does not say otherwise (defaults of the configuration classes).
WINDOW_PATTERN = {"gemma2": 2, "gemma3": 6, "gemma3_text": 6, "gemma3n_text": 5, "cohere2": 4, "gpt_oss": 2}
# Families whose window, when it is shorter than the context, holds in every layer (from "max_window_layers" on).
WHOLE_WINDOW = ("mistral", "mixtral", "phi3", "starcoder2", "qwen2", "qwen2_moe")
NO_ATTENTION = ("mamba", "mamba2", "falcon_mamba", "rwkv", "rwkv5", "rwkv6", "rwkv7")
FULL = ("full_attention", "attention", "global_attention", "full", "global")
WINDOW = ("sliding_attention", "chunked_attention", "sliding", "local", "local_attention", "sliding_window")
LINEAR = ("linear_attention", "mamba", "mamba2", "linear", "recurrent", "conv", "gated_deltanet", "kda")
PATTERN_LETTERS = {"*": "full_attention", "M": "mamba"}  # Nemotron-H; "-" and "E" are layers without attention
DEFAULT_INTERVAL = 4  # Qwen3-Next and its successors: every fourth layer attends to everything


@dataclass(frozen=True)
class LayerSplit:
    full: int
    window: int
    linear: int


def has_no_attention(text: Config) -> bool:
    return text.get("model_type") in NO_ATTENTION


def layer_count(text: Config) -> int | None:
    return whole(text, "num_hidden_layers", "n_layer", "num_layers", "n_layers")


def layer_split(text: Config) -> LayerSplit | None:
    """Layers that own a cache, by kind of attention. None where all layers are alike, or nothing is said."""
    layers = layer_count(text)
    if layers is None:
        return None
    if has_no_attention(text):
        return LayerSplit(0, 0, layers)
    shared = shared_cache_layers(text) or 0
    kinds = _layer_kinds(text, layers)
    if kinds is None:
        return LayerSplit(layers - shared, 0, 0) if shared and window_tokens(text, None) is None else None
    split = LayerSplit(*(sum(kind in names for kind in kinds[: layers - shared]) for names in (FULL, WINDOW, LINEAR)))
    return None if split.full == layers else split


def _layer_kinds(text: Config, layers: int) -> list[str] | None:
    """One kind per layer. Families differ in how they write it; the first way found counts."""
    if kinds := entries(text, "layer_types"):
        return [str(kind) for kind in kinds[:layers]]
    if pattern := text.get("hybrid_override_pattern"):
        return [PATTERN_LETTERS.get(letter, "none") for letter in str(pattern)]
    if isinstance(linear := text.get("linear_attn_config"), dict):
        full = len(entries(linear, "full_attn_layers"))
        return ["full_attention"] * full + ["linear_attention"] * (layers - full) if full else None
    if marks := entries(text, "attn_type_list"):
        return ["full_attention" if mark == 1 else "linear_attention" for mark in marks]
    for name in ("attn_layer_indices", "full_attn_idxs", "hybrid_layer_ids"):
        if places := entries(text, name):
            return ["full_attention" if place in places else "linear_attention" for place in range(layers)]
    if period := whole(text, "attn_layer_period"):
        offset = whole(text, "attn_layer_offset") or 0
        return ["full_attention" if place % period == offset else "mamba" for place in range(layers)]
    return _regular_kinds(text, layers)


def _regular_kinds(text: Config, layers: int) -> list[str] | None:
    model_type = str(text.get("model_type", ""))
    if "linear_num_value_heads" in text or "full_attention_interval" in text:
        return _every(whole(text, "full_attention_interval") or DEFAULT_INTERVAL, layers, "linear_attention")
    if whole(text, "attention_chunk_size") and (marks := entries(text, "no_rope_layers")):
        return ["chunked_attention" if mark else "full_attention" for mark in marks[:layers]]
    if window_tokens(text, None) is None:
        return None
    pattern = whole(text, "sliding_window_pattern", "_sliding_window_pattern") or WINDOW_PATTERN.get(model_type)
    if pattern:
        return _every(pattern, layers, "sliding_attention")
    if model_type in WHOLE_WINDOW and window_tokens(text, whole(text, "max_position_embeddings")):
        first = whole(text, "max_window_layers") or 0 if text.get("use_sliding_window") else 0
        return ["full_attention"] * min(first, layers) + ["sliding_attention"] * max(layers - first, 0)
    return None  # a window somewhere, but not where


def _every(interval: int, layers: int, other: str) -> list[str]:
    return ["full_attention" if (place + 1) % interval == 0 else other for place in range(layers)]


def window_tokens(text: Config, context: int | None) -> int | None:
    """The window, unless it is switched off or as long as the context, where it changes nothing."""
    if text.get("use_sliding_window") is False:
        return None
    window = whole(text, "sliding_window", "attention_chunk_size", "sliding_window_size")
    return None if window is None or (context is not None and window >= context) else window


def shared_cache_layers(text: Config) -> int | None:
    """Layers that reuse an earlier one's cache. Gemma 3n and 4 count those at the end; Hunyuan shares in groups."""
    if named := whole(text, "num_kv_shared_layers"):
        return named
    layers = layer_count(text)
    factor = whole(text, "cla_share_factor") if text.get("use_cla") else None
    return layers - -(-layers // factor) if layers and factor else None
