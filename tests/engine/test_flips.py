"""Flip points, checked by asking for the whole advice again on both sides of them."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from advisor.engine.answers import Answers, WhatIf
from advisor.engine.flips import roots
from advisor.engine.grid import Flags
from advisor.engine.recommend import recommend
from advisor.engine.sample import Array
from advisor.engine.types import Flip, Recommendation
from tests.samples import AS_OF, NAMES, answers, catalog, recommendation

AWAY = 0.05  # how far from the flip, as a share of the way from today, the advice is asked for


def tried(given: Answers, flip: Flip, by: float) -> Recommendation:
    """The advice with the flip's input at ``by`` times today's value."""
    if flip.key == "current_spend":
        tools = tuple(replace(tool, price_month=tool.price_month * by) for tool in given.current_tools or ())
        return recommend(replace(given, current_tools=tools), catalog(), as_of=AS_OF)
    if flip.key == "hourly_cost":
        assert flip.value is not None
        return recommend(given, catalog(), as_of=AS_OF, what_if=WhatIf(hourly_cost=flip.value * by / flip.factor))
    what_if = WhatIf(volume=by) if flip.key == "volume" else WhatIf(price=by)
    return recommend(given, catalog(), as_of=AS_OF, what_if=what_if)


def unlimited(name: str) -> Answers:
    return replace(answers(name), budget_once=None, budget_month=None, budget_month_as_now=False)


def turned(given: Answers) -> list[Flip]:
    """Every flip of the advice, each asked for on both of its sides."""
    found = recommend(given, catalog(), as_of=AS_OF).flips
    for flip in found:
        before, after = (tried(given, flip, flip.factor ** (1 + side)).verdict for side in (-AWAY, AWAY))
        assert (before == "recommend", after == "recommend") == (flip.becomes == "keep", flip.becomes == "plan"), flip
    return list(found)


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_advice_turns_at_the_flip_whatever_may_be_spent(name: str) -> None:
    turned(unlimited(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_advice_turns_at_the_flip_within_the_budget(name: str) -> None:
    turned(answers(name))


def keys(found: list[Flip]) -> set[str]:
    return {flip.key for flip in found}


def test_prices_and_an_hour_nobody_priced_turn_advice_too() -> None:
    assert "price" in keys(turned(answers("software_studio")))
    for name in ("bakery", "low_use"):  # Germany, where an hour of staff is known, and Britain, where it is not
        assert answers(name).hourly_cost is None
        assert "hourly_cost" in keys(turned(answers(name)))


def test_what_may_be_spent_turns_the_advice_before_the_saving_is_gone() -> None:
    within, free = (
        next(flip for flip in turned(given) if flip.key == "hourly_cost")
        for given in (answers("web_shop"), unlimited("web_shop"))
    )
    assert within.becomes == free.becomes == "keep"
    assert within.factor < free.factor
    assert within.value is not None
    above = WhatIf(hourly_cost=within.value * 1.05)
    assert recommend(answers("web_shop"), catalog(), as_of=AS_OF, what_if=above).reasons[0].code == "budget_gap"


def test_what_is_over_budget_today_can_come_within_it() -> None:
    poor = replace(answers("web_shop"), budget_once=300.0, budget_month=None)
    made = recommend(poor, catalog(), as_of=AS_OF)
    assert "budget_gap" in {note.code for note in made.reasons}
    assert any(flip.becomes == "plan" for flip in turned(poor))


def test_a_budget_of_what_is_paid_now_moves_with_it() -> None:
    given = replace(answers("web_shop"), budget_once=None, budget_month=None, budget_month_as_now=True)
    assert "current_spend" in keys(turned(given))


def test_an_input_that_never_turns_the_advice_has_no_flip() -> None:
    today, found = roots(lambda scale: 1.0 + 0.0 * scale["a"] + 0.0 * scale["b"] > 0, [("a",), ("b",)])
    assert today
    assert found == [None, None]


def test_only_the_inputs_that_turn_the_advice_are_looked_at_closely() -> None:
    asked: list[int] = []

    def recommended(scale: Mapping[str, Array]) -> Flags:
        asked.append(len(scale))
        return scale["a"] + 0.0 * scale.get("b", 1.0) < 3.0

    _, (first, second) = roots(recommended, [("a",), ("b",)])
    assert first == pytest.approx(3.0, rel=1e-4)
    assert second is None
    assert asked == [2, 1, 1]


def test_the_nearest_of_two_flips_is_told() -> None:
    # Ahead between half and three times today's value: 2 is nearer to 1 than 3 by ratio, below and above.
    today, (factor,) = roots(lambda scale: (scale["a"] - 0.5) * (3.0 - scale["a"]) > 0, [("a",)])
    assert today
    assert factor == pytest.approx(0.5, rel=1e-4)


def test_advice_that_turns_as_soon_as_an_answer_is_given_has_no_flip() -> None:
    today, (factor,) = roots(lambda scale: scale["a"] == 1.0, [("a",)])
    assert today
    assert factor is None


def test_flips_of_the_samples_lie_in_the_range_looked_at() -> None:
    assert all(0.05 <= flip.factor <= 20 for name in NAMES for flip in recommendation(name).flips)
