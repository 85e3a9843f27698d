"""Results as plain JSON values: what ``dataclasses.asdict`` does, faster, as fields are looked up once a class."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """Dataclasses become dicts in the order of their fields, dates their ISO form; the rest keeps its value."""
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple or kind is list:
        return kind([item if type(item) in _AS_THEY_ARE else plain(item) for item in value])
    if kind is dict:
        return {key: plain(item) for key, item in value.items()}
    if names := _names(kind):
        return {name: plain(getattr(value, name)) for name in names}
    return value.isoformat() if isinstance(value, date) else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Fields of a dataclass; none for other types."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
