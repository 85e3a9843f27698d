"""What the age of facts does to advice: expired prices recommend nothing, facts past their review count for less."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from advisor.engine import demand
from advisor.engine.aging import dated
from advisor.engine.answers import CurrentTool, ItSupport, Job, WhatIf, WouldStop
from advisor.engine.baseline import typical_product
from advisor.engine.candidates import Candidate, Removed
from advisor.engine.catalog import ApiPrice, Catalog, CloudOffer, Fx, Seat
from advisor.engine.companions import Companions
from advisor.engine.filters import place_failure
from advisor.engine.old_facts import old_facts
from advisor.engine.options import options
from advisor.engine.places import hosted, machines
from advisor.engine.recommend import recommend
from advisor.engine.services import closed_reference, seat_setups
from advisor.engine.types import Note, Recommendation, Route, Rule, Trace, TraceInput
from advisor.engine.way_out import way_out
from tests.engine.hand_made import device, firm, model, only
from tests.samples import AS_OF, answers, catalog

MODEL = "qwen3-8-27b"
YEAR_OLD, CURRENT = "2025-10", "2026-11"  # October 2025 + 12 months ends before 21 November 2026


def hosted_row(as_of: str, **more: Any) -> ApiPrice:
    given: dict[str, Any] = {
        "slug": "hand", "category": "open_hosted", "provider": "hand", "model_name": "Hand 27B", "model": MODEL,
        "open_weights": True, "unit": "usd_per_1m_tokens", "input": 2.0, "output": 10.0, "currency": "USD",
        "source": "hand", "as_of": as_of, "seen_on": "2026-11-20", "grade": "published", "regions": ("DE",),
    }  # fmt: skip
    return ApiPrice(**given | more)


def of_hosts(facts: Catalog, **more: Any) -> list[Candidate | Removed]:
    business = firm(facts=facts, **more)
    found = options(business, demand.loads(business, business.middle)).jobs[0].hosted
    return [*found.candidates, *found.all_removed()]


def old(made: Recommendation) -> dict[str, Any]:
    return {(fact.collection, fact.name): fact for fact in made.old_facts}


def rate(currency: str, as_of: str, grade: str = "published") -> Fx:
    return Fx(slug=currency, currency=currency, units_per_usd=0.9, as_of=as_of, seen_on="2026-11-21", grade=grade)


def with_rates(facts: Catalog, *rates: Fx) -> Catalog:
    kept = [row for row in facts.fx if row.currency not in {rate.currency for rate in rates}]
    return replace(facts, fx=tuple(sorted((*kept, *rates), key=lambda row: row.slug)))


# The catalog on a day


def test_a_catalog_stands_the_same_between_two_turning_days_and_is_worked_out_once() -> None:
    facts = only(model(MODEL), prices=(hosted_row("2026-11-10"),))
    facts = replace(facts, devices=(), seats=(), fx=(), rates=(), usage=(), electricity=(), licenses=(), software=())
    facts = replace(facts, ecosystem=())
    # 10 November + 30 days = 10 December is the last day on which the price is still current.
    assert dated(facts, date(2026, 12, 10)) is facts
    later = dated(facts, date(2026, 12, 11))
    assert later is not facts
    assert dated(facts, date(2027, 11, 30)) is later  # November 2026 + 12 months ends on 30 November 2027
    gone = dated(facts, date(2027, 12, 1))
    assert (later.api_prices[0].grade, later.api_prices[0].input) == ("derived", 2.0)
    assert (gone.api_prices[0].grade, gone.api_prices[0].input) == ("unknown", None)
    assert dated(gone, date(2026, 12, 10)) is facts
    price = facts.api_prices[0]
    assert [each.is_due("api_prices", price) for each in (facts, later, gone)] == [False, True, True]
    assert [each.is_expired("api_prices", price) for each in (facts, later, gone)] == [False, False, True]


def test_what_a_card_can_do_does_not_age_with_its_price() -> None:
    card = replace(device("rtx-5090"), grade="published")
    card = replace(card, price=replace(card.price, as_of="2026-06"), seen_on="2026-11-20")
    (found,) = dated(only(model(MODEL), devices=(card,)), AS_OF).devices
    assert (found.grade, found.price.grade, found.price.amount) == ("published", "derived", 8_000.0)


# Nothing is recommended by an expired price


def test_an_expired_price_of_a_host_rules_its_option_out_with_its_date() -> None:
    (found,) = of_hosts(only(model(MODEL), prices=(hosted_row(YEAR_OLD),)))
    assert isinstance(found, Removed)
    rule, note = found.failure
    assert rule is Rule.NO_PRICE
    assert note == Note("lift_old_price", {"device": "Hand 27B", "as_of": YEAR_OLD})


def test_a_price_past_its_review_is_still_offered_as_weaker_evidence() -> None:
    (found,) = of_hosts(only(model(MODEL), prices=(hosted_row("2026-09"),)))
    assert isinstance(found, Candidate)
    assert found.price is not None
    assert found.price.grade == "derived"


def test_leaving_the_rule_out_brings_the_option_back() -> None:
    business = firm(facts=only(model(MODEL), prices=(hosted_row(YEAR_OLD),)))
    loads = demand.loads(business, business.middle)
    assert options(business, loads).eligible == 0
    assert options(business, loads, ignoring=frozenset({Rule.NO_PRICE})).eligible == 1


@pytest.mark.parametrize(
    ("as_of", "rule"),
    [
        ("2026-11", None),
        ("2025-S2", None),  # to December 2025: 11 months before
        ("2025-Q1", Rule.NO_PRICE),  # to March 2025: 20 months before
        ("2025-05", None),  # 18 months before
        ("2025-04", Rule.NO_PRICE),
    ],
)
def test_a_machine_is_not_bought_at_a_price_older_than_eighteen_months(as_of: str, rule: Rule | None) -> None:
    card = device("rtx-5090")
    card = replace(card, price=replace(card.price, as_of=as_of))
    business = firm(facts=only(model(MODEL), devices=(card,)))
    place = next(place for place in machines(business) if place.route is Route.OWN_SERVER)
    found = place_failure(place, business)
    assert (found and found[0]) is rule
    if found:
        assert found[1] == Note("lift_old_price", {"device": place.name, "as_of": as_of})


def test_a_machine_without_a_price_asks_for_a_quote() -> None:
    card = device("rtx-5090")
    card = replace(card, price=replace(card.price, amount=None, as_of="2021-01"))
    business = firm(facts=only(model(MODEL), devices=(card,)))
    found = place_failure(machines(business)[0], business)
    assert found == (Rule.NO_PRICE, Note("lift_no_price", {"device": card.name}))


@pytest.mark.parametrize(
    ("as_of", "code"), [(YEAR_OLD, "lift_old_price"), (CURRENT, None)]
)  # fmt: skip
def test_a_server_is_not_rented_at_a_price_older_than_a_year(as_of: str, code: str | None) -> None:
    offer = CloudOffer(
        slug="hand", provider="Hand", gpu="5090", device="rtx-5090", gpu_count=1, memory_gb_each=32.0,
        price_hour=1.0, currency="EUR", tier="on_demand", residency=("DE",), as_of=as_of, seen_on="2026-11-21",
    )  # fmt: skip
    facts = replace(only(model(MODEL), devices=(device("rtx-5090"),)), cloud_offers=(offer,))
    business = firm(facts=facts)
    place = next(place for place in machines(business) if place.offer is not None)
    found = place_failure(place, business)
    assert (found and found[1].code) == code


def test_the_day_is_that_of_the_advice() -> None:
    facts = only(model(MODEL), prices=(hosted_row("2026-11"),))
    now = recommend(firm().answers, facts, as_of=AS_OF)
    later = recommend(firm().answers, facts, as_of=date(2027, 12, 1))
    assert now.plans
    assert not later.plans


def test_seats_of_an_expired_price_are_not_offered() -> None:
    offers = {offer.provider for setup in seat_setups(firm()) for offer in [setup.candidates[0].place]}
    assert offers
    old_offers = tuple(replace(row, as_of=YEAR_OLD) for row in catalog().support_offers)
    assert seat_setups(firm(facts=replace(catalog(), support_offers=old_offers))) == ()


def test_support_of_an_expired_price_cannot_be_switched_on() -> None:
    facts = replace(catalog(), support_offers=tuple(replace(row, as_of=YEAR_OLD) for row in catalog().support_offers))
    slug = next(row.slug for row in catalog().support_offers if row.kind == "os_support" and row.price)
    with pytest.raises(ValueError, match="support"):
        firm(facts=facts, tried=WhatIf(support=slug))


def test_a_closed_service_of_an_expired_price_is_no_reference() -> None:
    row = hosted_row(YEAR_OLD, category="closed_api", open_weights=False, model=None, use_cases=("writing",))
    for as_of, found in ((YEAR_OLD, False), (CURRENT, True)):
        business = firm(facts=replace(catalog(), api_prices=(replace(row, as_of=as_of),)))
        setup = closed_reference(business, demand.loads(business, business.middle))
        assert (setup is not None) is found


def test_a_companion_of_an_expired_price_is_missing_for_the_want_of_a_price() -> None:
    search = hosted_row(YEAR_OLD, slug="search", model="bge-m3", model_name="BGE-M3", output=None)
    facts = only(model(MODEL), model("bge-m3"), prices=(hosted_row(CURRENT), search))
    business = firm(Job.FIND_IN_DOCUMENTS, facts=facts)
    loads = demand.loads(business, business.middle)
    place = hosted(business.catalog)[0][0]
    _, missing = Companions(business).of(loads[0], place)
    assert missing == (
        Rule.NO_PRICE, Note("lift_old_price", {"device": "BGE-M3", "as_of": YEAR_OLD, "companion": "embedding"})
    )  # fmt: skip
    helpers, missing = Companions(business, frozenset({Rule.NO_PRICE})).of(loads[0], place)
    assert missing is None
    assert helpers[0].price is not None


def test_where_prices_alone_stand_in_the_way_that_is_said() -> None:
    business = firm(facts=only(model(MODEL), prices=(hosted_row(YEAR_OLD),)))
    assert way_out(business, demand.loads(business, business.middle)[0]) == Note("nothing_left_priced", {"options": 1})


# Rates of exchange


@pytest.mark.parametrize(
    ("rates", "currency", "offered"),
    [
        ((rate("EUR", CURRENT),), "USD", True),
        ((rate("EUR", YEAR_OLD),), "USD", False),  # nothing foreign can be told in euros
        ((rate("EUR", YEAR_OLD),), "EUR", True),
        ((rate("EUR", CURRENT), rate("GBP", YEAR_OLD)), "GBP", False),
        ((rate("EUR", CURRENT), rate("GBP", YEAR_OLD)), "USD", True),
    ],
)
def test_what_only_an_expired_rate_could_price_is_not_recommended(
    rates: tuple[Fx, ...], currency: str, offered: bool
) -> None:
    facts = with_rates(only(model(MODEL), prices=(hosted_row(CURRENT, currency=currency),)), *rates)
    (found,) = of_hosts(facts)
    assert isinstance(found, Candidate) is offered
    if isinstance(found, Removed):
        assert found.failure[1].values == {"device": "Hand 27B", "as_of": YEAR_OLD}


def test_an_expired_rate_leaves_seats_closed_services_and_support_out() -> None:
    facts = with_rates(catalog(), rate("EUR", YEAR_OLD))
    business = firm(facts=facts)
    assert all(setup.seat is not None and setup.seat.currency == "EUR" for setup in seat_setups(business))
    reference = closed_reference(business, demand.loads(business, business.middle))
    assert reference is None or all(row.currency == "EUR" for item in reference.candidates for row in item.billed)
    made = recommend(replace(business.answers, it_support=ItSupport.OWN_STAFF), facts, as_of=AS_OF)
    assert made.plans


# What is said of facts past their review


def test_a_fact_past_its_review_lowers_its_grade_in_the_working_and_is_listed() -> None:
    facts = only(model(MODEL), prices=(hosted_row("2026-09-10"),))
    made = recommend(firm().answers, facts, as_of=AS_OF)
    read = next(item for trace in made.traces for item in trace.inputs if item.name == "job1_read_price")
    assert read.grade == "derived"
    assert {use.grade for use in made.sources if use.source == "hand"} == {"derived"}
    fact = old(made)["api_prices", "Hand 27B (hand)"]
    assert (fact.as_of, fact.checked_on, fact.review_by, fact.source) == (
        "2026-09-10", "2026-11-20", "2026-10-10", "hand",  # 10 September + 30 days
    )  # fmt: skip
    assert not fact.expired
    note = next(note for note in made.warnings if note.code == "old_facts")
    assert note.values["count"] == len(made.old_facts)
    assert made.prices_checked_on == "2026-11-20"


def test_licenses_families_and_programs_are_listed_when_their_review_is_due() -> None:
    facts = only(model(MODEL), prices=(hosted_row(CURRENT),))
    half_a_year_on = AS_OF + timedelta(days=200)
    made = recommend(firm().answers, facts, as_of=half_a_year_on)
    listed = {fact.collection for fact in made.old_facts}
    assert {"licenses", "ecosystem", "software", "api_prices"} <= listed
    assert all(fact.review_by is not None and fact.review_by < half_a_year_on.isoformat() for fact in made.old_facts)


def test_rates_behind_the_figures_are_listed_when_their_review_is_due() -> None:
    machine = device("rtx-5090")
    facts = only(model(MODEL), devices=(replace(machine, price=replace(machine.price, as_of="2027-11")),))
    made = recommend(firm(country="DE").answers, facts, as_of=date(2027, 12, 15))
    listed = old(made)
    assert ("electricity", "DE") in listed
    assert any(collection == "rates" for collection, _ in listed)
    assert all(fact.source for fact in made.old_facts if fact.collection == "rates")


def test_the_bill_an_owner_types_in_does_not_age() -> None:
    tool = CurrentTool("Chat seats", 10, 300.0, None, WouldStop.YES)
    facts = replace(catalog(), seats=tuple(replace(row, as_of=YEAR_OLD) for row in catalog().seats))
    made = recommend(firm(current_tools=(tool,)).answers, facts, as_of=AS_OF)
    assert made.keep.month == 300.0
    assert not any(fact.collection == "seats" for fact in made.old_facts)


def seat(slug: str, price: float, as_of: str) -> Seat:
    return Seat(
        slug=slug, product=slug, vendor="V", jobs=("write_reply",), pricing_model="seat", unit="user_month",
        price=price, currency="EUR", as_of=as_of, seen_on="2026-11-21", source="list", grade="published",
    )  # fmt: skip


def test_a_typical_product_is_taken_from_prices_that_still_hold() -> None:
    business = firm(facts=replace(catalog(), seats=(seat("a", 5.0, YEAR_OLD), seat("b", 30.0, CURRENT))))
    found = typical_product(business)
    assert found is not None
    assert found.slug == "b"


def test_a_typical_product_of_an_expired_price_is_flagged() -> None:
    facts = replace(catalog(), seats=(seat("a", 5.0, YEAR_OLD),))
    made = recommend(firm().answers, facts, as_of=AS_OF)
    assert made.keep.reference_product == "a"
    fact = old(made)["seats", "a"]
    assert fact.expired
    assert made.old_facts[0] == fact  # what has expired comes first
    note = made.warnings[0]
    assert (note.code, note.values) == ("expired_facts", {"count": 1, "as_of": YEAR_OLD})


def test_support_that_is_switched_on_is_listed_when_its_price_is_due() -> None:
    offer = next(row for row in catalog().support_offers if row.kind == "os_support" and row.price)
    offers = (replace(offer, as_of="2026-06"),)
    machine = device("rtx-5090")
    facts = replace(only(model(MODEL), devices=(machine,)), support_offers=offers)
    made = recommend(firm().answers, facts, as_of=AS_OF, what_if=WhatIf(support=offer.slug))
    assert ("support_offers", offer.offer) in old(made)


def test_a_server_rented_for_training_is_listed_when_its_price_is_due() -> None:
    offer = next(row for row in catalog().cloud_offers if row.price_hour)
    offer = replace(offer, as_of="2026-08", seen_on="2026-11-21")
    other = replace(offer, slug="other", price_hour=(offer.price_hour or 0.0) * 2)
    business = firm(facts=replace(catalog(), cloud_offers=(offer, other)))
    used = TraceInput("training_rent_hour", offer.price_hour or 0.0, "USD/hour", "derived", offer.source, "2026-08")
    trace = Trace("plan-1.fine_tuning.total", "training_rent_hour", (used,), 1.0, "EUR")
    found = [fact for fact in old_facts(business, (), [trace]) if fact.collection == "cloud_offers"]
    assert [fact.name for fact in found] == [f"{offer.provider} {offer.gpu}"]


def test_a_fact_without_any_date_is_due_and_has_no_day() -> None:
    facts = only(model(MODEL), prices=(replace(hosted_row(CURRENT), as_of=None, seen_on=None),))
    made = recommend(firm().answers, facts, as_of=AS_OF)
    fact = old(made)["api_prices", "Hand 27B (hand)"]
    assert (fact.review_by, fact.as_of, fact.checked_on) == (None, None, None)


def test_the_samples_list_only_what_is_past_its_review() -> None:
    made = recommend(answers("clinic"), catalog(), as_of=AS_OF)
    assert made.old_facts
    assert all(fact.review_by is not None and fact.review_by < AS_OF.isoformat() for fact in made.old_facts)
