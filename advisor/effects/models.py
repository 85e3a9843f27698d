"""Previews of what publishing would do: a row per run, and a line per business that was worked out on both versions."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advisor.assessments.models import Result
from advisor.catalog.models import CatalogVersion

MAX_ATTEMPTS = 3
RING_AGAIN_AFTER = timedelta(seconds=60)
SHA256_HEX = r"^[0-9a-f]{64}$"


class State(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("at work")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")
    CANCELED = "canceled", _("canceled")


class FailureReason(models.TextChoices):
    TIMEOUT = "timeout", _("One of the businesses took too long to work out.")
    STOPPED = "stopped", _("The work on it was interrupted three times.")
    BROKEN = "broken", _("The versions could not be read.")


class Outcome(models.TextChoices):
    WAITING = "waiting", _("not yet worked out")
    SAME = "same", _("the same")
    MONEY = "money", _("the same advice, other money")
    CHANGED = "changed", _("other advice")
    FAILED = "failed", _("could not be worked out")


UNFINISHED = (State.QUEUED, State.RUNNING)
FINAL = (State.READY, State.FAILED, State.CANCELED)


class EffectPreviewQuerySet(models.QuerySet["EffectPreview"]):
    def unfinished(self) -> EffectPreviewQuerySet:
        return self.filter(state__in=UNFINISHED)

    def stuck(self, now: datetime) -> EffectPreviewQuerySet:
        """Rows nobody works on: waiting since their last bell, or claimed by a worker whose lease ran out."""
        waiting = Q(state=State.QUEUED, rung_at__lte=now - RING_AGAIN_AFTER)
        return self.filter(waiting | Q(state=State.RUNNING, lease_until__lte=now))

    def claimable(self, now: datetime) -> EffectPreviewQuerySet:
        """Rows a worker may take: waiting, or abandoned, with attempts left."""
        free = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lte=now)
        return self.filter(free, attempt__lt=MAX_ATTEMPTS)

    def expired(self, now: datetime) -> EffectPreviewQuerySet:
        return self.filter(state__in=FINAL, finished_at__lte=now - timedelta(days=settings.EFFECT_KEEP_DAYS))


class EffectPreview(models.Model):
    """The drafts as they were when somebody asked, against the version published then."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    base = models.ForeignKey(CatalogVersion, models.PROTECT, related_name="+", verbose_name=_("published version"))
    draft_hash = models.CharField(_("hash of the drafts"), max_length=64)
    document = models.TextField(_("the drafts"), blank=True)  # emptied with the last line: the hash is enough then
    as_of = models.DateField(_("day of the advice"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(_("attempts without progress"), default=0)
    claim_id = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked for by")
    )
    requested_at = models.DateTimeField(_("asked for"))
    rung_at = models.DateTimeField(_("last offered to a worker"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    failure_reason = models.CharField(_("reason"), max_length=10, choices=FailureReason.choices, blank=True)

    objects = EffectPreviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("effect preview")
        verbose_name_plural = _("effect previews")
        ordering = ["-requested_at", "-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(state__in=UNFINISHED), name="effects_preview_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="effects_preview_state_known"),
            models.CheckConstraint(condition=Q(attempt__lte=MAX_ATTEMPTS), name="effects_preview_attempts_limited"),
            models.CheckConstraint(condition=Q(draft_hash__regex=SHA256_HEX), name="effects_preview_hash"),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, claim_id__isnull=False, lease_until__isnull=False)
                | (~Q(state=State.RUNNING) & Q(claim_id__isnull=True, lease_until__isnull=True)),
                name="effects_preview_claimed_while_running",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=UNFINISHED, finished_at__isnull=True) & ~Q(document=""))
                | Q(state__in=FINAL, finished_at__isnull=False, document=""),
                name="effects_preview_document_until_finished",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FAILED) | ~Q(failure_reason=""), name="effects_preview_failed_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d %H:%M}"

    @property
    def is_final(self) -> bool:
        return self.state in FINAL


class EffectLine(models.Model):
    """One business on both versions. ``before`` and ``after`` are ``comparing.Advice`` as plain data."""

    preview = models.ForeignKey(EffectPreview, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    sample = models.CharField(max_length=40, blank=True)
    result = models.ForeignKey(Result, models.CASCADE, null=True, related_name="+")  # goes with its assessment
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    before: Any = models.JSONField(null=True)
    after: Any = models.JSONField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        verbose_name = _("line of an effect preview")
        verbose_name_plural = _("lines of effect previews")
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["preview", "position"], name="effects_line_position"),
            models.CheckConstraint(
                condition=Q(sample="", result__isnull=False) | (~Q(sample="") & Q(result__isnull=True)),
                name="effects_line_sample_or_result",
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="effects_line_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=(Outcome.WAITING, Outcome.FAILED))
                | Q(before__isnull=False, after__isnull=False),
                name="effects_line_both_sides",
            ),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.FAILED) & ~Q(problem="")) | (~Q(outcome=Outcome.FAILED) & Q(problem="")),
                name="effects_line_failed_has_problem",
            ),
        ]

    def __str__(self) -> str:
        return self.sample or str(self.position)
