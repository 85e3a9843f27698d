"""What editors tell each other about a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from advisor.catalog.models.base import Entry


class CommentQuerySet(models.QuerySet["DraftComment"]):
    def open(self) -> CommentQuerySet:
        """Those nobody has settled yet."""
        return self.filter(settled_at__isnull=True)

    def about(self, entry: Entry) -> CommentQuerySet:
        return self.filter(collection=entry.collection, slug=entry.slug).select_related("written_by", "settled_by")


def _person(name: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=name
    )


class DraftComment(models.Model):
    """One remark. It belongs to the entry by its short name, so it outlives a draft that is removed and comes back."""

    collection = models.CharField(_("table"), max_length=40)
    slug = models.SlugField(_("short name"), max_length=120)
    text = models.TextField(_("comment"), max_length=2000)
    written_by = _person(_("written by"))
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    settled_by = _person(_("settled by"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["collection", "slug"], name="catalog_comment_of_draft")]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="catalog_comment_has_text")]

    def __str__(self) -> str:
        return f"{self.collection}: {self.slug}"
