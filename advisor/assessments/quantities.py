"""Reading a figure with the words around it: "about 40 e-mails a day", "1.5k", "half an hour", "30 to 40 a week".

A text holds one figure, or two with a word for "to" between them, whose middle is meant. What could change the
figure in a way this module does not know is refused rather than guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from babel.numbers import get_decimal_symbol

from advisor.assessments import quantity_words as vocabulary
from advisor.assessments.numbers import NotANumber, parse_number

MAX_CHARS = 80
MOST_UNKNOWN = 4  # assumed: words that name what is counted; more than that is a sentence
FEWEST_MINUTES_OVER = 60.0  # "1 h 30": what follows hours without a unit is minutes
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")  # comes along when text is copied; nobody types it
_FIGURE = r"\d[\d.,'’_]*(?:[\s]\d{3}(?!\d)[\d.,]*)*"
_TOKENS = re.compile(rf"{_FIGURE}|[^\W\d_]+(?:-[^\W\d_]+)*|\S")
_MINUS = re.compile(r"^[-−]\s?(?=\d)")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_DASHES = frozenset("-–—~～")
_HARMLESS = frozenset(".,≈")
_WORD_SETS = (vocabulary.QUIET, vocabulary.EACH, vocabulary.BETWEEN, vocabulary.UNCLEAR)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")


@dataclass(frozen=True)
class Reading:
    """How a text was read. ``given`` is the figure as it stands there, ``unit`` the period or duration beside it."""

    value: float
    given: float
    unit: str | None = None
    between: tuple[float, float] | None = None  # a range, whose middle was taken
    otherwise: float | None = None  # what the figure would be with the other decimal sign
    is_plain: bool = False  # just the figure, so that nobody could be surprised


def read_quantity(
    text: str,
    *,
    language: str,
    units: Mapping[str, float] | None = None,
    thousandths: bool = False,
    names: bool = True,
) -> Reading:
    """The quantity a person meant.

    ``units`` says what each period or duration that may be named is worth in the unit of the field. ``thousandths``
    tells whether "1.234" can be a little over one: people and money are never that fine. ``names`` allows words for
    what is counted.

    Raises:
        NotANumber: no figure, several, a unit that does not belong here, or words that turn the meaning around.
    """
    if len(text) > MAX_CHARS:
        raise NotANumber
    words = _vocabulary(language.split("-")[0])
    plain = _without_accents(_ZERO_WIDTH.sub("", text)).strip()
    unsigned = _MINUS.sub("", plain)
    reader = _Reader(words, dict(units or {}), thousandths)
    tokens = list(_tokens(unsigned, words))
    if not tokens:
        raise NotANumber
    for place, token in enumerate(tokens):
        reader.take(token, tokens[place + 1] if place + 1 < len(tokens) else "")
    if reader.unknown > (MOST_UNKNOWN if names else 0):
        raise NotANumber
    reading = reader.reading()
    is_plain = len(tokens) == 1 and reading.otherwise is None and tokens[0][0].isdigit()
    value = _rounded(reading.value)
    return replace(reading, value=value if unsigned == plain else -value, is_plain=is_plain)


def _rounded(value: float) -> float:
    """As fine as a figure worked out from another is worth; whole figures stay whole."""
    return round(value, 2) if value >= 1 else round(value, 4)


@dataclass(frozen=True)
class _Vocabulary:
    """One language's words, each with its meaning."""

    decimal_sign: str
    units: Mapping[str, frozenset[str]]
    scales: Mapping[str, float]
    spelled: Mapping[str, float]
    quiet: frozenset[str]
    each: frozenset[str]
    between: frozenset[str]
    unclear: frozenset[str]
    longest_first: tuple[str, ...]  # words that are written without blanks


@lru_cache(maxsize=16)
def _vocabulary(language: str) -> _Vocabulary:
    code = language if language in vocabulary.PERIODS else "en"
    units: dict[str, set[str]] = {}
    for table in (vocabulary.PERIODS[code], vocabulary.DURATIONS[code]):
        for meaning, words in table.items():
            for word in words.split():
                units.setdefault(word, set()).add(meaning)
    scales = {word: scale for scale, words in vocabulary.SCALES[code].items() for word in words.split()}
    spelled = {word: figure for figure, words in vocabulary.SPELLED[code].items() for word in words.split()}
    quiet, each, between, unclear = (frozenset(table[code].split()) for table in _WORD_SETS)
    known = {*units, *scales, *spelled, *quiet, *each, *between, *unclear}
    han = tuple(sorted(filter(_HAN.fullmatch, known), key=len, reverse=True))
    return _Vocabulary(
        get_decimal_symbol(code),
        {word: frozenset(meanings) for word, meanings in units.items()},
        scales,
        spelled,
        quiet,
        each,
        between,
        unclear,
        han,
    )


