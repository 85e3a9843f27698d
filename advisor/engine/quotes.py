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


@dataclass(frozen=True)
class Labor:
    """Central labor of some jobs on some routes, and the share that surprises add to every line."""

    total: float = 0.0
    once: float = 0.0
    month: float = 0.0
    surprises: float = 0.0


@dataclass
class Quotes:
    """Prices set-ups for one business and remembers them: the search asks for some more than once.

    ``labor`` is what was learned on the way, for bounds on other machines.
    """

    business: Business
    loads: tuple[Load, ...]
    known: dict[tuple[str, bool], Quote] = field(default_factory=dict)
    labor: dict[Roles, Labor] = field(default_factory=dict)

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
        horizon = self.business.horizon
        labor = [line for line in lines if line.key in LABOR]
        spent = {line.key: float(line.total(horizon)[0]) for line in lines if line.key != CREDIT}
        surprises = spent.pop("contingency")
        counted = sum(spent.values())
        self.labor[tuple((item.job, item.place.route) for item in setup.candidates)] = Labor(
            total=sum(spent[line.key] for line in labor),
            once=sum(float(line.once[0]) for line in labor),
            month=sum(float(line.month[0]) for line in labor),
            surprises=surprises / counted if counted else 0.0,
        )
