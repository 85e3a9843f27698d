"""The list of models, filtered and sorted by what stands in the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from advisor.catalog.models import CatalogVersion
from advisor.catalog.public.forms import MOST_COMPARED, BrowseForm
from advisor.catalog.public.index import index_of
from advisor.catalog.public.presentation.listing import address, listing, pages_of
from advisor.catalog.public.presentation.models import Card
from advisor.catalog.public.search import search
from advisor.catalog.public.views.published import formats, of_current_version
from advisor.web.fragments import wants_fragment


@require_safe
@of_current_version
def browse(request: HttpRequest, version: CatalogVersion) -> HttpResponse:
    """Empty fields of the form leave no trace in the address; htmx gets the list alone."""
    part = wants_fragment(request)
    index = index_of(version.content_hash)
    form = BrowseForm(request.GET, index=index)
    chosen = [slug for slug in request.GET.getlist("model") if slug in index.models]
    found = search(index.models.values(), form.query())
    page, problem = _page(request.GET.get("page", ""), pages_of(found))
    here = address(form.wishes(), chosen, page)
    problems = [*form.problems(), *([("models", problem)] if problem else [])]
    if not problems and not part and "" in request.GET.dict().values():
        return redirect(request.path + here)
    shown = listing(form, found, page=page, chosen=chosen, formats=formats())
    context = {"form": form, "shown": shown, "problems": problems, "version": version, "chosen": chosen}
    context |= {"elsewhere": _not_shown(chosen, shown.cards), "most": MOST_COMPARED, "plain": here == "?"}
    template = "catalog/models.html#models" if part else "catalog/models.html"
    response = render(request, template, context, status=422 if problems else 200)
    patch_vary_headers(response, ["HX-Request"])
    if part:
        response["HX-Push-Url"] = request.path + here
    return response


def _page(text: str, pages: int) -> tuple[int, str]:
    """The page asked for, or the nearest there is with a sentence about it."""
    if not text:
        return 1, ""
    number = int(text) if text.isdecimal() and len(text) < 7 else 0
    if 1 <= number <= pages:
        return number, ""
    sentence = _("Page “%(page)s” does not exist; there are %(pages)s.") % {"page": text[:20], "pages": pages}
    return (pages if number > pages else 1), sentence


def _not_shown(chosen: list[str], cards: list[Card]) -> list[str]:
    """Models ticked before that are not on this page; the form carries them along unseen."""
    shown = {card.slug for card in cards}
    return [slug for slug in chosen if slug not in shown]
