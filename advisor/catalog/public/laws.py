"""Which law cards speak of a country, and in what way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.catalog.freshness import review_of
from advisor.engine.facts import EU
from advisor.engine.freshness import Freshness
from advisor.engine.law import STATUS_ORDER

Row = Mapping[str, Any]
NO_ENTRY = "other"  # the condition of the card that only says that nothing is known


@dataclass(frozen=True)
class CountryCards:
    """``own`` bind in the whole country, ``parts`` in a part of it, ``anywhere`` in any country where they apply.

    Cards past their day of review stand in ``overdue`` and nowhere else: they are not shown as current.
    """

    own: list[Row]
    parts: list[Row]
    anywhere: list[Row]
    overdue: list[Row]

    @property
    def known(self) -> bool:
        return bool(self.own or self.parts or any(_countries(row) for row in self.overdue))


def cards_of(rows: Iterable[Row], country: str, today: date) -> CountryCards:
    """The cards of a country, those in force first, then by the day they bind from."""
    found = CountryCards([], [], [], [])
    places = {country, "EU"} if country in EU else {country}
    for row in sorted(
        rows, key=lambda row: (STATUS_ORDER.get(row["status"], 9), row.get("since") or "9999", row["slug"])
    ):
        named = _countries(row)
        part = any(place.startswith(f"{country}-") for place in named)
        if NO_ENTRY in named or not (part or not named or places & set(named)):
            continue
        if review_of("law_cards", row, today).state is not Freshness.CURRENT:
            found.overdue.append(row)
        elif not named:
            found.anywhere.append(row)
        else:
            (found.own if places & set(named) else found.parts).append(row)
    return found


def countries_named(rows: Iterable[Row]) -> set[str]:
    """Codes of the countries a card speaks of by name or as a part of the EU."""
    named = {place for row in rows for place in _countries(row)}
    single = {place.split("-")[0] for place in named} - {"EU", NO_ENTRY}
    return single | (set(EU) if "EU" in named else set())


def _countries(row: Row) -> list[str]:
    return list((row.get("applies_when") or {}).get("country") or ())
