"""The page's own drawings for paper: the marks as SVG, the words apart.

The words are set by Typst itself. Inside an SVG they would get the thinnest weight of a variable face, and a script the
first face lacks would stop the report.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from advisor.reports.content.blocks import Block, chart, note

VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
TOLD_ELSEWHERE = re.compile(r"<(title|desc)\b[^>]*>[^<]*</\1>")  # in the block's title and alternative text
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
REGULAR = "400"


def drawn(figure: dict[str, Any] | None) -> list[Block]:
    """The block of a figure of the presentation, or none where nothing may be drawn."""
    if figure is None:
        return []
    svg: str = figure["wide"]
    size = VIEW_BOX.search(svg)
    if size is None:
        raise ValueError(f"The drawing {figure['key']} has no view box.")
    labels = [_label(attributes, content) for attributes, content in TEXT.findall(svg)]
    marks = TOLD_ELSEWHERE.sub("", TEXT.sub("", svg))
    alt = f"{figure['title']}. {figure['description']}"
    drawing = chart(marks, width=float(size[1]), height=float(size[2]), labels=labels, title=figure["title"], alt=alt)
    return [drawing, note(figure["source"])]


def _label(attributes: str, content: str) -> dict[str, Any]:
    found = dict(ATTRIBUTE.findall(attributes))
    return {
        "text": unescape(content),
        "x": float(found["x"]),
        "y": float(found["y"]),
        "size": float(found["font-size"]),
        "anchor": found.get("text-anchor", "start"),
        "weight": int(found.get("font-weight", REGULAR)),
        "fill": found["fill"],
    }
