"""One simple set-up for several jobs: the search over services and machines.

A set-up gives each job one option, on at most one kind of machine. Asked for are the set-ups that could become a
plan or a row of the comparison: best in score, cost or privacy, among all and on their route, with those that lack
something (budget, a job, evidence) behind those that lack less. The search is exact: services that others beat are
left out by dominance (``hosted_setups.py``), the models of a machine come from ``combine.py``, and a place stays
unopened only when the most it could come to changes nothing (``bounds.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

import numpy as np

from advisor.engine.answers import Job
from advisor.engine.bounds import Bounds
from advisor.engine.business import Business
from advisor.engine.demand import Load
from advisor.engine.grid import Index
from advisor.engine.hosted_setups import HostedSetups, Service, services_by_job
from advisor.engine.leaders import Asked, Key, Leaders, Priced, up_to
from advisor.engine.machine_setups import Chosen, on_machines
from advisor.engine.options import Options
from advisor.engine.quotes import Quote, Quotes, name_of
from advisor.engine.setup import Setup

__all__ = ["Priced", "name_of", "search"]


def search(business: Business, options: Options, seats: Iterable[Setup], loads: tuple[Load, ...]) -> tuple[Priced, ...]:
    """Set-ups that do at least the main job and come out ahead in something, best first; empty when there is none."""
    quotes = Quotes(business, loads)
    services = services_by_job(business, options, loads)
    found = [quotes.of(setup) for setup in seats]
    hosted = _hosted(business, quotes, services)
    if hosted is not None:
        found.append(quotes.of(hosted.setup(hosted.ends[0])))
    bounds = Bounds(on_machines(business, options, services), quotes)
    leaders = Leaders(business, loads, _cheapest(found, bounds, quotes))
    if hosted is not None:
        found += [quotes.of(setup) for setup in hosted.winners(leaders.cheapest)]
    leaders.enter(found)
    opened: set[int] = set()
    for asked, keys, places in bounds.at_best(leaders):
        for place in _promising(asked, keys, places, bounds, leaders):
            if place not in opened:
                opened.add(place)
                leading = _leading(place, bounds, leaders)
                leaders.enter([quotes.of(bounds.machines.setup(place, models)) for models in leading])
    return leaders.ranked()


def _promising(asked: Asked, keys: Key, places: Index, bounds: Bounds, leaders: Leaders) -> Iterator[int]:
    """Places that could lead in one thing, best prospects first, until none is left that could."""
    rough = list(_best_first(keys, places, leaders.best.get(asked)))[::-1]
    closer: list[tuple[Key, int]] = []
    while rough or closer:
        is_rough = bool(rough) and (not closer or rough[-1] < closer[0])
        key, place = rough.pop() if is_rough else heappop(closer)
        if asked in leaders.best and key > leaders.best[asked]:
            return
        if not is_rough:
            yield place
        else:
            heappush(closer, (max(key, bounds.closer(place, asked, leaders)), place))


def _best_first(keys: Key, places: Index, limit: Key | None) -> Iterator[tuple[Key, int]]:
    """Places that at best stand no worse than ``limit``, each with its key."""
    rows = np.arange(len(places)) if limit is None else np.flatnonzero(up_to(keys, limit))
    order = rows[np.lexsort([column[rows] for column in reversed(keys)])]
    columns = [column[order].tolist() for column in keys]
    yield from zip(zip(*columns, strict=True), places[order].tolist(), strict=True)


def _leading(place: int, bounds: Bounds, leaders: Leaders) -> list[Chosen]:
    """The models that could lead in something at a place.

    Where jobs may share machines otherwise than each needs alone, it is first seen whether that could be worth trying.
    """
    column = bounds.machines.of(place)
    if column.shares and not leaders.could_change(bounds.standing_beyond(place, leaders.cheapest)):
        return []
    standing = (bounds.standing_of(place, models, leaders.cheapest) for models in column.chosen)
    return [models for models, stands in zip(column.chosen, standing, strict=True) if leaders.could_change(stands)]


def _hosted(business: Business, quotes: Quotes, services: dict[Job, list[Service]]) -> HostedSetups | None:
    """Combinations of services, where the main job has one."""
    if not services[business.jobs[0].job]:
        return None
    covered = tuple(found for found in services.values() if found)
    return HostedSetups(business, quotes, covered, tuple(job for job, found in services.items() if not found))


def _cheapest(found: list[Quote], bounds: Bounds, quotes: Quotes) -> float:
    """Cost of the cheapest of the set-ups that do most jobs: what scores are measured by."""
    least = min(((len(quote.setup.uncovered), quote.cost) for quote in found), default=None)
    opened: set[int] = set()
    for key, place in _best_first(*bounds.costs(), least):
        if least is not None and key > least:
            break
        if place not in opened:
            opened.add(place)
            setups = [bounds.machines.setup(place, models) for models in bounds.machines.of(place).chosen]
            costs = [(len(setup.uncovered), quotes.of(setup).cost) for setup in setups]
            least = min([*costs, *([least] if least is not None else [])], default=None)
    return least[1] if least is not None else 0.0
