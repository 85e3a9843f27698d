"""Formulas of a workbook beside their values: what a cell computes, and what programs that compute nothing show."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.assessments.expressions import folded

SUM, PRODUCT, WHOLE = 1, 2, 3  # how strongly a piece holds together, for brackets


@dataclass(frozen=True)
class Term:
    """A piece of a formula with its value."""

    text: str
    value: float
    strength: int = WHOLE

    def __add__(self, other: Term) -> Term:
        return Term(f"{self.text}+{other.text}", self.value + other.value, SUM)

    def __sub__(self, other: Term) -> Term:
        return Term(f"{self.text}-{other.within(PRODUCT)}", self.value - other.value, SUM)

    def __mul__(self, other: Term) -> Term:
        return Term(f"{self.within(PRODUCT)}*{other.within(PRODUCT)}", self.value * other.value, PRODUCT)

    def __truediv__(self, other: Term) -> Term:
        """Nothing divided by nothing is nothing."""
        value = self.value / other.value if other.value else 0.0
        return Term(f"{self.within(PRODUCT)}/{other.within(WHOLE)}", value, PRODUCT)

    @property
    def is_figure(self) -> bool:
        """Whether nothing is computed."""
        return self.text == number(self.value).text

    def within(self, strength: int) -> str:
        """Its text as a part of something that holds together so strongly."""
        return self.text if self.strength >= strength else f"({self.text})"


def number(value: float) -> Term:
    return Term(f"{value:.15g}".upper(), float(value), WHOLE if value >= 0 else SUM)


NOTHING = number(0)


def total(terms: list[Term]) -> Term:
    """The terms one after the other; nothing without any."""
    if not terms:
        return NOTHING
    first, *rest = terms
    for term in rest:
        first = first + term
    return first


def call(name: str, *arguments: Term) -> Term:
    """``MAX``, ``MIN``, or ``CEIL``: rounded up to a whole number."""
    values = [term.value for term in arguments]
    match name:
        case "MAX":
            value = max(values)
        case "MIN":
            value = min(values)
        case "CEIL":  # rounding down is the same function in every program, rounding up is not
            return Term(f"-INT(-{arguments[0].within(WHOLE)})", float(math.ceil(values[0])), SUM)
        case _:
            raise ValueError(name)
    return Term(f"{name}({','.join(term.text for term in arguments)})", float(value))


def translated(expression: str, names: Mapping[str, Term]) -> Term:
    """A working's expression with cells in place of its names.

    Raises:
        LookupError: a name that has no cell, or something no working holds.
    """
    return folded(expression, names, constant=number, call=lambda name, *given: call(name.upper(), *given))
