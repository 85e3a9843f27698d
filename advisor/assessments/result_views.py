"""The result page: what the stored result says, in the reader's language, and what changes would make of it."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from advisor.assessments import services
from advisor.assessments.forms.what_if import FIELDS, PLANNED, WhatIfForm
from advisor.assessments.models import Assessment, Result
from advisor.assessments.presentation import present
from advisor.assessments.presentation.planned import planned_values
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.views.lookup import find_assessment
from advisor.catalog.services import canonical_json, current_version, engine_catalog
from advisor.web.downloads import attachment
from advisor.web.fragments import wants_fragment
from advisor.web.throttle import allow, client_address

CHANGES_A_MINUTE = 60


@require_safe
@never_cache
def result(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The latest result of an assessment; without one, the answers to check first."""
    assessment = find_assessment(request, public_id)
    latest = assessment.results.readable().select_related("catalog_version").first()
    if latest is None:
        return _answers_first(request, assessment)
    if _tries_changes(request) and not allow(f"what-if:{client_address(request)}", CHANGES_A_MINUTE, 60):
        return render(request, "429.html", status=429)
    context = result_context(assessment, latest) | money_context(request, latest)
    template = "assessments/result.html#money" if wants_fragment(request) else "assessments/result.html"
    response = render(request, template, context, status=422 if context["controls"].errors else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def data_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The stored result as data: answers, recommendation with workings, and the versions it was made with."""
    assessment = find_assessment(request, public_id)
    latest = assessment.results.readable().select_related("catalog_version").first()
    if latest is None:
        return redirect("assessments:check", public_id=assessment.public_id)
    text = canonical_json(
        {
            "answers": latest.answers,
            "recommendation": latest.recommendation,
            "catalog_version": latest.catalog_version.number,
            "catalog_hash": latest.catalog_version.content_hash,
            "content_hash": latest.content_hash,
        }
    )
    return attachment(io.BytesIO(text.encode()), f"result-{latest.as_of}.json", "application/json")


def _answers_first(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """To the check page; where there was a result of an earlier engine, with a word why it is not shown."""
    if assessment.results.exists():
        messages.info(request, _("The way we calculate has changed since your result. Your answers are all there."))
    return redirect("assessments:check", public_id=assessment.public_id)


def result_context(assessment: Assessment, result: Result) -> dict[str, Any]:
    """What the page is built from; the figures come from the stored document alone."""
    current = current_version()
    today = timezone.localdate()
    return {
        "assessment": assessment,
        "result": result,
        "shown": present(result.recommendation, language=get_language() or "en", today=today),
        "pages": {model.slug for model in engine_catalog(current).models} if current else (),
        "changed_since": result.answers != assessment.answers,
        "contact": settings.ADVISOR_CONTACT,
        "newer_facts": current is not None and current != result.catalog_version,
    }


def money_context(request: HttpRequest, result: Result) -> dict[str, Any]:
    """The money panel's controls, and what the changes they ask for would make of the result."""
    asked = request.GET if _tries_changes(request) else None
    document = result.recommendation
    controls = WhatIfForm(
        asked, currency=document["currency"], support=_support_offers(result),
        planned=planned_values(Sheet(document, get_language() or "en")),
    )  # fmt: skip
    what_if = controls.what_if() if controls.is_valid() else None
    if what_if is None:
        return {"controls": controls, "tried": None}
    document = services.try_changes(result=result, what_if=what_if)
    return {"controls": controls, "tried": present(document, language=get_language() or "en")}


def _support_offers(result: Result) -> list[tuple[str, str]]:
    """Paid support that fits one of the result's plans, once each."""
    plans = result.recommendation["plans"]
    return list(
        {
            option["slug"]: f"{option['vendor']} {option['offer']}" for plan in plans for option in plan["support"]
        }.items()
    )


def _tries_changes(request: HttpRequest) -> bool:
    return any(value and (name in FIELDS or name.startswith(PLANNED)) for name, value in request.GET.items())
