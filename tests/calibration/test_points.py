"""The measurements: every line can be traced, and nothing is used that was not understood."""

from collections import Counter

import numpy as np
import pytest

from advisor.calibration import points
from advisor.calibration.accuracy import left_out
from advisor.calibration.predict import tokens_per_s
from advisor.engine.catalog import Catalog
from advisor.engine.sizing import parse_request, size

USED = [point for point in points.speed_points() if not point.left_out]


def test_every_line_names_a_source_that_is_listed() -> None:
    listed = {row["source"] for row in points.rows("sources.csv")}
    named = {row["source"] for name in ("speed.csv", "memory.csv") for row in points.rows(name)}
    assert named == listed
    assert all(row["repository"] and row["measured_by"] and row["what"] for row in points.rows("sources.csv"))


def test_every_used_line_has_facts() -> None:
    for name in ("speed.csv", "memory.csv"):
        for row in points.rows(name):
            if not row["left_out"]:
                assert row["model"] in points.models(), row
                assert not row["device"] or row["device"] in points.devices(), row
    assert all(row["facts_from"] for name in ("models.csv", "devices.csv") for row in points.rows(name))


def test_left_out_lines_are_counted_by_reason() -> None:
    counted = dict(left_out())
    lines = [row["left_out"] for name in ("speed.csv", "memory.csv") for row in points.rows(name) if row["left_out"]]
    assert counted == Counter(lines)
    assert sum(counted.values()) + len(USED) + sum(not p.left_out for p in points.memory_points()) == 837 + 248


def test_every_used_point_is_predicted() -> None:
    table = points.table(USED)
    predicted = tokens_per_s(table, table.machine)
    assert np.isfinite(predicted).all()
    assert (predicted > 0).all()


@pytest.mark.parametrize("measure", ["decode", "batched", "prefill", "request", "answer"])
def test_predictions_are_those_of_the_sizing_door(measure: str) -> None:
    """One point of each kind, asked the way anyone would: the figures of the reply give the measured unit."""
    alone = ("decode", "batched")
    point = next(
        p for p in USED
        # the door knows neither larger micro-batches nor a prompt after others
        if p.measure == measure and (measure in alone or (not p.context_tokens and p.source != "llamacpp-spark"))
    )  # fmt: skip
    table = points.table([point])
    predicted = float(tokens_per_s(table, table.machine)[0])
    halfway = point.context_tokens or point.prompt_tokens + point.output_tokens / 2
    raw = {
        "model": {key: value for key, value in vars(point.model).items() if key in _FIELDS and value is not None},
        "format": point.format, "runtime": point.runtime, "concurrency": int(point.users),
        "device_count": point.count, "context_tokens": int(halfway),
        "device": {key: getattr(point.device, key) for key in ("kind", "vendor", "memory_gb", "bandwidth_gbs",
                                                               "fp16_tflops", "fp16_basis")},
    }  # fmt: skip
    if point.experts:
        raw["model"] |= dict(zip(("n_experts", "n_experts_active"), point.experts, strict=True))
    held = size(parse_request(raw, Catalog(content_hash=""))).to_document()
    raw["context_tokens"] = int(point.prompt_tokens) or None
    read = size(parse_request(raw, Catalog(content_hash=""))).to_document()
    each = held["decode_tps_per_user"]["central"]
    if measure in ("decode", "batched"):
        assert predicted == pytest.approx(each * point.users, rel=1e-4)
        return
    seconds = point.prompt_tokens / read["prefill_tps"]["central"]
    tokens = {"prefill": point.prompt_tokens, "answer": point.output_tokens}
    whole = seconds if measure == "prefill" else seconds + point.output_tokens / each
    assert predicted == pytest.approx(tokens.get(measure, point.prompt_tokens + point.output_tokens) / whole, rel=1e-4)


_FIELDS = {
    "params_total_b", "params_active_b", "params_effective_b", "n_layers", "n_kv_heads", "head_dim",
    "mla_kv_lora_rank", "mla_rope_dim", "full_attention_layers", "sliding_window_layers", "sliding_window_tokens",
    "linear_attention_layers",
}  # fmt: skip
