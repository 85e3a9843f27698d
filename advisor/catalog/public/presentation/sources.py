"""Where the figures of a page come from: each source once, numbered in the order it is first used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from advisor.catalog.freshness import review_of
from advisor.catalog.public import wording
from advisor.engine.freshness import Freshness
from advisor.web.formats import Formats


@dataclass(frozen=True)
class Source:
    """``due`` is a sentence when the fact should have been looked at again by now."""

    number: int
    text: str
    link: str
    via: str
    as_of: str
    seen: str
    due: str


@dataclass(frozen=True)
class Evidence:
    """How well one figure is known: grade in words, date of the figure, number of its source on the page."""

    grade: str
    as_of: str
    source: int | None


@dataclass
class Sources:
    """Collects while a page is put together."""

    formats: Formats
    today: date
    listed: list[Source] = field(default_factory=list)
    _numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def evidence(self, collection: str, row: Mapping[str, Any], grade: str | None = None) -> Evidence:
        """The evidence of a row's figure; ``grade`` where the figure's own differs from the row's."""
        return Evidence(
            wording.label(wording.GRADES, grade or row.get("grade") or "unknown"),
            self.formats.day(row.get("as_of")),
            self.number(collection, row),
        )

    def number(self, collection: str, row: Mapping[str, Any]) -> int | None:
        """The number of a row's source on this page; None for a row without one."""
        text = row.get("source") or row.get("via")
        if not text:
            return None
        via = row.get("via") if row.get("source") else ""
        key = (text, via or "", row.get("as_of") or "")
        if key not in self._numbers:
            self._numbers[key] = len(self.listed) + 1
            self.listed.append(
                Source(
                    number=self._numbers[key],
                    text=text,
                    link=web_address(text),
                    via=via or "",
                    as_of=self.formats.day(row.get("as_of")),
                    seen=self.formats.day(row.get("seen_on")),
                    due=self._due(collection, row),
                )
            )
        return self._numbers[key]

    def _due(self, collection: str, row: Mapping[str, Any]) -> str:
        review = review_of(collection, row, self.today)
        match review.state:
            case Freshness.EXPIRED:
                return _("Too old to recommend by.")
            case Freshness.REVIEW_DUE if review.review_by and review.review_by > date.min:
                return _("Was to be checked again by %(day)s.") % {
                    "day": self.formats.day(review.review_by.isoformat())
                }
            case Freshness.REVIEW_DUE:
                return _("Never dated: check it before you rely on it.")
            case _:
                return ""


def web_address(text: str) -> str:
    """The text itself where it is one address on the web, else nothing."""
    is_address = text.startswith(("https://", "http://")) and not any(letter.isspace() for letter in text)
    return text if is_address else ""
