"""Report rows. The row is the job: what is asked for, who works on it until when, and what came out."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advisor.assessments.models import Assessment, Result
from advisor.assessments.policies import Visitor
from advisor.reports.brands import StoredBrand
from advisor.reports.options import Options
from advisor.reports.rendering import Paper
from advisor.reports.share_links import ShareLink

__all__ = ["Batch", "Report", "ShareLink", "State", "Sweep"]  # Django looks for an app's tables here

MAX_ATTEMPTS = 3
STORAGE_PATIENCE = timedelta(hours=1)  # how long a report waits for a storage that is down; assumed
PAPERS = [(Paper.A4.value, _("A4")), (Paper.LETTER.value, _("US Letter"))]
SHA256_HEX = r"^[0-9a-f]{64}$"
RING_AGAIN_AFTER = timedelta(seconds=60)
RENDER_TASK = "advisor.reports.tasks.render_report"


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RENDERING = "rendering", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELED = "canceled", _("Canceled")


class FailureReason(models.TextChoices):
    TIMEOUT = "timeout", _("It took too long to make.")
    STOPPED = "stopped", _("The work on it was interrupted three times.")
    BROKEN = "broken", _("Part of it could not be put on a page.")
    STORAGE = "storage", _("The file could not be stored.")


UNFINISHED = (State.QUEUED, State.RENDERING)
ACTIVE = (*UNFINISHED, State.READY)
FINAL = (State.READY, State.FAILED, State.CANCELED)
LEASE = timedelta(seconds=settings.REPORT_LEASE_SECONDS)


def abandoned(now: datetime) -> Q:
    """Claimed, and nobody is at work: the lease ran out, or ends later than any lease can because a clock jumped."""
    return Q(state=State.RENDERING) & (Q(lease_until__lte=now) | Q(lease_until__gt=now + 2 * LEASE))


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, visitor: Visitor) -> ReportQuerySet:
        """Reports of the assessments this visitor may see; nothing for strangers."""
        return self.filter(result__assessment__in=Assessment.objects.visible_to(visitor))

    def stuck(self, now: datetime) -> ReportQuerySet:
        """Rows nobody works on: waiting since their last bell, or claimed by a worker whose lease ran out."""
        waiting = Q(rung_at__lte=now - RING_AGAIN_AFTER) | Q(rung_at__gt=now + LEASE)
        return self.filter(Q(waiting, state=State.QUEUED) | abandoned(now))

    def claimable(self, now: datetime) -> ReportQuerySet:
        """Rows a worker may take: waiting, or abandoned, with attempts left."""
        return self.filter(Q(state=State.QUEUED) | abandoned(now), attempt__lt=MAX_ATTEMPTS)

    def ahead_of(self, report: Report) -> ReportQuerySet:
        """Waiting rows that are served before this one: those somebody waits for come before those of batches."""
        waiting = self.filter(state=State.QUEUED)
        earlier = Q(bulk=report.bulk) & (
            Q(requested_at__lt=report.requested_at) | Q(requested_at=report.requested_at, id__lt=report.id)
        )
        return waiting.filter(earlier | Q(bulk=False) if report.bulk else earlier)

    def expired(self, now: datetime) -> ReportQuerySet:
        """Finished rows past the time we keep them."""
        return self.filter(state__in=FINAL, finished_at__lte=now - timedelta(days=settings.REPORT_KEEP_DAYS))


class Report(models.Model):
    """One PDF of one stored result, in one language, on one paper size, with what was asked for beside them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("report number"), max_length=20, unique=True)
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="reports")
    language = models.CharField(_("language"), max_length=10)
    paper = models.CharField(_("paper"), max_length=10, choices=PAPERS)
    draft = models.BooleanField(_("marked as a draft"), default=False)
    comments = models.TextField(_("advisor's comments"), blank=True)
    author = models.CharField(_("advisor"), max_length=120, blank=True)
    brand = models.ForeignKey(StoredBrand, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    options_digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    bulk = models.BooleanField(default=False)  # only part of a batch: made after those somebody waits for
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    claim_id = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    requested_at = models.DateTimeField(_("requested"))
    rung_at = models.DateTimeField(_("last offered to a worker"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    file = models.FileField(_("file"), blank=True, max_length=100)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    failure_reason = models.CharField(_("reason"), max_length=10, choices=FailureReason.choices, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-requested_at", "-id"]
        indexes = [models.Index(fields=["state", "rung_at"], name="report_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "language", "paper", "options_digest"],
                condition=Q(state__in=ACTIVE),
                name="report_one_alive_per_choice",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.READY)
                | (Q(sha256__regex=SHA256_HEX, size__gt=0, finished_at__isnull=False) & ~Q(file="")),
                name="report_ready_has_file_checksum_and_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.READY) | Q(file="", sha256="", size=0),
                name="report_file_only_when_ready",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RENDERING, claim_id__isnull=False, lease_until__isnull=False)
                | (~Q(state=State.RENDERING) & Q(claim_id__isnull=True, lease_until__isnull=True)),
                name="report_claimed_while_rendering",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FAILED) | (Q(finished_at__isnull=False) & ~Q(failure_reason="")),
                name="report_failed_has_reason_and_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CANCELED) | Q(finished_at__isnull=False),
                name="report_canceled_has_time",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="report_state_known"),
            models.CheckConstraint(condition=Q(attempt__lte=MAX_ATTEMPTS), name="report_attempts_limited"),
            models.CheckConstraint(condition=Q(paper__in=[paper.value for paper in Paper]), name="report_paper_known"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY

    @property
    def is_failed(self) -> bool:
        return self.state == State.FAILED

    @property
    def options(self) -> Options:
        """What was asked for beside language and paper."""
        brand = self.brand.brand if self.brand else None
        return Options(draft=self.draft, comments=self.comments, author=self.author, brand=brand)

    @property
    def is_canceled(self) -> bool:
        return self.state == State.CANCELED

    @property
    def is_waiting(self) -> bool:
        return self.state == State.QUEUED

    @property
    def place(self) -> int:
        """Where it stands among the waiting, from 1."""
        return Report.objects.ahead_of(self).count() + 1

    @property
    def file_name(self) -> str:
        """The only name under which the file can be fetched."""
        return f"report-{self.number}.pdf"


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, visitor: Visitor) -> BatchQuerySet:
        """A batch belongs to the account that asked for it; what it may still show is decided report by report."""
        if visitor.user is None:
            return self.none()
        return self if visitor.user.is_superuser else self.filter(owner=visitor.user)

    def expired(self, now: datetime) -> BatchQuerySet:
        """Past the time we keep reports, with none of them left."""
        return self.filter(reports=None, requested_at__lte=now - timedelta(days=settings.REPORT_KEEP_DAYS))


class Batch(models.Model):
    """Reports that were asked for together and are fetched together, as one archive."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="report_batches")
    reports = models.ManyToManyField(Report, related_name="batches")
    language = models.CharField(max_length=10)
    paper = models.CharField(max_length=10, choices=PAPERS)
    requested_at = models.DateTimeField()

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]

    def __str__(self) -> str:
        return f"Batch {self.public_id}"

    @property
    def file_name(self) -> str:
        return f"reports-{self.requested_at:%Y-%m-%d}.zip"


class Sweep(models.Model):
    """When the sweeper last ran to its end: one row, so that health does not depend on Redis."""

    finished_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sweep_one_row")]

    def __str__(self) -> str:
        return self.finished_at.isoformat()
