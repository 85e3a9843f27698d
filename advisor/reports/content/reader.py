"""What every section needs: the stored document in front of one reader, the answers, and which copy this is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.presentation.cards import card
from advisor.assessments.presentation.scenarios import Scenario
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.wording import Words
from advisor.assessments.wording.words import OWN_VALUE, source_in_words
from advisor.engine.catalog import Catalog
from advisor.reports.options import PLAIN, Options
from advisor.web.formats import Formats
from advisor.web.typography import aside, labeled, series

Data = Mapping[str, Any]
History = tuple[Scenario, Scenario]  # the result before, and this one
NOTHING = "–"


@dataclass(frozen=True)
class Edition:
    """Which copy of the report this is."""

    language: str
    paper: str
    timestamp: datetime
    number: str
    catalog_version: str = ""
    options: Options = PLAIN


@dataclass
class Citation:
    """A source with its number in this report, the days its facts are of in words, and the section that first names it.

    ``section`` is 0 until that section is complete.
    """

    number: int
    days: list[str]
    section: int = 0


@dataclass(frozen=True)
class Reader:
    """``shown`` is the presentation of the document, the same words and figures as on the result page; no cards.

    ``catalog`` only gives names to what the answers took from it; figures come from the document. ``cited`` numbers the
    sources in the order in which the sections name them; the last section lists them.
    """

    sheet: Sheet
    shown: dict[str, Any]
    answers: Data
    edition: Edition
    catalog: Catalog
    history: History | None = None
    cited: dict[str, Citation] = field(default_factory=dict)

    @property
    def document(self) -> Data:
        return self.sheet.document

    @property
    def formats(self) -> Formats:
        return self.sheet.formats

    @property
    def words(self) -> Words:
        return self.sheet.words

    @property
    def keep(self) -> Data:
        kept: Data = self.document["keep"]
        return kept

    @property
    def main(self) -> Data | None:
        return self.sheet.main_plan

    @cached_property
    def main_card(self) -> dict[str, Any]:
        """The main plan in the words of the result page; empty where nothing fits."""
        return card(self.sheet, self.main) if self.main is not None else {}

    @property
    def months(self) -> str:
        """ "36 months"."""
        return _("%(months)s months") % {"months": self.formats.number(self.sheet.horizon)}

    def label(self, kind: str, code: str | None) -> str:
        return self.words.label(kind, code) if code else NOTHING

    def labels(self, kind: str, codes: Sequence[str]) -> str:
        return self.formats.list_of([self.label(kind, code) for code in codes]) if codes else NOTHING

    def name(self, plan: Data) -> str:
        """What a plan is called, with its labels: "Best fit: Heron 3 30B at Northfjord Hosting"."""
        labels = " · ".join(self.label("plan_label", each) for each in plan["labels"]) or NOTHING
        return labeled(labels, self.sheet.plan_name(plan))

    def notes(self, notes: Sequence[Data]) -> list[str]:
        return [self.sheet.note(note)["text"] for note in notes]

    def joined(self, parts: Iterable[str]) -> str:
        """Parts that are sentences or figures of their own, one after the other."""
        return series(parts)

    def dated(self, source: str, as_of: str) -> str:
        """A source as its number with its date: "[3] (August 5, 2026)". Our own planning values stay in words."""
        if not source:
            return NOTHING
        shown = source if source == source_in_words(OWN_VALUE) else self.cite(source, as_of)
        return aside(shown, as_of) if as_of else shown

    def cite(self, source: str, as_of: str) -> str:
        """The number of a source in square brackets; a source named before keeps its number."""
        found = self.cited.setdefault(source, Citation(len(self.cited) + 1, []))
        if as_of and as_of not in found.days:
            found.days.append(as_of)
        return f"[{found.number}]"

    def money(self, amount: float) -> str:
        return self.formats.money(amount)

    def amount_or_nothing(self, amount: float) -> str:
        return self.money(amount) if amount else NOTHING

    def day(self, text: str | None) -> str:
        return self.formats.day(text) or NOTHING

    def country(self, code: str | None) -> str:
        return self.formats.country(code) if code else NOTHING

    def month_after(self, months: int) -> str:
        """The calendar month that many months after the date of the figures."""
        start = date.fromisoformat(self.document["as_of"])
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return self.formats.day(f"{year}-{month + 1:02d}")
