"""What set-ups cost in the central case, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.cost import cost_lines, over_budget, totals
from advisor.engine.demand import Load
from advisor.engine.labor_lines import data_preparation, leaving, prompting, running_labor, setup_labor, training
from advisor.engine.places import Place
from advisor.engine.quality import NONE as UNPROVEN
from advisor.engine.setup import Case, Setup
from advisor.engine.types import Note, Route
from advisor.engine.working import Line, Working

# Lines that depend on jobs and routes alone, never on the machine.
LABOR = (setup_labor, running_labor, training, prompting, data_preparation, leaving)
Roles = tuple[tuple[Job, Route], ...]  # which job is done on which route


def name_of(setup: Setup) -> str:
    """Tells set-ups apart, also those of the same models that run more or fewer requests at once."""
    return "|".join(
        f"{item.job}:{item.place.key}:{item.name}" + (f":{item.running.slots}" if item.running else "")
        for item in setup.candidates
    )


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
    """Central labor of some jobs on some routes."""

    total: float
    once: float
    month: float


@dataclass
class Quotes:
    """Prices set-ups for one business and remembers them: the search asks for some more than once."""

    business: Business
    loads: tuple[Load, ...]
    known: dict[tuple[str, bool], Quote] = field(default_factory=dict)

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
        return self.known[key]

    def labor(self, roles: Roles) -> Labor:
        """What people do for these jobs on these routes, whatever the model or machine."""
        business, horizon = self.business, self.business.horizon
        candidates = (Candidate(job, None, "", Place("", route, ""), UNPROVEN) for job, route in roles)
        case = Case(Setup(tuple(candidates)), business, self.loads, business.middle)
        made = [make(case, Working(business, business.middle, quiet=True)) for make in LABOR]
        lines = [line for line in made if line is not None]
        return Labor(
            total=sum(float(line.total(horizon)[0]) for line in lines),
            once=sum(float(line.once[0]) for line in lines),
            month=sum(float(line.month[0]) for line in lines),
        )
