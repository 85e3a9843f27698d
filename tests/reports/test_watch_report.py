"""The page of one report: waiting, ready, failed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advisor.reports.models import Report, State
from advisor.reports.production import claim

MakeReport = Callable[..., Report]


def address(report: Report) -> str:
    return reverse("reports:status", args=[report.public_id])


def test_a_waiting_page_asks_again_and_can_be_reloaded_by_hand(visitor: Client, make_report: MakeReport) -> None:
    report = make_report()

    page = visitor.get(address(report)).content.decode()

    assert 'hx-trigger="every 2s"' in page
    assert page.count(f'href="{address(report)}"') == 1


def test_a_waiting_page_says_which_place_it_has(visitor: Client, make_report: MakeReport) -> None:
    make_report(paper="us-letter")
    make_report(language="fr", bulk=True)
    report = make_report()

    page = visitor.get(address(report)).content.decode()

    assert f'Report <span class="unbroken">{report.number}</span> waits for its turn: number 2 in the queue.' in page


def test_a_report_of_a_batch_stands_behind_those_somebody_waits_for(make_report: MakeReport) -> None:
    first, second = make_report(bulk=True), make_report(bulk=True, language="fr")
    awaited = make_report(paper="us-letter")

    assert (awaited.place, first.place, second.place) == (1, 2, 3)


def test_a_page_in_the_works_says_so(visitor: Client, make_report: MakeReport) -> None:
    report = make_report()
    claim(report.id)

    page = visitor.get(address(report)).content.decode()

    assert f'Report <span class="unbroken">{report.number}</span> is being made.' in page


def test_after_a_failed_attempt_the_page_says_why_it_takes_longer(visitor: Client, make_report: MakeReport) -> None:
    report = make_report(failure_reason="storage", attempt=1)

    page = visitor.get(address(report)).content.decode()

    assert "is tried again within two minutes" in page
    assert "The file could not be stored." in page


@pytest.mark.parametrize("state", [State.READY, State.FAILED, State.CANCELED])
def test_polling_stops_when_the_state_is_final(visitor: Client, make_report: MakeReport, state: str) -> None:
    report = make_report(state=state, finished_at=timezone.now())

    fragment = visitor.get(address(report), headers={"HX-Request": "true"}).content.decode()

    assert 'id="report-status"' in fragment
    assert "hx-trigger" not in fragment


def test_a_ready_report_offers_its_file(visitor: Client, make_report: MakeReport) -> None:
    report = make_report(state=State.READY)

    page = visitor.get(address(report)).content.decode()

    assert reverse("reports:download", args=[report.public_id, report.file_name]) in page


def test_a_failed_report_says_why_and_can_be_asked_for_again(visitor: Client, make_report: MakeReport) -> None:
    report = make_report(state=State.FAILED, failure_reason="timeout", paper="us-letter")

    page = visitor.get(address(report)).content.decode()

    assert "It took too long to make." in page
    assert report.number in page
    assert f'action="{reverse("reports:request", args=[report.result.assessment.public_id])}"' in page
    assert '<input type="hidden" name="paper" value="us-letter">' in page


@pytest.mark.parametrize("state", [State.QUEUED, State.READY, State.FAILED])
def test_the_fragment_is_what_a_fresh_page_shows(visitor: Client, make_report: MakeReport, state: str) -> None:
    report = make_report(state=state)

    page = visitor.get(address(report)).content.decode()
    fragment = visitor.get(address(report), headers={"HX-Request": "true"}).content.decode()

    without_token = [line.strip() for line in fragment.splitlines() if "csrfmiddlewaretoken" not in line]
    shown = [line.strip() for line in page.splitlines()]
    assert without_token
    assert [line for line in without_token if line and line not in shown] == []
    assert "<html" not in fragment


def test_the_answer_is_never_kept_by_a_cache(visitor: Client, make_report: MakeReport) -> None:
    response = visitor.get(address(make_report()))

    assert "no-store" in response["Cache-Control"]
    assert "HX-Request" in response["Vary"]


def test_a_stranger_finds_nothing(stranger: Client, make_report: MakeReport) -> None:
    assert stranger.get(address(make_report(state=State.READY))).status_code == 404


def test_the_page_cannot_be_posted_to(visitor: Client, make_report: MakeReport) -> None:
    assert visitor.post(address(make_report())).status_code == 405


def test_nothing_on_the_page_is_inline(visitor: Client, make_report: MakeReport) -> None:
    for state in (State.QUEUED, State.READY, State.FAILED):
        page = visitor.get(address(make_report(state=state, paper="a4", language=state[:2]))).content.decode()
        assert " style=" not in page
        assert "hx-on" not in page
