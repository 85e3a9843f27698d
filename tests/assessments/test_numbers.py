"""Digits as people separate them."""

import pytest

from advisor.assessments.numbers import NotANumber, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1 234,56", 1234.56),
        ("1\u00a0234,56", 1234.56),
        ("1'234.50", 1234.5),
        ("1.234", 1234),
        ("1,234", 1234),
        ("1.234.567", 1234567),
        ("0.250", 0.25),
        ("0,5", 0.5),
        (".5", 0.5),
        ("12.5", 12.5),
        ("12,50", 12.5),
        ("0", 0),
    ],
)
def test_a_figure_is_read_as_it_was_meant(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "1e12",
        "NaN",
        "inf",
        "10k",
        "-5",
        "5%",
        "1..2",
        "1.2.3",
        "12.34,56",
        "1.23.456",
        "12 50",
        "1" * 31,
        ".",
    ],
)
def test_what_is_no_single_figure_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_number(text)
