"""What is wrong with an answers document, as sentences: field, what is wrong, how to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

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
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("This answer is missing.", "Add it; the questionnaire always asks for it."),
    "extra_forbidden": ("There is no answer of this name.", "Check the spelling, or take it out."),
    "unknown_code": ("The catalog does not know this code.", "{fix}"),
    "hidden_characters": ("The text holds characters that cannot be shown.", "{fix}"),
    "enum": ("This is not one of the possible answers.", "Use one of: {expected}."),
    "literal_error": ("This is not one of the possible answers.", "Use {expected}."),
    "string_type": ("This must be text.", "Write it in quotation marks."),
    "string_too_short": ("The text is empty.", "Write something, or leave the answer out."),
    "string_too_long": ("The text is too long.", "Use at most {max_length} characters."),
    "string_pattern_mismatch": ("This is not a name the catalog could hold.", "Use the short name from the catalog."),
    "int_type": ("This must be a whole number.", "Write digits only, without quotation marks."),
    "int_from_float": ("This must be a whole number.", "Leave out the part after the decimal point."),
    "float_type": ("This must be a number.", "Write digits only, without quotation marks."),
    "finite_number": ("This is not a number that can be counted with.", "Write an ordinary number."),
    "bool_type": ("This must be true or false.", "Write true or false."),
    "list_type": ("This must be a list.", "Write the answers between [ and ]."),
    "too_short": ("The list is empty.", "Name at least {min_length}."),
    "too_long": ("The list is too long.", "Name at most {max_length}."),
    "greater_than": ("The number is too small.", "Use a number above {gt}."),
    "greater_than_equal": ("The value is too small.", "Use {ge} or more."),
    "less_than_equal": ("The value is too large.", "Use {le} or less."),
    "model_type": ("This must be a group of answers.", "Write it between { and }."),
}
_DATE = ("This is not a date.", "Write it as year-month-day, for example 2027-03-31.")
_DATE_BOUNDS = ("The date is too far away.", "Use a day in this century.")
_OTHER = ("This cannot be read.", "See docs/answers.schema.json for what belongs here.")


def problem_from(error: Mapping[str, Any]) -> Problem:
    """Turn one pydantic error into a plain sentence; what the sender wrote is never repeated."""
    kind = str(error["type"])
    values = error.get("ctx") or {}
    message, fix = _DATE if kind.startswith("date") else _SENTENCES.get(kind, _OTHER)
    if any(isinstance(value, date) for value in values.values()):
        message, fix = _DATE_BOUNDS
    for name, value in values.items():
        fix = fix.replace("{" + name + "}", str(value))
    return Problem(field=".".join(str(part) for part in error["loc"]), message=message, fix=fix)


def cross_problems(answers: Mapping[str, Any]) -> list[Problem]:
    """Contradictions between answers that are each well-formed."""
    return [*_repeats(answers), *_lonely_none(answers), *_people(answers), *_money(answers), *_computers(answers)]


def _repeats(answers: Mapping[str, Any]) -> Iterable[Problem]:
    for key, item_key in _DISTINCT.items():
        items = [item[item_key] if item_key else item for item in answers.get(key) or ()]
        if len(set(items)) < len(items):
            yield Problem(field=key, message="The same answer is given twice.", fix="Keep one of each.")


def _lonely_none(answers: Mapping[str, Any]) -> Iterable[Problem]:
    for key in _NONE_STANDS_ALONE:
        items = answers.get(key) or ()
        if "none" in items and len(items) > 1:
            yield Problem(field=key, message='"None" is given beside other answers.', fix="Keep one or the others.")


def _people(answers: Mapping[str, Any]) -> Iterable[Problem]:
    staff, users = answers.get("staff_count"), answers.get("ai_users")
    if staff is not None and users is not None and users > staff:
        yield Problem(
            field="ai_users",
            message="More people would use it than work in the business.",
            fix=f"Use {staff} or less, or correct the number of people.",
        )


def _money(answers: Mapping[str, Any]) -> Iterable[Problem]:
    if answers.get("budget_month_as_now") and answers.get("budget_month") is not None:
        yield Problem(
            field="budget_month",
            message='An amount and "no more than now" are both given.',
            fix="Keep one of the two.",
        )


def _computers(answers: Mapping[str, Any]) -> Iterable[Problem]:
    for index, row in enumerate(answers.get("own_computers") or ()):
        if row.get("device") is None and row.get("memory_gb") is None:
            yield Problem(
                field=f"own_computers.{index}",
                message="The computer is not described.",
                fix="Name a device of the catalog, or its memory.",
            )
