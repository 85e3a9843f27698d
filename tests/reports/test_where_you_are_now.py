"""Section 3 of a report: what is paid now, and the gaps the answers show."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.assessments.presentation import present
from advisor.assessments.presentation.sheet import Sheet
from advisor.reports.content.reader import Edition, Reader
from advisor.reports.content.today import gaps, today
from tests.recommendations import STATES
from tests.reports.sample import ANSWERS, CATALOG, MOMENT


def reader(state: str = "saves", *, keep: dict[str, Any] | None = None, **answers: Any) -> Reader:
    document = STATES[state]().to_document()
    document["keep"] |= keep or {}
    edition = Edition("en", "a4", MOMENT, "R-261121-7F3KQM")
    return Reader(Sheet(document, "en"), present(document, language="en"), ANSWERS | answers, edition, CATALOG)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"it_support": "nobody"}, "Nobody looks after the computers"),
        ({"readiness": "never"}, "Nobody has used such tools yet"),
        ({"readiness": "some"}, "Some people try tools on their own"),
        ({"connectivity": "sometimes_poor"}, "hosted services stop when it does"),
    ],
)
def test_an_answer_that_shows_a_gap_names_it(answers: dict[str, str], said: str) -> None:
    nothing = {"it_support": "own_staff", "readiness": "trained", "connectivity": "reliable"}

    assert said in " ".join(gaps(reader(**(nothing | answers))))
    assert said not in " ".join(gaps(reader(**nothing)))


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        ({"known": True, "has_baseline": True}, "a month, "),
        ({"known": True, "has_baseline": False}, "You pay for nothing that this would replace"),
        ({"known": False, "has_baseline": False}, "You were not sure what you pay now"),
    ],
)
def test_what_is_paid_now_is_said_in_one_of_three_ways(keep: dict[str, Any], said: str) -> None:
    assert said in str(today(reader(keep=keep)))


def test_a_usual_product_stands_beside_it_only_where_one_is_known() -> None:
    nothing_paid = {"known": True, "has_baseline": False}
    product = {"reference_product": "Sample Chat", "reference_month": 240.0}

    assert "Sample Chat would cost" in str(today(reader(keep=nothing_paid | product)))
    unknown = str(today(reader(keep=nothing_paid | {"reference_product": None, "reference_month": None})))
    assert "For comparison only" not in unknown


def test_a_tool_that_goes_on_shows_no_month_to_stop_in() -> None:
    made = reader()
    tool = made.keep["tools"][0] | {"stop_share": 0.0, "people": None, "stopped_total": 0.0, "idle_seats_month": 0.0}

    rows = str(today(reader(keep={"tools": [tool]})))

    assert "'no', '–', '–', '–'" in rows
