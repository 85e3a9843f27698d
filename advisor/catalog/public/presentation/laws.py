"""Law cards of one country in words: what must be done, by whom, since when, and how current that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from advisor.catalog.public import wording
from advisor.catalog.public.laws import CountryCards
from advisor.catalog.public.presentation.sources import Evidence, Source, Sources
from advisor.web.formats import Formats

Row = Mapping[str, Any]


@dataclass(frozen=True)
class LawCard:
    """``duty``, ``applies`` and the rest of the catalog's own words keep the language they were written in."""

    place: str
    instrument: str
    reference: str
    topic: str
    status: str
    status_code: str
    applies: str
    duty: str
    who: str
    since: str
    until: str
    penalties: str
    size_note: str
    review_by: str
    evidence: Evidence


@dataclass(frozen=True)
class LawPart:
    code: str
    title: str
    note: str
    cards: list[LawCard]


@dataclass(frozen=True)
class LawPage:
    country: str
    known: bool
    parts: list[LawPart]
    sources: list[Source]


def law_page(country: str, cards: CountryCards, formats: Formats, today: date) -> LawPage:
    sources, name = Sources(formats, today), formats.country(country)
    groups: Sequence[tuple[str, str, str, list[Row]]] = (
        ("own", name, "", cards.own),
        ("parts", _("In parts of the country"), "", cards.parts),
        ("anywhere", _("In any country, where it applies"), "", cards.anywhere),
        (
            "overdue",
            _("Due for a check"),
            _("The day by which somebody was to look again has passed. Do not rely on these before they are checked."),
            cards.overdue,
        ),
    )
    parts = [
        LawPart(code, title, note, [_card(row, sources) for row in rows]) for code, title, note, rows in groups if rows
    ]
    return LawPage(name, cards.known, parts, sources.listed)


def _card(row: Row, sources: Sources) -> LawCard:
    formats, place = sources.formats, row["jurisdiction_name"]
    return LawCard(
        place=_(place),
        instrument=row["instrument"],
        reference=row.get("reference") or "",
        topic=wording.label(wording.LAW_TOPICS, row["topic"]),
        status=wording.label(wording.LAW_STATUS, row["status"]),
        status_code=row["status"],
        applies=row["applies_text"],
        duty=row["duty"],
        who=wording.label(wording.LAW_WHO, row["who"]),
        since=formats.day(row.get("since")),
        until=formats.day(row.get("until")),
        penalties=row.get("penalties") or "",
        size_note=row.get("size_note") or "",
        review_by=formats.day(row.get("review_by")),
        evidence=sources.evidence("law_cards", row, "unread" if row.get("grade") == "assumed" else None),
    )
