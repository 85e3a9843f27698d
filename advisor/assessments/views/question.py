"""One question page: showing it, and taking the answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from advisor.assessments import flow, services
from advisor.assessments.answers import AnswersError
from advisor.assessments.context import QuestionContext
from advisor.assessments.forms.base import MOVE, QuestionForm
from advisor.assessments.models import Assessment
from advisor.assessments.questions import BY_KEY, Page
from advisor.assessments.views.lookup import find_assessment, question_context
from advisor.assessments.views.question_page import check_address, open_page, show_page
from advisor.assessments.views.question_parts import CHANGE, page_address
from advisor.web.fragments import wants_fragment


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
        return _go(request, assessment, BY_KEY[key], page)
    context = question_context(assessment)
    if request.method == "POST":
        return _answer(request, assessment, page, context)
    return open_page(request, assessment, page, context)


def _answer(request: HttpRequest, assessment: Assessment, page: Page, context: QuestionContext) -> HttpResponse:
    before = assessment.answers
    if page.form is None:
        return _go(request, assessment, page, _next(request, page, before, before))
    if MOVE in request.POST:
        return show_page(request, assessment, page, context, page.form.moved(request.POST, context))
    form = page.form(request.POST, context)
    if not form.is_valid():
        return show_page(request, assessment, page, context, form, status=422)
    return _store(request, assessment, page, context, form)


def _store(
    request: HttpRequest, assessment: Assessment, page: Page, context: QuestionContext, form: QuestionForm
) -> HttpResponse:
    """Store a valid form, say how figures were read, and go on. What another window changed is not overwritten."""
    before, changes = assessment.answers, form.changes()
    if form.is_stale and any(before.get(key) != value for key, value in changes.items()):
        return show_page(request, assessment, page, context, form, status=409)
    changes |= {"language": get_language() or "en"}
    try:
        saved = services.save_answers(
            assessment=assessment, revision=assessment.revision, changes=changes, page=page.key
        )
    except services.AnswersMoved:
        now = find_assessment(request, assessment.public_id)
        return show_page(request, now, page, question_context(now), form, 409)
    except AnswersError as error:
        for problem in error.problems:
            form.add_error(None, f"{problem['message']} {problem['fix']}")
        return show_page(request, assessment, page, context, form, status=422)
    for sentence in form.readings():
        messages.info(request, sentence)
    following = BY_KEY[form.goes_to] if form.goes_to else _next(request, page, before, saved.answers)
    return _go(request, assessment, page, following)


def _next(request: HttpRequest, page: Page, before: dict[str, Any], after: dict[str, Any]) -> Page | None:
    """The page an answer leads to; None is the check."""
    if CHANGE in request.GET:
        back = BY_KEY.get(request.GET[CHANGE])
        return flow.page_after_change(page.key, before, after) or (back and flow.page_instead(back, after))
    if flow.is_finished_except(page.key, before):
        return flow.page_after_change(page.key, before, after)
    return flow.next_page(page.key, after)


def _go(request: HttpRequest, assessment: Assessment, left: Page, page: Page | None) -> HttpResponse:
    """To a question page, or to the check. What is being changed is remembered until the way back."""
    if page is None:
        check = check_address(assessment, left if CHANGE in request.GET else None)
        return HttpResponseClientRedirect(check) if wants_fragment(request) else redirect(check)
    back = request.GET.get(CHANGE)
    if back is None or back == page.key:
        return redirect(page_address(assessment.public_id, page.key))
    return redirect(f"{page_address(assessment.public_id, page.key)}?{urlencode({CHANGE: back})}")
