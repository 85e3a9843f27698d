"""Cases of equal weight as dots on one scale: how a result is spread, and how many cases reach a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from advisor.assessments.charts import labels, svg
from advisor.assessments.charts.bars import LineAcross

DOT = 20  # across, with the gap to the next
RADIUS = 8
LABELS = 28


def dots(
    values: Sequence[float],
    mark: LineAcross,
    *,
    key: str,
    title: str,
    description: str,
    axis: str,
    form: svg.Format,
    most: float,
    width: int = svg.WIDE,
) -> str:
    """``values`` as dots, piled up where they fall together; those that reach the mark are filled. The scale ends at
    ``most``, beyond which there is nothing.
    """
    across = svg.scale((*values, most), DOT, width - DOT, ticks=6 if width >= svg.WIDE else 3, rounded=False)
    places = [round(across(value) / DOT) for value in values]
    bottom = LABELS + DOT * max(Counter(places).values())
    parts = labels.value_axis(across, LABELS, bottom, width, axis, form)
    x = across(mark.value)
    parts.append(svg.line(x, LABELS - 8, x, bottom, name="chart-mark", stroke=svg.BRICK, width=2))
    piled: Counter[int] = Counter()
    for value, place in zip(values, places, strict=True):
        parts.append(_dot(place * DOT, bottom - DOT * piled[place] - DOT / 2, reached=value >= mark.value))
        piled[place] += 1
    at, anchor = svg.beside(x, mark.words, width, left=True)
    parts.append(svg.text(at, LABELS - 12, mark.words, name="chart-strong", anchor=anchor, size=svg.SMALL))
    return svg.document(
        parts, key=key, width=width, height=bottom + labels.axis_room(axis, width), title=title, description=description
    )


def _dot(x: float, y: float, *, reached: bool) -> str:
    name, fill = ("chart-point", svg.TEAL) if reached else ("chart-dot", svg.STONE)
    return f'<circle cx="{x:g}" cy="{y:g}" r="{RADIUS}" class="{name}" fill="{fill}"/>'
