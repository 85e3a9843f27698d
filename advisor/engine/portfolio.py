"""One simple set-up for several jobs: search over hosted services and machines, with dominance.

Hosted set-ups combine, per job, the candidates that no other beats in price, quality and privacy at once. Machine
set-ups take one kind of machine; its price hardly depends on which models it holds, so for each number of
machines only the best-quality combination that fits its memory can win. Jobs a machine cannot do go to the best
hosted candidate, or stay uncovered and are shown as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from advisor.engine import memory
from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.cost import cost_lines, over_budget, totals
from advisor.engine.demand import Load
from advisor.engine.options import Options
from advisor.engine.prices import usage_terms
from advisor.engine.sample import Factors
from advisor.engine.scoring import PRIVACY, data_location, score
from advisor.engine.setup import Setup, machine_count
from advisor.engine.trainers import is_trained, trainer
from advisor.engine.types import Note, Scores
from advisor.engine.working import Working

KEEP_HOSTED = 5  # non-dominated hosted candidates kept per job, cheapest and best always among them
KEEP_LOCAL = 4  # non-dominated models kept per job and machine


@dataclass(frozen=True)
class Priced:
    """A set-up with its central cost over the horizon, its scores and its gaps against the budget."""

    setup: Setup
    cost: float
    scores: Scores
    over: tuple[Note, ...] = ()

    @property
    def unproven(self) -> int:
        """Jobs for which nothing speaks to the model's quality."""
        return sum(candidate.quality.points is None for candidate in self.setup.candidates)

    @property
    def order(self) -> tuple[float, float, str]:
        """Best first: score, then cost, then a stable name."""
        return (-self.scores.total, self.cost, name_of(self.setup))


def name_of(setup: Setup) -> str:
    return "|".join(f"{item.job}:{item.place.key}:{item.name}" for item in setup.candidates)


def search(business: Business, options: Options, seats: Iterable[Setup], loads: tuple[Load, ...]) -> tuple[Priced, ...]:
    """Every set-up that does at least the main job, priced centrally and scored, best first."""
    factors = business.middle
    hosted = _hosted_by_job(business, options, loads, factors)
    found = [*seats, *_hosted_setups(business, hosted), *_machine_setups(business, options, hosted, loads)]
    setups = [
        setup for setup in found if business.jobs[0].job not in setup.uncovered and _can_be_trained(setup, business)
    ]
    lines = [cost_lines(setup, business, loads, factors) for setup in setups]
    costs = [float(totals(made, business.horizon)[0]) for made in lines]
    covering = [cost for setup, cost in zip(setups, costs, strict=True) if not setup.uncovered] or costs
    cheapest = min(covering, default=0.0)
    priced = [
        Priced(setup, cost, score(setup, business, cost, min(cheapest, cost)), over_budget(made, business))
        for setup, cost, made in zip(setups, costs, lines, strict=True)
    ]
    return tuple(sorted(priced, key=lambda item: item.order))


def _can_be_trained(setup: Setup, business: Business) -> bool:
    """Whether the main job's model can be trained further, where that is asked for."""
    return all(
        trainer(candidate.model, candidate.place, business) is not None
        for candidate in setup.candidates
        if is_trained(candidate.job, business)
    )


def _hosted_by_job(
    business: Business, options: Options, loads: tuple[Load, ...], factors: Factors
) -> dict[Job, list[Candidate]]:
    """Per job the hosted candidates that no other beats on price, quality and privacy together."""
    kept: dict[Job, list[Candidate]] = {}
    for work in business.jobs:
        rows = []
        for candidate in options.candidates:
            if candidate.job == work.job and candidate.price is not None:
                terms = usage_terms((candidate,), loads, Working(business, factors))
                bill = float(terms.month[0]) if terms else 0.0
                rows.append((bill, -candidate.points, -PRIVACY[data_location(candidate.place, business)], candidate))
        kept[work.job] = [row[3] for row in _front(rows)][:KEEP_HOSTED]
        kept[work.job] += _routed(kept[work.job], loads, work.job)
    return kept


def _front(rows: list[tuple[float, float, float, Candidate]]) -> list[tuple[float, float, float, Candidate]]:
    """Rows not beaten on all three figures; cheapest first, then thinned to keep both ends."""
    ordered = sorted(rows, key=lambda row: (*row[:3], row[3].place.key, row[3].name))
    front: list[tuple[float, float, float, Candidate]] = []
    for row in ordered:
        if not any(other[1] <= row[1] and other[2] <= row[2] for other in front):
            front.append(row)
    if len(front) <= KEEP_HOSTED:
        return front
    best = min(front, key=lambda row: row[1:3])
    private = min(front, key=lambda row: (row[2], row[1], row[0]))
    ends = [front[0], best, private]
    middle = [row for row in front if row not in ends][: KEEP_HOSTED - len(ends)]
    return sorted({id(row): row for row in [*ends, *middle]}.values(), key=lambda row: row[:3])


