"""Random valid businesses: advice never crashes, holds together, and says what stands in the way where none fits.

The suite runs two hundred; ten thousand by
``RANDOM_BUSINESSES=10000 make test ARGS=tests/engine/test_random_businesses.py``.
``RANDOM_BUSINESSES_FROM`` starts at a later number, to run one business again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from math import isfinite
from typing import Any

import pytest

from advisor.assessments.answers import parse, to_engine
from advisor.engine import demand
from advisor.engine.answers import PeopleDecision
from advisor.engine.assumptions import resolve
from advisor.engine.business import Business
from advisor.engine.options import options
from advisor.engine.portfolio import search
from advisor.engine.recommend import recommend
from advisor.engine.services import seat_setups
from advisor.engine.types import Recommendation, Rule
from tests.engine.random_businesses import random_document, random_what_if
from tests.samples import AS_OF, NAMES, catalog, recommendation

COUNT = int(os.environ.get("RANDOM_BUSINESSES", "200"))
FIRST = int(os.environ.get("RANDOM_BUSINESSES_FROM", "0"))
LISTED_EVERY = 25  # listing every option by name takes longer than the advice itself
CENTS = 0.02


def test_every_random_business_is_advised_soundly() -> None:
    problems = {number: found for number in range(FIRST, FIRST + COUNT) if (found := list(problems_of(number)))}
    assert problems == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_sample_business_is_finite_and_every_range_rises(name: str) -> None:
    plain = recommendation(name).to_document()
    assert list(figures(plain, "")) == []
    assert json.dumps(plain, allow_nan=False)


def test_a_number_that_is_none_and_a_range_that_falls_are_found() -> None:
    assert list(figures({"a": [1.0, float("nan")], "b": {"low": 2, "central": 1, "high": 3}}, "")) == [
        ".a[1]: nan", ".b: [2, 1, 3]",
    ]  # fmt: skip


def problems_of(number: int) -> Iterator[str]:
    document = random_document(number)
    answers = to_engine(parse(document), catalog())
    changed = random_what_if(number) if number % 4 == 0 else None
    try:
        made = recommend(answers, catalog(), as_of=AS_OF, what_if=changed)
    except Exception as error:  # noqa: BLE001  # the number of the business is worth more than where it broke
        yield f"crashed: {type(error).__name__}: {error}"
        return
    plain = made.to_document()
    yield from figures(plain, "")
    try:
        json.dumps(plain, allow_nan=False)
    except ValueError as error:
        yield f"no strict JSON: {error}"
    yield from counts(made)
    yield from verdict(made, answers.people_decisions)
    yield from money(made)
    if number % LISTED_EVERY == 0:
        yield from listed_once(answers)
    if not made.plans:
        yield from leads_out(made, resolve(answers, catalog(), AS_OF, changed))


def figures(value: Any, path: str) -> Iterator[str]:
    """Every number is finite, and every range rises."""
    match value:
        case dict():
            span = [value.get(name) for name in ("low", "central", "high")]
            if all(isinstance(item, (int, float)) for item in span) and span != sorted(span):
                yield f"{path}: {span}"
            for name, item in value.items():
                yield from figures(item, f"{path}.{name}")
        case list() | tuple():
            for place, item in enumerate(value):
                yield from figures(item, f"{path}[{place}]")
        case float() if not isfinite(value):
            yield f"{path}: {value}"


def counts(made: Recommendation) -> Iterator[str]:
    removed = sum(row.count for row in made.ruled_out if row.rule != Rule.BUDGET)
    if made.options_eligible + removed != made.options_considered:
        yield f"{made.options_eligible} offered and {removed} ruled out of {made.options_considered}"


def verdict(made: Recommendation, decisions: tuple[PeopleDecision, ...] | None) -> Iterator[str]:
    keys = [plan.key for plan in made.plans]
    if made.verdict == "recommend" and made.recommended not in keys:
        yield f"recommends {made.recommended} of {keys}"
    if made.verdict != "recommend" and made.recommended is not None:
        yield f"{made.verdict} and recommends {made.recommended}"
    if bool(keys) is (made.verdict == "nothing_fits"):
        yield f"{made.verdict} with {len(keys)} plans"
    stopped = bool(set(decisions or ()) - {PeopleDecision.NONE})
    if keys and stopped is not (made.verdict == "legal_stop"):
        yield f"{made.verdict} for decisions {decisions}"
    if not made.reasons:
        yield "no reason"


def money(made: Recommendation) -> Iterator[str]:
    for plan in made.plans:
        saving, stopped, cost = plan.savings.total, plan.savings.stopped_total, plan.cost_total
        if abs(saving.central - (stopped.central - cost.central)) > CENTS:
            yield f"{plan.key}: saving {saving.central} is not {stopped.central} - {cost.central}"
        if not 0 <= plan.savings.chance <= 1:
            yield f"{plan.key}: chance {plan.savings.chance}"


def listed_once(answers: Any) -> Iterator[str]:
    business = resolve(answers, catalog(), AS_OF)
    found = options(business, demand.loads(business, business.middle))
    offered = [(item.job, item.model and item.model.slug, item.place.key, item.name) for item in found.candidates]
    removed = {(item.job, item.model.slug, item.place.key) for item in found.removed}
    if len(set(offered)) < len(offered):
        yield "offered twice"
    if {row[:3] for row in offered} & removed:
        yield "offered and ruled out"


def leads_out(made: Recommendation, business: Business) -> Iterator[str]:
    """Where nothing fits, leaving out the named rule gives a plan."""
    reason = made.reasons[0]
    named = reason.values.get("rules") or [reason.values.get("rule")]
    if reason.code not in ("nothing_left", "nothing_left_together") or not all(named):
        yield f"nothing fits and no rule is named: {reason}"
        return
    middle = demand.loads(business, business.middle)
    freed = options(business, middle, ignoring=frozenset(map(Rule, named)))
    if not search(business, freed, seat_setups(business), middle):
        yield f"leaving out {named} gives no plan"
