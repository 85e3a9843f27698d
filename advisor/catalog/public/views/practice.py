"""Pages about practice: published cases, programs and paid support, published claims."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from advisor.catalog.models import CatalogVersion
from advisor.catalog.public.practice import cases_for, offers_for, programs_for
from advisor.catalog.public.practice_forms import CaseForm, RouteForm
from advisor.catalog.public.presentation.cases import cases_page
from advisor.catalog.public.presentation.claims import claims_page
from advisor.catalog.public.presentation.practice import software_page
from advisor.catalog.public.presentation.sources import Sources
from advisor.catalog.public.published import facts_of
from advisor.catalog.public.views.published import formats, of_current_version


@require_safe
@of_current_version
def cases(request: HttpRequest, version: CatalogVersion) -> HttpResponse:
    """Cases of a trade, a job, an ending; failures stand among them."""
    clean = _without_empty(request)
    if clean is not None:
        return redirect(clean)
    facts = facts_of(version.content_hash)
    form = CaseForm(request.GET, facts=facts)
    found = cases_for(facts.rows.get("case_studies", ()), form.wishes())
    context = {"form": form, "page": cases_page(found, _sources()), "problems": form.problems(), "version": version}
    return render(request, "catalog/cases.html", context, status=422 if context["problems"] else 200)


@require_safe
@of_current_version
def software(request: HttpRequest, version: CatalogVersion) -> HttpResponse:
    """Programs to run and support to buy, for one way of running or for all."""
    clean = _without_empty(request)
    if clean is not None:
        return redirect(clean)
    rows, form = facts_of(version.content_hash).rows, RouteForm(request.GET)
    route, problems = form.route(), form.problems()
    programs, offers = programs_for(rows.get("software", ()), route), offers_for(rows.get("support_offers", ()), route)
    page = software_page(route, programs, offers, _sources())
    context = {"form": form, "page": page, "problems": problems, "version": version}
    return render(request, "catalog/software.html", context, status=422 if problems else 200)


@require_safe
@of_current_version
def claims(request: HttpRequest, version: CatalogVersion) -> HttpResponse:
    """Every published claim the catalog holds, by how far it could be followed to its source."""
    rows = facts_of(version.content_hash).rows.get("claims", ())
    context = {"page": claims_page(rows, _sources()), "version": version}
    return render(request, "catalog/claims.html", context)


def _sources() -> Sources:
    return Sources(formats(), timezone.localdate())


def _without_empty(request: HttpRequest) -> str | None:
    """The same address without the fields left open, so that what was chosen is all it says."""
    kept = request.GET.copy()
    for name in [name for name, values in kept.lists() if not any(values)]:
        del kept[name]
    return None if len(kept) == len(request.GET) else f"{request.path}?{kept.urlencode()}"
