"""A framed table on a page of the admin: what ``catalog/framed_table.html`` draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """Empty ``address``: nothing to open."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Table:
    """``key`` is the id of its heading."""

    key: str
    title: str
    columns: Sequence[str]
    rows: list[list[Cell]]


def table(key: str, title: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Table:
    """A table of plain values; cells that lead somewhere come as ``Cell``."""
    cells = [[each if isinstance(each, Cell) else Cell(str(each)) for each in row] for row in rows]
    return Table(key, title, columns, cells)
