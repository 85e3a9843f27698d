"""Where a model runs: which machines stand for their kind, what fits, and what is said when a figure is missing."""

from __future__ import annotations

import dataclasses

import pytest

from advisor.catalog.public.presentation.fits import fit_line
from advisor.catalog.public.presentation.models import gb_up
from advisor.catalog.public.sizes import Fit, fit_on, least_memory, representatives
from advisor.engine.catalog import Device, MeasuredSpeed, Measurement, Model, Price
from advisor.engine.speed import decode_band
from advisor.engine.types import Grade
from advisor.web.formats import Formats

ENGLISH = Formats("en", "USD")
MODEL = Model(
    slug="m", name="M", family="F", publisher="P", license="l", modalities=("text-llm",), tasks=("chat",),
    params_total_b=8.0, n_layers=32, n_kv_heads=8, head_dim=128,
)  # fmt: skip


def card(gb: float | None, slug: str = "card", kind: str = "consumer_gpu", bandwidth: float | None = 500.0) -> Device:
    return Device(
        slug=slug, name=slug, vendor="NVIDIA", kind=kind, memory_gb=gb, bandwidth_gbs=bandwidth,
        price=Price(currency="USD"), runtimes=("llama.cpp",),
    )  # fmt: skip


def test_the_middle_machine_by_memory_stands_for_its_kind() -> None:
    machines = [card(32, "c"), card(8, "a"), card(16, "b"), card(96, "w", "workstation_gpu")]

    assert [device.slug for device in representatives(machines)] == ["b", "w"]


def test_machines_without_memory_or_speed_stand_for_nothing() -> None:
    assert representatives([card(None, "a"), card(16, "b", bandwidth=None)]) == []


def test_the_finest_format_that_fits_is_taken() -> None:
    # 8 billion parameters: about 8.5 GB at Q8_0 and 4.9 GB at Q4_K_M, plus 1.07 GB for 8,192 tokens and some buffers.
    assert fit_on(MODEL, card(16)).format == "Q8_0"
    assert fit_on(MODEL, card(8)).format == "Q4_K_M"


def test_what_does_not_fit_says_what_the_smallest_format_needs() -> None:
    fit = fit_on(MODEL, card(4))

    assert fit.fits is False
    assert fit.format == "Q4_K_M"
    assert fit.needed_gb is not None
    assert 5.5 < fit.needed_gb < 8
    line = fit_line(fit, ENGLISH)
    assert line.verdict == f"Does not fit: needs {ENGLISH.number(gb_up(fit.needed_gb))} GB, has 4 GB"
    assert line.speed == ""


def test_the_parts_of_the_memory_add_up_to_what_is_needed() -> None:
    fit = fit_on(MODEL, card(16))
    # 32 layers x 8 heads x 128 values x 2 (key and value) x 2 bytes = 131,072 bytes a token; 8,192 tokens: 1.074 GB.
    assert fit.parts_gb[1] == pytest.approx(1.073741824)
    assert fit.needed_gb == pytest.approx(sum(fit.parts_gb))
    assert fit_line(fit, ENGLISH).parts[1] == "1.07"
    assert fit_line(fit_on(dataclasses.replace(MODEL, params_total_b=None), card(16)), ENGLISH).parts == []


def test_a_model_without_a_size_is_not_known_to_fit() -> None:
    fit = fit_on(dataclasses.replace(MODEL, params_total_b=None), card(16))

    assert fit.fits is None
    assert fit_line(fit, ENGLISH).bar is None
    assert "Not known" in fit_line(fit, ENGLISH).verdict


def test_least_memory_is_the_smallest_usual_variant_whatever_the_machine() -> None:
    need = least_memory(MODEL)

    assert need is not None
    assert need.format == "Q4_K_M"
    assert least_memory(dataclasses.replace(MODEL, params_total_b=None)) is None


def test_a_picture_model_is_sized_by_what_its_maker_asks_for() -> None:
    painter = dataclasses.replace(
        MODEL, modalities=("image-generation",), tasks=("image_gen",), vram_min_gb={"bf16": 24.0, "fp8": 13.0}
    )

    need, on_16 = least_memory(painter), fit_on(painter, card(16))
    assert need is not None
    assert need.gb == 13.0
    assert on_16.needed_gb == 13.0


