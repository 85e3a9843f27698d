"""The admin in English, whoever reads it: our own words there are in no other language, and half of each is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

LANGUAGE = "en"
READERS = "advisor.readers_language"


class EnglishAdmin:
    """Middleware, below the one that chooses the reader's language; the admin is told by its addresses' namespace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        match = request.resolver_match
        if match is not None and match.app_name == "admin":
            request.META[READERS] = translation.get_language()
            _speak(request, LANGUAGE)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Error pages are the site's own."""
        if READERS in request.META:
            _speak(request, request.META[READERS])


def _speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language
