"""Cost lines beyond labor and bills: index, paid support, instructions, training, money from abroad. Worked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from advisor.engine import demand
from advisor.engine.answers import Adaptation, DocumentCount, DocumentShape, Job, Readiness, WhatIf
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate, Running
from advisor.engine.catalog import ApiPrice, CloudOffer, SupportOffer
from advisor.engine.companions import Helper
from advisor.engine.cost import Costs
from advisor.engine.fine_tuning import training_line
from advisor.engine.places import Place
from advisor.engine.quality import NONE
from advisor.engine.setup import Case, Setup
from advisor.engine.support import options
from advisor.engine.trainers import trainer
from advisor.engine.types import Route
from advisor.engine.working import Line, Working
from tests.engine.hand_made import PRICE, device, firm, hosted_candidate, model
from tests.samples import catalog

FIND = Job.FIND_IN_DOCUMENTS
EMBEDDING = ApiPrice(
    slug="index", category="embedding_api", provider="hand", model_name="index", unit="usd_per_1m_tokens", input=0.01,
    currency="EUR", source="hand", as_of="2026-11", grade="published",
)  # fmt: skip
READER = replace(EMBEDDING, slug="reader", unit="usd_per_1000_pages", input=None, price=1.5)
SUPPORT = SupportOffer(
    slug="care", vendor="Care", offer="System care", kind="os_support", price=1200.0, currency="EUR",
    unit="machine_year", included="fixes and a telephone", source="hand", as_of="2026-11", grade="published",
)  # fmt: skip
HOURLY = CloudOffer(
    slug="hand", provider="hand", gpu="L40S", device="l40s", gpu_count=1, memory_gb_each=48, price_hour=2.0,
    currency="EUR", tier="on_demand", residency=("DE",), grade="published",
)  # fmt: skip


def searching(*helpers: Helper, **more: Any) -> tuple[Setup, Business]:
    candidate = replace(hosted_candidate(FIND), helpers=helpers)
    given = {"document_count": DocumentCount.TO_10000, "tried": WhatIf(growth=0.0)} | more
    return Setup((candidate,)), firm(FIND, **given)


def loud(business: Business) -> Costs:
    return Costs(business, demand.loads(business, business.middle), business.middle, quiet=False)


def lines_of(setup: Setup, business: Business) -> dict[str, Line]:
    return {line.key: line for line in loud(business).lines(setup)}


def case_of(setup: Setup, business: Business) -> Case:
    return Case(setup, business, demand.loads(business, business.middle), business.middle)


def server(business: Business, of: str = "gemma-4-12b", **place: Any) -> Setup:
    (load,) = demand.loads(business, business.middle)
    running = Running("FP8", 20.0, 1, (10.0, 20.0, 30.0), 2 * float(load.peak_per_hour[0]), 10.0)
    at = {"key": "hand", "route": Route.OWN_SERVER, "name": "hand", "device": device("l40s", power_watts=300.0)} | place
    return Setup((Candidate(business.jobs[0].job, model(of), of, Place(**at), NONE, running=running),))


def test_every_page_is_read_into_the_index_once_and_new_ones_each_year() -> None:
    # 3,000 documents x 4 pages x 800 tokens = 9.6 million tokens at 0.01 a million: 0.096. 15 % of it each year.
    setup, business = searching(Helper("embedding", None, EMBEDDING, 0.0))
    line = lines_of(setup, business)["index"]
    assert line.once[0] == pytest.approx(0.096)
    assert line.total[0] == pytest.approx(0.096 * (1 + 0.15 * 3))


def test_scans_are_read_as_pages_first() -> None:
    # Half of 12,000 pages are pictures where scans are named beside typed files: 6,000 pages at 1.50 a thousand = 9.
    helpers = Helper("embedding", None, EMBEDDING, 0.0), Helper("ocr", None, READER, 0.0)
    some, business = searching(*helpers, document_shapes=(DocumentShape.TYPED, DocumentShape.SCANS))
    assert lines_of(some, business)["index"].once[0] == pytest.approx(0.096 + 9.0)
    # All of them where nothing but scans is named: 18.
    scans, business = searching(*helpers, document_shapes=(DocumentShape.SCANS,))
    assert lines_of(scans, business)["index"].once[0] == pytest.approx(0.096 + 18.0)


def test_on_a_machine_of_ones_own_the_index_takes_hours_and_their_electricity() -> None:
    # 9.6 million tokens are 24,000 passages.
    business = firm(FIND, document_count=DocumentCount.TO_10000)
    helper = Helper("embedding", model("bge-m3"), None, 2.0)
    own = server(business)
    own = Setup((replace(own.candidates[0], helpers=(helper,)),))
    line = lines_of(own, business)["index"]
    inputs = {item.name: item.value for item in line.inputs}
    hours = 24_000 * inputs["index_embedding_seconds"] / 3600
    kwh = hours * inputs["index_watts"] / 1000 * 1.6
    assert inputs["index_watts"] == 300 + 120
    assert line.once[0] == pytest.approx(kwh * business.numbers["electricity"].central)


def test_on_a_rented_machine_the_index_takes_hours_that_are_paid_for() -> None:
    business = firm(FIND, document_count=DocumentCount.TO_10000)
    helper = Helper("embedding", model("bge-m3"), None, 2.0)
    rented = server(business, route=Route.RENTED_SERVER, offer=HOURLY)
    rented = Setup((replace(rented.candidates[0], helpers=(helper,)),))
    assert "index" not in lines_of(rented, business)


def test_beside_a_hosted_model_an_office_computer_builds_the_index() -> None:
    setup, business = searching(Helper("embedding", model("bge-m3"), None, 2.0))
    inputs = {item.name: item.value for item in lines_of(setup, business)["index"].inputs}
    assert inputs["index_pue"] == 1.0


def test_what_no_figure_speaks_to_is_left_out_of_the_index() -> None:
    # A search model of unknown size takes an unknown time; nothing is made up for it.
    unknown = replace(model("bge-m3"), params_total_b=None)
    setup, business = searching(Helper("embedding", unknown, None, 2.0))
    assert "index" not in lines_of(setup, business)


def test_a_job_that_looks_nothing_up_has_no_index() -> None:
    business = firm()
    assert "index" not in lines_of(Setup((hosted_candidate(),)), business)


def with_support(offer: SupportOffer, **more: Any) -> Business:
    facts = replace(catalog(), support_offers=(offer,))
    return firm(facts=facts, tried=WhatIf(growth=0.0, support=offer.slug), **more)


def test_paid_support_is_off_until_it_is_switched_on() -> None:
    business = firm(facts=replace(catalog(), support_offers=(SUPPORT,)))
    assert "support" not in lines_of(server(business), business)
    (offered,) = options(case_of(server(business), business))
    assert (offered.slug, offered.month.central, offered.chosen) == ("care", 100.0, False)


def test_support_for_a_machine_is_paid_for_each_machine() -> None:
    # 1,200 a year for one machine: 100 a month, 3,600 over 36 months.
    business = with_support(SUPPORT)
    line = lines_of(server(business), business)["support"]
    assert line.month[0] == pytest.approx(100.0)
    assert line.total[0] == pytest.approx(3_600.0)
    assert options(case_of(server(business), business))[0].chosen


def test_support_of_a_rented_machine_follows_the_machines_of_each_month() -> None:
    business = with_support(SUPPORT)
    rented = server(business, route=Route.RENTED_SERVER, offer=HOURLY)
    assert lines_of(rented, business)["support"].total[0] == pytest.approx(3_600.0)


def test_support_for_people_is_paid_for_each_of_them() -> None:
    # 19 a month each for 8 people: 152 a month.
    seats = replace(SUPPORT, kind="application_support", unit="seat_month", price=19.0, jobs=("write_reply",))
    business = with_support(seats, ai_users=8)
    assert lines_of(server(business), business)["support"].month[0] == pytest.approx(152.0)


def test_a_retainer_is_paid_for_the_business_in_its_own_country() -> None:
    # 2,000 to 8,000 a month: 5,000 in the middle.
    retainer = replace(
        SUPPORT, kind="integrator_retainer", vendor_country="DE", unit="month", price=None, price_low=2_000.0,
        price_high=8_000.0,
    )  # fmt: skip
    business = with_support(retainer)
    hosted = Setup((hosted_candidate(),))
    assert lines_of(hosted, business)["support"].month[0] == pytest.approx(5_000.0)
    (offered,) = options(case_of(hosted, business))
    assert (offered.month.low, offered.month.central, offered.month.high) == (2_000.0, 5_000.0, 8_000.0)
    abroad = with_support(replace(retainer, vendor_country="GB"))
    assert "support" not in lines_of(hosted, abroad)


@pytest.mark.parametrize(
    "other",
    [{"price": None}, {"unit": "project"}, {"currency": None}],
)
def test_support_without_a_running_price_cannot_be_switched_on(other: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="support: 'care' is not in the catalog, or has no public price"):
        with_support(replace(SUPPORT, **other))
    business = firm(facts=replace(catalog(), support_offers=(replace(SUPPORT, **other),)))
    assert options(case_of(server(business), business)) == ()


@pytest.mark.parametrize("kind", ["os_support", "application_support", "platform_plan"])
def test_support_of_machines_and_programs_says_nothing_to_a_hosted_service(kind: str) -> None:
    business = with_support(replace(SUPPORT, kind=kind, jobs=("write_reply",)))
    assert "support" not in lines_of(Setup((hosted_candidate(),)), business)


def test_support_nobody_sells_is_named() -> None:
    with pytest.raises(ValueError, match="support: 'moon' is not in the catalog"):
        firm(tried=WhatIf(support="moon"))


def test_instructions_take_hours_of_staff_for_each_job() -> None:
    # 4 hours for one job at the German average of 41.30.
    business = firm()
    line = lines_of(Setup((hosted_candidate(),)), business)["prompting"]
    assert line.once[0] == pytest.approx(4 * 41.3)
    assert line.own_labor


def test_trained_staff_need_no_training() -> None:
    assert "training" not in lines_of(Setup((hosted_candidate(),)), firm(readiness=Readiness.TRAINED))
    assert "training" in lines_of(Setup((hosted_candidate(),)), firm(readiness=Readiness.SOME))


TUNED = WhatIf(growth=0.0, adaptation=Adaptation.FINE_TUNING)


def tuned(**more: Any) -> Business:
    facts = replace(catalog(), cloud_offers=(HOURLY,))
    return firm(facts=facts, tried=TUNED, hourly_cost=50.0, **more)


def test_training_is_off_until_it_is_switched_on() -> None:
    business = firm()
    assert "fine_tuning" not in lines_of(server(business), business)


def test_training_is_examples_evaluation_and_hours_of_a_machine() -> None:
    # 1,000 examples of 1,400 x 1.24 tokens shown 3 times in 3 runs to 12 billion parameters, 6 operations each;
    # an L40S of 362 TFLOPS reaches 30 % of it. The machine is the business's own: 420 W x 1.6.
    business = tuned()
    line = lines_of(server(business), business)["fine_tuning"]
    inputs = {item.name: item.value for item in line.inputs}
    operations = 6 * inputs["active_parameters"] * 1e9 * 1000 * inputs["tokens_per_example"] * 3 * 3
    hours = operations / (inputs["training_tflops"] * 1e12 * 0.3) / 3600
    machine = hours * 0.42 * 1.6 * business.numbers["electricity"].central
    people = 1000 / 100 * 8 * 41.3 + 16 * 50
    assert hours > 1
    assert line.once[0] == pytest.approx(people + 12 * 50 + machine)
    # Once more in each of three years, without new examples.
    assert line.total[0] == pytest.approx(people + (12 * 50 + machine) * 4)


def test_what_the_own_machine_cannot_train_is_trained_on_a_rented_one() -> None:
    # A computer without the usual training programs: the L40S at 2 an hour is rented.
    business = tuned()
    setup = server(business, device=device("l40s", runtimes=("llama.cpp",)))
    line = lines_of(setup, business)["fine_tuning"]
    inputs = {item.name: item.value for item in line.inputs}
    assert inputs["training_rent_hour"] == 2.0
    assert "training_watts" not in inputs


def test_a_small_training_is_billed_for_an_hour() -> None:
    business = tuned()
    small = server(business, of="qwen3-5-2b", device=device("l40s", runtimes=("llama.cpp",)))
    few = replace(business.numbers["fine_tuning_examples"], low=10, central=10, high=10)
    business = replace(business, numbers={**business.numbers, "fine_tuning_examples": few})
    line = lines_of(small, business)["fine_tuning"]
    assert line.once[0] == pytest.approx(10 / 100 * 8 * 41.3 + 16 * 50 + 12 * 50 + 1 * 2.0)


def test_a_model_too_large_for_every_machine_allowed_is_not_trained() -> None:
    # 0.75 GB for each of 428 billion parameters: 321 GB; the only machine holds 48.
    business = tuned()
    assert trainer(model("minimax-m3"), server(business).candidates[0].place, business) is None
    assert "fine_tuning" not in lines_of(server(business, of="minimax-m3"), business)


def test_a_model_of_unknown_size_and_a_hosted_one_are_not_trained() -> None:
    business = tuned()
    place = server(business).candidates[0].place
    assert trainer(replace(model("gemma-4-12b"), params_total_b=None), place, business) is None
    assert trainer(model("gemma-4-12b"), hosted_candidate().place, business) is None
    assert trainer(None, place, business) is None


def test_a_plan_without_the_main_job_is_not_trained() -> None:
    business = tuned()
    (candidate,) = server(business).candidates
    other = Setup((replace(candidate, job=Job.TRANSLATE),), (Job.WRITE_REPLY,))
    loads = demand.loads(business, business.middle)
    case = Case(other, business, loads, business.middle)
    assert training_line(case, Working(business, business.middle)) is None


def test_a_foreign_bill_shows_the_rate_its_day_and_the_bank() -> None:
    # 0.895095 euros for a dollar on 30 October 2026, 2 % for the card.
    business = firm(tried=WhatIf(growth=0.0))
    line = lines_of(Setup((hosted_candidate(),)), business)["usage"]
    rate = next(item for item in line.inputs if item.name == "rate_usd")
    assert (rate.value, rate.unit, rate.as_of) == (0.895095, "EUR for one USD", "2026-10-30")
    (own,) = [lines_of(Setup((replace(hosted_candidate(), price=replace(PRICE, currency="EUR")),)), business)["usage"]]
    assert line.month[0] == pytest.approx(own.month[0] * 0.895095 * 1.02)
    assert not {"rate_usd", "fx", "card_margin"} & {item.name for item in own.inputs}


def test_a_rate_between_two_foreign_currencies_has_the_older_day() -> None:
    rows = {row.currency: row for row in catalog().fx}
    business = firm(
        currency="GBP",
        facts=replace(catalog(), fx=(rows["EUR"], rows["GBP"], replace(rows["CNY"], as_of="2026-09-01"))),
    )
    number = business.exchange("CNY")
    assert number.central == pytest.approx(rows["GBP"].units_per_usd / rows["CNY"].units_per_usd)
    assert number.as_of == "2026-09-01"


def test_in_dollars_the_rate_moves_as_the_euro_does() -> None:
    rows = {row.currency: row for row in catalog().fx}
    number = firm(country="US", currency="USD").numbers["fx"]
    assert number.low == pytest.approx(rows["EUR"].units_per_usd / rows["EUR"].units_per_usd_high_12m)
    assert number.high == pytest.approx(rows["EUR"].units_per_usd / rows["EUR"].units_per_usd_low_12m)


def test_a_machine_by_the_hour_runs_a_quarter_longer_than_work() -> None:
    # 146.67 hours x 1.25 x 2 = 366.67 a month.
    business = firm(tried=WhatIf(growth=0.0))
    rented = server(business, route=Route.RENTED_SERVER, offer=HOURLY)
    assert lines_of(rented, business)["rent"].month[0] == pytest.approx(220 * 8 / 12 * 1.25 * 2)


def test_where_customers_ask_around_the_clock_it_runs_all_month() -> None:
    # 730 hours x 2 = 1,460; the monthly price of 500 is less and is taken.
    business = firm(Job.ANSWER_CUSTOMERS, tried=WhatIf(growth=0.0))
    rented = server(business, route=Route.RENTED_SERVER, offer=HOURLY)
    assert lines_of(rented, business)["rent"].month[0] == pytest.approx(1_460)
    monthly = server(business, route=Route.RENTED_SERVER, offer=replace(HOURLY, price_month=500.0))
    assert lines_of(monthly, business)["rent"].month[0] == pytest.approx(500)


def test_staff_computers_draw_power_only_while_they_work() -> None:
    business = firm(tried=WhatIf(growth=0.0))
    there = server(
        business, route=Route.STAFF_COMPUTERS, owned=True, device=device("mac-mini-m4-32gb", power_watts=60.0)
    )
    (kwh,) = [item.value for item in lines_of(there, business)["electricity"].inputs if item.name == "kwh_month"]
    assert kwh == pytest.approx(86.6667 * 10 / 3600 * 60 / 1000, rel=1e-4)
