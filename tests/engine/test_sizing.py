"""The door for physics: requests are read strictly, replies have every key, and gaps say why."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.engine.catalog import Catalog, Device, Model
from advisor.engine.efficiency import device_class
from advisor.engine.sizing import parse_request, size
from tests.engine.shapes import LLAMA_8B, device, model

CARD = device(fp16_tflops=165.0)
CATALOG = Catalog(content_hash="x", models=(LLAMA_8B,), devices=(CARD,))
INLINE_MODEL = {"params_total_b": 8.03, "n_layers": 32, "n_kv_heads": 8, "head_dim": 128}
INLINE_DEVICE = {"kind": "consumer_gpu", "vendor": "nvidia", "memory_gb": 24, "bandwidth_gbs": 1000, "fp16_tflops": 165}
KEYS = (
    "weights_gb", "kv_cache_gb", "state_gb", "buffers_gb", "needed_gb", "reserved_gb", "fits", "headroom_gb",
    "decode_tps_per_user", "decode_tps_total", "prefill_tps", "time_to_first_token_s", "reason",
)  # fmt: skip


def request(**changes: Any) -> dict[str, Any]:
    whole = {"model": "m", "format": "Q4_K_M", "device": "d", "context_tokens": 8192}
    return {key: value for key, value in (whole | changes).items() if value != "absent"}


def reply(**changes: Any) -> dict[str, Any]:
    return size(parse_request(request(**changes), CATALOG)).to_document()


def test_a_reply_has_every_key_and_is_json() -> None:
    answer = reply(prompt_tokens=2000, output_tokens=500)
    assert tuple(answer) == KEYS
    assert json.loads(json.dumps(answer)) == answer
    assert answer["reason"] is None
    assert answer["fits"] is True


def test_slugs_and_inline_objects_give_the_same_answer() -> None:
    assert reply() == reply(model=INLINE_MODEL, device=INLINE_DEVICE)


def test_memory_adds_up_and_headroom_is_the_rest() -> None:
    # Weights 4.906 GB; cache 32 x 8 x 128 x 4 x 8,192 = 1.0737 GB; buffers 512 x (3,450 x 64 + 8,192 x 2) bytes
    # = 0.1214 GB + 0.5 GB of driver context.
    answer = reply()
    assert answer["kv_cache_gb"] == pytest.approx(1.07374, abs=1e-5)
    assert answer["buffers_gb"] == pytest.approx(0.6214, rel=0.001)
    assert answer["needed_gb"] == pytest.approx(4.906 + 1.0737 + 0.6214, rel=0.001)
    assert answer["headroom_gb"] == pytest.approx(24 - answer["needed_gb"], abs=1e-3)


def test_total_speed_is_that_of_all_users() -> None:
    answer = reply(concurrency=4)
    assert answer["decode_tps_total"]["central"] == pytest.approx(
        4 * answer["decode_tps_per_user"]["central"], rel=1e-4
    )


def test_the_context_is_prompt_and_answer_when_it_is_not_given() -> None:
    assert (
        reply(context_tokens="absent", prompt_tokens=8000, output_tokens=192)["kv_cache_gb"] == reply()["kv_cache_gb"]
    )


def test_without_a_context_only_weights_are_told() -> None:
    answer = reply(context_tokens="absent")
    assert answer["weights_gb"] > 0
    assert [answer[key] for key in ("kv_cache_gb", "needed_gb", "reserved_gb", "fits")] == [None] * 4
    assert "context_tokens is not given" in answer["reason"]
    assert answer["decode_tps_per_user"] is not None
    assert answer["prefill_tps"] is None


def test_without_device_and_runtime_the_format_tells_the_program() -> None:
    for form, expected in (("Q4_K_M", "llama.cpp"), ("AWQ", "vllm"), ("F16", "vllm")):
        assert parse_request(request(device="absent", format=form), CATALOG).runtime == expected


def test_without_a_device_only_memory_is_told() -> None:
    answer = reply(device="absent", runtime="llama.cpp")
    assert answer["needed_gb"] > 0
    assert answer["fits"] is None
    assert answer["decode_tps_per_user"] is None
    assert "no device is given" in answer["reason"]


def test_what_does_not_fit_says_so() -> None:
    answer = reply(model={"params_total_b": 70.6, "n_layers": 80, "n_kv_heads": 8, "head_dim": 128})
    assert answer["fits"] is False
    assert answer["headroom_gb"] < 0
    assert "does not fit" in answer["reason"]


def test_an_unknown_bandwidth_is_null_with_a_reason() -> None:
    answer = reply(device=INLINE_DEVICE | {"bandwidth_gbs": None})
    assert answer["decode_tps_per_user"] is None
    assert "bandwidth_gbs of the device is not known" in answer["reason"]


def test_unknown_layers_leave_memory_open_and_widen_the_speed() -> None:
    known, unknown = reply(context_tokens=0), reply(model={"params_total_b": 8.03}, context_tokens=0)
    assert unknown["needed_gb"] is None
    assert "n_layers" in unknown["reason"]
    ratio = [
        answer["decode_tps_per_user"]["high"] / answer["decode_tps_per_user"]["central"] for answer in (known, unknown)
    ]
    assert ratio[1] > ratio[0]


def test_parameters_are_read_off_a_file_where_they_are_not_known() -> None:
    # 4.92 GB of Q4_K_M: first 4.92 x 8 / 4.78 = 8.234 billion, with a table of 0.21 x 8.234^0.4 = 0.488 billion at
    # 6.5625 bits: 4.78 + 0.488 / 8.234 x 1.7825 = 4.886 bits -> 8.06 billion parameters, as Llama 3.1 8B has.
    shape = {"n_layers": 32, "n_kv_heads": 8, "head_dim": 128}
    answer, known = reply(model=shape | {"weights_gb": 4.92}), reply(model=shape | {"params_total_b": 8.056})
    assert answer["weights_gb"] == 4.92
    assert answer["decode_tps_per_user"]["central"] == pytest.approx(known["decode_tps_per_user"]["central"], rel=0.001)
    assert answer["decode_tps_per_user"]["high"] > known["decode_tps_per_user"]["high"]
    assert "read off weights_gb" in answer["reason"]
    other = reply(model=shape | {"weights_gb": {"Q8_0": 8.5}})
    assert other["decode_tps_per_user"] is None
    assert "params_total_b of the model is not known" in other["reason"]


def test_a_mixture_without_its_active_parameters_has_no_speed() -> None:
    shape = {"params_total_b": 30.5, "n_layers": 48, "n_kv_heads": 4, "head_dim": 128}
    answer = reply(model=shape | {"n_experts": 128, "n_experts_active": 8})
    assert answer["needed_gb"] > 0
    assert answer["decode_tps_per_user"] is None
    assert "params_active_b" in answer["reason"]
    whole = reply(model=shape | {"n_experts": 8, "n_experts_active": 8})
    assert whole["decode_tps_per_user"] is not None


def test_unknown_heads_bound_the_cache() -> None:
    answer = reply(model={"params_total_b": 8.03, "n_layers": 32})
    assert answer["kv_cache_gb"] == reply()["kv_cache_gb"]  # 8 heads of 128, as Llama 3.1 8B happens to have
    assert "upper bound" in answer["reason"]


def test_a_kind_never_seen_gets_a_wide_band() -> None:
    strange, card = reply(device=INLINE_DEVICE | {"kind": "npu", "vendor": "Acme"}), reply(device=INLINE_DEVICE)
    ratio = [answer["decode_tps_per_user"]["high"] / answer["decode_tps_per_user"]["central"]
             for answer in (strange, card)]  # fmt: skip
    assert ratio[0] > ratio[1]
    assert "no device of this kind was measured" in strange["reason"]
    nameless = reply(device={"memory_gb": 24, "bandwidth_gbs": 1000})
    assert (
        nameless["decode_tps_per_user"]
        == reply(device={"kind": "npu", "memory_gb": 24, "bandwidth_gbs": 1000})["decode_tps_per_user"]
    )


def test_other_words_for_kinds_and_makers_are_understood() -> None:
    assert reply(device=INLINE_DEVICE | {"kind": "GPU", "vendor": "nVidia"}) == reply(device=INLINE_DEVICE)
    unknown_maker = parse_request(request(device=INLINE_DEVICE | {"vendor": "Acme"}), CATALOG).device
    assert unknown_maker is not None
    assert device_class(unknown_maker) == "other_gpu"


def test_what_does_not_fit_may_lie_partly_on_the_host() -> None:
    large = {"params_total_b": 70.6, "n_layers": 80, "n_kv_heads": 8, "head_dim": 128}
    host = {"kind": "cpu_desktop", "memory_gb": 64, "bandwidth_gbs": 90}
    shared, alone = reply(model=large, host=host, concurrency=2), reply(model=large)
    assert shared["fits"] is False
    assert shared["prefill_tps"] is None
    assert 0 < shared["decode_tps_total"]["central"] < alone["decode_tps_total"]["central"]
    assert "remaining layers on the host" in shared["reason"]
    small = reply(model=large, host=host | {"memory_gb": 8})
    assert small["decode_tps_per_user"] is None
    assert "too small" in small["reason"]
    assert reply(host=host) == reply()


def test_a_speech_model_is_sized_by_the_hour() -> None:
    speech = model(slug="speech", params_total_b=1.55, tasks=("stt",), modalities=("speech-to-text",))
    catalog = Catalog(content_hash="x", models=(speech,), devices=(CARD,))
    answer = size(parse_request(request(model="speech", format="F16"), catalog)).to_document()
    # 1.55 x 2 x 1.2 + 0.8 GB
    assert answer["needed_gb"] == pytest.approx(4.52)
    assert answer["fits"] is True
    assert answer["kv_cache_gb"] is None
    assert "audio hour takes" in answer["reason"]
    assert "does not write words" in answer["reason"]
    nothing = model(slug="speech", tasks=("stt",), modalities=())
    unknown = size(
        parse_request(request(model="speech"), Catalog(content_hash="x", models=(nothing,), devices=(CARD,)))
    )
    assert unknown.needed_gb is None
    assert "audio hour" not in (unknown.reason or "")


def test_a_language_model_that_also_hears_is_sized_by_tokens() -> None:
    both = replace(LLAMA_8B, tasks=("stt",), modalities=("text-llm", "speech-to-text"))
    catalog = Catalog(content_hash="x", models=(both,), devices=(CARD,))
    assert size(parse_request(request(), catalog)).to_document() == reply()


def test_a_file_size_may_be_told_by_format() -> None:
    shape = {"params_total_b": 8.03, "n_layers": 32, "weights_gb": {"q4_k_m": 4.92, "F16": 16.1}}
    assert (reply(model=shape)["weights_gb"], reply(model=shape, format="BF16")["weights_gb"]) == (4.92, 16.1)


def test_a_given_file_size_counts_in_every_container() -> None:
    shape = {"params_total_b": 20.9, "params_active_b": 3.6, "n_layers": 24, "weights_gb": 12.1}
    assert reply(model=shape, format="MXFP4", runtime="llama.cpp")["weights_gb"] == 12.1


def test_runtimes_without_fitted_speeds_give_memory_only() -> None:
    answer = reply(runtime="transformers", format="BF16")
    assert answer["needed_gb"] > 0
    assert answer["prefill_tps"] is None
    assert "fitted" in answer["reason"]


def test_a_quantized_cache_is_smaller() -> None:
    assert reply(kv_format="q8_0")["kv_cache_gb"] == pytest.approx(reply()["kv_cache_gb"] * 34 / 64, rel=1e-5)


def test_the_number_of_experts_is_used() -> None:
    shape = {"params_total_b": 30.5, "params_active_b": 3.3, "n_layers": 48, "n_kv_heads": 4, "head_dim": 128}
    many = reply(model=shape | {"n_experts": 128, "n_experts_active": 8}, concurrency=16)
    plain = reply(model=shape, concurrency=16)
    assert many["decode_tps_per_user"] != plain["decode_tps_per_user"]


def test_the_runtime_follows_the_device_unless_given() -> None:
    server = INLINE_DEVICE | {"kind": "datacentre_gpu", "memory_gb": 80}
    assert parse_request(request(device=server), CATALOG).runtime == "vllm"
    assert parse_request(request(device=server, runtime="Ollama"), CATALOG).runtime == "llama.cpp"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"colour": 1}, "colour: unknown field"),
        ({"model": "nope"}, "model: 'nope' is not in the catalog"),
        ({"model": 7}, "model: expected a catalog slug"),
        ({"model": {}}, "model.params_total_b: needed"),
        ({"model": {"params_total_b": 8, "size": 1}}, "model.size: unknown field"),
        ({"model": {"params_total_b": "8"}}, "model.params_total_b: expected a number"),
        ({"model": {"params_total_b": 0}}, "model.params_total_b: expected more than 0"),
        ({"model": {"params_total_b": 1e99}}, "model.params_total_b: expected a number up to"),
        ({"model": {"params_total_b": 8, "params_active_b": 9}}, "model.params_active_b: more than"),
        ({"model": {"params_total_b": 8, "n_layers": 3.5}}, "model.n_layers: expected a whole number"),
        ({"model": {"params_total_b": 8, "n_layers": 0}}, "model.n_layers: expected at least 1"),
        ({"model": {"params_total_b": 8, "n_experts": 8}}, "model.n_experts: give n_experts and"),
        ({"model": {"params_total_b": 8, "n_experts": 8, "n_experts_active": 9}}, "model.n_experts_active: 9"),
        ({"model": {"params_total_b": 8, "n_layers": 4, "full_attention_layers": 9}}, "model.n_layers: less than"),
        ({"model": {"params_total_b": 8, "sliding_window_layers": 9}}, "model.sliding_window_tokens: needed"),
        ({"format": "Q9"}, "format: unknown weight format 'Q9'"),
        ({"format": None}, "format: give the weight format"),
        ({"device": "nope"}, "device: 'nope' is not in the catalog"),
        ({"device": 7}, "device: expected a catalog slug"),
        ({"host": "nope"}, "host: 'nope' is not in the catalog"),
        ({"device": INLINE_DEVICE | {"usable_memory_gb": 25}}, "device.usable_memory_gb: more than memory_gb"),
        ({"device": INLINE_DEVICE | {"bandwidth_gbs": -1}}, "device.bandwidth_gbs: expected more than 0"),
        ({"model": {"params_total_b": 8, "params_effective_b": 9}}, "model.params_effective_b: more than"),
        (
            {"model": {"params_total_b": 8, "sliding_window_tokens": 9, "context_tokens": 8}},
            "model.sliding_window_tokens: more than",
        ),
        ({"model": {"params_total_b": 8, "weights_gb": 50}}, "model.weights_gb: 50 GB cannot hold params_total_b in"),
        ({"model": {"params_total_b": 70, "weights_gb": 5}}, "model.weights_gb: 5 GB cannot hold params_total_b in"),
        ({"device": INLINE_DEVICE | {"fp16_tflops": 1e-300}}, "device.fp16_tflops: expected more than 0"),
        ({"model": {"params_total_b": 8, "weights_gb": {"q99": 9}}}, "model.weights_gb: unknown weight format 'q99'"),
        ({"model": {"params_total_b": 8, "weights_gb": {"F16": -9}}}, "model.weights_gb.F16: expected more than 0"),
        ({"device": INLINE_DEVICE | {"memory_gb": True}}, "device.memory_gb: expected a number"),
        ({"device_count": 0}, "device_count: expected at least 1"),
        ({"concurrency": float("nan")}, "concurrency: expected a number"),
        ({"context_tokens": -1}, "context_tokens: expected at least 0"),
        ({"prompt_tokens": 9000}, "context_tokens: 8192 is less than"),
        ({"concurrency": None}, "concurrency: expected a number"),
        ({"runtime": "abacus"}, "runtime: unknown 'abacus'"),
        ({"kv_format": "q9"}, "kv_format: unknown cache format"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match="^" + problem.replace("(", r"\(")):
        parse_request(request(**changes), CATALOG)


def test_more_context_than_the_model_has_is_told() -> None:
    answer = reply(model=INLINE_MODEL | {"context_tokens": 4096})
    assert answer["needed_gb"] == reply()["needed_gb"]
    assert answer["reason"] == "context_tokens: more than the model was made for"


def test_a_request_is_an_object() -> None:
    with pytest.raises(ValueError, match="request: expected a JSON object"):
        parse_request([1], CATALOG)  # type: ignore[arg-type]


def test_a_processor_needs_no_vendor() -> None:
    parsed = parse_request(request(device={"kind": "cpu_server", "memory_gb": 256}), CATALOG)
    assert parsed.device is not None
    assert parsed.device.vendor == ""


def test_zero_is_a_figure_where_it_can_be_one() -> None:
    shape = {"params_total_b": 320.0, "n_layers": 45, "mla_kv_lora_rank": 512, "mla_rope_dim": 0,
             "full_attention_layers": 11, "linear_attention_layers": 34}  # fmt: skip
    # 11 layers x 512 x 2 bytes x 8,192 tokens = 92.3 MB
    assert reply(model=shape)["kv_cache_gb"] == pytest.approx(0.0922747, rel=1e-5)


ANY_FLOAT = st.one_of(st.floats(1e-6, 1e9), st.floats(0.1, 1000))
ANY_COUNT = st.one_of(st.integers(1, 10**9), st.integers(1, 200))
LAYER_FIGURES = (
    "n_layers", "n_kv_heads", "head_dim", "mla_kv_lora_rank", "mla_rope_dim", "full_attention_layers",
    "linear_attention_layers", "sliding_window_tokens",
)  # fmt: skip
SHAPES = st.fixed_dictionaries(
    {"params_total_b": ANY_FLOAT}, optional=dict.fromkeys(LAYER_FIGURES, ANY_COUNT) | {"params_active_b": ANY_FLOAT}
)
PLACES = st.fixed_dictionaries(
    {"kind": st.sampled_from(["consumer_gpu", "datacenter_gpu", "cpu_server", "unified_memory_computer", "npu"])},
    optional=dict.fromkeys(("memory_gb", "bandwidth_gbs", "fp16_tflops"), ANY_FLOAT)
    | {"vendor": st.sampled_from(["NVIDIA", "Apple", "AMD", "Acme"])},
)


@given(SHAPES, PLACES, ANY_COUNT, ANY_COUNT, ANY_COUNT, st.sampled_from(["llama.cpp", "vllm", "transformers"]))
def test_whatever_is_asked_no_figure_is_infinite_and_bands_are_ordered(
    shape: dict[str, Any], place: dict[str, Any], context: int, users: int, count: int, runtime: str
) -> None:
    raw = {"model": shape, "format": "AWQ", "device": place, "context_tokens": context, "concurrency": users,
           "device_count": count, "runtime": runtime}  # fmt: skip
    with suppress(ValueError):  # active > total, or more layers of a kind than layers
        check_figures(size(parse_request(raw, CATALOG)).to_document())


def check_figures(answer: dict[str, Any]) -> None:
    json.dumps(answer, allow_nan=False)
    for key in ("decode_tps_per_user", "prefill_tps", "time_to_first_token_s"):
        if (told := answer[key]) is not None:
            assert 0 <= told["low"] <= told["central"] <= told["high"]


def test_catalog_rows_are_read_as_they_are() -> None:
    rows: tuple[Model, Device] = (model(slug="other", params_total_b=1.0, n_layers=8), device(slug="box"))
    catalog = Catalog(content_hash="y", models=(rows[0],), devices=(rows[1],))
    parsed = parse_request({"model": "other", "format": "f16", "device": "box"}, catalog)
    assert (parsed.model, parsed.device) == rows
