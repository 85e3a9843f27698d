"""HTML that is drawn once and kept: what follows from its arguments alone, and looks alike to many visitors."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVarTuple, cast

from django.conf import settings
from django.utils.safestring import SafeString

Given = TypeVarTuple("Given")


def drawn_once(most: int) -> Callable[[Callable[[*Given], SafeString]], Callable[[*Given], SafeString]]:
    """Keep the latest ``most`` pieces a function draws. While templates are worked on, each is drawn anew."""

    def around(draw: Callable[[*Given], SafeString]) -> Callable[[*Given], SafeString]:
        kept = lru_cache(maxsize=most)(draw)

        @wraps(draw)
        def drawn(*given: *Given) -> SafeString:
            return draw(*given) if settings.DEBUG else kept(*cast("tuple[Hashable, ...]", given))

        return drawn

    return around
