"""The brands advisors put on their reports. A row never changes: a report that was made with it can be made again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from advisor.accounts.models import User
from advisor.reports.branding import ACCENT, Brand, Logo

HEX_COLOR = r"^#[0-9a-f]{6}$"


class StoredBrandQuerySet(models.QuerySet["StoredBrand"]):
    def of(self, user: User | None) -> StoredBrand | None:
        """The brand an account signs with now: the latest it stored."""
        return None if user is None else self.filter(owner=user).order_by("-id").first()


class StoredBrand(models.Model):
    """Name, contact, color and logo of an advisor, checked before they came here (``branding.py``)."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="brands")
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=300, blank=True)
    color = models.CharField(max_length=7, default=ACCENT)
    logo = models.BinaryField(blank=True, default=bytes)
    logo_kind = models.CharField(max_length=3, blank=True, choices=[("png", "PNG"), ("svg", "SVG")])
    created_at = models.DateTimeField()

    objects = StoredBrandQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(color__regex=HEX_COLOR), name="brand_color_known"),
            models.CheckConstraint(
                condition=Q(logo_kind="", logo=b"") | (Q(logo_kind__in=["png", "svg"]) & ~Q(logo=b"")),
                name="brand_logo_has_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def brand(self) -> Brand:
        logo = Logo(self.logo_kind, bytes(self.logo)) if self.logo_kind else None
        return Brand(name=self.name, contact=self.contact, color=self.color, logo=logo)
