"""What config.json says, for the shapes of today's families. Figures are those of the models' own files."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.catalog.imports.architecture import Architecture, architecture_of
from advisor.catalog.services import shipped_catalog

CAUSAL = {"architectures": ["XForCausalLM"]}
LINEAR_THREE_OF_FOUR = ["linear_attention", "linear_attention", "linear_attention", "full_attention"]
FIVE_TO_ONE = ["sliding_attention"] * 5 + ["full_attention"]

# Catalog entry -> the part of its config.json that matters. Each must give what the catalog holds.
SHAPES: dict[str, dict[str, Any]] = {
    "qwen2-5-7b": CAUSAL | {
        "model_type": "qwen2", "hidden_size": 3584, "intermediate_size": 18944, "num_hidden_layers": 28,
        "num_attention_heads": 28, "num_key_value_heads": 4, "max_position_embeddings": 32768,
        "sliding_window": 131072, "use_sliding_window": False, "max_window_layers": 28,
        "tie_word_embeddings": False, "torch_dtype": "bfloat16",
    },
    "qwen3-8b": CAUSAL | {
        "model_type": "qwen3", "hidden_size": 4096, "num_hidden_layers": 36, "num_attention_heads": 32,
        "num_key_value_heads": 8, "head_dim": 128, "max_position_embeddings": 40960, "sliding_window": None,
        "use_sliding_window": False, "torch_dtype": "bfloat16",
    },
    "qwen3-coder-30b-a3b": CAUSAL | {
        "model_type": "qwen3_moe", "hidden_size": 2048, "num_hidden_layers": 48, "num_attention_heads": 32,
        "num_key_value_heads": 4, "head_dim": 128, "max_position_embeddings": 262144, "num_experts": 128,
        "num_experts_per_tok": 8, "moe_intermediate_size": 768, "decoder_sparse_step": 1, "mlp_only_layers": [],
        "torch_dtype": "bfloat16",
    },
    "qwen3-coder-next": CAUSAL | {  # hybrid written as an interval
        "model_type": "qwen3_next", "hidden_size": 2048, "num_hidden_layers": 48, "num_attention_heads": 16,
        "num_key_value_heads": 2, "head_dim": 256, "full_attention_interval": 4, "linear_num_value_heads": 32,
        "max_position_embeddings": 262144, "num_experts": 512, "num_experts_per_tok": 10, "dtype": "bfloat16",
    },
    "qwen3-5-9b": {  # hybrid written layer by layer, inside a model that also sees
        "architectures": ["Qwen3_5ForConditionalGeneration"], "model_type": "qwen3_5", "tie_word_embeddings": False,
        "text_config": {
            "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 16, "num_key_value_heads": 4,
            "head_dim": 256, "layer_types": LINEAR_THREE_OF_FOUR * 8, "max_position_embeddings": 262144,
            "dtype": "bfloat16",
        },
        "vision_config": {"num_hidden_layers": 27, "hidden_size": 1152},
    },
    "deepseek-v3-2": CAUSAL | {  # latent attention
        "model_type": "deepseek_v32", "hidden_size": 7168, "num_hidden_layers": 61, "num_attention_heads": 128,
        "num_key_value_heads": 128, "kv_lora_rank": 512, "qk_rope_head_dim": 64, "qk_nope_head_dim": 128,
        "v_head_dim": 128, "max_position_embeddings": 163840, "n_routed_experts": 256, "num_experts_per_tok": 8,
        "first_k_dense_replace": 3, "moe_intermediate_size": 2048, "num_nextn_predict_layers": 1,
        "quantization_config": {"quant_method": "fp8", "fmt": "e4m3"}, "torch_dtype": "bfloat16",
    },
    "glm-4-7-flash": CAUSAL | {
        "model_type": "glm4_moe_lite", "hidden_size": 2048, "num_hidden_layers": 47, "num_attention_heads": 20,
        "kv_lora_rank": 512, "qk_rope_head_dim": 64, "max_position_embeddings": 202752, "dtype": "bfloat16",
    },
    "gemma-3-27b": {  # the pattern is a default of the family
        "architectures": ["Gemma3ForConditionalGeneration"], "model_type": "gemma3", "torch_dtype": "bfloat16",
        "text_config": {
            "model_type": "gemma3_text", "hidden_size": 5376, "num_hidden_layers": 62, "num_attention_heads": 32,
            "num_key_value_heads": 16, "head_dim": 128, "sliding_window": 1024,
        },
    },
    "gemma-4-31b": {
        "architectures": ["Gemma4ForConditionalGeneration"], "model_type": "gemma4", "dtype": "bfloat16",
        "text_config": {
            "hidden_size": 5376, "num_hidden_layers": 60, "num_attention_heads": 32, "num_key_value_heads": 16,
            "head_dim": 256, "global_head_dim": 512, "layer_types": FIVE_TO_ONE * 10, "sliding_window": 1024,
            "max_position_embeddings": 262144, "tie_word_embeddings": True,
        },
    },
    "llama-3-1-8b": CAUSAL | {
        "model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
        "num_key_value_heads": 8, "max_position_embeddings": 131072, "torch_dtype": "bfloat16",
        "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "original_max_position_embeddings": 8192},
    },
    "llama-4-scout": {  # chunks, named by the layers that use no positions
        "architectures": ["Llama4ForConditionalGeneration"], "model_type": "llama4", "torch_dtype": "bfloat16",
        "text_config": {
            "hidden_size": 5120, "num_hidden_layers": 48, "num_attention_heads": 40, "num_key_value_heads": 8,
            "head_dim": 128, "attention_chunk_size": 8192, "no_rope_layers": [1, 1, 1, 0] * 12,
            "max_position_embeddings": 10485760, "num_local_experts": 16, "num_experts_per_tok": 1,
        },
    },
    "gpt-oss-20b": CAUSAL | {
        "model_type": "gpt_oss", "hidden_size": 2880, "intermediate_size": 2880, "num_hidden_layers": 24,
        "num_attention_heads": 64, "num_key_value_heads": 8, "head_dim": 64, "sliding_window": 128,
        "layer_types": ["sliding_attention", "full_attention"] * 12, "max_position_embeddings": 131072,
        "num_local_experts": 32, "experts_per_token": 4, "quantization_config": {"quant_method": "mxfp4"},
    },
    "hunyuan-a13b": CAUSAL | {  # one figure per layer
        "model_type": "hunyuan_v1_moe", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
        "num_key_value_heads": 8, "attention_head_dim": 128, "max_position_embeddings": 32768, "num_experts": 64,
        "moe_topk": [8] * 32, "moe_intermediate_size": [3072] * 32, "use_cla": False, "cla_share_factor": 2,
        "torch_dtype": "bfloat16",
    },
    "ernie-4-5-21b-a3b": CAUSAL | {
        "model_type": "ernie4_5_moe", "hidden_size": 2560, "num_hidden_layers": 28, "num_attention_heads": 20,
        "num_key_value_heads": 4, "max_position_embeddings": 131072, "moe_num_experts": 64, "moe_k": 6,
        "moe_intermediate_size": 1536, "moe_layer_start_index": 1, "torch_dtype": "bfloat16",
    },
    "minimax-m2-5": CAUSAL | {
        "model_type": "minimax_m2", "hidden_size": 3072, "num_hidden_layers": 62, "num_attention_heads": 48,
        "num_key_value_heads": 8, "head_dim": 128, "attn_type_list": [1] * 62, "max_position_embeddings": 196608,
        "num_local_experts": 256, "num_experts_per_tok": 8, "quantization_config": {"quant_method": "fp8"},
    },
    "kimi-k2-6": {
        "architectures": ["KimiK25ForConditionalGeneration"], "model_type": "kimi_k25", "dtype": "bfloat16",
        "text_config": {
            "num_hidden_layers": 61, "kv_lora_rank": 512, "qk_rope_head_dim": 64, "num_key_value_heads": 64,
            "max_position_embeddings": 262144, "n_routed_experts": 384, "num_experts_per_tok": 8,
            "quantization_config": {
                "quant_method": "compressed-tensors",
                "config_groups": {"group_0": {"weights": {"num_bits": 4, "type": "int"}}},
            },
        },
    },
    "olmo-3-1-32b-think": CAUSAL | {
        "model_type": "olmo3", "hidden_size": 5120, "num_hidden_layers": 64, "num_attention_heads": 40,
        "num_key_value_heads": 8, "sliding_window": 4096, "max_position_embeddings": 65536,
        "layer_types": (["sliding_attention"] * 3 + ["full_attention"]) * 16, "torch_dtype": "bfloat16",
    },
    "phi-4-mini": CAUSAL | {  # a window longer than the context is none
        "model_type": "phi3", "hidden_size": 3072, "num_hidden_layers": 32, "num_attention_heads": 24,
        "num_key_value_heads": 8, "sliding_window": 262144, "max_position_embeddings": 131072,
        "torch_dtype": "bfloat16",
    },
}  # fmt: skip
COMPARED = (
    "n_layers", "n_kv_heads", "head_dim", "mla_kv_lora_rank", "mla_rope_dim", "full_attention_layers",
    "sliding_window_layers", "sliding_window_tokens", "linear_attention_layers", "context_tokens", "native_precision",
)  # fmt: skip


@pytest.mark.parametrize("slug", SHAPES)
def test_the_file_gives_what_the_catalog_holds(slug: str) -> None:
    (model,) = [model for model in shipped_catalog().models if model.slug == slug]
    found = architecture_of(SHAPES[slug])
    said = {name: getattr(found, name) for name in COMPARED if getattr(found, name) is not None}

    assert said == {name: getattr(model, name) for name in said}
    assert {"n_layers", "native_precision"} <= said.keys()
    for name in ("full_attention_layers", "linear_attention_layers", "sliding_window_layers", "mla_kv_lora_rank"):
        assert getattr(found, name) == getattr(model, name), name


def facts(config: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in vars(architecture_of(config)).items() if value is not None}


@pytest.mark.parametrize(
    ("slug", "experts", "used"),
    [
        ("qwen3-coder-30b-a3b", 128, 8), ("qwen3-coder-next", 512, 10), ("deepseek-v3-2", 256, 8),
        ("llama-4-scout", 16, 1), ("gpt-oss-20b", 32, 4), ("hunyuan-a13b", 64, 8), ("ernie-4-5-21b-a3b", 64, 6),
        ("qwen2-5-7b", None, None),
    ],
)  # fmt: skip
def test_experts_are_found_under_each_familys_names(slug: str, experts: int | None, used: int | None) -> None:
    found = architecture_of(SHAPES[slug])

    assert (found.experts, found.experts_per_token) == (experts, used)


def test_parameters_of_idle_experts_follow_from_the_shape() -> None:
    # 120 of 128 experts x 3 matrices x 2048 x 768 x 48 layers
    assert architecture_of(SHAPES["qwen3-coder-30b-a3b"]).idle_parameters == 27_179_089_920
    # 248 of 256 x 3 x 7168 x 2048 x (61 - 3 dense layers + 1 draft layer)
    assert architecture_of(SHAPES["deepseek-v3-2"]).idle_parameters == 248 * 3 * 7168 * 2048 * 59


def test_mixtral_has_experts_of_the_full_width_and_no_window() -> None:
    assert facts(CAUSAL | {
        "model_type": "mixtral", "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32,
        "num_attention_heads": 32, "num_key_value_heads": 8, "sliding_window": None, "num_local_experts": 8,
        "num_experts_per_tok": 2, "max_position_embeddings": 32768, "torch_dtype": "bfloat16",
        "tie_word_embeddings": False,
    }) == {
        "n_layers": 32, "n_kv_heads": 8, "head_dim": 128, "context_tokens": 32768, "native_precision": "bf16",
        "tied_embeddings": False, "experts": 8, "experts_per_token": 2,
        "idle_parameters": 6 * 3 * 4096 * 14336 * 32,
    }  # fmt: skip


def test_the_first_mistral_has_a_window_in_every_layer() -> None:
    found = architecture_of(CAUSAL | {
        "model_type": "mistral", "num_hidden_layers": 32, "sliding_window": 4096, "max_position_embeddings": 32768,
    })  # fmt: skip
    assert (found.full_attention_layers, found.sliding_window_layers, found.sliding_window_tokens) == (0, 32, 4096)


def test_a_window_of_an_unknown_family_is_told_without_guessing_its_layers() -> None:
    found = architecture_of(CAUSAL | {"model_type": "deepseek_v4", "num_hidden_layers": 43, "sliding_window": 128})

    assert (found.sliding_window_tokens, found.full_attention_layers, found.sliding_window_layers) == (128, None, None)


def test_layers_that_reuse_a_cache_are_not_counted_twice() -> None:
    """Gemma 3n E4B: 35 layers, the last 15 reuse; of the first 20, every fifth attends to everything."""
    found = architecture_of({
        "architectures": ["Gemma3nForConditionalGeneration"],
        "text_config": {
            "model_type": "gemma3n_text", "num_hidden_layers": 35, "num_kv_shared_layers": 15, "sliding_window": 512,
            "layer_types": (["sliding_attention"] * 4 + ["full_attention"]) * 7, "num_key_value_heads": 2,
            "head_dim": 256,
        },
    })  # fmt: skip
    assert (found.full_attention_layers, found.sliding_window_layers, found.shared_cache_layers) == (4, 16, 15)


def test_hunyuan_large_shares_one_cache_between_two_layers() -> None:
    found = architecture_of(CAUSAL | {"num_hidden_layers": 64, "use_cla": True, "cla_share_factor": 2})

    assert (found.n_layers, found.full_attention_layers, found.shared_cache_layers) == (64, 32, 32)


@pytest.mark.parametrize(
    ("config", "full", "linear"),
    [
        ({"model_type": "mamba", "num_hidden_layers": 64}, 0, 64),
        ({"model_type": "nemotron_h", "num_hidden_layers": 8, "hybrid_override_pattern": "M-M*-M-E"}, 1, 3),
        ({"model_type": "jamba", "num_hidden_layers": 32, "attn_layer_period": 8, "attn_layer_offset": 4}, 4, 28),
        ({"model_type": "bamba", "num_hidden_layers": 32, "attn_layer_indices": [9, 18, 27]}, 3, 29),
        ({"model_type": "granitemoehybrid", "num_hidden_layers": 10,
          "layer_types": ["mamba"] * 9 + ["attention"]}, 1, 9),
        ({"model_type": "kimi_linear", "num_hidden_layers": 27, "kv_lora_rank": 512, "linear_attn_config": {
            "full_attn_layers": [4, 8, 12, 16, 20, 24, 27], "kda_layers": [1, 2]}}, 7, 20),
        ({"model_type": "minimax_m1", "num_hidden_layers": 80, "attn_type_list": ([0] * 7 + [1]) * 10}, 10, 70),
        ({"model_type": "lfm2", "num_hidden_layers": 16, "full_attn_idxs": [2, 5, 8, 10, 12, 14]}, 6, 10),
    ],
    ids=lambda value: value.get("model_type") if isinstance(value, dict) else None,
)  # fmt: skip
def test_hybrids_are_read_in_each_way_they_are_written(config: dict[str, Any], full: int, linear: int) -> None:
    found = architecture_of(CAUSAL | config)

    assert (found.full_attention_layers, found.linear_attention_layers) == (full, linear)


def test_a_model_without_attention_has_no_heads() -> None:
    found = architecture_of(
        CAUSAL | {"model_type": "mamba2", "num_hidden_layers": 64, "num_heads": 128, "head_dim": 64}
    )

    assert (found.n_kv_heads, found.head_dim) == (None, None)


def test_without_heads_of_their_own_keys_have_as_many_as_queries() -> None:
    found = architecture_of(CAUSAL | {"n_layer": 12, "n_head": 12, "n_embd": 768})

    assert (found.n_layers, found.n_kv_heads, found.head_dim) == (12, 12, 64)


@pytest.mark.parametrize(
    ("config", "precision"),
    [
        ({"dtype": "float16"}, "fp16"),
        ({"torch_dtype": "float32"}, "fp32"),
        ({"quantization_config": {"quant_method": "gptq", "bits": 4}}, "int4"),
        ({"quantization_config": {"quant_method": "awq", "bits": 8}}, "int8"),
        ({"quantization_config": {"quant_method": "modelopt", "quant_algo": "NVFP4"}}, "nvfp4"),
        ({"quantization_config": {"quant_method": "compressed-tensors", "config_groups": {
            "g": {"weights": {"num_bits": 8, "type": "float"}}}}}, "fp8"),
        ({"torch_dtype": "something_new"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_the_precision_is_read_from_the_weights_own_entry(config: dict[str, Any], precision: str | None) -> None:
    assert architecture_of(config).native_precision == precision


@pytest.mark.parametrize(
    "config",
    [
        {"architectures": ["BertModel"], "num_hidden_layers": 12, "num_attention_heads": 12},
        {"architectures": ["WhisperForConditionalGeneration"], "is_encoder_decoder": True, "num_hidden_layers": 32},
        {},
    ],
)
def test_what_does_not_write_text_has_no_cache_to_count(config: dict[str, Any]) -> None:
    assert architecture_of(config) == Architecture()


@pytest.mark.parametrize("value", ["sixty", -1, 3.5, True, float("inf"), [1], {"a": 1}])
def test_an_entry_of_the_wrong_type_is_named(value: Any) -> None:
    with pytest.raises(ValueError, match="num_hidden_layers"):
        architecture_of(CAUSAL | {"num_hidden_layers": value})
