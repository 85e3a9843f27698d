"""Sections 10 to 14 of a report: risks, law, energy, the plan with its rules, and the test pack."""

from __future__ import annotations

import json
from typing import Any

import pytest

from advisor.assessments.presentation import present
from advisor.assessments.presentation.sheet import Sheet
from advisor.reports.content.energy import energy
from advisor.reports.content.legal import legal
from advisor.reports.content.method import sources
from advisor.reports.content.next_steps import next_steps
from advisor.reports.content.reader import Edition, Reader
from advisor.reports.content.risks import Level, register, risks
from advisor.reports.content.test_pack import BOX
from advisor.reports.content.test_pack import test_pack as pack
from tests.recommendations import STATES
from tests.reports.sample import ANSWERS, CATALOG, MOMENT

WRONG, LEAK, WITHDRAWN, KEY_PERSON, DEARER, NO_RULES = range(6)
LIKELIHOOD, EFFECT = 1, 2


def reader(state: str = "saves", *, plan: dict[str, Any] | None = None, **answers: Any) -> Reader:
    document = json.loads(json.dumps(STATES[state]().to_document()))
    if document["plans"]:
        document["plans"][0] |= plan or {}
    edition = Edition("en", "a4", MOMENT, "R-261121-7F3KQM")
    return Reader(Sheet(document, "en"), present(document, language="en"), ANSWERS | answers, edition, CATALOG)


def tables(section: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in section["blocks"] if block["kind"] == "table"]


@pytest.mark.parametrize(
    ("risk", "part", "changed", "level"),
    [
        (WRONG, EFFECT, {"error_harm": "checked"}, Level.LOW),
        (WRONG, EFFECT, {"error_harm": "harm"}, Level.HIGH),
        (WRONG, EFFECT, {"error_harm": None}, Level.MEDIUM),
        (LEAK, LIKELIHOOD, {"plan": {"data_location": "own_equipment"}}, Level.LOW),
        (LEAK, LIKELIHOOD, {"plan": {"data_location": "unknown"}}, Level.HIGH),
        (LEAK, EFFECT, {"information": ["public"]}, Level.LOW),
        (LEAK, EFFECT, {"information": ["internal", "secrets"]}, Level.HIGH),
        (LEAK, EFFECT, {"information": []}, Level.MEDIUM),
        (WITHDRAWN, LIKELIHOOD, {"plan": {"route": "own_server"}}, Level.LOW),
        (KEY_PERSON, LIKELIHOOD, {"it_support": "colleague"}, Level.HIGH),
        (KEY_PERSON, LIKELIHOOD, {"it_support": "own_staff"}, Level.LOW),
        (KEY_PERSON, EFFECT, {"plan": {"route": "own_server"}}, Level.HIGH),
        (NO_RULES, LIKELIHOOD, {"readiness": "trained"}, Level.LOW),
        (NO_RULES, LIKELIHOOD, {"readiness": "some"}, Level.HIGH),
    ],
)
def test_a_risk_follows_from_an_answer_or_from_the_plan(
    risk: int, part: int, changed: dict[str, Any], level: Level
) -> None:
    assert register(reader(**changed))[risk][part] == level


@pytest.mark.parametrize(
    ("high", "effect"),
    [(1600.0, Level.HIGH), (1300.0, Level.MEDIUM), (1100.0, Level.LOW)],  # 60 %, 30 % and 10 % above 1,000
)
def test_how_much_dearer_it_may_get_is_read_from_the_range(high: float, effect: Level) -> None:
    total = {"low": 900.0, "central": 1000.0, "high": high, "unit": "EUR", "grade": "assumed"}

    assert register(reader(plan={"cost_total": total}))[DEARER][EFFECT] == effect


@pytest.mark.parametrize(("points", "effect"), [(67.0, Level.LOW), (66.0, Level.MEDIUM), (33.0, Level.HIGH)])
def test_what_a_withdrawn_supplier_does_follows_the_freedom_to_switch(points: float, effect: Level) -> None:
    scores = STATES["saves"]().to_document()["plans"][0]["scores"] | {"switching": points}

    assert register(reader(plan={"scores": scores}))[WITHDRAWN][EFFECT] == effect


