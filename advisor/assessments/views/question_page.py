"""Drawing one question page."""

from __future__ import annotations

import json
from collections import OrderedDict

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_htmx.http import push_url

from advisor.assessments import flow, outlook
from advisor.assessments.context import QuestionContext
from advisor.assessments.drafts import draft_of
from advisor.assessments.forms.base import QuestionForm
from advisor.assessments.models import Assessment
from advisor.assessments.panel import PanelLine, outlook_lines, panel_lines
from advisor.assessments.question_texts import PAGES as TEXTS
from advisor.assessments.questions import BY_KEY, Page
from advisor.assessments.views.question_parts import (
    CHANGE,
    TOKEN,
    addressed,
    draft_address,
    draft_note,
    filled,
    page_address,
    page_around,
    progress_bar,
    save_address,
    side_panel,
)
from advisor.catalog.services import content_hash
from advisor.web.fragments import wants_fragment
from advisor.web.frame import framed

OUTLOOK = "outlook"  # in the address: the side panel with what takes a moment to work out
MOST_DRAWN = 128  # assumed: pages one worker keeps, of at most 60 kB each
STOP = "assessments/questions/_stop.html"  # in place of fields, where somebody else has to be asked first
DRAWN: OrderedDict[str, str] = OrderedDict()


def open_page(request: HttpRequest, assessment: Assessment, page: Page, context: QuestionContext) -> HttpResponse:
    """The page as somebody comes to it, with what was left there unsent over the same answers.

    A page that looks just as it did the last time (after a reload, the back button, in a second window) is not drawn
    again: it follows from the stored answers, the draft, the facts, the day, the language and the address.
    """
    if OUTLOOK in request.GET:
        if wants_fragment(request):
            shown = {"panel": addressed(_outlook(assessment, context), assessment.public_id, page.key)}
            return render(request, "assessments/question.html#outlook", shown)
        return show_page(request, assessment, page, context, _form_with_draft(assessment, page, context))
    if len(get_messages(request)):
        return show_page(request, assessment, page, context, _form_with_draft(assessment, page, context))
    facts = [context.catalog.content_hash, context.today.isoformat(), context.language, request.get_full_path()]
    key = content_hash(json.dumps([assessment.answers, assessment.drafts.get(page.key), *facts]))
    if key in DRAWN:
        DRAWN.move_to_end(key)
        return _respond(request, page, DRAWN[key], 200)
    form = _form_with_draft(assessment, page, context)
    content = _draw(request, assessment, page, context, form, 200)
    DRAWN[key] = content
    if len(DRAWN) > MOST_DRAWN:
        DRAWN.popitem(last=False)
    return _respond(request, page, content, 200)


def show_page(
    request: HttpRequest,
    assessment: Assessment,
    page: Page,
    context: QuestionContext,
    form: QuestionForm | None,
    status: int = 200,
) -> HttpResponse:
    """The page with this form on it: 422 with its problems, 409 when the stored answer has changed meanwhile."""
    content = _draw(request, assessment, page, context, form, status)
    return _respond(request, page, content, status)


def check_address(assessment: Assessment, row: Page | None = None) -> str:
    """The check; with a page, at the row of its answer."""
    check = reverse("assessments:check", args=[assessment.public_id])
    return f"{check}#{row.question}" if row else check


def _draw(
    request: HttpRequest,
    assessment: Assessment,
    page: Page,
    context: QuestionContext,
    form: QuestionForm | None,
    status: int,
) -> str:
    contents = _contents(request, assessment, page, context, form, status)
    examples = tuple(_(text) for text in context.sector.examples) if context.sector and page.question == "Q4" else ()
    return filled(page_around(context.language, page.key, _title(page), examples, tuple(contents)), contents)


def _contents(
    request: HttpRequest,
    assessment: Assessment,
    page: Page,
    context: QuestionContext,
    form: QuestionForm | None,
    status: int,
) -> dict[str, str]:
    """What is this visitor's own on the page, by place."""
    return {
        "path": request.get_full_path(),
        "back": _back_address(request, assessment, page, context),
        "progress": progress_bar(context.language, page.step, flow.progress(page.key, context.answers)),
        "describe": render_to_string("assistant/_describe_link.html", {"assessment": assessment, "page": page}),
        "draft_address": draft_address(assessment.public_id, page.key),
        "save_address": save_address(assessment.public_id),
        "draft_note": _draft_note(request, assessment, page, context, form),
        "fingerprint": form.fingerprint if form else "",
        "notices": _notices(request, form, status),
        "panel": _panel(request, assessment, page, context),
        "fields": render_to_string(form.fields_template if form else STOP, {"form": form}),
    }


def _notices(request: HttpRequest, form: QuestionForm | None, status: int) -> str:
    """What there is to say above the question: usually nothing."""
    if status == 200 and not len(get_messages(request)):
        return ""
    problems = form.problems() if form is not None and status == 422 else []
    return render_to_string(
        "assessments/question.html#notices", {"problems": problems, "moved": status == 409}, request
    )


def _draft_note(
    request: HttpRequest, assessment: Assessment, page: Page, context: QuestionContext, form: QuestionForm | None
) -> str:
    draft = draft_of(assessment.drafts, page.key)
    restored = request.method == "GET" and form is not None and draft is not None and draft.shown == form.fingerprint
    return draft_note(context.language, draft.fingerprint if draft else "", "restored" if restored else "")


def _respond(request: HttpRequest, page: Page, content: str, status: int) -> HttpResponse:
    token = get_token(request)
    content = content.replace(TOKEN, token)
    if not wants_fragment(request):
        return HttpResponse(framed(request, title=_title(page), content=content, token=token), status=status)
    response = HttpResponse(content, status=status)
    return push_url(response, request.get_full_path()) if request.method == "GET" else response


def _title(page: Page) -> str:
    return f"{TEXTS[page.key].title} – {_('AI adoption advisor')}"


def _form_with_draft(assessment: Assessment, page: Page, context: QuestionContext) -> QuestionForm | None:
    if page.form is None:
        return None
    form = page.form(None, context)
    draft = draft_of(assessment.drafts, page.key)
    return form if draft is None or draft.shown != form.fingerprint else page.form.as_typed(draft.data(), context)


def _panel(request: HttpRequest, assessment: Assessment, page: Page, context: QuestionContext) -> SafeString:
    outlook_ = _outlook(assessment, context) if OUTLOOK in request.GET else []
    enough = all(key in context.answers for key in outlook.NEEDED)
    lines = panel_lines(context)
    return side_panel(context.language, assessment.public_id, page.key, lines, outlook_ if enough else None)


def _outlook(assessment: Assessment, context: QuestionContext) -> list[PanelLine]:
    found = outlook.outlook(assessment.public_id, context)
    return outlook_lines(found, context) if found else []


def _back_address(request: HttpRequest, assessment: Assessment, page: Page, context: QuestionContext) -> str:
    if CHANGE in request.GET:
        origin = BY_KEY.get(request.GET[CHANGE])
        return page_address(assessment.public_id, origin.key) if origin else check_address(assessment, page)
    before = flow.previous_page(page.key, context.answers)
    return page_address(assessment.public_id, before.key) if before else reverse("assessments:start")
