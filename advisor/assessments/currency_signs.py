"""Currencies beside an amount: the business's own falls off, any other is told about instead of being taken for it."""

from __future__ import annotations

import re
from functools import lru_cache

from babel.numbers import get_currency_name

from advisor.assessments.places import CURRENCIES

# Signs people type. Several currencies share one, so a sign fits whichever of them the business counts in.
SIGNS: dict[str, frozenset[str]] = {
    "us$": frozenset({"USD"}),
    "r$": frozenset({"BRL"}),
    "$": frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP", "EGP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "￥": frozenset({"JPY", "CNY"}),
    "人民币": frozenset({"CNY"}),
    "元": frozenset({"CNY"}),
    "块": frozenset({"CNY"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "sfr": frozenset({"CHF"}),
    "fr": frozenset({"CHF"}),
    "zł": frozenset({"PLN"}),
    "kč": frozenset({"CZK"}),
    "ft": frozenset({"HUF"}),
    "lei": frozenset({"RON"}),
    "₹": frozenset({"INR"}),
    "rs": frozenset({"INR", "PKR", "LKR"}),
    "₺": frozenset({"TRY"}),
    "₪": frozenset({"ILS"}),
    "₩": frozenset({"KRW"}),
    "₽": frozenset({"RUB"}),
    "฿": frozenset({"THB"}),
    "₦": frozenset({"NGN"}),
    "₸": frozenset({"KZT"}),
    "₱": frozenset({"PHP"}),
    "৳": frozenset({"BDT"}),
    "rp": frozenset({"IDR"}),
    "rm": frozenset({"MYR"}),
}
_NO_CENTS = re.compile(r"[.,][-–—]+(?=\D*$)")  # "250,-" and "250.–"


class OtherCurrency(ValueError):
    """The amount is in another currency than the business counts in."""


def without_currency(text: str, currency: str, language: str) -> str:
    """The amount alone.

    Raises:
        OtherCurrency: a sign, code or name beside it belongs to another currency.
    """
    known = _known(language)
    kept = []
    for piece in re.split(r"([^\W\d_]+\$?|[^\w\s.,'’+-])", _NO_CENTS.sub("", text)):
        owners = known.get(piece.casefold())
        if owners is None:
            kept.append(piece)
        elif currency not in owners:
            raise OtherCurrency
    return " ".join("".join(kept).split())


@lru_cache(maxsize=16)
def _known(language: str) -> dict[str, frozenset[str]]:
    """Signs, codes and names of currencies in one language, in small letters -> the currencies they can mean."""
    found = {sign: set(owners) for sign, owners in SIGNS.items()}
    for code in CURRENCIES:
        found.setdefault(code.casefold(), set()).add(code)
        for count in (1, 2):
            name = get_currency_name(code, count=count, locale=language.split("-")[0]).casefold()
            for word in {name, name.split()[-1], name.split()[0]} - _PEOPLES:
                found.setdefault(word, set()).add(code)
    return {word: frozenset(owners) for word, owners in found.items()}


# First words of names such as "new zealand dollars" that are no currency by themselves.
_PEOPLES = frozenset({"new"})
