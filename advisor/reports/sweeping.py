"""What happens each minute: ring again for stuck rows, give up on hopeless ones, delete what has expired.

Safe to run twice at once: every change is a conditional UPDATE or a delete of a row that stays deleted.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone

from advisor.reports.files import delete_files, delete_stray_files
from advisor.reports.models import MAX_ATTEMPTS, RENDER_TASK, FailureReason, Report, State, Sweep
from advisor.reports.production import failed
from advisor.reports.rendering import remove_leftovers
from advisor.web.bell import QUEUE_DOWN, ring

logger = logging.getLogger(__name__)

RINGS_AT_MOST = 200


def sweep() -> None:
    now = timezone.now()
    fail_hopeless(now)
    ring_again(now)
    delete_expired(now)
    delete_stray_files(now)
    remove_leftovers()
    Sweep.objects.update_or_create(id=1, defaults={"finished_at": timezone.now()})


def fail_hopeless(now: datetime) -> int:
    """Rows whose last attempt ended without a word: the worker was killed each time."""
    stuck = Report.objects.stuck(now).filter(attempt__gte=MAX_ATTEMPTS)
    return stuck.update(**failed(FailureReason.STOPPED))


def ring_again(now: datetime) -> int:
    """Ring for the oldest stuck rows. A broker that is still down ends the round; the next minute tries again."""
    rung = 0
    for report in Report.objects.stuck(now).filter(attempt__lt=MAX_ATTEMPTS).order_by("requested_at")[:RINGS_AT_MOST]:
        try:
            ring(RENDER_TASK, report.id)
        except QUEUE_DOWN as error:
            logger.warning("the queue does not answer, %s reports wait: %s", Report.objects.stuck(now).count(), error)
            break
        Report.objects.filter(id=report.id, state=State.QUEUED).update(rung_at=now)
        rung += 1
    return rung


def delete_expired(now: datetime) -> int:
    expired = list(Report.objects.expired(now)[:RINGS_AT_MOST])
    delete_files(expired)
    Report.objects.filter(id__in=[report.id for report in expired]).delete()
    return len(expired)
