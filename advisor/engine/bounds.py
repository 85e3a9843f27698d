"""What the set-ups of a place could come to at most: at least this cost, at most this score."""

from __future__ import annotations

from functools import cached_property
from math import inf

from advisor.engine.answers import Job
from advisor.engine.leaders import Standing
from advisor.engine.machine_setups import MachinePlace, least_cost
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
    score,
    weights,
    worst_location,
)
from advisor.engine.setup import Setup
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
    def _points(self) -> float:
        """Every part of the score but cost, with the best model for each job."""
        place, parts = self.place, weights(self.business)
        best = {job: place.services[job].worth for job in self.movable}
        leaving = parts["switching"] * SWITCHING[place.place.route]
        for job, worth in place.column.best.items():
            best[job] = max(best.get(job, -inf), worth + leaving)
        shares = {job: job_weight(job, self.business) for job in best}
        mean = sum(best[job] * share for job, share in shares.items()) / sum(shares.values())
        away = {place.services[job].candidate.place.key for job in self.movable if job not in self.here}
        return (
            mean + parts["privacy"] * self.privacy + parts["energy"] * energy_points(place.place)
            + parts["ease"] * float(ease_points(place.place.difficulty, 1 + len(away)))
        )  # fmt: skip

    @cached_property
    def _unproven(self) -> int:
        """The fewest jobs without evidence."""
        place = self.place
        proven = {job for job in self.movable if not place.services[job].unproven}
        proven |= {each.local.load.job for each in place.column.here if each.proven[place.column.number]}
        return len(self.jobs) - self.uncovered - len(proven)

    def standing_of(self, setup: Setup, cheapest: float) -> Standing:
        """What one of the place's set-ups could come to, its models known, at no more than the least cost."""
        return Standing(
            route=setup.route,
            routed=setup.routed,
            lacks=(False, len(setup.uncovered), sum(item.quality.points is None for item in setup.candidates)),
            total=score(setup, self.business, self.cost, cheapest).total,
            cost=self.cost,
            privacy=PRIVACY[worst_location(setup, self.business)],
        )

    def standing(self, cheapest: float) -> Standing:
        if self._known is None or self._known.cost != self.cost:
            self._known = self._standing(cheapest)
        return self._known

    def _standing(self, cheapest: float) -> Standing:
        cost = self.cost
        points = self._points + weights(self.business)["cost"] * float(cost_points(cost, cheapest))
        total = float(in_all(points, self.business, self.route, len(self.jobs) - self.uncovered, self.uncovered))
        return Standing(
            route=self.route,
            routed=False,
            lacks=(False, self.uncovered, self._unproven),
            total=total + ROUNDED,
            cost=cost,
            privacy=self.privacy,
        )
