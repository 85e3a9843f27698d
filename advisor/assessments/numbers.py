"""Reading figures as people type them: 1.234,56 and 1,234.56 and 1 234,56 and 1'234.56 are the same figure."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARS = 30
_THIN_SEPARATORS = re.compile(r"[\s'’_]+")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,\s])\d{3})(?:\1\d{3})*")
_CURRENCY_CODE = re.compile(r"^[A-Z]{3}(?=[\s\d.,+-])|(?<=[\s\d.,])[A-Z]{3}$")


class NotANumber(ValueError):
    """The text cannot be read as one figure."""


def parse_number(text: str) -> float:
    """The figure a person typed.

    One kind of separator before exactly three digits is taken as thousands (nobody counts e-mails or money in
    thousandths), unless a zero stands in front. With both kinds, the last one is the decimal sign.

    Raises:
        NotANumber: anything else than digits with separators, a sign in front, or a currency at either end.
    """
    if len(text) > MAX_CHARS:
        raise NotANumber
    plain = "".join(map(_plain_character, unicodedata.normalize("NFKC", text))).strip()
    plain = _THIN_SEPARATORS.sub(" ", _CURRENCY_CODE.sub("", plain).strip())
    sign = -1.0 if plain.startswith("-") else 1.0
    digits = (plain[1:] if plain[:1] in {"-", "+"} else plain).strip()
    if not re.fullmatch(r"[0-9., ]*[0-9][0-9., ]*", digits):
        raise NotANumber
    return sign * float(_without_grouping(digits))


def _plain_character(character: str) -> str:
    """Digits of any script as 0-9, currency signs as nothing, the long minus as a hyphen."""
    match unicodedata.category(character):
        case "Nd":
            return str(unicodedata.digit(character))
        case "Sc":
            return " "
        case _:
            return "-" if character == "\N{MINUS SIGN}" else character


def _without_grouping(digits: str) -> str:
    if _GROUPED.fullmatch(digits):
        return re.sub(r"[., ]", "", digits)
    last = max(digits.rfind("."), digits.rfind(","))
    whole, fraction = (digits, "0") if last < 0 else (digits[:last], digits[last + 1 :])
    if not re.fullmatch(r"\d*", fraction) or (last >= 0 and digits[last] in whole):
        raise NotANumber
    if not re.fullmatch(r"\d*", whole):
        if not _GROUPED.fullmatch(whole):
            raise NotANumber
        whole = re.sub(r"[., ]", "", whole)
    return f"{whole or '0'}.{fraction or '0'}"
