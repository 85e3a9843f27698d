"""What a question page knows beside its own form: the answers so far, the catalog, and how the reader sees figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments import coverage
from advisor.assessments.answers import parse, to_engine
from advisor.assessments.document import QUESTION_SET
from advisor.assessments.question_texts import PLAIN_DEFAULTS
from advisor.assessments.wording import Words
from advisor.engine.assumptions import resolve
from advisor.engine.catalog import Catalog, Sector
from advisor.engine.types import Assumption
from advisor.web.formats import Formats

# Stand-ins until the business has said where it is and what it wants, for the "we assume" lines and the outlook.
STAND_INS: dict[str, Any] = {
    "question_set": QUESTION_SET,
    "country": "DE",
    "currency": "EUR",
    "jobs": [{"job": "write_reply"}],
    "information": ["internal"],
}
# Where the page itself says what is counted, for each job.
PAGE_UNITS = {"units/week": "", "min/unit": "minutes"}


@dataclass(frozen=True)
class QuestionContext:
    """Everything a question page is built from."""

    answers: Mapping[str, Any]
    catalog: Catalog
    language: str
    today: date

    @cached_property
    def formats(self) -> Formats:
        return Formats(language=self.language, currency=self.answers.get("currency") or "EUR")

    @property
    def sector(self) -> Sector | None:
        """The chosen sector; the general one when the business was not sure."""
        slug = self.answers.get("sector") or "other"
        return next((sector for sector in self.catalog.sectors if sector.slug == slug), None)

    @property
    def jobs(self) -> tuple[str, ...]:
        """The chosen jobs, the main one first."""
        return tuple(row["job"] for row in self.answers.get("jobs") or ())

    def default(self, question: str, key: str | None = None, subject: str | None = None) -> str:
        """What is assumed when the question is answered with "not sure", in words; empty when nothing can be said."""
        if question in PLAIN_DEFAULTS:
            return str(PLAIN_DEFAULTS[question])
        unanswered = {
            name: value for name, value in self.answers.items() if name not in coverage.question_keys(question)
        }
        if question in {"Q5", "Q6"}:
            unanswered["jobs"] = [{"job": job} for job in self.jobs] or STAND_INS["jobs"]
        for assumption in _assumptions(unanswered, self.catalog, self.today):
            if assumption.question == question and key in (None, assumption.key) and subject == assumption.subject:
                return self.words_for(assumption)
        return ""

    def assumed(self) -> tuple[Assumption, ...]:
        """Every default the answers so far would be filled in with."""
        return _assumptions(self.answers, self.catalog, self.today)

    def words_for(self, assumption: Assumption) -> str:
        """The value of a default as the reader sees it, with its range."""
        words = Words(self.formats)
        central, low, high, unit = assumption.central, assumption.low, assumption.high, assumption.unit
        if isinstance(central, str):
            return self.formats.list_of([words.label("choice", code) for code in central.split(",")])
        unit = PAGE_UNITS.get(unit, unit)
        figure = words.quantity(central, unit)
        if assumption.unit == "units/week":
            figure = _("%(count)s a week") % {"count": figure}
        if low is None or high is None or low == high:
            return figure
        between = _("%(low)s and %(high)s") % {"low": words.amount(low, unit), "high": words.amount(high, unit)}
        return _("%(figure)s (between %(range)s)") % {"figure": figure, "range": between}


@dataclass(frozen=True, eq=False)
class _Facts:
    """A catalog that is told apart by its hash, not by comparing thousands of rows."""

    catalog: Catalog

    def __hash__(self) -> int:
        return hash(self.catalog.content_hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Facts) and other.catalog.content_hash == self.catalog.content_hash


def _assumptions(answers: Mapping[str, Any], catalog: Catalog, today: date) -> tuple[Assumption, ...]:
    return _resolved(json.dumps({**STAND_INS, **answers}), _Facts(catalog), today)


@lru_cache(maxsize=64)  # a page that is shown, kept as a draft and answered asks three times for the same
def _resolved(answers: str, facts: _Facts, today: date) -> tuple[Assumption, ...]:
    try:
        return resolve(to_engine(parse(json.loads(answers))), facts.catalog, today).assumptions
    except ValueError:
        # A newer catalog no longer holds something these answers name. Asking for the result says which.
        return ()
