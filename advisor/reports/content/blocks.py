"""The kinds of block a section is made of; ``typst/blocks.typ`` has one function for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
WHOLE_ROWS = 16  # a table this short is never torn over two pages
WHOLE_CHARACTERS = 2400


@dataclass(frozen=True)
class Column:
    """A column of a table. ``share`` of the free width, or as wide as its content; ``figures`` are set flush right."""

    label: str
    share: float | None = None
    figures: bool = False

    def as_block(self) -> Block:
        block: Block = {"label": self.label, "figures": self.figures}
        return block if self.share is None else {**block, "share": self.share}


def section(title: str, blocks: Sequence[Block], *, new_page: bool = False) -> Block:
    return {"title": title, "blocks": list(blocks), "new-page": new_page}


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
) -> Block:
    """``whole`` keeps a short table on one page; long ones, and those with ``whole`` false, may go on overleaf."""
    characters = sum(len(cell) for row in rows for cell in row)
    return {
        "kind": "table",
        "title": title,
        "columns": [column.as_block() for column in columns],
        "rows": [list(row) for row in rows],
        "note": note,
        "strong": list(strong),
        "dense": dense,
        "whole": whole and len(rows) <= WHOLE_ROWS and characters <= WHOLE_CHARACTERS,
    }


def callout(title: str, lines: Sequence[str] = (), *, items: Sequence[str] = (), tone: str = "accent") -> Block:
    return {"kind": "callout", "title": title, "lines": list(lines), "items": list(items), "tone": tone}


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
    return {"kind": "columns", "columns": list(parts)}


def column(title: str, blocks: Sequence[Block], *, tone: str = "accent") -> Block:
    return {"title": title, "blocks": list(blocks), "tone": tone}


def group(title: str, blocks: Sequence[Block], *, head: bool = True) -> Block:
    """A subject with its head in the side column. ``head`` false: not a heading, because no section has begun."""
    return {"kind": "group", "title": title, "blocks": list(blocks), "head": head}


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
