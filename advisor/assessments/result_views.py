"""The result page: what the stored result says, in the reader's language."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from advisor.assessments.models import Assessment, Result
from advisor.assessments.presentation import present
from advisor.assessments.views.lookup import find_assessment
from advisor.catalog.services import current_version


@require_safe
@never_cache
def result(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The latest result of an assessment; without one, the answers to check first."""
    assessment = find_assessment(request, public_id)
    latest = assessment.results.select_related("catalog_version").first()
    if latest is None:
        return redirect("assessments:check", public_id=assessment.public_id)
    return render(request, "assessments/result.html", result_context(assessment, latest))


def result_context(assessment: Assessment, result: Result) -> dict[str, Any]:
    """What the page is built from; the figures come from the stored document alone."""
    current = current_version()
    return {
        "assessment": assessment,
        "result": result,
        "shown": present(result.recommendation, language=get_language() or "en"),
        "changed_since": result.answers != assessment.answers,
        "newer_facts": current is not None and current != result.catalog_version,
    }
