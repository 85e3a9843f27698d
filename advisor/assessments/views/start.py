"""The start page, coming back by a private link, saving for later, and deleting everything."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advisor.assessments import flow, services
from advisor.assessments.forms.notes import NotesForm
from advisor.assessments.forms.start import SAMPLES, StartForm
from advisor.assessments.models import Assessment
from advisor.assessments.policies import grant, visitor_of, withdraw
from advisor.assessments.views.lookup import find_assessment
from advisor.web.throttle import allow, client_address

HOUR = 3600
STARTS_AN_HOUR = 60  # for one address, behind which a whole office or class may sit
LINKS_TRIED_AN_HOUR = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Say what this is, and begin."""
    form = StartForm(request.POST or None, initial={"length": "quick", "answering_for": "business"})
    if request.method != "POST" or not form.is_valid():
        mine = Assessment.objects.visible_to(visitor_of(request))[:3]
        status = 422 if request.method == "POST" else 200
        return render(request, "assessments/start.html", {"form": form, "earlier": mine}, status=status)
    if not allow(f"start:{client_address(request)}", STARTS_AN_HOUR, HOUR):
        return render(request, "429.html", status=429)
    assessment = services.start_assessment(
        choices=form.choices(), language=get_language() or "en", owner=visitor_of(request).user
    )
    grant(request, assessment.public_id)
    sample = form.choices().sample
    if sample is None:
        return go_on(assessment)
    messages.info(
        request,
        _("These answers are invented (%(sample)s). Change what is different for you.") % {"sample": SAMPLES[sample]},
    )
    return redirect("assessments:check", public_id=assessment.public_id)


@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Come back by a private link: it becomes a grant for this browser, and the address is clean again."""
    if not allow(f"resume:{client_address(request)}", LINKS_TRIED_AN_HOUR, HOUR):
        return render(request, "429.html", status=429)
    assessment = services.open_resume_link(token=token)
    if assessment is None:
        raise Http404
    grant(request, assessment.public_id)
    return go_on(assessment)


@never_cache
@require_POST
def save(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a private link and show it once."""
    assessment = find_assessment(request, public_id)
    link = services.issue_resume_link(assessment=assessment)
    return render(request, "assessments/saved.html", {"assessment": assessment, "link": link})


@never_cache
@require_POST
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End the private link."""
    assessment = find_assessment(request, public_id)
    services.revoke_resume_link(assessment=assessment)
    messages.success(request, _("The private link no longer works."))
    return redirect("assessments:check", public_id=assessment.public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask once, then delete the answers, the results and the reports."""
    assessment = find_assessment(request, public_id)
    if request.method != "POST":
        return render(request, "assessments/delete.html", {"assessment": assessment})
    services.delete_assessment(assessment=assessment)
    withdraw(request, public_id)
    messages.success(request, _("Your answers, results and reports have been deleted."))
    return redirect("assessments:start")


@never_cache
@require_POST
def notes(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep an advisor's notes about the client, and go back to the check."""
    assessment = find_assessment(request, public_id)
    form = NotesForm(request.POST)
    if form.is_valid():
        services.write_notes(assessment=assessment, notes=form.cleaned_data["notes"])
        messages.success(request, _("Your notes are kept."))
    else:
        messages.error(request, " ".join(map(str, form.errors["notes"])))
    return redirect("assessments:check", public_id=assessment.public_id)


@never_cache
@require_POST
def lengthen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """From the quick look to the full questionnaire; what was answered stays."""
    assessment = find_assessment(request, public_id)
    return go_on(services.ask_everything(assessment=assessment))


def go_on(assessment: Assessment) -> HttpResponse:
    """To the first question that waits, or to the check when none does."""
    page = flow.first_open(assessment.answers)
    if page is None:
        return redirect("assessments:check", public_id=assessment.public_id)
    return redirect("assessments:question", public_id=assessment.public_id, key=page.key)
