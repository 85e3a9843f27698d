"""The promise of "up to 90 %" on the page: beside the own figure, plainly, and only as far as something is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from advisor.assessments.presentation import present_money
from advisor.assessments.presentation.promise import share_range, share_words
from advisor.assessments.presentation.sheet import Sheet
from advisor.engine.types import Estimate, Flip, Recommendation
from tests.recommendations import STATES, make_recommendation


def promise(made: Recommendation) -> dict[str, Any] | None:
    shown: dict[str, Any] = present_money(made.to_document(), language="en")
    found: dict[str, Any] | None = shown["money"]["promise"]
    return found


def told(made: Recommendation) -> dict[str, Any]:
    found = promise(made)
    assert found is not None
    return found


def changed(**changes: Any) -> Recommendation:
    """The usual plan with another test of the promise."""
    made = make_recommendation()
    first, *others = made.plans
    assert first.savings.promise is not None
    promised = replace(first.savings.promise, **changes)
    return replace(made, plans=(replace(first, savings=replace(first.savings, promise=promised)), *others))


@pytest.mark.parametrize(
    ("share", "words"), [(0.68, "68% less"), (-0.05, "5% more"), (-13.37, "1,337% more"), (0.004, "about the same")]
)
def test_a_saving_and_a_loss_are_said_in_the_same_plain_form(share: float, words: str) -> None:
    assert share_words(Sheet(make_recommendation().to_document(), "en"), share) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0.2, 0.7, "20% to 70% less"), (-0.7, -0.2, "20% to 70% more"), (-0.5, 0.08, "from 50% more to 8% less")],
)
def test_a_range_of_shares_says_which_way_it_goes(low: float, high: float, words: str) -> None:
    assert share_range(Sheet(make_recommendation().to_document(), "en"), low, high) == words


def test_the_figure_says_how_many_cases_keep_the_promise() -> None:
    assert told(changed(chance=0.0))["figure"]["title"].startswith("None of the cases we computed saves 90%")
    assert told(changed(chance=0.124))["figure"]["title"].startswith("12% of the cases we computed save more than 90%")
    assert told(changed(chance=1.0))["figure"]["title"].startswith("more than 99% of the cases")


def test_every_case_stands_in_the_table_too() -> None:
    rows = told(make_recommendation())["figure"]["rows"]
    assert len(rows) == 20
    assert rows[0][0] == ("Case of twenty", "1")


def test_parts_that_are_not_known_or_nothing_are_left_out() -> None:
    def shares(made: Recommendation) -> list[str]:
        return [part["share"] for part in told(made)["parts"]]

    share = Estimate(0.2, 0.5, 0.6, "share", "derived")
    known = {"share": share, "from_paying_per_use": 0.6, "from_openness": -0.1, "most": 0.97}
    assert shares(changed(**known)) == ["60% less", "10% more", "50% less", "97% less"]
    seats = {"from_idle_seats": 0.2, "with_idle_seats": 0.7}
    assert shares(changed(**known, **seats)) == ["60% less", "10% more", "50% less", "20% less", "70% less", "97% less"]
    unknown = known | {"from_paying_per_use": None, "from_openness": None}
    assert shares(changed(**unknown)) == ["50% less", "97% less"]


def test_the_bill_for_use_alone_stands_beside_its_part_of_the_whole() -> None:
    made = make_recommendation()
    plan, closed = made.plans[0], made.closed_reference
    assert closed is not None
    own, other = (next(line.total.central for line in each.lines if line.key == "usage") for each in (plan, closed))
    said = told(made)["bill"]
    assert f"{abs(1 - own / other):.0%} {'less' if own < other else 'more'}." in said
    assert f"It is {own / plan.cost_total.central:.0%} of what this plan costs" in said


def test_without_a_bill_to_compare_nothing_is_said_of_it() -> None:
    made = make_recommendation()
    assert told(replace(made, closed_reference=None))["bill"] == ""
    free = tuple(line for line in made.plans[0].lines if line.key != "usage")
    assert told(replace(made, plans=(replace(made.plans[0], lines=free),)))["bill"] == ""
    assert told(replace(made, plans=(replace(made.plans[0], route="own_server"),)))["bill"] == ""


def test_what_would_have_to_be_true_is_said_with_its_value() -> None:
    need = Flip("current_spend", 3.4, 1346.4, "EUR/month", "promise")
    (said,) = told(replace(changed(most=0.97), requirements=(need,)))["needs"]
    assert said.startswith("If what you pay today rose to 3.4 times what it is now")
    assert said.endswith("it would save 90%.")
    assert "€1,346" in said


def test_where_nothing_reaches_it_the_reason_is_said() -> None:
    nothing_alone = replace(changed(most=0.97), requirements=())
    assert told(nothing_alone)["needs"][0].startswith("Nothing we can move alone reaches it")
    too_little_stops = replace(changed(most=0.57), requirements=())
    assert "only 57% of what you pay today would stop" in told(too_little_stops)["needs"][0]
    kept = replace(changed(share=Estimate(0.8, 0.92, 0.95, "share", "derived")), requirements=())
    assert told(kept)["needs"] == ["As answered it does, in the most likely case."]


def test_without_spending_or_answers_no_single_share_is_stated() -> None:
    assert set(told(STATES["no_baseline"]())) == {"title", "short_title", "text"}
    low = told(STATES["low_confidence"]())
    assert set(low) == {"title", "short_title", "text"}
    assert low["text"].startswith("For you we can state only a range so far")


def test_where_advice_comes_first_nothing_is_tested() -> None:
    assert promise(STATES["legal_stop"]()) is None
    assert promise(STATES["nothing_fits"]()) is None
