"""Nested facts of the wrong shape are refused with a sentence; the right shape passes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from advisor.catalog import validators

RANGE = {"low": 1, "central": 2, "high": 3, "unit": "hours", "grade": "assumed"}
PRICE = {"currency": "EUR", "low": 1, "amount": 2, "high": 3, "kind": "list"}
Check = Callable[[object], None]


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (validators.validate_names, ["a", "b"]),
        (validators.validate_countries, ["DE", "US-CA", "EU27"]),
        (validators.validate_languages, ["de", "en"]),
        (validators.validate_sizes, {"Q4_K_M": 4.9}),
        (validators.validate_object, {"any": None}),
        (validators.validate_objects, [{"any": None}]),
        (validators.validate_range, RANGE),
        (validators.validate_volumes, [RANGE | {"job": "translate"}]),
        (validators.validate_price, PRICE),
        (validators.validate_price, {"currency": "EUR"}),
        (validators.validate_prices, [PRICE]),
        (validators.validate_floors, {"loss": {"MMLU-Pro": 75}}),
        (validators.validate_conditions, {"sector": ["legal"]}),
    ],
)
def test_the_right_shape_passes(check: Check, value: Any) -> None:
    check(value)


@pytest.mark.parametrize(
    ("check", "value", "said"),
    [
        (validators.validate_names, "a", "Write a list of texts."),
        (validators.validate_names, ["a", ""], "Write a list of texts."),
        (validators.validate_countries, ["Germany"], "Germany is not a country code."),
        (validators.validate_languages, ["DE"], "DE is not a two-letter language code."),
        (validators.validate_countries, ["DE\n"], "DE\n is not a country code."),
        (validators.validate_languages, ["de\n"], "de\n is not a two-letter language code."),
        (validators.validate_price, PRICE | {"currency": "EUR\n"}, "Write the three-letter code of the currency."),
        (validators.validate_price, PRICE | {"high": float("inf")}, "Amounts must be numbers, zero or more."),
        (validators.validate_sizes, {"Q4_K_M": float("nan")}, "Every figure must be a number above zero."),
        (validators.validate_range, RANGE | {"high": 10**400}, "low, central and high must be numbers."),
        (validators.validate_sizes, {"Q4_K_M": 0}, "Every figure must be a number above zero."),
        (validators.validate_sizes, {"Q4_K_M": True}, "Every figure must be a number above zero."),
        (validators.validate_object, ["a"], "Write an object with named parts."),
        (validators.validate_objects, {"a": 1}, "Write a list."),
        (validators.validate_objects, ["a"], "Write an object with named parts."),
        (validators.validate_range, RANGE | {"mean": 2}, "mean is not known here."),
        (validators.validate_range, RANGE | {"low": "1"}, "low, central and high must be numbers."),
        (validators.validate_range, RANGE | {"low": 9}, "low must not be above central, nor central above high."),
        (validators.validate_range, RANGE | {"unit": ""}, "The unit is missing."),
        (validators.validate_range, RANGE | {"grade": "sure"}, "The grade must be one of: "),
        (validators.validate_volumes, [RANGE], "A volume lacks its job."),
        (validators.validate_price, PRICE | {"currency": "euro"}, "Write the three-letter code of the currency."),
        (validators.validate_price, PRICE | {"amount": -2}, "Amounts must be numbers, zero or more."),
        (validators.validate_price, PRICE | {"amount": 9}, "low must not be above the amount, nor the amount above"),
        (validators.validate_price, PRICE | {"rebate": 1}, "rebate is not known here."),
        (validators.validate_floors, {"loss": {"MMLU-Pro": "75"}}, "Every least score must be a number."),
        (validators.validate_floors, {"little": {}}, "little is not known here."),
        (validators.validate_conditions, {"Q2": ["legal"]}, "Q2 is not known here."),
    ],
)
def test_the_wrong_shape_is_refused_with_a_sentence(check: Check, value: Any, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check(value)

    assert refused.value.messages[0].startswith(said)


@pytest.mark.parametrize("text", ["2026", "2026-10", "2026-10-08", "2025-S2", "2023-Q3"])
def test_a_figure_is_dated_as_it_was_published(text: str) -> None:
    validators.validate_as_of(text)


@pytest.mark.parametrize("text", ["26", "2026-1", "Oct 2026", "2026-Q5", "2026\n", "٢٠٢٦"])
def test_any_other_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="Write a year, month or day"):
        validators.validate_as_of(text)
