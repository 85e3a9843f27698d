"""Memory of language models: worked examples with their sources, and what must hold for any model."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.engine import memory, runtimes, shapes
from advisor.engine.catalog import Device, Model
from advisor.engine.efficiency import machine_shape
from advisor.engine.formats import LLAMA_CPP, VLLM, cache_bytes, effective_bits, format_name
from advisor.engine.units import GB
from tests.engine.shapes import DEEPSEEK_V3, GPT_OSS_20B, LLAMA_8B, QWEN_27B, device, model


def gb_from_gib(size_gib: float) -> float:
    """Published file sizes are often binary; the engine's are decimal."""
    return size_gib * 2**30 / GB


def in_mib(size_gb: float | None) -> float:
    assert size_gb is not None
    return size_gb * GB / 2**20


def cache_gb(shape: Model, context: float, sequences: float, kv_format: str = "f16", runtime: str = VLLM) -> float:
    figures = shapes.model_shape(shape, "F16", runtime, kv_format)
    return float(memory.cache_gb(figures, machine_shape(None, 1, runtime), context, sequences))


def test_sixteen_bit_weights_are_two_bytes_a_parameter() -> None:
    # 8.03 billion x 2 bytes = 16.06 GB; the published file has 14.96 GiB = 16.06 GB (ik_llama.cpp discussion 164).
    assert shapes.weights_gb(LLAMA_8B, "BF16") == pytest.approx(16.06)
    assert shapes.weights_gb(LLAMA_8B, "f16") == pytest.approx(gb_from_gib(14.96), rel=0.001)


def test_four_bit_weights_carry_their_output_table_at_six_bits() -> None:
    # One vocabulary table: 0.21 x 8.03^0.4 = 0.21 x 2.301 = 0.4832 billion = 6.017 % of 8.03.
    # Bits: 4.78 + 0.06017 x (6.5625 - 4.78) = 4.8873; file: 8.03 x 4.8873 / 8 = 4.906 GB. Published: 4.92 GB.
    assert shapes.weights_gb(LLAMA_8B, "Q4_K_M") == pytest.approx(4.906, rel=0.0005)
    assert shapes.weights_gb(LLAMA_8B, "Q4_K_M") == pytest.approx(4.92, rel=0.005)


@pytest.mark.parametrize(
    ("name", "gib"),
    [  # Llama 3.1 8B files, https://github.com/ikawrakow/ik_llama.cpp discussion 164
        ("Q8_0", 7.95), ("Q6_K", 6.14), ("Q5_K_S", 5.21), ("Q5_0", 5.22), ("Q4_K_S", 4.36), ("Q4_0", 4.35),
        ("IQ4_XS", 4.13), ("Q3_K_S", 3.41), ("IQ3_S", 3.42), ("IQ2_M", 2.74), ("IQ2_XXS", 2.23),
    ],
)  # fmt: skip
def test_the_format_table_meets_published_files_of_one_model(name: str, gib: float) -> None:
    assert shapes.weights_gb(LLAMA_8B, name, LLAMA_CPP) == pytest.approx(gb_from_gib(gib), rel=0.01)


def test_mixed_four_bit_files_differ_between_containers() -> None:
    # Half the active parameters stay at more bits: 0.5 x 3.6 / 20.91 = 8.608 %.
    # Safetensors: 4.25 + 0.08608 x 11.75 = 5.2615 bits -> 13.75 GB (published 13.8).
    # GGUF: 4.25 + 0.08608 x 4.25 = 4.6159 bits -> 12.06 GB (published 11.27 GiB = 12.10 GB).
    assert shapes.weights_gb(GPT_OSS_20B, "MXFP4", VLLM) == pytest.approx(13.752, rel=0.001)
    assert shapes.weights_gb(GPT_OSS_20B, "MXFP4", LLAMA_CPP) == pytest.approx(12.065, rel=0.001)


def test_a_measured_file_beats_the_formula() -> None:
    measured = replace(LLAMA_8B, weights_gb={"q4": 4.92, "bf16": 16.1})
    assert shapes.weights_gb(measured, "Q4_K_M") == 4.92
    assert shapes.weights_gb(measured, "BF16") == 16.1


def test_small_models_take_more_bits_a_weight_than_large_ones() -> None:
    assert effective_bits("Q4_K_M", 1.2, 1.2) > effective_bits("Q4_K_M", 8, 8) > effective_bits("Q4_K_M", 70, 70)


