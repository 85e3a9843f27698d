"""What a model's config.json says about memory and speed: layers by kind of attention, heads, experts, precision.

Pure: a parsed file in, facts out. The names of the entries are those of the `transformers` configuration classes
(5.x, read 2026-11); each family writes its own, so every fact has a list of names it may stand under. What a file does
not say stays unknown. Counts of attention layers are of layers that own a cache: layers that reuse an earlier one's
keys and values take no memory of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from advisor.catalog.imports.attention_layers import (
    has_no_attention,
    layer_count,
    layer_split,
    shared_cache_layers,
    window_tokens,
)
from advisor.catalog.imports.config_entries import Config, entries, first_of_list, truth, whole

# Where models that also see or hear keep the part that writes.
NESTED = ("text_config", "llm_config", "language_config", "thinker_config", "decoder_config")
WRITES = ("ForCausalLM", "ForConditionalGeneration", "LMHeadModel", "LMHead")
DTYPES = {"bfloat16": "bf16", "float16": "fp16", "float32": "fp32", "float8_e4m3fn": "fp8"}


@dataclass(frozen=True)
class Architecture:
    """Facts of one config.json; None is unknown. Names are the catalog's columns where it has one."""

    n_layers: int | None = None
    n_kv_heads: int | None = None
    head_dim: int | None = None
    mla_kv_lora_rank: int | None = None
    mla_rope_dim: int | None = None
    full_attention_layers: int | None = None
    sliding_window_layers: int | None = None
    sliding_window_tokens: int | None = None
    linear_attention_layers: int | None = None
    context_tokens: int | None = None
    native_precision: str | None = None
    # without a column
    experts: int | None = None
    experts_per_token: int | None = None
    shared_cache_layers: int | None = None  # layers that reuse the cache of an earlier one
    tied_embeddings: bool | None = None
    global_head_dim: int | None = None  # where full attention uses another head size than the window
    idle_parameters: int | None = None  # of the experts a token does not use


def architecture_of(config: Config) -> Architecture:
    """The facts of a parsed config.json. An encoder or an unknown shape gives only what is common to all.

    Raises:
        ValueError: an entry has the wrong type; the message names it.
    """
    text = _text_part(config)
    common = Architecture(
        context_tokens=whole(text, "max_position_embeddings", "seq_length", "n_positions", "max_seq_len"),
        native_precision=precision_of(config, text),
        tied_embeddings=truth(text, config, "tie_word_embeddings"),
    )
    if not _writes(config, text):
        return common
    layers, split, latent = layer_count(text), layer_split(text), whole(text, "kv_lora_rank")
    grouped = not latent and not has_no_attention(text)
    return replace(
        common,
        n_layers=layers,
        n_kv_heads=_kv_heads(text) if grouped else None,
        head_dim=_head_dim(text) if grouped else None,
        mla_kv_lora_rank=latent,
        mla_rope_dim=whole(text, "qk_rope_head_dim") if latent else None,
        full_attention_layers=split.full if split else None,
        sliding_window_layers=(split.window or None) if split else None,
        sliding_window_tokens=window_tokens(text, common.context_tokens) if split is None or split.window else None,
        linear_attention_layers=(split.linear or None) if split else None,
        experts=_experts(text),
        experts_per_token=_experts_per_token(text),
        shared_cache_layers=shared_cache_layers(text),
        global_head_dim=whole(text, "global_head_dim"),
        idle_parameters=_idle_parameters(text, layers),
    )


def precision_of(*parts: Config) -> str | None:
    """The precision the weights are published in: "bf16", "fp8", "mxfp4", "int4" ... How they are packed comes first,
    wherever it stands; the plain type is then that of the few tensors left."""
    packed = (part.get("quantization_config") for part in parts)
    plain = (str(part.get("dtype") or part.get("torch_dtype") or "").removeprefix("torch.") for part in parts)
    found = [_packed_precision(quantized) for quantized in packed if isinstance(quantized, Mapping)]
    return next(filter(None, [*found, *map(DTYPES.get, plain)]), None)


def _packed_precision(quantized: Config) -> str | None:
    method = str(quantized.get("quant_method", "")).lower()
    if method in ("fp8", "mxfp4", "nvfp4"):
        return method
    return _kind_of_bits(quantized, whole(quantized, "bits", "num_bits") or _packed_bits(quantized))


def _kind_of_bits(quantized: Config, bits: int | None) -> str | None:
    algorithm = str(quantized.get("quant_algo", "")).lower()
    if algorithm in ("fp8", "nvfp4"):
        return algorithm
    is_float = any(group.get("type") == "float" for group in _weight_groups(quantized))
    return {(8, True): "fp8", (4, True): "nvfp4", (8, False): "int8", (4, False): "int4"}.get((bits or 0, is_float))


def _packed_bits(quantized: Config) -> int | None:
    return next((bits for group in _weight_groups(quantized) if (bits := whole(group, "num_bits"))), None)


def _weight_groups(quantized: Config) -> list[Config]:
    groups = quantized.get("config_groups")
    found = [group.get("weights") for group in groups.values()] if isinstance(groups, Mapping) else []
    return [weights for weights in found if isinstance(weights, Mapping)]


def _text_part(config: Config) -> Config:
    for name in NESTED:
        part = config.get(name)
        if isinstance(part, Mapping):
            return _text_part(part)
    return config


def _writes(config: Config, text: Config) -> bool:
    names = [*entries(config, "architectures"), *entries(text, "architectures")]
    return not config.get("is_encoder_decoder") and any(str(name).endswith(WRITES) for name in names)


def _kv_heads(text: Config) -> int | None:
    """Without an entry of their own, keys and values have as many heads as queries."""
    return whole(text, "num_key_value_heads", "multi_query_group_num", "num_kv_heads", "n_head_kv") or _heads(text)


def _heads(text: Config) -> int | None:
    return whole(text, "num_attention_heads", "n_head", "n_heads")


def _head_dim(text: Config) -> int | None:
    own = whole(text, "head_dim", "attention_head_dim", "kv_channels")
    width, heads = whole(text, "hidden_size", "n_embd", "d_model"), _heads(text)
    return own or (width // heads if width and heads else None)


def _experts(text: Config) -> int | None:
    names = ("num_experts", "num_local_experts", "n_routed_experts", "moe_num_experts", "num_moe_experts")
    return first_of_list(text, *names)


def _experts_per_token(text: Config) -> int | None:
    if _experts(text) is None:
        return None
    names = ("num_experts_per_tok", "experts_per_token", "moe_k", "moe_topk", "num_selected_experts", "top_k_experts")
    return first_of_list(text, *names)


def _idle_parameters(text: Config, layers: int | None) -> int | None:
    """Parameters of the experts a token does not use: three matrices of width x expert width in each expert layer."""
    experts, used = _experts(text), _experts_per_token(text)
    width = whole(text, "hidden_size", "n_embd")
    expert_width = first_of_list(text, "moe_intermediate_size", "expert_intermediate_size") or whole(
        text, "intermediate_size"
    )
    if not (experts and used and width and expert_width and layers):
        return None
    dense = whole(text, "first_k_dense_replace", "moe_layer_start_index") or len(entries(text, "mlp_only_layers"))
    every = whole(text, "decoder_sparse_step", "moe_layer_interval", "interleave_moe_layer_step") or 1
    draft = whole(text, "num_nextn_predict_layers") or 0  # the draft head is counted in the file's parameters
    expert_layers = (layers - dense) // every + draft
    return (experts - used) * 3 * width * expert_width * expert_layers
