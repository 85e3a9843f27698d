"""Figures as people write them, with the words around them, in five languages."""

import pytest
from django.conf import settings

from advisor.assessments import quantity_words
from advisor.assessments.numbers import NotANumber
from advisor.assessments.quantities import Reading, read_quantity
from advisor.assessments.quantity_words import A_MONTH, A_WEEK, IN_MINUTES

TABLES = (
    *("PERIODS", "DURATIONS", "SCALES", "SPELLED", "QUIET", "EACH", "BETWEEN", "UNCLEAR"),
)  # fmt: skip


def read(text: str, language: str, units: dict[str, float] | None) -> Reading:
    return read_quantity(text, language=language, units=units, thousandths=True)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "40", 40),
        ("en", "about 40 e-mails a week", 40),
        ("en", "1.5k", 1500),
        ("en", "40 a day", 200),  # five working days
        ("en", "40/day", 200),
        ("en", "52 a month", 12),  # 52 x 12 / 52
        ("en", "520 a year", 10),
        ("en", "30 to 40", 35),
        ("en", "30-40 a day", 175),
        ("en", "two dozen a week", 24),
        ("en", "forty a day", 200),
        ("en", "40 e-mails p.a.", 0.7692),
        ("en", "1 234 per week", 1234),
        ("de", "etwa 40 E-Mails pro Woche", 40),
        ("de", "40 am Tag", 200),
        ("de", "30 bis 40 im Monat", 8.08),  # 35 x 12 / 52
        ("de", "1,5 Tsd.", 1500),
        ("de", "zwei Dutzend täglich", 120),
        ("fr", "environ 40 e-mails par semaine", 40),
        ("fr", "40 e-mails à la semaine", 40),
        ("fr", "30 à 40 par jour", 175),
        ("fr", "une douzaine par an", 0.2308),  # 12 / 52
        ("es", "unos 40 correos a la semana", 40),
        ("es", "30 a 40 al día", 175),
        ("es", "mil al mes", 230.77),  # 1000 x 12 / 52
        ("zh-hans", "大约每周40封邮件", 40),
        ("zh-hans", "每天四十封", 200),
        ("zh-hans", "1.5万", 15_000),
        ("zh-hans", "30到40", 35),
        ("en", "5\u200b", 5),  # a zero-width space comes along when text is copied
        ("en", "\uff11\uff12\uff13", 123),  # full-width digits
        ("en", "\u0663\u0664", 34),  # Arabic digits
        ("en", "-5", -5),
        ("en", "\u22125", -5),
    ],
)
def test_work_in_a_week_is_read_in_the_words_of_the_language(language: str, text: str, value: float) -> None:
    assert read(text, language, A_WEEK).value == value


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [
        ("en", "20", 20),
        ("en", "half an hour", 30),
        ("en", "an hour", 60),
        ("en", "an hour and a half", 90),
        ("en", "two and a half hours", 150),
        ("en", "three quarters of an hour", 45),
        ("en", "1h30", 90),
        ("en", "1 h 30 min", 90),
        ("en", "90 s", 1.5),
        ("en", "20 to 30 minutes", 25),
        ("en", "2 days", 960),  # of eight hours
        ("de", "eine halbe Stunde", 30),
        ("de", "eine Viertelstunde", 15),
        ("de", "anderthalb Stunden", 90),
        ("fr", "une demi-heure", 30),
        ("fr", "une heure et demie", 90),
        ("fr", "un quart d’heure", 15),
        ("es", "media hora", 30),
        ("es", "una hora y media", 90),
        ("zh-hans", "半小时", 30),
        ("zh-hans", "一个半小时", 90),
        ("zh-hans", "1个半小时", 90),
        ("zh-hans", "20分钟", 20),
    ],
)
def test_a_length_of_time_is_read_in_the_words_of_the_language(language: str, text: str, minutes: float) -> None:
    assert read(text, language, IN_MINUTES).value == minutes


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "lots", "x", "NaN", "inf", "1e12", "5%", "5 🙂", "🙂", "<b>5</b>", "\u202e5", "مرحبا", "12.34,56"),
        *("40 or 50", "5 and 6", "40 per customer", "10 an hour", "not 5", "more than 5", "at least 10", "up to 50"),
        *("40 a day each month", "40 to 30", "30 to 40 to 50", "1:30", "1..2", "12 50", "5; DROP TABLE", "=1+1"),
        *("9" * 10_000, "about " * 2_000 + "5", "one two three", "5 of the very many long things we do"),
    ],
)
def test_what_could_mean_several_things_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        read(text, "en", A_WEEK)


@pytest.mark.parametrize("text", ["2 weeks", "40 a day per month", "1h30h", "1 hour 90"])
def test_a_length_that_does_not_belong_here_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        read(text, "en", IN_MINUTES)


@pytest.mark.parametrize("text", ["40 a week", "half an hour", "12 a year"])
def test_a_field_without_units_takes_none(text: str) -> None:
    with pytest.raises(NotANumber):
        read(text, "en", None)


def test_a_yearly_price_is_read_by_the_month() -> None:
    assert read_quantity("1,200 a year", language="en", units=A_MONTH, names=False).value == 100


@pytest.mark.parametrize(
    ("language", "text", "value", "otherwise"),
    [
        ("en", "1.234", 1.234, 1234),
        ("en", "1,234", 1234, None),
        ("de", "1.234", 1234, None),
        ("de", "1,234", 1.234, 1234),
        ("zh-hans", "1.234", 1.234, 1234),
        ("fr", "1,234", 1.234, 1234),
    ],
)
def test_a_sign_before_three_digits_is_read_as_the_language_writes_it(
    language: str, text: str, value: float, otherwise: float | None
) -> None:
    reading = read_quantity(text, language=language, thousandths=True)

    # two digits are kept of a figure above one
    assert (reading.value, reading.otherwise) == (round(value, 2), otherwise)


def test_people_and_money_have_no_thousandths() -> None:
    reading = read_quantity("1.234", language="en")

    assert (reading.value, reading.otherwise) == (1234, 1.234)


@pytest.mark.parametrize("text", ["1.234,56", "1,234.56", "1 234,56", "1'234.56", "1\u00a0234,56"])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "zh-hans"])
def test_a_figure_with_both_signs_needs_no_language(language: str, text: str) -> None:
    assert read(text, language, None).value == 1234.56


@pytest.mark.parametrize("table", TABLES)
def test_every_offered_language_has_its_words(table: str) -> None:
    assert {code.split("-")[0] for code, _name in settings.LANGUAGES} <= set(getattr(quantity_words, table))
