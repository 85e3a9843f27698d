"""Sharing a report by a link, and what its holder meets. The token leaves the address at the first visit."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advisor.assessments.policies import visitor_of
from advisor.reports import sharing
from advisor.reports.forms import PassphraseForm, ShareForm
from advisor.reports.models import Report, State
from advisor.reports.share_links import ShareLink
from advisor.reports.views import sent_file
from advisor.web.remembered import remember
from advisor.web.throttle import allow, client_address

HOUR = 3600
LINKS_TRIED_AN_HOUR = 60  # by one address
PASSPHRASES_AN_HOUR = 20  # for one link, whoever tries
SESSION_FOUND, SESSION_OPENED = "share_links_found", "share_links_opened"
MOST_KEPT = 50  # links one browser remembers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The links of a report, and a new one, shown once."""
    visitor = visitor_of(request)
    report = get_object_or_404(Report.objects.visible_to(visitor).filter(state=State.READY), public_id=public_id)
    form, made = ShareForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = sharing.share_report(report=report, by=visitor.user, **form.choices())
        except sharing.NotShared:
            form.add_error(None, _("This report has too many links. End one first."))
    context = {"report": report, "links": report.share_links.alive(timezone.now()), "form": form, "made": made}
    return render(request, "reports/share.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a link of a report one may see."""
    links = ShareLink.objects.filter(report__in=Report.objects.visible_to(visitor_of(request)))
    link = get_object_or_404(links.select_related("report"), public_id=public_id)
    sharing.revoke_link(link=link)
    messages.success(request, _("The link no longer works."))
    return redirect("reports:share", public_id=link.report.public_id)


@never_cache
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody follows the link: this browser is let in, and the address is clean again."""
    if not allow(f"shared:{client_address(request)}", LINKS_TRIED_AN_HOUR, HOUR):
        return render(request, "429.html", status=429)
    link = sharing.open_link(token=token)
    if link is None:
        raise Http404
    remember(request, SESSION_FOUND, str(link.public_id), most=MOST_KEPT)
    if not link.asks_passphrase:
        _let_in(request, link)
    return redirect("reports:shared", public_id=link.public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the link leads to: the pass phrase first, where there is one, then the report."""
    link = _found(request, public_id, SESSION_FOUND)
    if _knows(request, SESSION_OPENED, link):
        return render(request, "reports/shared.html", {"link": link, "report": link.report})
    form = PassphraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not allow(f"passphrase:{link.public_id}", PASSPHRASES_AN_HOUR, HOUR):
            return render(request, "429.html", status=429)
        if sharing.right_passphrase(link=link, passphrase=form.cleaned_data["passphrase"]):
            _let_in(request, link)
            return redirect("reports:shared", public_id=link.public_id)
        form.add_error("passphrase", _("That is not the pass phrase of this link."))
    return render(request, "reports/passphrase.html", {"link": link, "form": form}, status=422 if form.errors else 200)


@require_safe
def shared_file(request: HttpRequest, public_id: UUID, name: str) -> HttpResponseBase:
    """The report's file for the holder of a link; asked anew each time whether the link still lives."""
    link = _found(request, public_id, SESSION_OPENED)
    return sent_file(request, link.report, name, back="reports:shared", back_id=link.public_id)


def _found(request: HttpRequest, public_id: UUID, key: str) -> ShareLink:
    """The living link, if this browser came by it."""
    links = ShareLink.objects.alive(timezone.now()).select_related("report")
    link = get_object_or_404(links, public_id=public_id)
    if not _knows(request, key, link):
        raise Http404
    return link


def _knows(request: HttpRequest, key: str, link: ShareLink) -> bool:
    return str(link.public_id) in request.session.get(key, ())


def _let_in(request: HttpRequest, link: ShareLink) -> None:
    if not _knows(request, SESSION_OPENED, link):
        sharing.count_view(link=link)
    remember(request, SESSION_OPENED, str(link.public_id), most=MOST_KEPT)
