"""Asking for a report of a result."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from celery.exceptions import OperationalError
from django.test import Client
from django.urls import reverse

from advisor.assessments.models import Assessment, Result
from advisor.assessments.policies import SESSION_KEY
from advisor.reports.models import Report, State
from advisor.reports.services import NotOffered, request_report

CHOICE = {"language": "en", "paper": "a4"}


def address(result: Result) -> str:
    return reverse("reports:request", args=[result.assessment.public_id])


def test_a_request_queues_one_row_and_leads_to_its_page(result: Result, visitor: Client, bell: list[int]) -> None:
    response = visitor.post(address(result), CHOICE)

    report = Report.objects.get()
    assert (report.state, report.language, report.paper) == (State.QUEUED, "en", "a4")
    assert response.status_code == 302
    assert response["Location"] == reverse("reports:status", args=[report.public_id])


def test_the_bell_rings_once_the_row_can_be_found(
    result: Result, visitor: Client, bell: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        visitor.post(address(result), CHOICE)
    assert bell == []

    for callback in waiting:
        callback()

    assert bell == [Report.objects.get().id]


def test_a_repeated_click_gets_the_same_report(
    result: Result, visitor: Client, bell: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, second = visitor.post(address(result), CHOICE), visitor.post(address(result), CHOICE)

    assert first["Location"] == second["Location"]
    assert len(bell) == Report.objects.count() == 1


def test_a_ready_report_is_not_made_again(
    result: Result, visitor: Client, make_report: Callable[..., Report], bell: list[int]
) -> None:
    ready = make_report(state=State.READY)

    response = visitor.post(address(result), CHOICE)

    assert response["Location"].endswith(f"/{ready.public_id}/")


def test_a_number_that_is_taken_is_drawn_again(
    result: Result, make_report: Callable[..., Report], bell: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = make_report(state=State.FAILED)
    drawn = iter([taken.number, taken.number, "R-261122-NEW234"])
    monkeypatch.setattr("advisor.reports.services.new_number", lambda _now: next(drawn))

    report = request_report(result=result, **CHOICE)

    assert (report.number, report.state) == ("R-261122-NEW234", State.QUEUED)


def test_another_paper_or_language_is_another_report(result: Result, visitor: Client, bell: list[int]) -> None:
    for choice in (CHOICE, {**CHOICE, "paper": "us-letter"}, {**CHOICE, "language": "zh-hans"}):
        visitor.post(address(result), choice)

    assert Report.objects.count() == 3


def test_after_a_failure_a_new_report_is_queued(
    result: Result, visitor: Client, make_report: Callable[..., Report], bell: list[int]
) -> None:
    make_report(state=State.FAILED)

    visitor.post(address(result), CHOICE)

    assert Report.objects.filter(state=State.QUEUED).count() == 1


def test_the_latest_result_is_the_one_printed(result: Result, visitor: Client, bell: list[int]) -> None:
    result.pk, result.public_id, result._state.adding = None, Assessment().public_id, True
    result.save()

    visitor.post(address(result), CHOICE)

    assert Report.objects.get().result_id == Result.objects.latest("created_at").pk


def test_with_htmx_the_answer_is_the_part_that_waits(result: Result, visitor: Client, bell: list[int]) -> None:
    response = visitor.post(address(result), CHOICE, headers={"HX-Request": "true"})

    page = response.content.decode()
    assert response.status_code == 200
    assert page.strip().startswith('<div id="report-status"')
    assert "every 2s" in page
    assert "HX-Request" in response["Vary"]


def test_a_stranger_finds_nothing(result: Result, stranger: Client) -> None:
    assert stranger.post(address(result), CHOICE).status_code == 404
    assert not Report.objects.exists()


def test_without_a_result_there_is_nothing_to_print(visitor: Client, result: Result) -> None:
    result.assessment.results.all().delete()

    assert visitor.post(address(result), CHOICE).status_code == 404


def test_looking_at_the_address_changes_nothing(result: Result, visitor: Client) -> None:
    assert visitor.get(address(result)).status_code == 405
    assert not Report.objects.exists()


def test_a_request_without_its_token_is_refused(result: Result) -> None:
    client = Client(enforce_csrf_checks=True)
    session = client.session
    session[SESSION_KEY] = [str(result.assessment.public_id)]
    session.save()

    assert client.post(address(result), CHOICE).status_code == 403


@pytest.mark.parametrize("choice", [{}, {**CHOICE, "language": "tlh"}, {**CHOICE, "paper": "napkin"}])
def test_a_choice_that_is_not_offered_is_sent_back(result: Result, visitor: Client, choice: dict[str, str]) -> None:
    response = visitor.post(address(result), choice)

    assert response.status_code == 422
    assert not Report.objects.exists()


def test_the_service_refuses_what_the_form_does_not_offer(result: Result) -> None:
    with pytest.raises(NotOffered):
        request_report(result=result, language="tlh", paper="a4")


def test_extra_fields_change_nothing(result: Result, visitor: Client, bell: list[int]) -> None:
    visitor.post(address(result), {**CHOICE, "state": "ready", "number": "R-1", "attempt": "3", "sha256": "0" * 64})

    report = Report.objects.get()
    assert (report.state, report.attempt, report.sha256) == (State.QUEUED, 0, "")
    assert report.number != "R-1"


def test_asking_too_often_is_refused(result: Result, visitor: Client, bell: list[int]) -> None:
    answers = [visitor.post(address(result), CHOICE).status_code for _ in range(22)]

    assert answers[0] == 302
    assert answers[-1] == 429


def test_the_page_answers_although_the_queue_does_not(
    result: Result,
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("celery.current_app.send_task", refuse)

    started = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        response = visitor.post(address(result), CHOICE)

    assert response.status_code == 302
    assert time.monotonic() - started < 5
    assert Report.objects.get().state == State.QUEUED


def test_numbers_do_not_count(result: Result, bell: list[int]) -> None:
    first = request_report(result=result, language="en", paper="a4")
    second = request_report(result=result, language="en", paper="us-letter")

    assert first.number[:9] == second.number[:9]
    assert first.number[9:] != second.number[9:]


def test_the_result_page_asks_for_the_report_and_shows_how_far_it_is(
    result: Result, visitor: Client, make_report: Callable[..., Report]
) -> None:
    page = reverse("assessments:result", args=[result.assessment.public_id])

    before = visitor.get(page).content.decode()
    report = make_report(state=State.READY)
    after = visitor.get(page).content.decode()

    assert f'action="{address(result)}"' in before
    assert '<div id="report-status"></div>' in before
    assert reverse("reports:download", args=[report.public_id, report.file_name]) in after
