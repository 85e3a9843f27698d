"""Links by which somebody without an account fetches one report: a bank, a works council, a partner."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

HASHED = r"^[0-9a-f]{64}$"


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def alive(self, now: datetime) -> ShareLinkQuerySet:
        """Links that open something: not past their day, not revoked, the report has its file, and whoever made the
        link may still sign in."""
        mine = Q(created_by=None) | Q(created_by__is_active=True)
        return self.filter(mine, expires_at__gt=now, revoked_at=None, report__state="ready")


class ShareLink(models.Model):
    """One address of one report. The token in it is stored as its hash only, the pass phrase as a password is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="share_links")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    passphrase_hash = models.CharField(max_length=128, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    views = models.PositiveIntegerField(default=0)
    last_viewed_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(token_hash__regex=HASHED), name="share_link_token_is_hashed"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="share_link_expires"),
        ]

    def __str__(self) -> str:
        return f"Link {self.public_id}"

    @property
    def asks_passphrase(self) -> bool:
        return bool(self.passphrase_hash)
