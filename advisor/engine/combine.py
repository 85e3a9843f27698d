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


def largest(jobs: Sequence[Choices], usable_gb: float) -> Combination | None:
    """The best combination whatever the number of machines; None if none fits."""
    return _Search([_Job(job) for job in jobs], usable_gb, inf).best


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
        self.ranked = [_Ranked(job, self.limit - (self.least[0] - job.least)) for job in self.jobs]
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
        for at, name, size, worth, part in self.ranked[depth].since(job.first(room, held)):
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
    """One job's choices, best first, and the best of them within some memory."""

    def __init__(self, choices: Choices) -> None:
        self.choices, self.beside = choices, choices.beside
        self.most = float(choices.value.max())
        self.least = float(choices.share.min())
        self.order = np.lexsort((choices.share, -choices.value))
        self.shares = choices.share[self.order]
        self._values = choices.value[self.order].tolist()
        # The rank of the best of each name, which comes last.
        names, ranks = choices.name[self.order[::-1]].tolist(), range(len(self.order) - 1, -1, -1)
        self._by_name: dict[str, int] = dict(zip(names, ranks, strict=True))
        sizes = choices.size_gb[self.order]
        by_size = sizes.argsort()
        self._sizes = sizes[by_size].tolist()
        self._best = np.minimum.accumulate(by_size).tolist()

    def first(self, room_gb: float, held: Iterable[str]) -> int:
        """The rank of the best choice that is named by what is held already or finds room by itself."""
        fitting = bisect_right(self._sizes, room_gb + ROUNDING)
        best: int = self._best[fitting - 1] if fitting else len(self._values)
        return min([best, *(self._by_name[name] for name in held if name in self._by_name)])

    def within(self, room_gb: float, held: Iterable[str]) -> float:
        """At most this value."""
        best = self.first(room_gb, held)
        return self._values[best] if best < len(self._values) else -inf


class _Ranked:
    """Choices of a job that ask no more than some share of a machine, best first.

    They are made ready a block at a time: a search seldom comes to the last.
    """

    def __init__(self, job: _Job, share: float) -> None:
        self.choices, self.ranks = job.choices, np.flatnonzero(job.shares <= share)
        self.order = job.order[self.ranks]
        self.ready: dict[int, list[Ranked]] = {}

    def since(self, rank: int) -> Iterator[Ranked]:
        """From a rank among all choices of the job on."""
        start = int(self.ranks.searchsorted(rank))
        for block in range(start // BLOCK, -(-len(self.order) // BLOCK)):
            if block not in self.ready:
                some, choices = self.order[block * BLOCK : (block + 1) * BLOCK], self.choices
                arrays = (some, choices.name[some], choices.size_gb[some], choices.value[some], choices.share[some])
                self.ready[block] = list(zip(*(array.tolist() for array in arrays), strict=True))
            yield from self.ready[block][max(0, start - block * BLOCK) :]


def _with(held: Mapping[str, float], more: Held) -> dict[str, float]:
    """Everything held with ``more`` of it: of each name the larger size."""
    together = dict(held)
    for name, size in more:
        together[name] = max(together.get(name, 0.0), size)
    return together
