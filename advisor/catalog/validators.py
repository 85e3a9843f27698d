"""Shapes of nested facts. The engine's own types check them again when a version is published."""

from __future__ import annotations

import re
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from advisor.engine.answers import Answers, ErrorHarm
from advisor.engine.freshness import last_day
from advisor.engine.types import Grade

GRADES = frozenset(Grade)
MAX_FLOAT = sys.float_info.max
EVIDENCE = {"low", "central", "high", "unit", "grade", "source", "via", "as_of", "seen_on", "confidence", "notes"}

# "2026", "2026-10", "2026-10-08", "2025-S2" (half year), "2023-Q3"
# \Z and not $, which a line break may follow; [0-9] and not \d, which is a digit of any script.
AS_OF = re.compile(r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|-S[12]|-Q[1-4])?\Z")
validate_currency = RegexValidator(r"^[A-Z]{3}\Z", _("Write the three-letter code of the currency."))
# ISO 3166, a state or province ("US-CA"), or a group: EU, EA (euro area), EU27
COUNTRY = re.compile(r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|EU27)\Z")
validate_country = RegexValidator(COUNTRY, _("Write the country code in capitals."))


def validate_as_of(value: object) -> None:
    """A date of a figure, as exact as it is known; a month or day that does not exist is refused."""
    text = str(value)
    try:
        valid = bool(AS_OF.match(text)) and bool(last_day(text))
    except ValueError:
        valid = False
    if not valid:
        raise ValidationError(_("Write a year, month or day."))


def validate_names(value: object) -> None:
    """A list of texts, none empty."""
    _names(value)


def validate_countries(value: object) -> None:
    _each(_names(value), COUNTRY, _("%(item)s is not a country code."))


def validate_languages(value: object) -> None:
    _each(_names(value), re.compile(r"[a-z]{2}"), _("%(item)s is not a two-letter language code."))


def _each(texts: list[str], pattern: re.Pattern[str], message: Any) -> None:
    for item in texts:
        if not pattern.fullmatch(item):
            raise ValidationError(message, params={"item": item})


def validate_sizes(value: object) -> None:
    """Figures by name, all above zero: gigabytes by format."""
    if not all(is_number(item) and item > 0 for item in _object(value).values()):
        raise ValidationError(_("Every figure must be a number above zero."))


def validate_object(value: object) -> None:
    _object(value)


def validate_objects(value: object) -> None:
    _objects(value)


def validate_range(value: object) -> None:
    """A planning number with its evidence: low <= central <= high, a unit and a grade."""
    parts = _object(value)
    _known(parts, EVIDENCE)
    if not all(is_number(parts.get(name)) for name in ("low", "central", "high")):
        raise ValidationError(_("low, central and high must be numbers."))
    if not parts["low"] <= parts["central"] <= parts["high"]:
        raise ValidationError(_("low must not be above central, nor central above high."))
    if not parts.get("unit"):
        raise ValidationError(_("The unit is missing."))
    if parts.get("grade") not in GRADES:
        raise ValidationError(_("The grade must be one of: %(grades)s."), params={"grades": ", ".join(Grade)})


def validate_volumes(value: object) -> None:
    """Ranges per job."""
    for item in _objects(value):
        if not item.get("job"):
            raise ValidationError(_("A volume lacks its job."))
        validate_range({name: part for name, part in item.items() if name != "job"})


def validate_price(value: object) -> None:
    """A price as it was published: currency, kind, and an amount or a range where one was seen."""
    parts = _object(value)
    _known(parts, {"amount", "currency", "low", "high", "as_of", "kind", "source", "note"})
    validate_currency(str(parts.get("currency", "")))
    if parts.get("as_of") is not None:
        validate_as_of(parts["as_of"])
    amounts = [parts[name] for name in ("low", "amount", "high") if parts.get(name) is not None]
    if not all(is_number(amount) and amount >= 0 for amount in amounts):
        raise ValidationError(_("Amounts must be numbers, zero or more."))
    if amounts != sorted(amounts):
        raise ValidationError(_("low must not be above the amount, nor the amount above high."))


def validate_prices(value: object) -> None:
    for item in _objects(value):
        validate_price(item)


def validate_floors(value: object) -> None:
    """Least scores by what happens if it is wrong."""
    parts = _object(value)
    _known(parts, set(ErrorHarm))
    for scores in parts.values():
        if not all(is_number(score) for score in _object(scores).values()):
            raise ValidationError(_("Every least score must be a number."))


def validate_conditions(value: object) -> None:
    """Answers that trigger a law card: field of the answers, and the values any of which fits."""
    parts = _object(value)
    _known(parts, set(Answers.__dataclass_fields__))
    for values in parts.values():
        validate_names(values)


def is_number(value: object) -> bool:
    """A finite figure: neither NaN nor infinity, nor a whole number beyond what a float holds."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return -MAX_FLOAT <= value <= MAX_FLOAT


def _names(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValidationError(_("Write a list of texts."))
    return value


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) and key for key in value):
        raise ValidationError(_("Write an object with named parts."))
    return value


def _objects(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise ValidationError(_("Write a list."))
    return [_object(item) for item in value]


def _known(parts: dict[str, Any], names: set[str]) -> None:
    for name in parts:
        if name not in names:
            raise ValidationError(_("%(name)s is not known here."), params={"name": name})