def test_formats_are_found_under_their_other_names() -> None:
    names = ("ud-q4_k_xl", "Q4_K - Medium", "gptq-int4", "W4A16", "bf16", "Q8_0_R8", "int8", "4bit", "AWQ 4-bit",
             "GGUF:Q5_K_M", "iq4_xs.gguf", "exl2-4.65bpw", "EXL3 3 bpw", "exl2", "8 bits")  # fmt: skip
    found = ("Q4_K_XL", "Q4_K_M", "AWQ", "AWQ", "F16", "Q8_0", "INT8", "MLX_4BIT", "AWQ", "Q5_K_M", "IQ4_XS", "BPW_5",
             "BPW_3", "BPW_4", "BPW_8")  # fmt: skip
    assert tuple(map(format_name, names)) == found


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown weight format 'Q9'"):
        format_name("Q9")
    with pytest.raises(ValueError, match="unknown cache format 'q9'"):
        cache_bytes("q9")


def test_grouped_query_cache_counts_keys_and_values_of_each_layer() -> None:
    # Qwen3 32B: 64 layers x 8 heads x 128 x (2 + 2) bytes x 8,192 tokens = 2,048 MiB, as llama.cpp prints it.
    qwen = model(n_layers=64, n_kv_heads=8, head_dim=128)
    assert in_mib(cache_gb(qwen, 8192, 1)) == pytest.approx(2048)


def test_quantized_caches_use_their_block_size() -> None:
    # Qwen3 235B: 94 x 4 x 128 x (34/32 + 34/32) bytes x 32,768 tokens = 3,196 MiB (ik_llama.cpp discussion 357).
    qwen = model(n_layers=94, n_kv_heads=4, head_dim=128)
    assert in_mib(cache_gb(qwen, 32768, 1, "q8_0")) == pytest.approx(3196)
    # keys at 34/32 and values at 18/32 byte: 94 x 4 x 128 x 1.625 x 32,768 = 2,444 MiB
    assert in_mib(cache_gb(qwen, 32768, 1, "q8_0/q4_0")) == pytest.approx(2444)


def test_latent_attention_is_stored_once() -> None:
    # DeepSeek V3: 61 layers x (512 + 64) x 2 bytes x 32,768 tokens = 2,196 MiB (ik_llama.cpp discussion 258).
    assert in_mib(cache_gb(DEEPSEEK_V3, 32768, 1)) == pytest.approx(2196)


def test_sliding_windows_stop_growing() -> None:
    # 12 full layers x 8 x 64 x 4 bytes = 24,576 bytes a token x 8,192 = 192 MiB; 12 window layers x 128 tokens = 3 MiB.
    assert in_mib(cache_gb(GPT_OSS_20B, 8192, 1)) == pytest.approx(195)
    # llama.cpp keeps 128 + 512 tokens in blocks of 256 = 768 cells = 18 MiB, as it prints for this model.
    assert in_mib(cache_gb(GPT_OSS_20B, 8192, 1, runtime=LLAMA_CPP)) == pytest.approx(210)
    # A context inside the window: 24 layers x 2,048 bytes x 100 tokens.
    assert cache_gb(GPT_OSS_20B, 100, 1) == pytest.approx(24 * 2048 * 100 / GB)


def test_window_layers_may_be_given_as_the_rest() -> None:
    rest = replace(GPT_OSS_20B, sliding_window_layers=None)
    assert cache_gb(rest, 8192, 2) == cache_gb(GPT_OSS_20B, 8192, 2)
    other = replace(GPT_OSS_20B, full_attention_layers=None)
    assert cache_gb(other, 8192, 2) == cache_gb(GPT_OSS_20B, 8192, 2)


def test_linear_attention_holds_a_constant_state() -> None:
    # Qwen3.6 27B: the log of llama.cpp says 149.6 MiB for one sequence: 48 layers x 48 heads x 128 x 128 x 4 bytes
    # = 144 MiB, and 5.6 MiB of convolution.
    assert in_mib(shapes.state_gb(QWEN_27B, 1)) == pytest.approx(149.6, rel=0.005)
    assert cache_gb(QWEN_27B, 1000, 1) == pytest.approx(16 * 4 * 256 * 4 * 1000 / GB)
    assert shapes.state_gb(LLAMA_8B, 8) == 0


def test_an_unpublished_split_counts_every_layer_in_full() -> None:
    secret = model(n_layers=42, n_kv_heads=2, head_dim=256, sliding_window_tokens=512)
    per_token = shapes.kv_bytes_per_token(secret)
    assert per_token is not None
    assert (per_token.growing, per_token.window, per_token.grade) == (42 * 2 * 256 * 4, 0, "assumed")


