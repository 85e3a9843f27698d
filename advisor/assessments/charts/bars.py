"""Figures made of bars: options on one scale, what moves the result, and how full a machine is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.assessments.charts import labels, svg
from advisor.assessments.charts.labels import Label

BAR = 14
ROW_GAP = 16
LINE_HEIGHT = 18


@dataclass(frozen=True)
class RangeRow:
    """One option: its range, the middle where it may be shown, and both in words."""

    name: str
    low: float
    central: float | None
    high: float
    words: str
    chosen: bool = False


@dataclass(frozen=True)
class LineAcross:
    """A figure to compare all bars with."""

    value: float
    words: str
    dashed: bool = True


@dataclass(frozen=True)
class SwingRow:
    """What the result becomes when one input is lower or higher."""

    name: str
    low: float
    high: float
    words: str


@dataclass(frozen=True)
class PartRow:
    """A part of something that is filled up; ``free`` is what stays empty."""

    name: str
    size: float
    words: str
    free: bool = False


def range_bars(
    rows: Sequence[RangeRow],
    lines: Sequence[LineAcross],
    *,
    key: str,
    title: str,
    description: str,
    axis: str,
    form: svg.Format,
    width: int = svg.WIDE,
) -> str:
    """All options on one shared scale that starts at zero, with figures to compare drawn across."""
    values = [value for row in rows for value in (row.low, row.high)] + [mark.value for mark in lines]
    across = svg.scale(values, 2, width - 4, ticks=_ticks(width))
    farthest = max((mark.value for mark in lines), default=0)
    named = [
        _line_label(mark, across, position, width, lowest=mark.value < farthest) for position, mark in enumerate(lines)
    ]
    table = _table([(row.name, row.words, row.chosen) for row in rows], LINE_HEIGHT * len(lines) + 6, width)
    parts = _ground(across, table, named, lines, axis=axis, form=form, width=width)
    for row, y in zip(rows, table.bars, strict=True):
        parts += _range_bar(row, across, y)
    return _finished(parts, table, named, axis, key=key, width=width, title=title, description=description)


def _range_bar(row: RangeRow, across: svg.Scale, y: float) -> list[str]:
    name, fill = ("chart-bar-chosen", svg.TEAL_SOFT) if row.chosen else ("chart-bar", svg.STONE)
    parts = [svg.rect(across(row.low), y, across(row.high) - across(row.low), BAR, name=name, fill=fill)]
    if row.central is not None:
        parts.append(svg.rect(across(row.central) - 2, y - 3, 4, BAR + 6, name="chart-middle", fill=svg.INK, radius=1))
    return parts


def tornado(
    rows: Sequence[SwingRow],
    center: LineAcross,
    *,
    key: str,
    title: str,
    description: str,
    axis: str,
    form: svg.Format,
    width: int = svg.WIDE,
) -> str:
    """What moves the result most, widest first; the line is the result as answered."""
    ordered = sorted(rows, key=lambda row: (-abs(row.high - row.low), row.name))
    values = [value for row in ordered for value in (row.low, row.high)] + [center.value]
    across = svg.scale(values, 2, width - 4, ticks=_ticks(width), zero=False)
    named = [_line_label(center, across, 0, width)]
    table = _table([(row.name, row.words, False) for row in ordered], LINE_HEIGHT + 6, width)
    parts = _ground(across, table, named, [center], axis=axis, form=form, width=width)
    for row, y in zip(ordered, table.bars, strict=True):
        low, high = sorted((across(row.low), across(row.high)))
        parts.append(svg.rect(low, y, high - low, BAR, name="chart-bar-chosen", fill=svg.TEAL_SOFT))
    return _finished(parts, table, named, axis, key=key, width=width, title=title, description=description)


def memory_fit(
    parts: Sequence[PartRow],
    room: LineAcross,
    *,
    key: str,
    title: str,
    description: str,
    axis: str,
    form: svg.Format,
    width: int = svg.WIDE,
) -> str:
    """What a machine's memory goes to: each part begins where the one before ends, up to the line of what it has."""
    across = svg.scale([sum(part.size for part in parts), room.value], 2, width - 4, ticks=_ticks(width))
    named = [_line_label(room, across, 0, width, lowest=True)]
    table = _table([(part.name, part.words, not part.free) for part in parts], LINE_HEIGHT + 6, width)
    drawn, start = _ground(across, table, named, [room], axis=axis, form=form, width=width), 0.0
    for part, y in zip(parts, table.bars, strict=True):
        name, fill, stroke = (
            ("chart-room", svg.GRID, svg.STONE) if part.free else ("chart-bar-chosen", svg.TEAL_SOFT, "")
        )
        left, right = across(start), across(start + part.size)
        drawn.append(svg.rect(left, y, right - left, BAR, name=name, fill=fill, stroke=stroke))
        start += part.size
    return _finished(drawn, table, named, axis, key=key, width=width, title=title, description=description)


