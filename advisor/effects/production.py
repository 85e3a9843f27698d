"""What a worker does with one preview: claim it, work out a share of its businesses, hand it on or finish it.

The worker also makes reports, so it stays with a preview for some seconds only, gives the row back and rings for it
again: reports that wait come in between. Every step is an UPDATE that still matches the claim, so a second delivery, a
late finisher or a cancellation changes nothing. Only the sweeper tries again.
"""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from advisor.assessments.advice import sample_businesses
from advisor.catalog.services import engine_catalog
from advisor.effects.comparing import Advice, NotWorkedOut, advice, outcome
from advisor.effects.models import MAX_ATTEMPTS, EffectLine, EffectPreview, FailureReason, Outcome, State
from advisor.effects.services import PREVIEW_TASK
from advisor.engine.catalog import Catalog
from advisor.web.bell import ring_after_commit

logger = logging.getLogger(__name__)

# Well under the soft limit of 60 s, and about as long as a visitor waits for a report; assumed.
SHARE_SECONDS = 20.0
BATCH = 10  # lines written together: progress once in about a second, and a cancellation is noticed as fast


class ClaimLost(Exception):
    """Somebody canceled the preview, or the lease ran out."""


@dataclass(frozen=True)
class Versions:
    """Both versions as the engine reads them, and the samples by name."""

    before: Catalog
    after: Catalog
    samples: Mapping[str, Any]


def work(preview_id: int) -> EffectPreview | None:
    """Carry a preview on for a while; the row afterwards, or None when it was not ours."""
    preview = claim(preview_id)
    if preview is None:
        return None
    try:
        _carry_on(preview)
    except ClaimLost:
        logger.info("effect preview %s was taken away", preview.pk)
    except SoftTimeLimitExceeded:
        give_back(preview, FailureReason.TIMEOUT)
    except Exception:
        logger.exception("effect preview %s, attempt %s", preview.pk, preview.attempt)
        give_back(preview, FailureReason.BROKEN)
    return EffectPreview.objects.filter(pk=preview.pk).first()


def claim(preview_id: int) -> EffectPreview | None:
    """Take the row for one lease. None when it is done, taken, or gone."""
    now, claim_id = timezone.now(), uuid.uuid4()
    EffectPreview.objects.filter(pk=preview_id).claimable(now).update(
        state=State.RUNNING,
        attempt=models.F("attempt") + 1,
        claim_id=claim_id,
        lease_until=now + timedelta(seconds=settings.EFFECT_LEASE_SECONDS),
    )
    return (
        EffectPreview.objects.select_related("base")
        .defer("base__document")
        .filter(pk=preview_id, claim_id=claim_id)
        .first()
    )


def _carry_on(preview: EffectPreview) -> None:
    until = time.monotonic() + SHARE_SECONDS
    versions = Versions(
        before=engine_catalog(preview.base),
        after=Catalog.from_document(json.loads(preview.document), preview.draft_hash),
        samples={name: json.loads(text) for name, text in sample_businesses()},
    )
    waiting = preview.lines.filter(outcome=Outcome.WAITING).select_related("result").order_by("position")
    while lines := list(waiting[:BATCH]):
        for line in lines:
            _work_out(line, versions, preview)
        _store(preview, lines)
        if time.monotonic() > until:
            return _hand_on(preview)
    return _finish(preview)


def _work_out(line: EffectLine, versions: Versions, preview: EffectPreview) -> None:
    answers = versions.samples.get(line.sample) if line.result is None else line.result.answers
    sides: list[Advice] = []
    for catalog, name in ((versions.before, f"version {preview.base.number}"), (versions.after, "the drafts")):
        try:
            sides.append(advice(answers or {}, catalog, as_of=preview.as_of))
        except NotWorkedOut as error:
            line.outcome, line.problem = Outcome.FAILED, f"On {name}: {error}"
            return
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            logger.exception("effect preview %s, line %s", preview.pk, line.position)
            line.outcome, line.problem = Outcome.FAILED, f"On {name}: an error, which the log describes."
            return
    before, after = sides
    line.before, line.after, line.outcome = before.to_document(), after.to_document(), outcome(before, after)


def _store(preview: EffectPreview, lines: list[EffectLine]) -> None:
    """Progress, as long as the row is still ours; it makes the attempts count anew and the lease start anew."""
    with transaction.atomic():
        lease = timezone.now() + timedelta(seconds=settings.EFFECT_LEASE_SECONDS)
        if not _held(preview).update(attempt=1, lease_until=lease):
            raise ClaimLost
        EffectLine.objects.bulk_update(lines, ["outcome", "before", "after", "problem"])


def _hand_on(preview: EffectPreview) -> None:
    with transaction.atomic():
        if _held(preview).update(
            state=State.QUEUED, attempt=0, claim_id=None, lease_until=None, rung_at=timezone.now(), failure_reason=""
        ):
            ring_after_commit(PREVIEW_TASK, preview.pk)


def _finish(preview: EffectPreview) -> None:
    _held(preview).update(**ended(State.READY), failure_reason="")


def give_back(preview: EffectPreview, reason: FailureReason) -> None:
    """Put the row back in the queue for the sweeper, or fail it after the last attempt without progress."""
    attempt = EffectPreview.objects.filter(pk=preview.pk).values_list("attempt", flat=True).first() or 0
    if attempt < MAX_ATTEMPTS:
        _held(preview).update(state=State.QUEUED, claim_id=None, lease_until=None, failure_reason=reason)
    else:
        _held(preview).update(**ended(State.FAILED), failure_reason=reason)


def ended(state: State) -> dict[str, Any]:
    """The columns of a row that ended in this state."""
    return {"state": state, "claim_id": None, "lease_until": None, "document": "", "finished_at": timezone.now()}


def _held(preview: EffectPreview) -> models.QuerySet[EffectPreview]:
    return EffectPreview.objects.filter(pk=preview.pk, state=State.RUNNING, claim_id=preview.claim_id)
