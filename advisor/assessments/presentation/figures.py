"""A drawn figure with everything shown around it: title, both widths, and its data as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from advisor.assessments import charts

Figure = dict[str, Any]


def draw(
    drawing: Callable[[str, int], str],
    *,
    key: str,
    title: str,
    description: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    source: str,
    narrow: bool = True,
) -> Figure:
    """``drawing`` is called with an id and a width; "wide" is for paper and large screens, "narrow" for phones."""
    return {
        "key": key,
        "title": title,
        "description": description,
        "wide": drawing(key, charts.WIDE),
        "narrow": drawing(f"{key}-narrow", charts.NARROW) if narrow else "",
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "source": source,
    }
