"""Total cost of ownership of one set-up: lines over the horizon, each with its range and its working.

Machines are whole. Taxes are left out. Each line carries an expression over named inputs which, evaluated, gives
its central total: the trace that page, PDF and spreadsheet print. Every line is a pure function of set-up, demand and
factors that works element by element on the sample, so that a grid of scale points can stand in for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from operator import attrgetter

import numpy as np

from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import SupportOffer
from advisor.engine.demand import Load
from advisor.engine.fine_tuning import fine_tuning
from advisor.engine.labor_lines import data_preparation, leaving, prompting, running_labor, setup_labor, training
from advisor.engine.machine_lines import electricity, purchase, rent, resale
from advisor.engine.places import Place
from advisor.engine.prices import usage_terms
from advisor.engine.quality import NONE as UNPROVEN
from advisor.engine.sample import Array, Factors
from advisor.engine.search_index import index
from advisor.engine.setup import Case, Roles, Setup
from advisor.engine.support import support
from advisor.engine.types import Grade, Note
from advisor.engine.working import Line, Spread, Working, summed

Maker = Callable[[Case, Working], Line | None]
PAYMENTS = tuple(map(attrgetter, ("once", "month", "end", "later")))  # of a line
CREDIT = "resale"  # what comes back is no base for surprises


class Costs:
    """Cost lines of set-ups of one business at the same demand: those that apply, contingency last.

    A line of labor is made once for all set-ups that are the same in what it reads. Quiet ones are for searches that
    need totals alone: workings, and how the reserve spreads over the months, are left out.
    """

    def __init__(
        self, business: Business, loads: tuple[Load, ...], factors: Factors, *, quiet: bool = True
    ) -> None:  # fmt: skip
        self.business, self.loads, self.factors = business, loads, factors
        self._quiet = Working(business, factors, quiet=True) if quiet else None
        self._labor: dict[tuple[Maker, Hashable], Line | None] = {}
        self._people: dict[Roles, dict[Maker, Line | None]] = {}

    def case(self, setup: Setup) -> Case:
        return Case(setup, self.business, self.loads, self.factors)

    def lines(self, setup: Setup) -> tuple[Line, ...]:
        return self.of(self.case(setup))

    def of(self, case: Case) -> tuple[Line, ...]:
        """Where the case is known; what comes back for what is bought, and the reserve, follow from the other lines."""
        found: list[Line] = []
        people = self._labor_of(case)
        for make in LINES:
            line = people[make] if make in people else make(case, self._working())
            if line is not None:
                found.append(line)
                if line.key == "purchase":
                    found.append(resale(line, self._working()))
        return (*found, _contingency(found, self._working()))

    def total(self, setup: Setup) -> Array:
        """Over the horizon, over the sample."""
        return totals(self.lines(setup))

    def labor(self, roles: Roles) -> list[Line]:
        """What people do for these jobs on these routes, whatever the model or machine."""
        candidates = (Candidate(job, None, "", Place("", route, ""), UNPROVEN) for job, route in roles)
        people = self._labor_of(self.case(Setup(tuple(candidates))))
        return [line for line in people.values() if line is not None]

    def _labor_of(self, case: Case) -> Mapping[Maker, Line | None]:
        roles = case.setup.roles
        if roles not in self._people:
            self._people[roles] = {make: self._made(make, case) for make in LABOR}
        return self._people[roles]

    def _made(self, make: Maker, case: Case) -> Line | None:
        key = make, LABOR[make](case.setup)
        if key not in self._labor:
            self._labor[key] = make(case, self._working())
        return self._labor[key]

    def _working(self) -> Working:
        return self._quiet or Working(self.business, self.factors)


def _usage(case: Case, work: Working) -> Line | None:
    """What services bill: per person, or by use."""
    if case.setup.seat is not None:
        return _seats(case.setup.seat, work)
    terms = usage_terms(case.setup.candidates, case.loads, work)
    if terms is None:
        return None
    month = terms.month * work.use("price")
    return work.line("usage", f"{terms.expression} * price * horizon", month=month, spread=terms.spread)


def _seats(offer: SupportOffer, work: Working) -> Line:
    """A hosted assistant, paid per person; a range names the dedicated edition as its high end."""
    price = offer.price or offer.price_low or 0.0
    work.note(
        "seat_price", price, f"{offer.currency}/person and month", offer.grade, offer.source, offer.as_of
    )  # fmt: skip
    rate, exchanged = work.abroad(offer.currency or "")
    month = work.use("users") * price * work.use("price") * rate
    work.horizon()
    return work.line("usage", f"users * seat_price * price{exchanged} * horizon", month=month)


def _contingency(lines: list[Line], work: Working) -> Line:
    """A share of every line but what comes back, spread as they are."""
    share, counted = work.use("contingency"), [line for line in lines if line.key != CREDIT]
    once, month, end, later = (summed(map(paid, counted), work.nothing) for paid in PAYMENTS)
    if not work.quiet:
        for line in counted:
            work.note(line.key, line.total, work.business.currency, Grade.DERIVED)
    return work.line(
        "contingency", f"contingency * ({' + '.join(line.key for line in counted)})",
        once=once * share, month=month * share, end=end * share, later=later * share,
        spread=lambda: _together(counted, month),
    )  # fmt: skip


def _together(lines: list[Line], month: Array | float) -> Spread:
    """How the amounts of all lines together spread; ``month`` is the sum of their mean months."""
    monthly: Array = np.sum([line.running for line in lines], axis=0)
    added: Array = np.sum([line.added for line in lines], axis=0)
    early = summed((line.month * line.spread.early for line in lines), lines[0].nothing)
    return Spread(monthly / _some(monthly.mean()), early / _some(month), added / _some(added.sum()))


def _some(amount: Array | float) -> Array:
    """Nothing divided by nothing stays nothing."""
    return np.where(np.asarray(amount) == 0, 1.0, amount)


LINES: tuple[Maker, ...] = (
    _usage,
    rent,
    purchase,
    electricity,
    support,
    setup_labor,
    running_labor,
    training,
    prompting,
    data_preparation,
    index,
    fine_tuning,
    leaving,
)
# Lines that depend on jobs and routes alone, never on the machine, in their order: what of the set-up each reads.
LABOR: Mapping[Maker, Callable[[Setup], Hashable]] = {
    setup_labor: lambda setup: setup.roles,
    running_labor: lambda setup: setup.routes,
    training: lambda _: None,
    prompting: lambda setup: len(setup.candidates),
    data_preparation: lambda setup: setup.roles,
    leaving: lambda _: None,
}


def totals(lines: tuple[Line, ...]) -> Array:
    """Cost over the whole horizon, over the sample."""
    return summed((line.total for line in lines), lines[0].nothing)


def by_month(lines: tuple[Line, ...]) -> Array:
    """Central cost of each month."""
    months: Array = np.sum([line.by_month for line in lines], axis=0)
    return months


def over_budget(lines: tuple[Line, ...], business: Business) -> tuple[Note, ...]:
    """Gaps in money against questions 19 and 20, central case; empty when within budget."""
    notes = []
    spent = (sum(float(line.once[0]) for line in lines), sum(float(line.month[0]) for line in lines))
    asked = (("once", "Q19"), ("month", "Q20"))
    for amount, ceiling, (per, question) in zip(spent, ceilings(business), asked, strict=True):
        if amount > ceiling:
            notes.append(Note("over_budget", {"gap": round(amount - ceiling, 2), "per": per}, question))
    return tuple(notes)


def ceilings(business: Business) -> tuple[float, float]:
    """The most that may be spent at the start and each month, infinite where nothing was said."""
    answers = business.answers
    once = np.inf if answers.budget_once is None else answers.budget_once
    month = np.inf if answers.budget_month is None else answers.budget_month
    if answers.budget_month_as_now:
        month = sum(tool.price_month for tool in answers.current_tools or ())
    return once, month
