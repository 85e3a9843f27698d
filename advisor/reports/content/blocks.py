"""The kinds of block a section is made of; ``typst/blocks.typ`` has one function for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advisor.web.typography import sentences, wide_letters

Block = dict[str, Any]
WHOLE_ROWS = 12  # a table this short is never torn over two pages
WHOLE_CHARACTERS = 1200
LEADS_IN = 300  # characters; more stands at the end of a page by itself
WHOLE_GROUP = 900  # characters; a longer group may go on overleaf
HEAD_CHARACTERS = 11  # a line of a group's head holds at least these; the side column is 36 mm wide
LINE_CHARACTERS = 110  # a line of a group's blocks holds at most these: 121 mm at 9.6 pt, letters of a third of that


@dataclass(frozen=True)
class Column:
    """A column of a table. ``share`` of the free width, or as wide as its content; ``figures`` are set flush right,
    ``cites`` holds numbers of sources in square brackets, which lead to the list of sources. ``quoted`` holds texts of
    the catalog, which are in English in every language's report and are read aloud as such."""

    label: str
    share: float | None = None
    figures: bool = False
    cites: bool = False
    quoted: bool = False

    def as_block(self) -> Block:
        block: Block = {"label": self.label, "figures": self.figures, "cites": self.cites, "quoted": self.quoted}
        return block if self.share is None else {**block, "share": self.share}


def section(title: str, blocks: Sequence[Block], *, new_page: bool = False, one_page: bool = False) -> Block:
    """What leads in to a section, a table or a drawing stays on its page, and so do a drawing and its source, and a
    table and the lines to sign below it.

    ``one_page``: its drawings are set smaller where that keeps it on one page.
    """
    found = list(blocks)
    for place, (block, after) in enumerate(pairwise(found)):
        if _belongs_to(block, after, first=place == 0):
            found[place] = {**block, "sticky": True}
    return {"title": title, "blocks": found, "new-page": new_page, "one-page": one_page}


def _belongs_to(block: Block, after: Block, *, first: bool) -> bool:
    """Whether a block may not be the last of its page."""
    match block["kind"]:
        case "group" | "callout":
            return (first and _characters(block) <= LEADS_IN) or after["kind"] in {"table", "chart"}
        case "text":
            return str(after["kind"]) in {"table", "chart"}
        case "chart":
            return str(after["kind"]) == "note"
        case "table":
            return bool(after.get("to-fill"))
    return False


def lead(text: str) -> Block:
    return {"kind": "lead", "text": text}


def text(content: str) -> Block:
    return {"kind": "text", "text": content, "sticky": False}


def quoted(content: str) -> Block:
    """A text of the catalog, which keeps its English."""
    return {**text(content), "quoted": True}


def note(content: str) -> Block:
    return {"kind": "note", "text": content}


def bullets(items: Sequence[str], *, marker: str = "plain", numbered: bool = False) -> Block:
    return {"kind": "list", "items": list(items), "marker": marker, "numbered": numbered}


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    """Names and values, in a group or as wide as the page."""
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
    """As wide as the page, so not to be put into a group or columns.

    ``whole`` keeps a short table on one page; long ones, and those with ``whole`` false, may go on overleaf.

    ``anchors``: the first column holds the numbers that other tables cite. ``to_fill``: rows have room for handwriting.
    """
    short = len(rows) <= WHOLE_ROWS and _characters([list(row) for row in rows]) <= WHOLE_CHARACTERS
    return {
        "kind": "table",
        "title": title,
        "columns": [column.as_block() for column in columns],
        "rows": [list(row) for row in rows],
        "note": sentences((note, _said_of_quotes(columns))),
        "strong": list(strong),
        "dense": dense,
        "anchors": anchors,
        "to-fill": to_fill,
        "sticky": False,
        "whole": whole and short,
    }


def _said_of_quotes(columns: Sequence[Column]) -> str:
    """A word to readers of another language about columns that speak English."""
    if not any(column.quoted for column in columns) or (get_language() or "en").startswith("en"):
        return ""
    return _("Texts in English are quoted from the collected facts.")


def callout(title: str, lines: Sequence[str] = (), *, items: Sequence[str] = (), tone: str = "accent") -> Block:
    found = {"title": title, "lines": list(lines), "items": list(items), "tone": tone}
    return {"kind": "callout", **found, "sticky": False, "whole": _characters(found) <= WHOLE_GROUP}


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
        "sticky": False,
    }


def columns(parts: Sequence[Block]) -> Block:
    return {"kind": "columns", "columns": list(parts), "whole": _characters(parts) <= WHOLE_GROUP}


def column(title: str, blocks: Sequence[Block], *, tone: str = "accent") -> Block:
    return {"title": title, "blocks": list(blocks), "tone": tone}


def group(title: str, blocks: Sequence[Block], *, head: bool = True) -> Block:
    """A subject with its head in the side column. ``head`` false: not a heading, because no section has begun.

    ``hung``: the head is surely no higher than what stands beside it, so its height need not be asked.
    """
    short = _characters(blocks) <= WHOLE_GROUP
    hung = short and -(-_characters(title) // HEAD_CHARACTERS) <= sum(map(_least_lines, blocks))
    found = {"title": title, "blocks": list(blocks), "head": head, "hung": hung, "whole": short, "sticky": False}
    return {"kind": "group", **found}


def _least_lines(block: Block) -> int:
    """How many lines a block has at least."""
    match block:
        case {"kind": "text", "text": str(content)}:
            return _lines(content)
        case {"kind": "list", "items": list(items)}:
            return sum(map(_lines, items))
        case {"kind": "facts" | "table", "rows": list(rows)}:
            return len(rows)
    return 0


def _lines(content: str) -> int:
    return 1 + _characters(content) // LINE_CHARACTERS


def _characters(value: Any) -> int:
    """How much text there is in blocks within blocks; a Chinese character takes the room of two."""
    if isinstance(value, str):
        return len(value) + wide_letters(value)
    if isinstance(value, dict):
        return sum(map(_characters, value.values()))
    return sum(map(_characters, value)) if isinstance(value, list | tuple) else 0


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
