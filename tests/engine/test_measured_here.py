"""Accepted measurements where speeds and sizes are told: on results, in sizing requests, and nowhere else."""

from dataclasses import replace
from typing import Any

import pytest

from advisor.engine.answers import Computers, OwnComputer, ProcessingLocation
from advisor.engine.catalog import Catalog, MeasuredSpeed, Measurement
from advisor.engine.measured_here import as_told, by_model, decode_here, hear, of_candidate, on_kind, weighed
from advisor.engine.places import Kind
from advisor.engine.plain import plain
from advisor.engine.recommend import recommend
from advisor.engine.sizing import parse_request, size
from advisor.engine.speed import decode_band
from advisor.engine.types import Plan, Recommendation
from tests.engine.hand_made import device, firm, hosted_candidate, model, only
from tests.samples import AS_OF, NAMES, answers, catalog

MODEL, CARD = "qwen3-8-27b", "rtx-5090"
FACTS = only(model(MODEL), devices=(device(CARD),))
OWN = {"processing_location": ProcessingLocation.OWN_EQUIPMENT}


def advised(facts: Catalog) -> Recommendation:
    return recommend(firm(facts=FACTS, **OWN).answers, facts, as_of=AS_OF)


def plan(facts: Catalog = FACTS) -> Plan:
    return advised(facts).plans[0]


FORMAT = plan().models[0].format or ""


def speeds(central: float, *, users: int = 1, spread: float = 1.03) -> MeasuredSpeed:
    return MeasuredSpeed(
        users=users, low=central / spread, central=central, high=central * spread, total=central * users,
        first_token_s=0.2, answers=3,
    )  # fmt: skip


def measurement(slug: str = "a", *levels: MeasuredSpeed, **more: Any) -> Measurement:
    given: dict[str, Any] = {
        "model": MODEL, "format": FORMAT, "runtime": "llama.cpp", "device": CARD, "device_count": 1,
        "prompt_tokens": 500, "output_tokens": 256, "grade": "measured", "as_of": "2026-11-20",
        "seen_on": "2026-11-20", "source": f"measured here, {slug}",
    }  # fmt: skip
    return Measurement(slug=slug, speeds=levels, **given | more)


def with_measured(*rows: Measurement) -> Catalog:
    return replace(FACTS, measurements=rows)


def formula(users: int = 1) -> float:
    """What the formula says under the conditions of the measurement: 500 tokens and half of 256 in the cache."""
    band = decode_band(model(MODEL), FORMAT, device(CARD), 1, 500 + 128, users, "llama.cpp")
    assert band is not None
    return band[1]


def width(made: Plan) -> float:
    band = made.machines[0].decode_tps_per_user
    assert band is not None
    return band.high / band.low


def test_a_measurement_that_agrees_narrows_the_band_of_a_result() -> None:
    before, after = plan(), plan(with_measured(measurement("a", speeds(formula()))))
    assert width(after) < width(before)
    told, asked = after.machines[0].decode_tps_per_user, before.machines[0].decode_tps_per_user
    assert told is not None
    assert asked is not None
    assert (told.grade, asked.grade) == ("measured", "derived")
    assert told.central == pytest.approx(asked.central, rel=0.01)  # it agrees, so the middle stays


def test_the_result_takes_the_band_that_the_door_for_one_pair_tells() -> None:
    rows = (measurement("a", speeds(formula() * 1.2)),)
    made = advised(with_measured(*rows))
    slots = made.plans[0].machines[0].loads[0].slots
    work = firm(facts=FACTS, **OWN).jobs[0].profile
    here = decode_band(model(MODEL), FORMAT, device(CARD), 1, int(work.input_tokens.central), slots, "llama.cpp")
    assert here is not None
    expected = decode_here(rows, model(MODEL), device(CARD), 1, slots, here)
    told = made.plans[0].machines[0].decode_tps_per_user
    assert told is not None
    assert (told.low, told.central, told.high) == pytest.approx(expected, abs=0.06)  # shown to a tenth


def test_a_measurement_that_contradicts_the_formula_widens_the_band_and_moves_it() -> None:
    before, after = plan(), plan(with_measured(measurement("a", speeds(formula() * 4))))
    assert width(after) > width(before)
    told, asked = after.machines[0].decode_tps_per_user, before.machines[0].decode_tps_per_user
    assert told is not None
    assert asked is not None
    assert told.central > 1.5 * asked.central


def test_the_working_names_source_and_date_of_the_last_measurement() -> None:
    rows = measurement("b", speeds(formula())), measurement("a", speeds(formula()), as_of="2026-11-21")
    (trace,) = [trace for trace in advised(with_measured(*rows)).traces if trace.key == "plan-1.machines"]
    (seconds,) = [item for item in trace.inputs if item.name == "job1_seconds"]
    assert (seconds.grade, seconds.source, seconds.as_of) == ("measured", "measured here, a", "2026-11-21")


@pytest.mark.parametrize(
    "other",
    [
        {"model": "bge-m3"}, {"format": "F16"}, {"runtime": "vllm"}, {"device": "rtx-4090"}, {"device_count": 2},
        {"format": "Q99", "weights_gb": 9.0}, {"runtime": "abacus"},
    ],
)  # fmt: skip
def test_a_measurement_on_another_set_up_says_nothing(other: dict[str, Any]) -> None:
    assert plan(with_measured(measurement("a", speeds(formula() * 4), **other))) == plan()


def test_a_measurement_that_timed_nothing_says_nothing() -> None:
    assert plan(with_measured(measurement())) == plan()


