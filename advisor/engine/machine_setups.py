"""Set-ups on one kind of machine: it does every job it has room for, the rest goes to the best service.

For each place ``combine.front`` finds the best models. What a place could come to at most is known from arrays
before any of its set-ups is made (``bounds.py``), so that most places need not be opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.combine import Combination, front, largest
from advisor.engine.grid import Index
from advisor.engine.hosted_setups import Service
from advisor.engine.jobs_on_machines import JobOnMachines, Ways, on_all_machines
from advisor.engine.machine_facts import MachineFacts, Nearness, facts_of, nearness_of
from advisor.engine.memory import usable_gb
from advisor.engine.options import Options
from advisor.engine.sample import Array
from advisor.engine.scoring import job_weight
from advisor.engine.setup import ROUNDING, Setup

MORE_MACHINES = 1.15  # numbers of machines are looked at in steps this far apart: every number up to eleven, then fewer


@dataclass(frozen=True)
class Chosen:
    """The models chosen for the first jobs of a machine: each job with row and level of its local options.

    ``worth`` is what they bring to the score, each job's times its weight; ``share`` is what they ask of a machine.
    """

    doing: tuple[tuple[JobOnMachines, tuple[int, int]], ...]
    worth: float
    share: float
    machines: int


Sized = tuple[JobOnMachines, Array, Array]  # GB that models need, rising, and the most worth up to each


@dataclass(frozen=True)
class Column:
    """One kind of machine, abroad or in the business's own country, with the jobs it can do alone."""

    business: Business
    number: int  # of the local options
    at_home: bool
    usable_gb: float
    here: tuple[JobOnMachines, ...]  # in the order of the answers
    _growing: dict[int, tuple[Array, Array, Array]] = field(default_factory=dict)

    @cached_property
    def counts(self) -> range:
        """How many of its first jobs the machine might do: all, and fewer where they may not have room together."""
        together = sum(float(each.least_gb[self.number]) for each in self.here)
        return range(len(self.here), 0 if together > self.usable_gb else len(self.here) - 1, -1)

    @cached_property
    def alone(self) -> Chosen | None:
        """The best models whatever the number of machines, each job with what it alone needs; None if none fits.

        Fewer jobs only where all have no room.
        """
        for count in self.counts:
            jobs = self._choices(count, levels=False)
            found = largest([ways.choices for ways in jobs], self.usable_gb)
            if found is not None:
                return self._chosen(jobs, found)
        return None

    @property
    def shares(self) -> bool:
        """Whether jobs that run more sequences at once than each alone needs could make do with fewer machines."""
        return self.alone is not None and len(self.alone.doing) > 1 and self.alone.machines > 1

    @cached_property
    def chosen(self) -> tuple[Chosen, ...]:
        """The best models for each number of machines that pays in score.

        More sequences at once never bring more to the score, so they are only tried where one machine does not do.
        """
        if self.alone is None:
            return ()
        if self.alone.machines == 1:
            return (self.alone,)
        jobs = self._choices(len(self.alone.doing), levels=self.shares)
        return tuple(self._chosen(jobs, found) for found in front([ways.choices for ways in jobs], self.usable_gb))

    def growing(self, count: int) -> tuple[Array, Array, Array]:
        """The best the first ``count`` jobs could come to as machines are added; the same at every place.

        Returns shares of a machine, rising, each the least that asks for some number of machines; the most worth with
        fewer machines than the next asks for, and the fewest jobs without evidence.
        """
        if count not in self._growing:
            self._growing[count] = self._grown(count)
        return self._growing[count]

    def _grown(self, count: int) -> tuple[Array, Array, Array]:
        jobs = [each.by_share(self.number, at_home=self.at_home) for each in self.here[:count]]
        together = self._together(count)
        least = sum(float(shares[0]) for shares, _ in jobs)
        most = sum(float(shares[worths.argmax()]) for shares, worths in jobs)
        steps = np.ceil(np.log(max(1.0, most) / max(1.0, least)) / np.log(MORE_MACHINES)) + 1
        rising = np.ceil(max(1.0, least - ROUNDING) * MORE_MACHINES ** np.arange(steps))
        machines = rising[np.append(True, rising[1:] > rising[:-1])]
        below = np.append(machines[1:] - 1, np.inf) + ROUNDING
        worth, unproven = np.zeros(len(machines)), np.zeros(len(machines))
        for each, (shares, worths) in zip(self.here, jobs, strict=False):
            left = below - (least - shares[0])
            reached = np.maximum(0, shares.searchsorted(left, side="right") - 1)
            worth += worths[reached] * job_weight(each.local.load.job, self.business)
            unproven += (each.least_proven_share[self.number] > left) | ~each.proven[self.number]
        return np.maximum(least, machines - 1 + 4 * ROUNDING), np.minimum(worth, together), unproven

    def _together(self, count: int) -> float:
        """The most worth that any two of the first ``count`` jobs leave room for, the others taken as if alone."""
        here = self.here[:count]
        best = [self.best_of(each) for each in here]
        # Companions of two jobs may be the same; those of one job are surely held.
        room = self.usable_gb + ROUNDING - max(float(each.companions_gb[self.number]) for each in here)
        sized = [each.by_size(self.number, at_home=self.at_home) for each in here] if count > 1 else []
        pairs = [
            (one, two, self._pair((here[one], *sized[one]), (here[two], *sized[two]), room))
            for two in range(count)
            for one in range(two)
        ]
        bounds = [sum(best) - best[one] - best[other] + worth for one, other, worth in pairs]
        return min([sum(best), *bounds, *([sum(worth for *_, worth in pairs) / (count - 1)] if pairs else [])])

    def best_of(self, each: JobOnMachines) -> float:
        return float(each.best[self.at_home][self.number]) * job_weight(each.local.load.job, self.business)

    def _pair(self, first: Sized, second: Sized, room_gb: float) -> float:
        """The most worth of two jobs whose models have room together, or are the same."""
        (one, sizes, worths), (other, others, best) = first, second
        if one.media and other.media:
            return self.best_of(one) + self.best_of(other)
        weight, weight_too = (job_weight(each.local.load.job, self.business) for each in (one, other))
        reached = others.searchsorted(room_gb - sizes, side="right") - 1
        apart = np.where(reached >= 0, worths * weight + best[reached] * weight_too, -np.inf)
        rows = one.in_both(other)
        same = one.worth[self.at_home][rows[0], self.number] * weight
        same = same + other.worth[self.at_home][rows[1], self.number] * weight_too
        return float(max(apart.max(), same.max(initial=-np.inf)))

    def _choices(self, count: int, *, levels: bool) -> list[Ways]:
        """What can do the first ``count`` jobs."""
        number, at_home = self.number, self.at_home
        return [
            each.choices(number, job_weight(each.local.load.job, self.business), at_home=at_home, levels=levels)
            for each in self.here[:count]
        ]

    def _chosen(self, jobs: list[Ways], found: Combination) -> Chosen:
        picked = [(ways.rows[at], ways.levels[at]) for ways, at in zip(jobs, found.chosen, strict=True)]
        doing = tuple(zip(self.here, picked, strict=False))
        return Chosen(doing, found.value, found.share, found.machines)


