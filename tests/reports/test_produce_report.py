"""What a worker does with one row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from advisor.reports import production
from advisor.reports.models import STORAGE_PATIENCE, Report, State
from advisor.reports.production import claim, produce, publish
from advisor.reports.rendering import RenderError
from advisor.reports.services import cancel_report
from tests.reports.sample import produced

MakeReport = Callable[..., Report]
PDF = b"%PDF-1.7 made by a stand-in"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(production, "render_pdf", lambda *_, **__: PDF)


def failing(error: BaseException) -> Callable[..., bytes]:
    def render(*_: Any, **__: Any) -> bytes:
        raise error

    return render


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_queued_report_becomes_a_real_pdf(make_report: MakeReport) -> None:
    report = produced(make_report().id)

    assert report is not None
    with report.file.open("rb") as file:
        content = file.read()
    assert content.startswith(b"%PDF-1.7")
    assert report.state == State.READY
    assert (report.sha256, report.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert report.claim_id is report.lease_until is None
    assert report.attempt == 1


def test_the_same_row_gives_the_same_bytes(make_report: MakeReport) -> None:
    report = make_report()

    assert production.render(report) == production.render(report)


def test_a_row_delivered_twice_is_produced_once(make_report: MakeReport, quick: None, private_files: Path) -> None:
    row = make_report()

    assert produce(row.id)
    assert not produce(row.id)
    assert len(stored(private_files)) == 1


def test_a_row_somebody_works_on_is_left_alone(make_report: MakeReport) -> None:
    row = make_report()
    taken = claim(row.id)

    assert claim(row.id) is None
    row.refresh_from_db()
    assert taken is not None
    assert (row.claim_id, row.attempt) == (taken.claim_id, 1)


def test_a_row_whose_lease_ran_out_can_be_taken_over(make_report: MakeReport) -> None:
    row = make_report()
    claim(row.id)
    Report.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    again = claim(row.id)

    assert again is not None
    assert again.attempt == 2


def test_a_late_finisher_changes_nothing_and_leaves_no_file(
    make_report: MakeReport, private_files: Path, quick: None
) -> None:
    row = make_report()
    late = claim(row.id)
    Report.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    produce(row.id)
    assert late is not None

    assert publish(late, b"%PDF late") is False

    row.refresh_from_db()
    assert row.sha256 == hashlib.sha256(PDF).hexdigest()
    assert len(stored(private_files)) == 1


def test_a_row_that_is_gone_is_nobodys_work(db: None) -> None:
    assert not produce(987654)


def test_a_row_deleted_while_it_was_made_leaves_no_file(
    make_report: MakeReport, monkeypatch: pytest.MonkeyPatch, private_files: Path
) -> None:
    row = make_report()

    def render(*_: Any, **__: Any) -> bytes:
        Report.objects.all().delete()
        return PDF

    monkeypatch.setattr(production, "render_pdf", render)

    produce(row.id)

    assert stored(private_files) == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RenderError("timeout"), "timeout"),
        (RenderError("killed"), "stopped"),
        (RenderError("template", "unknown variable"), "broken"),
        (SoftTimeLimitExceeded(), "timeout"),
        (OSError(28, "No space left on device"), "storage"),
        (ValueError("an unforeseen crash"), "broken"),
    ],
)
def test_a_failed_attempt_goes_back_and_the_third_is_final(
    make_report: MakeReport, monkeypatch: pytest.MonkeyPatch, error: BaseException, reason: str
) -> None:
    row = make_report()
    monkeypatch.setattr(production, "render_pdf", failing(error))

    states = []
    for _ in range(3):
        report = produced(row.id)
        assert report is not None
        states.append((report.state, report.attempt))

    assert states == [(State.QUEUED, 1), (State.QUEUED, 2), (State.FAILED, 3)]
    assert report.failure_reason == reason
    assert not produce(row.id)


@pytest.fixture
def full_disk(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", failing(OSError(28, "No space left")))


def test_a_report_waits_for_a_storage_that_is_full_without_using_up_its_attempts(
    make_report: MakeReport, full_disk: None
) -> None:
    row = make_report()

    for _ in range(5):
        report = produced(row.id)

    assert report is not None
    assert (report.state, report.attempt) == (State.QUEUED, 0)
    assert report.get_failure_reason_display() == "The file could not be stored."


def test_it_does_not_wait_for_ever(make_report: MakeReport, full_disk: None) -> None:
    row = make_report(requested_at=timezone.now() - STORAGE_PATIENCE - timedelta(seconds=1))

    report = produced(row.id)

    assert report is not None
    assert (report.state, report.get_failure_reason_display()) == (State.FAILED, "The file could not be stored.")


def test_a_report_canceled_while_it_was_made_stays_canceled_and_leaves_no_file(
    make_report: MakeReport, monkeypatch: pytest.MonkeyPatch, private_files: Path
) -> None:
    row = make_report()

    def render(*_: Any, **__: Any) -> bytes:
        cancel_report(report=row)
        return PDF

    monkeypatch.setattr(production, "render_pdf", render)
    report = produced(row.id)

    assert report is not None
    assert report.state == State.CANCELED
    assert stored(private_files) == []
    assert not produce(row.id)


@pytest.mark.parametrize("hours", [1, 24 * 365])
def test_a_lease_written_by_a_clock_that_was_ahead_does_not_hold_the_row(make_report: MakeReport, hours: int) -> None:
    row = make_report()
    claim(row.id)
    Report.objects.update(lease_until=timezone.now() + timedelta(hours=hours))

    again = claim(row.id)

    assert again is not None
    assert again.attempt == 2


def test_one_that_always_fails_does_not_stop_the_next(make_report: MakeReport, monkeypatch: pytest.MonkeyPatch) -> None:
    poisoned, healthy = make_report(), make_report(paper="us-letter")

    def render(*_: Any, **given: Any) -> bytes:
        if given["paper"] == "a4":
            raise ValueError("poison")
        return PDF

    monkeypatch.setattr(production, "render_pdf", render)

    for row in (poisoned, healthy, poisoned, poisoned):
        produce(row.id)

    assert Report.objects.get(id=poisoned.id).state == State.FAILED
    assert Report.objects.get(id=healthy.id).state == State.READY
