"""One cost line and the working it is computed with: expression and inputs always agree with the figure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from advisor.engine.business import Business
from advisor.engine.sample import Array, Factors
from advisor.engine.types import TraceInput


@dataclass(frozen=True)
class Line:
    """One cost line; ``once`` at the start, ``month`` each month, ``end`` at the end, arrays over the sample."""

    key: str
    once: Array
    month: Array
    end: Array
    expression: str
    inputs: tuple[TraceInput, ...]
    own_labor: bool = False
    profile: Array | None = None  # relative weight of each month, mean 1, when prices change on the way

    def total(self, horizon: int) -> Array:
        return self.once + self.month * horizon + self.end


@dataclass
class Working:
    """Collects one line's expression and inputs while it is computed, so that both always agree."""

    business: Business
    factors: Factors
    inputs: list[TraceInput] = field(default_factory=list)

    def use(self, name: str, label: str | None = None) -> Array:
        """A factor of the sample as an input, with the evidence of its range."""
        number = self.business.numbers[name]
        question = number.source if number.source and number.source.startswith("Q") else None
        self.note(
            label or name.replace(":", "_"), self.factors[name], number.unit, number.grade,
            None if question else number.source, number.as_of, question,
        )  # fmt: skip
        return self.factors[name]

    def note(
        self,
        name: str,
        value: Array | float,
        unit: str,
        grade: str,
        source: str | None = None,
        as_of: str | None = None,
        question: str | None = None,
    ) -> None:
        middle = float(value[0]) if isinstance(value, np.ndarray) else float(value)
        if all(known.name != name for known in self.inputs):
            self.inputs.append(TraceInput(name, middle, unit, grade, source, as_of, question))

    def line(
        self,
        key: str,
        expression: str,
        *,
        once: Array | float = 0.0,
        month: Array | float = 0.0,
        end: Array | float = 0.0,
        own_labor: bool = False,
        profile: Array | None = None,
    ) -> Line:
        zero = np.zeros_like(self.factors["users"])
        return Line(key, zero + once, zero + month, zero + end, expression, tuple(self.inputs), own_labor, profile)
