"""Speed of language models: the roofline by hand, published measurements, and what must hold for any machine."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.engine import efficiency, speed
from advisor.engine.catalog import Device, Model
from advisor.engine.formats import LLAMA_CPP, VLLM
from advisor.engine.shapes import model_shape
from tests.engine.shapes import DEEPSEEK_V3, GPT_OSS_20B, LLAMA_8B, QWEN_27B, device, model

QWEN_30B = model(params_total_b=30.53, params_active_b=3.3, n_layers=48, n_kv_heads=4, head_dim=128)
# Round figures, so that the arithmetic below can be followed: half the bandwidth, 100 us a layer, 1 ms a step.
ROUND = efficiency.Efficiency(
    stream=0.5, plain=1.0, cache=0.25, layer_us=100.0, step_us=1000.0, experts_us=50.0, together_us=25.0,
    linear_layer=1.5, plain_layer=0.5, unpack_us=10.0, tile=1.0, overlap=0.75, prefill=0.5, prefill_experts=0.25,
    band_plain=1.2, band_packed=1.25, band_batched=1.3, band_prefill=1.4,
)  # fmt: skip
# A card whose matrix peak is the same in every program: 100 TFLOPS, 1,000 GB/s.
PLAIN_CARD = device("workstation_gpu", fp16_tflops=100.0)
SPARK = device("unified_memory_computer", memory_gb=128.0, bandwidth_gbs=273.0, fp16_tflops=29.7,
               fp16_basis="shader_fp16_not_tensor")  # fmt: skip
A100 = device("datacenter_gpu", memory_gb=80.0, bandwidth_gbs=2039.0, fp16_tflops=312.0)


@pytest.fixture
def round_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(efficiency, "EFFICIENCY", dict.fromkeys(efficiency.EFFICIENCY, ROUND))


def read_share(shape: Model, batch: float, experts: tuple[int, int] | None = None) -> float:
    return float(speed.read_share(model_shape(shape, "Q4_K_M", LLAMA_CPP, experts=experts), batch, 0.75))


def splits(shape: Model, runtime: str, count: int) -> bool:
    return bool(speed.splits_tensors(model_shape(shape, "FP8", VLLM), efficiency.machine_shape(A100, count, runtime)))


def central(band: speed.Band | None) -> float:
    assert band is not None
    return band[1]


@pytest.mark.usefixtures("round_figures")
def test_decode_reads_weights_and_cache_once_a_word() -> None:
    # Weights: 10 GB of 10 billion parameters less the input table, 0.21 x 10^0.4 = 0.5275 billion = 5.275 %: 9.4725 GB.
    # 9.4725 / (1,000 x 0.5) = 18.945 ms. Cache: 40 layers x 8 x 128 x 4 bytes = 163,840 bytes x 10,000 = 1.6384 GB,
    # 1.6384 / (1,000 x 0.25) = 6.5536 ms. Matrix work: 2 x 10 / (100,000 x 0.5) = 0.4 ms. Launch: 40 x 0.1 + 1 = 5 ms.
    # Together 30.898 ms = 32.36 words a second. Packed formats have a band of 1.25, plain ones of 1.2.
    ten = model(params_total_b=10.0, n_layers=40, n_kv_heads=8, head_dim=128, weights_gb={"q4": 10.0, "q8": 10.0})
    band = speed.decode_band(ten, "Q4_K_M", PLAIN_CARD, context_tokens=10_000, runtime=LLAMA_CPP)
    assert band == pytest.approx((32.36 / 1.25, 32.36, 32.36 * 1.25), rel=0.001)
    plain = speed.decode_band(ten, "Q8_0", PLAIN_CARD, context_tokens=10_000, runtime=LLAMA_CPP)
    assert plain == pytest.approx((32.36 / 1.2, 32.36, 32.36 * 1.2), rel=0.001)


@pytest.mark.usefixtures("round_figures")
def test_a_mixture_reads_only_the_experts_it_uses() -> None:
    # One user: 10 of 100 billion parameters = 10 % of 50 GB, less the input table 0.5275 of 100 billion = 0.5275 %:
    # 50 x 0.094725 = 4.736 GB -> 9.4725 ms; launch 40 x (0.1 + 0.05) + 1 = 7 ms; matrix work 2 x 10 / 50,000 = 0.4 ms;
    # no cache: 16.8725 ms = 59.27 a second.
    mixture = model(params_total_b=100.0, params_active_b=10.0, n_layers=40, n_kv_heads=8, head_dim=128,
                    weights_gb={"q4": 50.0})  # fmt: skip
    band = speed.decode_band(mixture, "Q4_K_M", PLAIN_CARD, context_tokens=0, runtime=LLAMA_CPP)
    assert central(band) == pytest.approx(59.27, rel=0.001)
    # Two users: 1 - 0.9^(2^0.75) = 16.234 % less 0.5275 % = 15.707 % of 50 GB -> 15.707 ms; matrix work 0.8 ms; launch
    # 40 x (0.1 + 0.05 + 0.025) + 1 = 8 ms: 24.507 ms = 40.80 a second, in the band for several users.
    two = speed.decode_band(mixture, "Q4_K_M", PLAIN_CARD, context_tokens=0, concurrency=2, runtime=LLAMA_CPP)
    assert two == pytest.approx((40.80 / 1.3, 40.80, 40.80 * 1.3), rel=0.001)


@pytest.mark.usefixtures("round_figures")
def test_layers_that_keep_nothing_launch_less_and_linear_ones_more() -> None:
    # 40 layers, 8 with attention and 8 with linear attention: launch (40 + 0.5 x 8 - 0.5 x 24) x 0.1 + 1 = 4.2 ms;
    # all with attention 5 ms. The state of 8 layers moves too, so the file is left at 10 GB and the state at nothing.
    shape = model_shape(
        model(params_total_b=10.0, n_layers=40, n_kv_heads=8, head_dim=128, full_attention_layers=8,
              linear_attention_layers=8), "Q4_K_M", LLAMA_CPP
    )  # fmt: skip
    machine = efficiency.machine_shape(PLAIN_CARD, 1, LLAMA_CPP)
    assert float(speed.launch_seconds(shape, machine)) == pytest.approx(0.0042)


def test_users_share_experts() -> None:
    # 8 of 128 experts, 27 of 30 billion parameters routed: 28.8 / 30 x ... worked for two users that overlap.
    mixture = model(params_total_b=30.0, params_active_b=3.0)
    # routed = (30 - 3) / (1 - 8/128) = 28.8 billion = 96 %; always on 4 %; one user: 4 % + 96 % x 1/16 = 10 %.
    assert read_share(mixture, 1, (128, 8)) == pytest.approx(0.10)
    # 16 users touch as many as 16^0.75 = 8: 4 % + 96 % x (1 - (15/16)^8) = 4 % + 96 % x 0.40328 = 42.71 %.
    assert read_share(mixture, 16, (128, 8)) == pytest.approx(0.4271, rel=0.001)
    # Without the number of experts the active share stands in: 1 - 0.9^8 = 56.95 %.
    assert read_share(mixture, 16) == pytest.approx(0.5695, rel=0.001)
    assert read_share(model(params_total_b=30.0, params_active_b=3.0), 1, (4, 4)) == pytest.approx(1.0)


def test_a_dense_model_reads_all_and_an_effective_size_its_part() -> None:
    assert read_share(LLAMA_8B, 64) == 1
    assert read_share(model(params_total_b=8.0, params_effective_b=4.5), 1) == pytest.approx(0.5625)
    assert math.isnan(read_share(model(), 1))


@pytest.mark.usefixtures("round_figures")
def test_many_users_are_limited_by_matrix_work() -> None:
    # 2 x 10 billion x 1,000 users = 20,000 GFLOP / (100 TFLOPS x 0.5) = 400 ms, and 18.945 ms of reading; no cache.
    ten = model(params_total_b=10.0, n_layers=40, n_kv_heads=8, head_dim=128, weights_gb={"q4": 10.0})
    band = speed.decode_band(ten, "Q4_K_M", PLAIN_CARD, 1, 0, 1000, LLAMA_CPP)
    assert central(band) == pytest.approx(1 / (0.400 + 0.018945 + 0.005), rel=1e-4)
    # A batching server reads while it computes: 400 ms, launches of 40 x 0.1 + 1 = 5 ms.
    served = speed.decode_band(ten, "Q4_K_M", PLAIN_CARD, 1, 0, 1000, VLLM)
    assert central(served) == pytest.approx(1 / (0.400 + 0.005), rel=1e-4)


def test_cards_short_of_compute_cannot_use_their_bandwidth() -> None:
    short, ample = (device("datacenter_gpu", bandwidth_gbs=4000.0, fp16_tflops=peak) for peak in (100.0, 1000.0))
    slow, fast = (central(speed.decode_band(LLAMA_8B, "F16", card, runtime=VLLM)) for card in (short, ample))
    assert slow < 0.7 * fast
    halved = central(speed.decode_band(LLAMA_8B, "FP8", short, runtime=VLLM))
    assert halved > 1.5 * slow


def test_tensor_parallel_adds_speed_and_layer_split_does_not() -> None:
    one, two = (central(speed.decode_band(LLAMA_8B, "F16", A100, count, 1000, runtime=VLLM)) for count in (1, 2))
    assert 1.1 * one < two < 2 * one
    single, split = (central(speed.decode_band(LLAMA_8B, "F16", A100, n, 1000, runtime=LLAMA_CPP)) for n in (1, 2))
    assert 0.95 * single < split <= single


def test_heads_that_do_not_divide_prevent_tensor_parallel() -> None:
    five = replace(LLAMA_8B, n_kv_heads=5)
    assert not splits(five, VLLM, 2)
    assert splits(LLAMA_8B, VLLM, 16)
    assert splits(DEEPSEEK_V3, "sglang", 8)
    assert not splits(LLAMA_8B, "ollama", 2)


def test_an_unknown_bandwidth_gives_no_speed() -> None:
    blind = device(bandwidth_gbs=None)
    assert speed.decode_band(LLAMA_8B, "Q4_K_M", blind) is None
    assert speed.prefill_band(LLAMA_8B, "Q4_K_M", blind) is None
    assert speed.time_to_first_token(LLAMA_8B, "Q4_K_M", blind, 1, 1000) is None
    assert speed.decode_band(model(n_layers=3), "Q4_K_M", device()) is None


def test_unpublished_layers_are_typical_ones_and_widen_the_band() -> None:
    # Width 1,500 x 8.03^0.4 = 3,451; / 90 = 38 layers.
    secret = model(params_total_b=8.03)
    assert round(float(model_shape(secret, "Q4_K_M").layers)) == 38
    known = replace(secret, n_layers=38)
    narrow, wide = (speed.decode_band(shape, "Q4_K_M", device(fp16_tflops=100.0)) for shape in (known, secret))
    assert narrow is not None
    assert wide is not None
    assert wide[1] == pytest.approx(narrow[1], rel=0.01)
    assert wide[2] / wide[1] > narrow[2] / narrow[1]


@pytest.mark.parametrize(
    ("shape", "form", "place", "runtime", "context", "measured"),
    [  # llama.cpp, benches/dgx-spark.md, 2025: words a second of one user at that depth
        (GPT_OSS_20B, "MXFP4", SPARK, LLAMA_CPP, 0, 84.10),
        (GPT_OSS_20B, "MXFP4", SPARK, LLAMA_CPP, 32768, 59.85),
        # Qwen, speed benchmark of Qwen2.5 and Qwen3 in the project's documentation: vLLM on A100 80 GB
        (model(params_total_b=7.62, n_layers=28, n_kv_heads=4, head_dim=128), "BF16", A100, VLLM, 1024, 84.28),
        (model(params_total_b=32.76, n_layers=64, n_kv_heads=8, head_dim=128), "AWQ", A100, VLLM, 7168, 46.68),
        # geerlingguy/ai-benchmarks: ollama on RTX 4090, deepseek-r1:14b
        (model(params_total_b=14.77, n_layers=48, n_kv_heads=8, head_dim=128), "Q4_K_M",
         device(bandwidth_gbs=1008.0, fp16_tflops=165.2), LLAMA_CPP, 300, 92.49),
    ],
)  # fmt: skip
def test_published_measurements_lie_in_the_band(
    shape: Model, form: str, place: Device, runtime: str, context: int, measured: float
) -> None:
    band = speed.decode_band(shape, form, place, 1, context, 1, runtime)
    assert band is not None
    assert band[0] <= measured <= band[2]


@pytest.mark.usefixtures("round_figures")
def test_a_prompt_is_read_by_matrix_work() -> None:
    # Two tables of 0.5275 billion are not multiplied: 2 x (10 - 1.055) x 512 tokens = 9,160 GFLOP.
    # Attention: 2 x 40 layers x width 3,768 x 512^2 = 79 GFLOP. 9,239 / (100 TFLOPS x 0.5) = 184.8 ms.
    # The weights are read once, 18.945 ms, and launches take 5 ms: 512 / 0.2087 = 2,453 a second.
    ten = model(params_total_b=10.0, n_layers=40, n_kv_heads=8, head_dim=128, weights_gb={"q4": 10.0})
    band = speed.prefill_band(ten, "Q4_K_M", PLAIN_CARD, 1, 512, LLAMA_CPP)
    assert band == pytest.approx((2453 / 1.4, 2453, 2453 * 1.4), rel=0.002)


def test_the_first_word_waits_for_the_prompt() -> None:
    band = speed.time_to_first_token(LLAMA_8B, "Q4_K_M", SPARK, 1, 2048, LLAMA_CPP)
    prefill = speed.prefill_band(LLAMA_8B, "Q4_K_M", SPARK, 1, 2048, LLAMA_CPP)
    decode = speed.decode_band(LLAMA_8B, "Q4_K_M", SPARK, 1, 2048, 1, LLAMA_CPP)
    assert central(band) == pytest.approx(2048 / central(prefill) + 1 / central(decode))


def test_peaks_follow_the_basis_of_the_fact() -> None:
    shader = {"fp16_tflops": 30.0, "fp16_basis": "shader_fp16_not_tensor"}
    assert efficiency.peak_tflops(device("workstation_gpu", **shader), LLAMA_CPP) == 60
    dense = {"fp16_tflops": 30.0, "fp16_basis": "tensor_dense_fp32_accumulate"}
    assert efficiency.peak_tflops(device("workstation_gpu", **dense), LLAMA_CPP) == 30
    # llama.cpp adds up in 16 bits, which GeForce cards do at twice the pace; servers do not.
    assert efficiency.peak_tflops(device(**dense), LLAMA_CPP) == 60
    assert efficiency.peak_tflops(device(**dense), VLLM) == 30
    # Integrated graphics without a figure: 100 GB/s x 0.2, of which llama.cpp uses half.
    integrated = device("unified_memory_computer", "AMD", bandwidth_gbs=100.0)
    assert efficiency.peak_tflops(integrated, VLLM) == pytest.approx(20)
    assert efficiency.peak_tflops(integrated, LLAMA_CPP) == pytest.approx(10)
    assert efficiency.peak_tflops(device("unified_memory_computer", "Apple", bandwidth_gbs=100.0), LLAMA_CPP) == (
        pytest.approx(100 * efficiency.PEAK_PER_GBS["apple"])
    )


@pytest.mark.parametrize(
    ("kind", "vendor", "expected"),
    [
        ("datacenter_gpu", "NVIDIA", "nvidia_datacenter"),
        ("datacenter_gpu", "AMD", "other_gpu"),
        ("consumer_gpu", "NVIDIA", "nvidia_gpu"),
        ("workstation_gpu", "Intel", "other_gpu"),
        ("unified_memory_computer", "Apple", "apple"),
        ("unified_memory_computer", "AMD", "unified"),
        ("cpu_desktop", "generic", "cpu"),
        ("cn_accelerator", "Huawei", "cn_accelerator"),
        ("abacus", "Pascal", "other"),
    ],
)
def test_each_device_has_a_class_with_constants(kind: str, vendor: str, expected: str) -> None:
    place = device(kind, vendor)
    assert efficiency.device_class(place) == expected
    for runtime in ("vllm", "ollama"):
        reached = efficiency.efficiency(place, runtime)
        assert (
            min(map(float, (reached.band_plain, reached.band_packed, reached.band_batched, reached.band_prefill))) > 1
        )


def test_layers_on_the_host_slow_the_whole_model_down() -> None:
    host = device("cpu_desktop", "generic", memory_gb=128.0, bandwidth_gbs=90.0)
    large = model(params_total_b=70.6, n_layers=80, n_kv_heads=8, head_dim=128)
    card, twice = device(fp16_tflops=165.0), device(memory_gb=60.0, fp16_tflops=165.0)
    alone = central(speed.decode_band(large, "Q4_K_M", host, runtime=LLAMA_CPP))
    shared = central(speed.offload_band(large, "Q4_K_M", card, host))
    whole = central(speed.offload_band(large, "Q4_K_M", twice, host))
    assert alone < shared < whole
    assert whole == pytest.approx(central(speed.decode_band(large, "Q4_K_M", twice, runtime=LLAMA_CPP)))


def test_offload_needs_room_and_figures() -> None:
    host = device("cpu_desktop", "generic", memory_gb=8.0, bandwidth_gbs=90.0)
    large = model(params_total_b=70.6, n_layers=80, n_kv_heads=8, head_dim=128)
    assert speed.offload_band(large, "Q4_K_M", device(), host) is None
    assert speed.offload_band(LLAMA_8B, "Q4_K_M", device(bandwidth_gbs=None), host) is None


SHAPES = st.sampled_from([LLAMA_8B, GPT_OSS_20B, DEEPSEEK_V3, QWEN_27B, QWEN_30B])
PLACES = st.sampled_from(
    [SPARK, A100, device(fp16_tflops=100.0), device("cpu_server", "AMD"), device("cn_accelerator")]
)
RUNTIMES = st.sampled_from([LLAMA_CPP, VLLM])


@given(SHAPES, PLACES, RUNTIMES, st.integers(0, 200_000), st.integers(1, 200))
def test_bands_are_ordered_and_more_users_are_never_faster_each(
    shape: Model, place: Device, runtime: str, context: int, users: int
) -> None:
    fewer = speed.decode_band(shape, "FP8", place, 1, context, users, runtime)
    more = speed.decode_band(shape, "FP8", place, 1, context, users + 1, runtime)
    assert fewer is not None
    assert more is not None
    assert 0 < fewer[0] <= fewer[1] <= fewer[2] < math.inf
    assert more[1] <= fewer[1]


@given(SHAPES, PLACES, RUNTIMES, st.integers(0, 200_000), st.integers(1, 100_000))
def test_a_fuller_cache_is_never_faster(shape: Model, place: Device, runtime: str, context: int, extra: int) -> None:
    bands = [speed.decode_band(shape, "FP8", place, 1, tokens, 1, runtime) for tokens in (context, context + extra)]
    assert central(bands[1]) <= central(bands[0])


@given(SHAPES, PLACES, RUNTIMES, st.integers(1, 200_000))
def test_prompt_bands_are_ordered(shape: Model, place: Device, runtime: str, prompt: int) -> None:
    for band in (
        speed.prefill_band(shape, "FP8", place, 1, prompt, runtime),
        speed.time_to_first_token(shape, "FP8", place, 1, prompt, runtime),
    ):
        assert band is not None
        assert 0 < band[0] <= band[1] <= band[2] < math.inf
