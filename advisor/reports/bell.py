"""The bell: a message that says "look at row N". Losing one costs a minute, never a report."""

from __future__ import annotations

from functools import partial

from celery import current_app
from django.db import transaction

RENDER_TASK = "advisor.reports.tasks.render_report"


def ring_after_commit(report_id: int) -> None:
    """Ring once the row is there to be found; a broker that is down must not undo or fail the request."""
    transaction.on_commit(partial(ring, report_id), robust=True)


def ring(report_id: int) -> None:
    """Send the message now, without retries: the sweeper is the only one who tries again."""
    current_app.send_task(RENDER_TASK, args=[report_id], retry=False, ignore_result=True)
