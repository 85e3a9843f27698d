"""One job's models on every kind of machine as arrays: what each brings to the score, and what it asks of a machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.combine import Choices, Held
from advisor.engine.companions import Helper
from advisor.engine.grid import Flags, Index
from advisor.engine.holding import ONE_AT_A_TIME, beside, main_name, numbers_of
from advisor.engine.local_options import LocalOptions, together_gb
from advisor.engine.pairs import Figures
from advisor.engine.sample import Array
from advisor.engine.scoring import ecosystem_points, speed_points, wants_local, weights
from advisor.engine.setup import work_per_hour


@dataclass(frozen=True)
class Ways:
    """Choices of one job on one kind of machine: rows and levels of its local options, and what they mean."""

    rows: list[int]
    levels: list[int]
    choices: Choices


@dataclass(frozen=True, eq=False)
class JobOnMachines:
    """One job's models on machines, as arrays over (model, kind) with -inf worth where one does not run.

    ``worth`` is what the job brings to the score on a machine abroad and on one of the business's own country, with
    the fewest sequences at once that carry its peak; ``peak`` is the busiest hour of each model's work.
    """

    local: LocalOptions
    worth: tuple[Array, Array]
    peak: Array
    speed_weight: float
    numbers: Mapping[str, int]  # of things that a machine can hold
    _shared: dict[Job, tuple[Index, Index]] = field(default_factory=dict)
    _working: dict[int, Index] = field(default_factory=dict)

    def _works(self, column: int) -> Index:
        """Rows of the models that run on one kind of machine."""
        if column not in self._working:
            self._working[column] = np.flatnonzero(self.local.works[:, column])
        return self._working[column]

    def choices(self, column: int, weight: float, *, at_home: bool, levels: bool) -> Ways:
        """What can do the job on one kind of machine; more sequences than needed only if asked for.

        Several jobs on one machine may need more at once of each than it would need alone.
        """
        works, pairs = self._works(column), self.local.pairs
        rows, level, worth = works, pairs.level[works, column], self.worth[at_home][works, column]
        if levels:
            most = pairs.levels(works, column)
            span = np.arange(int(most.max()))[:, None]
            level, at = np.nonzero((span >= level) & (span < most))
            rows, worth = works[at], worth[at]
        figures = pairs.at(rows, column, level)
        if levels:
            worth = worth + self.speed_weight * self._faster(rows, column, figures)
        return Ways(rows.tolist(), level.tolist(), self._choices(rows, column, figures, worth * weight))

    def _faster(self, rows: Index, column: int, figures: Figures) -> Array:
        """Points for speed beyond those with the fewest sequences at once; mostly below zero."""
        profile, pairs = self.local.load.profile, self.local.pairs
        least = speed_points(profile, pairs.tokens_per_s[rows, column], pairs.seconds[rows, column])
        return np.asarray(speed_points(profile, figures.tokens_per_s, figures.seconds) - least)

    def _choices(self, rows: Index, column: int, figures: Figures, value: Array) -> Choices:
        local = self.local
        helped = self._beside(local.helpers[column]), self._beside(local.smallest[column])
        alone = helped == ((), ())
        return Choices(
            value=value,
            share=self.peak[rows, 0] / figures.per_hour,
            thing=np.where(np.isnan(figures.tokens_per_s), self.numbers[ONE_AT_A_TIME], self._things[rows]),
            size_gb=figures.needed_gb,
            beside=[()] * len(rows) if alone else [helped[tight] for tight in local.tight[rows, column].tolist()],
        )

    def _beside(self, helpers: Iterable[Helper]) -> Held:
        return tuple((self.numbers[name], size) for name, size in beside(helpers))

    @cached_property
    def _things(self) -> Index:
        """What each model is held as where it writes."""
        return np.array([self.numbers[main_name(model.slug, media=False)] for model in self.local.models])

    @cached_property
    def best(self) -> tuple[Array, Array]:
        """The most that any model brings, by kind."""
        abroad = self.worth[0].max(axis=0, initial=-np.inf)
        return abroad, abroad if self.worth[1] is self.worth[0] else self.worth[1].max(axis=0, initial=-np.inf)

    @cached_property
    def least_gb(self) -> Array:
        """The least memory that any model takes with its companions, by kind."""
        needed = np.where(self.local.works, self.local.pairs.needed_gb + self.companions_gb, np.inf)
        return np.asarray(needed.min(axis=0, initial=np.inf))

    @cached_property
    def companions_gb(self) -> Array:
        """What the smallest companions take, by kind."""
        return together_gb(self.local.smallest)

    @cached_property
    def _least_shares(self) -> Array:
        """The least that each model asks of one machine in the busiest hour, by kind."""
        return np.asarray(np.where(self.local.works, self.peak / self.local.pairs.most_per_hour, np.inf))

    @cached_property
    def least_share(self) -> Array:
        return np.asarray(self._least_shares.min(axis=0, initial=np.inf))

    @cached_property
    def least_proven_share(self) -> Array:
        """The same among models whose quality something speaks to."""
        known = np.array([judged.points is not None for judged in self.local.judged], dtype=bool)
        return np.asarray(self._least_shares[known].min(axis=0, initial=np.inf))

    @cached_property
    def proven(self) -> Flags:
        """Whether anything speaks to the quality of a model that runs, by kind."""
        return np.isfinite(self.least_proven_share)

    def by_share(self, column: int, *, at_home: bool) -> tuple[Array, Array]:
        """Shares of a machine of one kind that models ask at least, rising, and the most worth up to each."""
        works = self._works(column)
        shares = self._least_shares[works, column]
        order = shares.argsort(kind="stable")
        return shares[order], np.maximum.accumulate(self.worth[at_home][works[order], column])

    def by_size(self, column: int, *, at_home: bool) -> tuple[Array, Array]:
        """GB that models need on one kind of machine, rising, and the most worth up to each."""
        works = self._works(column)
        sizes = self.local.pairs.needed_gb[works, column]
        order = sizes.argsort(kind="stable")
        return sizes[order], np.maximum.accumulate(self.worth[at_home][works[order], column])

    @cached_property
    def media(self) -> bool:
        """Whether models of the job may be loaded one at a time."""
        return bool(self.local.media.any())

    def in_both(self, other: JobOnMachines) -> tuple[Index, Index]:
        """Rows of the models that both jobs could use, here and there."""
        if other.local.load.job not in self._shared:
            there = {model.slug: row for row, model in enumerate(other.local.models)}
            rows = [(row, there[model.slug]) for row, model in enumerate(self.local.models) if model.slug in there]
            here, elsewhere = np.array(rows, dtype=np.intp).reshape(-1, 2).T
            self._shared[other.local.load.job] = here, elsewhere
        return self._shared[other.local.load.job]


def on_all_machines(local: LocalOptions, business: Business) -> JobOnMachines:
    parts, load, pairs = weights(business), local.load, local.pairs
    base = parts["quality"] * local.points
    base = base + parts["speed"] * speed_points(load.profile, pairs.tokens_per_s, pairs.seconds)
    worth = []
    for at_home in (False, True) if wants_local(business) else (False,):
        makers = np.array(ecosystem_points(local.models, [at_home] * len(local.models), business))[:, None]
        worth.append(np.where(local.works, base + parts["ecosystem"] * makers, -np.inf))
    numbers = numbers_of(business.catalog)
    return JobOnMachines(local, (worth[0], worth[-1]), _peaks(local, business), parts["speed"], numbers)


def _peaks(local: LocalOptions, business: Business) -> Array:
    """The busiest hour of each model's work once it has grown, in its own unit; shape (models, 1)."""
    grown = replace(local.load, peak_per_hour=local.load.peak_at_end)
    peaks = np.full(local.media.shape, np.nan)
    for alike in (local.media, ~local.media):
        if (local.works & alike).any():
            row, column = divmod(int((local.works & alike).argmax()), len(local.kinds))
            place = int((local.column == column).argmax())
            peaks[alike] = float(work_per_hour(local.candidate(row, place), grown, business)[0])
    return peaks
