"""Canceling a report that nobody wants any more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advisor.reports.models import Report, State
from advisor.reports.production import claim, produce
from advisor.reports.services import request_report

MakeReport = Callable[..., Report]


def address(report: Report) -> str:
    return reverse("reports:cancel", args=[report.public_id])


@pytest.mark.parametrize("claimed", [False, True])
def test_a_report_on_its_way_can_be_canceled_and_is_not_made(
    visitor: Client, make_report: MakeReport, claimed: bool
) -> None:
    report = make_report()
    if claimed:
        claim(report.id)

    page = visitor.post(address(report), follow=True).content.decode()

    report.refresh_from_db()
    assert (report.state, report.claim_id, report.lease_until) == (State.CANCELED, None, None)
    assert f"Report {report.number} was canceled." in page
    assert "Make it after all" in page
    assert not produce(report.id)


@pytest.mark.parametrize("state", [State.READY, State.FAILED])
def test_what_has_ended_stays_as_it_is(visitor: Client, make_report: MakeReport, state: str) -> None:
    report = make_report(state=state)

    visitor.post(address(report))

    report.refresh_from_db()
    assert report.state == state


def test_after_canceling_a_new_one_can_be_asked_for(make_report: MakeReport, bell: list[int]) -> None:
    canceled = make_report(state=State.CANCELED, finished_at=timezone.now())

    asked = request_report(result=canceled.result, language="en", paper="a4")

    assert asked != canceled


def test_with_htmx_the_answer_is_the_part_that_waited(visitor: Client, make_report: MakeReport) -> None:
    response = visitor.post(address(make_report()), headers={"HX-Request": "true"})

    assert response.content.decode().strip().startswith('<div id="report-status"')
    assert "hx-trigger" not in response.content.decode()


def test_a_stranger_cancels_nothing(stranger: Client, make_report: MakeReport) -> None:
    report = make_report()

    assert stranger.post(address(report)).status_code == 404
    report.refresh_from_db()
    assert report.state == State.QUEUED
