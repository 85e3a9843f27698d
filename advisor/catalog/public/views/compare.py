"""Models side by side; the address names them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from advisor.catalog.models import CatalogVersion
from advisor.catalog.public.forms import MOST_COMPARED
from advisor.catalog.public.index import Index, index_of
from advisor.catalog.public.presentation.comparison import comparison
from advisor.catalog.public.presentation.fits import conditions
from advisor.catalog.public.presentation.listing import address
from advisor.catalog.public.views.published import formats, of_current_version


@require_safe
@of_current_version
def compare(request: HttpRequest, version: CatalogVersion) -> HttpResponse:
    """What cannot be shown is named, and the rest is shown."""
    index = index_of(version.content_hash)
    named = list(dict.fromkeys(request.GET.getlist("model")))
    known = [slug for slug in named if slug in index.models]
    models = [index.models[slug] for slug in known[:MOST_COMPARED]]
    problems = _problems(index, named, known)
    shown = [model.slug for model in models]
    context = {
        "models": [(model, address({}, [slug for slug in shown if slug != model.slug])) for model in models],
        "parts": comparison(index, models, formats()) if models else [],
        "conditions": list(dict.fromkeys(conditions(model, formats()) for model in models)),
        "more": address({}, shown) if len(shown) < MOST_COMPARED else "",
        "problems": [("main", problem) for problem in problems],
        "version": version,
    }
    return render(request, "catalog/compare.html", context, status=422 if problems else 200)


def _problems(index: Index, named: list[str], known: list[str]) -> list[str]:
    found = [
        _("There is no model “%(slug)s” in the published catalog.") % {"slug": slug[:60]}
        for slug in named
        if slug not in index.models
    ][:MOST_COMPARED]
    if len(known) > MOST_COMPARED:
        found.append(_("At most %(most)s models fit side by side; the first ones are shown.") % {"most": MOST_COMPARED})
    return found
