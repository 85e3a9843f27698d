"""Demand and bills worked by hand on the shipped facts."""

from dataclasses import replace
from datetime import date

import pytest

from advisor.engine import demand
from advisor.engine.answers import Answers, Job, JobAnswer, LanguageAnswer, LanguageUse, WhatIf
from advisor.engine.assumptions import resolve
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import ApiPrice, PriceChange
from advisor.engine.places import Place
from advisor.engine.prices import price_by_month, usage_terms
from advisor.engine.quality import NONE
from advisor.engine.types import Route
from advisor.engine.working import Working
from tests.samples import AS_OF, catalog

PRICE = ApiPrice(
    slug="hand", category="closed_api", provider="hand", model_name="hand", unit="usd_per_1m_tokens", input=2.0,
    output=10.0, cached_input=0.5, currency="USD", source="hand", as_of="2026-11", grade="published",
)  # fmt: skip


def business(job: Job = Job.WRITE_REPLY, units: float = 10.0, currency: str = "USD", growth: float = 0.0):
    language = (LanguageAnswer("en", LanguageUse.MOSTLY),)
    answers = Answers(country="US", currency=currency, jobs=(JobAnswer(job, units, 10.0),), languages=language)
    return resolve(answers, catalog(), AS_OF, WhatIf(growth=growth))


def test_writing_ten_texts_a_week_in_english() -> None:
    # 10 x 52/12 = 43.33 texts; x 2 requests = 86.67; x 1,150 tokens read = 99,667; x 250 written = 21,667;
    # 37 % of what is read was read before: 36,877. Freed: 43.33 x 10 min x 0.15 / 60 = 1.083 h.
    firm = business()
    (load,) = demand.loads(firm, firm.factors)
    assert load.requests[0] == pytest.approx(86.6667, rel=1e-5)
    assert load.input_tokens[0] == pytest.approx(99_666.67, rel=1e-6)
    assert load.output_tokens[0] == pytest.approx(21_666.67, rel=1e-6)
    assert load.cached_tokens[0] == pytest.approx(36_876.67, rel=1e-6)
    assert load.hours_freed[0] == pytest.approx(1.08333, rel=1e-4)


def test_german_takes_more_tokens_for_the_same_message() -> None:
    firm = business()
    german = replace(firm.answers, languages=(LanguageAnswer("de", LanguageUse.MOSTLY),))
    (english,) = demand.loads(firm, firm.factors)
    other = resolve(german, catalog(), AS_OF)
    (load,) = demand.loads(other, other.factors)
    assert load.input_tokens[0] == pytest.approx(1.33 * english.input_tokens[0])


def test_meetings_count_hours_of_speech() -> None:
    # 6 meetings x 52/12 x 2,520 s / 3,600 = 18.2 hours.
    firm = business(Job.MEETING_NOTES, 6)
    (load,) = demand.loads(firm, firm.factors)
    assert load.audio_hours[0] == pytest.approx(18.2)


def test_working_hours_are_days_times_office_hours() -> None:
    # 220 days x 8 hours / 12 = 146.67 hours a month, both catalog facts.
    assert demand.working_hours_month(catalog()) == pytest.approx(220 * 8 / 12)


def test_the_bill_is_read_reread_and_written_at_their_own_prices() -> None:
    # (99,667 - 36,877) x 2 + 36,877 x 0.5 + 21,667 x 10, per million: 0.12558 + 0.01844 + 0.21667 = 0.36069 USD.
    firm = business()
    loads = demand.loads(firm, firm.factors)
    place = Place(key="hand", route=Route.CLOSED_API, name="hand")
    candidate = Candidate(Job.WRITE_REPLY, None, "hand", place, NONE, price=PRICE)
    terms = usage_terms((candidate,), loads, Working(firm, firm.factors))
    assert terms is not None
    assert terms.month[0] == pytest.approx(0.360685, rel=1e-5)
    assert set(terms.spread().profile) == {1.0}


def billed(job: Job, units: float, row: ApiPrice) -> float:
    firm = business(job, units)
    place = Place(key="hand", route=Route.CLOSED_API, name="hand")
    candidate = Candidate(job, None, "hand", place, NONE, price=row)
    terms = usage_terms((candidate,), demand.loads(firm, firm.factors), Working(firm, firm.factors))
    assert terms is not None
    return float(terms.month[0])


