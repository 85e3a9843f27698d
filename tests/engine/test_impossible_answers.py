"""Figures that cannot be meant are refused at the door, by field."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest

from advisor.engine.answers import Answers, CurrentTool, Job, JobAnswer, OwnComputer, WhatIf, WouldStop
from advisor.engine.assumptions import resolve
from tests.samples import AS_OF, catalog

FINE = Answers(country="DE", currency="EUR", jobs=(JobAnswer(Job.WRITE_REPLY, 10, 5),))
TOOL = CurrentTool("Tool", 3, 30.0, None, WouldStop.YES)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"jobs": (JobAnswer(Job.WRITE_REPLY, nan, 5),)}, r"jobs\[0\].units_per_week: expected a finite number"),
        ({"jobs": (JobAnswer(Job.WRITE_REPLY, 10, inf),)}, r"jobs\[0\].minutes_each: expected a finite number"),
        ({"jobs": (JobAnswer(Job.WRITE_REPLY, -1, 5),)}, r"jobs\[0\].units_per_week: -1 is below 0"),
        ({"jobs": ()}, "jobs: choose at least one job"),
        ({"hourly_cost": -50.0}, "hourly_cost: -50 is below 0"),
        ({"budget_month": -inf}, "budget_month: expected a finite number"),
        ({"staff_count": 0}, "staff_count: 0 is below 1"),
        ({"horizon_months": 0}, "horizon_months: 0 is below 1"),
        (
            {"current_tools": (TOOL, replace(TOOL, price_month=-30.0))},
            r"current_tools\[1\].price_month: -30 is below 0",
        ),
        ({"own_computers": (OwnComputer(None, 24.0, 0),)}, r"own_computers\[0\].count: 0 is below 1"),
    ],
)
def test_a_figure_that_cannot_be_meant_is_named(changed: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        resolve(replace(FINE, **changed), catalog(), AS_OF)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"volume": nan}, "what_if.volume: expected a finite number"),
        ({"price": -1.0}, "what_if.price: -1 is below 0"),
        ({"users": 0}, "what_if.users: 0 is below 1"),
        ({"growth": -1.5}, "what_if.growth: -1.5 is below -1"),
    ],
)
def test_a_change_that_cannot_be_meant_is_named(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        resolve(FINE, catalog(), AS_OF, WhatIf(**changes))


def test_work_may_shrink_and_a_price_may_be_nothing() -> None:
    assert resolve(FINE, catalog(), AS_OF, WhatIf(growth=-0.1, price=0.0)).users >= 1
