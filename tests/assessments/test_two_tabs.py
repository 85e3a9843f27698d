"""The same page open twice, the back button, and pages sent again."""

from typing import Any

import pytest
from django.test import Client

from advisor.assessments.models import Assessment
from advisor.assessments.services import AnswersMoved, save_answers
from tests.questionnaire import PAGES, address, answer, begin, set_answers, somebody_elses

pytestmark = pytest.mark.django_db


def test_an_answer_changed_in_another_tab_is_told_and_not_overwritten(client: Client) -> None:
    assessment = set_answers(begin(client))
    shown = client.get(address(assessment, "Q21")).context["form"].fingerprint
    answer(client, assessment, "Q21", {"answer": "looking", "shown": shown})

    response = answer(client, assessment, "Q21", {"answer": "this_month", "shown": shown})

    assert response.status_code == 409
    assert b"changed in another window" in response.content
    assessment.refresh_from_db()
    assert assessment.answers["timing"] == "looking"


def test_pressing_continue_once_more_then_keeps_the_newer_answer(client: Client) -> None:
    assessment = set_answers(begin(client))
    answer(client, assessment, "Q21", {"answer": "looking", "shown": "old"})
    told = answer(client, assessment, "Q21", {"answer": "this_month", "shown": "old"})

    answer(client, assessment, "Q21", {"answer": "this_month", "shown": told.context["form"].fingerprint})

    assessment.refresh_from_db()
    assert assessment.answers["timing"] == "this_month"


def test_an_answer_to_another_page_in_another_tab_does_not_get_in_the_way(client: Client) -> None:
    assessment = set_answers(begin(client))
    shown = client.get(address(assessment, "Q21")).context["form"].fingerprint
    answer(client, assessment, "Q22", {"answer": "buy_once"})

    response = answer(client, assessment, "Q21", {"answer": "looking", "shown": shown})

    assert response.status_code == 302
    assessment.refresh_from_db()
    assert (assessment.answers["timing"], assessment.answers["payment_preference"]) == ("looking", "buy_once")


def test_volumes_for_a_job_that_was_taken_out_meanwhile_are_not_stored(client: Client) -> None:
    assessment = set_answers(begin(client))
    shown = client.get(address(assessment, "Q5")).context["form"].fingerprint
    answer(client, assessment, "Q4", {"jobs": ["software"]})

    response = answer(client, assessment, "Q5", PAGES["Q5"][0] | {"shown": shown})

    assert response.status_code in {409, 422}
    assessment.refresh_from_db()
    assert assessment.answers["jobs"] == [{"job": "software"}]


def test_pages_are_never_kept_by_the_browser(client: Client) -> None:
    response = client.get(address(begin(client), "Q1"))

    assert "no-store" in response["Cache-Control"]


def test_the_same_answer_from_an_old_page_is_no_conflict(client: Client) -> None:
    assessment = begin(client)
    shown = client.get(address(assessment, "Q1")).context["form"].fingerprint
    answer(client, assessment, "Q1", PAGES["Q1"][0] | {"shown": shown})

    response = answer(client, assessment, "Q1", PAGES["Q1"][0] | {"shown": shown})

    assert response.status_code == 302


def test_a_change_worked_out_from_an_older_revision_is_not_stored() -> None:
    assessment = somebody_elses()
    save_answers(assessment=assessment, revision=0, changes={"timing": "looking"})

    with pytest.raises(AnswersMoved):
        save_answers(assessment=assessment, revision=0, changes={"timing": "this_month"})

    assessment.refresh_from_db()
    assert (assessment.answers["timing"], assessment.revision) == ("looking", 1)


def test_an_answer_that_arrives_between_reading_and_writing_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = set_answers(begin(client))

    def overtaken(**given: Any) -> Any:
        monkeypatch.undo()
        current = Assessment.objects.get(pk=assessment.pk)
        save_answers(assessment=current, revision=current.revision, changes={"timing": "looking"})
        return save_answers(**given)

    monkeypatch.setattr("advisor.assessments.services.save_answers", overtaken)

    response = answer(client, assessment, "Q21", {"answer": "this_month"})

    assert response.status_code == 409
    assessment.refresh_from_db()
    assert assessment.answers["timing"] == "looking"


def test_a_stored_answer_that_is_no_longer_valid_is_named_when_the_next_one_is_saved(client: Client) -> None:
    assessment = set_answers(begin(client))
    assessment.answers["staff_count"] = -3
    assessment.save()

    response = answer(client, assessment, "Q21", {"answer": "looking"})

    assert response.status_code == 422
    assert b"The value is too small." in response.content
