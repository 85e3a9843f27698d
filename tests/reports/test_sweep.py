"""What happens each minute."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.exceptions import OperationalError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from advisor.accounts.models import User
from advisor.reports.models import Batch, Report, State, Sweep
from advisor.reports.production import claim
from advisor.reports.rendering import FOLDER_PREFIX, remove_leftovers
from advisor.reports.sweeping import sweep

MakeReport = Callable[..., Report]
AGO = timedelta(minutes=2)


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_a_report_nobody_came_for_is_rung_again(make_report: MakeReport, bell: list[int]) -> None:
    forgotten = make_report(rung_at=timezone.now() - AGO)

    sweep()

    assert bell == [forgotten.id]


def test_a_report_just_rung_for_is_left_to_the_worker(make_report: MakeReport, bell: list[int]) -> None:
    make_report()

    sweep()

    assert bell == []


def test_two_sweeps_at_once_ring_once(make_report: MakeReport, bell: list[int]) -> None:
    make_report(rung_at=timezone.now() - AGO)

    sweep()
    sweep()

    assert len(bell) == 1


def test_a_report_rung_for_by_a_clock_that_was_ahead_is_rung_again(make_report: MakeReport, bell: list[int]) -> None:
    row = make_report(rung_at=timezone.now() + timedelta(hours=1))

    sweep()

    assert bell == [row.id]


def test_reports_of_a_batch_are_rung_after_those_somebody_waits_for(make_report: MakeReport, bell: list[int]) -> None:
    now = timezone.now()
    of_a_batch = make_report(rung_at=now - AGO, requested_at=now - 2 * AGO, bulk=True)
    awaited = make_report(rung_at=now - AGO, paper="us-letter")

    sweep()

    assert bell == [awaited.id, of_a_batch.id]


def test_a_storage_that_is_down_does_not_stop_the_sweeper(
    make_report: MakeReport, bell: list[int], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def down(*_: Any) -> None:
        raise OSError(113, "No route to host")

    for name in ("listdir", "delete"):
        monkeypatch.setattr(f"django.core.files.storage.FileSystemStorage.{name}", down)
    make_report(state=State.READY, finished_at=timezone.now() - timedelta(days=settings.REPORT_KEEP_DAYS, seconds=1))
    stuck = make_report(rung_at=timezone.now() - AGO, paper="us-letter")

    sweep()

    assert bell == [stuck.id]
    assert Sweep.objects.exists()
    assert list(Report.objects.all()) == [stuck]


def test_a_batch_without_reports_goes_when_its_reports_would(db: None, bell: list[int], settings: Any) -> None:
    owner = User.objects.create_user("ada")
    ages = {"old": settings.REPORT_KEEP_DAYS + 1, "young": settings.REPORT_KEEP_DAYS - 1}
    rows = {
        name: Batch.objects.create(
            owner=owner, language="en", paper="a4", requested_at=timezone.now() - timedelta(days=age)
        )
        for name, age in ages.items()
    }

    sweep()

    assert list(Batch.objects.all()) == [rows["young"]]


def test_a_report_whose_worker_died_is_rung_again(make_report: MakeReport, bell: list[int]) -> None:
    row = make_report()
    claim(row.id)
    Report.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    sweep()

    assert bell == [row.id]


def test_a_report_being_made_is_left_alone(make_report: MakeReport, bell: list[int]) -> None:
    claim(make_report(rung_at=timezone.now() - AGO).id)

    sweep()

    assert bell == []


def test_after_three_lost_attempts_it_fails_with_a_reason(make_report: MakeReport, bell: list[int]) -> None:
    row = make_report(attempt=2)
    claim(row.id)
    Report.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    sweep()

    row.refresh_from_db()
    assert bell == []
    assert (row.state, row.get_failure_reason_display()) == (
        State.FAILED,
        "The work on it was interrupted three times.",
    )


def test_the_oldest_is_rung_first(make_report: MakeReport, bell: list[int]) -> None:
    now = timezone.now()
    younger = make_report(rung_at=now - AGO, requested_at=now - AGO)
    older = make_report(rung_at=now - AGO, requested_at=now - 2 * AGO, paper="us-letter")

    sweep()

    assert bell == [older.id, younger.id]


def test_a_queue_that_is_down_is_asked_once_and_the_rest_still_happens(
    make_report: MakeReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    for paper in ("a4", "us-letter"):
        make_report(rung_at=now - AGO, paper=paper)
    asked = []

    def refuse(*args: Any, **__: Any) -> None:
        asked.append(args)
        raise OperationalError("connection refused")

    monkeypatch.setattr("celery.current_app.send_task", refuse)

    sweep()

    assert len(asked) == 1
    assert Sweep.objects.get().finished_at >= now
    assert Report.objects.filter(rung_at__lt=now).count() == 2


def test_expired_reports_go_with_their_files(make_report: MakeReport, bell: list[int], settings: Any) -> None:
    old = timezone.now() - timedelta(days=settings.REPORT_KEEP_DAYS, seconds=1)
    expired = make_report(state=State.READY, finished_at=old)
    kept = make_report(state=State.READY, paper="us-letter")

    sweep()

    assert list(Report.objects.all()) == [kept]
    assert not default_storage.exists(expired.file.name)
    assert default_storage.exists(kept.file.name)


def test_stray_files_are_deleted_and_fresh_ones_left(make_report: MakeReport, bell: list[int]) -> None:
    kept = make_report(state=State.READY)
    stray = default_storage.save("reports/stray.pdf", ContentFile(b"x"))
    fresh = default_storage.save("reports/fresh.pdf", ContentFile(b"x"))
    for name in (kept.file.name, stray):
        age(Path(default_storage.path(name)), 7200)

    sweep()

    assert not default_storage.exists(stray)
    assert default_storage.exists(fresh)
    assert default_storage.exists(kept.file.name)


def test_job_folders_left_by_a_killed_worker_are_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, busy = tmp_path / f"{FOLDER_PREFIX}left", tmp_path / f"{FOLDER_PREFIX}busy"
    outside = tmp_path / "other"
    for folder in (left, busy, outside):
        folder.mkdir()
        (folder / "data.json").write_text("{}")
    link = tmp_path / f"{FOLDER_PREFIX}link"
    link.symlink_to(outside)
    age(left, 7200)

    assert remove_leftovers() == 1
    assert not left.exists()
    assert busy.exists()
    assert (outside / "data.json").exists()
