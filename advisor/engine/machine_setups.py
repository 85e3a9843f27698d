"""Set-ups on one kind of machine: it does every job it has room for, the rest goes to the best service.

For each place ``combine.front`` finds the best models. What a place could come to at most is known from arrays
before any of its set-ups is made, so that most places need not be opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.combine import Choices, Names, front
from advisor.engine.demand import Load
from advisor.engine.grid import Index, is_media
from advisor.engine.holding import beside, main_name
from advisor.engine.hosted_setups import Service
from advisor.engine.local_options import LocalOptions, together_gb
from advisor.engine.machine_lines import SELF_CONTAINED_KINDS, rent_month
from advisor.engine.memory import usable_gb
from advisor.engine.options import Options
from advisor.engine.pairs import Figures
from advisor.engine.place_rules import same_region
from advisor.engine.places import Place
from advisor.engine.sample import Array
from advisor.engine.scoring import ecosystem_points, job_weight, speed_points, weights
from advisor.engine.setup import Setup, overhead, power, work_per_hour
from advisor.engine.types import Route
from advisor.engine.units import HOURS_PER_MONTH
from advisor.engine.working import Working


@dataclass(frozen=True)
class Ways:
    """Choices of one job on one kind of machine: rows and levels of its local options, and what they mean."""

    rows: list[int]
    levels: list[int]
    choices: Choices


@dataclass(frozen=True)
class JobOnMachines:
    """One job's models on machines, as arrays over (model, kind) with -inf worth where one does not run.

    ``worth`` is what the job brings to the score on a machine abroad and on one of the business's own country, with
    the fewest sequences at once that carry its peak; ``peak`` is the busiest hour of each model's work.
    """

    local: LocalOptions
    worth: tuple[Array, Array]
    peak: Array
    speed_weight: float

    def choices(self, column: int, weight: float, *, at_home: bool, levels: bool) -> Ways:
        """What can do the job on one kind of machine; more sequences than needed only if asked for.

        Several jobs on one machine may need more at once of each than it would need alone.
        """
        works, pairs = np.flatnonzero(self.local.works[:, column]), self.local.pairs
        least, most = pairs.level[works, column], pairs.levels[works, column]
        span, end = np.arange(int(most.max()))[:, None], most if levels else np.minimum(least + 1, most)
        level, at = np.nonzero((span >= least) & (span < end))
        rows, figures = works[at], pairs.at(works[at], column, level)
        choices = self._valued(rows, column, figures, weight, at_home=at_home)
        return Ways(rows.tolist(), level.tolist(), choices)

    def _valued(self, rows: Index, column: int, figures: Figures, weight: float, *, at_home: bool) -> Choices:
        local, pairs, profile = self.local, self.local.pairs, self.local.load.profile
        rest = self.worth[at_home][rows, column] - self.speed_weight * np.asarray(
            speed_points(profile, pairs.tokens_per_s[rows, column], pairs.seconds[rows, column])
        )
        speed = np.asarray(speed_points(profile, figures.tokens_per_s, figures.seconds))
        helped = beside(local.helpers[column]), beside(local.smallest[column])
        return Choices(
            value=(rest + self.speed_weight * speed) * weight,
            share=self.peak[rows, 0] / figures.per_hour,
            name=self._names[rows, np.isnan(figures.tokens_per_s).astype(np.intp)],
            size_gb=figures.needed_gb,
            beside=[helped[tight] for tight in local.tight[rows, column].tolist()],
        )

    @cached_property
    def _names(self) -> Names:
        """What each model is held as where it writes, and where it makes pictures or reads pages."""
        models, kinds = self.local.models, (False, True)
        return np.array([[main_name(model.slug, media=media) for media in kinds] for model in models], dtype=object)

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
        return np.asarray(self.local.pairs.needed_gb + together_gb(self.local.smallest))

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
    return JobOnMachines(local, (worth[0], worth[1]), _peaks(local, business), parts["speed"])


def _peaks(local: LocalOptions, business: Business) -> Array:
    """The busiest hour of each model's work once it has grown, in its own unit; shape (models, 1)."""
    grown = replace(local.load, peak_per_hour=local.load.peak_at_end)
    media = np.array([is_media(local.load.job, model) for model in local.models], dtype=bool)[:, None]
    peaks = np.full(media.shape, np.nan)
    for alike in (media, ~media):
        if (local.works & alike).any():
            row, column = divmod(int((local.works & alike).argmax()), len(local.kinds))
            place = int((local.column == column).argmax())
            peaks[alike] = float(work_per_hour(local.candidate(row, place), grown, business)[0])
    return peaks


@dataclass(frozen=True)
class Chosen:
    """The models chosen for the first jobs of a machine: rows and levels of each job's local options.

    ``worth`` is what they bring to the score, each job's times its weight.
    """

    rows: tuple[tuple[int, int], ...]
    worth: float
    machines: int


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
    def alone(self) -> tuple[Chosen, ...]:
        """The best models for each number of machines that pays in score, each job with what it alone needs.

        Fewer jobs only where all have no room.
        """
        for count in range(len(self.here), 0, -1):
            found = self._front(count, levels=False)
            if found:
                return found
        return ()

    @cached_property
    def chosen(self) -> tuple[Chosen, ...]:
        """The same where jobs may run more sequences at once than each alone needs, so that machines go round.

        That never brings more to the score, so it is only tried where one machine does not do otherwise.
        """
        several = len(self.alone) > 0 and len(self.alone[0].rows) > 1
        if several and any(models.machines > 1 for models in self.alone):
            return self._front(len(self.alone[0].rows), levels=True)
        return self.alone

    def _front(self, count: int, *, levels: bool) -> tuple[Chosen, ...]:
        """For the first ``count`` jobs."""
        here, number, at_home = self.here[:count], self.number, self.at_home
        weight = [job_weight(each.local.load.job, self.business) for each in here]
        jobs = [each.choices(number, by, at_home=at_home, levels=levels) for each, by in zip(here, weight, strict=True)]
        return tuple(
            Chosen(
                tuple((ways.rows[at], ways.levels[at]) for ways, at in zip(jobs, combination.chosen, strict=True)),
                combination.value,
                combination.machines,
            )
            for combination in front([ways.choices for ways in jobs], self.usable_gb)
        )


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
        here = {each.local.load.job: each.local.candidate(row, self.number, level) for each, (row, level) in doing}
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


def _column(business: Business, place: Place, jobs: tuple[JobOnMachines, ...], number: int, at_home: bool) -> Column:
    assert place.device is not None
    here = tuple(each for each in jobs if each.local.runs[number])
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
