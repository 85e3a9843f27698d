"""Whether reports get made: one sentence when not, for /healthz (settings.HEALTH_CHECKS)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from advisor.reports.models import Report, State, Sweep

LONGEST_WAIT = timedelta(minutes=15)  # three attempts with their leases, and some
SWEEP_SILENCE = timedelta(minutes=5)


def queue() -> str | None:
    """No report has waited far longer than the worst case takes."""
    oldest = Report.objects.filter(state__in=(State.QUEUED, State.RENDERING)).order_by("requested_at").first()
    if oldest is not None and timezone.now() - oldest.requested_at > LONGEST_WAIT:
        return "A report has been waiting for a long time."
    return None


def sweeper() -> str | None:
    """The sweeper ran recently."""
    last = Sweep.objects.first()
    if last is None:
        return "The report sweeper has not run yet."
    if timezone.now() - last.finished_at > SWEEP_SILENCE:
        return "The report sweeper has not run for a while."
    return None