def test_unpublished_heads_are_bounded_from_above() -> None:
    # 93 layers x 8 heads x 128 x 4 bytes = 380,928 bytes a token
    per_token = shapes.kv_bytes_per_token(model(n_layers=93))
    assert per_token is not None
    assert (per_token.growing, per_token.grade) == (380_928, "assumed")
    assert memory.need(model(n_layers=93, params_total_b=10), "FP8", VLLM, 1000).grade == "assumed"


def test_missing_figures_give_a_reason_and_no_number() -> None:
    no_layers = memory.need(model(params_total_b=8.0), "FP8")
    assert (no_layers.needed_gb, no_layers.kv_cache_gb) == (None, None)
    assert no_layers.reason == "n_layers of the model is not known"
    no_size = memory.need(model(n_layers=32), "FP8")
    assert (no_size.weights_gb, no_size.needed_gb) == (None, None)
    assert no_size.reason == "params_total_b of the model is not known"


def test_needed_memory_is_the_sum_of_its_parts() -> None:
    need = memory.need(QWEN_27B, "FP8", VLLM, 16384, 4)
    parts = (need.weights_gb, need.kv_cache_gb, need.state_gb, need.buffers_gb)
    assert need.needed_gb == pytest.approx(sum(part for part in parts if part is not None))
    assert None not in parts


def test_a_batching_server_reserves_its_share_of_the_card() -> None:
    card = device(memory_gb=80.0)
    assert memory.need(LLAMA_8B, "FP8", VLLM, 8192, device=card).reserved_gb == pytest.approx(72)
    alone = memory.need(LLAMA_8B, "FP8", LLAMA_CPP, 8192, device=card)
    assert alone.reserved_gb == alone.needed_gb


def test_devices_that_share_each_layer_repeat_what_cannot_be_split() -> None:
    one, eight = (memory.need(DEEPSEEK_V3, "FP8", VLLM, 4096, device_count=count) for count in (1, 8))
    assert one.kv_cache_gb is not None
    assert eight.kv_cache_gb == pytest.approx(8 * one.kv_cache_gb)
    few = model(params_total_b=30.0, n_layers=48, n_kv_heads=4, head_dim=128)
    two, sixteen = (memory.need(few, "FP8", VLLM, 4096, device_count=count) for count in (2, 16))
    assert two.kv_cache_gb is not None
    assert sixteen.kv_cache_gb == pytest.approx(4 * two.kv_cache_gb)
    layers = memory.need(few, "FP8", LLAMA_CPP, 4096, device_count=16)
    assert layers.kv_cache_gb == pytest.approx(two.kv_cache_gb)


def test_usable_memory_leaves_room_for_the_system() -> None:
    assert memory.usable_gb(device(), 2) == 48
    assert memory.usable_gb(device("unified_memory_computer", "Apple", memory_gb=64.0)) == 48
    assert memory.usable_gb(device("unified_memory_computer", usable_memory_gb=110.0)) == 110
    assert memory.usable_gb(device(memory_gb=None)) is None


def test_discrete_cards_hold_a_driver_context_and_processors_do_not() -> None:
    card, processor = (memory.need(LLAMA_8B, "Q8_0", LLAMA_CPP, 4096, device=device(kind)) for kind in
                       ("consumer_gpu", "cpu_server"))  # fmt: skip
    assert card.buffers_gb > processor.buffers_gb > 0


@pytest.mark.parametrize(
    ("figures", "place", "expected"),
    [
        ({"native_precision": "bf16"}, device(), ("Q8_0", "Q6_K", "Q4_K_M")),
        ({"native_precision": "bf16"}, device("datacenter_gpu"), ("F16", "FP8", "AWQ")),
        ({"native_precision": "fp8"}, device("datacenter_gpu"), ("FP8", "AWQ")),
        ({"native_precision": "mxfp4"}, device(), ("MXFP4",)),
        ({"native_precision": "int4"}, device("datacenter_gpu"), ("AWQ",)),
        ({"native_precision": "int4"}, device(), ("Q4_K_M",)),
        ({}, device("cn_accelerator", "Huawei"), ("F16", "INT8")),
        ({"vram_min_gb": {"nvfp4": 27.0}}, device("datacenter_gpu", name="NVIDIA B200"), ("F16", "FP8", "NVFP4")),
    ],
)
def test_default_formats_suit_model_and_device(
    figures: dict[str, object], place: Device, expected: tuple[str, ...]
) -> None:
    assert runtimes.default_formats(model(**figures), place) == expected


