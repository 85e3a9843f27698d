"""The log of imports: who brought what from where, what it changed, or why it was refused."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One import, or the preview of one. The row stays; what it was read from is kept for a week, to be applied."""

    class Kind(models.TextChoices):
        HUB = "hub", _("models from a hub")
        PRICES = "prices", _("token prices")
        TABLE = "table", _("spreadsheet or JSON file")

    class Outcome(models.TextChoices):
        RUNNING = "running", _("did not finish")  # what is read when the process was stopped in the middle
        FAILED = "failed", _("could not be read")
        REFUSED = "refused", _("refused")
        PREVIEWED = "previewed", _("preview")
        APPLIED = "applied", _("applied")

    public_id = models.UUIDField(_("id"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    collection = models.CharField(_("table"), max_length=40)
    origin = models.CharField(_("from"), max_length=300)
    dry_run = models.BooleanField(_("preview only"))
    preview = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("preview it confirmed")
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.RUNNING)
    reason = models.TextField(_("why it could not be read"), blank=True, default="")
    rows = models.PositiveIntegerField(_("rows read"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("problems"), default=0)
    problems = models.JSONField(_("problems"), default=list)  # {row, column, reason}; the first thousand
    notes = models.JSONField(
        _("notes"), default=list
    )  # {kind, slug, text}: hints, contradictions, what was not matched
    fingerprint = models.CharField(_("fingerprint of the changes"), max_length=64, blank=True, default="")
    file = models.FileField(_("what was read"), upload_to="imports/", blank=True)
    format = models.CharField(_("format"), max_length=4, blank=True, default="")

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="running") | models.Q(finished_at__isnull=False),
                name="catalog_importrun_finished",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="applied") | models.Q(dry_run=False, refused=0),
                name="catalog_importrun_applied_without_problems",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def can_be_applied(self) -> bool:
        return self.outcome == self.Outcome.PREVIEWED and bool(self.file) and self.added + self.changed > 0


class ImportChange(models.Model):
    """One line of the report: a field of a draft before and after. An added draft is one line without a field."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="changes")
    row = models.PositiveIntegerField()
    slug = models.CharField(max_length=120)
    field = models.CharField(max_length=60, blank=True, default="")
    old: Any = models.JSONField(null=True)
    new: Any = models.JSONField(null=True)

    class Meta:
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by imports")
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.slug} {self.field}".rstrip()