def test_translation_may_be_billed_by_the_character() -> None:
    # 30 pages a week x 52/12 = 130 pages x 1,800 characters = 234,000; at 20 a million 4.68.
    row = replace(PRICE, unit="usd_per_1m_characters", price=20.0)
    assert billed(Job.TRANSLATE, 30.0, row) == pytest.approx(4.68)


def test_speech_is_billed_by_the_hour() -> None:
    # 6 meetings are 18.2 hours a month; at 0.50 an hour 9.10.
    assert billed(Job.MEETING_NOTES, 6.0, replace(PRICE, unit="usd_per_audio_hour", price=0.5)) == pytest.approx(9.1)


def test_a_unit_the_engine_does_not_know_is_named() -> None:
    with pytest.raises(ValueError, match="unit 'usd_per_song' is not known"):
        billed(Job.WRITE_REPLY, 10.0, replace(PRICE, unit="usd_per_song", price=1.0))


def test_an_announced_price_change_starts_in_its_month() -> None:
    # From 21 November 2026: November and December at 2, the other 34 months at 4.
    changed = replace(PRICE, scheduled_changes=(PriceChange(from_date="2027-01-01", input=4.0),))
    months = price_by_month(changed, "input", date(2026, 11, 21), 36)
    assert list(months[:3]) == [2.0, 2.0, 4.0]
    assert months.sum() == 2 * 2.0 + 34 * 4.0
    assert set(price_by_month(changed, "output", date(2026, 11, 21), 36)) == {10.0}


def test_the_announced_doubling_of_a_closed_model_is_in_the_catalog_and_in_the_bill() -> None:
    row = next(row for row in catalog().api_prices if row.model_name == "gemini-3.8-flash")
    months = price_by_month(row, "input", AS_OF, 36)
    assert (months[0], months[-1]) == (0.75, 1.5)


def test_the_bill_of_a_small_model_first_follows_the_share_of_easy_work() -> None:
    # 0.36069 dollars a month from the large model alone (above). The small one costs a tenth; it takes 50 to 88 % of
    # the requests, as the catalog's range says, the large one the rest.
    firm = business()
    number = firm.numbers["easy:write_reply"]
    place = Place(key="hand", route=Route.HOSTED_API, name="hand")
    large = Candidate(Job.WRITE_REPLY, None, "large", place, NONE, price=PRICE)
    tenth = replace(PRICE, input=0.2, output=1.0, cached_input=0.05)
    small = Candidate(Job.WRITE_REPLY, None, "small", place, NONE, price=tenth)
    work = Working(firm, firm.factors)
    terms = usage_terms((replace(large, easy=small),), demand.loads(firm, firm.factors), work)
    assert terms is not None
    assert terms.month[0] == pytest.approx(0.360685 * (1 - 0.9 * number.central), rel=1e-5)
    share = firm.factors["easy:write_reply"]
    assert number.low <= share.min() < number.central < share.max() <= number.high
    alone = usage_terms((large,), demand.loads(firm, firm.factors), Working(firm, firm.factors))
    assert alone is not None
    assert terms.month == pytest.approx(alone.month * (1 - 0.9 * share))
    assert "job1_easy_share" in {item.name for item in work.inputs}


@pytest.mark.parametrize(
    ("job", "unit", "price", "amount"),
    [
        (Job.PICTURES, "usd_per_image", 0.04, "image/month"),
        (Job.READ_DOCUMENTS, "usd_per_1000_pages", 1.5, "1000_pages/month"),
        (Job.THREE_D, "usd_per_model", 0.3, "model/month"),
        (Job.MEETING_NOTES, "usd_per_audio_hour", 0.5, "audio_hour/month"),
        (Job.TRANSLATE, "usd_per_1m_characters", 20.0, "1m_characters/month"),
    ],
)
def test_work_billed_by_something_else_than_tokens_names_its_unit(
    job: Job, unit: str, price: float, amount: str
) -> None:
    firm = business(job)
    place = Place(key="hand", route=Route.CLOSED_API, name="hand")
    candidate = Candidate(job, None, "hand", place, NONE, price=replace(PRICE, unit=unit, input=None, price=price))
    work = Working(firm, firm.factors)
    terms = usage_terms((candidate,), demand.loads(firm, firm.factors), work)
    assert terms is not None
    inputs = {item.name: item for item in work.inputs}
    assert inputs["job1_units"].unit == amount
    assert (inputs["job1_price"].value, inputs["job1_price"].unit) == (price, f"USD/{unit.removeprefix('usd_per_')}")
    assert terms.month[0] == pytest.approx(inputs["job1_units"].value * price)