def test_a_picture_model_runs_only_where_a_program_for_it_does() -> None:
    painter = dataclasses.replace(MODEL, modalities=("image-generation",), tasks=("image_gen",))
    with_program = dataclasses.replace(card(48), runtimes=("pytorch-cuda",))

    assert fit_on(painter, with_program).fits is True
    assert fit_line(fit_on(painter, card(48)), ENGLISH).verdict == "No program is known that runs it there"


@pytest.mark.parametrize(
    ("gb", "shown"), [(0.2, 0.5), (3.0, 3.0), (3.01, 3.5), (9.9, 10.0), (18.2, 19.0), (19.0, 19.0)]
)
def test_needed_memory_is_never_shown_smaller_than_it_is(gb: float, shown: float) -> None:
    assert gb_up(gb) == shown


def drawn(needed: float, usable: float) -> tuple[float, float, float]:
    bar = fit_line(Fit(card(usable), None, needed, usable, Grade.DERIVED, None, "token"), ENGLISH).bar
    assert bar is not None
    return bar.holds, bar.taken, bar.beyond


def test_the_bar_ends_with_the_larger_of_need_and_room() -> None:
    assert drawn(needed=6, usable=24) == (100.0, 25.0, 0.0)
    assert drawn(needed=20, usable=16) == (80.0, 80.0, 20.0)


@pytest.mark.parametrize(
    ("unit", "rate", "said"),
    [
        ("token", (11.2, 15.0, 23.9), "11 to 24 tokens a second"),
        ("image", (4.0, 5.0, 12.0), "4 to 12 seconds for a picture"),
        ("asset", (52.0, 170.0, 980.0), "0.87 to 16 minutes for a 3D shape"),
        ("audio hour", (3600.0, 9000.0, 18000.0), "1 to 5 hours for an hour of speech"),
        ("passage", (0.001, 0.002, 0.01), "100 to 1,000 passages a second"),
    ],
)
def test_speeds_are_said_in_a_unit_people_use(unit: str, rate: tuple[float, float, float], said: str) -> None:
    fit = Fit(card(24), None, 10.0, 24.0, Grade.DERIVED, rate, unit)

    assert fit_line(fit, ENGLISH).speed == said


def measured(central: float, **changes: object) -> Measurement:
    level = MeasuredSpeed(
        users=1, low=central, central=central, high=central, total=central, first_token_s=0.1, answers=3
    )
    given = {"format": "Q8_0", "runtime": "llama.cpp", "device": "card", "device_count": 1}
    return Measurement(
        slug="a", grade="measured", as_of="2026-11-20", model="m", prompt_tokens=500, output_tokens=256,
        speeds=(level,), **(given | changes),
    )  # fmt: skip


def test_a_measurement_on_the_device_narrows_its_speed_and_says_when() -> None:
    plain = fit_on(MODEL, card(16))
    predicted = decode_band(MODEL, "Q8_0", card(16), 1, 500 + 128, 1, "llama.cpp")
    assert plain.rate is not None
    assert predicted is not None
    fit = fit_on(MODEL, card(16), (measured(predicted[1]),))
    assert fit.rate is not None
    assert fit.rate[2] / fit.rate[0] < plain.rate[2] / plain.rate[0]
    assert fit_line(fit, ENGLISH).measured == "Measured on this very machine type on November 20, 2026"
    contradicted = fit_on(MODEL, card(16), (measured(predicted[1] * 4),))
    assert contradicted.rate is not None
    assert contradicted.rate[2] / contradicted.rate[0] > plain.rate[2] / plain.rate[0]


@pytest.mark.parametrize("other", [{"device": "b"}, {"format": "Q4_K_M"}, {"runtime": "vllm"}, {"device_count": 2}])
def test_a_measurement_elsewhere_leaves_the_speed(other: dict[str, object]) -> None:
    assert fit_on(MODEL, card(16), (measured(500.0, **other),)) == fit_on(MODEL, card(16))
    assert fit_line(fit_on(MODEL, card(16)), ENGLISH).measured == ""
