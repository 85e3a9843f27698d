"""Every address of the site, read from Django's resolver, so that none can be forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(?P<name>\w+)>|\(\?P<(?P<named>\w+)>[^)]*\)|\((?P<bare>\[[^)]*)\)")


def routes() -> dict[str, str]:
    """Route -> name, for instance "admin/catalog/fx/add/" -> "admin:catalog_fx_add"; "" where there is no name."""
    return dict(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for part in resolver.url_patterns:
        route = before + re.sub(r"^\^|\$$", "", str(part.pattern))
        if isinstance(part, URLPattern):
            yield route, ":".join([*spaces, part.name]) if part.name else ""
        else:
            yield from _walk(part, route, (*spaces, part.namespace) if part.namespace else spaces)


def address(route: str, values: Mapping[str, Any]) -> str:
    """The route with its parameters filled in; unnamed ones are called "1", "2", ... from the left."""
    count = 0

    def fill(found: re.Match[str]) -> str:
        nonlocal count
        if found["bare"]:
            count += 1
        return str(values[found["name"] or found["named"] or str(count)])

    return "/" + PARAMETER.sub(fill, route)
