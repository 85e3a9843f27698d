"""What would change the answer, what was ruled out and by which answer, and the defaults we filled in."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.presentation.workings import link
from advisor.assessments.wording.words import machine_name, source_in_words, source_language
from advisor.catalog.suppliers import supplier
from advisor.web.typography import aside

# Controls of the money panel that try another figure for an assumption without changing the answer.
CONTROLS = {"ai_users": "users", "hourly_cost": "hourly_cost"}
WHOLE_FROM = 20  # the change itself is said in two digits, so cents of a larger amount would claim too much
FLIP_QUESTIONS = {"volume": "Q5", "hourly_cost": "Q17", "current_spend": "Q15", "users": "Q3"}


def flips(sheet: Sheet) -> list[dict[str, Any]]:
    """Each input and the value at which the recommendation changes."""
    same = "plan" if sheet.verdict == "recommend" else "keep"
    return [_flip(sheet, flip) for flip in sheet.document["flips"] if flip["becomes"] != same]


def _flip(sheet: Sheet, flip: Data) -> dict[str, Any]:
    values = change_words(sheet, flip)
    if flip["becomes"] == "keep":
        text = _("If %(what)s %(change)s%(value)s, the advice would be to keep what you have.") % values
    else:
        text = _("If %(what)s %(change)s%(value)s, the advice would be an open option.") % values
    return {
        "key": flip["key"],
        "factor": flip["factor"],
        "value": flip["value"],
        "text": text,
        "question": sheet.question(FLIP_QUESTIONS.get(flip["key"])),
    }


def change_words(sheet: Sheet, flip: Data) -> dict[str, str]:
    """What of the inputs changes, how far, and to which value where there is one."""
    value = ""
    if flip["value"] is not None:
        amount = flip["value"] if abs(flip["value"]) < WHOLE_FROM else round(flip["value"])
        value = _(" (to %(value)s)") % {"value": sheet.words.quantity(amount, flip["unit"])}
    return {
        "what": sheet.words.label("flip", flip["key"]), "change": _change(sheet, flip["factor"]), "value": value,
    }  # fmt: skip


def _change(sheet: Sheet, factor: float) -> str:
    if factor < 1:
        return _("fell to %(share)s of what it is now") % {"share": sheet.formats.percent(factor)}
    return _("rose to %(times)s times what it is now") % {"times": sheet.formats.number(factor, 1)}


def ruled_out(sheet: Sheet) -> dict[str, Any]:
    document = sheet.document
    considered, eligible = document["options_considered"], document["options_eligible"]
    number = sheet.formats.number
    return {
        "considered": considered,
        "eligible": eligible,
        "summary": _("Options we looked at: %(considered)s. Of these, %(eligible)s passed all your rules.")
        % {"considered": number(considered), "eligible": number(eligible)},
        "rules": [_rule(sheet, rule) for rule in document["ruled_out"]],
    }


def _rule(sheet: Sheet, rule: Data) -> dict[str, Any]:
    count, models = rule["count"], rule["models"]
    return {
        "rule": rule["rule"],
        "label": sheet.words.label("rule", rule["rule"]),
        "removed": sheet.words.note({"code": rule["rule"], "values": {}}),
        "count": count,
        "count_text": ngettext("%(count)s option", "%(count)s options", count) % {"count": sheet.formats.number(count)},
        "models_text": ngettext("%(count)s model", "%(count)s models", models)
        % {"count": sheet.formats.number(models)},
        "lift": sheet.words.note(rule["lift"]),
        "question": sheet.question(rule["question"]),
        "examples": [_example(sheet, option) for option in rule["examples"]],
    }


def _example(sheet: Sheet, option: Data) -> str:
    route = sheet.words.label("route", option["route"])
    where = machine_name(supplier(option["where"]))
    return aside(option["name"], _("%(label)s, %(subject)s") % {"label": route, "subject": where} if where else route)


def assumptions(sheet: Sheet) -> list[dict[str, Any]]:
    """Every default used in place of an answer, with the question that replaces it."""
    return [_assumption(sheet, item) for item in sheet.document["assumptions"]]


def planning(sheet: Sheet) -> list[dict[str, Any]]:
    """What one piece of each job is taken to be: planning ranges that nobody is asked for."""
    return [_assumption(sheet, item) for item in sheet.document["planning"]]


def _assumption(sheet: Sheet, item: Data) -> dict[str, Any]:
    label = sheet.words.label("assumption", item["key"])
    subject = sheet.words.label("job", item["subject"]) if item["subject"] else ""
    return {
        "key": item["key"],
        "label": _("%(label)s, %(subject)s") % {"label": label, "subject": subject} if subject else label,
        "value": _assumed_value(sheet, item),
        "range": _assumed_range(sheet, item),
        "grade": sheet.words.label("grade", item["grade"]),
        "source": source_in_words(item["source"]),
        "source_language": source_language(item["source"]),
        "link": link(item["source"]),
        "as_of": sheet.formats.day(item["as_of"]),
        "question": sheet.question(item["question"]),
        "control": item["control"] or "",
        "try_with": CONTROLS.get(item["key"], ""),
    }


def _assumed_value(sheet: Sheet, item: Data) -> str:
    central = item["central"]
    if isinstance(central, str):
        kind = "people_decision" if item["key"] == "people_decisions" and central != "none" else "choice"
        return capfirst(sheet.formats.list_of([sheet.words.label(kind, part) for part in central.split(",")]))
    return sheet.words.quantity(central, item["unit"])


def _assumed_range(sheet: Sheet, item: Data) -> str:
    low, high = item["low"], item["high"]
    if low is None or high is None or low == high:
        return ""
    return sheet.words.quantity_range(low, high, item["unit"])
