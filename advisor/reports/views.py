"""Asking for a report, watching it, canceling and fetching it. Strangers find nothing."""

from __future__ import annotations

import io
import logging
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reswap, retarget

from advisor.assessments.models import Assessment, Result
from advisor.assessments.policies import visitor_of
from advisor.assessments.presentation.sheet import Sheet
from advisor.catalog.services import engine_catalog
from advisor.engine.catalog import Catalog
from advisor.reports.brands import StoredBrand
from advisor.reports.files import StorageDown, open_file
from advisor.reports.guide import guide
from advisor.reports.models import Report, ReportQuerySet, State
from advisor.reports.option_forms import RequestForm
from advisor.reports.services import cancel_report, request_report
from advisor.reports.spreadsheet import CONTENT_TYPE, render_spreadsheet
from advisor.web.downloads import attachment
from advisor.web.fragments import wants_fragment
from advisor.web.throttle import allow, client_address

logger = logging.getLogger(__name__)

HOUR = 3600
REPORTS_AN_HOUR = 20  # for one assessment
ADDRESS_REPORTS_AN_HOUR = 60  # for one address, behind which a whole office may sit


@require_POST
@vary_on_headers("HX-Request")
def request(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a report of the latest result of an assessment."""
    assessment = get_object_or_404(Assessment.objects.visible_to(visitor_of(request)), public_id=public_id)
    result = assessment.results.latest_readable()
    if result is None:
        raise Http404
    form = RequestForm(request.POST, brand=StoredBrand.objects.of(visitor_of(request).user))
    if not form.is_valid():
        return _sent_back(request, result, form)
    if not _allowed(request, assessment):
        return render(request, "429.html", status=429)
    report = request_report(result=result, **form.request())
    if wants_fragment(request):
        return render(request, "reports/status.html#report-status", {"report": report})
    return redirect("reports:status", public_id=report.public_id)


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def status(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far a report is; as a fragment for the page that waits for it."""
    report = get_object_or_404(_visible(request), public_id=public_id)
    template = "reports/status.html#report-status" if wants_fragment(request) else "reports/status.html"
    return render(request, template, {"report": report})


@require_safe
def spreadsheet(request: HttpRequest, public_id: UUID) -> FileResponse:
    """The latest result of an assessment as a workbook."""
    assessment = get_object_or_404(Assessment.objects.visible_to(visitor_of(request)), public_id=public_id)
    result = assessment.results.latest_readable()
    if result is None:
        raise Http404
    content = render_spreadsheet(result.recommendation, language=get_language() or "en", timestamp=result.created_at)
    return attachment(io.BytesIO(content), f"result-{result.as_of}.xlsx", CONTENT_TYPE)


@require_safe
@never_cache
def set_up(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The set-up guide for the latest result of an assessment, as a page to work from and to print."""
    assessment = get_object_or_404(Assessment.objects.visible_to(visitor_of(request)), public_id=public_id)
    result = assessment.results.latest_readable()
    parts = guide(*_before_reader(result)) if result is not None else []
    if not parts:
        raise Http404
    return render(request, "reports/set_up.html", {"assessment": assessment, "parts": parts})


def _before_reader(result: Result) -> tuple[Sheet, Catalog]:
    sheet = Sheet(result.recommendation, get_language() or "en")
    return sheet, engine_catalog(result.catalog_version)


@require_safe
def download(request: HttpRequest, public_id: UUID, name: str) -> HttpResponseBase:
    """The finished file, under its one name."""
    report = get_object_or_404(_visible(request).filter(state=State.READY), public_id=public_id)
    return sent_file(request, report, name, back="reports:status", back_id=report.public_id)


@require_POST
@vary_on_headers("HX-Request")
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop making a report; one that has ended in the meantime is shown as it is."""
    report = get_object_or_404(_visible(request), public_id=public_id)
    cancel_report(report=report)
    report.refresh_from_db()
    if wants_fragment(request):
        return render(request, "reports/status.html#report-status", {"report": report})
    return redirect("reports:status", public_id=report.public_id)


def sent_file(request: HttpRequest, report: Report, name: str, *, back: str, back_id: UUID) -> HttpResponseBase:
    """A ready report's file, or the page ``back`` with a sentence while the storage does not answer.

    The caller has decided that this visitor may have it.
    """
    if name != report.file_name:
        raise Http404
    try:
        return attachment(open_file(report), report.file_name, "application/pdf")
    except FileNotFoundError:
        raise Http404 from None
    except StorageDown as error:
        logger.error("report %s cannot be fetched: %s", report.number, error)
        messages.error(request, _("The file cannot be fetched just now. Try again in a few minutes."))
        return redirect(back, public_id=back_id)


def _visible(request: HttpRequest) -> ReportQuerySet:
    found = Report.objects.visible_to(visitor_of(request)).select_related("result__assessment")
    return found.defer("result__document", "result__answers")  # asked for every two seconds


def _sent_back(request: HttpRequest, result: Result, form: RequestForm) -> HttpResponse:
    """The form with its mistakes: as a page, or in the place of the form that was sent."""
    context = {"result": result, "form": form}
    if not wants_fragment(request):
        return render(request, "reports/request.html", context, status=422)
    panel = render(request, "reports/report_panel.html", context, status=422)
    return retarget(reswap(panel, "outerHTML"), "#report-panel")


def _allowed(request: HttpRequest, assessment: Assessment) -> bool:
    by_assessment = allow(f"report:{assessment.public_id}", REPORTS_AN_HOUR, HOUR)
    return allow(f"report:{client_address(request)}", ADDRESS_REPORTS_AN_HOUR, HOUR) and by_assessment
