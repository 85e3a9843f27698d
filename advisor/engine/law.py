"""Which law cards the answers call for. General information held in the catalog; the engine only matches."""

from __future__ import annotations

from datetime import date

from advisor.engine.business import Business
from advisor.engine.catalog import LawCard
from advisor.engine.facts import EU
from advisor.engine.types import LawNote

STATUS_ORDER = {"in_force": 0, "adopted": 1, "proposed": 2, "unclear": 3}


def matching_cards(business: Business) -> tuple[LawNote, ...]:
    """Cards that still bind and whose every condition the answers meet; those in force first, then by first day."""
    told = _told(business)
    matched = [
        card
        for card in business.catalog.law_cards
        if (card.until is None or date.fromisoformat(card.until) >= business.as_of)
        and all(told.get(name, set()) & set(wanted) for name, wanted in card.applies_when.items())
    ]
    matched.sort(key=lambda card: (STATUS_ORDER.get(card.status, 9), card.since or "9999", card.slug))
    return tuple(_note(card, business.as_of) for card in matched)


def country_known(business: Business) -> bool:
    """Whether the catalog has any card for the business's own country (or the EU for a country in it)."""
    places = _places(business.answers.country)
    return any(card.jurisdiction in places for card in business.catalog.law_cards)


def _places(country: str) -> set[str]:
    return {country, "EU"} if country in EU else {country}


def _told(business: Business) -> dict[str, set[str]]:
    answers = business.answers
    countries = set().union(*(_places(country) for country in (answers.country, *answers.customer_countries)))
    location = {str(business.location)}
    if answers.processing_location is None:
        location.add("not_sure")
    return {
        "country": countries,
        "sector": {business.sector.slug},
        "jobs": {str(work.job) for work in business.jobs},
        "error_harm": {str(business.error_harm)},
        "audience": {str(audience) for audience in business.audience},
        "people_decisions": {str(decision) for decision in business.people_decisions},
        "information": {str(kind) for kind in business.information},
        "processing_location": location,
        "special_knowledge": {str(kind) for kind in answers.special_knowledge or ()},
        "readiness": {str(business.readiness)},
    }


def _note(card: LawCard, as_of: date) -> LawNote:
    overdue = card.review_by is not None and date.fromisoformat(card.review_by) < as_of
    return LawNote(
        slug=card.slug,
        jurisdiction_name=card.jurisdiction_name,
        instrument=card.instrument,
        topic=card.topic,
        duty=card.duty,
        who=card.who,
        status=card.status,
        since=card.since,
        penalties=card.penalties,
        source=card.source,
        as_of=card.as_of,
        review_by=card.review_by,
        overdue=overdue,
    )
