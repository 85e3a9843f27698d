"""The stored files of reports, which deleting rows alone would leave behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.core.files.storage import Storage
from django.db import transaction

from advisor.reports.models import Report

FOLDER = "reports"
STRAY_AFTER = timedelta(hours=1)  # longer than any job, so a file about to be published is never taken


def storage() -> Storage:
    return Report._meta.get_field("file").storage


def delete_files(reports: Iterable[Report]) -> None:
    for report in reports:
        if report.file.name:
            storage().delete(report.file.name)


def delete_with_assessment(assessment_id: int) -> None:
    """Called before an assessment is deleted (settings.BEFORE_ASSESSMENT_DELETED); its rows go by cascade.

    The files go once the deletion is certain. What a crash leaves behind, ``delete_stray_files`` finds.
    """
    reports = list(Report.objects.filter(result__assessment_id=assessment_id))
    transaction.on_commit(partial(delete_files, reports))


def delete_stray_files(now: datetime) -> int:
    """Delete old files no row points to: a worker died between storing and publishing, or rows were removed."""
    stored = storage()
    try:
        _folders, names = stored.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    known = set(Report.objects.exclude(file="").values_list("file", flat=True))
    strays = [name for name in names if f"{FOLDER}/{name}" not in known]
    old = [name for name in strays if stored.get_modified_time(f"{FOLDER}/{name}") < now - STRAY_AFTER]
    for name in old:
        stored.delete(f"{FOLDER}/{name}")
    return len(old)
