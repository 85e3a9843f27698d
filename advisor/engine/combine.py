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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf

from advisor.engine.setup import ROUNDING


@dataclass(frozen=True)
class Choice:
    """One way to do one job on the machine; ``holds`` is the memory in GB of each thing it keeps loaded, by name."""

    value: float
    share: float  # of what one machine carries in the busiest hour
    holds: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Combination:
    """``chosen`` has the position of each job's choice; ``machines`` is the least whole number that carries it."""

    chosen: tuple[int, ...]
    value: float
    share: float

    @property
    def machines(self) -> int:
        return max(1, ceil(self.share - ROUNDING))


def front(jobs: Sequence[Sequence[Choice]], usable_gb: float) -> tuple[Combination, ...]:
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
        self.best: Combination | None = None
        self._extend((), 0.0, 0.0, {})

    def _extend(self, chosen: tuple[int, ...], value: float, share: float, held: Mapping[str, float]) -> None:
        depth = len(chosen)
        if depth == len(self.jobs):
            self.best = Combination(chosen, value, share)
            return
        job, room = self.jobs[depth], self.usable_gb - sum(held.values())
        most = value + sum(each.within(room, held) for each in self.jobs[depth:])
        if not self._beats(most, share + self.least[depth]):
            return
        for at in job.order:
            choice = job.choices[at]
            if not self._beats(value + choice.value + self.more[depth + 1], share + self.least[depth]):
                return  # the following choices are worth less still
            together = share + choice.share
            if together + self.least[depth + 1] > self.limit:
                continue
            memory = dict(held)
            for name, size in choice.holds:
                memory[name] = max(memory.get(name, 0.0), size)
            reached = value + choice.value
            if sum(memory.values()) <= self.usable_gb and self._beats(
                reached + self.more[depth + 1], together + self.least[depth + 1]
            ):
                self._extend((*chosen, at), reached, together, memory)

    def _beats(self, value: float, share: float) -> bool:
        return self.best is None or (value, -share) > (self.best.value, -self.best.share)


class _Job:
    """One job's choices, best first, and the most that any of them brings within some memory."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self.choices = choices
        self.order = sorted(range(len(choices)), key=lambda at: (-choices[at].value, choices[at].share))
        self.most = max((choice.value for choice in choices), default=-inf)
        self.least = min((choice.share for choice in choices), default=inf)
        self.sizes: list[float] = []
        self.values: list[float] = []
        self.by_name: dict[str, float] = {}
        for size, name, value in sorted((*_largest(choice), choice.value) for choice in choices):
            self.sizes.append(size)
            self.values.append(max(value, self.values[-1] if self.values else -inf))
            self.by_name[name] = max(value, self.by_name.get(name, -inf))

    def within(self, room_gb: float, held: Iterable[str]) -> float:
        """At most this value, as the largest thing of a choice is held already or must find room by itself."""
        fitting = bisect_right(self.sizes, room_gb)
        best = self.values[fitting - 1] if fitting else -inf
        return max([best, *(self.by_name[name] for name in held if name in self.by_name)])


def _largest(choice: Choice) -> tuple[float, str]:
    """The largest thing that a choice keeps loaded."""
    return max((size, name) for name, size in choice.holds)
