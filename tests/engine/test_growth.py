"""Work that grows over the plan: bills, machines and electricity follow it month by month. Worked by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from advisor.engine import demand
from advisor.engine.answers import Answers, Job, JobAnswer, WhatIf
from advisor.engine.assumptions import resolve
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate, Running
from advisor.engine.catalog import ApiPrice, CloudOffer, PriceChange
from advisor.engine.cost import Costs, by_month, totals
from advisor.engine.places import Place
from advisor.engine.quality import NONE
from advisor.engine.sample import Array
from advisor.engine.setup import Setup
from advisor.engine.types import Route
from advisor.engine.working import Line
from tests.engine.hand_made import PRICE, device, firm, hosted_candidate
from tests.samples import AS_OF, catalog

OFFER = CloudOffer(
    slug="hand", provider="hand", gpu="L40S", gpu_count=1, memory_gb_each=48, price_month=500.0, currency="EUR",
    tier="dedicated", setup_fee=90.0, grade="published",
)  # fmt: skip


def growing(growth: float, **more: object) -> Business:
    return firm(tried=WhatIf(growth=growth), **more)


def lines_of(setup: Setup, business: Business) -> dict[str, Line]:
    costs = Costs(business, demand.loads(business, business.middle), business.middle, quiet=False)
    return {line.key: line for line in costs.lines(setup)}


def machine(
    business: Business, share: float, route: Route = Route.OWN_SERVER, offer: CloudOffer | None = None
) -> Setup:
    """A set-up on one machine, of whose capacity the first month's busiest hour takes ``share``."""
    (load,) = demand.loads(business, business.middle)
    running = Running("FP8", 20.0, 1, (10.0, 20.0, 30.0), float(load.peak_per_hour[0]) / share, 10.0)
    place = Place(key="hand", route=route, name="hand", device=device("l40s", power_watts=300.0), offer=offer)
    return Setup((Candidate(Job.WRITE_REPLY, None, "hand", place, NONE, running=running),))


def test_work_grows_by_the_same_amount_each_month() -> None:
    # 12 % a year: 1 % of today's work each month; after a year 1.12, in month 36 (35 months on) 1.35.
    months = demand.course(np.array([0.12]), 36)[:, 0]
    assert (months[0], months[12], months[35]) == pytest.approx((1.0, 1.12, 1.35))
    assert demand.growth_mean(np.array([0.12]), 36)[0] == pytest.approx(months.mean())


def test_the_catalog_says_how_fast_and_how_sure() -> None:
    number = firm().numbers["growth"]
    assert (number.low, number.central, number.high, number.grade) == (0.0, 0.1, 0.3, "assumed")
    (shown,) = [item for item in firm().assumptions if item.key == "growth"]
    assert (shown.central, shown.control) == (0.1, "growth")


def test_growth_that_is_tried_stands_without_a_range_and_is_not_assumed() -> None:
    tried = growing(0.5)
    assert (tried.numbers["growth"].low, tried.numbers["growth"].high) == (0.5, 0.5)
    assert all(item.key != "growth" for item in tried.assumptions)


def test_shrinking_faster_than_a_fifth_a_year_is_refused() -> None:
    assert growing(-0.2).numbers["growth"].central == -0.2
    with pytest.raises(ValueError, match=r"growth: less than -0.2 a year is not reckoned with, got -0.21"):
        growing(-0.21)


def test_the_bill_grows_with_the_work() -> None:
    # 24 % a year: month 1 as today, month 36 1.70 times, mean 1 + 0.24 x 35/24 = 1.35 times.
    flat = lines_of(Setup((hosted_candidate(),)), growing(0.0))["usage"]
    more = lines_of(Setup((hosted_candidate(),)), growing(0.24))["usage"]
    assert more.month[0] == pytest.approx(1.35 * flat.month[0])
    assert more.by_month[[0, 35]] == pytest.approx(flat.month[0] * np.array([1.0, 1.70]))
    # The first year: mean of 1.00 to 1.22 is 1.11.
    assert more.first_year[0] == pytest.approx(12 * 1.11 * flat.month[0])


def test_an_announced_price_is_paid_from_its_month_on_the_work_of_that_month() -> None:
    # 2 per million for November and December, 4 from January 2027; work grows 1 % of today's a month.
    changed = replace(
        PRICE, output=0.0, cached_input=None, scheduled_changes=(PriceChange(from_date="2027-01-01", input=4.0),)
    )
    business = growing(0.12)
    line = lines_of(Setup((replace(hosted_candidate(), price=changed),)), business)["usage"]
    months = line.by_month
    assert months[2] / months[1] == pytest.approx(2 * 1.02 / 1.01)
    assert months.sum() == pytest.approx(line.total[0])
    first_year = (2 * (1.00 + 1.01) + 4 * sum(1 + month / 100 for month in range(2, 12))) / 2.0
    assert line.first_year[0] == pytest.approx(first_year * months[0])


def test_a_launch_price_that_ends_is_a_change_like_any_other() -> None:
    pictures = ApiPrice(
        slug="hand", category="image_generation", provider="hand", model_name="hand", unit="usd_per_image", price=0.02,
        currency="USD", scheduled_changes=(PriceChange(from_date="2026-12-24", price=0.04),), source="hand",
        as_of="2026-11", grade="published",
    )  # fmt: skip
    business = growing(0.0, job=Job.PICTURES)
    months = lines_of(Setup((replace(hosted_candidate(Job.PICTURES), price=pictures),)), business)["usage"].by_month
    assert months[1] == pytest.approx(2 * months[0])
    assert months[35] == pytest.approx(months[1])


