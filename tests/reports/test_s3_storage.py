"""Report files in a bucket, over HTTP: with moto's server, and with OpenStack Swift where it is installed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advisor import environment
from advisor.accounts.models import User
from advisor.reports import files
from advisor.reports.models import Batch, Report, State
from advisor.reports.production import produce
from advisor.reports.sweeping import sweep
from tests.reports.local_s3 import addressed, s3_server, with_bucket
from tests.reports.local_swift import LOGIN, MISSING, swift
from tests.reports.sample import produced

MakeReport = Callable[..., Report]
PDF = b"%PDF-1.7 made by a stand-in"


@pytest.fixture(
    scope="module",
    params=[
        "moto",
        pytest.param("swift", marks=pytest.mark.skipif(bool(MISSING), reason="OpenStack Swift is missing")),
    ],
)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    if request.param == "moto":
        with s3_server() as settings:
            yield settings
    else:
        with swift(tmp_path_factory.mktemp("swift")) as address:
            yield with_bucket(addressed(address, LOGIN))


def keep_files_in(address: dict[str, str], settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in address.items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = {**settings.STORAGES, "default": environment.s3_storage("S3")}


@pytest.fixture
def bucket(server: dict[str, str], settings: Any, monkeypatch: pytest.MonkeyPatch, private_files: object) -> None:
    keep_files_in(server, settings, monkeypatch)
    monkeypatch.setattr("advisor.reports.production.render_pdf", lambda *_, **__: PDF)


def test_a_report_is_stored_fetched_and_deleted_in_a_bucket(
    bucket: None, make_report: MakeReport, visitor: Client, bell: list[int], settings: Any
) -> None:
    report = produced(make_report().id)
    assert report is not None
    where = reverse("reports:download", args=[report.public_id, report.file_name])

    fetched = visitor.get(where)
    content = b"".join(fetched)
    Report.objects.update(finished_at=timezone.now() - timedelta(days=settings.REPORT_KEEP_DAYS, seconds=1))
    sweep()

    assert report.state == State.READY
    assert (content, fetched["Cache-Control"]) == (PDF, "private, no-store")
    assert not default_storage.exists(str(report.file.name))
    assert visitor.get(where).status_code == 404


def test_a_file_lost_from_the_bucket_is_not_found(bucket: None, make_report: MakeReport, visitor: Client) -> None:
    report = produced(make_report().id)
    assert report is not None
    files.delete(str(report.file.name))

    assert visitor.get(reverse("reports:download", args=[report.public_id, report.file_name])).status_code == 404


def test_an_archive_is_read_from_the_bucket(bucket: None, make_report: MakeReport) -> None:
    admin = User.objects.create_superuser("admin")
    batch = Batch.objects.create(owner=admin, language="en", paper="a4", requested_at=timezone.now())
    for paper in ("a4", "us-letter"):
        row = make_report(paper=paper)
        produce(row.id)
        batch.reports.add(row)
    browser = Client()
    browser.force_login(admin)

    response = browser.get(reverse("reports:batch_archive", args=[batch.public_id]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response)))

    assert [archive.read(name) for name in archive.namelist()[:2]] == [PDF, PDF]


def test_stray_files_in_the_bucket_are_deleted_by_their_age(
    bucket: None, make_report: MakeReport, freeze_time: Callable[..., None]
) -> None:
    stray = files.store(PDF)
    report = produced(make_report().id)
    assert report is not None

    young = files.delete_stray_files(timezone.now())
    old = files.delete_stray_files(timezone.now() + files.STRAY_AFTER + timedelta(minutes=1))

    assert young == 0
    assert old >= 1
    assert not default_storage.exists(stray)
    assert default_storage.exists(str(report.file.name))


def test_a_bucket_out_of_reach_puts_the_report_back(
    bucket: None, make_report: MakeReport, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_files_in(addressed("http://127.0.0.1:1"), settings, monkeypatch)

    report = produced(make_report().id)

    assert report is not None
    assert (report.state, report.attempt, report.failure_reason) == (State.QUEUED, 0, "storage")
