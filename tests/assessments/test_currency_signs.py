"""Currencies beside an amount."""

import pytest

from advisor.assessments.currency_signs import OtherCurrency, without_currency


@pytest.mark.parametrize(
    ("text", "currency", "language", "amount"),
    [
        ("€ 1.200", "EUR", "de", "1.200"),
        ("1200 EUR", "EUR", "en", "1200"),
        ("200 euros", "EUR", "fr", "200"),
        ("1.200,-", "EUR", "de", "1.200"),
        ("1'200.–", "CHF", "de", "1'200"),
        ("CHF 50", "CHF", "de", "50"),
        ("$1,000", "USD", "en", "1,000"),
        ("$1,000", "CAD", "en", "1,000"),
        ("500 dollars", "USD", "en", "500"),
        ("1200元", "CNY", "zh-hans", "1200"),
        ("¥1200", "JPY", "zh-hans", "1200"),
        ("1.5k €", "EUR", "en", "1.5k"),
        ("240 a year", "EUR", "en", "240 a year"),
    ],
)
def test_the_own_currency_falls_off(text: str, currency: str, language: str, amount: str) -> None:
    assert without_currency(text, currency, language) == amount


@pytest.mark.parametrize(
    ("text", "currency"), [("$500", "EUR"), ("500 dollars", "EUR"), ("CHF 50", "EUR"), ("€5", "USD"), ("5元", "USD")]
)
def test_another_currency_is_not_taken_for_the_own_one(text: str, currency: str) -> None:
    with pytest.raises(OtherCurrency):
        without_currency(text, currency, "en")
