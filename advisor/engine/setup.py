"""A set-up, and the machines it runs on: how many, how busy, how much energy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import SupportOffer
from advisor.engine.demand import MEDIA_TASK, Growth, Load, course, grown, working_hours_month
from advisor.engine.places import Place
from advisor.engine.sample import Array, Factors
from advisor.engine.types import Route
from advisor.engine.units import HOURS_PER_MONTH, MONTHS_PER_YEAR
from advisor.engine.working import Spread

ROUNDING = 1e-9  # a peak that fills a machine exactly needs no second one
IDLE_POWER_SHARE = 0.3  # of power under load; assumed, between a resting card (5-15 %) and its host (40-60 %)

Roles = tuple[tuple[Job, Route], ...]  # which job is done on which route


@dataclass(frozen=True)
class Setup:
    """A plan before it is priced: one candidate a job, on at most one kind of machine."""

    candidates: tuple[Candidate, ...]
    uncovered: tuple[Job, ...] = ()
    seat: SupportOffer | None = None  # hosted assistant, sold per person

    @cached_property
    def machine(self) -> Place | None:
        places = [candidate.place for candidate in self.candidates if candidate.place.device is not None]
        return places[0] if places else None

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Distinct routes, the main job's first."""
        return tuple(dict.fromkeys(candidate.place.route for candidate in self.candidates))

    @cached_property
    def roles(self) -> Roles:
        return tuple((candidate.job, candidate.place.route) for candidate in self.candidates)

    @cached_property
    def route(self) -> Route:
        return self.routes[0]

    @cached_property
    def routed(self) -> bool:
        return any(candidate.easy is not None for candidate in self.candidates)


@dataclass(frozen=True)
class Case:
    """A set-up with the demand it meets: what cost lines are made from. Arrays over the sample."""

    setup: Setup
    business: Business
    loads: tuple[Load, ...]
    factors: Factors

    @cached_property
    def growth(self) -> Growth:
        """How the work grows."""
        return grown(self.factors["growth"], self.business.horizon)

    @cached_property
    def machines(self) -> Months:
        """Whole machines at work."""
        months = course(self.factors["growth"], self.business.horizon)
        counts: Array = peak_share(self.setup, self.business, self.loads) * months
        counts -= ROUNDING  # in place: these are the largest arrays there are
        np.ceil(counts, out=counts)
        np.maximum(counts, 1.0, out=counts)
        year = counts[:MONTHS_PER_YEAR]
        return Months(counts.sum(axis=0), year.sum(axis=0), counts[0], counts[-1], counts[:, 0])

    @cached_property
    def owned(self) -> Months:
        """Machines there: what was bought stays. Their number only rises or only falls, as work does (``course``)."""
        used, months = self.machines, self.business.horizon
        return Months(
            total=np.maximum(used.total, months * used.first),
            early=np.maximum(used.early, min(MONTHS_PER_YEAR, months) * used.first),
            first=used.first,
            last=np.maximum(used.last, used.first),
            central=np.maximum(used.central, used.central[0]),
        )

    @cached_property
    def energy(self) -> Array:
        """Energy of the business's own machines in the mean month, kWh: at rest all month, and more while they work."""
        resting, working = self._energy
        mean: Array = self.owned.mean * resting + self.growth.mean * working
        return mean

    def energy_spread(self) -> Spread:
        (resting, working), months = self._energy, self.business.horizon
        early = self.owned.early * resting + self.growth.early * min(MONTHS_PER_YEAR, months) * working
        central = self.owned.central * resting[0] + self.growth.central * working[0]
        return spread(self.energy, early, central)

    @cached_property
    def _energy(self) -> tuple[Array, Array]:
        """kWh a month of one machine at rest, and what the first month's work takes beyond it."""
        place = self.setup.machine
        assert place is not None
        watts, more = power(place, self.factors), overhead(place, self.factors) / 1000
        resting = np.zeros_like(self.loads[0].units) + watts.resting * HOURS_PER_MONTH * more
        working = busy_hours_month(self.setup, self.loads) * (watts.working - watts.resting) * more
        return resting, working


