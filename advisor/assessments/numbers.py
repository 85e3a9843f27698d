"""Reading digits as people separate them: 1.234,56 and 1,234.56 and 1 234,56 and 1'234.56 are the same figure."""

from __future__ import annotations

import re

MAX_CHARS = 30
_THIN_SEPARATORS = re.compile(r"[\s'’_]+")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,\s])\d{3})(?:\1\d{3})*")


class NotANumber(ValueError):
    """The text cannot be read as one figure."""


def parse_number(text: str) -> float:
    """The figure that digits 0-9 with separators stand for.

    One kind of separator before exactly three digits is taken as thousands, unless a zero stands in front. With both
    kinds, the last one is the decimal sign.

    Raises:
        NotANumber: anything else than digits with separators.
    """
    digits = _THIN_SEPARATORS.sub(" ", text).strip()
    if len(text) > MAX_CHARS or not re.fullmatch(r"[0-9., ]*[0-9][0-9., ]*", digits):
        raise NotANumber
    return float(_without_grouping(digits))


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
