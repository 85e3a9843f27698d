"""Our own small figures as SVG: the same drawing on the page and in the report, wide or narrow.

Only presentation attributes and classes are used (a style element would be blocked on the page and leak out of
the figure), so the stylesheet can recolor a figure for dark screens. All words arrive as arguments.
"""

from __future__ import annotations

from advisor.assessments.charts.bars import LineAcross, PartRow, RangeRow, SwingRow, memory_fit, range_bars, tornado
from advisor.assessments.charts.curve import Curve, cumulative
from advisor.assessments.charts.dots import dots
from advisor.assessments.charts.svg import NARROW, WIDE

__all__ = [
    "NARROW",
    "WIDE",
    "Curve",
    "LineAcross",
    "PartRow",
    "RangeRow",
    "SwingRow",
    "cumulative",
    "dots",
    "memory_fit",
    "range_bars",
    "tornado",
]
