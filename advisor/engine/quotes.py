"""What set-ups cost in the central case, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.cost import CREDIT, cost_lines, over_budget, totals
from advisor.engine.demand import Load
from advisor.engine.setup import Setup
from advisor.engine.types import Note, Route
from advisor.engine.working import Line

# Lines that depend on jobs and routes alone, never on the machine.
LABOR = frozenset({"setup_labor", "running_labor", "training", "prompting", "data_preparation", "exit"})
Roles = tuple[tuple[Job, Route], ...]  # which job is done on which route


def name_of(setup: Setup) -> str:
    return "|".join(f"{item.job}:{item.place.key}:{item.name}" for item in setup.candidates)


@dataclass(frozen=True)
class Quote:
    """A set-up with its central cost lines; ``over`` are its gaps against the budget."""

    setup: Setup
    name: str
    lines: tuple[Line, ...]
    cost: float
    once: float
    month: float
    over: tuple[Note, ...]


@dataclass
class Quotes:
    """Prices set-ups for one business and remembers them: the search asks for some more than once."""

    business: Business
    loads: tuple[Load, ...]
    known: dict[tuple[str, bool], Quote] = field(default_factory=dict)
    labor: dict[Roles, tuple[float, float]] = field(default_factory=dict)

    def of(self, setup: Setup) -> Quote:
        key = (name_of(setup), setup.routed)
        if key not in self.known:
            lines = cost_lines(setup, self.business, self.loads, self.business.middle, quiet=True)
            self.known[key] = Quote(
                setup=setup,
                name=key[0],
                lines=lines,
                cost=float(totals(lines, self.business.horizon)[0]),
                once=sum(float(line.once[0]) for line in lines),
                month=sum(float(line.month[0]) for line in lines),
                over=over_budget(lines, self.business),
            )
            self._learn(setup, lines)
        return self.known[key]

    def _learn(self, setup: Setup, lines: tuple[Line, ...]) -> None:
        """Labor of these jobs on these routes, and what surprises add to every line, for bounds on other machines."""
        totals_ = {line.key: float(line.total(self.business.horizon)[0]) for line in lines}
        surprises = totals_["contingency"]
        counted = sum(amount for key, amount in totals_.items() if key not in ("contingency", CREDIT))
        labor = sum(amount for key, amount in totals_.items() if key in LABOR)
        roles = tuple((item.job, item.place.route) for item in setup.candidates)
        self.labor[roles] = (labor, surprises / counted if counted else 0.0)
