"""Pages about the published facts need a published version."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from advisor.catalog.models import CatalogVersion
from advisor.catalog.services import current_version
from advisor.web.formats import Formats

Rest = ParamSpec("Rest")


def of_current_version(
    view: Callable[Concatenate[HttpRequest, CatalogVersion, Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Hand the view the version in force; before the first publication say so instead."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        version = current_version()
        if version is None:
            return nothing_published(request)
        return view(request, version, *args, **kwargs)

    return answered


def nothing_published(request: HttpRequest) -> HttpResponse:
    return render(request, "catalog/nothing.html", status=503)


def formats() -> Formats:
    """How this reader sees figures. List prices are in US dollars."""
    return Formats(get_language() or "en", "USD")
