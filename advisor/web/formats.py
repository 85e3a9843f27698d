"""Figures, money and dates as people in one language write them. No words live here except "to" and "less than"."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any, Literal
from unicodedata import combining, normalize

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.lists import format_list
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
)
from django.utils.translation import gettext, gettext_lazy, to_locale

SMALL_MONEY = 10  # below this, cents are shown: rounding 0.46 to 0 would hide the figure
SMALL_COLUMN = 100  # assumed: beside larger amounts, cents in every cell hide more than they tell
MINUS = "\N{MINUS SIGN}"
HALVES = {"S1": gettext_lazy("first half of %(year)s"), "S2": gettext_lazy("second half of %(year)s")}


@dataclass(frozen=True)
class Formats:
    """How one reader sees figures: ``language`` is a Django language code, ``currency`` an ISO 4217 code."""

    language: str
    currency: str

    @cached_property
    def locale(self) -> Locale:
        return _locale(self.language)

    def money(self, amount: float, *, cents: bool | None = None, currency: str | None = None) -> str:
        """ "€6,886"; with cents below ten, or when asked for."""
        code = currency or self.currency
        show_cents = abs(amount) < SMALL_MONEY and not float(amount).is_integer() if cents is None else cents
        digits = get_currency_precision(code) if show_cents else 0
        if 0 < abs(amount) < 0.01 and show_cents:
            digits = _sensible_digits(amount)
        return _written_money(self.language, code, digits, _no_minus_zero(amount, digits))

    def money_column(self, amounts: Sequence[float]) -> list[str]:
        """Amounts below each other: small ones with cents when one of them needs them, among large ones each alone."""
        needed = any(abs(amount) < SMALL_MONEY and not float(amount).is_integer() for amount in amounts)
        small = all(abs(amount) < SMALL_COLUMN for amount in amounts)
        return [self.money(amount, cents=True if needed and small else None) for amount in amounts]

    def money_short(self, amount: float) -> str:
        """ "€12K", for the ticks of a chart; in full where the language has no short form, as German has none."""
        if not _has_short_form(self.language, amount):
            return self.money(amount)
        return _written_short_money(self.language, self.currency, amount)

    def money_range(self, low: float, high: float) -> str:
        """ "€1,200 to €1,900"; one figure when both ends read the same."""
        cents = max(abs(low), abs(high)) < SMALL_MONEY and not (float(low).is_integer() and float(high).is_integer())
        return self.span(self.money(low, cents=cents), self.money(high, cents=cents))

    def estimate(self, estimate: Mapping[str, Any]) -> str:
        """The range of a low / central / high figure in money."""
        return self.money_range(estimate["low"], estimate["high"])

    def span(self, low: str, high: str) -> str:
        if low == high:
            return low
        return gettext("%(low)s to %(high)s") % {"low": low, "high": high}

    def number(self, value: float, digits: int | None = None) -> str:
        """A plain number: whole from 100, one decimal from 10, two from 1, unless ``digits`` says otherwise."""
        places = _sensible_digits(value) if digits is None else digits
        return _written_number(self.language, places, _no_minus_zero(value, places))

    def input_text(self, value: float) -> str:
        """A figure as somebody would type it: no grouping, the decimal sign of the language."""
        return str(format_decimal(value, format="0.######", locale=self.locale))

    def number_short(self, value: float) -> str:
        """ "41M": large counts that nobody needs to the digit."""
        if abs(value) < 100_000 or not _has_short_form(self.language, value):
            return self.number(value)
        return _minus(format_compact_decimal(value, locale=self.locale, fraction_digits=1))

    def number_in_words(self, value: float) -> str:
        """ "27.8 billion", "278亿": large counts, above zero, as a sentence says them."""
        form: Literal["long", "short"] = "long" if "long" in self.locale.compact_decimal_formats else "short"
        zeros = 4 if self.locale.language == "zh" else 3  # Chinese counts in ten thousands
        digits = _sensible_digits(value / 10 ** (math.floor(math.log10(value)) // zeros * zeros))
        whole = Decimal(round(value))  # with a fraction, even of zero, Babel takes the plural: "1 Milliarden"
        return _minus(format_compact_decimal(whole, format_type=form, locale=self.locale, fraction_digits=digits))

    def plural(self, value: float) -> int:
        """The count that picks the plural form of a word after a figure; fractions follow the rule of the language."""
        rounded = round(abs(value), _sensible_digits(value))
        if float(rounded).is_integer():
            return int(rounded)
        return 1 if self.locale.plural_form(rounded) == "one" else 2

    def number_range(self, low: float, high: float) -> str:
        return self.span(self.number(low), self.number(high))

    def percent(self, share: float) -> str:
        """A share of one as a whole percentage; never "0%" for something that can happen."""
        if 0 < share < 0.01:
            return gettext("less than %(share)s") % {"share": _written_percent(self.language, 0.01)}
        if 0.99 < share < 1:
            return gettext("more than %(share)s") % {"share": _written_percent(self.language, 0.99)}
        return _written_percent(self.language, share)

    def day(self, text: str | None) -> str:
        """A date as exact as it was published: "2026", "2026-S2" (half of a year), "2026-10" or "2026-10-08". Other
        text stays as it is."""
        if not text:
            return ""
        parts = text[:10].split("-")
        try:
            if len(parts) == 3:
                return _written_day(self.language, date.fromisoformat(text[:10]))
            if len(parts) == 2 and parts[1] in HALVES:
                return str(HALVES[parts[1]] % {"year": int(parts[0])})
            if len(parts) == 2:
                return _written_month(self.language, date(int(parts[0]), int(parts[1]), 1))
            if len(text) == 4:
                return format_skeleton("y", date(int(text), 1, 1), locale=self.locale)
        except ValueError:
            return text
        return text

    def moment(self, moment: datetime) -> str:
        """A day and a time of it, short: "Nov 22, 2026, 9:41 AM"."""
        joined = str(get_datetime_format("medium", locale=self.locale)).replace("'", "")
        hour = format_time(moment, format="short", locale=self.locale).replace("\u202f", " ")
        day = format_date(moment, format="medium", locale=self.locale)
        return _ordinal(self.locale, moment, joined.replace("{1}", day).replace("{0}", hour))

    def list_of(self, items: list[str]) -> str:
        """ "A, B, and C" as the language joins them."""
        return format_list(items, style="standard", locale=self.locale)

    def order(self, name: str) -> bytes:
        """What to sort names by: letters without case and accents; in Chinese the sound, which the common characters
        of GB 18030 are ordered by."""
        if self.locale.language == "zh":
            return name.encode("gb18030")
        return "".join(sign for sign in normalize("NFKD", name) if not combining(sign)).casefold().encode()

    def language_name(self, code: str) -> str:
        """ "German" for "de"; an unknown code stays as it is."""
        return str(self.locale.languages.get(code.replace("-", "_"), code))

    def country(self, code: str) -> str:
        """ "Germany" for "DE", "European Union" for "EU"; an unknown code stays as it is."""
        return str(self.locale.territories.get(code.upper(), code))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(to_locale(language))


@lru_cache(maxsize=8192)  # a result says the same amount many times, and writing one takes as long as computing ten
def _written_money(language: str, code: str, digits: int, amount: float) -> str:
    locale = _locale(language)
    pattern = _with_digits(locale.currency_formats["standard"].pattern, digits)
    return _minus(format_currency(amount, code, pattern, locale=locale, currency_digits=False))


@lru_cache(maxsize=8192)
def _written_number(language: str, places: int, value: float) -> str:
    pattern = "#,##0" + ("." + "#" * places if places else "")
    return _minus(format_decimal(value, format=pattern, locale=_locale(language)))


@lru_cache(maxsize=8192)
def _written_percent(language: str, share: float) -> str:
    return _minus(format_percent(share, format=None, locale=_locale(language)))


@lru_cache(maxsize=1024)  # sources of a catalog were read on some dozens of days, which each result names again
def _written_day(language: str, day: date) -> str:
    locale = _locale(language)
    return _ordinal(locale, day, format_date(day, format="long", locale=locale))


@lru_cache(maxsize=1024)
def _written_month(language: str, month: date) -> str:
    return format_skeleton("yMMMM", month, locale=_locale(language))


def _ordinal(locale: Locale, day: date, written: str) -> str:
    """French counts the first of a month, "1er janvier"; the patterns of CLDR cannot say so."""
    first = locale.language == "fr" and day.day == 1
    return written.replace("1 ", "1er ", 1) if first else written


@lru_cache(maxsize=1024)
def _written_short_money(language: str, code: str, amount: float) -> str:
    return _minus(format_compact_currency(amount, code, locale=_locale(language), fraction_digits=1))


@lru_cache(maxsize=1024)
def _has_short_form(language: str, value: float) -> bool:
    return any(letter.isalpha() for letter in format_compact_decimal(value, locale=_locale(language)))


def _with_digits(pattern: str, digits: int) -> str:
    return pattern.replace(".00", "." + "0" * digits if digits else "")


def _no_minus_zero(value: float, digits: int) -> float:
    rounded = round(value, digits)
    return 0.0 if rounded == 0 else rounded


def _sensible_digits(value: float) -> int:
    size = abs(float(value))
    if size >= 100 or size.is_integer():
        return 0
    if size >= 10:
        return 1
    if size >= 1:
        return 2
    return 3 if size >= 0.1 else min(6, 1 - math.floor(math.log10(size)))


def _minus(text: str) -> str:
    return text.replace("-", MINUS)
