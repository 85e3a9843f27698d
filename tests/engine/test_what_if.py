"""Changes tried out on top of the answers."""

import pytest

from advisor.engine.answers import Answers, Job, JobAnswer, WhatIf
from advisor.engine.assumptions import resolve
from tests.samples import AS_OF, catalog

FIRM = Answers(
    country="DE", currency="EUR", jobs=(JobAnswer(Job.WRITE_REPLY, 10, 5),), staff_count=20, ai_users=8, hourly_cost=60
)


def central(name: str, **changes: float) -> float:
    return resolve(FIRM, catalog(), AS_OF, WhatIf(**changes)).numbers[name].central  # type: ignore[arg-type]


def test_nothing_tried_changes_nothing() -> None:
    assert resolve(FIRM, catalog(), AS_OF, WhatIf()) == resolve(FIRM, catalog(), AS_OF)


def test_more_people_and_another_hourly_cost_take_the_place_of_the_answers() -> None:
    assert (central("users"), central("users", users=16)) == (8, 16)
    assert (central("it_hourly"), central("it_hourly", hourly_cost=90.0)) == (60, 90)


def test_work_that_costs_nothing_an_hour_can_be_tried() -> None:
    assert central("it_hourly", hourly_cost=0.0) == 0.0


@pytest.mark.parametrize("name", ["price", "hardware"])
def test_half_the_price_halves_services_and_machines(name: str) -> None:
    assert central(name, price=0.5) == pytest.approx(central(name) / 2)


def test_three_times_the_volume_is_three_times_the_work() -> None:
    assert central("volume:write_reply", volume=3.0) == pytest.approx(3 * central("volume:write_reply"))


def test_a_planning_value_the_owner_knows_stands_without_a_range() -> None:
    tried = resolve(FIRM, catalog(), AS_OF, WhatIf(planned=(("setup_hosted_api", 30.0), ("residual", 0.0))))
    for name, value in (("setup_hosted_api", 30.0), ("residual", 0.0)):
        number = tried.numbers[name]
        assert (number.low, number.central, number.high, number.source) == (value, value, value, None)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("moon", 1.0, "planned: 'moon' is no planning value"),
        ("growth", 1.0, "planned: 'growth' is no planning value"),
        ("volume:write_reply", 1.0, "planned: 'volume:write_reply' is no planning value"),
        ("exit", -1.0, "planned: exit must be zero or more, got -1.0"),
        ("exit", float("inf"), "planned: exit must be zero or more, got inf"),
        ("exit", float("nan"), "planned: exit must be zero or more, got nan"),
    ],
)
def test_nothing_else_can_be_replaced_and_by_no_impossible_figure(name: str, value: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        resolve(FIRM, catalog(), AS_OF, WhatIf(planned=((name, value),)))
