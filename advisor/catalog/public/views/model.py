"""One model: where it runs, what it costs, what its license asks, and how all that is known."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from advisor.catalog.models import CatalogVersion
from advisor.catalog.public.index import index_of
from advisor.catalog.public.presentation.page import model_page
from advisor.catalog.public.views.published import formats, of_current_version


@require_safe
@of_current_version
def model(request: HttpRequest, version: CatalogVersion, slug: str) -> HttpResponse:
    index = index_of(version.content_hash)
    row = index.models.get(slug)
    if row is None:
        raise Http404(_("There is no model %(slug)s in the published catalog.") % {"slug": slug})
    page = model_page(index, row, formats(), timezone.localdate())
    return render(request, "catalog/model.html", {"page": page, "version": version})
