"""The bell: a message that says "look at row N". Losing one costs a minute, never the work: the row is the job."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from celery import current_app
from celery.exceptions import OperationalError
from django.db import transaction

logger = logging.getLogger(__name__)

QUEUE_DOWN = (OperationalError, OSError)


LATER = 9  # the last of the priority steps of kombu's Redis transport, which empties the first (0) before the others


def ring_after_commit(task: str, *row_ids: int, later: bool = False) -> None:
    """Ring once the rows are there to be found; a broker that is down must not undo or fail the request."""

    def ring_now() -> None:  # a function, not functools.partial: Django 5.2 cannot log a failing partial and raises
        ring_each(task, row_ids, later=later)

    transaction.on_commit(ring_now, robust=True)


def ring_each(task: str, row_ids: Iterable[int], *, later: bool = False) -> list[int]:
    """Ring for these rows in turn, up to the first refusal: each would wait as long for a silent broker. Those rung."""
    rung: list[int] = []
    for row_id in row_ids:
        try:
            ring(task, row_id, later=later)
        except QUEUE_DOWN as error:
            logger.warning("row %s of %s waits for the sweeper, the queue does not answer: %s", row_id, task, error)
            break
        rung.append(row_id)
    return rung


def ring(task: str, row_id: int, *, later: bool = False) -> None:
    """Send the message now, without retries: the sweeper of the rows is the only one who tries again.

    With ``later`` it is taken after every message sent without.
    """
    priority = LATER if later else 0
    current_app.send_task(task, args=[row_id], retry=False, ignore_result=True, priority=priority)
