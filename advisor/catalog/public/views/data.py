"""The published facts as files, and what each publication changed."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from advisor.catalog.models import CatalogVersion
from advisor.catalog.public import exports
from advisor.catalog.public.changes import MOST_VERSIONS, feed, version_changes
from advisor.catalog.public.presentation.data import data_page, version_page
from advisor.catalog.public.published import CURRENT, find_version
from advisor.catalog.public.views.published import formats, of_current_version

A_YEAR = 365 * 24 * 3600


@require_safe
@of_current_version
def data(request: HttpRequest, version: CatalogVersion) -> HttpResponse:
    """What can be downloaded, and the versions so far."""
    return render(request, "catalog/data.html", {"page": data_page(version, formats()), "version": version})


@require_safe
def document(request: HttpRequest, version: str) -> HttpResponseBase:
    found = _find(version)

    def stream() -> HttpResponseBase:
        answer = StreamingHttpResponse(exports.chunks(found.document), content_type="application/json")
        answer["Repr-Digest"] = exports.digest(found)
        return answer

    return _kept(request, found, f"catalog-{found.number}.json", stream, lasting=version != CURRENT)


@require_safe
def sheet(request: HttpRequest, version: str, table: str) -> HttpResponseBase:
    if table not in exports.SHEETS:
        raise Http404
    found = _find(version)

    def stream() -> HttpResponseBase:
        rows = json.loads(found.document)["entries"].get(table, [])
        lines = exports.sheet(exports.SHEETS[table], rows)
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8; header=present")

    return _kept(request, found, f"{table}-{found.number}.csv", stream, lasting=version != CURRENT)


@require_safe
def description(request: HttpRequest, version: str) -> HttpResponseBase:
    found = _find(version)

    def made() -> HttpResponseBase:
        entries = json.loads(found.document)["entries"]
        return JsonResponse(exports.description(found, {name: len(rows) for name, rows in entries.items()}))

    return _kept(request, found, f"datapackage-{found.number}.json", made, language=get_language() or "")


@require_safe
@of_current_version
def changes(request: HttpRequest, version: CatalogVersion) -> HttpResponseBase:
    """Atom: an entry for each publication, the latest first."""
    latest = list(CatalogVersion.objects.select_related(None)[: MOST_VERSIONS + 1])

    def made() -> HttpResponseBase:
        return HttpResponse(
            feed(latest, request.build_absolute_uri), content_type="application/atom+xml; charset=utf-8"
        )

    return _kept(request, version, "", made, language=get_language() or "")


@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """What one publication changed, fact by fact."""
    found = _find(str(number))
    page = version_page(found, version_changes(found), formats())
    return render(request, "catalog/version.html", {"page": page, "version": found})


def _find(name: str) -> CatalogVersion:
    found = find_version(name)
    if found is None:
        raise Http404
    return found


def _kept(
    request: HttpRequest,
    version: CatalogVersion,
    name: str,
    made: Callable[[], HttpResponseBase],
    *,
    lasting: bool = False,
    language: str = "",
) -> HttpResponseBase:
    """An answer that caches may keep: for good under a version's number, else until asked whether it still holds.

    ``language`` is that of the answer where it has one.
    """
    etag = f'"{"-".join(filter(None, (version.content_hash, str(version.number), language)))}"'
    answer = get_conditional_response(request, etag=etag) or made()
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if lasting else "public, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
