"""Section 9 of a report, and the months of section 6: what a step would cost, and when money flows."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.assessments.presentation import present
from advisor.assessments.presentation.sheet import Sheet
from advisor.reports.content.adapting import adapting
from advisor.reports.content.money import by_month, cost
from advisor.reports.content.reader import Edition, Reader
from advisor.reports.content.recommended import recommended
from advisor.reports.content.today import today
from tests.recommendations import STATES
from tests.reports.sample import ANSWERS, CATALOG, MOMENT


def reader(state: str = "saves", **changed: Any) -> Reader:
    document = STATES[state]().to_document() | changed
    edition = Edition("en", "a4", MOMENT, "R-261121-7F3KQM")
    return Reader(Sheet(document, "en"), present(document, language="en"), ANSWERS, edition, CATALOG)


def tables(section: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in section["blocks"] if block["kind"] == "table"]


def test_each_step_stands_with_what_it_asks_for_and_its_cost() -> None:
    (steps,) = tables(adapting(reader()))
    first, second, third = steps["rows"]
    assert first[0].startswith("Write instructions:")
    assert first[2:] == ["€165", "€41 to €496", "in the figures above"]
    assert "about 3,000 of them" in second[1]
    assert third[1] == "A host runs its models as they are. It needs a machine of your own, or a rented one."
    assert third[2:] == ["–", "–", "not possible here"]


def test_support_is_offered_with_its_price_and_not_counted() -> None:
    steps, support = tables(adapting(reader("not_yet")))
    assert "200 to 5,000 examples" in steps["rows"][2][1]
    (offer,) = support["rows"]
    assert offer[:4] == ["Marsh Care Server support", "fixes and a telephone", "€90 to €120", "not in the figures"]


def test_support_that_was_switched_on_says_so() -> None:
    document = STATES["not_yet"]().to_document()
    document["plans"][0]["support"][0]["chosen"] = True
    assert tables(adapting(reader("not_yet", plans=document["plans"])))[1]["rows"][0][3] == "in the figures above"


def test_without_an_option_there_is_nothing_to_adapt() -> None:
    assert "No option is left that could be adapted." in str(adapting(reader("nothing_fits")))


def test_every_month_stands_with_its_cost_what_stops_and_where_that_leaves_the_total() -> None:
    made = reader()
    assert made.main is not None
    rows = by_month(made, made.main)["rows"]
    saved = made.main["savings"]
    assert len(rows) == 36
    assert rows[0][:2] == ["1", "November 2026"]
    assert rows[35][4] == made.sheet.difference(saved["cumulative"][36])
    assert [row[2] for row in rows] == [made.money(amount) for amount in made.main["cost_by_month"]]
    assert [row[3] for row in rows[:4]] == ["€0", "€0", "€0", "€396"]


@pytest.mark.parametrize("state", ["no_baseline", "low_confidence"])
def test_without_a_single_figure_of_today_the_months_show_the_cost_alone(state: str) -> None:
    made = reader(state)
    assert made.main is not None
    assert {len(row) for row in by_month(made, made.main)["rows"]} == {3}


def test_without_an_option_there_are_no_months() -> None:
    assert "Month by month" not in str(cost(reader("nothing_fits")))


def test_seats_nobody_uses_are_a_saving_of_their_own() -> None:
    # 66 a month for two seats, from month 4: 33 x 66.
    section = str(today(reader()))
    assert "€2,178 over 36 months goes to seats nobody uses (2)" in section
    assert "nobody uses. Giving them up" not in str(today(reader("no_baseline")))


def test_the_busiest_hour_and_what_stays_free_of_it_stand_beside_the_machines() -> None:
    section = str(recommended(reader("not_yet")))
    assert "Nine in ten begin within 2 seconds." in section
    assert "Free in the busiest hour: 91% of what the machines carry at the start, 87% at the end." in section


def test_evidence_names_who_measured_it() -> None:
    section = str(recommended(reader()))
    assert "62.1 in the test MarshBench, measured by Reed Measurements. Your work needs at least 45 (" in section
    document = STATES["saves"]().to_document()
    for plan in document["plans"]:
        for model in plan["models"]:
            model["evidence"] = []
    assert "no evidence" in str(recommended(reader(plans=document["plans"])))
