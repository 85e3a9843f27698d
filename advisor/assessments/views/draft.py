"""Keeping what stands on a question page that was not sent yet; htmx asks for it while somebody types."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from advisor.assessments import services
from advisor.assessments.drafts import draft_from
from advisor.assessments.forms.base import DRAFT
from advisor.assessments.questions import BY_KEY
from advisor.assessments.views.lookup import find_assessment, question_context
from advisor.web.throttle import allow

HOUR = 3600
DRAFTS_AN_HOUR = 1200  # of one assessment; assumed: somebody who types without a pause for twenty minutes


@never_cache
@require_POST
def draft(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """Keep what can be used of the page as it stands, and say how figures on it would be read.

    Nothing is kept of a page that shows answers which have changed since, or that holds nothing new.
    """
    assessment = find_assessment(request, public_id)
    page = BY_KEY.get(key)
    if page is None or page.form is None:
        raise Http404
    form = page.form(request.POST, question_context(assessment))
    is_new = not form.is_valid() or any(assessment.answers.get(name) != value for name, value in form.changes().items())
    usable = form.inputs() - form.refused()
    made = draft_from(request.POST, form.fingerprint, usable) if is_new and not form.is_stale else None
    if made is None or not allow(f"draft:{public_id}", DRAFTS_AN_HOUR, HOUR):
        return HttpResponse(status=204)
    before, state = str(request.POST.get(DRAFT, "")), "kept"
    try:
        before = services.keep_draft(assessment=assessment, page=key, draft=made, before=before).fingerprint
    except services.DraftMoved:
        state = "elsewhere"  # said on the page; what is typed there goes on with Continue
    shown = {"draft": before, "draft_state": state, "readings": form.readings()}
    return render(request, "assessments/question.html#draft", shown)
