"""A framed table on a page of the admin: what ``catalog/framed_table.html`` draws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Cell:
    """Empty ``address``: nothing to open. Amounts stand at the right and stay on one line. ``label``: its column."""

    text: str
    address: str = ""
    amount: bool = False
    label: str = ""


@dataclass(frozen=True)
class Table:
    """``key`` is the id of its heading. ``stacks``: on a phone each row becomes a small list.

    ``empty`` stands where there is no row.
    """

    key: str
    title: str
    columns: list[Cell]
    rows: list[list[Cell]]
    stacks: bool
    empty: str


def table(
    key: str,
    title: str,
    columns: Iterable[object],
    rows: Iterable[Iterable[object]],
    *,
    stacks: bool = False,
    empty: str = "",
) -> Table:
    """A table of plain values; cells that lead somewhere or hold an amount come as ``Cell``."""
    heads = _cells(columns)
    labeled = [[replace(cell, label=head.text) for cell, head in zip(_cells(row), heads, strict=True)] for row in rows]
    return Table(key, title, heads, labeled, stacks, empty)


def _cells(row: Iterable[object]) -> list[Cell]:
    return [each if isinstance(each, Cell) else Cell(str(each)) for each in row]
