"""Duties, claims and warnings: licenses, law, published promises under test, old facts, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.presentation.workings import link
from advisor.assessments.wording.phrases import (
    ADVICE_SENTENCE,
    NO_COUNTRY_SENTENCE,
    OLD_FACTS_SENTENCE,
    OVERDUE_SENTENCE,
)
from advisor.assessments.wording.words import license_name, source_in_words, source_language
from advisor.engine.freshness import KEEPING, Kind
from advisor.web.typography import aside

PLACES = re.compile(r"[A-Z]{2}(, [A-Z]{2})*")
# These may change amounts; the others only explain them.
SERIOUS = frozenset({"expired_facts", "old_facts", "price_change_announced"})


def licenses(sheet: Sheet) -> list[dict[str, Any]]:
    """One card a license, with the models of the plans under it."""
    models: dict[str, list[str]] = {}
    found: dict[str, Data] = {}
    for model in _models(sheet):
        card = model["license"]
        found.setdefault(card["slug"], card)
        names = models.setdefault(card["slug"], [])
        if model["name"] not in names:
            names.append(model["name"])
    return [_license(sheet, card, models[slug]) for slug, card in found.items()]


def _models(sheet: Sheet) -> Iterator[Data]:
    for plan in sheet.plans:
        yield from plan["models"]


def _license(sheet: Sheet, card: Data, models: list[str]) -> dict[str, Any]:
    return {
        "slug": card["slug"],
        "name": license_name(card),
        "link": link(card["url"]),
        "light": card["light"],
        "light_text": sheet.words.label("license_light", card["light"]),
        "summary": card["summary"],
        "may": [sheet.words.label("license_grant", grant) for grant in card["may"]],
        "must": [*map(sheet.words.note, card.get("duties", ())), *card["must"]],
        "must_not": [*map(sheet.words.note, card.get("bars", ())), *_in_names(sheet, card["must_not"])],
        "quoted": [*card["must"], *card["must_not"]],  # which stay in the language of their source
        "checks": [sheet.words.note(check) for check in card.get("checks", ())],
        "models": sheet.formats.list_of(models),
        "as_of": sheet.formats.day(card["as_of"]),
        "source": card["source"] or "",
    }


def _in_names(sheet: Sheet, said: Iterable[str]) -> Iterator[str]:
    """Sentences as they are; a list of codes of countries, which the engine returns, as names."""
    for text in said:
        if PLACES.fullmatch(text):
            names = sheet.formats.list_of([sheet.formats.country(code) for code in text.split(", ")])
            yield _("Use it here: %(places)s") % {"places": names}
        else:
            yield text


def laws(sheet: Sheet) -> dict[str, Any]:
    """Cards due for a check on the day of reading come last, each saying so."""
    return {
        "advice": str(ADVICE_SENTENCE),
        "missing": "" if sheet.document["law_country_known"] else str(NO_COUNTRY_SENTENCE),
        "cards": sorted((_law(sheet, law) for law in sheet.document["laws"]), key=lambda card: bool(card["overdue"])),
    }


def _law(sheet: Sheet, law: Data) -> dict[str, Any]:
    day, jurisdiction = sheet.formats.day, law["jurisdiction_name"]
    return {
        "slug": law["slug"],
        "topic": sheet.words.label("law_topic", law["topic"]),
        "jurisdiction": _(jurisdiction),
        "instrument": law["instrument"],
        "duty": law["duty"],
        "who": sheet.words.label("law_who", law["who"]),
        "status": sheet.words.label("law_status", law["status"]),
        "since": day(law["since"]),
        "when": _when(sheet, law),
        "penalties": (law["penalties"] or "").removesuffix("."),
        "source": law["source"] or "",
        "link": link(law["source"]),
        "as_of": day(law["as_of"]),
        "review_by": day(law["review_by"]),
        "overdue": str(OVERDUE_SENTENCE) % {"date": day(law["review_by"])} if _overdue(sheet, law) else "",
    }


def _overdue(sheet: Sheet, law: Data) -> bool:
    """A stored result is read long after it was made, so its own mark of that day is not enough."""
    return law["review_by"] is not None and date.fromisoformat(law["review_by"]) < sheet.read_on


def _when(sheet: Sheet, law: Data) -> str:
    values = {"day": sheet.formats.day(law["since"]), "status": sheet.words.label("law_status", law["status"])}
    if not values["day"]:
        return values["status"]
    match law["status"]:
        case "in_force":
            return _("In force since %(day)s") % values
        case "adopted":
            return _("Passed, applies from %(day)s") % values
    return aside(values["status"], values["day"])


def claims(sheet: Sheet) -> dict[str, Any]:
    """Published promises as claims under test, next to the business's own figure."""
    return {"own": _own_figure(sheet), "rows": [_claim(sheet, claim) for claim in sheet.document["claims"]]}


