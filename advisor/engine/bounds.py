"""What the set-ups of a place could come to at most: at least this cost, at most this score."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from math import inf

from advisor.engine.answers import Job
from advisor.engine.leaders import Standing
from advisor.engine.machine_setups import Chosen, MachinePlace, least_cost
from advisor.engine.quotes import Quotes
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
        """The machine, with labor and surprises once a set-up of the same jobs on the same routes is priced.

        Where a job goes elsewhere for want of room, a route is added and labor with it; where it is left undone
        there may be less.
        """
        paid, back = self._machine
        done = self.place.column.roomy or all(
            each.local.load.job in self.place.services for each in self.place.column.here[1:]
        )
        labor, surprises = self.quotes.labor.get(self._roles, (0.0, 0.0)) if done else (0.0, 0.0)
        return (1 + surprises) * (labor + paid) - back

    @cached_property
    def _machine(self) -> tuple[float, float]:
        return least_cost(self.place, self.quotes.loads)

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

    def _points(self, worth: float, done: Iterable[Job], away: Iterable[Job]) -> float:
        """Every part of the score but cost; ``worth`` is summed over jobs done, each times its weight."""
        place, parts = self.place, weights(self.business)
        suppliers = 1 + len({place.services[job].candidate.place.key for job in away})
        return (
            worth / sum(job_weight(job, self.business) for job in done)
            + parts["privacy"] * self.privacy + parts["energy"] * energy_points(place.place)
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
            away = [job for job in self.movable if job not in self.here]
            points = self._points(worth, self._best, away)
            self._known = self._standing(points, self.uncovered, self._unproven, cheapest)
        return self._known

    def standing_of(self, models: Chosen, cheapest: float) -> Standing:
        """How the set-up with these models could stand at best."""
        place = self.place
        doing = list(zip(place.column.here, models.rows, strict=False))
        here = [each.local.load.job for each, _ in doing]
        away = [job for job in self.jobs if job in place.services and job not in here]
        worth = models.worth + sum(self._leaving * job_weight(job, self.business) for job in here)
        worth += sum(place.services[job].worth * job_weight(job, self.business) for job in away)
        unproven = sum(each.local.judged[row].points is None for each, row in doing)
        unproven += sum(place.services[job].unproven for job in away)
        points = self._points(worth, [*here, *away], away)
        return self._standing(points, len(self.jobs) - len(here) - len(away), unproven, cheapest)

    def _standing(self, points: float, uncovered: int, unproven: int, cheapest: float) -> Standing:
        cost = self.cost
        points += weights(self.business)["cost"] * float(cost_points(cost, cheapest))
        total = float(in_all(points, self.business, self.route, len(self.jobs) - uncovered, uncovered))
        return Standing(self.route, False, (False, uncovered, unproven), total + ROUNDED, cost, self.privacy)
