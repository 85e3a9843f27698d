"""An assessment (the answers of one business so far) and its results (what they led to, never edited)."""

from __future__ import annotations

import json
from functools import cache, cached_property
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from advisor.assessments.document import MAX_NOTES, QUESTION_SET
from advisor.assessments.policies import Visitor
from advisor.catalog.models import CatalogVersion
from advisor.engine.recommend import READABLE

HASH_CHARS = 64
SHA256_HEX = r"^[0-9a-f]{64}$"


@cache
def _published_hash() -> RawSQL:
    """The subquery in SQL, written out once: to make it anew took a twentieth of the time of a question page."""
    sql, values = CatalogVersion.objects.values("content_hash")[:1].query.sql_with_params()
    return RawSQL(f"({sql})", values, output_field=models.CharField())  # noqa: S611  # the ORM's own text


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, visitor: Visitor) -> AssessmentQuerySet:
        """What the visitor may open; look-ups start here so that strangers find nothing."""
        if visitor.user is not None and visitor.user.is_superuser:
            return self
        allowed = Q(public_id__in=visitor.granted)
        if visitor.user is not None:
            allowed |= Q(owner=visitor.user)
        return self.filter(allowed)

    def one_visible_to(self, visitor: Visitor, public_id: UUID) -> AssessmentQuerySet:
        """That one of ``visible_to``. No list of grants goes to the database where this one is among them."""
        one = self.filter(public_id=public_id)
        return one if public_id in visitor.granted else one.visible_to(visitor)

    def with_catalog(self) -> AssessmentQuerySet:
        """Each with ``catalog_hash``, the content of the version that is published now, in the same query."""
        return self.annotate(catalog_hash=_published_hash())

    def resumable(self) -> AssessmentQuerySet:
        """Those whose private link still works."""
        return self.filter(resume_expires_at__gt=timezone.now())


class Assessment(models.Model):
    """One questionnaire. ``answers`` is the answers document so far; ``revision`` counts its changes."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="assessments"
    )
    answers = models.JSONField(default=dict)
    question_set = models.CharField(max_length=20, default=QUESTION_SET)
    revision = models.PositiveIntegerField(default=0)
    drafts = models.JSONField(default=dict, blank=True, editable=False)  # page -> typed there, not sent yet (drafts.py)
    notes = models.TextField(blank=True, max_length=MAX_NOTES)  # an advisor's own, about a client; no result shows them
    resume_token_hash = models.CharField(max_length=HASH_CHARS, null=True, blank=True, unique=True, editable=False)
    resume_expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="resume_link_has_hash_and_expiry",
                condition=Q(resume_token_hash__isnull=True, resume_expires_at__isnull=True)
                | Q(
                    ("resume_token_hash__regex", SHA256_HEX),
                    # said outright: a comparison with NULL is neither true nor false, and a check lets that pass
                    resume_token_hash__isnull=False,
                    resume_expires_at__isnull=False,
                ),
                violation_error_message="A private link needs both its hash and its expiry.",
            ),
        )

    def __str__(self) -> str:
        return f"Assessment {self.public_id}"


class ResultIsFinal(Exception):
    """Somebody tried to change a stored result."""


class ResultQuerySet(models.QuerySet["Result"]):
    def readable(self) -> ResultQuerySet:
        """Results whose documents today's pages and files can show, the latest first."""
        return self.filter(engine_version__in=READABLE)

    def with_version(self) -> ResultQuerySet:
        """Each with its catalog version but not that one's document, a megabyte that each process reads once."""
        return self.select_related("catalog_version").defer("catalog_version__document")

    def latest_readable(self) -> Result | None:
        """The one that pages, reports and files of an assessment show, with its catalog version."""
        return self.readable().with_version().first()

    def before(self, result: Result) -> Result | None:
        """The readable result of the same assessment that a later one follows, with its catalog version."""
        found = self.readable().with_version()
        older = Q(created_at__lt=result.created_at) | Q(created_at=result.created_at, pk__lt=result.pk)
        return found.filter(older, assessment=result.assessment_id).first()

    def visible_to(self, visitor: Visitor) -> ResultQuerySet:
        """Results of the assessments the visitor may open."""
        return self.filter(assessment__in=Assessment.objects.visible_to(visitor))


class Result(models.Model):
    """What the answers led to on one day with one catalog version. Written once; a new day is a new result."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="results")
    answers = models.JSONField()
    catalog_version = models.ForeignKey("catalog.CatalogVersion", on_delete=models.PROTECT, related_name="results")
    engine_version = models.CharField(max_length=20)
    as_of = models.DateField()
    document = models.TextField()
    content_hash = models.CharField(max_length=HASH_CHARS)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="result_has_document_and_hash",
                condition=~Q(document="") & Q(content_hash__regex=SHA256_HEX),
                violation_error_message="A result needs its document and the document's hash.",
            ),
        )

    def __str__(self) -> str:
        return f"Result {self.public_id} of {self.as_of}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ResultIsFinal(f"{self} is never edited; compute a new one.")
        super().save(*args, **kwargs)

    @cached_property
    def recommendation(self) -> dict[str, Any]:
        """The stored document as plain data."""
        read: dict[str, Any] = json.loads(self.document)
        return read
