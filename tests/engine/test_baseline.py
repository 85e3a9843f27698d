from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from advisor.engine.answers import Answers, CurrentTool, Job, JobAnswer, WouldStop
from advisor.engine.assumptions import resolve
from advisor.engine.baseline import describe, months_until, stopped_spending
from advisor.engine.types import Route
from tests.samples import AS_OF, catalog

TOOL = CurrentTool("Chat seats", 10, 200.0, None, WouldStop.YES)


def business(*tools: CurrentTool, users: int = 10):
    answers = Answers(
        country="DE", currency="EUR", jobs=(JobAnswer(Job.WRITE_REPLY, 10, 5),), current_tools=tools, ai_users=users
    )
    return resolve(answers, catalog(), AS_OF)


@pytest.mark.parametrize(
    ("end", "months"),
    [(None, 0), (date(2026, 11, 1), 0), (date(2026, 12, 21), 1), (date(2026, 12, 31), 2), (date(2027, 11, 21), 12)],
)
def test_months_until_a_contract_has_ended(end: date | None, months: int) -> None:
    assert months_until(end, AS_OF) == months


def test_a_tool_that_stops_saves_from_the_month_after_the_plan_goes_live() -> None:
    # Hosted: live after one month; 35 of 36 months x 200.
    firm = business(TOOL)
    assert stopped_spending(firm, Route.HOSTED_API, firm.factors).stopped[0] == 7_000.0


def test_a_contract_that_runs_on_delays_the_saving() -> None:
    # Ends 21 November 2027, 12 months away: 24 x 200.
    firm = business(replace(TOOL, contract_end=date(2027, 11, 21)))
    assert stopped_spending(firm, Route.HOSTED_API, firm.factors).stopped[0] == 4_800.0


def test_only_what_would_really_stop_counts() -> None:
    firm = business(replace(TOOL, would_stop=WouldStop.NO))
    assert stopped_spending(firm, Route.HOSTED_API, firm.factors).stopped.max() == 0.0


def test_partly_is_half_with_a_range_of_a_quarter_to_three_quarters() -> None:
    firm = business(replace(TOOL, would_stop=WouldStop.PARTLY))
    stopped = stopped_spending(firm, Route.HOSTED_API, firm.factors).stopped
    assert stopped[0] == 3_500.0
    assert 1_750.0 <= stopped.min() < stopped.max() <= 5_250.0


def test_idle_seats_are_a_saving_that_needs_no_model() -> None:
    # 10 seats for 200, 6 people use AI: 4 of 10 seats, 80 a month, at once: 36 x 80.
    kept = describe(business(TOOL, users=6), Route.HOSTED_API)
    (line,) = kept.tools
    assert (line.idle_seats, line.idle_seats_month, line.idle_from_month) == (4, 80.0, 0)
    assert (line.idle_total, kept.idle_total) == (2_880.0, 2_880.0)


def test_idle_seats_are_in_no_plans_saving() -> None:
    # The plan replaces the 6 seats in use: 120 a month for 35 months.
    firm = business(TOOL, users=6)
    assert stopped_spending(firm, Route.HOSTED_API, firm.factors).stopped[0] == 4_200.0
    (line,) = describe(firm, Route.HOSTED_API).tools
    assert (line.stopped_total, line.seats_stop) == (4_200.0, 6.0)


def test_a_contract_keeps_idle_seats_too() -> None:
    # Ends 21 November 2027: 24 of 36 months x 80 for idle seats, 24 x 120 for the others.
    firm = business(replace(TOOL, contract_end=date(2027, 11, 21)), users=6)
    (line,) = describe(firm, Route.HOSTED_API).tools
    assert (line.idle_from_month, line.idle_total, line.stopped_total) == (12, 1_920.0, 2_880.0)


def test_a_contract_that_outlives_the_plan_saves_nothing() -> None:
    firm = business(replace(TOOL, contract_end=date(2031, 1, 1)), users=6)
    (line,) = describe(firm, Route.HOSTED_API).tools
    assert (line.idle_total, line.stopped_total) == (0.0, 0.0)
    assert stopped_spending(firm, Route.HOSTED_API, firm.factors).stopped.max() == 0.0


def test_partly_stops_half_of_the_seats_in_use() -> None:
    # 6 seats in use, half of them stop: 3 seats, 60 a month; the range runs from a quarter to three quarters.
    firm = business(replace(TOOL, would_stop=WouldStop.PARTLY), users=6)
    (line,) = describe(firm, Route.HOSTED_API).tools
    assert (line.seats_stop, line.stopped_total) == (3.0, 35 * 60.0)
    stopped = stopped_spending(firm, Route.HOSTED_API, firm.factors).stopped
    assert 35 * 30.0 <= stopped.min() < stopped.max() <= 35 * 90.0


def test_a_bill_that_is_not_by_seats_names_no_seats() -> None:
    (line,) = describe(business(replace(TOOL, people=None)), Route.HOSTED_API).tools
    assert (line.seats_stop, line.idle_seats, line.idle_total) == (None, 0, 0.0)


def test_months_before_a_contract_ends_are_paid_month_by_month() -> None:
    # A machine is live after two months; the contract ends after three.
    firm = business(replace(TOOL, contract_end=date(2027, 2, 21)))
    months = stopped_spending(firm, Route.OWN_SERVER, firm.factors).by_month
    assert list(months[:4]) == [0.0, 0.0, 0.0, 200.0]
    free = business(TOOL)
    assert list(stopped_spending(free, Route.OWN_SERVER, free.factors).by_month[:3]) == [0.0, 0.0, 200.0]


def test_the_spending_of_today_can_be_scaled_point_by_point() -> None:
    firm = business(TOOL)
    stopped = stopped_spending(firm, Route.HOSTED_API, firm.middle, np.array([0.5, 1.0, 2.0])).stopped
    assert list(stopped) == [3_500.0, 7_000.0, 14_000.0]


def test_without_spending_a_usual_product_is_a_reference_and_no_saving() -> None:
    kept = describe(business(), Route.HOSTED_API)
    assert not kept.has_baseline
    assert kept.total == 0.0
    assert kept.reference_product is not None
    assert kept.reference_month > 0
