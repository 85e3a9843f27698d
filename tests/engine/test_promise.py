"""The promise "up to 90 % less" beside a firm's own saving, worked by hand on 200 a month, 7,200 over 36 months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from advisor.engine import demand
from advisor.engine.answers import CurrentTool, WouldStop
from advisor.engine.cost import Costs
from advisor.engine.promise import against_promise
from advisor.engine.recommend import recommend
from advisor.engine.requirements import requirements
from advisor.engine.setup import Setup
from advisor.engine.types import Promise
from tests.engine.hand_made import firm, hosted_candidate
from tests.samples import AS_OF, NAMES, answers, catalog, evaluate, recommendation

TOOL = CurrentTool("Chat seats", 10, 200.0, None, WouldStop.YES)
STOPPED = np.array([7_000.0] * 5)


def promise(saving: list[float], per_use: float | None = None, tool: CurrentTool = TOOL, users: int = 10) -> Promise:
    found = against_promise(np.array(saving), STOPPED, firm(current_tools=(tool,), ai_users=users), per_use)
    assert found is not None
    return found


def test_the_chance_is_the_share_of_cases_above_the_promise() -> None:
    # 90 % of 7,200 is 6,480: of four cases one lies above it, and one at it keeps no more than it promises.
    assert promise([3_600.0, 6_480.0, 6_480.01, 0.0, -720.0]).chance == 0.25


def test_the_saving_is_told_as_a_share_of_what_is_paid() -> None:
    # 3,600, of cases from -720 to 6,480 in steps of 1,800: percentiles 10 and 90 are 0 and 5,760 of 7,200.
    found = promise([3_600.0, -720.0, 1_080.0, 2_880.0, 4_680.0, 6_480.0])
    assert (found.share.low, found.share.central, found.share.high) == (0.0, 0.5, 0.8)
    assert found.spread[0] == pytest.approx((-720 + 4 * 0.025 * 1_800) / 7_200, abs=1e-4)
    assert list(found.spread) == sorted(found.spread)
    assert len(found.spread) == 20


def test_a_loss_is_a_share_below_nothing() -> None:
    assert promise([-7_200.0, -7_200.0]).share.central == -1.0


def test_paying_per_use_and_openness_make_up_the_saving() -> None:
    # Closed pay-per-use would save 4,320 = 60 %; the plan saves 3,600 = 50 %, so the open model costs 10 % of today.
    found = promise([3_600.0, 3_600.0], per_use=4_320.0)
    assert (found.from_paying_per_use, found.from_openness) == (0.6, -0.1)


def test_without_a_closed_service_nothing_is_said_of_what_the_saving_is_made_of() -> None:
    found = promise([3_600.0, 3_600.0])
    assert (found.from_paying_per_use, found.from_openness) == (None, None)


def test_seats_nobody_uses_are_told_apart_and_once_together() -> None:
    # 4 of 10 seats for 80 a month, from month 12 on: 24 x 80 = 1,920 of 7,200.
    tool = replace(TOOL, contract_end=date(2027, 11, 21))
    found = promise([720.0, 720.0], tool=tool, users=6)
    assert found.from_idle_seats == pytest.approx(1_920 / 7_200, abs=1e-4)
    assert found.with_idle_seats == pytest.approx(0.1 + 1_920 / 7_200, abs=1e-4)


def test_no_plan_can_save_more_than_stops() -> None:
    assert promise([0.0, 0.0]).most == pytest.approx(7_000 / 7_200, abs=1e-4)


def test_nothing_is_promised_to_those_who_pay_nothing() -> None:
    assert against_promise(np.array([-10.0, -10.0]), np.zeros(2), firm(), None) is None
    assert requirements(Setup((hosted_candidate(),)), firm()) == ()


def test_the_spending_at_which_the_promise_is_kept_follows_from_what_stops() -> None:
    # Of 7,200 times s, 7,000 times s stops after a month. It costs c: 7,000 s - c = 0.9 x 7,200 s at s = c / 520.
    business, setup = firm(current_tools=(TOOL,), ai_users=10), Setup((hosted_candidate(),))
    cost = float(Costs(business, demand.loads(business, business.middle), business.middle).total(setup)[0])
    assert 520 < cost < 20 * 520
    found = {each.key: each for each in requirements(setup, business)}
    assert found["current_spend"].factor == pytest.approx(cost / 520, abs=2e-3)
    assert found["current_spend"].value == pytest.approx(200 * cost / 520, rel=1e-3)
    assert {each.becomes for each in found.values()} == {"promise"}


def test_where_the_promise_is_kept_already_nothing_more_is_required() -> None:
    rich = replace(TOOL, price_month=200_000.0)
    assert requirements(Setup((hosted_candidate(),)), firm(current_tools=(rich,), ai_users=10)) == ()


def test_where_too_little_stops_nothing_moved_keeps_the_promise() -> None:
    kept = replace(TOOL, would_stop=WouldStop.PARTLY)  # about half: 3,500 of 7,200
    assert requirements(Setup((hosted_candidate(),)), firm(current_tools=(kept,), ai_users=10)) == ()


def test_the_whole_advice_keeps_the_promise_at_what_it_says_would_do() -> None:
    given, (need,) = answers("software_studio"), recommendation("software_studio").requirements
    assert need.key == "current_spend"
    for factor, is_kept in ((need.factor * 1.01, True), (need.factor * 0.99, False)):
        tools = tuple(replace(tool, price_month=tool.price_month * factor) for tool in given.current_tools or ())
        made = recommend(replace(given, current_tools=tools), catalog(), as_of=AS_OF)
        plan = next(plan for plan in made.plans if plan.key == made.recommended)
        assert plan.savings.promise is not None
        assert (plan.savings.promise.share.central >= 0.9) is is_kept


@pytest.mark.parametrize("name", NAMES)
def test_every_share_of_the_samples_agrees_with_its_amount_and_its_working(name: str) -> None:
    made = recommendation(name)
    traces = {trace.key: trace for trace in made.traces}
    assert not made.requirements or made.keep.has_baseline
    for plan in made.plans:
        found, saved = plan.savings.promise, plan.savings
        assert (found is None) is not made.keep.has_baseline
        if found is not None:
            assert found.share.central == saved.share_of_current
            assert found.share.low <= found.spread[10] <= found.share.high
            assert evaluate(traces[f"{plan.key}.share"]) == pytest.approx(found.share.central, abs=1e-4)
            assert traces[f"{plan.key}.promise"].value == found.chance <= saved.chance
