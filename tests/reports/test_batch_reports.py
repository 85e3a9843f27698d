"""Reports of several clients, asked for together and fetched as one archive."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from celery.exceptions import OperationalError
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advisor.accounts.models import User
from advisor.assessments.models import Assessment, Result
from advisor.reports.batches import cancel_batch, request_batch
from advisor.reports.files import StorageDown
from advisor.reports.models import Batch, Report, State
from advisor.reports.production import produce
from advisor.reports.services import request_report, store_brand
from advisor.web.bell import LATER

PDF = b"%PDF-1.7 made by a stand-in"
CLIENTS = ("Lindenhof Seeds", "Blue Door Dental", '=HYPERLINK("x")/../\r\nevil')
WHERE = "/batches/"


@pytest.fixture
def ada(result: Result) -> User:
    """A consultant with three clients; that of the usual result is nobody's."""
    ada = User.objects.create_user("ada")
    for name in CLIENTS:
        result.assessment = Assessment.objects.create(owner=ada, answers=result.answers | {"client_label": name})
        result.answers = result.assessment.answers
        result.pk, result.public_id, result._state.adding = None, Assessment().public_id, True
        result.save()
    return ada


@pytest.fixture
def consultant(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.reports.production.render_pdf", lambda *_, **__: PDF)


def of(ada: User) -> list[Result]:
    return list(Result.objects.filter(assessment__owner=ada).order_by("pk"))


def chosen(results: list[Result]) -> dict[str, Any]:
    return {"results": [str(result.public_id) for result in results], "language": "en", "paper": "a4"}


def fetched(client: Client, batch: Batch) -> zipfile.ZipFile:
    response = client.get(reverse("reports:batch_archive", args=[batch.public_id]))
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response)))


def test_a_consultant_chooses_clients_and_fetches_their_reports_as_one_archive(
    consultant: Client, ada: User, bell: list[int], quick: None
) -> None:
    page = consultant.get(WHERE).content.decode()
    asked = consultant.post(WHERE, chosen(of(ada)))
    batch = Batch.objects.get()
    waiting = consultant.get(asked["Location"]).content.decode()
    for report in batch.reports.all():
        produce(report.id)
    ready = consultant.get(asked["Location"]).content.decode()
    response = consultant.get(reverse("reports:batch_archive", args=[batch.public_id]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response)))

    assert "Lindenhof Seeds" in page
    assert "Reports ready: 0 of 3." in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "Reports ready: 3 of 3." in ready
    assert "hx-trigger" not in ready
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == f'attachment; filename="reports-{batch.requested_at:%Y-%m-%d}.zip"'
    numbers = list(batch.reports.order_by("id").values_list("number", flat=True))
    names = [f"Blue Door Dental {numbers[1]}.pdf", f"Lindenhof Seeds {numbers[2]}.pdf"]
    assert archive.namelist() == [f"HYPERLINK-x-..-evil {numbers[0]}.pdf", *names, "contents.txt"]
    assert archive.testzip() is None
    assert archive.read(names[0]) == PDF
    assert archive.read("contents.txt").decode().splitlines()[1] == f"{numbers[1]} (Blue Door Dental): Ready"


