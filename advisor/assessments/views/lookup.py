"""What every view of an assessment begins with."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language

from advisor.assessments.context import QuestionContext
from advisor.assessments.models import Assessment
from advisor.assessments.policies import visitor_of
from advisor.catalog.services import engine_catalog_of, shipped_catalog


def find_assessment(request: HttpRequest, public_id: UUID) -> Assessment:
    """The assessment, if this visitor may see it; strangers find nothing."""
    return get_object_or_404(Assessment.objects.one_visible_to(visitor_of(request), public_id).with_catalog())


def question_context(assessment: Assessment) -> QuestionContext:
    """What the pages of an assessment are built from. Before a first publication the shipped facts stand in."""
    version: str | None = getattr(assessment, "catalog_hash")  # noqa: B009  # set by with_catalog(), not a field
    return QuestionContext(
        answers=assessment.answers,
        catalog=engine_catalog_of(version) if version else shipped_catalog(),
        language=get_language() or "en",
        today=timezone.localdate(),
    )