def _own_figure(sheet: Sheet) -> str:
    plan = sheet.main_plan
    if plan is None:
        return _("There is no figure of your own to compare with: nothing that fits could be computed.")
    saving = sheet.saving(plan)
    if saving is None:
        return _("There is no saving of your own to compare with: no spending today is known.")
    if saving["central"] is None:
        return _("For you we can state only a range so far, compared with today: %(range)s.") % {
            "range": saving["range"]
        }
    share = plan["savings"]["share_of_current"]
    part = sheet.formats.percent(abs(share)) if share is not None else ""
    values = {"difference": saving["middle"], "share": part, "range": saving["range"]}
    if not part:
        return _("Your own figure, compared with today: %(difference)s (range: %(range)s).") % values
    if saving["tone"] == "loss":
        return _("Your own figure, compared with today: %(difference)s, %(share)s on top (range: %(range)s).") % values
    return _("Your own figure, compared with today: %(difference)s, a saving of %(share)s (range: %(range)s).") % values


def _claim(sheet: Sheet, claim: Data) -> dict[str, Any]:
    return {
        "slug": claim["slug"],
        "claim": claim["claim"],
        "status": sheet.words.label("claim_status", claim["status"]),
        "checked": claim["status"] == "verified_primary",
        "author": claim["author"],
        "published": sheet.formats.day(claim["published"]),
        "source": claim["source"] or "",
        "link": link(claim["source"]),
    }


def warnings(sheet: Sheet) -> list[dict[str, Any]]:
    return [{**sheet.note(note), "serious": note["code"] in SERIOUS} for note in sheet.document["warnings"]]


def old_facts(sheet: Sheet) -> dict[str, Any]:
    """Facts somebody should check again, and the rule they are measured by."""
    price, device = KEEPING[Kind.PRICE], KEEPING[Kind.DEVICE_PRICE]
    rule = {
        "price": price.review_days,
        "device": device.review_days,
        "license": KEEPING[Kind.LICENSE].review_days,
        "price_ends": price.expiry_months,
        "device_ends": device.expiry_months,
    }
    return {"rule": str(OLD_FACTS_SENTENCE) % rule, "rows": [_old(sheet, fact) for fact in sheet.document["old_facts"]]}


def _old(sheet: Sheet, fact: Data) -> dict[str, Any]:
    day, name, language = sheet.formats.day, fact["name"], "en"
    if fact["collection"] == "electricity":
        name, language = sheet.formats.country(name), ""
    elif fact["collection"] == "rates":
        name, language = sheet.words.input_name(name), ""
    return {
        "kind": sheet.words.label("collection", fact["collection"]),
        "name": name,
        "name_language": language,
        "as_of": day(fact["as_of"]),
        "checked_on": day(fact["checked_on"]),
        "expired": fact["expired"],
        "source": source_in_words(fact["source"]),
        "source_language": source_language(fact["source"]),
        "link": link(fact["source"]),
    }


def sources(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "source": source_in_words(use["source"]),
            "source_language": source_language(use["source"]),
            "link": link(use["source"]),
            "as_of": sheet.formats.day(use["as_of"]),
            "used_for": sheet.words.source_use(use["used_for"]),
            "grade": sheet.words.label("grade", use["grade"]),
        }
        for use in sheet.document["sources"]
    ]
