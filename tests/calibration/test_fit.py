"""The fit gives the same constants every time, and says what they rest on."""

from dataclasses import replace

import numpy as np
import pytest

from advisor.calibration import fit, holdout, peers, publish
from advisor.calibration.points import memory_points, speed_points, table
from advisor.calibration.predict import reached, tokens_per_s
from advisor.engine import fitted
from advisor.engine.formats import LLAMA_CPP, VLLM

POINTS = holdout.used_points()


def test_the_committed_constants_are_what_the_fit_gives() -> None:
    assert publish.TARGET.read_text(encoding="utf-8") == publish.text()


def test_rows_say_how_they_came_about() -> None:
    assert fitted.EVIDENCE.keys() == fitted.ROWS.keys()
    kinds = {key: row[0] for key, row in fitted.EVIDENCE.items()}
    assert kinds["unified", LLAMA_CPP] == "fitted"
    assert kinds["nvidia_gpu", VLLM] == "borrowed"
    assert kinds["cn_accelerator", VLLM] == "assumed"
    for key, (kind, points, sources, middle, late, origin) in fitted.EVIDENCE.items():
        assert (points > 0) == (sources > 0) == (kind == "fitted") == (origin == ""), key
        assert 0 <= middle <= late


def test_rows_nobody_measured_have_wider_bands_than_those_they_borrow_from() -> None:
    for row, origin, _, _ in publish.UNMEASURED:
        if origin in fitted.ROWS:
            assert fitted.ROWS[row]["band_packed"] >= fitted.ROWS[origin]["band_packed"]
            assert fitted.ROWS[row]["band_prefill"] >= fitted.ROWS[origin]["band_prefill"]


def test_a_fit_finds_constants_that_made_the_points() -> None:
    """Points computed from known constants are met again, though the start is elsewhere."""
    chosen = [point for point in POINTS if point.row == ("unified", LLAMA_CPP)]
    truth = replace(fit.START[LLAMA_CPP], stream=0.7, layer_us=60.0, cache=0.5)
    data = table(chosen)
    said = tokens_per_s(data, reached(data, {("unified", LLAMA_CPP): truth}))
    made = [replace(point, tokens_per_s=float(value)) for point, value in zip(chosen, said, strict=True)]
    found = fit.solve(made, fit.START[LLAMA_CPP], fit.LOOSE[LLAMA_CPP])
    again = tokens_per_s(data, reached(data, {("unified", LLAMA_CPP): found}))
    assert np.abs(again / said - 1).max() < 0.03
    assert found.stream == pytest.approx(0.7, rel=0.02)


def test_runs_weigh_as_the_root_of_their_points_and_sources_are_capped() -> None:
    run = [point for point in POINTS if point.source == "localmaxxing-sandberg-rtx-3060"][:4]
    same = [replace(run[0]) for _ in range(4)]
    assert fit.weights(same).tolist() == [0.5] * 4  # four points of one run: 4 x 4^-0.5 = 2 in all
    many = [point for point in POINTS if point.source == "qwen-a100"]
    assert fit.weights(many).sum() == pytest.approx(fit.SOURCE_WEIGHT)


def test_a_source_is_never_fitted_on_itself() -> None:
    source = "geerling-m4-32gb"
    alone = [point for point in POINTS if point.source == source]
    absurd = [replace(point, tokens_per_s=1e6) if point in alone else point for point in POINTS]
    assert holdout.without(absurd, source) == holdout.without(POINTS, source)


def test_where_nothing_else_speaks_to_a_row_all_machines_do() -> None:
    few = [point for point in POINTS if point.source in ("geerling-r9700", "geerling-gb10")]
    rows = holdout.without(few, "geerling-r9700")
    assert rows == {
        ("other_gpu", LLAMA_CPP): fit.fit([few[i] for i in range(len(few)) if few[i].source == "geerling-gb10"])[
            "all", LLAMA_CPP
        ]
    }


def test_bands_hold_four_held_out_errors_in_five() -> None:
    key = ("nvidia_gpu", LLAMA_CPP)
    width = holdout.half_widths(key)["band_packed"]
    own = [abs(error) for point, error in zip(POINTS, holdout.held_out(), strict=True) if point.row == key]
    assert 0.75 <= np.mean(np.array(own) <= np.log(width)) <= 0.9
    measured, borrowed = holdout.half_widths(("unified", LLAMA_CPP)), holdout.half_widths(("apple", LLAMA_CPP))
    assert borrowed["band_batched"] == pytest.approx(1 + (measured["band_batched"] - 1) * holdout.BORROWED, rel=0.2)


def test_the_peers_formulas() -> None:
    point = next(p for p in speed_points() if p.model.slug == "llama-3.1-70b" and p.device.slug == "m3-ultra-512gb")
    # 819 GB/s / (70.55 billion x 4 bits / 8) x 0.55 = 12.77
    assert peers.tokens_per_s(point) == pytest.approx(12.77, abs=0.01)
    assert peers.tokens_per_s(replace(point, measure="prefill")) is None
    total = next(
        p for p in memory_points() if p.what == "total" and p.model.slug == "qwen2.5-7b" and p.format == "BF16"
    )
    # 7.62 x 2 bytes + 0.5 + 28 layers x 4 heads x 128 x 4 bytes x 2,049 tokens / 10^9 = 15.8575
    assert total.context_tokens == 2049
    assert peers.memory_gb(total) == pytest.approx(15.8575, abs=1e-3)
    assert peers.memory_gb(replace(total, what="weights")) == pytest.approx(15.24)
    assert peers.memory_gb(replace(total, what="cache")) == pytest.approx(0.1175, abs=1e-4)
    assert peers.memory_gb(replace(total, what="buffers")) is None
    latent = replace(total, model=replace(total.model, n_kv_heads=None), what="cache")
    assert peers.memory_gb(latent) is None
