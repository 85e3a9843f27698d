"""What set-ups cost in the central case, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.business import Business
from advisor.engine.cost import Costs, over_budget
from advisor.engine.demand import Load
from advisor.engine.setup import Roles, Setup
from advisor.engine.shapes import Quantity
from advisor.engine.types import Note
from advisor.engine.working import Line


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
    """Central labor of some jobs on some routes, or of many as arrays."""

    total: Quantity
    once: Quantity
    month: Quantity


class Quotes:
    """Prices set-ups for one business and remembers them: the search asks for some more than once."""

    def __init__(self, business: Business, loads: tuple[Load, ...]) -> None:
        self.business, self.loads = business, loads
        self._costs, self._known = Costs(business, loads, business.middle), dict[tuple[str, bool], Quote]()

    def of(self, setup: Setup) -> Quote:
        key = (name_of(setup), setup.routed)
        if key not in self._known:
            lines = self._costs.lines(setup)
            self._known[key] = Quote(
                setup=setup,
                name=key[0],
                lines=lines,
                cost=sum(line.central for line in lines),
                once=sum(float(line.once[0]) for line in lines),
                month=sum(float(line.month[0]) for line in lines),
                over=over_budget(lines, self.business),
            )
        return self._known[key]

    def labor(self, roles: Roles) -> Labor:
        """What people do for these jobs on these routes, whatever the model or machine."""
        lines = self._costs.labor(roles)
        return Labor(
            total=sum(line.central for line in lines),
            once=sum(float(line.once[0]) for line in lines),
            month=sum(float(line.month[0]) for line in lines),
        )
