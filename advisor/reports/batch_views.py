"""Reports for many clients at once, for people who sign in: choose, watch, cancel, fetch as one archive."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from advisor.assessments.policies import visitor_of
from advisor.reports.batches import archive, cancel_batch, latest_results, progress, request_batch
from advisor.reports.forms import BatchForm
from advisor.reports.models import Batch
from advisor.web.downloads import private, safe_name
from advisor.web.fragments import wants_fragment
from advisor.web.throttle import allow

HOUR = 3600
BATCHES_AN_HOUR = 10  # for one account
SHOWN_BATCHES = 10  # on the page where one is asked for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def batches(request: HttpRequest) -> HttpResponse:
    """Choose clients and ask for their reports; the latest batches stand below."""
    visitor = visitor_of(request)
    form = BatchForm(request.POST if request.method == "POST" else None, offered=latest_results(visitor))
    if request.method == "POST" and form.is_valid() and visitor.user is not None:
        if not allow(f"batch:{visitor.user.pk}", BATCHES_AN_HOUR, HOUR):
            return render(request, "429.html", status=429)
        chosen = {"language": form.cleaned_data["language"], "paper": form.cleaned_data["paper"]}
        batch = request_batch(owner=visitor.user, results=form.results(), **chosen)
        return redirect("reports:batch", public_id=batch.public_id)
    context = {"form": form, "earlier": Batch.objects.visible_to(visitor)[:SHOWN_BATCHES]}
    return render(request, "reports/batches.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@vary_on_headers("HX-Request")
@login_required
def batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the reports of a batch are; as a fragment for the page that waits for them."""
    found = progress(_find(request, public_id), visitor_of(request))
    template = "reports/batch.html#batch-status" if wants_fragment(request) else "reports/batch.html"
    return render(request, template, {"found": found})


@require_POST
@login_required
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make no more of its reports; those that are ready stay."""
    found = _find(request, public_id)
    cancel_batch(batch=found)
    return redirect("reports:batch", public_id=found.public_id)


@require_safe
@login_required
def archive_file(request: HttpRequest, public_id: UUID) -> StreamingHttpResponse:
    """The finished reports as one zip, each decided anew."""
    found = _find(request, public_id)
    response = StreamingHttpResponse(archive(progress(found, visitor_of(request))), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{safe_name(found.file_name)}"'
    return private(response)


def _find(request: HttpRequest, public_id: UUID) -> Batch:
    return get_object_or_404(Batch.objects.visible_to(visitor_of(request)), public_id=public_id)
