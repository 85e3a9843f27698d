"""Law cards of a country: general information with dates, and the day by which each is to be checked again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from advisor.catalog.models import CatalogVersion
from advisor.catalog.public.forms import CountryForm
from advisor.catalog.public.laws import cards_of
from advisor.catalog.public.presentation.laws import law_page
from advisor.catalog.public.published import facts_of
from advisor.catalog.public.views.published import formats, of_current_version


@require_safe
@of_current_version
def laws(request: HttpRequest, version: CatalogVersion) -> HttpResponse:
    facts, today = facts_of(version.content_hash), timezone.localdate()
    form = CountryForm(request.GET, facts=facts)
    country, problems = form.country(), form.problems()
    page = None
    if country:
        page = law_page(country, cards_of(facts.rows.get("law_cards", ()), country, today), formats(), today)
    context = {"form": form, "page": page, "problems": problems, "version": version}
    return render(request, "catalog/laws.html", context, status=422 if problems else 200)
