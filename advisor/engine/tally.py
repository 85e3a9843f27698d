"""How many options each rule removed first, with examples and the nearest miss: read from rules and arrays.

An option falls to the earlier of the rules its model and its place break; what breaks neither is looked up in the
job's pairs. So most options are counted without being looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.engine.candidates import Removed
from advisor.engine.catalog import Model
from advisor.engine.filters import RULE_ORDER, Failure
from advisor.engine.grid import TOO_LARGE, TOO_SLOW, Index
from advisor.engine.local_options import LACKS_COMPANION, NOT_TRAINABLE, LocalOptions
from advisor.engine.options import JobOptions, Options
from advisor.engine.places import Place
from advisor.engine.types import Rule

NO_RULE = len(RULE_ORDER)


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
    barred = np.array([_order(found) for found in options.barred], dtype=np.intp)
    jobs = [_JobTally(each, options, barred) for each in options.jobs]
    found = []
    for rule in Rule:
        count = sum(each.count(rule) for each in jobs)
        if count:
            models = {model.slug: model for each in jobs for model in each.models_of(rule)}
            shown = sorted(models.values(), key=lambda model: (-_prominence(model), model.slug))[:examples]
            rows = [min((each.example(rule, model) for each in jobs), key=_by_place) for model in shown]
            nearest = _nearest(rule, jobs, min(models))
            found.append(RuleTally(rule, count, len(models), nearest, tuple(row for row in rows if row is not None)))
    return tuple(found)


def _order(found: Failure | None) -> int:
    return NO_RULE if found is None else RULE_ORDER[found[0]]


def _prominence(model: Model) -> int:
    """Better-known quality first, so that the examples are models a reader may have heard of."""
    return len(model.quality)


def _by_place(removed: Removed | None) -> tuple[bool, str]:
    return removed is None, "" if removed is None else removed.place.key


class _JobTally:
    """The removed options of one job, by rule."""

    def __init__(self, job: JobOptions, options: Options, barred: Index) -> None:
        self.job, self.options, self.barred = job, options, barred
        self.rank = _ranks(options.machines)
        self.rank_inside = _ranks(job.local.places)
        self.rows = {model.slug: row for row, model in enumerate(job.local.models)}
        self.at = {model.slug: at for at, model in enumerate(job.models)}
        self.broken = np.array([_order(found) for found in job.broken], dtype=np.intp)
        self.inside = _rules_inside(job.local)
        self.hosted: dict[Rule, list[Removed]] = {}
        for item in job.hosted:
            if isinstance(item, Removed):
                self.hosted.setdefault(item.failure[0], []).append(item)

    def count(self, rule: Rule) -> int:
        """Of all pairs, those whose earlier rule is ``rule`` are those that pass all before it and not it."""
        order = RULE_ORDER[rule]
        outside = self._pass(order) - self._pass(order + 1)
        inside = (self.inside == order).sum(axis=0) @ self.job.local.boxes.places_of
        return outside + int(inside) + len(self.hosted.get(rule, ()))

    def _pass(self, order: int) -> int:
        return int((self.broken >= order).sum()) * int((self.barred >= order).sum())

    def models_of(self, rule: Rule) -> list[Model]:
        order = RULE_ORDER[rule]
        by_model = (self.broken == order) & bool((self.barred >= order).any())
        by_place = (self.broken > order) & bool((self.barred == order).any())
        found = [self.job.models[at] for at in np.flatnonzero(by_model | by_place)]
        found += [self.job.local.models[at] for at in np.flatnonzero((self.inside == order).any(axis=1))]
        return found + [item.model for item in self.hosted.get(rule, ())]

    def example(self, rule: Rule, model: Model) -> Removed | None:
        """The first place by name where the rule removed the model."""
        on_hosts = [item for item in self.hosted.get(rule, ()) if item.model is model]
        return min([*on_hosts, *self._on_machine(rule, model)], key=_by_place, default=None)

    def _on_machine(self, rule: Rule, model: Model) -> Iterator[Removed]:
        order, at, local = RULE_ORDER[rule], self.at[model.slug], self.job.local
        outside = np.flatnonzero(np.minimum(self.broken[at], self.barred) == order)
        if len(outside):
            first = int(outside[self.rank[outside].argmin()])
            found = self.job.broken[at] if self.broken[at] == order else self.options.barred[first]
            assert found is not None
            yield Removed(self.job.job, model, self.options.machines[first], found)
        if self.broken[at] == NO_RULE:
            row = self.rows[model.slug]
            inside = np.flatnonzero((self.inside[row] == order)[local.column])
            if len(inside):
                first = int(inside[self.rank_inside[inside].argmin()])
                yield Removed(self.job.job, model, local.places[first], local.failure(row, int(local.column[first])))

    def nearest(self, code: int) -> tuple[float, str, int, int] | None:
        """The pair of this code that lacks least: by how much, its model, row and column."""
        local = self.job.local
        gap = np.where(local.code == code, local.gap(), np.inf)
        least = gap.min(initial=np.inf)
        if not np.isfinite(least):
            return None
        row, column = divmod(int(gap.argmin()), gap.shape[1])
        return float(least), local.models[row].slug, row, column


def _ranks(places: Sequence[Place]) -> Index:
    """The position of each place among all by name."""
    ranks = np.empty(len(places), dtype=np.intp)
    ranks[sorted(range(len(places)), key=lambda at: places[at].key)] = np.arange(len(places))
    return ranks


def _rules_inside(local: LocalOptions) -> Index:
    """For each pair the order of the rule it breaks, ``NO_RULE`` where it works."""
    lacking = np.array([_order(found) for found in local.missing], dtype=np.intp)[None, :]
    rules = np.full(local.code.shape, NO_RULE, dtype=np.intp)
    rules[local.code == TOO_LARGE] = RULE_ORDER[Rule.MEMORY]
    rules[local.code == TOO_SLOW] = RULE_ORDER[Rule.SPEED]
    rules[local.code == NOT_TRAINABLE] = RULE_ORDER[Rule.ABILITY]
    return np.where(local.code == LACKS_COMPANION, lacking, rules)


def _nearest(rule: Rule, jobs: list[_JobTally], first_model: str) -> Removed:
    """The option that the smallest change brings back: the least missing memory, the nearest speed, else the first."""
    code = {Rule.MEMORY: TOO_LARGE, Rule.SPEED: TOO_SLOW}.get(rule)
    misses = [(found, each) for each in jobs if code is not None and (found := each.nearest(code)) is not None]
    if misses:
        (_, _, row, column), each = min(misses, key=lambda item: item[0][:2])
        local = each.job.local
        place = min(
            (place for place, at in zip(local.places, local.column, strict=True) if at == column),
            key=lambda place: place.key,
        )
        return Removed(each.job.job, local.models[row], place, local.failure(row, column))
    examples = (each.example(rule, model) for each in jobs for model in each.job.models if model.slug == first_model)
    return next(found for found in examples if found is not None)
