"""A working as a reader sees it: names instead of variables, brackets only where they are needed."""

import pytest

from advisor.assessments.presentation import present_workings
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.presentation.workings import grade, in_words
from tests.recommendations import STATES, make_recommendation

NAMES = {"a": "people", "b": "price", "c": "months", "minus": "−5"}


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("a * b", "people × price"),
        ("a * (b + c)", "people × (price + months)"),
        ("a * b + c", "people × price + months"),
        ("a - (b - c)", "people − (price − months)"),
        ("a / 1000 * b", "people ÷ 1,000 × price"),
        ("-a", "−people"),
        ("a + minus", "people + (−5)"),
        ("ceil(a / b)", "(people ÷ price), rounded up"),
        ("min(a, b)", "the smallest of (people; price)"),
        ("max(a, b, c)", "the largest of (people; price; months)"),
    ],
)
def test_an_expression_reads_as_a_sentence_of_names(expression: str, words: str) -> None:
    assert in_words(expression, NAMES, Sheet(make_recommendation().to_document(), "en")) == words


@pytest.mark.parametrize("expression", ["a *", "a * unknown", "a ** b", "print(a)", "a if b else c"])
def test_what_cannot_be_read_is_shown_as_it_is(expression: str) -> None:
    assert in_words(expression, NAMES, Sheet(make_recommendation().to_document(), "en")) == expression


def test_comparisons_with_today_have_no_working_where_none_may_be_stated() -> None:
    for state, stated in (("saves", True), ("low_confidence", False), ("no_baseline", False)):
        keys = {key.partition(".")[2] for key in present_workings(STATES[state]().to_document(), language="en")}
        assert bool(keys & {"savings_total", "chance", "payback"}) is stated
        assert "cost_total" in keys


def test_a_chance_and_a_payback_month_say_how_they_follow_from_their_inputs() -> None:
    made = STATES["saves"]()
    found = present_workings(made.to_document(), language="en")
    chance, payback = found["plan-1.chance"], found["plan-1.payback"]
    assert (chance["result"], chance["with_figures"]) == ("86%", "")
    assert chance["range"].startswith("The share of 1,024 cases")
    assert payback["result"] == f"month {made.plans[0].savings.payback_month}"
    assert payback["range"].startswith("The first month")
    assert found["plan-1.cost_total"]["range"].startswith("Range €4,238 to €11,266: the same formula for 1,024 cases")
    assert found["keep.total"]["range"] == ""


def test_what_was_assumed_is_not_called_an_answer() -> None:
    given = {"name": "users", "question": "Q3", "grade": "independent", "source": None}
    document = make_recommendation().to_document()
    document["assumptions"] = ()
    assert grade(Sheet(document, "en"), given, "Q3") == "your answer"
    assert grade(Sheet(document, "en"), {**given, "grade": "assumed"}, "Q3") == "our assumption"
    document["assumptions"] = ({"key": "ai_users", "question": "Q3"},)
    assert grade(Sheet(document, "en"), given, "Q3") == "our assumption"


def test_what_is_paid_today_has_no_working_where_it_is_not_known() -> None:
    document = STATES["no_baseline"]().to_document()
    document["keep"]["known"] = False
    assert not any(key.startswith("keep.") for key in present_workings(document, language="en"))
    document["keep"]["known"] = True
    assert any(key.startswith("keep.") for key in present_workings(document, language="en"))


def test_a_share_is_a_percentage_in_its_working() -> None:
    document = STATES["not_yet"]().to_document()
    trace = next(trace for trace in document["traces"] if trace["key"].endswith(".machines"))
    document["traces"] += ({**trace, "key": "plan-1.headroom", "unit": "share", "value": 0.91},)
    assert present_workings(document, language="en")["plan-1.headroom"]["result"] == "91%"
