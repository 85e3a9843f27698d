"""The text and tables of a report as plain HTML, for WeasyPrint to set: something to hold our time against."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

STYLE = "@page { size: A4; margin: 2cm } table { border-collapse: collapse } td, th { padding: 2pt 4pt }"
WORDS = ("title", "label", "value", "text", "formula", "figures", "note")


def set_by_weasyprint(data: Mapping[str, Any], rounds: int) -> list[float]:
    """Milliseconds of each round, without the import and the first round, which reads its fonts.

    Raises:
        ImportError, OSError: WeasyPrint or one of the system's libraries it needs is not installed.
    """
    from weasyprint import HTML

    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # a line for each page otherwise
    page = as_html(data)
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        HTML(string=page).write_pdf()
        times.append((time.perf_counter() - start) * 1000)
    return times[1:]


def as_html(data: Mapping[str, Any]) -> str:
    body = "".join(_written([data["cover"], data["sections"]]))
    return f"<!DOCTYPE html><html lang='{data['lang']}'><meta charset='utf-8'><style>{STYLE}</style>{body}</html>"


def _written(part: Any) -> Iterator[str]:
    match part:
        case {"kind": "table", "columns": columns, "rows": rows}:
            heads = "".join(f"<th>{escape(column['label'])}</th>" for column in columns)
            yield f"<table><tr>{heads}</tr>{''.join(map(_row, rows))}</table>"
        case {"kind": "facts", "rows": rows} | {"kind": "flow", "steps": rows}:
            yield f"<table>{''.join(map(_row, rows))}</table>"
        case {"kind": "chart"}:
            return  # a drawing of ours: only text and tables are compared
        case str():
            yield f"<p>{escape(part)}</p>"
        case Mapping():
            yield from (f"<p>{escape(str(part[name]))}</p>" for name in WORDS if isinstance(part.get(name), str))
            yield from (piece for value in part.values() if isinstance(value, list) for piece in _written(value))
        case list() | tuple():
            yield from (piece for item in part for piece in _written(item))


def _row(cells: list[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
