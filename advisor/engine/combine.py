"""Which models one kind of machine should hold for several jobs: exact, on plain figures.

Given for each job the choices that run on the machine, take one choice a job so that

    maximize    sum of value
    subject to  sum over names of the largest memory asked of that name <= usable memory
                sum of share <= n machines

for each number of machines n that allows more value than n - 1. Weights used for two jobs are held once, at the
larger of the two sizes; the jobs share the machines. Depth first, best choices first; a branch is left when the best
that its open jobs could add does not beat what is known, or when they need more machines or memory than there are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf

import numpy as np
from numpy.typing import NDArray

from advisor.engine.sample import Array
from advisor.engine.setup import ROUNDING

Names = NDArray[np.object_]  # of str
Held = tuple[tuple[str, float], ...]  # things kept loaded, by name, GB


@dataclass(frozen=True)
class Choices:
    """Ways to do one job on the machine, arrays of one length.

    ``share`` is that of what one machine carries in the busiest hour. Each keeps loaded what ``name`` and ``size_gb``
    say, and what is ``beside`` it.
    """

    value: Array
    share: Array
    name: Names
    size_gb: Array
    beside: Sequence[Held]


@dataclass(frozen=True)
class Combination:
    """``chosen`` has the position of each job's choice; ``machines`` is the least whole number that carries it."""

    chosen: tuple[int, ...]
    value: float
    share: float

    @property
    def machines(self) -> int:
        return max(1, ceil(self.share - ROUNDING))


Ranked = tuple[int, str, float, float, float]  # position, name, GB, value and share of a choice
BLOCK = 32  # choices made ready at a time


def front(jobs: Sequence[Choices], usable_gb: float) -> tuple[Combination, ...]:
    """For each number of machines that pays in value the best combination, fewest machines first; () if none fits."""
    tried, found = [_Job(job) for job in jobs], []
    limit = inf
    while limit >= 1 and (best := _Search(tried, usable_gb, limit).best) is not None:
        found.append(best)
        limit = best.machines - 1.0
    return tuple(reversed(found))


class _Search:
    """The combination of largest value within ``limit`` machines; of equal ones the one that keeps them least busy."""

    def __init__(self, jobs: Sequence[_Job], usable_gb: float, limit: float) -> None:
        self.jobs, self.usable_gb, self.limit = jobs, usable_gb, limit + ROUNDING
        # What the jobs from each on can add at most, and the least of a machine they need.
        self.more, self.least = [0.0], [0.0]
        for job in reversed(self.jobs):
            self.more.insert(0, self.more[0] + job.most)
            self.least.insert(0, self.least[0] + job.least)
        # A choice must leave the least of the others its part of the machines.
        self.ranked = [job.up_to(self.limit - (self.least[0] - job.least)) for job in self.jobs]
        self.best: Combination | None = None
        self.value, self.share = -inf, inf  # of the best
        self._extend((), 0.0, 0.0, {})

    def _extend(self, chosen: tuple[int, ...], value: float, share: float, held: Mapping[str, float]) -> None:
        depth = len(chosen)
        if depth == len(self.jobs):
            self.best, self.value, self.share = Combination(chosen, value, share), value, share
            return
        job, room = self.jobs[depth], self.usable_gb - sum(held.values())
        most = value + sum(each.within(room, held) for each in self.jobs[depth:])
        if not self._beats(most, share + self.least[depth]):
            return
        more, least = self.more[depth + 1], self.least[depth + 1]
        for at, name, size, worth, part in self.ranked[depth]:
            reached, together = value + worth, share + part
            if reached + more < self.value:
                return  # the following choices are worth less still
            if (size > room + ROUNDING and name not in held) or together + least > self.limit:
                continue
            memory = _with(held, ((name, size), *job.beside[at]))
            if sum(memory.values()) <= self.usable_gb and self._beats(reached + more, together + least):
                self._extend((*chosen, at), reached, together, memory)

    def _beats(self, value: float, share: float) -> bool:
        return value > self.value or (value == self.value and share < self.share)


class _Job:
    """One job's choices, best first, and the most that any of them brings within some memory."""

    def __init__(self, choices: Choices) -> None:
        self.choices, self.beside = choices, choices.beside
        self.most = float(choices.value.max())
        self.least = float(choices.share.min())
        self._order = np.lexsort((choices.share, -choices.value))
        self._shares = choices.share[self._order]
        # The best of each name comes last.
        names, values = choices.name[self._order[::-1]].tolist(), choices.value[self._order[::-1]].tolist()
        self.by_name: dict[str, float] = dict(zip(names, values, strict=True))
        by_size = choices.size_gb.argsort()
        self.sizes = choices.size_gb[by_size].tolist()
        self.values = np.maximum.accumulate(choices.value[by_size]).tolist()

    def up_to(self, share: float) -> _Ranked:
        """The choices that ask no more than this of a machine, best first."""
        return _Ranked(self.choices, self._order[self._shares <= share])

    def within(self, room_gb: float, held: Iterable[str]) -> float:
        """At most this value, as what a choice is named by is held already or must find room by itself."""
        fitting = bisect_right(self.sizes, room_gb + ROUNDING)
        best: float = self.values[fitting - 1] if fitting else -inf
        return max([best, *(self.by_name[name] for name in held if name in self.by_name)])


class _Ranked:
    """Choices made ready a block at a time: a search seldom comes to the last."""

    def __init__(self, choices: Choices, order: NDArray[np.intp]) -> None:
        self.choices, self.order = choices, order
        self.ready: list[Ranked] = []

    def __iter__(self) -> Iterator[Ranked]:
        at = 0
        while at < len(self.order):
            if at == len(self.ready):
                some, choices = self.order[at : at + BLOCK], self.choices
                arrays = (some, choices.name[some], choices.size_gb[some], choices.value[some], choices.share[some])
                self.ready += zip(*(array.tolist() for array in arrays), strict=True)
            yield self.ready[at]
            at += 1


def _with(held: Mapping[str, float], more: Held) -> dict[str, float]:
    """Everything held with ``more`` of it: of each name the larger size."""
    together = dict(held)
    for name, size in more:
        together[name] = max(together.get(name, 0.0), size)
    return together
