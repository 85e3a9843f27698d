"""The same page open twice, the back button, and pages sent again."""

import pytest
from django.test import Client

from tests.questionnaire import PAGES, address, answer, begin, set_answers

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
