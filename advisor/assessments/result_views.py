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
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django_htmx.http import reswap, retarget

from advisor.assessments import services
from advisor.assessments.data_file import data
from advisor.assessments.forms.what_if import FIELDS, PLANNED, WhatIfForm
from advisor.assessments.models import Assessment, Result
from advisor.assessments.presentation import present, present_costs, present_money
from advisor.assessments.presentation.changed import Changed, changed
from advisor.assessments.presentation.controls import planned_values, slides
from advisor.assessments.presentation.scenarios import scenario_of
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.views.lookup import find_assessment
from advisor.catalog.services import canonical_json, current_version, engine_catalog
from advisor.web.downloads import attachment
from advisor.web.fragments import wants_fragment
from advisor.web.throttle import allow, client_address

CHANGES_A_MINUTE = 60


@require_safe
@never_cache
@gzip_page
def result(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The latest result of an assessment; without one, the answers to check first."""
    assessment = find_assessment(request, public_id)
    latest = assessment.results.latest_readable()
    if latest is None:
        return _answers_first(request, assessment)
    if not _may_try(request):
        return render(request, "429.html", status=429)
    money = money_context(request, latest)
    status = 422 if money["controls"].errors else 200
    if wants_fragment(request):
        panel = money["tried"] or present_money(latest.recommendation, language=get_language() or "en")
        response = _money_fragment(request, {"assessment": assessment, "panel": panel} | money, status)
    else:
        context = result_context(assessment, latest) | money
        context["panel"] = money["tried"] or context["shown"]
        response = render(request, "assessments/result.html", context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _money_fragment(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    """The figures alone, so that no typing is lost; the controls too where a message stands beside one, or did."""
    whole = status != 200 or request.headers.get("HX-Target") == "money"
    part = "money" if whole else "figures"
    response = render(request, f"assessments/result_money.html#{part}", context | {"alone": not whole}, status=status)
    if whole:
        retarget(reswap(response, "outerHTML"), "#money")
    return response


@require_safe
@never_cache
@gzip_page
def costs(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every line of the cost of every option and month, with the same changes tried as on the result page."""
    assessment = find_assessment(request, public_id)
    latest = assessment.results.latest_readable()
    if latest is None:
        return _answers_first(request, assessment)
    if not _may_try(request):
        return render(request, "429.html", status=429)
    what_if = _controls(request, latest).what_if_or_none()
    document = services.try_changes(result=latest, what_if=what_if) if what_if else latest.recommendation
    context = {
        "assessment": assessment,
        "tables": present_costs(document, language=get_language() or "en"),
        "tried": what_if is not None,
        "asked": request.GET.urlencode(),
    }
    return render(request, "assessments/costs.html", context)


@require_safe
def data_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The stored result as data: answers, recommendation with workings, and the versions it was made with."""
    assessment = find_assessment(request, public_id)
    latest = assessment.results.latest_readable()
    if latest is None:
        return redirect("assessments:check", public_id=assessment.public_id)
    text = canonical_json(data(latest))
    return attachment(io.BytesIO(text.encode()), f"result-{latest.as_of}.json", "application/json")


def _answers_first(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """To the check page; where there was a result of an earlier engine, with a word why it is not shown."""
    if assessment.results.exists():
        messages.info(request, _("The way we calculate has changed since your result. Your answers are all there."))
    return redirect("assessments:check", public_id=assessment.public_id)


def _changed(result: Result) -> Changed | None:
    """What changed since the result before; None where there is none, or where it said the same."""
    before, language = Result.objects.before(result), get_language() or "en"
    return changed(scenario_of(before, language=language), scenario_of(result, language=language)) if before else None


def result_context(assessment: Assessment, result: Result) -> dict[str, Any]:
    """What the page is built from; the figures come from the stored document alone."""
    current = current_version()
    today = timezone.localdate()
    return {
        "assessment": assessment,
        "result": result,
        "shown": present(result.recommendation, language=get_language() or "en", today=today),
        "pages": {model.slug for model in engine_catalog(current).models} if current else (),
        "changed": _changed(result),
        "changed_since": result.answers != assessment.answers,
        "contact": settings.ADVISOR_CONTACT,
        "newer_facts": current is not None and current != result.catalog_version,
    }


def money_context(request: HttpRequest, result: Result) -> dict[str, Any]:
    """The money panel's controls, and what the changes they ask for would make of the result."""
    controls = _controls(request, result)
    what_if = controls.what_if_or_none()
    if what_if is None:
        return {"controls": controls, "tried": None, "asked": ""}
    document = services.try_changes(result=result, what_if=what_if)
    tried = present_money(document, language=get_language() or "en")
    return {"controls": controls, "tried": tried, "asked": request.GET.urlencode()}


def _controls(request: HttpRequest, result: Result) -> WhatIfForm:
    document = result.recommendation
    sheet, users = Sheet(document, get_language() or "en"), result.answers.get("ai_users")
    return WhatIfForm(
        request.GET if _tries_changes(request) else None, currency=document["currency"],
        support=_support_offers(document), planned=planned_values(sheet), slides=slides(sheet, users),
    )  # fmt: skip


def _support_offers(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Paid support that fits one of the result's plans, once each."""
    found = {
        option["slug"]: f"{option['vendor']} {option['offer']}"
        for plan in document["plans"]
        for option in plan["support"]
    }
    return list(found.items())


def _may_try(request: HttpRequest) -> bool:
    """Working changes out is costly, so it is limited; looking at the result is not."""
    return not _tries_changes(request) or allow(f"what-if:{client_address(request)}", CHANGES_A_MINUTE, 60)


def _tries_changes(request: HttpRequest) -> bool:
    return any(value and (name in FIELDS or name.startswith(PLANNED)) for name, value in request.GET.items())
