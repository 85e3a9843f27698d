"""Flip points, checked by asking for the whole advice again on both sides of them."""

from dataclasses import replace

import pytest

from advisor.engine.answers import Answers, WhatIf
from advisor.engine.flips import roots
from advisor.engine.recommend import recommend
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
    return recommend(given, catalog(), as_of=AS_OF, what_if=WhatIf(volume=by))


def unlimited(name: str) -> Answers:
    """The business without a budget: what one may spend turns advice too, at other points."""
    return replace(answers(name), budget_once=None, budget_month=None, budget_month_as_now=False)


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_advice_turns_at_the_flip(name: str) -> None:
    given = unlimited(name)
    for flip in recommend(given, catalog(), as_of=AS_OF).flips:
        if flip.key == "price" or (flip.key == "hourly_cost" and given.hourly_cost is None):
            continue  # cannot be tried out alone: hardware prices, or the cost of staff, move with them
        before, after = (tried(given, flip, flip.factor ** (1 + side)).verdict for side in (-AWAY, AWAY))
        assert (before == "recommend", after == "recommend") == (flip.becomes == "keep", flip.becomes == "plan"), flip


def test_an_input_that_never_turns_the_advice_has_no_flip() -> None:
    today, found = roots(lambda scale: 1.0 + 0.0 * scale["a"] + 0.0 * scale["b"], [("a",), ("b",)])
    assert today
    assert found == [None, None]


def test_the_nearest_of_two_flips_is_told() -> None:
    # Ahead between half and three times today's value: 2 is nearer to 1 than 3 by ratio, below and above.
    today, (factor,) = roots(lambda scale: (scale["a"] - 0.5) * (3.0 - scale["a"]), [("a",)])
    assert today
    assert factor == pytest.approx(0.5, rel=1e-4)


def test_flips_of_the_samples_lie_in_the_range_looked_at() -> None:
    assert all(0.05 <= flip.factor <= 20 for name in NAMES for flip in recommendation(name).flips)
