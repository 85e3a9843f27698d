"""The living style guide: what pages are made of, in every state. Only while developing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages.constants import DEFAULT_TAGS
from django.contrib.messages.storage.base import Message
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from advisor.styleguide import specimens, tokens
from advisor.web.contrast import READABLE, VISIBLE, contrast


@require_safe
@never_cache
def styleguide(request: HttpRequest) -> HttpResponse:
    """Tokens with their contrast, components, charts and icons."""
    if not settings.DEBUG:
        raise Http404
    fields = specimens.fields()
    return render(
        request,
        "styleguide/styleguide.html",
        {
            "colors": _colors(),
            "pairs": [*_pairs(tokens.TEXT, READABLE), *_pairs(tokens.MARKS, VISIBLE)],
            "spaces": _named("space-"),
            "sizes": _named("text-"),
            "fields": fields,
            "problems": specimens.problems(fields[-1][1]),
            "messages": [Message(level, f"A message of the kind “{name}”.") for level, name in DEFAULT_TAGS.items()],
            "lines": specimens.LINES,
            "drawings": specimens.drawings(),
            "icons": specimens.icons(),
        },
    )


def _colors() -> list[tuple[str, str, str]]:
    """Name, and the color in light and in dark."""
    light, dark = (tokens.colors(scheme) for scheme in tokens.SCHEMES)
    return [(name, color, dark[name]) for name, color in light.items()]


def _pairs(pairs: tuple[tuple[str, str], ...], least: float) -> list[dict[str, Any]]:
    """What stands on what, the ratio in each scheme, and what is asked for."""
    shades = {scheme: tokens.colors(scheme) for scheme in tokens.SCHEMES}
    return [
        {
            "ink": ink,
            "ground": ground,
            "least": least,
            "ratios": [contrast(shade[ink], shade[ground]) for shade in shades.values()],
        }
        for ink, ground in pairs
    ]


def _named(start: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in tokens.declared().items() if name.startswith(start)]