def test_a_runtime_is_known_by_any_of_its_names() -> None:
    by_class, by_name = (
        plan(with_measured(measurement("a", speeds(formula() * 1.2), runtime=name))) for name in ("llama.cpp", "Ollama")
    )
    assert by_name == by_class != plan()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"device_count": 0}, "device_count"),
        ({"weights_gb": -1.0}, "weights_gb"),
        ({"speeds": [{"users": 1, "low": 0, "central": 1, "high": 2, "total": 1, "first_token_s": 0, "answers": 1}]},
         "low"),
        ({"speeds": [{"users": 1, "low": 3, "central": 2, "high": 4, "total": 1, "first_token_s": 0, "answers": 1}]},
         "low"),
    ],
)  # fmt: skip
def test_an_impossible_measurement_is_refused(change: dict[str, Any], field: str) -> None:
    row = plain(measurement("a", speeds(50.0))) | change
    with pytest.raises(ValueError, match=rf"measurements\[a\].*{field}"):
        Catalog.from_document({"format": 1, "entries": {"measurements": [row]}}, "h")


def test_a_catalog_without_measurements_gives_the_same_documents() -> None:
    elsewhere = measurement("a", speeds(50.0), model="nobody", device="nowhere")
    for name in NAMES[:3]:
        plain = recommend(answers(name), catalog(), as_of=AS_OF)
        heard = recommend(answers(name), replace(catalog(), measurements=(elsewhere,)), as_of=AS_OF)
        assert heard.to_document() == plain.to_document()


def test_a_computer_told_only_by_its_memory_was_not_measured() -> None:
    own = {**OWN, "computers": Computers.GRAPHICS_CARD, "own_computers": (OwnComputer(None, 24.0, 1),)}
    business = firm(facts=with_measured(measurement("a", speeds(formula() * 4))), **own)
    stand_in = replace(device(CARD), memory_gb=24.0)
    assert on_kind(business.catalog, model(MODEL), FORMAT, Kind(stand_in, 1)) == ()
    assert len(on_kind(business.catalog, model(MODEL), FORMAT, Kind(device(CARD), 1))) == 1


def test_a_hosted_option_rests_on_no_measurement() -> None:
    assert of_candidate(with_measured(measurement("a", speeds(50.0))), hosted_candidate()) == ()


def test_a_speed_that_nobody_can_compute_is_left_alone() -> None:
    import numpy as np

    facts = with_measured(measurement("a", speeds(50.0)))
    bands = np.full((3, 1, 1), np.nan)
    hear(facts, [(model(MODEL), FORMAT, Kind(device(CARD), 1))], [1], bands)
    assert np.isnan(bands).all()


# Memory, where a server told it


def test_the_file_a_server_told_replaces_what_is_computed_but_not_what_is_published() -> None:
    rows = [measurement("a", weights_gb=21.0), measurement("b", weights_gb=23.0), measurement("c")]
    bare = replace(model(MODEL), weights_gb={})
    assert weighed(bare, rows).weights_gb == {FORMAT: 22.0}  # the middle of both
    published = replace(bare, weights_gb={FORMAT: 17.0})
    assert weighed(published, rows) is published


def test_a_told_file_counts_in_what_a_machine_must_hold() -> None:
    bare = replace(model(MODEL), weights_gb={})
    facts = only(bare, devices=(device(CARD),))
    before = plan(facts)
    computed = before.machines[0].needed_gb
    told = replace(facts, measurements=(measurement("a", weights_gb=20.0, format=before.models[0].format),))
    plain = size(parse_request(request(before.models[0].format), facts)).weights_gb
    assert plain is not None
    assert plan(told).machines[0].needed_gb == pytest.approx(computed - plain + 20.0, abs=0.1)
    assert as_told(told, bare).weights_gb == {before.models[0].format: 20.0}
    assert by_model(told).keys() == {MODEL}


# Sizing


def request(format: str | None = FORMAT, **more: Any) -> dict[str, Any]:
    return {"model": MODEL, "format": format, "device": CARD, "prompt_tokens": 500, "output_tokens": 256, **more}


def test_a_sizing_request_is_answered_with_the_narrowed_band_and_says_so() -> None:
    facts = with_measured(measurement("a", speeds(formula())))
    before, after = size(parse_request(request(), FACTS)), size(parse_request(request(), facts))
    assert before.decode_tps_per_user is not None
    assert after.decode_tps_per_user is not None
    wide, narrow = (band[2] / band[0] for band in (before.decode_tps_per_user, after.decode_tps_per_user))
    assert narrow < wide
    assert "decode: joined to what was measured on this very set-up, last on 2026-11-20" in (after.reason or "")
    assert after.needed_gb == before.needed_gb


@pytest.mark.parametrize("other", [{"device_count": 2}, {"kv_format": "q8_0"}, {"runtime": "vllm", "format": "AWQ"}])
def test_a_sizing_request_about_another_set_up_is_answered_by_the_formula(other: dict[str, Any]) -> None:
    facts = with_measured(measurement("a", speeds(formula() * 4)))
    assert size(parse_request(request(**other), facts)) == size(parse_request(request(**other), FACTS))


def test_a_speed_that_is_not_known_stays_unknown() -> None:
    blind = replace(device(CARD), bandwidth_gbs=None)
    facts = replace(with_measured(measurement("a", speeds(50.0))), devices=(blind,))
    assert size(parse_request(request(), facts)).decode_tps_per_user is None


def test_a_told_file_is_what_a_sizing_request_weighs() -> None:
    bare = replace(model(MODEL), weights_gb={})
    facts = replace(FACTS, models=(bare,), measurements=(measurement("a", weights_gb=20.0),))
    assert size(parse_request(request(), facts)).weights_gb == 20.0
