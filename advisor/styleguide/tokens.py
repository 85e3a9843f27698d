"""The design tokens as the stylesheet declares them, and which of its colors stand on which."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css" / "site.css"
DECLARED = re.compile(r"--([\w-]+):\s*([^;]+);")
TWO_COLORS = re.compile(r"light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
SCHEMES = ("light", "dark")

GROUNDS = ("paper", "surface", "sunken")
# What is written on what, and which marks and borders stand on what.
TEXT = (
    *((ink, ground) for ink in ("ink", "ink-soft", "accent", "accent-strong", "caution", "loss") for ground in GROUNDS),
    *(("on-accent", "accent"), ("on-accent", "accent-strong"), ("paper", "loss"), ("paper", "ink")),
    *(("ink", "accent-soft"), ("ink-soft", "accent-soft"), ("accent", "accent-soft"), ("accent-strong", "accent-soft")),
    *(("ink", "caution-soft"), ("accent", "caution-soft"), ("caution", "caution-soft")),
    *(("ink", "loss-soft"), ("accent", "loss-soft"), ("loss", "loss-soft")),
)
MARKS = (
    *((mark, ground) for mark in ("control", "accent", "loss", "focus") for ground in GROUNDS),
    *(("caution-mark", "paper"), ("caution-mark", "surface"), ("loss", "loss-soft")),
)


def declared() -> dict[str, str]:
    """Name -> value of every token, without the exceptions for languages and media."""
    tokens = CSS.read_text(encoding="utf-8").split("@layer tokens {", 1)[1]
    return dict(DECLARED.findall(tokens.split("}", 1)[0]))


def colors(scheme: str) -> dict[str, str]:
    """Name -> "#rrggbb" of every color in a color scheme."""
    place = SCHEMES.index(scheme)
    pairs = {name: TWO_COLORS.fullmatch(value) for name, value in declared().items()}
    return {name: pair.groups()[place] for name, pair in pairs.items() if pair}
