"""Deleting an assessment takes its reports along, files included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from advisor.accounts.models import User
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


@pytest.mark.parametrize("way", ["one", "several"])
def test_an_administrator_deletes_the_files_as_well(
    result: Result, make_report: Callable[..., Report], django_capture_on_commit_callbacks: Any, way: str
) -> None:
    ready, row = make_report(state=State.READY), result.assessment
    admin = Client()
    admin.force_login(User.objects.create_superuser("root"))
    several = {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"}

    with django_capture_on_commit_callbacks(execute=True):
        if way == "one":
            admin.post(reverse("admin:assessments_assessment_delete", args=[row.pk]), {"post": "yes"})
        else:
            admin.post(reverse("admin:assessments_assessment_changelist"), several)

    assert not Report.objects.exists()
    assert not default_storage.exists(ready.file.name)
