"""Money, numbers and dates in the languages of the site."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from django.utils.translation import gettext, override

from advisor.assessments.wording import Words
from advisor.web.formats import Formats
from advisor.web.speaking import speaking
from advisor.web.templatetags.typography import breakable, unbroken
from advisor.web.typography import aside, continued, held, labeled, quoted, sentences, wide_letters

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
    assert ENGLISH.day("2025-S2") == "second half of 2025"
    assert ENGLISH.day("2026-10-08") == "October 8, 2026"
    assert ENGLISH.day("2025-Q2") == "2025-Q2"
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


def test_chinese_says_how_often_and_of_what_before_the_figure() -> None:
    words = Words(Formats("zh-hans", "EUR"))
    with override("zh-hans"):
        assert words.quantity_range(5, 100, "units/week") == "每周 5 至 100"
        assert words.quantity(0.1, "share of cost") == "占成本 10%"
        assert words.quantity(10, "hours") == "10 小时"


def test_amounts_below_each_other_all_have_cents_or_none() -> None:
    assert ENGLISH.money_column([9.95, 10.0, 10.05]) == ["€9.95", "€10.00", "€10.05"]
    assert ENGLISH.money_column([1200.4, 40.6, 0.0]) == ["€1,200", "€41", "€0"]
    assert ENGLISH.money_column([1200.4, 0.46]) == ["€1,200", "€0.46"]  # no cents of 1,200, and no 0 for 0.46
    assert ENGLISH.money_column([4.0, 5.0]) == ["€4", "€5"]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("de", ["Norwegen", "Österreich", "Peru"]),
        ("fr", ["Danemark", "Égypte", "Espagne"]),
        ("zh-hans", ["埃及", "奥地利", "丹麦", "德国", "法国", "中国"]),  # āi ào dān dé fǎ zhōng
    ],
)
def test_names_stand_where_readers_of_the_language_look_for_them(language: str, names: list[str]) -> None:
    assert sorted(names, key=Formats(language, "EUR").order) == names


def test_a_year_alone_is_called_one_in_chinese() -> None:
    assert Formats("zh-hans", "EUR").day("2026") == "2026年"
    assert ENGLISH.day("2026") == "2026"


def test_the_ticks_of_a_chart_are_short_or_grouped_as_the_language_has_it() -> None:
    assert Formats("en", "EUR").money_short(12_000) == "€12K"
    assert Formats("de", "EUR").money_short(12_000) == "12.000\xa0€"  # German has no short thousand
    assert Formats("de", "EUR").money_short(1_200_000) == "1,2\xa0Mio.\xa0€"
    assert Formats("zh-hans", "EUR").number_short(41_000_000) == "4100万"


def test_large_counts_are_said_in_words() -> None:
    written = {code: Formats(code, "EUR").number_in_words(27.43e9) for code in ("en", "de", "fr", "es", "zh-hans")}

    assert written == {
        "en": "27.4 billion",
        "de": "27,4 Milliarden",
        "fr": "27,4 milliards",
        "es": "27,4 mil millones",
        "zh-hans": "274亿",
    }
    assert Formats("zh-hans", "EUR").number_in_words(271e6) == "2.71亿"
    assert Formats("de", "EUR").number_in_words(1e9) == "1 Milliarde"


def test_the_first_of_a_month_is_an_ordinal_in_french_alone() -> None:
    assert Formats("fr", "EUR").day("2026-01-01") == "1er janvier 2026"
    assert Formats("fr", "EUR").day("2026-01-11") == "11 janvier 2026"
    assert Formats("es", "EUR").day("2026-01-01") == "1 de enero de 2026"
    assert Formats("fr", "EUR").moment(datetime(2026, 1, 1, 9, 5, tzinfo=UTC)) == "1er janv. 2026, 09:05"


def test_a_moment_is_told_to_the_minute() -> None:
    assert ENGLISH.moment(datetime(2026, 11, 22, 17, 32, 44, tzinfo=UTC)) == "Nov 22, 2026, 5:32 PM"
    assert Formats("zh-hans", "EUR").moment(datetime(2026, 11, 22, 17, 32, 44, tzinfo=UTC)) == "2026年11月22日 17:32"


@pytest.mark.parametrize(
    ("language", "none", "half", "one", "two"),
    [
        ("en", "0 hours", "0.5 hours", "1 hour", "2 hours"),
        ("de", "0 Stunden", "0,5 Stunden", "1 Stunde", "2 Stunden"),
        ("es", "0 horas", "0,5 horas", "1 hora", "2 horas"),
    ],
)
def test_a_noun_after_a_figure_follows_it(language: str, none: str, half: str, one: str, two: str) -> None:
    words = Words(Formats(language, "EUR"))
    with override(language):
        assert [words.quantity(value, "hours") for value in (0, 0.5, 1, 2)] == [none, half, one, two]


def test_french_counts_as_one_what_is_below_two() -> None:
    words = Words(Formats("fr", "EUR"))
    with override("fr"):
        assert [words.quantity(value, "machines") for value in (1, 1.5, 2)] == [
            "1 machine",
            "1,5 machine",
            "2 machines",
        ]


def test_a_range_takes_the_form_of_its_end() -> None:
    assert Words(ENGLISH).quantity_range(0, 1, "machines") == "0 to 1 machine"
    assert Words(ENGLISH).quantity_range(1, 3, "machines") == "1 to 3 machines"


@pytest.mark.parametrize(
    ("language", "label", "note", "quotation", "more"),
    [
        ("en", "Size: 4", "Heron (new)", "“a b”", "Heron, 4"),
        ("de", "Size: 4", "Heron (new)", "„a b“", "Heron, 4"),
        ("es", "Size: 4", "Heron (new)", "«a b»", "Heron, 4"),
        ("fr", "Size\xa0: 4", "Heron (new)", "«\xa0a b\xa0»", "Heron, 4"),
        ("zh-hans", "Size：4", "Heron（new）", "“a b”", "Heron，4"),
    ],
)
def test_each_language_has_its_own_colon_brackets_quotation_marks_and_comma(
    language: str, label: str, note: str, quotation: str, more: str
) -> None:
    with override(language):
        assert (labeled("Size", "4"), aside("Heron", "new"), quoted("a b")) == (label, note, quotation)
        assert continued("Heron", "4") == more


def test_a_question_takes_no_colon() -> None:
    assert labeled("How many?", "Type one figure.") == "How many? Type one figure."
    with override("zh-hans"):
        assert labeled("多少？", "请填写。") == "多少？请填写。"


def test_nothing_to_add_leaves_no_brackets() -> None:
    assert aside("Heron", "") == "Heron"


def test_days_are_written_for_each_language_of_its_own() -> None:
    said = [Formats(language, "EUR").day("2026-01-01") for language in ("en", "fr", "de", "fr", "en")]

    assert said == ["January 1, 2026", "1er janvier 2026", "1. Januar 2026", "1er janvier 2026", "January 1, 2026"]


def test_wide_letters_are_those_unicode_names_wide() -> None:
    assigned = [char for char in map(chr, range(0x20000)) if unicodedata.category(char) != "Cn"]

    assert wide_letters("中文，A€") == 3
    assert all(wide_letters(char) == (unicodedata.east_asian_width(char) in "WF") for char in assigned)


def test_whoever_speaks_for_long_says_the_same() -> None:
    texts = ("%(low)s to %(high)s", "; ", "Not sure", "no text of ours")
    for language in ("de", "zh-hans", "en", "de"):
        with override(language):
            wanted = [gettext(text) for text in texts]
        with speaking(language):
            said = [[gettext(text) for text in texts] for _twice in range(2)]
        assert said == [wanted, wanted]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("与现在相比：多 €47,747", "与现在相比：多\xa0€47,747"),
        ("少 US$28,783", "少\xa0US$28,783"),
        ("第 3 年。 1 个条目有变化", "第\xa03\xa0年。 1\xa0个条目有变化"),
        ("gpt-oss 20B 和 Qwen3.5 9B", "gpt-oss 20B 和 Qwen3.5 9B"),
        ("€6,182 less after 36 months", "€6,182 less after 36 months"),
    ],
)
def test_a_chinese_figure_stays_with_its_signs(text: str, kept: str) -> None:
    assert held(text) == kept


def test_where_a_line_may_end_is_marked_around_escaped_words() -> None:
    assert unbroken("R-261122-U5T9MX") == '<span class="unbroken">R-261122-U5T9MX</span>'
    assert unbroken("<b>") == '<span class="unbroken">&lt;b&gt;</span>'
    assert breakable("open_weights, <b>") == "open_<wbr>weights, &lt;b&gt;"


def test_chinese_puts_no_space_between_sentences() -> None:
    assert sentences(["One.", "", "Two."]) == "One. Two."
    with override("zh-hans"):
        assert sentences(["一。", "二。"]) == "一。二。"
