"""The page's own drawings, set in the report's faces."""

from __future__ import annotations

import re
from typing import Any

from advisor.reports.content.blocks import Block, chart

TEXT_TAG = re.compile(r"<text (?P<rest>[^>]*)>")
WEIGHT = re.compile(r'font-weight="(\d+)"')
REGULAR = "400"


def drawn(figure: dict[str, Any] | None) -> list[Block]:
    """The block of a figure of the presentation, or none where nothing may be drawn."""
    if figure is None:
        return []
    return [chart(for_paper(figure["wide"]), title=figure["title"], alt=f"{figure['title']}. {figure['description']}")]


def for_paper(svg: str) -> str:
    """Name the weight of each text: the faces are variable, and a drawing would else get their thinnest."""

    def named(tag: re.Match[str]) -> str:
        found = WEIGHT.search(tag["rest"])
        weight = found[1] if found else REGULAR
        return f"<text style=\"font-variation-settings: 'wght' {weight}\" {tag['rest']}>"

    return TEXT_TAG.sub(named, svg)