def test_batching_servers_run_on_server_cards_and_llama_cpp_elsewhere() -> None:
    assert runtimes.runtime_for(device("datacenter_gpu")) == VLLM
    assert runtimes.runtime_for(device("workstation_gpu")) == VLLM
    assert runtimes.runtime_for(device("workstation_gpu", "AMD")) == LLAMA_CPP
    assert runtimes.runtime_for(device("consumer_gpu")) == LLAMA_CPP


SHAPES = st.sampled_from([LLAMA_8B, GPT_OSS_20B, DEEPSEEK_V3, QWEN_27B])
FORMATS = st.sampled_from(["F16", "FP8", "Q8_0", "Q4_K_M", "AWQ", "MXFP4"])
RUNTIMES = st.sampled_from([LLAMA_CPP, VLLM, runtimes.TRANSFORMERS])


@given(SHAPES, FORMATS, RUNTIMES, st.integers(0, 200_000), st.integers(1, 100_000), st.integers(1, 64))
def test_more_context_never_needs_less_memory(
    shape: Model, form: str, runtime: str, context: int, more: int, users: int
) -> None:
    less, most = (memory.need(shape, form, runtime, tokens, users).needed_gb for tokens in (context, context + more))
    assert less is not None
    assert most is not None
    assert less <= most


@given(SHAPES, FORMATS, RUNTIMES, st.integers(1, 200_000), st.integers(1, 256))
def test_more_users_never_need_less_memory(shape: Model, form: str, runtime: str, context: int, users: int) -> None:
    fewer, more = (memory.need(shape, form, runtime, context, count).needed_gb for count in (users, users + 1))
    assert fewer is not None
    assert more is not None
    assert fewer <= more


def test_buffers_follow_the_program() -> None:
    # llama.cpp: 512 tokens x 3,450 x 64 bytes and a mask of 512 x 8,192 x 2 = 0.1214 GB, 0.5 GB a card or 0.1 GB in
    # shared memory; vLLM: 8,192 x 3,450 x 24 = 0.678 GB and 1.2 GB a card; eager: 8,192 x 3,450 x 37 = 1.0457 GB on
    # each card.
    card, mac = device(), device("unified_memory_computer", "Apple")
    asked = {"format": "F16", "context_tokens": 8192}
    sizes = [
        memory.need(LLAMA_8B, runtime=runtime, device=place, device_count=count, **asked).buffers_gb
        for runtime, place, count in ((LLAMA_CPP, card, 2), (LLAMA_CPP, mac, 1), (VLLM, card, 2),
                                      (runtimes.TRANSFORMERS, card, 1), (runtimes.TRANSFORMERS, card, 2))
    ]  # fmt: skip
    assert sizes == pytest.approx([1.1214, 0.2214, 3.0783, 1.0457, 2.0914], rel=0.001)


def test_eager_programs_hold_a_tied_table_twice_while_loading() -> None:
    # 1.54 billion, one table of 0.21 x 1.54^0.4 = 0.2496 billion at 16 bits = 0.4992 GB, more than the activations of 2
    # tokens; files at 16 bits hold one table only.
    small = model(params_total_b=1.54, n_layers=28, n_kv_heads=2, head_dim=128)
    quantized, plain = (memory.need(small, form, runtimes.TRANSFORMERS, 2) for form in ("AWQ", "F16"))
    assert quantized.buffers_gb == pytest.approx(0.4992, rel=0.001)
    assert plain.buffers_gb == pytest.approx(2 * 1783 * 37 / GB, rel=0.001)


def test_a_machine_without_device_needs_a_runtime() -> None:
    with pytest.raises(ValueError, match="runtime: needed"):
        machine_shape(None)


def test_runtimes_are_known_by_many_names() -> None:
    for name, expected in (("LM Studio", LLAMA_CPP), ("ik_llama.cpp", LLAMA_CPP), ("ExLlamaV2", LLAMA_CPP),
                           ("vLLM 0.11.0", VLLM), ("TensorRT-LLM", VLLM), ("tgi", VLLM), ("sglang", VLLM),
                           ("HF", runtimes.TRANSFORMERS)):  # fmt: skip
        assert runtimes.runtime_class(name) == expected
    with pytest.raises(ValueError, match="unknown 'vllmish'"):
        runtimes.runtime_class("vllmish")
