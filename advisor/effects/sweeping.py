"""What happens each minute: ring again for stuck previews, give up on hopeless ones, delete those past their time.

Safe to run twice at once: every change is a conditional UPDATE or a delete of a row that stays deleted.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from advisor.effects.models import MAX_ATTEMPTS, EffectPreview, FailureReason, State
from advisor.effects.production import ended
from advisor.effects.services import PREVIEW_TASK
from advisor.web.bell import ring_each


def sweep() -> None:
    now = timezone.now()
    fail_hopeless(now)
    ring_again(now)
    EffectPreview.objects.expired(now).delete()


def fail_hopeless(now: datetime) -> int:
    """Rows whose last attempt ended without a word: the worker was killed each time."""
    stuck = EffectPreview.objects.stuck(now).filter(attempt__gte=MAX_ATTEMPTS)
    return stuck.update(**ended(State.FAILED), failure_reason=FailureReason.STOPPED)


def ring_again(now: datetime) -> int:
    """Ring for stuck rows. A broker that is still down ends the round; the next minute tries again."""
    stuck = EffectPreview.objects.stuck(now).filter(attempt__lt=MAX_ATTEMPTS)
    rung = ring_each(PREVIEW_TASK, stuck.values_list("pk", flat=True))
    EffectPreview.objects.filter(pk__in=rung, state=State.QUEUED).update(rung_at=now)
    return len(rung)
