"""One cost line and the working it is computed with: expression and inputs always agree with the figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from advisor.engine.business import Business
from advisor.engine.demand import Growth, grown
from advisor.engine.sample import NOTHING, Array, Ends, Factors, ends
from advisor.engine.types import Grade, TraceInput
from advisor.engine.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from advisor.engine.prices import Bill


@dataclass(frozen=True)
class Spread:
    """How amounts spread over the months; without ``profile`` the monthly one is the same throughout."""

    profile: Array | None = None  # central weight of each month, mean 1
    early: Array | float = 1.0  # mean month of the first year as a multiple of the mean month, over the sample
    later: Array | None = None  # in which months what is paid later falls, central case: shares that sum to 1


EVEN = Spread()


def summed(amounts: Iterable[Array], nothing: Array) -> Array:
    """One after the other, so that one point alone gives the same digits as a whole sample; ``nothing`` is left out."""
    total = nothing
    for amount in amounts:
        if amount is not nothing:
            total = amount if total is nothing else total + amount
    return total


@dataclass(frozen=True)
class Line:
    """One cost line, arrays over the sample: ``once`` at the start, ``month`` in the mean month, ``end`` at the end.

    ``later`` is paid once after the first month (a further machine). ``spread`` says when both are paid. Where there is
    no such payment it is ``nothing``, one array of zeros.
    """

    key: str
    horizon: int  # months
    once: Array
    month: Array
    end: Array
    later: Array
    nothing: Array
    expression: str
    inputs: tuple[TraceInput, ...]
    own_labor: bool = False
    spread: Spread = EVEN
    arrays: Mapping[str, Array | float] = field(default_factory=dict)  # every input over the sample, by its name

    @cached_property
    def total(self) -> Array:
        """Over the horizon."""
        month = self.nothing if self.month is self.nothing else self.month * self.horizon
        return summed((self.once, month, self.later, self.end), self.nothing)

    @property
    def central(self) -> float:
        """The central total alone."""
        return float(self.once[0]) + float(self.month[0]) * self.horizon + float(self.later[0]) + float(self.end[0])

    @cached_property
    def ends(self) -> tuple[Ends, Ends, Ends]:
        """Of what is paid once, of the mean month, and of the total: where one is nothing, from the other."""
        once, month = ends(self.once + self.later + self.end), ends(self.month)
        if month is NOTHING:
            return once, month, once
        if once is NOTHING:
            low, middle, high = month
            return once, month, (low * self.horizon, middle * self.horizon, high * self.horizon)
        return once, month, ends(self.total)

    @property
    def running(self) -> Array:
        """Central monthly amounts alone."""
        months, profile = np.full(self.horizon, self.month[0]), self.spread.profile
        return months if profile is None else months * profile

    @property
    def added(self) -> Array:
        """Central one-off payments after the first month."""
        return np.zeros(self.horizon) if self.spread.later is None else self.later[0] * self.spread.later

    @cached_property
    def first_year(self) -> Array:
        """Cost of the first twelve months."""
        months = min(MONTHS_PER_YEAR, self.horizon)
        later = 0.0 if self.spread.later is None else float(self.spread.later[:months].sum())
        end = self.end if self.horizon <= MONTHS_PER_YEAR else 0.0
        return self.once + self.month * months * self.spread.early + self.later * later + end

    @cached_property
    def by_month(self) -> Array:
        """Central cost of each month; what is paid once falls in the first, what comes at the end in the last."""
        months = self.running + self.added
        months[0] += self.once[0]
        months[-1] += self.end[0]
        return months


@dataclass
class Working:
    """Collects one line's expression and inputs while it is computed, so that both always agree.

    A quiet one notes nothing: it gives figures alone, for searches, and may serve any number of lines.
    """

    business: Business
    factors: Factors
    quiet: bool = False
    inputs: list[TraceInput] = field(default_factory=list)
    arrays: dict[str, Array | float] = field(default_factory=dict)
    bills: dict[tuple[str, str, bool], Bill] = field(
        default_factory=dict
    )  # of a quiet one, by row, job and kind (prices.py)
    _rates: dict[str, tuple[Array | float, str]] = field(default_factory=dict)

    @cached_property
    def growth(self) -> Growth:
        return grown(self.factors["growth"], self.business.horizon)

    @cached_property
    def nothing(self) -> Array:
        """No amount at any point of the sample."""
        return np.zeros_like(self.factors["users"])

    def use(self, name: str, label: str | None = None) -> Array:
        """A factor of the sample as an input, with the evidence of its range."""
        if self.quiet:
            return self.factors[name]
        number = self.business.numbers[name]
        question = number.source if number.source and number.source.startswith("Q") else None
        self.note(
            label or name.replace(":", "_"), self.factors[name], number.unit, number.grade,
            None if question else number.source, number.as_of, question, (number.low, number.high),
            editable=name in self.business.planning,
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
        ends: tuple[float, float] | None = None,
        editable: bool = False,
    ) -> None:
        if self.quiet or name in self.arrays:
            return
        middle = float(value[0]) if isinstance(value, np.ndarray) else float(value)
        low, high = ends if ends is not None and ends[0] < ends[1] else (None, None)
        self.inputs.append(TraceInput(name, middle, unit, grade, source, as_of, question, low, high, editable))
        self.arrays[name] = value

    def horizon(self) -> int:
        self.note("horizon", self.business.horizon, "months", Grade.INDEPENDENT)
        return self.business.horizon

    def abroad(self, currency: str) -> tuple[Array | float, str]:
        """What turns an amount in ``currency`` into the business's own, and how the expression says it.

        Today's rate with its date, how it may move, and what a bank or card takes; nothing for the own currency.
        """
        if currency not in self._rates:
            self._rates[currency] = self._rate(currency)
        return self._rates[currency]

    def _rate(self, currency: str) -> tuple[Array | float, str]:
        if currency == self.business.currency:
            return 1.0, ""
        rate = self.business.exchange(currency)
        name = f"rate_{currency.lower()}"
        self.note(name, rate.central, rate.unit, rate.grade, rate.source, rate.as_of)
        return rate.central * self.use("fx") * (1 + self.use("card_margin")), f" * {name} * fx * (1 + card_margin)"

    def line(
        self,
        key: str,
        expression: str,
        *,
        once: Array | float = 0.0,
        month: Array | float = 0.0,
        end: Array | float = 0.0,
        own_labor: bool = False,
        later: Array | float = 0.0,
        spread: Callable[[], Spread] | None = None,
    ) -> Line:
        """``spread`` is asked only where somebody will look at single months."""
        once, month, end, later = self._over(once), self._over(month), self._over(end), self._over(later)
        return Line(
            key, self.business.horizon, once, month, end, later, self.nothing, expression, tuple(self.inputs),
            own_labor, EVEN if spread is None or self.quiet else spread(), self.arrays,
        )  # fmt: skip

    def _over(self, amount: Array | float) -> Array:
        """The amount at every point of the sample."""
        if isinstance(amount, np.ndarray):
            return amount if amount.shape == self.nothing.shape else self.nothing + amount
        return self.nothing + amount if amount else self.nothing
