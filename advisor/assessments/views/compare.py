"""Results of one assessment side by side: what was answered differently, and what that changed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from advisor.assessments.forms.fields import Option
from advisor.assessments.forms.scenarios import ScenarioForm
from advisor.assessments.models import Result
from advisor.assessments.presentation.scenarios import differing_answers, outcomes, scenario_of, titles_of
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.views.lookup import find_assessment

LISTED = 12  # results to choose from, the latest first


@require_safe
@never_cache
def compare(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Up to four results of an assessment, named in the address; without names the latest ones."""
    assessment = find_assessment(request, public_id)
    listed = {str(each.public_id): each for each in assessment.results.readable().with_version()[:LISTED]}
    if not listed:
        return redirect("assessments:check", public_id=assessment.public_id)
    language = get_language() or "en"
    titles = titles_of(listed.values(), language=language)
    form = ScenarioForm(
        request.GET, options=[_option(key, each, titles[each.public_id]) for key, each in listed.items()]
    )
    shown = [listed[key] for key in form.shown()]
    scenarios = [scenario_of(each, language=language, title=titles[each.public_id]) for each in shown]
    context = {
        "assessment": assessment,
        "form": form,
        "titles": [each.title for each in scenarios],
        "answers": differing_answers(scenarios),
        "outcomes": outcomes(scenarios),
    }
    return render(request, "assessments/compare.html", context, status=422 if form.errors else 200)


def _option(key: str, result: Result, title: str) -> Option:
    sheet = Sheet(result.recommendation, get_language() or "en")
    return Option(key, title, sheet.words.label("verdict", sheet.verdict))