def _routed(candidates: list[Candidate], loads: tuple[Load, ...], job: Job) -> list[Candidate]:
    """Small model first: the cheapest candidate takes the easy share, the best one the rest, at whoever hosts them."""
    if len(candidates) < 2:
        return []
    small, large = candidates[0], max(candidates, key=lambda item: (item.points, item.name))
    if small.name == large.name or large.points <= small.points:
        return []
    easy = next(load for load in loads if load.job == job).profile.easy_share.central
    points = small.points * easy + large.points * (1 - easy)
    known = large.quality.points is not None and small.quality.points is not None
    quality = replace(large.quality, points=points if known else None)
    return [replace(large, quality=quality, easy=small)]


def _hosted_setups(business: Business, hosted: dict[Job, list[Candidate]]) -> Iterator[Setup]:
    covered = [work.job for work in business.jobs if hosted[work.job]]
    uncovered = tuple(work.job for work in business.jobs if not hosted[work.job])
    if not covered:
        return
    for chosen in product(*(hosted[job] for job in covered)):
        yield Setup(tuple(chosen), uncovered)


def _machine_setups(
    business: Business, options: Options, hosted: dict[Job, list[Candidate]], loads: tuple[Load, ...]
) -> Iterator[Setup]:
    by_place: dict[str, dict[Job, list[Candidate]]] = {}
    for candidate in options.candidates:
        if candidate.running is not None:
            by_place.setdefault(candidate.place.key, {}).setdefault(candidate.job, []).append(candidate)
    for key in sorted(by_place):
        yield from _best_by_count(business, by_place[key], hosted, loads)


def _best_by_count(
    business: Business, local: dict[Job, list[Candidate]], hosted: dict[Job, list[Candidate]], loads: tuple[Load, ...]
) -> Iterator[Setup]:
    """For each number of machines the best-quality combination that fits."""
    jobs = [work.job for work in business.jobs]
    elsewhere = tuple(
        max(hosted[job], key=lambda item: (item.points, item.name)) for job in jobs if job not in local and hosted[job]
    )
    uncovered = tuple(job for job in jobs if job not in local and not hosted[job])
    best: dict[int, tuple[float, Setup]] = {}
    for chosen in product(*(_front_local(local[job]) for job in jobs if job in local)):
        if not fits_together(chosen):
            continue
        ordered = tuple(sorted((*chosen, *elsewhere), key=lambda item: jobs.index(item.job)))
        setup = Setup(ordered, uncovered)
        count = int(machine_count(setup, business, loads)[0])
        points = sum(item.points for item in chosen)
        if count not in best or points > best[count][0]:
            best[count] = (points, setup)
    points_so_far = float("-inf")
    for count in sorted(best):
        points, setup = best[count]
        if points > points_so_far:
            points_so_far = points
            yield setup


def _front_local(candidates: list[Candidate]) -> list[Candidate]:
    """Models not beaten on memory, quality and capacity at once; at most ``KEEP_LOCAL``, best quality first."""
    front: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda item: (-item.points, _memory(item), item.name)):
        if not any(_memory(other) <= _memory(candidate) and _rate(other) >= _rate(candidate) for other in front):
            front.append(candidate)
    return front[:KEEP_LOCAL]


def _memory(candidate: Candidate) -> float:
    return candidate.running.needed_gb if candidate.running else 0.0


def _rate(candidate: Candidate) -> float:
    return candidate.running.per_hour if candidate.running else 0.0


def shared_memory_gb(candidates: Iterable[Candidate]) -> float:
    """Memory of all models of a machine together; a model used for two jobs is held once, at its larger size.

    Picture, page and 3D models are loaded when they work, one at a time: only the largest counts.
    """
    held: dict[str, float] = {}
    for candidate in candidates:
        if candidate.running is not None and candidate.model is not None:
            slug = candidate.model.slug if candidate.running.tokens_per_s else "one at a time"
            held[slug] = max(held.get(slug, 0.0), candidate.running.needed_gb)
        for helper in candidate.helpers:
            if helper.model is not None and helper.price is None:
                held[helper.model.slug] = max(held.get(helper.model.slug, 0.0), helper.needed_gb)
    return sum(held.values())


def fits_together(candidates: tuple[Candidate, ...]) -> bool:
    device = candidates[0].place.device
    assert device is not None
    usable = memory.usable_gb(device, candidates[0].place.cards)
    return usable is not None and shared_memory_gb(candidates) <= usable
