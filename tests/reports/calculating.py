"""Reads a workbook as a spreadsheet program would show it: with its formulas worked out, after cells were changed.

``calculated`` knows just the functions our workbooks use; ``in_libreoffice`` asks LibreOffice, where it is installed.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from openpyxl import Workbook, load_workbook

Rows = list[tuple[Any, ...]]
Pages = dict[str, Rows]
Changes = Mapping[tuple[str, str], float]  # page and cell

OFFICE = shutil.which("soffice")
REFERENCE = re.compile(r"(?:('(?:[^']|'')+'|\w+)!)?(\$?[A-Z]{1,2}\$?\d+)(?::(\$?[A-Z]{1,2}\$?\d+))?")
FUNCTIONS: dict[str, Any] = {
    "SUM": np.sum,
    "SUMPRODUCT": np.sum,
    "INT": np.floor,
    "ABS": abs,
    "ROUND": round,
    "MIN": min,
    "MAX": lambda *given: max(np.max(each) for each in given),
    "IF": lambda asked, one, other: one if asked else other,
    "INDEX": lambda cells, row, column: cells[row - 1][column - 1],
}


def calculated(content: bytes, changes: Changes | None = None) -> Pages:
    """Every page with its values."""
    book = _changed(content, changes or {})
    known: dict[tuple[str, str], Any] = {}

    def value(page: str, cell: str) -> Any:
        if (page, cell) not in known:
            found = book[page][cell].value
            known[page, cell] = formula(page, found) if isinstance(found, str) and is_formula(page, cell) else found
        return known[page, cell]

    def is_formula(page: str, cell: str) -> bool:
        return bool(book[page][cell].data_type == "f")

    def look_up(page: str, first: str, last: str) -> Any:
        if not last:
            return value(page, first)
        cells = book[page][f"{first}:{last}"]
        return np.array([[value(page, cell.coordinate) or 0.0 for cell in row] for row in cells], dtype=np.float64)

    def formula(here: str, text: str) -> float:
        def reference(match: re.Match[str]) -> str:
            page = match[1].strip("'").replace("''", "'") if match[1] else here
            first, last = (part.replace("$", "") if part else "" for part in match.group(2, 3))
            return f"look_up({page!r}, {first!r}, {last!r})"

        code = REFERENCE.sub(reference, text.removeprefix("="))
        return float(eval(code, {"look_up": look_up, **FUNCTIONS}))  # noqa: S307 - formulas of our own workbook

    return {
        page.title: [tuple(value(page.title, cell.coordinate) for cell in row) for row in page.iter_rows()]
        for page in book.worksheets
    }


def in_libreoffice(contents: Mapping[str, tuple[bytes, Changes]], folder: Path) -> dict[str, Pages]:
    """Several workbooks by name, each worked out anew: they are handed over without the values they were saved with."""
    asked, answered = folder / "asked", folder / "answered"
    asked.mkdir()
    for name, (content, changes) in contents.items():
        _changed(content, changes).save(asked / f"{name}.xlsx")
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    files = sorted(str(path) for path in asked.iterdir())
    subprocess.run([*command, "xlsx", "--outdir", str(answered), *files], check=True, capture_output=True, timeout=300)
    return {name: _rows(load_workbook(answered / f"{name}.xlsx", data_only=True)) for name in contents}


def stored(content: bytes) -> Pages:
    """The values a program shows that works nothing out."""
    return _rows(load_workbook(io.BytesIO(content), data_only=True))


def _changed(content: bytes, changes: Changes) -> Workbook:
    book = load_workbook(io.BytesIO(content))
    for (page, cell), figure in changes.items():
        book[page][cell].value = figure
    return book


def _rows(book: Workbook) -> Pages:
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}


def blocks(rows: Rows, titles: Sequence[str]) -> list[Rows]:
    """The rows below each title, in the order of the titles."""
    starts = [at for at, row in enumerate(rows) if row[0] in titles and not any(row[1:])]
    return [rows[start + 1 : end] for start, end in zip(starts, [*starts[1:], len(rows)], strict=False)]
