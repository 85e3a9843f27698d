"""The search against trying everything: no set-up that was left out leads in anything."""

from collections.abc import Iterator
from itertools import islice, product

import numpy as np
import pytest

from advisor.engine import demand
from advisor.engine.assumptions import resolve
from advisor.engine.bills import central_bills
from advisor.engine.bounds import Bounds
from advisor.engine.hosted_setups import services_by_job
from advisor.engine.leaders import Key, Leaders
from advisor.engine.machine_setups import Chosen, on_machines
from advisor.engine.options import options
from advisor.engine.portfolio import search
from advisor.engine.prices import usage_terms
from advisor.engine.quotes import Quotes
from advisor.engine.setup import Setup
from advisor.engine.working import Working
from tests.samples import AS_OF, answers, catalog

MOST = 400  # hosted combinations tried one by one


def problem(name: str):
    business = resolve(answers(name), catalog(), AS_OF)
    loads = demand.loads(business, business.middle)
    return business, loads, options(business, loads)


def leaders_of(name: str) -> tuple[Leaders, Quotes]:
    """What the search found, entered anew."""
    business, loads, found = problem(name)
    quotes = Quotes(business, loads)
    priced = search(business, found, (), loads)
    covering = [item.cost for item in priced if not item.setup.uncovered] or [item.cost for item in priced]
    leaders = Leaders(business, loads, min(covering))
    leaders.enter(quotes.of(item.setup) for item in priced)
    return leaders, quotes


def unchanged(leaders: Leaders, quotes: Quotes, setups: list[Setup]) -> None:
    best = dict(leaders.best)
    leaders.enter(quotes.of(setup) for setup in setups)
    for asked, key in leaders.best.items():
        assert asked in best, asked
        # equal but for the last digits of a cost that was worked out in another order
        assert key[:-1] == best[asked][:-1], asked
        assert key[-1] == pytest.approx(best[asked][-1]), asked


@pytest.mark.parametrize("name", ["bakery", "clinic", "low_use"])
def test_no_combination_of_services_beats_those_found(name: str) -> None:
    _, _, found = problem(name)
    leaders, quotes = leaders_of(name)
    chosen = islice(product(*(each.on_hosts for each in found.jobs if each.on_hosts)), MOST)
    uncovered = tuple(each.job for each in found.jobs if not each.on_hosts)
    unchanged(leaders, quotes, [Setup(setup, uncovered) for setup in chosen])


def bounds_of(name: str) -> tuple[Bounds, Leaders, Quotes]:
    business, loads, found = problem(name)
    leaders, quotes = leaders_of(name)
    return Bounds(on_machines(business, found, services_by_job(business, found, loads)), quotes), leaders, quotes


def every_machine(bounds: Bounds) -> Iterator[tuple[int, Chosen]]:
    """Each place where something runs, with the models the search would choose there."""
    places = {place for prospect, _ in bounds.prospects for place in prospect.places.tolist()}
    return ((place, models) for place in sorted(places) for models in bounds.machines.of(place).chosen)


@pytest.mark.parametrize("name", ["clinic", "law_office", "design_firm", "web_shop"])
def test_no_machine_left_closed_beats_those_found(name: str) -> None:
    bounds, leaders, quotes = bounds_of(name)
    unchanged(leaders, quotes, [bounds.machines.setup(place, models) for place, models in every_machine(bounds)])


def not_before(key: Key, bound: Key) -> bool:
    """Whether a key comes no earlier than its bound, but for the last digits of a cost."""
    *figures, cost = (float(np.ravel(figure)[0]) for figure in key)
    *least, lowest = map(float, bound)
    return (*least, lowest - 1e-6) <= (*figures, cost)


@pytest.mark.parametrize("name", ["clinic", "software_studio", "web_shop"])
def test_bounds_are_never_passed(name: str) -> None:
    bounds, leaders, quotes = bounds_of(name)
    rough = {
        (asked, place): key
        for asked, keys, places in bounds.at_best(leaders)
        for *key, place in sorted(zip(*keys, places.tolist(), strict=True), reverse=True)
    }  # the best key of each place comes last
    for place, models in every_machine(bounds):
        before = bounds.standing_of(place, models, leaders.cheapest)
        quote = quotes.of(bounds.machines.setup(place, models))
        leaders.enter([quote])
        priced = leaders.entered[quote.name, False]
        assert before.cost <= priced.cost + 1e-6
        assert before.total >= priced.scores.total
        assert (before.over, before.uncovered, before.unproven) <= priced.lacks
        for asked in leaders.asked(before):
            closer = bounds.closer(place, asked, leaders)
            for bound in (rough[asked, place], closer):
                assert not_before(leaders.key(asked, before), tuple(bound)), asked


@pytest.mark.parametrize("name", ["clinic", "software_studio", "web_shop"])
def test_many_bills_are_those_of_each_service_alone(name: str) -> None:
    business, loads, found = problem(name)
    work = Working(business, business.middle, quiet=True)
    for each in found.jobs:
        for service, bill in zip(each.on_hosts, central_bills(each.on_hosts, loads, business), strict=True):
            terms = usage_terms((service,), loads, work)
            assert terms is not None
            assert bill == pytest.approx(float(terms.month[0]))