@dataclass(frozen=True)
class Months:
    """An amount of every month as cost lines ask for it, over the sample; ``central`` is its course, by month."""

    total: Array  # of all months
    early: Array  # of the first year
    first: Array  # in the first month
    last: Array
    central: Array

    @property
    def mean(self) -> Array:
        return self.total / len(self.central)

    def added(self) -> Array:
        """In which months further ones come, central case: shares that sum to 1, or none."""
        added = np.append(0.0, np.diff(self.central))
        share: Array = added / max(1.0, added.sum())
        return share


def spread(mean: Array, early: Array, central: Array) -> Spread:
    """From the mean month, the sum over the first year, and the central course month by month."""
    some = np.where(mean == 0, 1.0, mean)  # nothing divided by nothing stays nothing
    return Spread(central / some[0], early / min(MONTHS_PER_YEAR, len(central)) / some)


def machine_count(setup: Setup, business: Business, loads: tuple[Load, ...]) -> Array:
    """Whole machines in the first month: the least number that carries every job's peak within its wait target."""
    count: Array = np.maximum(1.0, np.ceil(peak_share(setup, business, loads) - ROUNDING))
    return count


def peak_share(setup: Setup, business: Business, loads: tuple[Load, ...]) -> Array:
    """The first month's busiest hour as a share of what one machine carries within the wait target."""
    share = np.zeros_like(loads[0].units)
    for candidate, load in local(setup, loads):
        assert candidate.running is not None
        share = share + work_per_hour(candidate, load, business) / candidate.running.per_hour
    return share


def busy_hours_month(setup: Setup, loads: tuple[Load, ...]) -> Array:
    """Hours the machines work in the first month, all slots filled together."""
    hours = np.zeros_like(loads[0].units)
    for candidate, load in local(setup, loads):
        assert candidate.running is not None
        hours = hours + work_month(candidate, load) * candidate.running.seconds_each / candidate.running.slots / 3600
    return hours


def work_per_hour(candidate: Candidate, load: Load, business: Business) -> Array:
    """Requests (or pages, pictures, 3D models) in the busiest hour of the first month."""
    if candidate.running is not None and candidate.running.tokens_per_s is None:
        hours = working_hours_month(business.catalog)
        return work_month(candidate, load) / hours * load.peak_per_hour / (load.requests / hours + 1e-12)
    return load.peak_per_hour


def work_month(candidate: Candidate, load: Load) -> Array:
    """Requests (or pages, pictures, 3D models) in the first month."""
    if candidate.running is not None and candidate.running.tokens_per_s is None:
        return {"ocr": load.pages, "image_gen": load.images, "3d_gen": load.assets}[MEDIA_TASK[load.job]]
    return load.requests


def local(setup: Setup, loads: tuple[Load, ...]) -> list[tuple[Candidate, Load]]:
    """Candidates that run on the set-up's machine, with their demand."""
    by_job = {load.job: load for load in loads}
    return [(candidate, by_job[candidate.job]) for candidate in setup.candidates if candidate.running is not None]


@dataclass(frozen=True)
class Power:
    """Watts of one machine; arrays over the sample where the host's power is uncertain."""

    working: Array | float
    resting: Array | float


def power(place: Place, factors: Factors) -> Power:
    """Power of the machine under load and at rest; staff computers are counted only while they work for the plan."""
    assert place.device is not None
    host: Array | float = factors["host_power_watts"] if place.is_card else 0.0
    working = (place.device.power_watts or 0.0) * place.cards + host
    return Power(working, 0.0 if place.route is Route.STAFF_COMPUTERS else working * IDLE_POWER_SHARE)


def overhead(place: Place, factors: Factors) -> Array | float:
    """PUE: what a server room takes on top; a computer on a desk takes nothing."""
    return 1.0 if place.route is Route.STAFF_COMPUTERS else factors["pue"]
