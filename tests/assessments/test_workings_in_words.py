"""A working as a reader sees it: names instead of variables, brackets only where they are needed."""

import pytest

from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.presentation.workings import in_words
from tests.recommendations import make_recommendation

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
