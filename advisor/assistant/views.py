"""Describing a business in one's own words, confirming what was read out of it, and having a figure explained.

Without ASSISTANT_URL none of these addresses exists. Nothing is sent before a button is pressed, and nothing is stored
but the answers that were confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from advisor.assessments import services
from advisor.assessments.forms.start import StartForm
from advisor.assessments.models import Assessment
from advisor.assessments.policies import grant, visitor_of
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.presentation.workings import workings
from advisor.assessments.views import start as start_page
from advisor.assessments.views.lookup import find_assessment, question_context
from advisor.assistant.describing import MAX_CHARACTERS, ask_for_answers
from advisor.assistant.explaining import explain as explain_working
from advisor.assistant.explaining import material
from advisor.assistant.forms import DescriptionForm
from advisor.assistant.proposals import Proposals, propose
from advisor.assistant.wire import REPLY_BYTES, AssistantError, is_on, json_object, server_name
from advisor.web.formats import Formats
from advisor.web.throttle import allow, client_address

HOUR = 3600
ASKS_AN_HOUR = 30  # for one address; assumed: a visitor asks a few times, an office behind one address some more
AGAIN = "again"  # name of the button that leads from the proposals back to the text

View = Callable[..., HttpResponse]


def where_switched_on(view: View) -> View:
    """Not found where the operator named no server, whoever asks and however."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_on():
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@where_switched_on
@never_cache
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """From the start page, with what was chosen there, to the description in place of the first question."""
    form = StartForm(request.POST)
    if not form.is_valid():
        return start_page.start(request)
    if not allow(f"start:{client_address(request)}", start_page.STARTS_AN_HOUR, HOUR):
        return render(request, "429.html", status=429)
    assessment = services.start_assessment(
        choices=form.choices(), language=get_language() or "en", owner=visitor_of(request).user
    )
    grant(request, assessment.public_id)
    return redirect("assistant:describe", public_id=assessment.public_id)


@where_switched_on
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The text, and after the button the answers that the model read out of it."""
    assessment = find_assessment(request, public_id)
    if request.method != "POST" or AGAIN in request.POST:
        return _text_page(request, assessment, DescriptionForm(initial={"text": request.POST.get("text", "")}))
    form = DescriptionForm(request.POST)
    if not form.is_valid():
        return _text_page(request, assessment, form, problems=form.problems(), status=422)
    if not _may_ask(request):
        return _text_page(request, assessment, form, failure=_too_often(), status=429)
    text = form.cleaned_data["text"]
    context = question_context(assessment)
    try:
        reply = ask_for_answers(text, context)
    except AssistantError as error:
        return _text_page(request, assessment, form, failure=str(error), status=422)
    found = propose(reply, text, context)
    if not found.offered:
        return _text_page(request, assessment, form, found=found)
    return _proposals_page(request, assessment, found, reply, text)


@where_switched_on
@never_cache
@require_POST
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take over the proposals that were ticked, unless the answers have changed since they were shown."""
    assessment = find_assessment(request, public_id)
    text, ticked = request.POST.get("text", "")[: 2 * MAX_CHARACTERS], request.POST.getlist("accept")
    context = question_context(assessment)
    reply = _shown_reply(request)
    found = propose(reply, text, context, only=ticked)
    revision = request.POST.get("revision", "")
    try:
        if revision != str(assessment.revision):
            raise services.AnswersMoved
        saved = services.save_answers(assessment=assessment, revision=assessment.revision, changes=found.changes)
    except services.AnswersMoved:
        fresh = find_assessment(request, public_id)
        return _proposals_page(request, fresh, propose(reply, text, question_context(fresh)), reply, text, moved=ticked)
    _tell(request, found)
    return start_page.go_on(saved)


@where_switched_on
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: HttpRequest, public_id: UUID, figure: str) -> HttpResponse:
    """The working of a figure of the latest result, and after the button the model's words beside it."""
    assessment = find_assessment(request, public_id)
    working, sent = _working(assessment, figure)
    shown: dict[str, Any] = {"assessment": assessment, "working": working, "sent": sent, **_told()}
    status = 200
    if request.method == "POST" and not _may_ask(request):
        shown["failure"], status = _too_often(), 429
    elif request.method == "POST":
        try:
            shown["explanation"] = explain_working(sent, get_language() or "en")
        except AssistantError as error:
            shown["failure"], status = str(error), 422
    return render(request, "assistant/explain.html", shown, status=status)


def _working(assessment: Assessment, figure: str) -> tuple[Mapping[str, Any], str]:
    """A working of the latest result, and what would be sent of it."""
    latest = assessment.results.latest_readable()
    if latest is None:
        raise Http404
    sheet = Sheet(latest.recommendation, get_language() or "en", timezone.localdate())
    found = workings(sheet)
    if figure not in found:
        raise Http404
    return found[figure], material(found[figure], sheet.formats.number(sheet.horizon))


def _text_page(
    request: HttpRequest, assessment: Assessment, form: DescriptionForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    most = Formats(get_language() or "en", "").number(MAX_CHARACTERS)
    shown = {"assessment": assessment, "form": form, "most": most, **_told(), **more}
    return render(request, "assistant/describe.html", shown, status=status)


def _proposals_page(
    request: HttpRequest,
    assessment: Assessment,
    found: Proposals,
    reply: Mapping[str, Any],
    text: str,
    *,
    moved: list[str] | None = None,
) -> HttpResponse:
    """All that the next step needs travels in the form of the page, because nothing is stored.

    ``moved`` names what was ticked when the answers turned out to have changed meanwhile.
    """
    shown = {
        "assessment": assessment,
        "found": found,
        "reply": json.dumps({each.name: reply[each.name] for each in found.offered}),
        "text": text,
        "ticked": moved or (),
        "moved": moved is not None,
        **_told(),
    }
    return render(request, "assistant/proposals.html", shown, status=200 if moved is None else 409)


def _shown_reply(request: HttpRequest) -> dict[str, Any]:
    """The reply as the page of proposals carried it; nothing where somebody tampered with it."""
    try:
        return json_object(request.POST.get("reply", "")[:REPLY_BYTES])
    except AssistantError:
        return {}


def _tell(request: HttpRequest, found: Proposals) -> None:
    count = len(found.offered)
    if count:
        text = ngettext("%(count)s answer was taken over.", "%(count)s answers were taken over.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Nothing was taken over. Here are the questions themselves."))
    for sentence in found.dropped:
        messages.warning(request, sentence)


def _may_ask(request: HttpRequest) -> bool:
    return allow(f"assistant:{client_address(request)}", ASKS_AN_HOUR, HOUR)


def _too_often() -> str:
    return _("That was often enough for one hour. Please try again later.")


def _told() -> dict[str, str]:
    """What a page says about where things are sent."""
    return {"server": server_name(), "model": settings.ASSISTANT_MODEL}
