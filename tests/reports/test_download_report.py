"""Fetching the finished file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from advisor.accounts.models import User
from advisor.assessments.models import Assessment, Result
from advisor.reports.models import Report, State

MakeReport = Callable[..., Report]


def address(report: Report, name: str | None = None) -> str:
    return reverse("reports:download", args=[report.public_id, name or report.file_name])


def test_the_file_comes_as_a_private_attachment(visitor: Client, make_report: MakeReport) -> None:
    report = make_report(state=State.READY, content=b"%PDF-1.7 the very bytes")

    response = visitor.get(address(report))

    assert b"".join(response) == b"%PDF-1.7 the very bytes"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="report-{report.number}.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_stranger_finds_nothing(stranger: Client, make_report: MakeReport) -> None:
    assert stranger.get(address(make_report(state=State.READY))).status_code == 404


@pytest.mark.parametrize("name", ["report.pdf", "report-R-261121-XXXXXX.pdf", "report.pdf%0D%0AX-Evil: 1", "..%2Fkey"])
def test_only_its_own_name_fetches_it(visitor: Client, make_report: MakeReport, name: str) -> None:
    report = make_report(state=State.READY)

    assert visitor.get(f"/reports/{report.public_id}/download/{name}").status_code == 404


@pytest.mark.parametrize("state", [State.QUEUED, State.FAILED])
def test_what_is_not_ready_cannot_be_fetched(visitor: Client, make_report: MakeReport, state: str) -> None:
    assert visitor.get(address(make_report(state=state))).status_code == 404


def test_a_lost_file_is_not_found_rather_than_a_crash(visitor: Client, make_report: MakeReport) -> None:
    report = make_report(state=State.READY)
    default_storage.delete(report.file.name)

    assert visitor.get(address(report)).status_code == 404


def test_while_the_storage_is_down_the_visitor_is_told_so(
    visitor: Client, make_report: MakeReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: Any) -> None:
        raise OSError(113, "No route to host")

    report = make_report(state=State.READY)
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._open", down)

    page = visitor.get(address(report), follow=True).content.decode()

    assert "The file cannot be fetched just now. Try again in a few minutes." in page


def test_downloading_cannot_be_posted(visitor: Client, make_report: MakeReport) -> None:
    assert visitor.post(address(make_report(state=State.READY))).status_code == 405


def test_a_consultant_who_lost_the_assessment_gets_the_file_no_more(make_report: MakeReport, result: Result) -> None:
    ada, ben = User.objects.create_user("ada"), User.objects.create_user("ben")
    consultant, where = Client(), address(make_report(state=State.READY))
    consultant.force_login(ada)
    codes = []
    for owner in (ada, ben):
        Assessment.objects.filter(pk=result.assessment_id).update(owner=owner)
        response = consultant.get(where)
        codes.append(response.status_code)
        list(response)

    assert codes == [200, 404]


def test_after_signing_out_the_file_is_out_of_reach(make_report: MakeReport, result: Result) -> None:
    consultant, where = Client(), address(make_report(state=State.READY))
    ada = User.objects.create_user("ada")
    Assessment.objects.filter(pk=result.assessment_id).update(owner=ada)
    consultant.force_login(ada)
    list(consultant.get(where))

    consultant.post(reverse("account_logout"))

    assert consultant.get(where).status_code == 404
