"""What is wrong with an answers document, as sentences: field, what is wrong, how to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# Lists whose items must differ; for lists of objects, the key that must differ.
_DISTINCT: dict[str, str | None] = {
    "jobs": "job",
    "languages": "language",
    "customer_countries": None,
    "audience": None,
    "people_decisions": None,
    "information": None,
    "document_shapes": None,
    "programs": None,
    "hardware_countries": None,
    "priorities": None,
    "special_knowledge": None,
}
_NONE_STANDS_ALONE = ("people_decisions", "programs", "special_knowledge")


class Problem(TypedDict):
    field: str  # dotted path, "" for the document as a whole
    message: str
    fix: str


# pydantic's error type -> (what is wrong, how to fix it); {..} is filled from the error's own figures.
_SENTENCES: dict[str, tuple[Text, Text]] = {
    "missing": (_("This answer is missing."), _("Add it; the questionnaire always asks for it.")),
    "extra_forbidden": (_("There is no answer of this name."), _("Check the spelling, or take it out.")),
    "unknown_code": (_("The catalog does not know this code."), "{fix}"),
    "hidden_characters": (_("The text holds characters that cannot be shown."), "{fix}"),
    "enum": (_("This is not one of the possible answers."), _("Use one of: {expected}.")),
    "literal_error": (_("This is not one of the possible answers."), _("Use {expected}.")),
    "string_type": (_("This must be text."), _("Write it in quotation marks.")),
    "string_too_short": (_("The text is empty."), _("Write something, or leave the answer out.")),
    "string_too_long": (_("The text is too long."), _("Use at most {max_length} characters.")),
    "string_pattern_mismatch": (
        _("This is not a name the catalog could hold."),
        _("Use the short name from the catalog."),
    ),
    "int_type": (_("This must be a whole number."), _("Write digits only, without quotation marks.")),
    "int_from_float": (_("This must be a whole number."), _("Leave out the part after the decimal point.")),
    "float_type": (_("This must be a number."), _("Write digits only, without quotation marks.")),
    "finite_number": (_("This is not a number that can be counted with."), _("Write an ordinary number.")),
    "bool_type": (_("This must be true or false."), _("Write true or false.")),
    "list_type": (_("This must be a list."), _("Write the answers between [ and ].")),
    "too_short": (_("The list is empty."), _("Name at least {min_length}.")),
    "too_long": (_("The list is too long."), _("Name at most {max_length}.")),
    "greater_than": (_("The number is too small."), _("Use a number above {gt}.")),
    "greater_than_equal": (_("The value is too small."), _("Use {ge} or more.")),
    "less_than_equal": (_("The value is too large."), _("Use {le} or less.")),
    "model_type": (_("This must be a group of answers."), _("Write it between { and }.")),
}
_DATE = (_("This is not a date."), _("Write it as year-month-day, for example 2027-03-31."))
_DATE_BOUNDS = (_("The date is too far away."), _("Use a day in this century."))
_OTHER = (_("This cannot be read."), _("See docs/answers.schema.json for what belongs here."))


def problem_from(error: Mapping[str, Any]) -> Problem:
    """Turn one pydantic error into a plain sentence; what the sender wrote is never repeated."""
    kind = str(error["type"])
    values = error.get("ctx") or {}
    message, fix = _DATE if kind.startswith("date") else _SENTENCES.get(kind, _OTHER)
    if any(isinstance(value, date) for value in values.values()):
        message, fix = _DATE_BOUNDS
    remedy = str(fix)
    for name, value in values.items():
        remedy = remedy.replace("{" + name + "}", str(value))
    return Problem(field=".".join(str(part) for part in error["loc"]), message=str(message), fix=remedy)


def cross_problems(answers: Mapping[str, Any]) -> list[Problem]:
    """Contradictions between answers that are each well-formed."""
    return [*_repeats(answers), *_lonely_none(answers), *_people(answers), *_money(answers), *_computers(answers)]


def _repeats(answers: Mapping[str, Any]) -> Iterable[Problem]:
    for key, item_key in _DISTINCT.items():
        items = [item[item_key] if item_key else item for item in answers.get(key) or ()]
        if len(set(items)) < len(items):
            yield Problem(
                field=key, message=gettext("The same answer is given twice."), fix=gettext("Keep one of each.")
            )


def _lonely_none(answers: Mapping[str, Any]) -> Iterable[Problem]:
    for key in _NONE_STANDS_ALONE:
        items = answers.get(key) or ()
        if "none" in items and len(items) > 1:
            yield Problem(
                field=key,
                message=gettext('"None" is given beside other answers.'),
                fix=gettext("Keep one or the others."),
            )


def _people(answers: Mapping[str, Any]) -> Iterable[Problem]:
    staff, users = answers.get("staff_count"), answers.get("ai_users")
    if staff is not None and users is not None and users > staff:
        yield Problem(
            field="ai_users",
            message=gettext("More people would use it than work in the business."),
            fix=gettext("Use %(staff)s or less, or correct the number of people.") % {"staff": staff},
        )


def _money(answers: Mapping[str, Any]) -> Iterable[Problem]:
    if answers.get("budget_month_as_now") and answers.get("budget_month") is not None:
        yield Problem(
            field="budget_month",
            message=gettext('An amount and "no more than now" are both given.'),
            fix=gettext("Keep one of the two."),
        )


def _computers(answers: Mapping[str, Any]) -> Iterable[Problem]:
    for index, row in enumerate(answers.get("own_computers") or ()):
        if row.get("device") is None and row.get("memory_gb") is None:
            yield Problem(
                field=f"own_computers.{index}",
                message=gettext("The computer is not described."),
                fix=gettext("Name a device of the catalog, or its memory."),
            )