@dataclass(frozen=True)
class Machines:
    """Every place of one kind of machine, and the services that do what it does not.

    A place is told by its number among the places of the local options, which are the same for all jobs.
    """

    business: Business
    jobs: tuple[JobOnMachines, ...]
    services: Mapping[Job, Service]  # the best service of each job that has one
    facts: MachineFacts
    nearness: Nearness
    _columns: dict[tuple[int, bool], Column] = field(default_factory=dict)

    @property
    def column(self) -> Index:
        return self.jobs[0].local.column

    def of(self, place: int) -> Column:
        """What can run at a place; the same for all that differ in price and address alone."""
        key = int(self.column[place]), bool(self.nearness.at_home[place])
        if key not in self._columns:
            example = self.jobs[0].local.places[place]
            assert example.device is not None
            here = tuple(each for each in self.jobs if each.local.runs[key[0]])
            usable = usable_gb(example.device, example.cards) or 0.0
            self._columns[key] = Column(self.business, *key, usable, here)
        return self._columns[key]

    def setup(self, place: int, models: Chosen) -> Setup:
        here = {each.local.load.job: each.local.candidate(row, place, level) for each, (row, level) in models.doing}
        chosen, uncovered = [], []
        for work in self.business.jobs:
            if work.job in here:
                chosen.append(here[work.job])
            elif work.job in self.services:
                chosen.append(self.services[work.job].candidate)
            else:
                uncovered.append(work.job)
        return Setup(tuple(chosen), tuple(uncovered))


def on_machines(business: Business, options: Options, services: Mapping[Job, list[Service]]) -> Machines:
    jobs = tuple(on_all_machines(each.local, business) for each in options.jobs)
    best = {job: max(found, key=_worth) for job, found in services.items() if found}
    facts = facts_of(options)
    return Machines(business, jobs, best, facts, nearness_of(facts, business))


def _worth(service: Service) -> tuple[bool, float, float, str]:
    return not service.routed, service.worth, -service.bill, service.candidate.name
