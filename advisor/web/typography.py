"""How a language joins words: its colon, brackets, quotation marks and the stop between parts of a list.

French puts a space before a colon, Chinese has full-width signs: so each stands once, as a text to translate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from unicodedata import east_asian_width

from django.utils.translation import gettext

# Before U+231A only U+1100 to U+115F are wide (Unicode's EastAsianWidth.txt): most texts need no look at each letter.
PERHAPS_WIDE = re.compile("[^\0-\u10ff\u1160-\u2319]")
QUESTION_MARKS = ("?", "？")
HAN = "\u4e00-\u9fff"
BESIDE_FIGURE = re.compile(f"(?<=[{HAN}]) (?=[A-Z]{{0,3}}[$€£¥]|\\d)|(?<=[\\d%]) (?=[{HAN}])")


def labeled(label: str, text: str) -> str:
    """ "Memory: 24 GB"; with an empty text the label alone, ready for what follows it. A question takes no colon."""
    if label.endswith(QUESTION_MARKS):
        return gettext("%(question)s %(text)s") % {"question": label, "text": text}
    return gettext("%(label)s: %(text)s") % {"label": label, "text": text}


def aside(text: str, note: str) -> str:
    """ "Heron 3 (own server)"; the text alone where there is nothing to add."""
    return gettext("%(text)s (%(aside)s)") % {"text": text, "aside": note} if note else text


def continued(text: str, more: str) -> str:
    """ "Canonical, 2026"; with an empty text the comma and what follows it."""
    return gettext("%(text)s, %(more)s") % {"text": text, "more": more}


def sentences(parts: Iterable[str]) -> str:
    """Sentences one after the other, empty ones left out; Chinese puts no space between them."""
    said = [part for part in parts if part]
    return reduce(followed, said) if said else ""


def followed(text: str, more: str) -> str:
    """ "One sentence. Another."; with an empty text what stands between them and the second, as templates need it."""
    return gettext("%(sentence)s %(next)s") % {"sentence": text, "next": more} if more else text


def quoted(text: str) -> str:
    return gettext("“%(text)s”") % {"text": text}


def held(text: str) -> str:
    """Chinese sets a space between a figure and the signs it belongs to: no line ends there."""
    return BESIDE_FIGURE.sub("\N{NO-BREAK SPACE}", text)


def series(parts: Iterable[str]) -> str:
    """Parts that are sentences or figures of their own, one after the other."""
    return gettext("; ").join(parts)


def wide_letters(text: str) -> int:
    """How many letters of a text take the room of two, as Chinese ones do."""
    if text.isascii():
        return 0
    return sum(east_asian_width(letter) in "WF" for letter in PERHAPS_WIDE.findall(text))
