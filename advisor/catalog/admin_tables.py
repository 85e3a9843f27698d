"""A framed table on a page of the admin: what ``catalog/framed_table.html`` draws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """Empty ``address``: nothing to open. Amounts stand at the right and stay on one line."""

    text: str
    address: str = ""
    amount: bool = False


@dataclass(frozen=True)
class Table:
    """``key`` is the id of its heading."""

    key: str
    title: str
    columns: list[Cell]
    rows: list[list[Cell]]


def table(key: str, title: str, columns: Iterable[object], rows: Iterable[Iterable[object]]) -> Table:
    """A table of plain values; cells that lead somewhere or hold an amount come as ``Cell``."""
    return Table(key, title, _cells(columns), [_cells(row) for row in rows])


def _cells(row: Iterable[object]) -> list[Cell]:
    return [each if isinstance(each, Cell) else Cell(str(each)) for each in row]
