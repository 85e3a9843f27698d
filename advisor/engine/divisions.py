"""Which jobs a machine does and which go to services, and what follows from that alone, whatever the machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter

import numpy as np

from advisor.engine.answers import Job
from advisor.engine.hosted_setups import Service
from advisor.engine.machine_setups import Machines
from advisor.engine.quotes import Labor, Quotes
from advisor.engine.sample import Array
from advisor.engine.scoring import SWITCHING, job_weight
from advisor.engine.types import Route


@dataclass(frozen=True)
class Division:
    """Which jobs machines of one route do, by their positions, and what follows whatever the machine.

    Services do the other jobs as far as they can. ``worth`` and ``unproven`` are of those.
    """

    machines: Machines
    quotes: Quotes
    route: Route
    here: tuple[int, ...]

    @cached_property
    def jobs(self) -> list[Job]:
        return [self.machines.jobs[at].local.load.job for at in self.here]

    @cached_property
    def away(self) -> list[Service]:
        return [service for job, service in self.machines.services.items() if job not in self.jobs]

    @cached_property
    def covered(self) -> int:
        """How many jobs are done."""
        return len(self.done)

    @cached_property
    def uncovered(self) -> int:
        return len(self.machines.business.jobs) - self.covered

    @cached_property
    def done(self) -> list[Job]:
        """In the order of the answers."""
        done = {*self.jobs, *(service.candidate.job for service in self.away)}
        return [work.job for work in self.machines.business.jobs if work.job in done]

    @cached_property
    def labor(self) -> Labor:
        return self.quotes.labor(tuple((job, self._route_of(job)) for job in self.done))

    def _route_of(self, job: Job) -> Route:
        return self.route if job in self.jobs else Route.HOSTED_API

    @cached_property
    def leads(self) -> Route:
        """The route of the main job."""
        return self._route_of(self.done[0])

    @cached_property
    def bills(self) -> float:
        """What services bill in the mean month."""
        return sum(service.bill for service in self.away) * float(self.machines.business.middle["price"][0])

    @cached_property
    def suppliers(self) -> int:
        return 1 + len({service.candidate.place.key for service in self.away})

    @cached_property
    def privacy(self) -> float:
        return min((service.privacy for service in self.away), default=np.inf)

    @cached_property
    def weight(self) -> float:
        return sum(job_weight(job, self.machines.business) for job in self.done)

    @cached_property
    def worth(self) -> float:
        return sum(service.worth * job_weight(service.candidate.job, self.machines.business) for service in self.away)

    @cached_property
    def leaving(self) -> float:
        """How easily the machines can be left, by the weight of their jobs."""
        return sum(job_weight(job, self.machines.business) for job in self.jobs) * SWITCHING[self.route]

    @cached_property
    def unproven(self) -> int:
        return sum(service.unproven for service in self.away)


@dataclass(frozen=True)
class Divisions:
    """Divisions with the main job on one route, a row for each place: the figures of ``Division`` as arrays."""

    leads: Route
    labor: Labor
    bills: Array
    suppliers: Array
    privacy: Array
    weight: Array
    worth: Array
    leaving: Array
    unproven: Array
    covered: Array
    uncovered: Array


def side_by_side(divisions: Sequence[Division], places: Sequence[int]) -> Divisions:
    """``places`` says how many rows each division has."""

    def column(figure: Callable[[Division], float]) -> Array:
        return np.repeat(np.array([figure(each) for each in divisions], dtype=np.float64), places)

    return Divisions(
        leads=divisions[0].leads,
        labor=Labor(*(column(attrgetter(f"labor.{field.name}")) for field in fields(Labor))),
        **{field.name: column(attrgetter(field.name)) for field in fields(Divisions)[2:]},
    )
