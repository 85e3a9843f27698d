"""Everything the page and the report show, as ready sentences, formatted figures and raw numbers.

Reads only the stored document of a recommendation. Nothing is computed here beyond picking and formatting,
and there is no HTML: the page and the report lay the same words out in their own way.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date
from typing import Any

from django.utils import translation

from advisor.assessments.presentation import (
    answer,
    cards,
    fitting,
    money,
    next_steps,
    notices,
    practice,
    rules,
    trial,
    workings,
)
from advisor.assessments.presentation.sheet import Data, Sheet


def present(document: Data, *, language: str, today: date | None = None) -> dict[str, Any]:
    """A recommendation document in one language, as read on ``today``; without it on the day it was made."""
    with translation.override(language):
        return present_sheet(Sheet(document, language, today))


def present_money(document: Data, *, language: str) -> dict[str, Any]:
    """What the money panel shows of a recommendation document: with figures tried out, a part of what is presented."""
    with translation.override(language):
        sheet = Sheet(document, language)
        return {"horizon_months": sheet.horizon, "answer": answer.answer(sheet), "money": money.money(sheet)}


def present_costs(document: Data, *, language: str) -> list[dict[str, Any]]:
    """Every line of the cost of every option, and month by month."""
    with translation.override(language):
        return money.costs(Sheet(document, language))


def present_workings(document: Data, *, language: str) -> dict[str, dict[str, Any]]:
    """Every working that may be stated, by the key of its figure."""
    with translation.override(language):
        return workings.workings(Sheet(document, language))


def present_sheet(sheet: Sheet, *, without: Container[str] = ()) -> dict[str, Any]:
    """The same of a sheet that something else reads from as well; its language is the active one.

    ``without`` names parts that are not needed.
    """
    return {name: part(sheet) for name, part in PARTS.items() if name not in without}


PARTS: dict[str, Callable[[Sheet], Any]] = {
    "language": lambda sheet: sheet.language,
    "currency": lambda sheet: sheet.document["currency"],
    "country": lambda sheet: sheet.formats.country(sheet.document["country"]),
    "country_code": lambda sheet: sheet.document["country"],
    "horizon_months": lambda sheet: sheet.horizon,
    "as_of": lambda sheet: sheet.formats.day(sheet.document["as_of"]),
    "prices_checked_on": lambda sheet: sheet.formats.day(sheet.document["prices_checked_on"]),
    "engine_version": lambda sheet: sheet.document["engine_version"],
    "catalog_hash": lambda sheet: sheet.document["catalog_hash"],
    "verdict": lambda sheet: sheet.verdict,
    "answer": answer.answer,
    "confidence": answer.confidence,
    "cards": cards.cards,
    "only_hosted": cards.only_hosted,
    "keep": cards.keep_card,
    "closed_reference": cards.closed_reference,
    "flips": rules.flips,
    "money": money.money,
    "fitting": fitting.fitting,
    "ruled_out": rules.ruled_out,
    "licenses": notices.licenses,
    "laws": notices.laws,
    "claims": notices.claims,
    "cases": practice.cases,
    "assumptions": rules.assumptions,
    "planning": rules.planning,
    "trial": trial.trial,
    "steps": next_steps.steps,
    "warnings": notices.warnings,
    "old_facts": notices.old_facts,
    "sources": notices.sources,
}
