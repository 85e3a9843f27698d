"""A set-up, and the machines it runs on: how many, how busy, how much energy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.demand import MEDIA_TASK, Load, working_hours_month
from advisor.engine.places import Place
from advisor.engine.sample import Array, Factors
from advisor.engine.types import Route
from advisor.engine.units import HOURS_PER_MONTH

IDLE_POWER_SHARE = 0.3  # of power under load; assumed, between a resting card (5-15 %) and its host (40-60 %)


@dataclass(frozen=True)
class Setup:
    """A plan before it is priced: one candidate a job, on at most one kind of machine."""

    candidates: tuple[Candidate, ...]
    uncovered: tuple[Job, ...] = ()
    seat_price_month: float | None = None  # hosted assistant: per person, in the business's currency
    seat_source: tuple[str | None, str | None] = (None, None)

    @cached_property
    def machine(self) -> Place | None:
        places = [candidate.place for candidate in self.candidates if candidate.place.device is not None]
        return places[0] if places else None

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Distinct routes, the main job's first."""
        return tuple(dict.fromkeys(candidate.place.route for candidate in self.candidates))

    @cached_property
    def route(self) -> Route:
        return self.routes[0]

    @cached_property
    def routed(self) -> bool:
        return any(candidate.easy is not None for candidate in self.candidates)


def machine_count(setup: Setup, business: Business, loads: tuple[Load, ...]) -> Array:
    """Whole machines: the least number that carries every job's peak within its wait target."""
    share = np.zeros_like(loads[0].units)
    for candidate, load in _local(setup, loads):
        assert candidate.running is not None
        share = share + work_per_hour(candidate, load, business) / candidate.running.per_hour
    count: Array = np.maximum(1.0, np.ceil(share - 1e-9))
    return count


def busy_hours_month(setup: Setup, loads: tuple[Load, ...]) -> Array:
    """Hours a month the machines work, all slots filled together."""
    hours = np.zeros_like(loads[0].units)
    for candidate, load in _local(setup, loads):
        assert candidate.running is not None
        hours = hours + _work(candidate, load) * candidate.running.seconds_each / candidate.running.slots / 3600
    return hours


def work_per_hour(candidate: Candidate, load: Load, business: Business) -> Array:
    """Requests (or pages, pictures, 3D models) in the busiest hour."""
    if candidate.running is not None and candidate.running.tokens_per_s is None:
        hours = working_hours_month(business.catalog)
        return _work(candidate, load) / hours * load.peak_per_hour / (load.requests / hours + 1e-12)
    return load.peak_per_hour


def _work(candidate: Candidate, load: Load) -> Array:
    if candidate.running is not None and candidate.running.tokens_per_s is None:
        return {"ocr": load.pages, "image_gen": load.images, "3d_gen": load.assets}[MEDIA_TASK[load.job]]
    return load.requests


def _local(setup: Setup, loads: tuple[Load, ...]) -> list[tuple[Candidate, Load]]:
    by_job = {load.job: load for load in loads}
    return [(candidate, by_job[candidate.job]) for candidate in setup.candidates if candidate.running is not None]


def energy_kwh_month(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Array:
    """Energy of the business's own machines: resting power all month, the rest while working, times PUE."""
    place = setup.machine
    assert place is not None
    assert place.device is not None
    host: Array | float = factors["host_power_watts"] if place.is_card else 0.0
    load_watts = (place.device.power_watts or 0.0) * place.cards + host
    busy = busy_hours_month(setup, loads)
    if place.route is Route.STAFF_COMPUTERS:
        return busy * load_watts / 1000
    idle_watts = load_watts * IDLE_POWER_SHARE
    count = machine_count(setup, business, loads)
    return (count * idle_watts * HOURS_PER_MONTH + (load_watts - idle_watts) * busy) / 1000 * factors["pue"]
