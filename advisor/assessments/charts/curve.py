"""The running total over the months, with the month it turns and the range it ends in."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.assessments.charts import svg

HEIGHT = 260
TOP = 26
BOTTOM_ROOM = 40
LEFT_ROOM = 52  # the round figures of the upright scale stand here, clear of the curve


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
    bottom = HEIGHT - BOTTOM_ROOM
    right = width - 12
    along = svg.Scale(0, max(last, 1), LEFT_ROOM, right, tuple(range(0, last + 1, _month_step(last, width))))
    up = svg.scale((*curve.values, *curve.other, curve.end_low, curve.end_high), bottom, TOP, ticks=4)
    parts = _grid(along, up, bottom, width, curve.axis, form)
    if curve.other:
        parts.append(_course(curve.other, along, up, name="chart-mark", stroke=svg.BRICK, dash="6 4"))
    parts.append(_course(curve.values, along, up, name="chart-line", stroke=svg.TEAL))
    parts += _end_range(curve, up, right, bottom)
    if curve.other:
        parts += _names(curve, along, up, width, bottom)
    if curve.turn_month is not None:
        parts += _turn(curve, along, up, width)
    return svg.document(parts, key=key, width=width, height=HEIGHT, title=title, description=description)


def _course(
    values: tuple[float, ...], along: svg.Scale, up: svg.Scale, *, name: str, stroke: str, dash: str = ""
) -> str:
    points = " ".join(f"{along(month):g},{up(value):g}" for month, value in enumerate(values))
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polyline points="{points}" class="{name}" fill="none" stroke="{stroke}" stroke-width="2.5"'
        f' stroke-linejoin="round"{dashes}/>'
    )


def _names(curve: Curve, along: svg.Scale, up: svg.Scale, width: int, bottom: float) -> list[str]:
    """What each line is, two thirds along: the higher one before and above its line, the lower one behind and below, so
    that lines that rise stay clear of both; where there is no room below, above.
    """
    month = _named_at(curve)
    lines = [(curve.values, curve.words), (curve.other, curve.other_words)]
    upper = max(lines, key=lambda line: line[0][month])
    found = []
    for values, words in lines:
        above, below = up(values[month]) - 8, up(values[month]) + 20
        is_above = values is upper[0] or below > bottom - 4
        y = above if is_above else below
        at, anchor = svg.beside(along(month), words, width, left=is_above)
        found.append(svg.text(at, max(y, 12), words, name="chart-strong", anchor=anchor, size=svg.SMALL))
    return found


def _named_at(curve: Curve) -> int:
    """The month beside which the names of the lines stand."""
    return len(curve.values) * 2 // 3


def _month_step(last: int, width: int) -> int:
    return max(6, last // 3) if width < svg.WIDE else max(6, last // 6)


def _grid(along: svg.Scale, up: svg.Scale, bottom: float, width: int, axis: str, form: svg.Format) -> list[str]:
    parts = []
    for tick in up.ticks:
        y, name = up(tick), "chart-zero" if tick == 0 else "chart-grid"
        parts.append(svg.line(0, y, width, y, name=name, stroke=svg.QUIET if tick == 0 else svg.GRID))
        parts.append(svg.text(0, y - 4, form(tick), name="chart-quiet", size=svg.SMALL))
    for month in along.ticks:
        x, anchor = svg.clamp_anchor(along(month), f"{month:g}", width)
        parts.append(svg.text(x, bottom + 16, f"{month:g}", name="chart-quiet", anchor=anchor, size=svg.SMALL))
    parts.append(svg.text(0, bottom + 34, axis, name="chart-quiet", size=svg.SMALL))
    return parts


def _end_range(curve: Curve, up: svg.Scale, x: float, bottom: float) -> list[str]:
    """The range, its words above it; where the other line passes there, below the name of the line, else above both."""
    low, high = up(curve.end_low), up(curve.end_high)
    label_y = high - 8
    if curve.other and curve.other[-1] > curve.values[-1]:
        below = max(low + 18, up(curve.values[_named_at(curve)]) + 36)
        label_y = below if below < bottom - 4 else min(label_y, up(curve.other[-1]) - 10)
    return [
        svg.line(x, low, x, high, name="chart-middle-line", stroke=svg.INK, width=2),
        svg.line(x - 5, low, x + 5, low, name="chart-middle-line", stroke=svg.INK, width=2),
        svg.line(x - 5, high, x + 5, high, name="chart-middle-line", stroke=svg.INK, width=2),
        svg.text(x + 6, max(label_y, 12), curve.end_words, name="chart-strong", anchor="end", size=svg.SMALL),
    ]


def _turn(curve: Curve, along: svg.Scale, up: svg.Scale, width: int) -> list[str]:
    month = curve.turn_month or 0
    x, y = along(month), up(curve.values[month])
    at, anchor = svg.beside(x + 8, curve.turn_words, width, left=False)
    return [
        f'<circle cx="{x:g}" cy="{y:g}" r="5" class="chart-point" fill="{svg.TEAL}"/>',
        svg.text(at, y + 20, curve.turn_words, name="chart-strong", anchor=anchor, size=svg.SMALL),
    ]
