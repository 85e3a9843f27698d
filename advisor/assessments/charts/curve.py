"""The running total over the months, with the month it turns and the range it ends in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from advisor.assessments.charts import svg
from advisor.assessments.charts.labels import Box, Label, axis_room, axis_words, meet

TOP, BOTTOM = 26, 220
LEFT_ROOM = 52  # the round figures of the upright scale stand here, clear of the curve
CAP = 5  # half of what the ends of the range and the point take
CLEAR = 3  # between words and a line that passes them

Point = tuple[float, float]
Course = Sequence[Point]  # a line as drawn, by month


@dataclass(frozen=True)
class Curve:
    """``values`` start at month 0, as does ``other`` to compare with. ``turn_month`` is where they cross for good."""

    values: tuple[float, ...]
    end_low: float
    end_high: float
    end_words: str
    axis: str
    turn_month: int | None = None
    turn_words: str = ""
    other: tuple[float, ...] = ()
    words: str = ""  # what each line is called, where there are two
    other_words: str = ""


def cumulative(curve: Curve, *, key: str, title: str, description: str, form: svg.Format, width: int = svg.WIDE) -> str:
    last = len(curve.values) - 1
    along = svg.Scale(0, max(last, 1), LEFT_ROOM, width - 12, tuple(range(0, last + 1, _month_step(last, width))))
    up = svg.scale((*curve.values, *curve.other, curve.end_low, curve.end_high), BOTTOM, TOP, ticks=4)
    figures = [Label(0, up(tick) - 4, form(tick), "chart-quiet", size=svg.SMALL) for tick in up.ticks]
    parts = _grid(along, up, width, curve.axis)
    if curve.other:
        parts.append(_course(curve.other, along, up, name="chart-mark", stroke=svg.BRICK, dash="6 4"))
    parts.append(_course(curve.values, along, up, name="chart-line", stroke=svg.TEAL))
    parts += _marks(curve, along, up)
    parts += [label.drawn() for label in (*figures, *_placed(curve, along, up, figures, width))]
    height = BOTTOM + axis_room(curve.axis, width)
    return svg.document(parts, key=key, width=width, height=height, title=title, description=description)


def _course(
    values: tuple[float, ...], along: svg.Scale, up: svg.Scale, *, name: str, stroke: str, dash: str = ""
) -> str:
    points = " ".join(f"{along(month):g},{up(value):g}" for month, value in enumerate(values))
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polyline points="{points}" class="{name}" fill="none" stroke="{stroke}" stroke-width="2.5"'
        f' stroke-linejoin="round"{dashes}/>'
    )


def _month_step(last: int, width: int) -> int:
    return max(6, last // 3) if width < svg.WIDE else max(6, last // 6)


def _grid(along: svg.Scale, up: svg.Scale, width: int, axis: str) -> list[str]:
    parts = []
    for tick in up.ticks:
        y, name = up(tick), "chart-zero" if tick == 0 else "chart-grid"
        parts.append(svg.line(0, y, width, y, name=name, stroke=svg.QUIET if tick == 0 else svg.GRID))
    for month in along.ticks:
        x, anchor = svg.clamp_anchor(along(month), f"{month:g}", width)
        parts.append(svg.text(x, BOTTOM + 16, f"{month:g}", name="chart-quiet", anchor=anchor, size=svg.SMALL))
    return parts + axis_words(axis, BOTTOM, width)


def _marks(curve: Curve, along: svg.Scale, up: svg.Scale) -> list[str]:
    """The range at the end, and the point where the line turns."""
    x, low, high = along.end, up(curve.end_low), up(curve.end_high)
    parts = [
        svg.line(*ends, name="chart-middle-line", stroke=svg.INK, width=2)
        for ends in ((x, low, x, high), (x - CAP, low, x + CAP, low), (x - CAP, high, x + CAP, high))
    ]
    if curve.turn_month is not None:
        x, y = along(curve.turn_month), up(curve.values[curve.turn_month])
        parts.append(f'<circle cx="{x:g}" cy="{y:g}" r="{CAP}" class="chart-point" fill="{svg.TEAL}"/>')
    return parts


def _placed(curve: Curve, along: svg.Scale, up: svg.Scale, figures: Sequence[Label], width: int) -> list[Label]:
    """The words in the drawing, each at the first of its places that meets the fewest words, then the fewest lines."""
    courses = [[(along(month), up(value)) for month, value in enumerate(line)] for line in (curve.values, curve.other)]
    end = Box(along.end - CAP, up(curve.end_high), along.end + CAP, up(curve.end_low))
    taken: list[Label | Box] = [*figures, end]
    found = list[Label]()
    for places in (_turn_places(curve, along, up), *_name_places(curve, courses, width), _end_places(curve, end)):
        best = _best((label.inside(width, BOTTOM) for label in places), [*taken, *found], courses)
        if best is not None:
            found.append(best)
    return found


def _best(places: Iterable[Label], taken: Sequence[Label | Box], courses: Sequence[Course]) -> Label | None:
    """The first that is in nobody's way; else the first that meets the fewest words and marks, then hides least."""
    best: Label | None = None
    least, hides = len(taken) + 1, inf
    for label in places:
        met = sum(meet(label, other) for other in taken)
        if met <= least:
            hidden = _hidden(label, courses)
            if (met, hidden) < (least, hides):
                best, least, hides = label, met, hidden
        if not (least or hides):
            break
    return best


