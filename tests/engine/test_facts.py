"""What fills a gap: figures of the country, of the sector, or an assumption that says so. Hand-worked rows."""

from dataclasses import replace
from typing import Any

import pytest

from advisor.engine import facts
from advisor.engine.answers import Answers, Information, ItSupport, Job, JobAnswer, ProcessingLocation
from advisor.engine.assumptions import resolve
from advisor.engine.catalog import Electricity, Rate
from tests.samples import AS_OF, catalog


def rate(slug: str, kind: str, key: str, **more: Any) -> Rate:
    return Rate(slug=slug, kind=kind, key=key, unit="per hour", grade="published", **more)


def answers(country: str = "DE", currency: str = "EUR", **more: Any) -> Answers:
    return Answers(country=country, currency=currency, jobs=(JobAnswer(Job.WRITE_REPLY, 10, 5),), **more)


def numbers(of: Answers, **changed: Any):
    return resolve(of, replace(catalog(), **changed), AS_OF).numbers


def test_a_currency_without_a_rate_is_named() -> None:
    with pytest.raises(ValueError, match="currency: the catalog has no exchange rate for 'XXX'"):
        facts.cross_rate(catalog(), "USD", "XXX")


def test_two_currencies_are_exchanged_through_the_dollar() -> None:
    by_currency = {row.currency: row.units_per_usd for row in catalog().fx}
    assert facts.cross_rate(catalog(), "EUR", "GBP") == pytest.approx(by_currency["GBP"] / by_currency["EUR"])


def test_dollars_do_not_move_against_dollars() -> None:
    number = facts.fx_number(replace(catalog(), fx=()), "USD")
    assert (number.low, number.central, number.high) == (1.0, 1.0, 1.0)


def test_a_job_without_a_profile_is_named() -> None:
    with pytest.raises(ValueError, match="jobs: the catalog has no profile for"):
        facts.job_profile(replace(catalog(), job_profiles=()), Job.WRITE_REPLY)


def test_no_job_at_all_is_named() -> None:
    with pytest.raises(ValueError, match="jobs: choose at least one job"):
        resolve(replace(answers(), jobs=()), catalog(), AS_OF)


def test_a_volume_no_sector_speaks_of_is_assumed() -> None:
    silent = tuple(replace(sector, weekly_volume_per_employee=()) for sector in catalog().sectors)
    number = facts.weekly_volume(replace(catalog(), sectors=silent), silent[0], Job.WRITE_REPLY, 10)
    assert (number.low, number.central, number.high, number.grade) == (5, 20, 60, "assumed")


def test_a_range_without_a_middle_takes_its_middle() -> None:
    number = facts.rate_number(rate("r", "any", "any", low=10.0, high=30.0), times=2.0)
    assert (number.low, number.central, number.high) == (20.0, 40.0, 60.0)


def test_a_rate_without_a_figure_is_named() -> None:
    with pytest.raises(ValueError, match=r"rates\[empty\]: no figure"):
        facts.rate_number(rate("empty", "any", "any"))


def test_own_computer_staff_cost_their_published_wage_with_what_the_employer_adds() -> None:
    wage = rate("wage", "labor_cost_hour", facts.IT_WAGE, country="DE", currency="EUR", value=40.0)
    number = numbers(answers(it_support=ItSupport.OWN_STAFF), rates=(*catalog().rates, wage))["it_hourly"]
    assert number.central == pytest.approx(40.0 * facts.EMPLOYER_ON_TOP)


def test_without_a_call_out_rate_an_outside_firm_costs_a_markup_on_staff() -> None:
    kept = tuple(row for row in catalog().rates if row.kind != "it_support_rate")
    markup = facts.rate_number(next(row for row in kept if row.key == "outside_firm_markup"))
    found = numbers(answers(it_support=ItSupport.OUTSIDE_FIRM), rates=kept)
    assert found["it_hourly"].central == pytest.approx(found["staff_hourly"].central * markup.central)
    assert found["it_hourly"].grade == "assumed"


def test_electricity_of_an_unknown_country_spans_all_the_known_ones() -> None:
    # 0.10, 0.30 and 0.20 dollars: from 0.10 to 0.30, with 0.20 in the middle.
    rows = tuple(
        Electricity(
            slug=country, country=country, price_kwh=price, currency="USD", suits_sme="good", grade="published",
        )
        for country, price in (("AA", 0.10), ("BB", 0.30), ("CC", 0.20))
    )  # fmt: skip
    number = numbers(answers("US", "USD"), electricity=rows)["electricity"]
    assert (number.low, number.central, number.high, number.grade) == (0.10, 0.20, 0.30, "assumed")


@pytest.mark.parametrize(
    ("information", "location"),
    [
        (Information.PUBLIC, ProcessingLocation.ANYWHERE),
        (Information.PERSONAL, ProcessingLocation.REGION),
        (Information.PAYMENT, ProcessingLocation.REGION),
        (Information.SECRETS, ProcessingLocation.OWN_EQUIPMENT),
        (Information.CONTROLLED, ProcessingLocation.OWN_EQUIPMENT),
    ],
)
def test_not_sure_where_means_as_near_as_the_information_asks(
    information: Information, location: ProcessingLocation
) -> None:
    assert resolve(answers(information=(information,)), catalog(), AS_OF).location is location
