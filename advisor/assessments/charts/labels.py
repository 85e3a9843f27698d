"""Words in a figure with the room they take, so that neither words nor lines run through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from advisor.assessments.charts import svg

MARGIN = 3  # kept free around words where a line stops for them
SLIVER = 8  # a shorter piece of a line, as between two lines of words, would look like a sign of its own


@dataclass(frozen=True)
class Label:
    """Words at a place: ``x`` is the end that ``anchor`` names, ``y`` the base line."""

    x: float
    y: float
    words: str
    name: str = "chart-text"
    anchor: str = "start"
    size: int = svg.TEXT

    @cached_property
    def room(self) -> float:
        return svg.text_width(self.words, self.size)

    @cached_property
    def left(self) -> float:
        return self.x - {"start": 0.0, "middle": self.room / 2, "end": self.room}[self.anchor]

    @cached_property
    def right(self) -> float:
        return self.left + self.room

    @property
    def top(self) -> float:
        return self.y - 0.85 * self.size

    @property
    def bottom(self) -> float:
        return self.y + 0.25 * self.size

    def drawn(self) -> str:
        return svg.text(self.x, self.y, self.words, name=self.name, anchor=self.anchor, size=self.size)

    def inside(self, width: float, bottom: float) -> Label:
        """The same words, moved as far as they would leave the drawing."""
        y = min(max(self.y, self.size), bottom - 4)
        if self.left < 0:
            return replace(self, x=0, y=y, anchor="start")
        if self.right > width:
            return replace(self, x=width, y=y, anchor="end")
        return replace(self, y=y)


@dataclass(frozen=True)
class Box:
    """A place that is taken by something other than words."""

    left: float
    top: float
    right: float
    bottom: float


def meet(one: Label | Box, other: Label | Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0 and min(one.bottom, other.bottom) > max(one.top, other.top)


def upright(x: float, top: float, bottom: float, labels: Iterable[Label]) -> list[tuple[float, float]]:
    """The pieces of an upright line that run through no words, from the top."""
    crossed = [label for label in labels if label.left - MARGIN <= x <= label.right + MARGIN]
    pieces, start = [], top
    for label in sorted(crossed, key=lambda label: label.top):
        pieces.append((start, min(label.top - MARGIN, bottom)))
        start = max(start, label.bottom + MARGIN)
    return [(first, last) for first, last in (*pieces, (start, bottom)) if last - first >= SLIVER]


def value_axis(
    across: svg.Scale,
    top: float,
    bottom: float,
    width: int,
    words: str,
    form: svg.Format,
    labels: Sequence[Label] = (),
) -> list[str]:
    """Grid lines that stop for ``labels``, round figures under them, and what they count.

    Takes ``axis_room`` below ``bottom``.
    """
    parts = []
    for tick in across.ticks:
        x, name = across(tick), "chart-zero" if tick == 0 else "chart-grid"
        stroke = svg.QUIET if tick == 0 else svg.GRID
        parts += [
            svg.line(x, start, x, end, name=name, stroke=stroke) for start, end in upright(x, top, bottom, labels)
        ]
    parts += [figure.drawn() for figure in _figures(across, bottom, width, form)]
    return parts + axis_words(words, bottom, width)


def _figures(across: svg.Scale, bottom: float, width: int, form: svg.Format) -> list[Label]:
    """The round figures: all, or every second or third where they would run into each other, zero always."""
    figures = []
    for tick in across.ticks:
        x, anchor = svg.clamp_anchor(across(tick), form(tick), width)
        figures.append(Label(x, bottom + 16, form(tick), "chart-quiet", anchor, svg.SMALL))
    zero = across.ticks.index(0) if 0 in across.ticks else 0
    for step in range(1, len(figures)):
        shown = figures[zero % step :: step]
        if all(one.right + MARGIN <= other.left for one, other in pairwise(shown)):
            return shown
    return figures[zero : zero + 1]


def axis_words(words: str, bottom: float, width: int) -> list[str]:
    """What the axis counts, under its figures: in one line or two."""
    lines = svg.wrapped(words, width, svg.SMALL)
    return [
        svg.text(0, bottom + 34 + 16 * number, line, name="chart-quiet", size=svg.SMALL)
        for number, line in enumerate(lines)
    ]


def axis_room(words: str, width: int) -> int:
    """What the axis takes below the drawing."""
    return 24 + 16 * len(svg.wrapped(words, width, svg.SMALL))
