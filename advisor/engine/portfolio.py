"""One simple set-up for several jobs: the search over services and machines.

A set-up gives each job one option, on at most one kind of machine. Asked for are the set-ups that could become a
plan or a row of the comparison: best in score, cost or privacy, among all and on their route, with those that lack
something (budget, a job, evidence) behind those that lack less. The search is exact: services that others beat are
left out by dominance (``hosted_setups.py``), the models of a machine come from ``combine.py``, and a place stays
unopened only when the most it could come to changes nothing (``bounds.py``).
"""

from __future__ import annotations

from collections.abc import Iterable

from advisor.engine.answers import Job
from advisor.engine.bounds import Bound
from advisor.engine.business import Business
from advisor.engine.demand import Load
from advisor.engine.hosted_setups import HostedSetups, Service, services_by_job
from advisor.engine.leaders import Leaders, Priced
from advisor.engine.machine_setups import Chosen, machine_places
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
    bounds = [Bound(place, quotes) for place in machine_places(business, options, services)]
    cheapest = _cheapest(found, bounds, quotes)
    if hosted is not None:
        found += [quotes.of(setup) for setup in hosted.winners(cheapest)]
    leaders = Leaders(business, loads, cheapest)
    leaders.enter(found)
    for bound in sorted(bounds, key=lambda bound: bound.standing(cheapest).order):
        column = bound.place.column
        if leaders.could_change(bound.standing(cheapest)) and _leading(bound, column.alone, leaders):
            leading = _leading(bound, column.chosen, leaders)
            leaders.enter([quotes.of(bound.place.setup(models)) for models in leading])
    return leaders.ranked()


def _leading(bound: Bound, found: tuple[Chosen, ...], leaders: Leaders) -> list[Chosen]:
    return [models for models in found if leaders.could_change(bound.standing_of(models, leaders.cheapest))]


def _hosted(business: Business, quotes: Quotes, services: dict[Job, list[Service]]) -> HostedSetups | None:
    """Combinations of services, where the main job has one."""
    if not services[business.jobs[0].job]:
        return None
    covered = tuple(found for found in services.values() if found)
    return HostedSetups(business, quotes, covered, tuple(job for job, found in services.items() if not found))


def _cheapest(found: list[Quote], bounds: list[Bound], quotes: Quotes) -> float:
    """Cost of the cheapest of the set-ups that do most jobs: what scores are measured by."""
    least = min(((len(quote.setup.uncovered), quote.cost) for quote in found), default=None)
    for bound in sorted(bounds, key=lambda bound: (bound.uncovered, bound.cost)):
        if least is None or (bound.uncovered, bound.cost) < least:
            costs = [(len(setup.uncovered), quotes.of(setup).cost) for setup in bound.place.setups]
            least = min([*costs, *([least] if least is not None else [])], default=None)
    return least[1] if least is not None else 0.0