def test_a_second_machine_is_bought_in_the_month_that_needs_it() -> None:
    # 90 % full, 24 % a year: full at 1/0.9 = 1.111 times, after 5.6 months: the seventh month buys the second.
    business = growing(0.24)
    lines = lines_of(machine(business, 0.9), business)
    bought = lines["purchase"]
    months = bought.by_month
    assert list(np.flatnonzero(months)) == [0, 6]
    assert months[6] == pytest.approx(months[0])
    assert bought.total[0] == pytest.approx(2 * months[0])
    assert bought.first_year[0] == pytest.approx(2 * months[0])
    # A fifth of both is got back at the end.
    assert lines["resale"].by_month[35] == pytest.approx(-0.2 * 2 * months[0])


def test_the_first_year_pays_no_machine_of_the_second() -> None:
    # Full at 1.111 times; 6 % a year reaches that after 22.2 months.
    business = growing(0.06)
    bought = lines_of(machine(business, 0.9), business)["purchase"]
    assert list(np.flatnonzero(bought.by_month)) == [0, 23]
    assert bought.first_year[0] == pytest.approx(bought.once[0])


def test_a_second_machine_is_rented_from_the_month_that_needs_it() -> None:
    # Six months of one machine and thirty of two: 66 machine-months at 500, and two set-up fees of 90.
    business = growing(0.24)
    rent = lines_of(machine(business, 0.9, Route.RENTED_SERVER, OFFER), business)["rent"]
    assert rent.total[0] == pytest.approx(66 * 500 + 2 * 90)
    assert rent.by_month[[0, 1, 5, 6, 7]] == pytest.approx([590, 500, 500, 1090, 1000])
    # First year: 6 x 500 + 6 x 1,000 + 2 x 90.
    assert rent.first_year[0] == pytest.approx(9_180)


def test_when_work_shrinks_rented_machines_go_and_bought_ones_stay() -> None:
    # 1.05 machines' worth falls below one when work is at 1/1.05 = 0.952: after 2.9 months at 20 % a year.
    business = growing(-0.2)
    rent = lines_of(machine(business, 1.05, Route.RENTED_SERVER, OFFER), business)["rent"]
    assert rent.total[0] == pytest.approx((3 * 2 + 33) * 500 + 2 * 90)
    bought = lines_of(machine(business, 1.05), business)
    assert list(np.flatnonzero(bought["purchase"].by_month)) == [0]
    kwh = next(item.value for item in bought["electricity"].inputs if item.name == "kwh_month")
    assert kwh > 2 * 0.3 * 420 * 730 / 1000  # two machines of 300 W and 120 W around it rest all month, x PUE 1.6


def test_electricity_is_resting_power_all_month_and_the_rest_while_busy() -> None:
    # One machine, 420 W, 30 % of it at rest. Busy: 86.667 requests of 10 s = 0.24074 h in the first month.
    # (0.126 x 730 + 0.24074 x 0.294) x 1.6 = 147.28 kWh, at no growth in every month.
    business = growing(0.0)
    line = lines_of(machine(business, 0.5), business)["electricity"]
    kwh = next(item.value for item in line.inputs if item.name == "kwh_month")
    assert kwh == pytest.approx((0.42 * 0.3 * 730 + 86.6667 * 10 / 3600 * 0.42 * 0.7) * 1.6, rel=1e-5)
    assert line.month[0] == pytest.approx(kwh * business.numbers["electricity"].central)


def test_a_machine_is_chosen_for_the_peak_of_the_last_month() -> None:
    (load,) = demand.loads(growing(0.24), growing(0.24).middle)
    assert load.peak_at_end[0] == pytest.approx(1.7 * load.peak_per_hour[0])
    (shrinking,) = demand.loads(growing(-0.2), growing(-0.2).middle)
    assert shrinking.peak_at_end[0] == shrinking.peak_per_hour[0]


def total(business: Business, setup: Setup) -> Array:
    return totals(tuple(lines_of(setup, business).values()))


def test_more_growth_never_costs_less() -> None:
    growths = (-0.2, 0.0, 0.1, 0.3, 1.0)
    for build in (lambda business: Setup((hosted_candidate(),)), lambda business: machine(business, 0.8)):
        costs = [total(growing(growth), build(growing(growth)))[0] for growth in growths]
        assert costs == sorted(costs)


@pytest.mark.parametrize("months", [12, 18, 60])
def test_months_add_up_to_the_total_whatever_the_horizon(months: int) -> None:
    answers = Answers(
        country="DE", currency="EUR", jobs=(JobAnswer(Job.WRITE_REPLY, 10, 10.0),), horizon_months=months
    )  # fmt: skip
    business = resolve(answers, catalog(), AS_OF, WhatIf(growth=0.3))
    lines = tuple(lines_of(machine(business, 0.9), business).values())
    assert len(by_month(lines)) == months
    assert by_month(lines).sum() == pytest.approx(totals(lines)[0])
    if months == 12:
        assert sum(line.first_year[0] for line in lines) == pytest.approx(totals(lines)[0])
    assert business.as_of == date(2026, 11, 21)
