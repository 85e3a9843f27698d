"""What a publisher can change here: ask for a preview, and cancel one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from advisor.assessments.advice import sample_businesses
from advisor.assessments.models import Assessment, Result
from advisor.catalog.services import content_hash, current_version, draft_text, lock_drafts
from advisor.effects.models import EffectLine, EffectPreview, State
from advisor.web.bell import ring_after_commit

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

PREVIEW_TASK = "advisor.effects.tasks.work_on_preview"
MOST_ASSESSMENTS = 500


class NothingToCompare(Exception):
    """No version has been published yet."""


@transaction.atomic
def request_preview(*, by: AbstractBaseUser | None) -> EffectPreview:
    """Queue a preview of the drafts as they stand. Asked again while the same one is on its way, it is that one;
    one of other drafts that is still on its way is canceled.

    Raises:
        NothingToCompare: no version has been published yet.
        BrokenData: the drafts could not be published; with every problem.
    """
    lock_drafts()  # two who ask at once are served one after the other
    base = current_version()
    if base is None:
        raise NothingToCompare
    text = draft_text()
    fingerprint = content_hash(text)
    for other in EffectPreview.objects.unfinished():
        if (other.base_id, other.draft_hash) == (base.pk, fingerprint):
            return other
        cancel_preview(preview=other)
    now = timezone.now()
    preview = EffectPreview.objects.create(
        base=base, draft_hash=fingerprint, document=text, as_of=timezone.localdate(),
        requested_by_id=None if by is None else by.pk, requested_at=now, rung_at=now,
    )  # fmt: skip
    chosen: list[dict[str, Any]] = [{"sample": name} for name, _text in sample_businesses()]
    chosen += [{"result_id": number} for number in recent_results(MOST_ASSESSMENTS)]
    EffectLine.objects.bulk_create(
        EffectLine(preview=preview, position=position, **whose) for position, whose in enumerate(chosen, start=1)
    )
    ring_after_commit(PREVIEW_TASK, preview.pk)
    return preview


def recent_results(most: int) -> list[int]:
    """The latest result of each assessment, of those assessments whose latest results are the most recent."""
    latest = Result.objects.filter(assessment=OuterRef("pk")).order_by("-created_at", "-pk").values("pk")[:1]
    numbers = Assessment.objects.order_by().annotate(latest=Subquery(latest)).values("latest")
    newest = Result.objects.filter(pk__in=numbers).order_by("-created_at", "-pk")
    return list(newest.values_list("pk", flat=True)[:most])


def cancel_preview(*, preview: EffectPreview) -> bool:
    """Stop an unfinished preview; the worker notices before its next business. False when it had ended already."""
    return bool(
        EffectPreview.objects.unfinished()
        .filter(pk=preview.pk)
        .update(state=State.CANCELED, claim_id=None, lease_until=None, document="", finished_at=timezone.now())
    )
