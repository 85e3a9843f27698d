"""How many options each rule removed first, with examples and the nearest miss: read from rules and arrays.

An option falls to the earlier of the rules its model and its place break; what breaks neither is looked up in the
job's pairs. So most options are counted without being looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from advisor.engine.candidates import Removed
from advisor.engine.catalog import Catalog, Model
from advisor.engine.filters import NO_RULE, RULE_ORDER, order_of
from advisor.engine.grid import TOO_LARGE, TOO_SLOW, Codes, Flags, Index
from advisor.engine.local_options import LACKS_COMPANION, NOT_TRAINABLE, LocalOptions
from advisor.engine.once import once_per_version
from advisor.engine.options import JobOptions, Options
from advisor.engine.places import Place
from advisor.engine.types import Rule

# What a pair comes to, and the rule it then breaks; where a companion lacks, the rule that stands in its way.
INSIDE = {TOO_LARGE: Rule.MEMORY, TOO_SLOW: Rule.SPEED, NOT_TRAINABLE: Rule.ABILITY}


Found = tuple[str, Callable[[], Removed]]  # the place's key, and what becomes of the option there, told when asked


@dataclass(frozen=True)
class RuleTally:
    """What ``rule`` removed first: how many options and models, and the one that is easiest to get back."""

    rule: Rule
    count: int
    models: int
    nearest: Removed
    examples: tuple[Removed, ...]


def tally(options: Options, examples: int) -> tuple[RuleTally, ...]:
    """One row for each rule that removed something, in rule order."""
    removed = _Removed(options)
    jobs = [_JobTally(each, removed) for each in options.jobs]
    found = []
    for rule in Rule:
        count = sum(each.count(rule) for each in jobs)
        if count:
            concerned = np.logical_or.reduce([each.models_of(rule) for each in jobs])
            best_known = [at for at in removed.prominent if concerned[at]][:examples]
            rows = [_first_by_place(found for each in jobs for found in each.found(rule, at)) for at in best_known]
            nearest = _nearest(rule, jobs, removed.first_by_slug(concerned))
            found.append(RuleTally(rule, count, int(concerned.sum()), nearest, tuple(rows)))
    return tuple(found)


@once_per_version
def _prominent(catalog: Catalog) -> tuple[int, ...]:
    """Models with more published quality first, so that the examples are models a reader may have heard of."""
    models = catalog.models
    return tuple(sorted(range(len(models)), key=lambda at: (-len(models[at].quality), models[at].slug)))


@once_per_version
def _slugs(catalog: Catalog) -> Index:
    """The position of each model among all by slug."""
    return _ranks([model.slug for model in catalog.models])


class _Removed:
    """What the tallies of all jobs share; models are told by their position in the catalog."""

    def __init__(self, options: Options) -> None:
        self.machines, self.barred_by = options.machines, options.barred
        self.barred = np.array([order_of(found) for found in options.barred], dtype=np.int8)
        self.machines_from = _from(self.barred)
        self.rank = _ranks([place.key for place in options.machines])
        self.inside = _first_by_column(options.jobs[0].local.column, self.rank[np.flatnonzero(self.barred == NO_RULE)])
        self.models = options.jobs[0].models
        self.prominent, self.slugs = _prominent(options.catalog), _slugs(options.catalog)
        self._first: dict[tuple[int, bool], int | None] = {}

    def first_barred(self, order: int, *, at_least: bool) -> int | None:
        """The first machine by name that a rule bars, or that it or a later one bars or none does."""
        if (order, at_least) not in self._first:
            found = np.flatnonzero(self.barred >= order if at_least else self.barred == order)
            self._first[order, at_least] = int(found[self.rank[found].argmin()]) if len(found) else None
        return self._first[order, at_least]

    def first_by_slug(self, models: Flags) -> int:
        found = np.flatnonzero(models)
        return int(found[self.slugs[found].argmin()])


def _from(orders: Codes) -> Index:
    """How many break no rule before each in the order."""
    return np.bincount(orders, minlength=NO_RULE + 1)[::-1].cumsum()[::-1]


def _first_by_place(found: Iterable[Found]) -> Removed:
    """What falls at the first place by name."""
    _, tell = min(found, key=itemgetter(0))
    return tell()


class _JobTally:
    """The removed options of one job, by rule."""

    def __init__(self, job: JobOptions, removed: _Removed) -> None:
        self.job, self.shared = job, removed
        self.broken = np.array([order_of(found) for found in job.broken], dtype=np.int8)
        self.models_from = _from(self.broken)
        self.passing = np.flatnonzero(self.broken == NO_RULE)  # the models of the local options
        self.inside = _rules_inside(job.local)
        self.at_hosts = np.bincount(job.hosted.order, minlength=NO_RULE + 1)  # options by rule
        self._at_hosts: dict[int, dict[int, int]] = {}

    @cached_property
    def present(self) -> frozenset[int]:
        """The rules that some pair breaks."""
        return frozenset(np.flatnonzero(np.bincount(self.inside.ravel(), minlength=NO_RULE + 1)[:NO_RULE]).tolist())

    def count(self, rule: Rule) -> int:
        """Of all pairs, those whose earlier rule is ``rule`` are those that pass all before it and not it."""
        order = RULE_ORDER[rule]
        count = self._pass(order) - self._pass(order + 1) + int(self.at_hosts[order])
        if order in self.present:
            count += int((self.inside == order).sum(axis=0) @ self.job.local.boxes.places_of)
        return count

    def _pass(self, order: int) -> int:
        return int(self.models_from[order] * self.shared.machines_from[order])

    def models_of(self, rule: Rule) -> Flags:
        """Which models of the catalog the rule removed somewhere."""
        order, barred = RULE_ORDER[rule], self.shared.barred
        found: Flags = (self.broken == order) & bool((barred >= order).any())
        found |= (self.broken > order) & bool((barred == order).any())
        if order in self.present:
            found[self.passing[(self.inside == order).any(axis=1)]] = True
        if self.at_hosts[order]:
            hosted = self.job.hosted
            found[hosted.hosts.offers.model[hosted.order == order]] = True
        return found

    def found(self, rule: Rule, at: int) -> Iterator[Found]:
        """Where the rule removed the model: the first host by name, and the first machine of each sort."""
        yield from self._at_host(rule, at)
        yield from self._on_machine(rule, at)

    def _at_host(self, rule: Rule, at: int) -> Iterator[Found]:
        order, hosted = RULE_ORDER[rule], self.job.hosted
        if self.at_hosts[order] and at in (found := self._first_at_hosts(order)):
            place = hosted.hosts.offers.hosts[hosted.hosts.offers.host[found[at]]]
            yield place.key, partial(hosted.removed, found[at])

    def _first_at_hosts(self, order: int) -> dict[int, int]:
        """Of each model that a rule removed at hosts the first row: the first by name comes first."""
        if order not in self._at_hosts:
            hosted = self.job.hosted
            rows = np.flatnonzero(hosted.order == order)[::-1]
            self._at_hosts[order] = dict(zip(hosted.hosts.offers.model[rows].tolist(), rows.tolist(), strict=True))
        return self._at_hosts[order]

    def _on_machine(self, rule: Rule, at: int) -> Iterator[Found]:
        order, local, shared = RULE_ORDER[rule], self.job.local, self.shared
        model = shared.models[at]
        broken = int(self.broken[at])
        outside = None if broken < order else shared.first_barred(order, at_least=broken == order)
        if outside is not None:
            found = self.job.broken[at] if broken == order else shared.barred_by[outside]
            assert found is not None
            place = shared.machines[outside]
            yield place.key, partial(Removed, self.job.job, model, place, found)
        if broken == NO_RULE and order in self.present:
            row = int(self.passing.searchsorted(at))
            (columns,) = (self.inside[row] == order).nonzero()
            if len(columns):
                places, ranks = shared.inside
                column = int(columns[ranks[columns].argmin()])
                place = local.places[places[column]]
                yield place.key, partial(self._too_much, model, place, row, column)

    def _too_much(self, model: Model, place: Place, row: int, column: int) -> Removed:
        return Removed(self.job.job, model, place, self.job.local.failure(row, column))

    def nearest(self, code: int) -> tuple[float, str, int, int] | None:
        """The pair of this code that lacks least: by how much, its model, row and column."""
        local = self.job.local
        gap = local.gap(code)
        least = gap.min(initial=np.inf)
        if not np.isfinite(least):
            return None
        row, column = divmod(int(gap.argmin()), gap.shape[1])
        return float(least), local.models[row].slug, row, column


def _first_by_column(columns: Index, ranks: Index) -> tuple[Index, Index]:
    """Of the places of each column the first by name, and its rank."""
    last_first = ranks.argsort()[::-1]
    first = np.zeros(columns.max(initial=-1) + 1, dtype=np.intp)
    first[columns[last_first]] = last_first  # what is set last stays
    return first, ranks[first]


def _ranks(names: Sequence[str]) -> Index:
    """The position of each name among all in order."""
    ranks = np.empty(len(names), dtype=np.intp)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks


def _rules_inside(local: LocalOptions) -> NDArray[np.int8]:
    """For each pair the order of the rule it breaks, ``NO_RULE`` where it works."""
    order = np.full(max(INSIDE) + 1, NO_RULE, dtype=np.int8)
    order[list(INSIDE)] = [RULE_ORDER[rule] for rule in INSIDE.values()]
    rules = order[local.code]
    for column, missing in enumerate(local.missing):
        if missing is not None:
            rules[local.code[:, column] == LACKS_COMPANION, column] = order_of(missing)
    return rules


def _nearest(rule: Rule, jobs: list[_JobTally], first_model: int) -> Removed:
    """The option that the smallest change brings back: the least missing memory, the nearest speed, else the first."""
    code = {Rule.MEMORY: TOO_LARGE, Rule.SPEED: TOO_SLOW}.get(rule)
    misses = [(found, each) for each in jobs if code is not None and (found := each.nearest(code)) is not None]
    if misses:
        (_, _, row, column), each = min(misses, key=lambda item: item[0][:2])
        local = each.job.local
        place = min((local.places[at] for at in np.flatnonzero(local.column == column)), key=lambda place: place.key)
        return Removed(each.job.job, local.models[row], place, local.failure(row, column))
    return _first_by_place(next(told for each in jobs if (told := list(each.found(rule, first_model)))))
