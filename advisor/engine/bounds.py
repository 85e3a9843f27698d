"""What the set-ups of a place could come to at most: at least this cost, at most this score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import inf

from advisor.engine.answers import Job
from advisor.engine.cost import ceilings
from advisor.engine.leaders import Standing
from advisor.engine.machine_setups import Chosen, Least, MachinePlace, least_cost
from advisor.engine.quotes import Labor, Quotes
from advisor.engine.scoring import (
    PRIVACY,
    SWITCHING,
    cost_points,
    data_location,
    ease_points,
    energy_points,
    in_all,
    job_weight,
    weights,
)
from advisor.engine.types import Route

NO_LABOR = Labor()
ROUNDED = 0.05  # totals are compared after rounding to a tenth


class Bound:
    """A place, and for each figure of its set-ups the best that figure could be."""

    def __init__(self, place: MachinePlace, quotes: Quotes) -> None:
        self.place, self.quotes, self.business = place, quotes, place.business
        self.jobs = [work.job for work in self.business.jobs]
        self.here = {each.local.load.job for each in place.column.here}
        self.uncovered = sum(job not in self.here and job not in place.services for job in self.jobs)
        main = self.jobs[0]
        self.route = place.place.route if main in self.here else Route.HOSTED_API
        self.privacy = PRIVACY[data_location(place.place, self.business)]
        self._known: Standing | None = None
        self._costs: tuple[Labor, float] | None = None

    @cached_property
    def movable(self) -> list[Job]:
        """Jobs a service does, or might: where memory may not do for all, any of them may go elsewhere."""
        return [
            job
            for job in self.jobs
            if job in self.place.services and not (job in self.here and self.place.column.roomy)
        ]

    @property
    def cost(self) -> float:
        """What set-ups cost at least; sharper once one of the same jobs on the same routes has been priced."""
        labor = self._labor
        if self._costs is None or self._costs[0] is not labor:
            self._costs = labor, self._cost(self._away)
        return self._costs[1]

    @cached_property
    def _away(self) -> list[Job]:
        """Jobs that only a service can do."""
        return [job for job in self.movable if job not in self.here]

    def _cost(self, away: Iterable[Job]) -> float:
        """The machine, the bills of jobs done elsewhere, labor of the same routes, and what surprises add to it.

        Where a job goes elsewhere for want of room, a route is added and labor with it; where it is left undone
        there may be less.
        """
        services, horizon, labor, least = self.place.services, self.business.horizon, self._labor, self._machine
        bills = sum(services[job].bill for job in away) * float(self.business.middle["price"][0])
        return (1 + labor.surprises) * (labor.total + least.once + (least.month + bills) * horizon) - least.back

    @property
    def _labor(self) -> Labor:
        column, services = self.place.column, self.place.services
        done = column.roomy or all(each.local.load.job in services for each in column.here[1:])
        return self.quotes.labor.get(self._roles, NO_LABOR) if done else NO_LABOR

    @cached_property
    def _machine(self) -> Least:
        return least_cost(self.place, self.quotes.loads)

    @property
    def _over(self) -> bool:
        """Whether machine and labor alone are over budget."""
        labor, least, (once, month) = self._labor, self._machine, ceilings(self.business)
        more = 1 + labor.surprises
        return more * (labor.once + least.once) > once or more * (labor.month + least.month) > month

    @cached_property
    def _roles(self) -> tuple[tuple[Job, Route], ...]:
        done = [job for job in self.jobs if job in self.here or job in self.place.services]
        return tuple((job, self.place.place.route if job in self.here else Route.HOSTED_API) for job in done)

    @cached_property
    def _best(self) -> dict[Job, float]:
        """The best model or service for each job."""
        best = {job: self.place.services[job].worth for job in self.movable}
        for job, worth in self.place.column.best.items():
            best[job] = max(best.get(job, -inf), worth + self._leaving)
        return best

    @property
    def _leaving(self) -> float:
        return weights(self.business)["switching"] * SWITCHING[self.place.place.route]

    def _privacy(self, away: Iterable[Job]) -> float:
        there = (data_location(self.place.services[job].candidate.place, self.business) for job in away)
        return min([self.privacy, *(PRIVACY[location] for location in there)])

    def _points(self, worth: float, done: Iterable[Job], away: Iterable[Job]) -> float:
        """Every part of the score but cost; ``worth`` is summed over jobs done, each times its weight."""
        place, parts = self.place, weights(self.business)
        suppliers = 1 + len({place.services[job].candidate.place.key for job in away})
        return (
            worth / sum(job_weight(job, self.business) for job in done)
            + parts["privacy"] * self._privacy(away) + parts["energy"] * energy_points(place.place)
            + parts["ease"] * float(ease_points(place.place.difficulty, suppliers))
        )  # fmt: skip

    @cached_property
    def _unproven(self) -> int:
        """The fewest jobs without evidence."""
        place = self.place
        proven = {job for job in self.movable if not place.services[job].unproven}
        proven |= {each.local.load.job for each in place.column.here if each.proven[place.column.number]}
        return len(self.jobs) - self.uncovered - len(proven)

    def standing(self, cheapest: float) -> Standing:
        """How the place's set-ups could stand at best."""
        if self._known is None or self._known.cost != self.cost:
            worth = sum(value * job_weight(job, self.business) for job, value in self._best.items())
            self._known = self._standing(worth, list(self._best), self._away, self._unproven, cheapest)
        return self._known

    def standing_of(self, models: Chosen, cheapest: float) -> Standing:
        """How the set-up with these models could stand at best."""
        place = self.place
        doing = list(zip(place.column.here, models.rows, strict=False))
        here = [each.local.load.job for each, _ in doing]
        away = [job for job in self.jobs if job in place.services and job not in here]
        worth = models.worth + sum(self._leaving * job_weight(job, self.business) for job in here)
        worth += sum(place.services[job].worth * job_weight(job, self.business) for job in away)
        unproven = sum(each.local.judged[row].points is None for each, (row, _) in doing)
        unproven += sum(place.services[job].unproven for job in away)
        return self._standing(worth, [*here, *away], away, unproven, cheapest)

    def _standing(
        self, worth: float, done: Sequence[Job], away: Sequence[Job], unproven: int, cheapest: float
    ) -> Standing:  # fmt: skip
        cost, uncovered = self._cost(away), len(self.jobs) - len(done)
        points = self._points(worth, done, away)
        points += weights(self.business)["cost"] * float(cost_points(cost, cheapest))
        total = float(in_all(points, self.business, self.route, len(done), uncovered)) + ROUNDED
        return Standing(self.route, False, (self._over, uncovered, unproven), total, cost, self._privacy(away))
