"""What must hold for any business: fewer rules never leave fewer options, more work never needs less."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Any

import pytest

from advisor.assessments.answers import parse, to_engine
from advisor.engine import demand
from advisor.engine.answers import (
    Answers,
    Connectivity,
    Information,
    ItSupport,
    Job,
    JobAnswer,
    ProcessingLocation,
    Rules,
    WhatIf,
)
from advisor.engine.assumptions import resolve
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.filters import NO_RULES
from advisor.engine.options import options
from advisor.engine.portfolio import search
from advisor.engine.services import seat_setups
from advisor.engine.types import Rule
from tests.engine.random_businesses import random_document
from tests.samples import AS_OF, NAMES, answers, catalog

# Rules that can be left out; ability, memory, speed and budget follow from the work, the model and the machine.
REMOVABLE = sorted(frozenset(Rule) - {Rule.ABILITY, Rule.MEMORY, Rule.SPEED, Rule.BUDGET})
# Of a number of machines the search keeps the best models, not those that draw least: that much of a whole cost.
ELECTRICITY = 1e-3
LOOSER: list[dict[str, Any]] = [
    {"processing_location": ProcessingLocation.ANYWHERE},
    {"information": (Information.PUBLIC,)},
    {"hardware_countries": ()},
    {"customer_countries": ()},
    {"rules": Rules()},
    {"languages": None},
    {"connectivity": Connectivity.RELIABLE},
    {"it_support": ItSupport.OWN_STAFF},
]


def random_answers(number: int) -> Answers:
    return to_engine(parse(random_document(number)), catalog())


def offered(business: Business, ignoring: frozenset[Rule] = NO_RULES) -> dict[tuple[str, ...], Candidate]:
    found = options(business, demand.loads(business, business.middle), ignoring=ignoring)
    return {
        (item.job, item.model.slug if item.model else "", item.place.key, item.name): item for item in found.candidates
    }


@pytest.mark.parametrize("number", [*range(5), 220])
def test_leaving_a_rule_out_never_shrinks_the_options(number: int) -> None:
    business = resolve(random_answers(number), catalog(), AS_OF)
    before = set(offered(business))
    for rule in REMOVABLE:
        assert before <= set(offered(business, frozenset({rule}))), rule


@pytest.mark.parametrize("number", range(100, 106))
def test_a_looser_answer_never_shrinks_the_options(number: int) -> None:
    strict = random_answers(number)
    before = set(offered(resolve(strict, catalog(), AS_OF)))
    for looser in LOOSER:
        freer = resolve(replace(strict, **looser), catalog(), AS_OF)
        # More tokens for another language can cost a model its place: only the rules change here.
        freer = replace(freer, numbers=resolve(strict, catalog(), AS_OF).numbers)
        assert before <= set(offered(freer)), looser


@pytest.mark.parametrize("name", NAMES)
def test_more_work_never_needs_less_memory_for_the_same_model_at_the_same_place(name: str) -> None:
    needs: dict[tuple[str, ...], float] = {}
    for times in (1.0, 3.0, 10.0, 30.0):
        found = offered(resolve(answers(name), catalog(), AS_OF, WhatIf(volume=times)))
        for key, item in found.items():
            if item.running is not None:
                assert item.running.needed_gb >= needs.get(key, 0.0) - 1e-9, key
                needs[key] = item.running.needed_gb


def cheapest(business: Business) -> float:
    """The least that doing all jobs costs over the horizon."""
    middle = demand.loads(business, business.middle)
    found = search(business, options(business, middle), seat_setups(business), middle)
    return min((item.cost for item in found if not item.setup.uncovered), default=inf)


@pytest.mark.parametrize("name", NAMES)
def test_more_people_never_cost_less(name: str) -> None:
    given = replace(answers(name), staff_count=2_000)
    people = given.ai_users or 5
    costs = [cheapest(resolve(given, catalog(), AS_OF, WhatIf(users=people * times))) for times in (1, 2, 5, 20)]
    assert costs == sorted(costs)


@pytest.mark.parametrize("name", NAMES)
def test_more_work_never_costs_less(name: str) -> None:
    volumes = (1.0, 2.0, 3.0, 5.0, 20.0)
    costs = [cheapest(resolve(answers(name), catalog(), AS_OF, WhatIf(volume=times))) for times in volumes]
    assert all(more >= less * (1 - ELECTRICITY) for less, more in pairwise(costs))


@pytest.mark.parametrize("job", list(Job))
@pytest.mark.parametrize("name", ["law_office", "software_studio"])
def test_more_work_of_a_job_never_costs_less(name: str, job: Job) -> None:
    given = replace(answers(name), jobs=(JobAnswer(job, 20.0, 10.0),))
    costs = [cheapest(resolve(given, catalog(), AS_OF, WhatIf(volume=times))) for times in (1.0, 3.0, 10.0, 100.0)]
    assert costs == sorted(costs)
