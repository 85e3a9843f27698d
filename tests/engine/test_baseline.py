from dataclasses import replace
from datetime import date

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
    # 10 seats for 200, 6 people use AI: 4 of 10 seats, 80 a month.
    kept = describe(business(TOOL, users=6), Route.HOSTED_API)
    assert kept.tools[0].idle_seats_month == 80.0


def test_without_spending_a_usual_product_is_a_reference_and_no_saving() -> None:
    kept = describe(business(), Route.HOSTED_API)
    assert not kept.has_baseline
    assert kept.total == 0.0
    assert kept.reference_product is not None
    assert kept.reference_month > 0
