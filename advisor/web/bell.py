"""The bell: a message that says "look at row N". Losing one costs a minute, never the work: the row is the job."""

from __future__ import annotations

import logging

from celery import current_app
from celery.exceptions import OperationalError
from django.db import transaction

logger = logging.getLogger(__name__)

QUEUE_DOWN = (OperationalError, OSError)


def ring_after_commit(task: str, row_id: int) -> None:
    """Ring once the row is there to be found; a broker that is down must not undo or fail the request."""

    def ring_now() -> None:  # a function, not functools.partial: Django 5.2 cannot log a failing partial and raises
        try:
            ring(task, row_id)
        except QUEUE_DOWN as error:
            logger.warning("row %s of %s waits for the sweeper, the queue does not answer: %s", row_id, task, error)

    transaction.on_commit(ring_now, robust=True)


def ring(task: str, row_id: int) -> None:
    """Send the message now, without retries: the sweeper of the rows is the only one who tries again."""
    current_app.send_task(task, args=[row_id], retry=False, ignore_result=True)
