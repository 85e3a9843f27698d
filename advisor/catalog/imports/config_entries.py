"""Entries of a config.json under any of their names, with their types checked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Config = Mapping[str, Any]


def first_of_list(text: Config, *names: str) -> int | None:
    """Some families write one figure per layer; they are all alike."""
    for name in names:
        value = text.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        if value is not None:
            return whole({name: value}, name)
    return None


def whole(part: Config, *names: str) -> int | None:
    """The first of these entries that says anything.

    Raises:
        ValueError: it is no whole number of zero or more; the message names the entry.
    """
    for name in names:
        value = part.get(name)
        if value is None:
            continue
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or value < 0 or value != int(value):
            raise ValueError(f"config.json: {name} is {str(value)[:40]!r}, expected a whole number")
        return int(value)
    return None


def truth(text: Config, config: Config, name: str) -> bool | None:
    """A yes or no, which the outer file says for the whole model."""
    found = config.get(name, text.get(name))
    return found if isinstance(found, bool) else None


def entries(part: Config, name: str) -> Sequence[Any]:
    """The list under this name; empty where there is none."""
    found = part.get(name)
    return found if isinstance(found, list) else []
