"""Rows of a CSV, XLSX or JSON file, one at a time, so that a large file never stands in memory as a whole."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import ijson
import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from advisor.catalog.imports.report import Row, Unreadable

FORMATS = ("csv", "xlsx", "json")
# A row of the widest table is under 3 kB; these leave room and still bound time and memory.
FILE_BYTES = 100_000_000
UNPACKED_BYTES = 500_000_000  # of a spreadsheet, which is a packed folder
LINE_BYTES = 1_000_000
# What openpyxl lets through when a book is damaged; it has no error of its own.
BROKEN_BOOK = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, DefusedXmlException,
    KeyError, ValueError, TypeError, AttributeError, EOFError, IndexError,
)  # fmt: skip
ROWS = 100_000
COLUMNS = 200


def format_of(name: str) -> str:
    """The format by the end of the file's name.

    Raises:
        Unreadable: another kind of file.
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in FORMATS:
        raise Unreadable(f"{ending or name} is not read here; write one of {', '.join(FORMATS)}")
    return ending


def rows_of(file: IO[bytes], format: str, columns: Iterable[str]) -> Iterator[Row]:
    """The rows of a file. Only these columns may stand in it, and ``slug`` must.

    Raises:
        Unreadable: the file is too large, damaged, or has columns nobody knows.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > FILE_BYTES:
        raise Unreadable(f"larger than {FILE_BYTES // 1_000_000} MB")
    read = {"csv": _csv_rows, "xlsx": _xlsx_rows, "json": _json_rows}[format]
    count = 0
    for row in read(file, frozenset(columns)):
        count += 1
        if count > ROWS:
            raise Unreadable(f"more than {ROWS:,} rows", row=row.number)
        yield row
    if count == 0:
        raise Unreadable("no rows")


def _csv_rows(file: IO[bytes], columns: frozenset[str]) -> Iterator[Row]:
    # Not closed by a wrapper: the file belongs to the caller.
    lines = _decoded(file)
    first = next(lines, "")
    delimiter = ";" if ";" in first and "," not in first else ","  # spreadsheets of half of Europe write semicolons
    reader = csv.reader(_and_then(first, lines), strict=True, delimiter=delimiter)
    try:
        header = _checked_header(next(reader, []), columns)
        for values in reader:
            if values:
                yield _row(reader.line_num, header, values)
    except csv.Error as error:
        raise Unreadable(f"not a readable CSV: {error}", row=reader.line_num) from None


def _decoded(file: IO[bytes]) -> Iterator[str]:
    for number, line in enumerate(iter(partial(file.readline, LINE_BYTES + 1), b""), start=1):
        if len(line) > LINE_BYTES:
            raise Unreadable(f"a line longer than {LINE_BYTES:,} bytes", row=number)
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise Unreadable("not UTF-8 text", row=number) from None


def _and_then(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _xlsx_rows(file: IO[bytes], columns: frozenset[str]) -> Iterator[Row]:
    try:
        _check_unpacked_size(file)
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        if len(book.sheetnames) != 1:
            raise Unreadable(f"{len(book.sheetnames)} sheets; keep the one to import")
        sheet = book[book.sheetnames[0]]
        lines = sheet.iter_rows()
        header = _checked_header([cell.value for cell in next(lines, ())], columns)
        for number, cells in enumerate(lines, start=2):
            values = [cell.value for cell in cells]
            if any(value is not None for value in values):
                formula = next((index for index, cell in enumerate(cells) if cell.data_type == "f"), None)
                if formula is not None and formula < len(header):
                    yield Row(number, {}, f"column {header[formula]} is a formula")
                else:
                    yield _row(number, header, values)
    except BROKEN_BOOK as error:
        raise Unreadable(f"not a readable spreadsheet: {' '.join(str(error).split())[:200]}") from None


def _check_unpacked_size(file: IO[bytes]) -> None:
    with zipfile.ZipFile(file) as archive:
        if sum(part.file_size for part in archive.infolist()) > UNPACKED_BYTES:
            raise Unreadable(f"larger than {UNPACKED_BYTES // 1_000_000} MB unpacked")
    file.seek(0)


def _json_rows(file: IO[bytes], columns: frozenset[str]) -> Iterator[Row]:
    if file.read(1_000).lstrip()[:1] != b"[":
        raise Unreadable("expected a JSON list of rows")
    file.seek(0)
    number = 0
    try:
        for number, item in enumerate(ijson.items(file, "item", use_float=True), start=1):
            if not isinstance(item, dict):
                yield Row(number, {}, "expected an object")
            elif unknown := sorted(item.keys() - columns):
                yield Row(number, {}, f"{', '.join(unknown)[:200]}: not a column of this table")
            else:
                yield Row(number, item)
    except (ijson.JSONError, UnicodeDecodeError, OverflowError) as error:
        raise Unreadable(f"not readable JSON: {' '.join(str(error).split())[:200]}", row=number + 1) from None


def _checked_header(cells: list[Any], columns: frozenset[str]) -> list[str]:
    header = [str(cell or "").strip() for cell in cells]
    while header and not header[-1]:
        header.pop()
    if len(header) > COLUMNS:
        raise Unreadable(f"more than {COLUMNS} columns", row=1)
    for name in header:
        if name not in columns:
            raise Unreadable("not a column of this table" if name else "a column without a name", row=1, column=name)
        if header.count(name) > 1:
            raise Unreadable("stands twice in the first row", row=1, column=name)
    if "slug" not in header:
        raise Unreadable("missing; each row is recognized by it", row=1, column="slug")
    return header


def _row(number: int, header: list[str], values: list[Any]) -> Row:
    if len(values) > len(header) and any(value not in (None, "") for value in values[len(header) :]):
        return Row(number, {}, f"{len(values)} cells, but the first row names {len(header)} columns")
    if len(values) < len(header):
        return Row(number, {}, f"only {len(values)} cells, but the first row names {len(header)} columns")
    return Row(number, dict(zip(header, values, strict=False)))
