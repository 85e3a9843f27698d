"""The drawing primitives and the scale that all figures share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from advisor.web.typography import wide_letters

WIDE = 680
NARROW = 340

# On white paper; the stylesheet overrides them by class on dark screens. Marks keep 3:1, text 4.5:1 on white.
INK = "#1d1b18"
QUIET = "#5f5a52"
GRID = "#d9d3c8"
TEAL = "#0b5351"
TEAL_SOFT = "#5b9a95"
STONE = "#8a857b"
BRICK = "#8f2f21"
FACES = "Source Sans 3, Noto Sans CJK SC, sans-serif"

TEXT = 13
SMALL = 12

Format = Callable[[float], str]


@dataclass(frozen=True)
class Scale:
    """From figures to positions. ``ticks`` are round figures inside the domain."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def scale(values: Iterable[float], start: float, end: float, *, ticks: int, zero: bool = True) -> Scale:
    """A scale that holds all values, from one round figure to another; with zero on it unless told otherwise."""
    known = [*values, *([0.0] if zero else [])]
    low, high = min(known), max(known)
    if low == high:
        high = low + 1
    step = _round_step((high - low) / ticks)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = tuple(round(position * step, 10) for position in range(first, last + 1))
    return Scale(marks[0], marks[-1], start, end, marks)


def _round_step(rough: float) -> float:
    size: float = 10.0 ** math.floor(math.log10(rough))
    return next(factor * size for factor in (1, 2, 2.5, 5, 10) if factor * size >= rough - 1e-9)


def text_width(text: str, size: float = TEXT) -> float:
    """A generous estimate: there is no font to ask, and a label must never run out of the figure."""
    wide = wide_letters(text)
    return (wide + (len(text) - wide) * 0.56) * size


def shortened(text: str, room: float, size: float = TEXT) -> str:
    while text and text_width(text, size) > room:
        text = text[:-2].rstrip() + "…"
    return text


def wrapped(text: str, room: float, size: float = TEXT) -> list[str]:
    """The text in one line, or two where it is too long; what still does not fit is cut."""
    if text_width(text, size) <= room:
        return [text]
    words = text.split(" ")
    first = next((count for count in range(len(words), 0, -1) if text_width(" ".join(words[:count]), size) <= room), 0)
    if first == 0:
        return [shortened(text, room, size)]
    return [" ".join(words[:first]), shortened(" ".join(words[first:]), room, size)]


def text(x: float, y: float, content: str, *, name: str = "chart-text", anchor: str = "start", size: int = TEXT) -> str:
    fill = QUIET if name == "chart-quiet" else INK
    weight = ' font-weight="600"' if name == "chart-strong" else ""
    return (
        f'<text x="{x:g}" y="{y:g}" class="{name}" fill="{fill}" font-size="{size}"{weight}'
        f' text-anchor="{anchor}">{escape(content)}</text>'
    )


def rect(x: float, y: float, width: float, height: float, *, name: str, fill: str, radius: float = 2) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{max(width, 1):g}" height="{height:g}" rx="{radius:g}"'
        f' class="{name}" fill="{fill}"/>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, name: str, stroke: str, width: float = 1, dash: str = ""
) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" class="{name}" stroke="{stroke}"'
        f' stroke-width="{width:g}"{dashes}/>'
    )


def document(parts: Iterable[str], *, key: str, width: int, height: float, title: str, description: str) -> str:
    """The whole figure with its title and description for those who cannot see it."""
    names = f"{key}-title {key}-desc"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" width="{width}" height="{height:g}"'
        f' role="img" aria-labelledby={quoteattr(names)} class="chart" font-family="{FACES}">'
        f"<title id={quoteattr(f'{key}-title')}>{escape(title)}</title>"
        f"<desc id={quoteattr(f'{key}-desc')}>{escape(description)}</desc>" + "".join(parts) + "</svg>"
    )


def clamp_anchor(x: float, content: str, width: int, size: int = SMALL) -> tuple[float, str]:
    """Where a label centered at ``x`` must be anchored so that it stays inside the figure."""
    half = text_width(content, size) / 2
    if x - half < 0:
        return 0, "start"
    if x + half > width:
        return width, "end"
    return x, "middle"


def beside(x: float, content: str, width: int, *, left: bool) -> tuple[float, str]:
    """Where a label that stands beside ``x`` is anchored: on the side asked for if it fits, else where it does."""
    room = text_width(content, SMALL)
    if left and x - room >= 0:
        return x, "end"
    if x + room <= width:
        return x, "start"
    return clamp_anchor(x, content, width)


def value_axis(across: Scale, top: float, bottom: float, width: int, label: str, form: Format) -> list[str]:
    """Grid lines, round figures under them, and what they count. Takes 40 units below ``bottom``."""
    parts = []
    for tick in across.ticks:
        x, name, figure = across(tick), "chart-zero" if tick == 0 else "chart-grid", form(tick)
        parts.append(line(x, top, x, bottom, name=name, stroke=QUIET if tick == 0 else GRID))
        at, anchor = clamp_anchor(x, figure, width)
        parts.append(text(at, bottom + 16, figure, name="chart-quiet", anchor=anchor, size=SMALL))
    parts.append(text(0, bottom + 34, label, name="chart-quiet", size=SMALL))
    return parts
