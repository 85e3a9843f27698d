"""Which numbers of an explanation are not among the figures it was given: in digits of any script, and in words.

A number is compared with its decimals and its kind (percent, money, thousands): "36 %" is not the 36 of 36 months. What
is not checked is the sense of a sentence; the page says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale
from babel.numbers import NumberFormatError, get_decimal_symbol, get_group_symbol, parse_decimal
from django.utils.translation import to_locale

# A number as it stands in running text: digits, separators between digits, and what follows or precedes directly.
# A space separates only in languages that group digits by one; elsewhere "36 125" are two numbers.
DIGITS = r"\d+(?:[.,'’]\d+)*"
SPACED = r"\d+(?:[.,'’]\d+|\s\d{3}(?!\d))*"
AROUND = (
    r"(?P<before>[$€£¥₹]\s?)?(?P<digits>{digits})"
    r"(?P<after>\s?[%‰]|\s?[$€£¥₹]|\s?(?:[KMBkT]|Mrd|Mio|thousand|million|billion)\b|\s?[万亿千百])?"
)
NUMBER = {
    is_spaced: re.compile(AROUND.replace("{digits}", part)) for is_spaced, part in ((False, DIGITS), (True, SPACED))
}
PERCENT_WORD = re.compile(r"\s?(?:per\s?cent|percent|Prozent|pour cent|por ciento|个百分点)\b", re.IGNORECASE)
PERCENT_BEFORE = re.compile(r"百分之\s?$")
MONEY = re.compile(r"[$€£¥₹]")

# Words that say a number, by language, with what they are worth; None where no figure could say the same.
# "One" is left out: most often it is no number ("one of these").
_TENS = (20, 30, 40, 50, 60, 70, 80, 90)
_LOW = tuple(range(2, 20))
_MANY = (100, 1_000, 1_000_000, 1_000_000_000)


def _worth(low: str, tens: str, many: str, parts: str) -> dict[str, float | None]:
    """Words for 2 to 19, for tens, for large numbers, and those that say a part or a multiple."""
    values: dict[str, float | None] = dict.fromkeys(parts.split())
    for words, worth in ((low, _LOW), (tens, _TENS), (many, _MANY)):
        values |= dict(zip(words.split(), worth, strict=True))
    return values


WORDS: dict[str, dict[str, float | None]] = {
    "en": _worth(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "hundred thousand million billion",
        "half halves halved third thirds quarter quarters fifth tenth twice double doubled doubles triple tripled "
        "dozen dozens hundreds thousands millions billions couple tenfold",
    ),
    "de": _worth(
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
        "achtzehn neunzehn",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
        "hundert tausend million milliarde",
        "halb halbe halben hälfte drittel viertel fünftel zehntel doppelt doppelte doppelten verdoppelt dreifach "
        "dutzend millionen milliarden hunderte tausende",
    ),
    "fr": _worth(
        "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
        "dix-huit dix-neuf",
        "vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
        "cent mille million milliard",
        "moitié demi demie tiers quart quarts double doublé triple douzaine centaines milliers cents "
        "millions milliards",
    ),
    "es": _worth(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
        "dieciocho diecinueve",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        "cien mil millón millardo",
        "mitad medio media tercio tercios cuarto doble duplica triple docena ciento cientos miles millones",
    ),
}
GERMAN_COMPOUND = re.compile(
    r"(?:ein|und|" + "|".join(sorted((*WORDS["de"], "hundert", "tausend"), key=len, reverse=True)) + r"){2,}"
)
CHINESE = re.compile(r"[〇零一二三四五六七八九十百千万亿两半倍]+")
CHINESE_DIGITS = "零一二三四五六七八九"
BELOW_HUNDRED = re.compile(r"(?:(?P<tens>[二三四五六七八九])?(?P<ten>十))?(?P<ones>[一二两三四五六七八九])?")
NO_NUMBERS = ("十分", "万一", "一般", "一起", "一些", "一样", "统一", "百分", "三方", "四周")
WIDE = {"％": "%", "＄": "$", "￥": "¥", "．": "."}
LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Figure:
    """A number in a text, and where it stands."""

    start: int
    end: int
    worth: str  # canonical digits, such as "6886" or "0.25"; the text itself where it cannot be read
    kind: str  # "%", "money", a word such as "M", or nothing


def unknown_figures(text: str, given: str, language: str) -> list[tuple[int, int]]:
    """Where in ``text`` numbers stand that are not in ``given``, in order; a number in words may be named twice."""
    text, given = _readable(text), _readable(given)
    known: dict[str, set[str]] = {}
    for figure in _figures(given, language):
        known.setdefault(figure.worth, set()).add(figure.kind)
    found = [
        (figure.start, figure.end)
        for figure in _figures(text, language)
        if figure.worth not in known or (figure.kind and figure.kind not in known[figure.worth])
    ]
    parts = [each.span() for each in re.finditer(r"\S", text) if unicodedata.category(each[0]) in ("No", "Nl")]
    return sorted([*found, *parts, *_words(text, set(known), given, language)])


def _readable(text: str) -> str:
    """As long as the text itself: digits of every script as 0-9, wide signs as narrow ones."""
    return "".join(WIDE.get(each) or str(unicodedata.decimal(each, each)) for each in text)


def _figures(text: str, language: str) -> Iterator[Figure]:
    locale = Locale.parse(to_locale(language))
    for found in NUMBER[get_group_symbol(locale).isspace()].finditer(text):
        before, after = found["before"] or "", (found["after"] or "").strip()
        kind = after
        if PERCENT_WORD.match(text, found.end()) or PERCENT_BEFORE.search(text, 0, found.start()):
            kind = "%"
        if MONEY.search(before + after):
            kind = "money"
        yield Figure(found.start("digits"), found.end(), _worth_of(found["digits"], locale), kind)


def _worth_of(digits: str, locale: Locale) -> str:
    """Read as the language writes it; a number grouped otherwise is known only if it was given just so."""
    group, point = get_group_symbol(locale), get_decimal_symbol(locale)
    plain = re.sub(r"[\s’]", group, digits)
    try:
        value = parse_decimal(plain, locale=locale, strict=point in plain or group in plain)
    except NumberFormatError:
        return digits
    return f"{value.normalize():f}"


def _words(text: str, known: set[str], given: str, language: str) -> Iterator[tuple[int, int]]:
    """Numbers in words, in the language of the page and in English, which models fall back to."""
    if language.startswith("zh"):
        for found in CHINESE.finditer(text):
            if _is_chinese_number(text, found) and found[0] not in given and _chinese_worth(found[0]) not in known:
                yield found.span()
    words = {**WORDS["en"], **WORDS.get(language[:2], {})}
    said = {each[0].casefold() for each in LETTERS.finditer(given)}  # "one case in ten"
    for found in LETTERS.finditer(PERCENT_WORD.sub(lambda each: " " * len(each[0]), text)):
        word = found[0].casefold()
        pieces = [word] if word in words else [piece for piece in word.split("-") if piece in words]
        if not pieces and language[:2] == "de" and GERMAN_COMPOUND.fullmatch(word):
            yield found.span()
        if word not in said and any(_is_unknown(words[piece], known) for piece in pieces):
            yield found.span()


def _is_unknown(worth: float | None, known: set[str]) -> bool:
    return worth is None or f"{worth:.0f}" not in known


def _chinese_worth(number: str) -> str:
    """The digits of a number below a hundred ("十二" is 12); nothing for others, which are written in digits anyway."""
    found = BELOW_HUNDRED.fullmatch(number)
    if found is None or not number:
        return ""
    tens = (CHINESE_DIGITS.find(found["tens"] or "一") if found["ten"] else 0) * 10
    return str(tens + (CHINESE_DIGITS.find(found["ones"].replace("两", "二")) if found["ones"] else 0))


def _is_chinese_number(text: str, found: re.Match[str]) -> bool:
    """A lone "one" is hardly ever a number, nor are a few set phrases."""
    if found[0] == "一" or text[max(0, found.start() - 1)] in "第":
        return False
    around = text[max(0, found.start() - 1) : found.end() + 1]
    return not any(phrase in around for phrase in NO_NUMBERS)
