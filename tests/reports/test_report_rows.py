"""The database refuses rows that make no sense, and health says when work stands still."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from advisor.reports import health
from advisor.reports.models import Report, State, Sweep
from advisor.reports.rendering import TIMEOUT_SECONDS

MakeReport = Callable[..., Report]


@pytest.mark.parametrize(
    "change",
    [
        {"state": State.READY},
        {"state": State.READY, "file": "reports/x.pdf", "sha256": "0" * 64, "size": 5},
        {"state": State.READY, "file": "reports/x.pdf", "sha256": "short", "size": 5, "finished_at": timezone.now()},
        {"state": State.RENDERING},
        {"state": State.RENDERING, "claim_id": uuid.uuid4()},
        {"state": State.QUEUED, "claim_id": uuid.uuid4(), "lease_until": timezone.now()},
        {"state": State.QUEUED, "file": "reports/x.pdf"},
        {"state": State.FAILED, "finished_at": timezone.now()},
        {"state": "lost"},
        {"attempt": 4},
        {"paper": "napkin"},
    ],
)
def test_a_row_that_makes_no_sense_is_refused(make_report: MakeReport, change: dict[str, Any]) -> None:
    report = make_report()

    with pytest.raises(IntegrityError):
        Report.objects.filter(id=report.id).update(**change)


def test_two_live_reports_of_the_same_kind_are_refused(make_report: MakeReport) -> None:
    make_report()

    with pytest.raises(IntegrityError):
        make_report()


def test_the_time_limits_are_in_their_order() -> None:
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert (
        2 * TIMEOUT_SECONDS
        < settings.CELERY_TASK_SOFT_TIME_LIMIT
        < settings.CELERY_TASK_TIME_LIMIT
        < settings.REPORT_LEASE_SECONDS
        < visibility
    )


def test_health_is_silent_while_reports_get_made(make_report: MakeReport) -> None:
    make_report()
    Sweep.objects.create(id=1, finished_at=timezone.now())

    assert health.queue() is None
    assert health.sweeper() is None


def test_health_tells_of_a_report_that_waits_too_long(make_report: MakeReport) -> None:
    make_report(requested_at=timezone.now() - timedelta(minutes=20))

    assert health.queue() == "A report has been waiting for a long time."


def test_health_tells_of_a_sweeper_that_fell_silent(db: None) -> None:
    assert health.sweeper() == "The report sweeper has not run yet."
    Sweep.objects.create(id=1, finished_at=timezone.now() - timedelta(minutes=6))
    assert health.sweeper() == "The report sweeper has not run for a while."
