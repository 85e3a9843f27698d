"""What the set-ups of a place could come to at most: at least this cost, at most this score, for all places at once.

Places of one route that do the same jobs share labor, bills and services (``divisions.py``); the rest are arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.engine.cost import ceilings
from advisor.engine.demand import course
from advisor.engine.divisions import Division, Divisions, side_by_side
from advisor.engine.grid import Flags, Index
from advisor.engine.jobs_on_machines import JobOnMachines
from advisor.engine.leaders import Asked, Key, Leaders, Standing
from advisor.engine.machine_facts import prices_of
from advisor.engine.machine_setups import Chosen, Machines
from advisor.engine.quotes import Quotes
from advisor.engine.sample import Array
from advisor.engine.scoring import TOTAL_DIGITS, cost_points, ease_points, in_all, job_weight, weights
from advisor.engine.setup import ROUNDING
from advisor.engine.shapes import Quantity
from advisor.engine.types import Route

LAST_DIGITS = 1e-9  # sums made in another order may differ in their last digits


@dataclass(frozen=True)
class Prospect:
    """Places with a division each: the most worth and the least share of a machine that its models could have.

    One place, or many as arrays, the main job on one route.
    """

    division: Division | Divisions
    places: Index | int
    worth: Quantity
    share: Quantity
    unproven: Quantity


Divided = tuple[Division, Index, Array, Array, Array]  # a prospect of places with one division, as arrays


@dataclass(frozen=True)
class Spending:
    """Over the horizon, at the start, and in the mean month."""

    total: Quantity
    once: Quantity
    month: Quantity


class Bounds:
    """Every place where something runs and the main job is done, and the best its set-ups could come to."""

    def __init__(self, machines: Machines, quotes: Quotes) -> None:
        self.machines, self.quotes, self.business = machines, quotes, machines.business
        self.prices = prices_of(machines.facts, self.business, quotes.loads)
        self._energy, self._ease = machines.facts["energy"].copy(), machines.facts["ease"].copy()
        self._divisions: dict[tuple[Route, tuple[int, ...]], Division] = {}
        self._closer: dict[int, tuple[Standing, ...]] = {}

    def division(self, route: Route, here: tuple[int, ...]) -> Division:
        if (route, here) not in self._divisions:
            self._divisions[route, here] = Division(self.machines, self.quotes, route, here)
        return self._divisions[route, here]

    def _division_at(self, place: int, here: Iterable[JobOnMachines]) -> Division:
        route = Route(self.machines.facts["route"][place])
        return self.division(route, tuple(self.machines.jobs.index(each) for each in here))

    @cached_property
    def prospects(self) -> list[tuple[Prospect, Spending]]:
        """All jobs that run at a place together; fewer as well where they may not have room together."""
        found: dict[Route, list[Divided]] = {}
        for each in self._divided():
            found.setdefault(each[0].leads, []).append(each)
        return [(prospect, self._spending(prospect)) for prospect in map(_joined, found.values())]

    def _divided(self) -> Iterator[Divided]:
        """The same, one division after the other."""
        column, jobs = self.machines.column, self.machines.jobs
        runs = np.stack([each.local.runs[column] for each in jobs], axis=1)
        for route, here, places in _alike(self.machines.facts["route"], runs):
            if here[0] and jobs[0].local.load.job not in self.machines.services:
                continue
            for count in range(len(here), 0, -1):
                chosen = places if count == len(here) else places[~self._roomy(here, places)]
                if len(chosen):
                    yield from self._prospects(self.division(route, here[:count]), chosen)

    def _roomy(self, here: Sequence[int], places: Index) -> Flags:
        """Whether the jobs surely fit together."""
        at, jobs = self.machines.column[places], self.machines.jobs
        least = np.sum([jobs[each].least_gb[at] for each in here], axis=0)
        flags: Flags = least <= jobs[0].local.pairs.usable_gb[0, at]
        return flags

    def _prospects(self, division: Division, places: Index) -> Iterator[Divided]:
        """With as many proven models as there can be; with one less where that asks less of a machine."""
        at, at_home = self.machines.column[places], self.machines.nearness.at_home[places]
        worth, share, proven_share, unproven = np.zeros((4, len(places)))
        for each in (self.machines.jobs[number] for number in division.here):
            abroad, near = each.best
            worth += np.where(at_home, near[at], abroad[at]) * job_weight(each.local.load.job, self.business)
            share += each.least_share[at]
            proven_share += np.where(each.proven[at], each.least_proven_share[at], each.least_share[at])
            unproven += ~each.proven[at]
        yield division, places, worth, proven_share, unproven
        less = proven_share > share
        if less.any():
            yield division, places[less], worth[less], share[less], unproven[less] + 1

    def _spending(self, prospect: Prospect) -> Spending:
        """Machines month by month, the bills of jobs done elsewhere, labor, and what surprises add to it."""
        prices, places, horizon = self.prices, prospect.places, self.business.horizon
        labor, bills, more = prospect.division.labor, prospect.division.bills, 1 + self._surprises
        first, last, used, there = self._machines(prospect.share)
        bought = prices.bought[places]
        each = bought + prices.fee[places]
        month = used * prices.rent[places] + there * prices.resting[places] + bills
        total = more * (labor.total + last * each + month * horizon) - last * bought * self._residual
        once, monthly = more * (labor.once + first * each), more * (labor.month + month)
        return Spending(total - np.abs(total) * LAST_DIGITS, once * (1 - LAST_DIGITS), monthly * (1 - LAST_DIGITS))

    @cached_property
    def _residual(self) -> float:
        return float(self.business.middle["residual"][0])

    @cached_property
    def _surprises(self) -> float:
        return float(self.business.middle["contingency"][0])

    @cached_property
    def _growth(self) -> Array:
        """Work of each month as a share of the busiest month's."""
        months = course(self.business.middle["growth"], self.business.horizon)[:, 0]
        share: Array = months / max(1.0, float(months[-1]))
        return share

    def _machines(self, share: Quantity) -> tuple[Quantity, Quantity, Quantity, Quantity]:
        """Whole machines in the first month and at the end, used and there in the mean month, from the peak's share."""
        used = np.maximum(1.0, np.ceil(np.multiply.outer(self._growth, share) - 2 * ROUNDING))
        first, mean = used[0], np.add.reduce(used) / len(used)
        # What is there stays, and the number only rises or only falls, as work does.
        return first, np.maximum(used[-1], first), mean, np.maximum(mean, first)

    def _standing(self, prospect: Prospect, spending: Spending, cheapest: float) -> Standing:
        division, places, parts = prospect.division, prospect.places, weights(self.business)
        privacy = np.minimum(self.machines.nearness.privacy[places], division.privacy)
        worth = prospect.worth + division.worth + parts["switching"] * division.leaving
        points = (
            worth / division.weight + parts["cost"] * cost_points(spending.total, cheapest)
            + parts["privacy"] * privacy + parts["energy"] * self._energy[places]
            + parts["ease"] * ease_points(self._ease[places], division.suppliers)
        )  # fmt: skip
        once, month = ceilings(self.business)
        total = in_all(points, self.business, division.leads, division.covered, division.uncovered)
        return Standing(
            route=division.leads,
            routed=False,
            over=(spending.once > once) | (spending.month > month),
            uncovered=division.uncovered + np.zeros_like(points),
            unproven=prospect.unproven + division.unproven,
            total=np.round(total * (1 + LAST_DIGITS), TOTAL_DIGITS),
            cost=spending.total,
            privacy=privacy,
        )

    def at_best(self, leaders: Leaders) -> Iterator[tuple[Asked, Key, Index]]:
        """For each thing asked for: how the places could stand in it, as arrays, and which places they are."""
        found: dict[Asked, list[tuple[Key, Index]]] = {}
        for prospect, spending in self.prospects:
            stands = self._standing(prospect, spending, leaders.cheapest)
            for asked in leaders.asked(stands):
                found.setdefault(asked, []).append((leaders.key(asked, stands), np.atleast_1d(prospect.places)))
        for asked, parts in found.items():
            keys, places = zip(*parts, strict=True)
            yield asked, tuple(np.concatenate(column) for column in zip(*keys, strict=True)), np.concatenate(places)

    def costs(self) -> tuple[Key, Index]:
        """Jobs left undone and least cost, as arrays, and the places they are of."""
        undone, costs, places = [np.empty(0)], [np.empty(0)], [np.empty(0, dtype=np.intp)]
        for prospect, spending in self.prospects:
            undone.append(np.asarray(prospect.division.uncovered))
            costs.append(np.asarray(spending.total))
            places.append(np.asarray(prospect.places))
        return (np.concatenate(undone), np.concatenate(costs)), np.concatenate(places)

    def closer(self, place: int, asked: Asked, leaders: Leaders) -> Key:
        """How a place could stand at best in one thing, looked at more closely."""
        if place not in self._closer:
            self._closer[place] = tuple(self._by_machines(place, leaders.cheapest))
        found: list[Key] = []
        for stands in self._closer[place]:
            found += zip(*(column.tolist() for column in leaders.key(asked, stands)), strict=True)
        return min(found)

    def _by_machines(self, place: int, cheapest: float) -> Iterator[Standing]:
        """How set-ups of a place could stand at best with more and more machines, as arrays."""
        for count in self.machines.of(place).counts:
            yield self._with_more(place, count, np.inf, cheapest)

    def _with_more(self, place: int, count: int, most: float, cheapest: float) -> Standing:
        """The same of set-ups that do the first jobs of a machine, none bringing more than ``most`` to the score."""
        column = self.machines.of(place)
        share, worth, unproven = column.growing(count)
        division, places = self._division_at(place, column.here[:count]), np.full(len(share), place)
        prospect = Prospect(division, places, np.minimum(worth, most), share, unproven)
        return self._standing(prospect, self._spending(prospect), cheapest)

    def standing_beyond(self, place: int, cheapest: float) -> Standing:
        """The same of set-ups that bring no more to the score than the best models that each job alone needs."""
        alone = self.machines.of(place).alone
        assert alone is not None
        return self._with_more(place, len(alone.doing), alone.worth, cheapest)

    def standing_of(self, place: int, models: Chosen, cheapest: float) -> Standing:
        """How the set-up with these models could stand at best."""
        division = self._division_at(place, [each for each, _ in models.doing])
        unproven = sum(each.local.judged[row].points is None for each, (row, _) in models.doing)
        prospect = Prospect(division, place, models.worth, models.share, unproven)
        return self._standing(prospect, self._spending(prospect), cheapest)


def _joined(prospects: Sequence[Divided]) -> Prospect:
    """One after the other, so that they are looked at together."""
    divisions, *columns = zip(*prospects, strict=True)
    joined = side_by_side(divisions, [len(places) for places in columns[0]])
    return Prospect(joined, *map(np.concatenate, columns))


def _alike(routes: Index, runs: Flags) -> Iterator[tuple[Route, tuple[int, ...], Index]]:
    """Places of one route that run the same jobs, some at least."""
    bits = runs @ (1 << np.arange(runs.shape[1]))
    for bit in np.unique(bits[bits > 0]).tolist():
        for route in (Route.RENTED_SERVER, Route.OWN_SERVER, Route.STAFF_COMPUTERS):
            places = np.flatnonzero((bits == bit) & (routes == route.value))
            if len(places):
                yield route, tuple(at for at in range(runs.shape[1]) if bit >> at & 1), places
