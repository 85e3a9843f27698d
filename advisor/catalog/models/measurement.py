"""What somebody measured on a real server, and what a publisher thought of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from advisor.catalog.models import columns
from advisor.catalog.models.systems import AIModel, Device
from advisor.engine.types import Grade


class Measurement(models.Model):
    """One probe of a server (``manage.py probe``). Accepted ones are published with the next catalog version."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("waiting for review")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    slug = models.SlugField(_("short name"), max_length=200, unique=True)
    model = models.ForeignKey(AIModel, models.PROTECT, to_field="slug", verbose_name=_("model"))
    weights = models.CharField(_("weight format"), max_length=20)
    runtime = models.CharField(_("runtime"), max_length=20)
    device = models.ForeignKey(Device, models.PROTECT, to_field="slug", verbose_name=_("device"))
    device_count = models.PositiveSmallIntegerField(_("devices"), default=1)
    prompt_tokens = models.PositiveIntegerField(_("length of the prompts, tokens"))
    output_tokens = models.PositiveIntegerField(_("length of the answers, tokens"))
    speeds = models.JSONField(_("speeds by number of users"))  # rows of engine.catalog.MeasuredSpeed
    weights_gb = columns.amount(_("weights as the server told, GB"))
    memory_gb = columns.amount(_("memory as the server told, GB"))
    comparison = models.JSONField(_("against the engine on that day"), default=dict)
    measured_on = models.DateField(_("measured on"))
    submitted_by = columns.line(_("submitted by"))
    notes = columns.text(_("notes"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SUBMITTED)
    reason = columns.text(_("reason"))
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    submitted_at = models.DateTimeField(_("submitted"), auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["-submitted_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("review_measurement", _("Can accept and reject measurements"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="submitted", reviewed_at__isnull=True)
                | (Q(state__in=["accepted", "rejected"], reviewed_at__isnull=False) & ~Q(reason="")),
                name="catalog_measurement_reviewed_with_reason",
            ),
            models.CheckConstraint(condition=Q(device_count__gte=1), name="catalog_measurement_device_count"),
        ]

    def __str__(self) -> str:
        return self.slug

    def to_row(self) -> dict[str, Any]:
        """The row of a published document: a fact of the highest grade, without the names of people."""
        day = self.measured_on.isoformat()
        return {
            "slug": self.slug,
            "model": self.model_id,
            "format": self.weights,
            "runtime": self.runtime,
            "device": self.device_id,
            "device_count": self.device_count,
            "prompt_tokens": self.prompt_tokens,
            "output_tokens": self.output_tokens,
            "weights_gb": self.weights_gb,
            "memory_gb": self.memory_gb,
            "speeds": self.speeds,
            "source": f"measured here on {day} (manage.py probe)",
            "via": None,
            "as_of": day,
            "seen_on": day,
            "grade": Grade.MEASURED.value,
            "confidence": "high",
            "notes": self.notes or None,
        }
