"""Set-ups on one kind of machine: it does every job it has room for, the rest goes to the best service.

For each place ``combine.front`` finds the best models. What a place could come to at most is known from arrays
before any of its set-ups is made, so that most places need not be opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.combine import Choice, front
from advisor.engine.demand import Load
from advisor.engine.grid import Index, is_media
from advisor.engine.holding import held
from advisor.engine.hosted_setups import Service
from advisor.engine.local_options import LocalOptions
from advisor.engine.machine_lines import SELF_CONTAINED_KINDS, rent_month
from advisor.engine.memory import usable_gb
from advisor.engine.options import Options
from advisor.engine.place_rules import same_region
from advisor.engine.places import Place
from advisor.engine.sample import Array
from advisor.engine.scoring import ecosystem_points, job_weight, speed_points, weights
from advisor.engine.setup import Setup, overhead, power, work_per_hour
from advisor.engine.types import Route
from advisor.engine.units import HOURS_PER_MONTH
from advisor.engine.working import Working


@dataclass(frozen=True)
class JobOnMachines:
    """One job's models on machines, as arrays over (model, kind) with -inf worth where one does not run.

    ``worth`` is what the job brings to the score on a machine abroad and on one of the business's own country;
    ``share`` is the part of one machine's peak it takes.
    """

    local: LocalOptions
    worth: tuple[Array, Array]
    share: Array

    @cached_property
    def best(self) -> tuple[Array, Array]:
        """The most that any model brings, by kind."""
        abroad, at_home = (worth.max(axis=0, initial=-np.inf) for worth in self.worth)
        return abroad, at_home

    @cached_property
    def least_gb(self) -> Array:
        return np.asarray(np.where(self.local.works, self._with_companions, np.inf).min(axis=0, initial=np.inf))

    @property
    def _with_companions(self) -> Array:
        beside = [sum(helper.needed_gb for helper in helpers) for helpers in self.local.helpers]
        return np.asarray(self.local.pairs.needed_gb + np.array(beside))

    @cached_property
    def proven(self) -> Array:
        """Whether anything speaks to the quality of a model that runs, by kind."""
        known = np.array([judged.points is not None for judged in self.local.judged], dtype=bool)[:, None]
        return np.asarray((self.local.works & known).any(axis=0))


def jobs_on_machines(business: Business, options: Options) -> tuple[JobOnMachines, ...]:
    return tuple(_on_machines(each.local, business) for each in options.jobs)


def _on_machines(local: LocalOptions, business: Business) -> JobOnMachines:
    parts, load, pairs = weights(business), local.load, local.pairs
    base = parts["quality"] * local.points
    base = base + parts["speed"] * speed_points(load.profile, pairs.tokens_per_s, pairs.seconds)
    worth = []
    for at_home in (False, True):
        maker = [ecosystem_points(model, business, local=at_home) for model in local.models]
        whole = base + parts["ecosystem"] * np.array(maker)[:, None]
        worth.append(np.where(local.works, whole, -np.inf))
    return JobOnMachines(local, (worth[0], worth[1]), _peaks(local, business) / pairs.per_hour)


def _peaks(local: LocalOptions, business: Business) -> Array:
    """The busiest hour of each model's work, in its own unit; shape (models, 1)."""
    examples: dict[bool, float] = {}
    rows, columns = np.nonzero(local.works)
    media = [is_media(local.load.job, model) for model in local.models]
    for row, column in zip(rows, columns, strict=True):
        if media[row] not in examples:
            place = int((local.column == column).argmax())
            examples[media[row]] = float(work_per_hour(local.candidate(int(row), place), local.load, business)[0])
    return np.array([examples.get(flag, np.nan) for flag in media])[:, None]


@dataclass(frozen=True)
class Chosen:
    """The models chosen for the first jobs of a machine, as rows of each job's local options.

    ``worth`` is what they bring to the score, each job's times its weight.
    """

    rows: tuple[int, ...]
    worth: float