def _hidden(label: Label, courses: Sequence[Course]) -> float:
    """How much of the lines it hides, by their way along."""
    return sum(
        end - start
        for course in courses
        for (start, first), (end, last) in _pieces(course, label.left, label.right)
        if min(first, last) < label.bottom + CLEAR and max(first, last) > label.top - CLEAR
    )


def _pieces(course: Course, left: float, right: float) -> Iterator[tuple[Point, Point]]:
    """A course from month to month, between two places along it."""
    for (start, first), (end, last) in pairwise(course):
        if start < right and end > left:
            slope = (last - first) / (end - start)
            ends = max(start, left), min(end, right)
            yield (ends[0], first + slope * (ends[0] - start)), (ends[1], first + slope * (ends[1] - start))


def _turn_places(curve: Curve, along: svg.Scale, up: svg.Scale) -> list[Label]:
    if curve.turn_month is None:
        return []
    x, y = along(curve.turn_month), up(curve.values[curve.turn_month])
    sides = [(x + 8, below, "start") for below in (20, -12, 36)] + [(x - 8, below, "end") for below in (-12, 20, -28)]
    return [Label(at, y + below, curve.turn_words, "chart-strong", side, svg.SMALL) for at, below, side in sides]


def _name_places(curve: Curve, courses: Sequence[Course], width: int) -> list[Iterator[Label]]:
    """What each line is, along it: the higher one before and above its line, the lower one behind and below, so that
    lines that rise stay clear of both.
    """
    if not curve.other:
        return []
    month = len(curve.values) * 2 // 3
    lines = sorted(zip(courses, (curve.words, curve.other_words), strict=True), key=lambda line: line[0][month][1])
    sides = [(True, "end"), (False, "start")]
    return [
        _places_along(course, words, order, width)
        for (course, words), order in zip(lines, (sides, sides[::-1]), strict=True)
    ]


def _places_along(course: Course, words: str, sides: Sequence[tuple[bool, str]], width: int) -> Iterator[Label]:
    """Above or below a line, in the order of ``sides``, from the middle of its second half outwards."""
    for above, side in sides:
        for part in (8, 7, 9, 6, 10, 5, 4):
            label = Label(0, 0, words, "chart-strong", side, svg.SMALL)
            yield _along(course, len(course) * part // 12, label, width, above)


def _along(course: Course, month: int, label: Label, width: int, above: bool) -> Label:
    """The words at a month, above or below all of the line that they stand along."""
    x, y = course[month]
    label = replace(label, x=x, y=y).inside(width, BOTTOM)
    heights = [y, *(end[1] for piece in _pieces(course, label.left, label.right) for end in piece)]
    return replace(label, y=min(heights) - 8 if above else max(heights) + 16)


def _end_places(curve: Curve, end: Box) -> list[Label]:
    """The words of the range: above it, below it, else as near as may be."""
    heights = [end.top - 8, end.bottom + 18]
    others = sorted(range(int(BOTTOM) - 4, 12, -8), key=lambda y: min(abs(y - height) for height in heights))
    places = [(end.right + 1, y) for y in (*heights, *others)] + [(end.left - 5, y) for y in others]
    return [Label(x, y, curve.end_words, "chart-strong", "end", svg.SMALL) for x, y in places]
