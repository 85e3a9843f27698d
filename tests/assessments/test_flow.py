"""Which page comes next: branches, both lengths, and changes."""

from typing import Any

import pytest

from advisor.assessments import coverage, flow
from advisor.assessments.question_texts import PAGES as TEXTS
from advisor.assessments.questions import BY_KEY, PAGES
from tests.questionnaire import PAGES as SENT
from tests.questionnaire import QUICK_PAGES


def everything(**changes: Any) -> dict[str, Any]:
    answers: dict[str, Any] = {"length": "full"}
    for _sent, stored in SENT.values():
        answers |= stored
    return answers | changes


def keys(pages: Any) -> list[str]:
    return [page.key for page in pages]


def after(key: str, answers: dict[str, Any]) -> str | None:
    page = flow.next_page(key, answers)
    return page.key if page else None


def test_every_question_has_a_page_and_every_page_its_words() -> None:
    assert [page.key for page in PAGES if page.part_of is None] == list(coverage.QUESTIONS)
    assert set(TEXTS) == {page.key for page in PAGES}


def test_the_full_length_asks_every_page_that_applies() -> None:
    assert keys(flow.asked_pages(everything())) == list(SENT)


def test_the_quick_length_asks_twelve_questions() -> None:
    pages = flow.asked_pages(everything(length="quick"))

    assert keys(pages) == QUICK_PAGES
    assert len({page.question for page in pages}) == 12


@pytest.mark.parametrize(
    ("key", "changes", "following"),
    [
        ("Q4", {"jobs": [{"job": "translate"}]}, "Q5"),
        ("Q4", {"jobs": [{"job": "translate"}, {"job": "software"}]}, "Q4-main"),
        ("Q4-ideas", {"jobs": [{"job": "translate"}]}, "Q5"),
        ("Q10", {"people_decisions": ["none"]}, "Q11"),
        ("Q10", {"people_decisions": None}, "Q11"),
        ("Q10", {"people_decisions": ["health"]}, "Q10-stop"),
        ("Q12", {"jobs": [{"job": "translate"}]}, "Q14"),
        ("Q12", {"jobs": [{"job": "read_documents"}]}, "Q13"),
        ("Q16", {"computers": "office_pcs"}, "Q17"),
        ("Q16", {"computers": None}, "Q17"),
        ("Q16", {"computers": "apple"}, "Q16-computers"),
        ("Q26", {}, None),
    ],
)
def test_an_answer_leads_to_its_next_page(key: str, changes: dict[str, Any], following: str | None) -> None:
    assert after(key, everything(**changes)) == following


def test_nothing_is_missing_once_everything_is_answered() -> None:
    assert flow.missing_pages(everything()) == ()


def test_an_answer_of_not_sure_is_not_missing() -> None:
    unsure = everything(error_harm=None, jobs=[{"job": "translate", "units_per_week": None, "minutes_each": None}])

    assert flow.missing_pages(unsure) == ()


def test_a_new_job_asks_again_for_volumes_and_minutes() -> None:
    answers = everything()
    answers["jobs"] = [*answers["jobs"], {"job": "software"}]

    assert keys(flow.missing_pages(answers)) == ["Q5", "Q6"]


def test_a_change_that_opens_nothing_leads_back_to_the_check() -> None:
    before, changed = everything(), everything(timing="looking")

    assert flow.page_after_change("Q21", before, changed) is None


def test_a_change_that_opens_a_question_leads_to_it() -> None:
    before = everything(jobs=[{"job": "translate", "units_per_week": 1, "minutes_each": 1}])
    del before["document_count"], before["document_shapes"]
    changed = {**before, "jobs": [{"job": "read_documents", "units_per_week": 1, "minutes_each": 1}]}

    page = flow.page_after_change("Q4", before, changed)

    assert page is BY_KEY["Q13"]


def test_ticking_a_decision_about_people_leads_to_the_stop_page_even_as_a_change() -> None:
    before, changed = everything(people_decisions=["none"]), everything(people_decisions=["credit"])

    page = flow.page_after_change("Q10", before, changed)

    assert page is BY_KEY["Q10-stop"]


def test_a_page_that_needs_an_earlier_answer_gives_way_to_it() -> None:
    assert flow.page_instead(BY_KEY["Q5"], {"length": "full"}) is BY_KEY["Q4"]


def test_a_page_that_does_not_apply_gives_way_to_the_next() -> None:
    answers = everything(jobs=[{"job": "translate"}])

    assert flow.page_instead(BY_KEY["Q13"], answers) is BY_KEY["Q14"]


def test_minutes_left_go_down_to_one() -> None:
    answers = everything()
    left = [flow.progress(key, answers).minutes_left for key in SENT]

    assert left == sorted(left, reverse=True)
    assert left[0] >= 8
    assert left[-1] == 1


def test_the_two_lengths_keep_their_promise_of_time() -> None:
    assert flow.progress("Q1", everything()).minutes_left <= 12
    assert flow.progress("Q1", everything(length="quick")).minutes_left <= 6


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "high"),
        (dict.fromkeys(["languages", "error_harm", "computers", "it_support", "sector", "connectivity"]), "medium"),
        (dict.fromkeys(key for key in everything() if key not in {"length", "country", "jobs", "information"}), "low"),
    ],
)
def test_confidence_follows_the_share_of_real_answers(changes: dict[str, Any], label: str) -> None:
    assert flow.confidence(everything(**changes)) == label
