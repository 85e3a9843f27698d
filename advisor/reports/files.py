"""The stored files of reports, which deleting rows alone would leave behind."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from billiard.exceptions import SoftTimeLimitExceeded
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import transaction

from advisor.reports.models import Report

logger = logging.getLogger(__name__)

FOLDER = "reports"
STRAY_AFTER = timedelta(hours=1)  # longer than any job, so a file about to be published is never taken


class StorageDown(Exception):
    """The storage did not do what it was asked: full, out of reach, or not letting us in."""


def storage() -> Storage:
    return Report._meta.get_field("file").storage


@contextmanager
def storing() -> Iterator[None]:
    """Whatever a storage raises inside becomes StorageDown: each kind of storage has errors of its own."""
    try:
        yield
    except (FileNotFoundError, SoftTimeLimitExceeded):
        raise
    except Exception as error:
        raise StorageDown(f"{type(error).__name__}: {error}") from error


def store(pdf: bytes) -> str:
    """Keep a PDF under a fresh name, which is returned.

    Raises:
        StorageDown: it is not kept.
    """
    with storing():
        return storage().save(f"{FOLDER}/{uuid.uuid4()}.pdf", ContentFile(pdf))


def delete(name: str) -> bool:
    """Whether the file is gone; one that a storage did not delete is found by ``delete_stray_files``."""
    try:
        with storing():
            storage().delete(name)
    except StorageDown as error:
        logger.warning("the file %s is deleted later: %s", name, error)
        return False
    return True


def open_file(report: Report) -> File[bytes]:
    """The finished file, its first bytes already there, so that a storage that is down is noticed now.

    Raises:
        FileNotFoundError: it was lost.
        StorageDown: it may be there, but cannot be had now.
    """
    with storing():
        file = storage().open(str(report.file.name), "rb")
        file.seek(0)
        return file


def delete_files(reports: Iterable[Report]) -> None:
    for report in reports:
        if report.file.name:
            delete(report.file.name)


def delete_with_assessment(assessment_id: int) -> None:
    """Called before an assessment is deleted (settings.BEFORE_ASSESSMENT_DELETED); its rows go by cascade.

    The files go once the deletion is certain. What a crash leaves behind, ``delete_stray_files`` finds.
    """
    reports = list(Report.objects.filter(result__assessment_id=assessment_id))
    transaction.on_commit(partial(delete_files, reports))


def delete_stray_files(now: datetime) -> int:
    """Delete old files no row points to: a worker died between storing and publishing, or rows were removed.

    Raises:
        StorageDown: nobody knows what is there.
    """
    with storing():
        strays = set(_names()) - _known()  # few: the age of each file may be a request of its own
        old = {name for name in strays if storage().get_modified_time(name) < now - STRAY_AFTER}
    return sum(delete(name) for name in sorted(old - _known()))  # again: it may have been published meanwhile


def _known() -> set[str]:
    return set(Report.objects.exclude(file="").values_list("file", flat=True))


def _names() -> list[str]:
    try:
        _folders, names = storage().listdir(FOLDER)
    except FileNotFoundError:
        return []
    return [f"{FOLDER}/{name}" for name in names]
