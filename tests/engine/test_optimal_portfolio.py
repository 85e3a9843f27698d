"""The search over what a machine holds, against a mixed-integer solver (HiGHS) that is told the same problem.

Variables: x = 1 where a choice is taken, z = GB held of each named thing. For n machines, maximize the value of the
choices taken, one a job, with shares of no more than n machines and no more memory than there is; z is at least the
size that each choice taken asks of the name, so what two choices share is held once. Then, among the best, the least
share. The solver knows nothing of the search, and says itself that its answer is optimal.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from advisor.engine import combine
from advisor.engine.combine import Combination

INSTANCES = 240
MOST_MACHINES = 6


@dataclass(frozen=True)
class Choice:
    """One way to do one job; ``holds`` has names and GB, its model first."""

    value: float
    share: float
    holds: tuple[tuple[str, float], ...]


Jobs = Sequence[Sequence[Choice]]


def front(jobs: Jobs, usable_gb: float) -> tuple[Combination, ...]:
    names = sorted({name for job in jobs for choice in job for name, _ in choice.holds})
    return combine.front([arrays(job, names) for job in jobs], usable_gb)


def arrays(job: Sequence[Choice], names: Sequence[str]) -> combine.Choices:
    held = [[(names.index(name), size) for name, size in choice.holds] for choice in job]
    return combine.Choices(
        value=np.array([choice.value for choice in job]),
        share=np.array([choice.share for choice in job]),
        thing=np.array([things[0][0] for things in held]),
        size_gb=np.array([things[0][1] for things in held]),
        beside=[tuple(things[1:]) for things in held],
    )


def instance(number: int) -> tuple[Jobs, float]:
    """Up to four jobs, shared models and companions, ties in value, shares from idle to several machines."""
    draw = random.Random(number)
    names = [f"model-{at}" for at in range(draw.randint(1, 6))]
    companions = ["search", "speech", "pages"]
    jobs = []
    for _ in range(draw.randint(1, 4)):
        job = []
        for _ in range(draw.randint(1, 7)):
            holds = [(draw.choice(names), float(draw.choice([4, 8, 8.5, 12, 20, 40])))]
            holds += [(name, float(draw.choice([1, 2.5]))) for name in companions if draw.random() < 0.3]
            job.append(
                Choice(float(draw.randint(20, 40)) * 2.5, draw.choice([0.01, 0.2, 0.5, 0.9, 1.7, 3.2]), tuple(holds))
            )
        jobs.append(job)
    return jobs, float(draw.choice([8, 16, 24, 32, 48, 80]))


class Problem:
    """The same problem as matrices: columns are the choices of all jobs, then the names."""

    def __init__(self, jobs: Jobs, usable_gb: float, machines: int) -> None:
        flat = [choice for job in jobs for choice in job]
        names = sorted({name for choice in flat for name, _ in choice.holds})
        self.choices, self.columns = len(flat), len(flat) + len(names)
        self.value = np.array([choice.value for choice in flat] + [0.0] * len(names))
        self.share = np.array([choice.share for choice in flat] + [0.0] * len(names))
        at = 0
        self.rows: list[LinearConstraint] = [
            LinearConstraint(self.share, -np.inf, machines),
            LinearConstraint(np.array([0.0] * len(flat) + [1.0] * len(names)), -np.inf, usable_gb),
        ]
        for job in jobs:  # one choice a job
            row = np.zeros(self.columns)
            row[at : at + len(job)] = 1.0
            self.rows.append(LinearConstraint(row, 1.0, 1.0))
            at += len(job)
        for column, choice in enumerate(flat):  # z of the name >= size x taken
            for name, size in choice.holds:
                row = np.zeros(self.columns)
                row[len(flat) + names.index(name)], row[column] = 1.0, -size
                self.rows.append(LinearConstraint(row, 0.0, np.inf))

    def minimum(self, objective: np.ndarray, *more: LinearConstraint) -> float | None:
        whole = np.array([1] * self.choices + [0] * (self.columns - self.choices))
        upper = np.array([1.0] * self.choices + [np.inf] * (self.columns - self.choices))
        rows = [*self.rows, *more]
        solved = milp(
            objective, constraints=rows, integrality=whole, bounds=Bounds(0.0, upper), options={"mip_rel_gap": 0}
        )
        assert solved.status in (0, 2), solved.message  # proved optimal, or proved impossible
        return float(solved.fun) if solved.status == 0 else None

    def best(self) -> tuple[float, float] | None:
        """Largest value, and the least share at which it can be had."""
        worth = self.minimum(-self.value)
        if worth is None:
            return None
        share = self.minimum(self.share, LinearConstraint(self.value, -worth - 1e-6, np.inf))
        assert share is not None
        return -worth, share


def allowed(found: Sequence[Combination], machines: int) -> Combination | None:
    return max((item for item in found if item.machines <= machines), key=lambda item: item.value, default=None)


@pytest.mark.parametrize("block", range(8))
def test_the_search_is_as_good_as_the_solver_proves_possible(block: int) -> None:
    for number in range(block, INSTANCES, 8):
        jobs, usable_gb = instance(number)
        found = front(jobs, usable_gb)
        # At each step of the front and just below it; between two steps nothing can change.
        steps = {item.machines for item in found} | {item.machines - 1 for item in found} | {MOST_MACHINES}
        for machines in sorted(steps - {0}):
            mine, proved = allowed(found, machines), Problem(jobs, usable_gb, machines).best()
            assert (mine is None) == (proved is None), (number, machines)
            if mine is not None and proved is not None:
                assert mine.value == pytest.approx(proved[0]), (number, machines)
                assert mine.share == pytest.approx(proved[1]), (number, machines)


def test_the_instances_are_no_easy_ones() -> None:
    # Both answers occur often, memory shared by name decides, and more machines buy more value.
    found = [(jobs, usable, front(jobs, usable)) for jobs, usable in map(instance, range(INSTANCES))]
    assert sum(not combinations for _, _, combinations in found) >= 20
    assert sum(len(combinations) > 1 for _, _, combinations in found) >= 40
    apart = [
        ([[split(choice, at) for choice in job] for at, job in enumerate(jobs)], usable) for jobs, usable, _ in found
    ]
    changed = [front(jobs, usable) != was for (jobs, usable), (_, _, was) in zip(apart, found, strict=True)]
    assert sum(changed) >= 20


def split(choice: Choice, job: int) -> Choice:
    """The same choice where nothing is shared between jobs."""
    return Choice(choice.value, choice.share, tuple((f"{name} of {job}", size) for name, size in choice.holds))


def test_what_is_chosen_keeps_to_memory_and_machines() -> None:
    for jobs, usable_gb in map(instance, range(INSTANCES)):
        for item in front(jobs, usable_gb):
            chosen = [job[at] for job, at in zip(jobs, item.chosen, strict=True)]
            held: dict[str, float] = {}
            for choice in chosen:
                for name, size in choice.holds:
                    held[name] = max(held.get(name, 0.0), size)
            assert sum(held.values()) <= usable_gb
            assert sum(choice.share for choice in chosen) <= item.machines + 1e-6
            assert sum(choice.value for choice in chosen) == item.value


def test_by_hand_two_jobs_share_one_model_where_two_would_not_fit() -> None:
    # 24 GB. Two best models of 20 GB each need 40; one of them for both jobs needs 22 (its larger size): 90 + 70 = 160
    # beats the small pair, 60 + 60 = 120.
    both, other, small = ("both", 20.0), ("other", 20.0), ("small", 10.0)
    writing = [Choice(90, 0.4, (both,)), Choice(60, 0.1, (small,))]
    searching = [Choice(95, 0.4, (other,)), Choice(70, 0.4, (("both", 22.0),)), Choice(60, 0.1, (small,))]
    (best,) = front([writing, searching], 24.0)
    assert (best.chosen, best.value, best.machines) == ((0, 1), 160.0, 1)
    assert front([writing, searching], 9.0) == ()
