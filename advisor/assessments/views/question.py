"""One question page: showing it, and taking the answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, push_url

from advisor.assessments import flow, outlook, services
from advisor.assessments.answers import AnswersError
from advisor.assessments.context import QuestionContext
from advisor.assessments.drafts import draft_of
from advisor.assessments.forms.base import MOVE, QuestionForm
from advisor.assessments.models import Assessment
from advisor.assessments.panel import PanelLine, outlook_lines, panel_lines
from advisor.assessments.question_texts import PAGES as TEXTS
from advisor.assessments.question_texts import STEPS
from advisor.assessments.questions import BY_KEY, Page
from advisor.assessments.views.lookup import find_assessment, question_context
from advisor.web.fragments import wants_fragment
from advisor.web.frame import framed

OUTLOOK = "outlook"  # in the address: the side panel with what takes a moment to work out
CHANGE = "change"  # in the address: which page a changed answer leads back to; any other word is the check


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
    if OUTLOOK in request.GET and wants_fragment(request):
        shown = {"assessment": assessment, "page": page, "panel": _outlook(assessment, context)}
        return render(request, "assessments/question.html#outlook", shown)
    return _show(request, assessment, page, context, _form_with_draft(assessment, page, context))


def _form_with_draft(assessment: Assessment, page: Page, context: QuestionContext) -> QuestionForm | None:
    """The page's form, with what was left there unsent over the same answers."""
    if page.form is None:
        return None
    form = page.form(None, context)
    draft = draft_of(assessment.drafts, page.key)
    return form if draft is None or draft.shown != form.fingerprint else page.form.as_typed(draft.data(), context)


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
        saved = services.save_answers(
            assessment=assessment, revision=assessment.revision, changes=changes, page=page.key
        )
    except services.AnswersMoved:
        return _show(
            request, assessment, page, question_context(find_assessment(request, assessment.public_id)), form, 409
        )
    except AnswersError as error:
        for problem in error.problems:
            form.add_error(None, f"{problem['message']} {problem['fix']}")
        return _show(request, assessment, page, context, form, status=422)
    for sentence in form.readings():
        messages.info(request, sentence)
    following = BY_KEY[form.goes_to] if form.goes_to else _next(request, page, before, saved.answers)
    return _go(request, assessment, following)


def _next(request: HttpRequest, page: Page, before: dict[str, Any], after: dict[str, Any]) -> Page | None:
    """The page an answer leads to; None is the check."""
    if CHANGE in request.GET:
        back = BY_KEY.get(request.GET[CHANGE])
        return flow.page_after_change(page.key, before, after) or (back and flow.page_instead(back, after))
    if flow.is_finished_except(page.key, before):
        return flow.page_after_change(page.key, before, after)
    return flow.next_page(page.key, after)


def _go(request: HttpRequest, assessment: Assessment, page: Page | None) -> HttpResponse:
    """To a question page, or to the check. What is being changed is remembered until the way back."""
    if page is None:
        check = _check_address(assessment)
        return HttpResponseClientRedirect(check) if wants_fragment(request) else redirect(check)
    back = request.GET.get(CHANGE)
    if back is None or back == page.key:
        return redirect(_address(assessment, page))
    return redirect(f"{_address(assessment, page)}?{urlencode({CHANGE: back})}")


def _show(
    request: HttpRequest,
    assessment: Assessment,
    page: Page,
    context: QuestionContext,
    form: QuestionForm | None,
    status: int = 200,
) -> HttpResponse:
    draft = draft_of(assessment.drafts, page.key)
    restored = form is not None and not form.is_bound and draft is not None and draft.shown == form.fingerprint
    shown = {
        "assessment": assessment,
        "draft": draft.fingerprint if draft else "",
        "draft_state": "restored" if restored and request.method == "GET" else "",
        "page": page,
        "text": TEXTS[page.key],
        "title": f"{TEXTS[page.key].title} – {_('AI adoption advisor')}",
        "form": form,
        "problems": form.problems() if form is not None and status == 422 else [],
        "moved": status == 409,
        "step": STEPS[page.step],
        "progress": flow.progress(page.key, context.answers),
        "panel": panel_lines(context),
        "has_outlook": all(key in context.answers for key in outlook.NEEDED),
        "outlook": _outlook(assessment, context) if OUTLOOK in request.GET else None,
        "examples": [_(text) for text in context.sector.examples] if context.sector and page.question == "Q4" else [],
        "back": _back_address(request, assessment, page, context),
    }
    content = render_to_string("assessments/question.html#question", shown, request)
    if not wants_fragment(request):
        return HttpResponse(framed(request, title=str(shown["title"]), content=content), status=status)
    response = HttpResponse(content, status=status)
    return push_url(response, request.get_full_path()) if request.method == "GET" else response


def _outlook(assessment: Assessment, context: QuestionContext) -> list[PanelLine]:
    found = outlook.outlook(assessment.public_id, context)
    return outlook_lines(found, context) if found else []


def _back_address(request: HttpRequest, assessment: Assessment, page: Page, context: QuestionContext) -> str:
    if CHANGE in request.GET:
        origin = BY_KEY.get(request.GET[CHANGE])
        return _address(assessment, origin) if origin else _check_address(assessment)
    before = flow.previous_page(page.key, context.answers)
    return _address(assessment, before) if before else reverse("assessments:start")


def _check_address(assessment: Assessment) -> str:
    return reverse("assessments:check", args=[assessment.public_id])


def _address(assessment: Assessment, page: Page) -> str:
    return reverse("assessments:question", args=[assessment.public_id, page.key])
