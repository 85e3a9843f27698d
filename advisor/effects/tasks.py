"""Celery's way in. A task takes one id and nothing else; results are not stored, nothing is retried here."""

from __future__ import annotations

from celery import shared_task

from advisor.effects import production, sweeping
from advisor.effects.services import PREVIEW_TASK


@shared_task(name=PREVIEW_TASK)
def work_on_preview(preview_id: int) -> None:
    production.work(preview_id)


@shared_task(name="advisor.effects.tasks.sweep")
def sweep() -> None:
    sweeping.sweep()
