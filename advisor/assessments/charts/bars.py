"""Figures made of bars: options on one scale, what moves the result, and how full a machine is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.assessments.charts import svg

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
    top = LINE_HEIGHT * len(lines) + 6
    heights = [_label_height(row.name, row.words, width) + BAR + ROW_GAP for row in rows]
    bottom = top + sum(heights)
    parts = svg.value_axis(across, top, bottom, width, axis, form)
    for position, mark in enumerate(lines):
        parts.append(_line_across(mark, across, position, bottom))
    y = float(top)
    for row, height in zip(rows, heights, strict=True):
        parts += _range_row(row, across, y, height, width)
        y += height
    parts += [
        _line_label(mark, across, position, width, lowest=mark.value < max(each.value for each in lines))
        for position, mark in enumerate(lines)
    ]
    return svg.document(parts, key=key, width=width, height=bottom + 40, title=title, description=description)


def _range_row(row: RangeRow, across: svg.Scale, y: float, height: float, width: int) -> list[str]:
    bar_y = y + height - BAR - ROW_GAP / 2
    name, fill = ("chart-bar-chosen", svg.TEAL_SOFT) if row.chosen else ("chart-bar", svg.STONE)
    parts = _row_label(row.name, row.words, y + 14, width, strong=row.chosen)
    parts.append(svg.rect(across(row.low), bar_y, across(row.high) - across(row.low), BAR, name=name, fill=fill))
    if row.central is not None:
        parts.append(
            svg.rect(across(row.central) - 2, bar_y - 3, 4, BAR + 6, name="chart-middle", fill=svg.INK, radius=1)
        )
    return parts


def _line_across(mark: LineAcross, across: svg.Scale, position: int, bottom: float) -> str:
    x, y = across(mark.value), _line_label_y(position) + 5
    dash = "6 4" if mark.dashed else ""
    return svg.line(x, y, x, bottom, name="chart-mark", stroke=svg.BRICK, width=2, dash=dash)


def _line_label(mark: LineAcross, across: svg.Scale, position: int, width: int, *, lowest: bool = False) -> str:
    """The label of a line: beside it, on the side away from the other line, as far as there is room."""
    at, anchor = svg.beside(across(mark.value), mark.words, width, left=lowest)
    return svg.text(at, _line_label_y(position), mark.words, name="chart-strong", anchor=anchor, size=svg.SMALL)


def _line_label_y(position: int) -> float:
    return LINE_HEIGHT * (position + 1) - 4


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
    top = LINE_HEIGHT + 6
    heights = [_label_height(row.name, row.words, width) + BAR + ROW_GAP for row in ordered]
    bottom = top + sum(heights)
    parts = svg.value_axis(across, top, bottom, width, axis, form)
    parts.append(_line_across(center, across, 0, bottom))
    y = float(top)
    for row, height in zip(ordered, heights, strict=True):
        low, high = sorted((across(row.low), across(row.high)))
        parts += _row_label(row.name, row.words, y + 14, width, strong=False)
        bar_y = y + height - BAR - ROW_GAP / 2
        parts.append(svg.rect(low, bar_y, high - low, BAR, name="chart-bar-chosen", fill=svg.TEAL_SOFT))
        y += height
    parts.append(_line_label(center, across, 0, width))
    return svg.document(parts, key=key, width=width, height=bottom + 40, title=title, description=description)


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
    top = LINE_HEIGHT + 6
    heights = [_label_height(part.name, part.words, width) + BAR + ROW_GAP for part in parts]
    bottom = top + sum(heights)
    drawn = [*svg.value_axis(across, top, bottom, width, axis, form), _line_across(room, across, 0, bottom)]
    y, start = float(top), 0.0
    for part, height in zip(parts, heights, strict=True):
        name, fill = ("chart-room", svg.GRID) if part.free else ("chart-bar-chosen", svg.TEAL_SOFT)
        end = across(start + part.size)
        drawn += _row_label(part.name, part.words, y + 14, width, strong=not part.free)
        drawn.append(
            svg.rect(across(start), y + height - BAR - ROW_GAP / 2, end - across(start), BAR, name=name, fill=fill)
        )
        y, start = y + height, start + part.size
    drawn.append(_line_label(room, across, 0, width, lowest=True))
    return svg.document(drawn, key=key, width=width, height=bottom + 40, title=title, description=description)


def _ticks(width: int) -> int:
    return 6 if width >= svg.WIDE else 3


def _beside(name: str, words: str, width: int) -> bool:
    return svg.text_width(name) + svg.text_width(words, svg.SMALL) + 16 <= width


def _label_height(name: str, words: str, width: int) -> int:
    lines = 1 if _beside(name, words, width) else 1 + len(svg.wrapped(name, width))
    return LINE_HEIGHT * lines + 6


def _row_label(name: str, words: str, y: float, width: int, *, strong: bool) -> list[str]:
    """Name on the left, figures on the right, or below each other where there is no room."""
    kind = "chart-strong" if strong else "chart-text"
    if _beside(name, words, width):
        return [
            svg.text(0, y, name, name=kind),
            svg.text(width, y, words, name="chart-quiet", anchor="end", size=svg.SMALL),
        ]
    lines = svg.wrapped(name, width)
    parts = [svg.text(0, y + LINE_HEIGHT * number, line, name=kind) for number, line in enumerate(lines)]
    figures = svg.shortened(words, width, svg.SMALL)
    return [*parts, svg.text(0, y + LINE_HEIGHT * len(lines), figures, name="chart-quiet", size=svg.SMALL)]
