"""Celery's way in. A task takes one id and nothing else; results are not stored, nothing is retried here."""

from __future__ import annotations

from celery import shared_task

from advisor.reports import production, sweeping
from advisor.reports.models import RENDER_TASK


@shared_task(name=RENDER_TASK)
def render_report(report_id: int) -> None:
    production.produce(report_id)


@shared_task(name="advisor.reports.tasks.sweep")
def sweep() -> None:
    sweeping.sweep()
