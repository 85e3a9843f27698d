"""Assistants on open models, sold per person: which come into question."""

from dataclasses import replace
from typing import Any

import pytest

from advisor.engine import demand
from advisor.engine.answers import Job, Rules
from advisor.engine.catalog import SupportOffer
from advisor.engine.cost import Costs
from advisor.engine.services import SEAT_KIND, seat_setups
from advisor.engine.setup import Setup
from tests.engine.hand_made import firm
from tests.samples import catalog

OFFER = SupportOffer(
    slug="hand", vendor="Hand Works", vendor_country="DE", offer="Assistant", kind=SEAT_KIND, price=20.0,
    currency="EUR", unit="user_month", jobs=("write_reply",), grade="published",
)  # fmt: skip


def seat_bill(setup: Setup) -> float:
    """What one person costs a month, in the firm's own currency."""
    business = firm(ai_users=1)
    lines = Costs(business, demand.loads(business, business.middle), business.middle).lines(setup)
    return float(next(line.month[0] for line in lines if line.key == "usage"))


def names(*offers: SupportOffer, **answers: Any) -> list[str]:
    business = firm(facts=replace(catalog(), support_offers=offers), **answers)
    return [setup.candidates[0].name for setup in seat_setups(business)]


def test_an_offer_for_the_job_is_a_set_up_at_its_price() -> None:
    (setup,) = seat_setups(firm(facts=replace(catalog(), support_offers=(OFFER,))))
    assert setup.candidates[0].name == "Hand Works Assistant"
    assert seat_bill(setup) == 20.0


def test_a_range_of_prices_counts_from_its_low_end() -> None:
    ranged = replace(OFFER, price=None, price_low=15.0, price_high=90.0)
    (setup,) = seat_setups(firm(facts=replace(catalog(), support_offers=(ranged,))))
    assert seat_bill(setup) == 15.0


@pytest.mark.parametrize(
    "other",
    [{"price": None}, {"kind": "hours"}, {"unit": "year"}, {"currency": None}, {"jobs": (Job.TRANSLATE.value,)}],
)
def test_an_offer_without_price_or_for_something_else_is_none(other: dict[str, Any]) -> None:
    assert names(replace(OFFER, **other)) == []


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (Rules(standard_licenses_only=True), False),
        (Rules(disclosed_data_only=True), False),
        (Rules(only_countries=("FR",)), False),
        (Rules(only_countries=("DE",)), True),
        (Rules(only_suppliers=("Other",)), False),
        (Rules(only_suppliers=("hand works",)), True),
    ],
)
def test_rules_about_models_shut_out_a_service_that_does_not_name_its_models(rules: Rules, allowed: bool) -> None:
    assert bool(names(OFFER, rules=rules)) is allowed