def test_the_rows_of_a_batch_are_told_to_the_queue_as_ones_that_can_wait(
    ada: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr("celery.current_app.send_task", lambda _, args, priority, **__: sent.append((*args, priority)))

    with django_capture_on_commit_callbacks(execute=True):
        batch = request_batch(owner=ada, results=of(ada), language="en", paper="a4")

    rows = batch.reports.order_by("id").values_list("id", flat=True)
    assert sent == [(row, LATER) for row in rows]


def test_a_queue_that_is_down_is_asked_once_for_the_whole_batch(
    ada: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked = []

    def refuse(*args: Any, **__: Any) -> None:
        asked.append(args)
        raise OperationalError("connection refused")

    monkeypatch.setattr("celery.current_app.send_task", refuse)

    with django_capture_on_commit_callbacks(execute=True):
        request_batch(owner=ada, results=of(ada), language="en", paper="a4")

    assert len(asked) == 1
    assert Report.objects.filter(state=State.QUEUED, bulk=True).count() == 3


def test_a_report_somebody_asks_for_alone_no_longer_waits_with_its_batch(
    ada: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    first, *_ = of(ada)
    request_batch(owner=ada, results=of(ada), language="en", paper="a4")
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr("celery.current_app.send_task", lambda _, args, priority, **__: sent.append((*args, priority)))

    with django_capture_on_commit_callbacks(execute=True):
        report = request_report(result=first, language="en", paper="a4")

    assert Report.objects.filter(bulk=False).get() == report
    assert sent == [(report.id, 0)]


def test_what_is_ready_or_asked_for_already_is_taken_into_the_batch(ada: User, bell: list[int]) -> None:
    first, *_ = of(ada)
    already = request_report(result=first, language="en", paper="a4")

    batch = request_batch(owner=ada, results=of(ada), language="en", paper="a4")

    assert already in batch.reports.all()
    assert Report.objects.count() == batch.reports.count() == 3


def test_the_reports_of_a_batch_carry_the_brand_of_who_asked(ada: User, bell: list[int]) -> None:
    brand = store_brand(owner=ada, name="Ada & Co", contact="", color="#0b5351", logo=None, without_logo=False)

    batch = request_batch(owner=ada, results=of(ada), language="en", paper="a4")

    assert {report.brand for report in batch.reports.all()} == {brand}


def test_canceling_ends_what_nobody_else_waits_for(consultant: Client, ada: User, bell: list[int], quick: None) -> None:
    ready, awaited, unwanted = of(ada)
    batch = request_batch(owner=ada, results=of(ada), language="en", paper="a4")
    produce(batch.reports.get(result=ready).id)
    request_report(result=awaited, language="en", paper="a4")

    page = consultant.post(reverse("reports:batch_cancel", args=[batch.public_id]), follow=True).content.decode()

    states = {row.result_id: row.state for row in batch.reports.all()}
    assert states == {ready.pk: State.READY, awaited.pk: State.QUEUED, unwanted.pk: State.CANCELED}
    assert "Reports ready: 1 of 3." in page


def test_a_report_of_two_batches_outlives_the_end_of_one(ada: User, bell: list[int]) -> None:
    batches = [request_batch(owner=ada, results=of(ada)[:1], language="en", paper="a4") for _ in range(2)]

    assert cancel_batch(batch=batches[0]) == 0
    assert Report.objects.get().state == State.QUEUED


def test_results_of_others_are_neither_offered_nor_taken(consultant: Client, result: Result) -> None:
    theirs = Result.objects.exclude(assessment__owner__username="ada").get()

    page = consultant.get(WHERE).content.decode()
    response = consultant.post(WHERE, chosen([theirs]))

    assert str(theirs.public_id) not in page
    assert response.status_code == 422
    assert not Report.objects.exists()


def test_a_client_passed_on_to_somebody_else_is_in_the_archive_no_more(
    consultant: Client, ada: User, bell: list[int], quick: None
) -> None:
    batch = request_batch(owner=ada, results=of(ada)[:2], language="en", paper="a4")
    for report in batch.reports.all():
        produce(report.id)
    Assessment.objects.filter(answers__client_label=CLIENTS[0]).update(owner=User.objects.create_user("ben"))

    names = fetched(consultant, batch).namelist()

    assert len(names) == 2
    assert names[0].startswith(CLIENTS[1])


def test_the_list_in_the_archive_says_what_is_missing_and_why(
    consultant: Client, ada: User, bell: list[int], quick: None
) -> None:
    batch = request_batch(owner=ada, results=of(ada), language="en", paper="a4")
    lost, failed, _unfinished = batch.reports.order_by("id")
    produce(lost.id)
    lost.refresh_from_db()
    default_storage.delete(lost.file.name)
    Report.objects.filter(id=failed.id).update(
        state=State.FAILED, failure_reason="timeout", finished_at=timezone.now(), attempt=3
    )

    archive = fetched(consultant, batch)

    assert archive.namelist() == ["contents.txt"]
    said = [line.partition(": ")[2] for line in archive.read("contents.txt").decode().splitlines()]
    assert said == [
        "The file was lost. Ask for the report again.", "Failed (It took too long to make.)", "Waiting",
    ]  # fmt: skip


def test_a_storage_that_goes_down_in_the_middle_breaks_the_download_off(
    consultant: Client, ada: User, bell: list[int], quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = request_batch(owner=ada, results=of(ada), language="en", paper="a4")
    for report in batch.reports.all():
        produce(report.id)
    response = consultant.get(reverse("reports:batch_archive", args=[batch.public_id]))
    parts = iter(response)
    next(parts)

    def down(*_: Any) -> None:
        raise OSError(113, "No route to host")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._open", down)

    with pytest.raises(StorageDown):
        list(parts)


def test_only_so_many_batches_an_hour(consultant: Client, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.reports.batch_views.BATCHES_AN_HOUR", 2)

    codes = [consultant.post(WHERE, chosen(of(ada))).status_code for _ in range(3)]

    assert codes == [302, 302, 429]


def test_more_clients_cost_no_more_queries(consultant: Client, ada: User, bell: list[int]) -> None:
    results = of(ada)
    few, many = (request_batch(owner=ada, results=part, language="en", paper="a4") for part in (results[:1], results))

    asked = []
    for batch in (few, few, many):
        with CaptureQueriesContext(connection) as queries:
            consultant.get(reverse("reports:batch", args=[batch.public_id]))
        asked.append(len(queries))

    assert asked[1] == asked[2]


def test_more_clients_are_asked_for_in_no_more_queries(ada: User, bell: list[int]) -> None:
    asked = []
    for part in (of(ada)[:1], of(ada)[1:]):
        with CaptureQueriesContext(connection) as queries:
            request_batch(owner=ada, results=part, language="en", paper="a4")
        asked.append(len(queries))

    assert Report.objects.count() == len(of(ada)) > 2
    assert asked[0] == asked[1]
