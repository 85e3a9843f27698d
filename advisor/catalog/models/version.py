"""Published versions: one immutable document each. And a log of the loads of shipped data."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FrozenVersion(Exception):
    """Somebody tried to change or delete a published version. The database refuses it too, by a trigger."""


class VersionQuerySet(models.QuerySet["CatalogVersion"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise FrozenVersion("A published catalog version is never changed: publish a new one.")

    def delete(self) -> NoReturn:
        raise FrozenVersion("A published catalog version is never deleted.")


class VersionManager(models.Manager["CatalogVersion"]):
    """Leaves out the document, which is over a megabyte, until it is asked for."""

    def get_queryset(self) -> VersionQuerySet:
        return VersionQuerySet(self.model, using=self._db).defer("document")


class CatalogVersion(models.Model):
    """The catalog as it was published: what a result was computed from, for good."""

    public_id = models.UUIDField(_("id"), default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(_("number"), unique=True)
    content_hash = models.CharField(_("content hash"), max_length=64, db_index=True)
    document = models.TextField(_("document"))
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    note = models.TextField(_("note"), blank=True, default="")
    restores = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brings back version")
    )
    shipped_hash = models.CharField(_("shipped data loaded before"), max_length=64, blank=True, default="")

    objects = VersionManager()

    class Meta:
        verbose_name = _("catalog version")
        verbose_name_plural = _("catalog versions")
        ordering = ["-number"]
        default_permissions = ("view",)
        permissions = [("publish_version", _("Can publish a catalog version"))]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="catalog_catalogversion_number"),
            models.CheckConstraint(
                condition=models.Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="catalog_catalogversion_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.content_hash[:12]})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenVersion("A published catalog version is never changed: publish a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenVersion("A published catalog version is never deleted.")


class ShippedLoad(models.Model):
    """One load of the data files: what it changed in the drafts, and what it left because a person had edited it."""

    shipped_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    kept = models.JSONField(default=list)

    class Meta:
        verbose_name = _("load of shipped data")
        verbose_name_plural = _("loads of shipped data")
        ordering = ["-id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.loaded_at:%Y-%m-%d %H:%M} ({self.shipped_hash[:12]})"
