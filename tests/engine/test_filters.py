"""Each rule by itself, on places and models made by hand."""

from dataclasses import replace
from typing import Any

import pytest

from advisor.engine.answers import Answers, Information, ItSupport, Job, JobAnswer, ProcessingLocation, Rules
from advisor.engine.assumptions import resolve
from advisor.engine.catalog import Ecosystem, Model
from advisor.engine.filters import RULES, companion_failure, place_failure
from advisor.engine.law import matching_cards
from advisor.engine.model_rules import Subject
from advisor.engine.places import Place
from advisor.engine.quality import NONE
from advisor.engine.types import Route, Rule
from tests.engine.hand_made import device
from tests.samples import AS_OF, catalog

HOST = Place(key="hosted:Hand Cloud", route=Route.HOSTED_API, name="Hand Cloud", provider="Hand Cloud", regions=("DE",))
NOWHERE = replace(HOST, regions=())
MODEL = Model(
    slug="hand", name="Hand 7B", family="Hand", publisher="Hand Works", publisher_country="FR",
    modalities=("embedding",), tasks=("embedding",), license="mit",
)  # fmt: skip


def business(**answers: Any):
    given = {"country": "DE", "currency": "EUR", "jobs": (JobAnswer(Job.WRITE_REPLY, 10, 5),)} | answers
    given.setdefault("processing_location", ProcessingLocation.ANYWHERE)
    return resolve(Answers(**given), catalog(), AS_OF)


def subject() -> Subject:
    """The hand-made model under the license it names, with no score."""
    return Subject(MODEL, next(row for row in catalog().licenses if row.slug == MODEL.license), NONE)


def broken(failure: Any) -> Rule | None:
    return failure[0] if failure else None


def test_a_host_in_the_country_breaks_no_rule() -> None:
    assert place_failure(HOST, business()) is None


@pytest.mark.parametrize(
    ("place", "answers", "rule"),
    [
        (HOST, {"information": (Information.CONTROLLED,)}, Rule.DATA_CLASS),
        (NOWHERE, {"information": (Information.SECRETS,)}, Rule.DATA_CLASS),
        (HOST, {"processing_location": ProcessingLocation.OWN_EQUIPMENT}, Rule.LOCATION),
        (replace(HOST, regions=("US",)), {"processing_location": ProcessingLocation.REGION}, Rule.LOCATION),
        (HOST, {"rules": Rules(avoid_countries=("DE",))}, Rule.AVOID_COUNTRY),
        (HOST, {"rules": Rules(avoid_suppliers=("hand cloud",))}, Rule.AVOID_SUPPLIER),
    ],
)
def test_a_place_breaks_the_rule_it_should(place: Place, answers: dict[str, Any], rule: Rule) -> None:
    assert broken(place_failure(place, business(**answers))) is rule


def test_a_place_may_run_in_one_country_that_is_not_avoided() -> None:
    both = replace(HOST, regions=("DE", "US"))
    assert place_failure(both, business(rules=Rules(avoid_countries=("US",)))) is None


@pytest.mark.parametrize(
    ("rules", "rule"),
    [
        (Rules(), None),
        (Rules(only_countries=("FR",)), None),
        (Rules(only_countries=("EU",)), None),
        (Rules(only_countries=("US",)), Rule.AVOID_COUNTRY),
        (Rules(avoid_countries=("FR",)), Rule.AVOID_COUNTRY),
        (Rules(avoid_suppliers=("Works",)), Rule.AVOID_SUPPLIER),
        (Rules(only_suppliers=("Hand Works",)), None),
        (Rules(only_suppliers=("Other",)), Rule.AVOID_SUPPLIER),
        (Rules(disclosed_data_only=True), Rule.DISCLOSED_DATA),
    ],
)
def test_a_model_breaks_the_rule_of_question_24_it_should(rules: Rules, rule: Rule | None) -> None:
    assert broken(companion_failure(subject(), business(rules=rules))) is rule


def test_a_family_with_open_data_may_be_used_where_only_disclosed_data_may() -> None:
    family = Ecosystem(
        slug="hand", family="Hand", publisher="Hand Works", openness_class="fully_open_data", grade="published"
    )
    firm = business(rules=Rules(disclosed_data_only=True))
    open_firm = replace(firm, catalog=replace(catalog(), ecosystem=(family,)))
    assert companion_failure(subject(), open_firm) is None


