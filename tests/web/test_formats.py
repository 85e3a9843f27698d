"""Money, numbers and dates in the languages of the site."""

from __future__ import annotations

import pytest

from advisor.assessments.wording import Words
from advisor.web.formats import Formats

ENGLISH = Formats("en", "EUR")


@pytest.mark.parametrize(
    ("language", "currency", "amount", "written"),
    [
        ("en", "EUR", 6886.4, "€6,886"),
        ("en", "USD", -1516, "−$1,516"),
        ("en", "EUR", 0.46, "€0.46"),
        ("en", "EUR", 5, "€5"),
        ("en", "EUR", 0.0004, "€0.00040"),
        ("en", "JPY", 1234.5, "¥1,234"),
        ("de", "EUR", 6886.4, "6.886\xa0€"),
        ("fr", "EUR", 6886.4, "6\u202f886\xa0€"),
        ("zh-hans", "CNY", 6886.4, "¥6,886"),
        ("zh-hans", "EUR", 6886.4, "€6,886"),
    ],
)
def test_money_is_whole_units_except_where_that_would_hide_it(
    language: str, currency: str, amount: float, written: str
) -> None:
    assert Formats(language, currency).money(amount) == written


def test_a_range_names_both_ends_once() -> None:
    assert ENGLISH.money_range(1200, 1900) == "€1,200 to €1,900"
    assert ENGLISH.money_range(1200.2, 1200.4) == "€1,200"
    assert ENGLISH.money_range(0.4, 2.25) == "€0.40 to €2.25"


def test_a_share_is_never_rounded_to_never_or_always() -> None:
    assert ENGLISH.percent(0.863) == "86%"
    assert ENGLISH.percent(0.002) == "less than 1%"
    assert ENGLISH.percent(0.998) == "more than 99%"


def test_dates_are_as_exact_as_they_were_published() -> None:
    assert ENGLISH.day("2026") == "2026"
    assert ENGLISH.day("2026-10") == "October 2026"
    assert ENGLISH.day("2026-10-08") == "October 8, 2026"
    assert ENGLISH.day("2025-S2") == "2025-S2"
    assert ENGLISH.day(None) == ""
    assert Formats("zh-hans", "CNY").day("2026-10-08") == "2026年10月8日"


def test_a_small_figure_keeps_what_matters_of_it() -> None:
    assert ENGLISH.number(0.0004) == "0.0004"
    assert ENGLISH.number(31.44) == "31.4"
    assert ENGLISH.number_short(41_000_000) == "41M"


def test_a_quantity_carries_its_unit_once() -> None:
    words = Words(ENGLISH)

    assert words.quantity(41.4, "EUR/hour") == "€41.40 per hour"
    assert words.quantity_range(28, 58, "per hour") == "€28 to €58 an hour"
    assert words.quantity(0.1, "share of cost") == "10% of the cost"
    assert words.quantity(1656, "EUR") == "€1,656"
