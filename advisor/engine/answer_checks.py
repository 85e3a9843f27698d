"""Answers that are no answers: figures that are not finite, or below what can be meant. The message names the field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

from advisor.engine.answers import Answers, WhatIf

# Least figures where zero would be nonsense; every other figure is zero or more. Growth may be negative: work can
# shrink, but not to less than nothing within a year.
LEAST = {"horizon_months": 1, "count": 1, "people": 1, "staff_count": 1, "ai_users": 1, "users": 1, "growth": -1}


def refuse_impossible(answers: Answers, what_if: WhatIf | None) -> None:
    """
    Raises:
        ValueError: a figure of the answers or of the changes tried out cannot be meant; starts with the field.
    """
    for path, name, value in _figures(answers, ""):
        _refuse(path, name, value)
    for path, name, value in _figures(what_if, "what_if.") if what_if is not None else ():
        _refuse(path, name, value)
    if not answers.jobs:
        raise ValueError("jobs: choose at least one job")


def _figures(row: object, where: str) -> Iterator[tuple[str, str, float]]:
    for item in fields(row):  # type: ignore[arg-type]
        value: Any = getattr(row, item.name)
        if is_dataclass(value):
            yield from _figures(value, f"{where}{item.name}.")
        elif isinstance(value, tuple):
            for at, part in enumerate(value):
                if is_dataclass(part):
                    yield from _figures(part, f"{where}{item.name}[{at}].")
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield f"{where}{item.name}", item.name, value


def _refuse(path: str, name: str, value: float) -> None:
    least = LEAST.get(name, 0)
    if not isfinite(value):
        raise ValueError(f"{path}: expected a finite number, got {value}")
    if value < least:
        raise ValueError(f"{path}: {value:g} is below {least}")
