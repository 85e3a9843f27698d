"""Promises of the one door: same bytes, honest ranges, every option counted once, every figure re-computable."""

import json
import random
from dataclasses import replace

import numpy as np
import pytest

from advisor.catalog.services import shipped_document
from advisor.engine import demand
from advisor.engine.answers import Information, ProcessingLocation, Rules
from advisor.engine.assumptions import resolve
from advisor.engine.catalog import Catalog
from advisor.engine.options import options
from advisor.engine.recommend import recommend
from advisor.engine.savings import Moved
from advisor.engine.types import Plan, Recommendation
from tests.samples import AS_OF, NAMES, answers, catalog, recommendation

every_business = pytest.mark.parametrize("name", NAMES)


def plans(made: Recommendation) -> list[Plan]:
    return [*made.plans, *([made.closed_reference] if made.closed_reference else [])]


def considered(firm_answers):
    business = resolve(firm_answers, catalog(), AS_OF)
    middle = {name: values[:1] for name, values in business.factors.items()}
    return options(business, demand.loads(business, middle))


def test_the_same_answers_and_catalog_give_the_same_bytes() -> None:
    again = recommend(answers("design_firm"), catalog(), as_of=AS_OF)
    assert json.dumps(again.to_document()) == json.dumps(recommendation("design_firm").to_document())


def test_the_order_of_the_catalog_never_matters() -> None:
    document = json.loads(json.dumps(shipped_document()))
    for rows in document["entries"].values():
        random.Random(7).shuffle(rows)
    shuffled = Catalog.from_document(document, catalog().content_hash)
    made = recommend(answers("low_use"), shuffled, as_of=AS_OF)
    assert json.dumps(made.to_document()) == json.dumps(recommendation("low_use").to_document())


@every_business
def test_saving_is_what_stops_less_what_the_plan_costs(name: str) -> None:
    for plan in plans(recommendation(name)):
        expected = plan.savings.stopped_total.central - plan.cost_total.central
        assert plan.savings.total.central == pytest.approx(expected, abs=0.02)
        assert plan.savings.cumulative[-1] == pytest.approx(expected, abs=0.05)


@every_business
def test_lines_months_and_years_add_up_to_the_total(name: str) -> None:
    for plan in plans(recommendation(name)):
        total = plan.cost_total.central
        assert sum(line.total.central for line in plan.lines) == pytest.approx(total, abs=0.1)
        assert sum(plan.cost_by_month) == pytest.approx(total, abs=0.5)
        assert sum(plan.cost_by_year) == pytest.approx(total, abs=0.5)


@every_business
def test_labor_is_counted_in_every_plan(name: str) -> None:
    for plan in plans(recommendation(name)):
        counted = {line.key for line in plan.lines if line.total.central > 0}
        assert {"setup_labor", "running_labor"} <= counted


@every_business
def test_every_option_is_offered_or_ruled_out_once(name: str) -> None:
    found = considered(answers(name))
    offered = [(item.job, item.model.slug, item.place.key, item.name) for item in found.candidates]
    removed = [(item.job, item.model.slug, item.place.key) for item in found.removed]
    assert len(offered) == len(set(offered))
    assert not {row[:3] for row in offered} & set(removed)
    made = recommendation(name)
    assert made.options_considered == len(offered) + len(removed)
    assert sum(row.count for row in made.ruled_out if row.rule != "budget") == len(removed)


@pytest.mark.parametrize(
    "looser",
    [
        {"processing_location": ProcessingLocation.ANYWHERE},
        {"information": (Information.PUBLIC,)},
        {"hardware_countries": ()},
        {"rules": Rules()},
    ],
)
def test_removing_a_rule_never_shrinks_the_options(looser: dict[str, object]) -> None:
    strict = replace(
        answers("law_office"),
        hardware_countries=("US",),
        rules=Rules(avoid_countries=("CN",), standard_licenses_only=True),
    )
    before = {(item.job, item.model.slug, item.place.key) for item in considered(strict).candidates}
    after = {(item.job, item.model.slug, item.place.key) for item in considered(replace(strict, **looser)).candidates}
    assert before <= after


@pytest.mark.parametrize("factor", ["volume:", "users", "it_hourly", "price", "electricity", "hardware"])
def test_more_of_anything_that_costs_never_saves_more(factor: str) -> None:
    business = resolve(answers("web_shop"), catalog(), AS_OF)
    middle = {name: values[:1] for name, values in business.factors.items()}
    from advisor.engine.portfolio import search

    for item in search(business, considered(answers("web_shop")), (), demand.loads(business, middle))[:20]:
        (savings,) = Moved(business, {factor: np.array([0.5, 1.0, 2.0, 8.0])}).outcome((item.setup,)).saving
        assert (np.diff(savings) <= 0).all()


@every_business
def test_flips_change_the_sign_of_the_comparison(name: str) -> None:
    for flip in recommendation(name).flips:
        assert flip.factor > 0
        assert flip.becomes in ("plan", "keep")


def test_a_lower_hourly_cost_than_the_flip_makes_the_plan_win() -> None:
    made = recommendation("design_firm")
    flip = next(flip for flip in made.flips if flip.key == "hourly_cost")
    assert made.verdict == "keep"
    assert flip.becomes == "plan"
    below = replace(answers("design_firm"), hourly_cost=flip.value * 0.98)
    assert recommend(below, catalog(), as_of=AS_OF).verdict == "recommend"


def test_published_claims_are_shown_and_never_an_input() -> None:
    bare = replace(catalog(), claims=())
    made = recommend(answers("low_use"), bare, as_of=AS_OF).to_document()
    with_claims = recommendation("low_use").to_document()
    assert with_claims.pop("claims")
    assert made.pop("claims") == ()
    assert made == with_claims


def test_an_unknown_sector_is_named() -> None:
    with pytest.raises(ValueError, match="sector"):
        recommend(replace(answers("bakery"), sector="moon"), catalog(), as_of=AS_OF)


def test_when_nothing_fits_the_rule_that_blocks_most_is_named() -> None:
    # Everything allowed but suppliers: only makers called "Nobody" may be used, and none exists.
    none_left = replace(answers("bakery"), rules=Rules(only_suppliers=("Nobody",)))
    made = recommend(none_left, catalog(), as_of=AS_OF)
    assert made.verdict == "nothing_fits"
    assert made.plans == ()
    assert made.reasons[0].code == "nothing_left"
    assert made.reasons[0].values["rule"] == "avoid_supplier"
    assert made.reasons[0].question == "Q24"


def test_avoiding_the_union_avoids_its_members() -> None:
    avoiding = replace(answers("bakery"), rules=Rules(avoid_countries=("EU",)))
    made = recommend(avoiding, catalog(), as_of=AS_OF)
    assert made.plans
    assert all(use.publisher_country not in ("FR", "DE") for plan in made.plans for use in plan.models)
    assert all(plan.provider not in ("scaleway", "ovhcloud", "nebius") for plan in made.plans)
