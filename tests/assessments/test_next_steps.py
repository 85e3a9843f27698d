"""What to do next: ten tasks to try, and the next 30, 60 and 90 days."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from advisor.assessments.presentation import present
from advisor.assessments.wording.trial import TASKS
from advisor.engine.answers import Job
from advisor.engine.types import Recommendation
from tests.assessments.shown_results import page, words
from tests.recommendations import STATES, demand, hosted_plan, make_recommendation


def shown(made: Recommendation) -> dict[str, Any]:
    return present(made.to_document(), language="en")


def steps(made: Recommendation) -> list[str]:
    return [step for phase in shown(made)["steps"] for step in phase["steps"]]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_ten_tasks_are_drawn_from_the_chosen_work_the_main_one_most(count: int) -> None:
    jobs = [Job.WRITE_REPLY, Job.TRANSLATE, Job.SOFTWARE, Job.PICTURES][:count]
    made = make_recommendation(demand=tuple(demand(str(job), "pieces", 10, 1.0) for job in jobs))
    tasks = shown(made)["trial"]["tasks"]
    drawn = [task["job"] for task in tasks]
    assert len({task["task"] for task in tasks}) == len(tasks) == 10
    assert len(set(drawn)) == count
    assert drawn.count(drawn[0]) == max(drawn.count(job) for job in drawn)


def test_work_that_the_plan_does_not_do_is_not_tried() -> None:
    made = make_recommendation()
    left_out = replace(made, plans=(hosted_plan(uncovered_jobs=("write_reply",)), *made.plans[1:]))
    assert {task["job"] for task in shown(left_out)["trial"]["tasks"]} == {"finding answers in your documents"}


def test_every_kind_of_work_has_tasks_of_its_own() -> None:
    assert set(TASKS) == set(Job)
    texts = [str(text) for tasks in TASKS.values() for text in tasks]
    assert len(texts) == len(set(texts)) == 5 * len(Job)


def test_the_pass_mark_is_said_in_tasks() -> None:
    assert shown(make_recommendation(pass_mark_percent=90))["trial"]["mark"] == "9 of 10"


def test_nothing_is_tried_before_advice_was_taken() -> None:
    for state in ("legal_stop", "nothing_fits"):
        assert shown(STATES[state]())["trial"]["tasks"] == []


@pytest.mark.parametrize("state", STATES)
def test_every_answer_has_three_phases(state: str) -> None:
    phases = shown(STATES[state]())["steps"]
    assert len(phases) == 3
    assert all(phase["steps"] for phase in phases)


def test_a_recommendation_says_when_to_stop_and_what_to_cancel() -> None:
    made = make_recommendation(pass_mark_percent=80)
    said = steps(made)
    month = round(made.plans[0].cost_month.high)
    assert f"Stop if the tasks that pass are fewer than 8 of 10, or if a month costs more than €{month:,}." in said
    assert any(step.startswith(f"Cancel {made.keep.tools[0].product}") for step in said)


def test_a_contract_that_runs_on_is_canceled_in_its_month() -> None:
    made = make_recommendation()
    late = replace(made.keep, tools=tuple(replace(tool, stops_from_month=14) for tool in made.keep.tools))
    assert any("stopped after month 14" in step for step in steps(replace(made, keep=late)))


def test_idle_seats_can_go_whatever_the_answer_is() -> None:
    for state in ("saves", "keeps"):
        made = STATES[state]()
        assert made.keep.idle_total > 0
        assert any("seats nobody uses" in step for step in steps(made))
        none = replace(made, keep=replace(made.keep, idle_total=0.0))
        assert not any("seats nobody uses" in step for step in steps(none))


@pytest.mark.django_db
def test_the_page_shows_the_score_sheet_and_the_steps() -> None:
    html = page(make_recommendation())
    assert html.count('type="checkbox" aria-label=') == 40
    assert "The next 30, 60 and 90 days" in words(html)
