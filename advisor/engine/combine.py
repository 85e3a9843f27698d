"""Which models one kind of machine should hold for several jobs: exact, on plain figures.

Given for each job the choices that run on the machine, take one choice a job so that

    maximize    sum of value
    subject to  sum over things of the largest memory asked of that thing <= usable memory
                sum of share <= n machines

for each number of machines n that allows more value than n - 1. Weights used for two jobs are held once, at the
larger of the two sizes; the jobs share the machines. Depth first, best choices first. Of all choices of a job it is
known at once what they could come to with the best that the other jobs have room for beside them; those that could
not beat what is known, or that need more machines or memory than there are, are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from advisor.engine.grid import Index
from advisor.engine.sample import Array
from advisor.engine.setup import ROUNDING

Held = tuple[tuple[int, float], ...]  # things kept loaded, by their number, GB


@dataclass(frozen=True)
class Choices:
    """Ways to do one job on the machine, arrays of one length.

    ``share`` is that of what one machine carries in the busiest hour. Each keeps ``size_gb`` of a ``thing`` loaded,
    told by its number, and what is ``beside`` it.
    """

    value: Array
    share: Array
    thing: Index
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


BLOCK = 32  # choices tried before it is seen which of the others could still win


def front(jobs: Sequence[Choices], usable_gb: float) -> tuple[Combination, ...]:
    """For each number of machines that pays in value the best combination, fewest machines first; () if none fits."""
    tried, found = _tried(jobs), []
    limit = inf
    while limit >= 1 and (best := _Search(tried, usable_gb, limit).best) is not None:
        found.append(best)
        limit = best.machines - 1.0
    return tuple(reversed(found))


def largest(jobs: Sequence[Choices], usable_gb: float) -> Combination | None:
    """The best combination whatever the number of machines; None if none fits."""
    return _Search(_tried(jobs), usable_gb, inf).best


def _tried(jobs: Sequence[Choices]) -> list[_Job]:
    things = 1 + max(int(job.thing.max()) for job in jobs)
    return [_Job(job, things) for job in jobs]


class _Job:
    """One job's choices, best first, and the most they can bring beside those of another job."""

    def __init__(self, choices: Choices, things: int) -> None:
        order = np.lexsort((choices.share, -choices.value))
        self.position, self.beside = order.tolist(), choices.beside
        self.values, self.shares = choices.value[order], choices.share[order]
        self.sizes, self.things = choices.size_gb[order], choices.thing[order]
        by_size = self.sizes.argsort()
        self._sizes = self.sizes[by_size]
        self._up_to = np.concatenate(([-inf], np.maximum.accumulate(self.values[by_size])))
        self._using = np.full(things, -inf)
        self._using[self.things[::-1]] = self.values[::-1]  # of each thing the best comes last, and stays

    def most(self, left_gb: Array, things: Index, held: Iterable[int]) -> Array:
        """The most that a choice brings which finds room by itself, or uses the same thing or one that is held.

        ``left_gb`` is the room beside each choice of another job, which uses ``things``.
        """
        fitting = self._up_to[self._sizes.searchsorted(left_gb + ROUNDING, side="right")]
        known = max((float(self._using[thing]) for thing in held if thing < len(self._using)), default=-inf)
        return np.asarray(np.maximum(np.maximum(fitting, self._using[things]), known))

    def beside_it(self, rank: int, held: Mapping[int, float]) -> dict[int, float]:
        """Everything held together with a choice: of each thing the larger size."""
        together = dict(held)
        for thing, size in ((int(self.things[rank]), float(self.sizes[rank])), *self.beside[self.position[rank]]):
            together[thing] = max(together.get(thing, 0.0), size)
        return together


class _Search:
    """The combination of largest value within ``limit`` machines; of equal ones the one that keeps them least busy."""

    def __init__(self, jobs: Sequence[_Job], usable_gb: float, limit: float) -> None:
        self.jobs, self.usable_gb, self.limit = jobs, usable_gb, limit + ROUNDING
        # The least of a machine that the jobs after each need.
        self.least = [0.0]
        for job in reversed(self.jobs[1:]):
            self.least.insert(0, self.least[0] + float(job.shares.min()))
        self.best: Combination | None = None
        self.value, self.share = -inf, inf  # of the best
        self._extend((), 0.0, 0.0, {})

    def _extend(self, chosen: tuple[int, ...], value: float, share: float, held: Mapping[int, float]) -> None:
        """Try every choice of the next job that could still win beside those ``chosen``, best first."""
        depth = len(chosen)
        if depth == len(self.jobs):
            self.best, self.value, self.share = Combination(chosen, value, share), value, share
            return
        job, room = self.jobs[depth], self.usable_gb - sum(held.values())
        left = room - job.sizes
        for thing in held:
            left[job.things == thing] = room
        values, shares = value + job.values, share + job.shares
        most, least = values, shares + self.least[depth]
        for each in self.jobs[depth + 1 :]:
            most = most + each.most(left, job.things, held)
        able = np.flatnonzero((left >= -ROUNDING) & (least <= self.limit) & (most >= self.value))
        while len(able):
            some, able = able[:BLOCK], able[BLOCK:]
            for rank, reached, needed in zip(some.tolist(), most[some].tolist(), least[some].tolist(), strict=True):
                if self._beats(reached, needed):
                    memory = job.beside_it(rank, held)
                    if sum(memory.values()) <= self.usable_gb:
                        taken = (*chosen, job.position[rank])
                        self._extend(taken, float(values[rank]), float(shares[rank]), memory)
            able = able[most[able] >= self.value]

    def _beats(self, value: float, share: float) -> bool:
        return value > self.value or (value == self.value and share < self.share)