def test_a_law_that_no_longer_binds_is_not_shown() -> None:
    card = replace(catalog().law_cards[0], applies_when={})
    firm = business()

    def shown(**dates: str) -> bool:
        changed = replace(firm, catalog=replace(catalog(), law_cards=(replace(card, **dates),)))
        return bool(matching_cards(changed))

    assert shown()
    assert shown(until="2026-11-21")
    assert not shown(until="2026-11-20")


@pytest.mark.parametrize(
    ("place", "rules", "rule"),
    [
        (NOWHERE, Rules(avoid_countries=("US",)), Rule.AVOID_COUNTRY),  # who does not say where keeps no such rule
        (NOWHERE, Rules(), None),
        (HOST, Rules(only_countries=("EU",)), None),
        (replace(HOST, regions=("US", "FR")), Rules(only_countries=("EU",)), None),
        (replace(HOST, regions=("US",)), Rules(only_countries=("EU",)), Rule.AVOID_COUNTRY),
        (
            replace(HOST, regions=("US", "FR")),
            Rules(only_countries=("EU",), avoid_countries=("FR",)),
            Rule.AVOID_COUNTRY,
        ),
        (replace(HOST, name="ovhcloud", provider="ovhcloud"), Rules(only_suppliers=("OVHcloud",)), None),
        (HOST, Rules(only_suppliers=("ovhcloud",)), Rule.AVOID_SUPPLIER),
        (HOST, Rules(only_suppliers=("Mistral AI",)), None),  # a maker's name says nothing about hosts
    ],
)
def test_question_24_speaks_of_hosts_too(place: Place, rules: Rules, rule: Rule | None) -> None:
    assert broken(place_failure(place, business(rules=rules))) is rule


def test_a_hosts_name_says_nothing_about_makers() -> None:
    assert broken(companion_failure(subject(), business(rules=Rules(only_suppliers=("ovhcloud",))))) is None


def test_payment_details_stay_away_from_private_hosts_only() -> None:
    firm = business(information=(Information.PAYMENT, Information.SECRETS))
    found = place_failure(NOWHERE, firm)
    assert found is not None
    assert found[1].values == {"information": Information.SECRETS}  # and not the payment details, which may go there
    assert place_failure(NOWHERE, business(information=(Information.PAYMENT,))) is None


def test_rules_stand_in_the_order_of_their_codes_each_once() -> None:
    assert [spec.rule for spec in RULES] == list(Rule)


def test_leaving_rules_out_shows_the_next_one_broken() -> None:
    firm = business(information=(Information.CONTROLLED,), processing_location=ProcessingLocation.OWN_EQUIPMENT)
    assert broken(place_failure(HOST, firm)) is Rule.DATA_CLASS
    assert broken(place_failure(HOST, firm, frozenset({Rule.DATA_CLASS}))) is Rule.LOCATION
    assert place_failure(HOST, firm, frozenset({Rule.DATA_CLASS, Rule.LOCATION})) is None


def lifted_by(place: Place, **answers: Any) -> dict[str, Any]:
    found = place_failure(place, business(**answers))
    assert found is not None
    return found[1].values


def test_the_smallest_change_is_named() -> None:
    own = {"processing_location": ProcessingLocation.OWN_EQUIPMENT}
    assert lifted_by(HOST, **own) == {"wider": ProcessingLocation.REGION}  # a German host for a German firm
    assert lifted_by(replace(HOST, regions=("US",)), **own) == {"wider": ProcessingLocation.ANYWHERE}
    region = {"processing_location": ProcessingLocation.REGION}
    assert lifted_by(replace(HOST, regions=("US",)), **region) == {"wider": ProcessingLocation.ANYWHERE}
    # A rented server is of difficulty 4: a colleague reaches 3, a firm from outside 4, own staff 5.
    rented = replace(HOST, route=Route.RENTED_SERVER)
    assert lifted_by(rented, it_support=ItSupport.COLLEAGUE) == {"support": ItSupport.OUTSIDE_FIRM}
    card = Place(key="own:card:1", route=Route.OWN_SERVER, name="Card", device=device("rtx-5090"))
    assert lifted_by(card, it_support=ItSupport.OWN_STAFF, hardware_countries=("CN",)) == {"country": "US"}
