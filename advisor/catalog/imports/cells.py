"""One cell: what no cell may hold, and the value a column takes from it. Nothing is guessed or rounded."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

LONGEST_TEXT = 20_000  # about seven times the longest shipped text
HTML = re.compile(r"<[a-zA-Z/!?]|javascript\s*:", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What a spreadsheet would run: "=1", "@SUM(A1)", a tab or line break first; "+" and "-" unless a figure follows, and
# also then when a call, a pipe or another sheet is named. "+15% on average" and "-9.5% (interval ...)" are facts.
FORMULA = re.compile(r"^[=@\t\r\n]|^[+-](?!\s|\d|$|\.\d)|^[+-].*(\w\(|\||!)", re.DOTALL)
TRUE, FALSE = ("true", "1", "yes"), ("false", "0", "no")


def why_refused(value: Any) -> str | None:
    """Why this value may stand in no column; None when it may. Nested values are looked into."""
    for text in _texts(value):
        if len(text) > LONGEST_TEXT:
            return f"longer than {LONGEST_TEXT:,} characters"
        if HTML.search(text):
            return "holds HTML"
        if FORMULA.search(text) and not _is_figure(text):
            return "starts like a formula"
        if CONTROL.search(text):
            return "holds a control character"
    return None


def column_value(column: models.Field[Any, Any], raw: Any) -> Any:
    """The value of a column. An empty cell is the column's default, which means unknown or none.

    Raises:
        ValueError: it is not of the column's kind; the message says what is expected.
    """
    if raw is None or raw == "":
        return column.get_default()
    match column:
        case models.JSONField():
            return _nested(raw)
        case models.BooleanField():
            return _truth(raw)
        case models.IntegerField():
            return _whole(raw)
        case models.FloatField():
            return float(_figure(raw))
        case models.DecimalField():
            return _figure(raw)
        case models.DateField():
            return _day(raw)
        case _:
            return _text(raw)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _is_figure(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _nested(raw: Any) -> Any:
    if isinstance(raw, (dict, list)):
        return raw
    if not isinstance(raw, str):
        raise ValueError("expected JSON")
    try:
        value = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ValueError("not valid JSON") from None
    # A sheet hides what it nests inside one cell, so the texts are looked at again once they are unfolded.
    if reason := why_refused(value):
        raise ValueError(reason)
    return value


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _truth(raw: Any) -> bool:
    text = str(raw).strip().lower()
    if text not in TRUE + FALSE:
        raise ValueError("expected true or false")
    return text in TRUE


def _whole(raw: Any) -> int:
    figure = _figure(raw)
    if figure != figure.to_integral_value():
        raise ValueError("expected a whole number")
    return int(figure)


def _figure(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Decimal)):
        raise ValueError("expected a number")
    try:
        figure = Decimal(repr(raw) if isinstance(raw, float) else str(raw).strip())
    except InvalidOperation:
        hint = ", with a point and without separators" if isinstance(raw, str) and "," in raw else ""
        raise ValueError(f"expected a number{hint}") from None
    if not figure.is_finite():
        raise ValueError("expected a finite number")
    return figure


def _day(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(raw)
    except (ValueError, TypeError, ValidationError):
        raise ValueError("expected a day like 2026-11-21") from None


def _text(raw: Any) -> str:
    """Spreadsheets hold "2026" as a number and "2026-11-21" as a date; as text they read as they were typed."""
    match raw:
        case str():
            return raw
        case bool() | dict() | list():
            raise ValueError("expected text")
        case float() if raw.is_integer():
            return str(int(raw))
        case datetime():
            return raw.date().isoformat()
        case _:
            return str(raw)
