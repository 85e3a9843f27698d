"""The kinds of block a section is made of; ``typst/blocks.typ`` has one function for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Block = dict[str, Any]
WHOLE_ROWS = 16  # a table this short is never torn over two pages
WHOLE_CHARACTERS = 2400
WHOLE_GROUP = 900  # characters; a longer group may go on overleaf
ONE_LINE_CHARACTERS = 90  # of all cells of a row
ONE_LINE_ROWS = 40  # of one line each, set small: as many as a page holds


@dataclass(frozen=True)
class Column:
    """A column of a table. ``share`` of the free width, or as wide as its content; ``figures`` are set flush right,
    ``cites`` holds numbers of sources in square brackets, which lead to the list of sources."""

    label: str
    share: float | None = None
    figures: bool = False
    cites: bool = False

    def as_block(self) -> Block:
        block: Block = {"label": self.label, "figures": self.figures, "cites": self.cites}
        return block if self.share is None else {**block, "share": self.share}


def section(title: str, blocks: Sequence[Block], *, new_page: bool = False, one_page: bool = False) -> Block:
    """A group that leads in to a section or to a table stays on its page, and so does a table with lines to sign below.

    ``one_page``: its drawings are set smaller where that keeps it on one page.
    """
    found = list(blocks)
    for place, (block, after) in enumerate(pairwise(found)):
        leads_in = block["kind"] in {"group", "callout"} and (place == 0 or after["kind"] in {"table", "chart"})
        if leads_in or (block["kind"] == "table" and after.get("to-fill")):
            found[place] = {**block, "sticky": True}
    return {"title": title, "blocks": found, "new-page": new_page, "one-page": one_page}


def lead(text: str) -> Block:
    return {"kind": "lead", "text": text}


def text(content: str) -> Block:
    return {"kind": "text", "text": content}


def note(content: str) -> Block:
    return {"kind": "note", "text": content}


def bullets(items: Sequence[str], *, marker: str = "plain", numbered: bool = False) -> Block:
    return {"kind": "list", "items": list(items), "marker": marker, "numbered": numbered}


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def figure(label: str, value: str, lines: Sequence[str] = (), *, tone: str = "plain") -> Block:
    return {"label": label, "value": value, "lines": list(lines), "tone": tone}


def figures(items: Sequence[Block]) -> Block:
    return {"kind": "figures", "items": list(items)}


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    title: str = "",
    note: str = "",
    strong: Sequence[int] = (),
    dense: bool = False,
    whole: bool = True,
    anchors: bool = False,
    to_fill: bool = False,
) -> Block:
    """``whole`` keeps a short table on one page; long ones, and those with ``whole`` false, may go on overleaf.

    ``anchors``: the first column holds the numbers that other tables cite. ``to_fill``: rows have room for handwriting.
    """
    characters = sum(len(cell) for row in rows for cell in row)
    one_line = dense and max((sum(map(len, row)) for row in rows), default=0) <= ONE_LINE_CHARACTERS
    short = len(rows) <= (ONE_LINE_ROWS if one_line else WHOLE_ROWS)
    return {
        "kind": "table",
        "title": title,
        "columns": [column.as_block() for column in columns],
        "rows": [list(row) for row in rows],
        "note": note,
        "strong": list(strong),
        "dense": dense,
        "anchors": anchors,
        "to-fill": to_fill,
        "sticky": False,
        "whole": whole and short and (one_line or characters <= WHOLE_CHARACTERS),
    }


def in_halves(block: Block) -> list[Block]:
    """A long table as two, so that the first half can stay on the page it begins on."""
    rows = block["rows"]
    middle = (len(rows) + 1) // 2
    return [{**block, "rows": rows[:middle], "note": ""}, {**block, "title": "", "rows": rows[middle:]}]


def callout(title: str, lines: Sequence[str] = (), *, items: Sequence[str] = (), tone: str = "accent") -> Block:
    found = {"title": title, "lines": list(lines), "items": list(items), "tone": tone}
    return {"kind": "callout", **found, "sticky": False}


def chart(marks: str, *, width: float, height: float, labels: Sequence[Block], title: str, alt: str) -> Block:
    """A drawing: its marks as SVG without words, and its words with their places in the same units."""
    return {
        "kind": "chart",
        "svg": marks,
        "width": width,
        "height": height,
        "labels": list(labels),
        "title": title,
        "alt": alt,
    }


def columns(parts: Sequence[Block]) -> Block:
    return {"kind": "columns", "columns": list(parts), "whole": _characters(parts) <= WHOLE_GROUP}


def column(title: str, blocks: Sequence[Block], *, tone: str = "accent") -> Block:
    return {"title": title, "blocks": list(blocks), "tone": tone}


def group(title: str, blocks: Sequence[Block], *, head: bool = True) -> Block:
    """A subject with its head in the side column. ``head`` false: not a heading, because no section has begun."""
    short = _characters(blocks) <= WHOLE_GROUP
    return {"kind": "group", "title": title, "blocks": list(blocks), "head": head, "whole": short, "sticky": False}


def _characters(value: Any) -> int:
    """How much text there is in blocks within blocks."""
    match value:
        case str():
            return len(value)
        case dict():
            return sum(map(_characters, value.values()))
        case list() | tuple():
            return sum(map(_characters, value))
    return 0


def working(
    title: str, formula: str, *, figures: str = "", note: str = "", rows: Sequence[tuple[str, str]] = ()
) -> Block:
    """How a figure was worked out: its formula in words, with figures, a remark, and its inputs with their sources."""
    found = {"title": title, "formula": formula, "figures": figures, "note": note, "rows": [list(row) for row in rows]}
    return {"kind": "working", **found, "whole": _characters(found) <= WHOLE_GROUP}


def subject(title: str) -> Block:
    """The head of a subject that uses the whole width."""
    return {"kind": "subject", "title": title}


def flow(steps: Sequence[tuple[str, str]]) -> Block:
    """Boxes joined by arrows, in reading order: a title and what it is."""
    return {"kind": "flow", "steps": [list(step) for step in steps]}


def commands(lines: Sequence[str]) -> Block:
    """Lines to be typed as they stand, in a face whose letters are told apart."""
    return {"kind": "commands", "lines": list(lines)}


def tag(content: str, *, tone: str = "accent") -> Block:
    """The verdict in two or three words."""
    return {"kind": "tag", "text": content, "tone": tone}