def test_the_gravest_risk_stands_first_and_each_has_somebody_and_something_to_do() -> None:
    rows = tables(risks(reader(readiness="some", information=["secrets"])))[0]["rows"]

    assert rows[0][:3] == ["People use such tools without rules", "High", "High"]
    assert all(row[3] and row[4] for row in rows)


def test_without_an_option_only_use_without_rules_is_a_risk() -> None:
    assert [row[0] for row in tables(risks(reader("nothing_fits")))[0]["rows"]] == [
        "People use such tools without rules"
    ]


def test_law_stands_in_every_report_and_says_what_it_is() -> None:
    for state in ("saves", "legal_stop"):
        section = legal(reader(state))
        assert "General information, not legal advice." in str(section)
        assert tables(section)[-1]["rows"], state


def test_licenses_of_the_main_plan_are_told_and_no_others() -> None:
    made = reader()
    assert made.main is not None
    names = {model["license"]["name"] for model in made.main["models"]}

    told = {block["title"] for block in legal(made)["blocks"] if block["title"].startswith("License: ")}

    assert told == {f"License: {name}" for name in names}


def test_electricity_is_told_only_where_somebody_pays_its_bill() -> None:
    rows = {row[0]: row for row in tables(energy(reader()))[0]["rows"]}

    assert rows["Heron 3 30B on your own server"][2] == "31 to 76 kWh a month"
    assert rows["Heron 3 30B on your own server"][4].startswith("€")
    assert rows["Heron 3 30B at Northfjord Hosting"][1:] == ["the supplier's", "not known", "–", "–"]


def test_where_machines_come_from_is_told_when_it_was_asked() -> None:
    assert "Where machines come from" not in str(energy(reader()))
    assert "from these countries only: China. Options removed by that rule: 0." in str(
        energy(reader(hardware_countries=["CN"]))
    )


def test_a_recommended_plan_has_roles_checkpoints_stop_rules_and_a_way_out() -> None:
    section = next_steps(reader())

    said = str(section)
    for part in ("Who does what", "When to stop", "How to leave again", "Whoever checks results"):
        assert part in said
    (checkpoints,) = tables(section)
    assert [row[0] for row in checkpoints["rows"]] == ["In the first 30 days", "By day 60", "By day 90"]
    assert "at least 8 of 10 tasks pass" in checkpoints["rows"][0][1]


def test_stop_rules_and_the_way_out_follow_the_route() -> None:
    hosted, own = str(next_steps(reader())), str(next_steps(reader(plan={"route": "own_server"})))

    assert "Stop if the supplier changes its price" in hosted
    assert "Stop if the supplier changes its price" not in own
    assert "Erase the disks" in own
    assert "Erase the disks" not in hosted


@pytest.mark.parametrize("state", ["keeps", "not_yet", "legal_stop", "nothing_fits"])
def test_without_a_recommendation_there_is_nothing_to_stop_or_leave(state: str) -> None:
    assert "When to stop" not in str(next_steps(reader(state)))


def test_the_test_pack_has_ten_tasks_with_a_box_for_each_check() -> None:
    tasks, signed = tables(pack(reader()))

    assert len(tasks["rows"]) == 10
    assert {tuple(row[2:]) for row in tasks["rows"]} == {(BOX,) * 4}
    assert signed["to-fill"]


@pytest.mark.parametrize("state", ["legal_stop", "nothing_fits"])
def test_where_nothing_may_be_tried_there_are_no_tasks(state: str) -> None:
    assert tables(pack(reader(state))) == []


def test_a_source_keeps_its_number_and_gathers_its_days() -> None:
    made = reader()

    assert made.dated("https://example.com/a", "May 2026") == "[1] (May 2026)"
    assert made.dated("https://example.com/b", "") == "[2]"
    assert made.dated("https://example.com/a", "June 2026") == "[1] (June 2026)"
    assert made.dated("", "May 2026") == "–"
    listed = {row[0]: row for row in sources(made)["rows"]}
    assert listed["1"][1] == "https://example.com/a"
    assert "May 2026" in listed["1"][2]
    assert "June 2026" in listed["1"][2]


def test_our_own_planning_values_are_no_source() -> None:
    assert reader().dated("own planning value, no measurement found", "") == "own planning value, no measurement found"