@dataclass(frozen=True)
class Column:
    """One kind of machine, abroad or in the business's own country, with the jobs it can do alone."""

    business: Business
    number: int  # of the local options
    at_home: bool
    usable_gb: float
    here: tuple[JobOnMachines, ...]  # in the order of the answers

    @cached_property
    def roomy(self) -> bool:
        """Whether the jobs surely fit together."""
        return sum(float(each.least_gb[self.number]) for each in self.here) <= self.usable_gb

    @cached_property
    def best(self) -> dict[Job, float]:
        """The most that any model brings for each job."""
        return {each.local.load.job: float(each.best[self.at_home][self.number]) for each in self.here}

    @cached_property
    def chosen(self) -> tuple[Chosen, ...]:
        """For each number of machines that pays in score the best models; fewer jobs only where all have no room."""
        for count in range(len(self.here), 0, -1):
            doing = self.here[:count]
            rows = [np.flatnonzero(each.local.works[:, self.number]) for each in doing]
            found = front(
                [self._choices(each, of_job) for each, of_job in zip(doing, rows, strict=True)], self.usable_gb
            )
            if found:
                return tuple(
                    Chosen(
                        tuple(int(of_job[at]) for of_job, at in zip(rows, combination.chosen, strict=True)),
                        combination.value,
                    )
                    for combination in found
                )
        return ()

    def _choices(self, each: JobOnMachines, rows: Index) -> list[Choice]:
        local, weight = each.local, job_weight(each.local.load.job, self.business)
        worth = (each.worth[self.at_home][rows, self.number] * weight).tolist()
        share = each.share[rows, self.number].tolist()
        needed = local.pairs.needed_gb[rows, self.number].tolist()
        media = np.isnan(local.pairs.tokens_per_s[rows, self.number]).tolist()
        helpers = local.helpers[self.number]
        return [
            Choice(worth[at], share[at], held(local.models[row].slug, needed[at], helpers, media=media[at]))
            for at, row in enumerate(rows)
        ]


@dataclass(frozen=True)
class MachinePlace:
    """A place of one kind of machine, and the services that do what it does not."""

    business: Business
    place: Place
    number: int  # among the places of the local options
    column: Column
    services: Mapping[Job, Service]  # the best service of each job that has one

    @property
    def setups(self) -> tuple[Setup, ...]:
        return tuple(self.setup(chosen) for chosen in self.column.chosen)

    def setup(self, models: Chosen) -> Setup:
        doing = zip(self.column.here, models.rows, strict=False)
        here = {each.local.load.job: each.local.candidate(row, self.number) for each, row in doing}
        chosen, uncovered = [], []
        for work in self.business.jobs:
            if work.job in here:
                chosen.append(here[work.job])
            elif work.job in self.services:
                chosen.append(self.services[work.job].candidate)
            else:
                uncovered.append(work.job)
        return Setup(tuple(chosen), tuple(uncovered))


def machine_places(
    business: Business, options: Options, services: Mapping[Job, list[Service]]
) -> tuple[MachinePlace, ...]:
    """Every place where something runs and the main job is done."""
    jobs = jobs_on_machines(business, options)
    best = {job: max(found, key=_worth) for job, found in services.items() if found}
    main, found = business.jobs[0].job, []
    columns: dict[tuple[int, bool], Column] = {}
    for number, place in enumerate(jobs[0].local.places):
        key = int(jobs[0].local.column[number]), same_region(business, place.regions)
        if key not in columns:
            columns[key] = _column(business, place, jobs, *key)
        here = columns[key].here
        if here and (main in best or here[0].local.load.job == main):
            found.append(MachinePlace(business, place, number, columns[key], best))
    return tuple(found)


def _column(
    business: Business, place: Place, jobs: tuple[JobOnMachines, ...], number: int, at_home: bool
) -> Column:  # fmt: skip
    assert place.device is not None
    here = tuple(each for each in jobs if each.local.works[:, number].any())
    return Column(business, number, at_home, usable_gb(place.device, place.cards) or 0.0, here)


def _worth(service: Service) -> tuple[bool, float, float, str]:
    return not service.routed, service.worth, -service.bill, service.candidate.name


@dataclass(frozen=True)
class Least:
    """What one machine alone costs at the very least, resting all the time: at the start, each month, at the end."""

    once: float
    month: float
    back: float


def least_cost(place: MachinePlace, loads: tuple[Load, ...]) -> Least:
    business, where = place.business, place.place
    assert where.device is not None
    middle, work = business.middle, Working(business, business.middle, quiet=True)

    def exchanged(currency: str) -> float:
        return float(np.ravel(work.abroad(currency)[0])[0])

    if where.offer is not None:
        drift = exchanged(where.offer.currency) * float(middle["price"][0])
        return Least(0.0, rent_month(where, loads, work)[0] * drift, 0.0)
    watts = np.ravel(power(where, middle).resting * overhead(where, middle))[0]
    resting = float(watts) * HOURS_PER_MONTH / 1000 * float(middle["electricity"][0])
    price = where.device.price
    if where.route is not Route.OWN_SERVER or price.amount is None:
        return Least(0.0, resting, 0.0)
    paid = where.cards * price.amount * exchanged(price.currency)
    if where.device.kind not in SELF_CONTAINED_KINDS:
        paid += float(middle["host_price_usd"][0]) * exchanged("USD")
    paid *= float(middle["hardware"][0])
    return Least(paid, resting, paid * float(middle["residual"][0]))
