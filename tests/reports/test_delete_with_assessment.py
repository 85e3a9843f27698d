"""Deleting an assessment takes its reports along, files included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage

from advisor.assessments.models import Result
from advisor.assessments.services import delete_assessment
from advisor.reports.models import Report, State


def test_rows_and_files_are_gone(
    result: Result, make_report: Callable[..., Report], django_capture_on_commit_callbacks: Any
) -> None:
    ready = make_report(state=State.READY)
    make_report(state=State.QUEUED, paper="us-letter")

    with django_capture_on_commit_callbacks(execute=True):
        delete_assessment(assessment=result.assessment)

    assert not Report.objects.exists()
    assert not default_storage.exists(ready.file.name)


def test_files_stay_until_the_deletion_is_certain(
    result: Result, make_report: Callable[..., Report], django_capture_on_commit_callbacks: Any
) -> None:
    ready = make_report(state=State.READY)

    with django_capture_on_commit_callbacks(execute=False):
        delete_assessment(assessment=result.assessment)

    assert default_storage.exists(ready.file.name)
