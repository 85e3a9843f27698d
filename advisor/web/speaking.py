"""Speaking a language for long: what a text is in it is looked up once in a process.

Django asks the catalogs of all apps in turn, each time; a report says some two thousand texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

from django.utils import translation
from django.utils.translation import trans_real

MOST_TEXTS = 8192  # the site has some four thousand


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """``translation.override`` for whoever says much; ``language`` is a code of ``settings.LANGUAGES``."""
    _remember(language)
    with translation.override(language):
        yield


@cache
def _remember(language: str) -> None:
    words = trans_real.translation(language)
    words.gettext = lru_cache(MOST_TEXTS)(words.gettext)  # type: ignore[method-assign]
