"""What a later result says has changed: the advice, the figures with what moved them, the answers."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advisor.assessments.context import QuestionContext
from advisor.assessments.expressions import worked_out
from advisor.assessments.models import Assessment, Result
from advisor.assessments.presentation.changed import Changed, changed
from advisor.assessments.presentation.scenarios import Scenario
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.services import compute_result
from tests.assessments.shown_results import begun, next_result, words
from tests.samples import AS_OF, NAMES, catalog, document


def scenario(made: dict[str, Any], answers: dict[str, Any] | None = None, number: int = 4) -> Scenario:
    context = QuestionContext(answers=answers or {}, catalog=catalog(), language="en", today=AS_OF)
    return Scenario("", Sheet(made, "en"), context, number)


def between(before: dict[str, Any], now: dict[str, Any]) -> Changed | None:
    return changed(scenario(before), scenario(now, number=5))


def dearer_setup() -> dict[str, Any]:
    """The web shop's result with the hours of setting up raised from 10 to 20, all else as it was.

    (10 + 2 programs x 12 hours) x 52 = 1,768 becomes (20 + 24) x 52 = 2,288: 520 more.
    """
    made = document("web_shop")
    plan, line = made["plans"][0], made["plans"][0]["lines"][1]
    trace = next(trace for trace in made["traces"] if trace["key"] == "plan-1.setup_labor.total")
    trace["inputs"][0] |= {"value": 20.0}
    trace["value"] = 2288.0
    line["total"] |= {"central": 2288.0, "high": 9000.0}
    plan["cost_total"]["central"] += 520
    plan["savings"]["total"]["central"] -= 520
    return made


@pytest.mark.parametrize("name", NAMES)
def test_the_same_result_once_more_has_nothing_to_tell(name: str) -> None:
    assert between(document(name), document(name)) is None


@pytest.mark.parametrize("name", NAMES)
def test_every_working_gives_its_figure_back_to_those_who_compare(name: str) -> None:
    for trace in document(name)["traces"]:
        if trace["method"] == "formula":
            values = {item["name"]: item["value"] for item in trace["inputs"]}
            assert worked_out(trace["expression"], values) == pytest.approx(trace["value"], abs=0.06)


def test_what_no_working_holds_is_not_worked_out() -> None:
    with pytest.raises(LookupError):
        worked_out("users ** 2", {"users": 3.0})


def test_a_line_tells_which_input_moved_it_and_how_far() -> None:
    found = between(document("web_shop"), dearer_setup())

    assert found is not None
    assert (found.is_other_advice, found.advice) == (False, "The advice has not changed: “An open option fits”.")
    assert [(row.label, row.change) for row in found.figures] == [
        ("What it costs in all", "+€520"),
        ("Compared with today", "−€520"),
    ]
    (line,) = found.lines
    assert (line.label, line.before, line.after, line.change) == ("Work to set it up", "€1,768", "€2,288", "+€520")
    said = "Hours to set up a hosted service: 20 hours, once, before 10 hours, once"
    assert [mover.text for mover in line.movers] == [
        f"{said} (+€520; own planning value, no measurement found; November 21, 2026)"
    ]
    assert found.most == (line.movers[0].text,)
    assert found.catalogs == ("4", "5")


def test_an_input_of_several_lines_is_told_once_with_all_it_did() -> None:
    """Ten more an hour: 34 hours of setting up, 54 of looking after and 12 of leaving are 1,000 more."""
    now = document("web_shop")
    plan, traces = now["plans"][0], {trace["key"]: trace for trace in now["traces"]}
    for key, hours in (("setup_labor", 34), ("running_labor", 54), ("exit", 12)):
        line = next(line for line in plan["lines"] if line["key"] == key)
        line["total"]["central"] += 10 * hours
        for item in traces[f"plan-1.{key}.total"]["inputs"]:
            if item["name"] == "it_hourly":
                item["value"] += 10

    found = between(document("web_shop"), now)

    assert found is not None
    assert found.most == ("Cost of an hour of computer help: €62 an hour, before €52 an hour (+€1,000; your answer)",)


def test_another_verdict_is_another_advice() -> None:
    found = between(document("web_shop"), document("web_shop") | {"verdict": "keep", "recommended": None})

    assert found is not None
    assert found.is_other_advice
    assert found.advice.startswith("The advice has changed from “An open option fits” to “")


def test_another_setup_is_told_and_the_one_before_compared_with_itself() -> None:
    """Now the second option is advised; on today's facts the first costs 520 more than it did."""
    now = dearer_setup() | {"recommended": "plan-2"}

    found = between(document("web_shop"), now)

    assert found is not None
    assert found.is_other_advice
    names = [Sheet(now, "en").plan_name(plan) for plan in now["plans"][:2]]
    assert found.advice == (
        f"The advice is still “An open option fits”, but the best option is another: {names[1]}, before {names[0]}."
    )
    assert found.lines == ()  # the one advised now was there before, at the same cost
    gone = copy.deepcopy(document("web_shop"))
    gone["plans"] = gone["plans"][:1]
    compared = changed(scenario(gone), scenario(now))
    assert compared is not None
    assert compared.same_setup == names[0]
    assert [row.change for row in compared.lines] == ["+€520"]


def test_amounts_in_another_currency_are_not_compared() -> None:
    found = between(document("web_shop") | {"currency": "USD", "verdict": "keep"}, dearer_setup())

    assert found is not None
    assert (found.figures, found.lines) == ((), ())


def test_with_few_answers_no_saving_is_compared() -> None:
    few = {"confidence": document("web_shop")["confidence"] | {"level": "low"}}

    found = between(document("web_shop") | few, dearer_setup() | few)

    assert found is not None
    assert [row.label for row in found.figures] == ["What it costs in all"]


@pytest.fixture
def assessment(client: Client) -> Assessment:
    return begun(client)


@pytest.mark.django_db
def test_the_result_page_tells_it_in_short_from_the_second_result_on(client: Client, assessment: Assessment) -> None:
    first = next_result(assessment)
    address = reverse("assessments:result", args=[assessment.public_id])
    assert "What changed since" not in client.get(address).content.decode()

    second = next_result(assessment, ai_users=3)

    text = words(client.get(address).content.decode())
    assert "What changed since your result of November 21, 2026" in text
    assert "Answers that differ: How many people work there and would use AI" in text
    assert Result.objects.before(second) == first
    assert Result.objects.before(first) is None


@pytest.mark.django_db
def test_results_of_other_assessments_and_earlier_engines_are_not_compared(
    client: Client, assessment: Assessment
) -> None:
    next_result(assessment)
    Result.objects.update(engine_version="0.1.0")
    other = Assessment.objects.create(answers=assessment.answers)
    compute_result(assessment=other, as_of=AS_OF - timedelta(days=1))

    assert Result.objects.before(next_result(assessment, ai_users=3)) is None
