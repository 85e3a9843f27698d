"""What happens each minute: ring again for stuck rows, give up on hopeless ones, delete what has expired.

Safe to run twice at once: every change is a conditional UPDATE or a delete of a row that stays deleted.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone

from advisor.reports.files import StorageDown, delete_files, delete_stray_files
from advisor.reports.models import MAX_ATTEMPTS, RENDER_TASK, Batch, FailureReason, Report, State, Sweep
from advisor.reports.production import failed
from advisor.reports.rendering import remove_leftovers
from advisor.web.bell import ring_each

logger = logging.getLogger(__name__)

RINGS_AT_MOST = 200


def sweep() -> None:
    now = timezone.now()
    fail_hopeless(now)
    ring_again(now)
    delete_expired(now)
    try:
        delete_stray_files(now)
    except StorageDown as error:
        logger.warning("the storage does not answer, stray files are looked for later: %s", error)
    remove_leftovers()
    Sweep.objects.update_or_create(id=1, defaults={"finished_at": timezone.now()})


def fail_hopeless(now: datetime) -> int:
    """Rows whose last attempt ended without a word: the worker was killed each time."""
    stuck = Report.objects.stuck(now).filter(attempt__gte=MAX_ATTEMPTS)
    return stuck.update(**failed(FailureReason.STOPPED))


def ring_again(now: datetime) -> int:
    """Ring for the oldest stuck rows, those of batches last. A broker that is still down ends the round."""
    stuck = Report.objects.stuck(now).filter(attempt__lt=MAX_ATTEMPTS).order_by("bulk", "requested_at")
    rows = list(stuck.values_list("id", "bulk")[:RINGS_AT_MOST])
    soon = [report_id for report_id, bulk in rows if not bulk]
    rung = ring_each(RENDER_TASK, soon)
    if len(rung) == len(soon):
        rung += ring_each(RENDER_TASK, [report_id for report_id, bulk in rows if bulk], later=True)
    Report.objects.filter(id__in=rung, state=State.QUEUED).update(rung_at=now)
    return len(rung)


def delete_expired(now: datetime) -> int:
    """Rows and files past their time. A file that cannot be deleted now is a stray one from then on."""
    Batch.objects.expired(now).delete()
    expired = list(Report.objects.expired(now)[:RINGS_AT_MOST])
    delete_files(expired)
    Report.objects.filter(id__in=[report.id for report in expired]).delete()
    return len(expired)
