"""Reading JSON objects into frozen dataclasses: lists become tuples, types are checked, errors name the place."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any, TypeVar

Row = TypeVar("Row")


_FIELDS: dict[object, dict[str, Any]] = {}


def fields_of(cls: type[Any]) -> dict[str, Any]:
    """Type hints of a dataclass by field name, worked out once."""
    if cls not in _FIELDS:
        _FIELDS[cls] = typing.get_type_hints(cls)
    return _FIELDS[cls]


def read_row(cls: type[Row], row: object, where: str) -> Row:
    """Build a dataclass from a JSON object, converting lists to tuples and checking types."""
    if not isinstance(row, Mapping):
        raise ValueError(f"{where}: expected an object, got {row!r}")
    hints = fields_of(cls)
    values = {
        item.name: _convert(hints[item.name], row[item.name], f"{where}.{item.name}")
        for item in fields(cls)  # type: ignore[arg-type]
        if item.name in row
    }
    try:
        return cls(**values)
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from None


def _convert(hint: Any, value: Any, where: str) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in typing.get_args(hint):
            return None
        return _convert(next(arg for arg in typing.get_args(hint) if arg is not type(None)), value, where)
    if origin is tuple:
        if not isinstance(value, (list, tuple)):
            raise ValueError(f"{where}: expected a list, got {value!r}")
        return tuple(_convert(typing.get_args(hint)[0], item, where) for item in value)
    if origin is dict:
        if not isinstance(value, Mapping):
            raise ValueError(f"{where}: expected an object, got {value!r}")
        return {key: _convert(typing.get_args(hint)[1], item, f"{where}.{key}") for key, item in value.items()}
    if is_dataclass(hint):
        return read_row(typing.cast(type, hint), value, where)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return _finite(value, where)
    if not isinstance(value, hint) or (hint in (int, float) and isinstance(value, bool)):
        raise ValueError(f"{where}: expected {hint.__name__}, got {value!r}")
    return _finite(value, where) if hint is float else value


def _finite(value: float, where: str) -> float:
    """NaN and infinity are no figures; nor is a whole number beyond what a float holds."""
    try:
        if isfinite(value):
            return float(value)
    except OverflowError:
        pass
    raise ValueError(f"{where}: expected a finite number, got {value if isinstance(value, float) else 'more'}")
