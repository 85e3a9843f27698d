"""One question page: showing it, and taking the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, push_url

from advisor.assessments import flow, services
from advisor.assessments.answers import AnswersError
from advisor.assessments.context import QuestionContext
from advisor.assessments.forms.base import MOVE, QuestionForm
from advisor.assessments.models import Assessment
from advisor.assessments.panel import panel_lines
from advisor.assessments.question_texts import PAGES as TEXTS
from advisor.assessments.question_texts import STEPS
from advisor.assessments.questions import BY_KEY, Page
from advisor.assessments.views.lookup import find_assessment, question_context, wants_fragment

CHANGE = "change"  # in the address: came from the check page


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """Show a question, or take its answer and go on."""
    assessment = find_assessment(request, public_id)
    if key not in BY_KEY:
        raise Http404
    page = flow.page_instead(BY_KEY[key], assessment.answers)
    if page is not BY_KEY[key]:
        return _go(request, assessment, page)
    context = question_context(assessment)
    if request.method == "POST":
        return _answer(request, assessment, page, context)
    return _show(request, assessment, page, context, page.form(None, context) if page.form else None)


def _answer(request: HttpRequest, assessment: Assessment, page: Page, context: QuestionContext) -> HttpResponse:
    before = assessment.answers
    if page.form is None:
        return _go(request, assessment, _next(request, page, before, before))
    if MOVE in request.POST:
        return _show(request, assessment, page, context, page.form.moved(request.POST, context))
    form = page.form(request.POST, context)
    if not form.is_valid():
        return _show(request, assessment, page, context, form, status=422)
    changes = form.changes()
    if form.is_stale and any(before.get(key) != value for key, value in changes.items()):
        return _show(request, assessment, page, context, form, status=409)
    try:
        changes |= {"language": get_language() or "en"}
        saved = services.save_answers(assessment=assessment, revision=assessment.revision, changes=changes)
    except services.AnswersMoved:
        return _show(
            request, assessment, page, question_context(find_assessment(request, assessment.public_id)), form, 409
        )
    except AnswersError as error:
        for problem in error.problems:
            form.add_error(None, f"{problem['message']} {problem['fix']}")
        return _show(request, assessment, page, context, form, status=422)
    following = BY_KEY[form.goes_to] if form.goes_to else _next(request, page, before, saved.answers)
    return _go(request, assessment, following)


def _next(request: HttpRequest, page: Page, before: dict[str, Any], after: dict[str, Any]) -> Page | None:
    if CHANGE in request.GET or flow.is_finished_except(page.key, before):
        return flow.page_after_change(page.key, before, after)
    return flow.next_page(page.key, after)


def _go(request: HttpRequest, assessment: Assessment, page: Page | None) -> HttpResponse:
    """To a question page, staying in the way of changing or of going through; or to the check."""
    if page is None:
        check = reverse("assessments:check", args=[assessment.public_id])
        return HttpResponseClientRedirect(check) if wants_fragment(request) else redirect(check)
    query = QueryDict(mutable=True)
    if CHANGE in request.GET:
        query[CHANGE] = "1"
    return redirect(_address(assessment, page) + (f"?{query.urlencode()}" if query else ""))


def _show(
    request: HttpRequest,
    assessment: Assessment,
    page: Page,
    context: QuestionContext,
    form: QuestionForm | None,
    status: int = 200,
) -> HttpResponse:
    before = flow.previous_page(page.key, context.answers)
    back = _address(assessment, before) if before else reverse("assessments:start")
    shown = {
        "assessment": assessment,
        "page": page,
        "text": TEXTS[page.key],
        "form": form,
        "problems": form.problems() if form is not None and status == 422 else [],
        "moved": status == 409,
        "step": STEPS[page.step],
        "progress": flow.progress(page.key, context.answers),
        "panel": panel_lines(context),
        "examples": context.sector.examples if context.sector and page.question == "Q4" else (),
        "back": reverse("assessments:check", args=[assessment.public_id]) if CHANGE in request.GET else back,
    }
    if not wants_fragment(request):
        return render(request, "assessments/question.html", shown, status=status)
    response = render(request, "assessments/question.html#question", shown, status=status)
    return push_url(response, request.get_full_path()) if request.method == "GET" else response


def _address(assessment: Assessment, page: Page) -> str:
    return reverse("assessments:question", args=[assessment.public_id, page.key])