class _Reader:
    """Takes the tokens from left to right and keeps what they add up to."""

    def __init__(self, words: _Vocabulary, units: dict[str, float], thousandths: bool) -> None:
        self.words, self.units, self.thousandths = words, units, thousandths
        self.pending: float | None = None  # a figure that still waits for its unit
        self.low: float | None = None
        self.parts: list[tuple[float, str]] = []  # figures with their units
        self.period: str | None = None
        self.otherwise: float | None = None
        self.scaled = False
        self.unknown = 0

    def take(self, token: str, following: str) -> None:
        words = self.words
        starts_figure = following[:1].isdigit() or following in words.spelled
        if token[0].isdigit():
            self._number(token)
        elif (token in words.between or token in _DASHES) and self.pending is not None and starts_figure:
            if self.low is not None:
                raise NotANumber
            self.low, self.pending = self.pending, None
        elif token in words.units and not self._is_scale(token):
            self._unit(words.units[token])
        elif token in words.scales:
            self.pending, self.scaled = (self.pending or 1.0) * words.scales[token], True
        elif token in words.spelled:
            self._spelled(words.spelled[token])
        elif token in words.unclear or (token in words.each and following not in {*words.units, *words.quiet}):
            raise NotANumber  # "40 per customer"
        elif token not in words.quiet | words.each | _HARMLESS:
            if not token[0].isalpha():
                raise NotANumber
            self.unknown += 1

    def reading(self) -> Reading:
        """What it all adds up to."""
        if self.parts:
            return self._lengths()
        given = self.pending
        if given is None:
            raise NotANumber
        between = None
        if self.low is not None:
            if self.scaled and self.low < given / 1000:
                raise NotANumber  # "1 to 2k": of one thing or of a thousand?
            if self.low > given:
                raise NotANumber
            between, given = (self.low, given), (self.low + given) / 2
        factor = self.units[self.period] if self.period else 1.0
        return Reading(given * factor, given, self.period, between, self.otherwise)

    def _lengths(self) -> Reading:
        """ "an hour and a half", "1 h 30 min", "20 to 30 minutes"."""
        value = sum(figure * self.units[unit] for figure, unit in self.parts)
        figure, unit = self.parts[-1]
        if self.pending is not None:
            if unit != vocabulary.HOUR or self.low is not None or self.pending >= FEWEST_MINUTES_OVER:
                raise NotANumber
            value += self.pending * self.units[unit] if self.pending < 1 else self.pending
        elif len(self.parts) == 1 and self.low is not None:
            if self.low > figure:
                raise NotANumber
            middle = (self.low + figure) / 2
            return Reading(middle * self.units[unit], middle, unit, (self.low, figure))
        elif self.low is not None:
            raise NotANumber
        return Reading(value, figure, unit)

    def _number(self, token: str) -> None:
        if self.pending is not None:
            raise NotANumber
        text = token.rstrip(".,")
        self.pending = parse_number(text)
        found = _AMBIGUOUS.fullmatch(text)
        if found and found[1] == self.words.decimal_sign:
            fine = float(text.replace(",", "."))
            self.pending, self.otherwise = (fine, self.pending) if self.thousandths else (self.pending, fine)

    def _spelled(self, figure: float) -> None:
        if self.pending is None:
            self.pending = figure
        elif figure < 1:  # "two and a half", "three quarters"
            self.pending = self.pending * figure if figure == 0.25 and self.pending > 1 else self.pending + figure
        else:
            raise NotANumber

    def _unit(self, meanings: frozenset[str]) -> None:
        meaning = next((meaning for meaning in self.units if meaning in meanings), None)
        if meaning is None:
            raise NotANumber
        if meaning in vocabulary.A_WEEK and vocabulary.WEEK in self.units:
            if self.period not in (None, meaning):
                raise NotANumber
            self.period = meaning
            return
        if meaning in {unit for _figure, unit in self.parts}:
            raise NotANumber
        self.parts.append((1.0 if self.pending is None else self.pending, meaning))
        self.pending = None

    def _is_scale(self, token: str) -> bool:
        """ "m" is a million among amounts and a minute among lengths."""
        return token in self.words.scales and not any(unit in self.units for unit in self.words.units[token])


def _without_accents(text: str) -> str:
    spread = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(character for character in spread if unicodedata.category(character) != "Mn")
    return "".join(str(unicodedata.digit(one)) if unicodedata.category(one) == "Nd" else one for one in plain)


def _tokens(text: str, words: _Vocabulary) -> Iterator[str]:
    """Figures, words and signs. French "d'" and "l'" fall off; Chinese and compounds are cut into their words."""
    text = re.sub(r"\bp\.\s?a\b\.?", "pa", re.sub(r"\b[dl]['’](?=[^\W\d_])", "", text))
    for token in _TOKENS.findall(text):
        if _HAN.match(token):
            yield from _cut(token, words.longest_first)
        else:
            yield from _parts(token, words)


def _parts(token: str, words: _Vocabulary) -> tuple[str, ...]:
    """ "demi-heure" and "Viertelstunde" are a figure and its unit."""
    for figure in words.spelled:
        rest = token.removeprefix(figure).removeprefix("-")
        if token not in words.spelled and rest != token and rest in words.units:
            return figure, rest
    return (token,)


def _cut(text: str, known: tuple[str, ...]) -> Iterator[str]:
    rest = ""
    while text:
        word = next((word for word in known if text.startswith(word)), "")
        if word and rest:
            yield rest
            rest = ""
        if word:
            yield word
        else:
            rest += text[0]
        text = text[len(word) or 1 :]
    if rest:
        yield rest
