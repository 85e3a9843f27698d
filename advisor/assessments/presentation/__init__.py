"""Everything the page and the report show, as ready sentences, formatted figures and raw numbers.

Reads only the stored document of a recommendation. Nothing is computed here beyond picking and formatting,
and there is no HTML: the page and the report lay the same words out in their own way.
"""

from __future__ import annotations

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


def present_sheet(sheet: Sheet) -> dict[str, Any]:
    """The same of a sheet that something else reads from as well; its language is the active one."""
    document, formats = sheet.document, sheet.formats
    return {
        "language": sheet.language,
        "currency": document["currency"],
        "country": formats.country(document["country"]),
        "country_code": document["country"],
        "horizon_months": sheet.horizon,
        "as_of": formats.day(document["as_of"]),
        "prices_checked_on": formats.day(document["prices_checked_on"]),
        "engine_version": document["engine_version"],
        "catalog_hash": document["catalog_hash"],
        "verdict": sheet.verdict,
        "answer": answer.answer(sheet),
        "confidence": answer.confidence(sheet),
        "cards": cards.cards(sheet),
        "only_hosted": cards.only_hosted(sheet),
        "keep": cards.keep_card(sheet),
        "closed_reference": cards.card(sheet, document["closed_reference"]) if document["closed_reference"] else None,
        "flips": rules.flips(sheet),
        "money": money.money(sheet),
        "fitting": fitting.fitting(sheet),
        "ruled_out": rules.ruled_out(sheet),
        "licenses": notices.licenses(sheet),
        "laws": notices.laws(sheet),
        "claims": notices.claims(sheet),
        "cases": practice.cases(sheet),
        "assumptions": rules.assumptions(sheet),
        "planning": rules.planning(sheet),
        "trial": trial.trial(sheet),
        "steps": next_steps.steps(sheet),
        "warnings": notices.warnings(sheet),
        "old_facts": notices.old_facts(sheet),
        "sources": notices.sources(sheet),
    }
