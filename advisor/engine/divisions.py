"""Which jobs a machine does and which go to services, and what follows from that alone, whatever the machine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.engine.answers import Job
from advisor.engine.hosted_setups import Service
from advisor.engine.machine_setups import Machines
from advisor.engine.quotes import Labor, Quotes
from advisor.engine.scoring import job_weight
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
    def done(self) -> list[Job]:
        """In the order of the answers."""
        done = {*self.jobs, *(service.candidate.job for service in self.away)}
        return [work.job for work in self.machines.business.jobs if work.job in done]

    @cached_property
    def labor(self) -> Labor:
        return self.quotes.labor(tuple((job, self._route_of(job)) for job in self.done))

    def _route_of(self, job: Job) -> Route:
        return self.route if job in self.jobs else Route.HOSTED_API

    @property
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

    @property
    def unproven(self) -> int:
        return sum(service.unproven for service in self.away)