def _ticks(width: int) -> int:
    return 6 if width >= svg.WIDE else 3


@dataclass(frozen=True)
class _Table:
    """The words beside or above all bars, and where the bars and the whole begin and end."""

    labels: list[Label]
    bars: list[float]
    top: float
    bottom: float


def _table(rows: Sequence[tuple[str, str, bool]], top: float, width: int) -> _Table:
    """A row each: its name, its figures, and whether it is emphasized."""
    labels, bars, y = list[Label](), list[float](), top
    for name, words, strong in rows:
        found = _row_labels(name, words, y + 14, width, strong=strong)
        labels += found
        y = found[-1].y - 14 + LINE_HEIGHT + 6
        bars.append(y + ROW_GAP / 2)
        y += BAR + ROW_GAP
    return _Table(labels, bars, top, y)


def _row_labels(name: str, words: str, y: float, width: int, *, strong: bool) -> list[Label]:
    """Name on the left, figures on the right, or below each other where there is no room."""
    kind = "chart-strong" if strong else "chart-text"
    if svg.text_width(name) + svg.text_width(words, svg.SMALL) + 16 <= width:
        return [Label(0, y, name, kind), Label(width, y, words, "chart-quiet", "end", svg.SMALL)]
    found = [Label(0, y + LINE_HEIGHT * number, line, kind) for number, line in enumerate(svg.wrapped(name, width))]
    below = y + LINE_HEIGHT * len(found)
    return found + [
        Label(0, below + LINE_HEIGHT * number, line, "chart-quiet", size=svg.SMALL)
        for number, line in enumerate(svg.wrapped(words, width, svg.SMALL))
    ]


def _line_label(mark: LineAcross, across: svg.Scale, position: int, width: int, *, lowest: bool = False) -> Label:
    """The label of a line: beside it, on the side away from the other line, as far as there is room."""
    at, anchor = svg.beside(across(mark.value), mark.words, width, left=lowest)
    return Label(at, LINE_HEIGHT * (position + 1) - 4, mark.words, "chart-strong", anchor, svg.SMALL)


def _ground(
    across: svg.Scale,
    table: _Table,
    named: Sequence[Label],
    lines: Sequence[LineAcross],
    *,
    axis: str,
    form: svg.Format,
    width: int,
) -> list[str]:
    """The axis and the lines to compare with; both stop for words."""
    parts = labels.value_axis(across, table.top, table.bottom, width, axis, form, table.labels)
    for mark, label in zip(lines, named, strict=True):
        x, dash = across(mark.value), "6 4" if mark.dashed else ""
        others = [*table.labels, *(each for each in named if each is not label)]
        parts += [
            svg.line(x, start, x, end, name="chart-mark", stroke=svg.BRICK, width=2, dash=dash)
            for start, end in labels.upright(x, label.y + 5, table.bottom, others)
        ]
    return parts


def _finished(
    parts: list[str],
    table: _Table,
    named: Sequence[Label],
    axis: str,
    *,
    key: str,
    width: int,
    title: str,
    description: str,
) -> str:
    words = [label.drawn() for label in (*table.labels, *named)]
    height = table.bottom + labels.axis_room(axis, width)
    return svg.document([*parts, *words], key=key, width=width, height=height, title=title, description=description)
