"""Published cases in words: what was done, how it ended, who says so, and how far that can be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisor.catalog.public.practice_wording import CASE_RESULTS, CASE_ROUTES, CASE_STRENGTHS, JOBS
from advisor.catalog.public.presentation.sources import Evidence, Source, Sources
from advisor.catalog.public.wording import label
from advisor.web.formats import Formats

Row = Mapping[str, Any]
ROUTE_CODE = re.compile("|".join(CASE_ROUTES))


@dataclass(frozen=True)
class CaseLines:
    """``title``, ``sector``, ``model``, ``outcomes`` and ``who_says`` quote the catalog and keep its language."""

    slug: str
    title: str
    sector: str
    country: str
    jobs: str
    model: str
    route: str
    outcomes: list[str]
    result: str
    result_code: str
    strength: str
    who_says: str


@dataclass(frozen=True)
class Case:
    lines: CaseLines
    company: str
    size: str
    interest: str
    lesson: str
    evidence: Evidence


@dataclass(frozen=True)
class CasesPage:
    count: str
    failures: str
    cases: list[Case]
    sources: list[Source]


def cases_page(rows: list[Row], sources: Sources) -> CasesPage:
    formats = sources.formats
    return CasesPage(
        count=_counted(len(rows), formats),
        failures=failures(rows, formats),
        cases=[_case(row, sources) for row in rows],
        sources=sources.listed,
    )


def case_lines(row: Row, formats: Formats) -> CaseLines:
    """The same words on the catalog's page, beside a result and in a report."""
    return CaseLines(
        slug=row["slug"],
        title=row["title"],
        sector=row["sector"],
        country=_country(row.get("country") or "", formats),
        jobs=formats.list_of([label(JOBS, job) for job in row.get("jobs") or ()]),
        model=_stated(row.get("model")),
        route=route_in_words(_stated(row.get("route"))),
        outcomes=list(_outcomes(row.get("outcomes") or (), formats)),
        result=label(CASE_RESULTS, row["result"]),
        result_code=row["result"],
        strength=label(CASE_STRENGTHS, row["evidence_strength"]),
        who_says=row.get("who_says") or "",
    )


def _stated(text: str | None) -> str:
    return "" if text in (None, "not stated") else str(text)


def failures(rows: Sequence[Row], formats: Formats) -> str:
    """How many of them failed; said even where it is none."""
    count = sum(row["result"] == "negative" for row in rows)
    if not rows:
        return ""
    if count == 0:
        return _("None of them is a failure. That does not mean that nobody failed.")
    return ngettext("%(count)s of them failed.", "%(count)s of them failed.", count) % {"count": formats.number(count)}


def _country(code: str, formats: Formats) -> str:
    if code == "global":
        return _("worldwide")
    return formats.country(code) if code else ""


def route_in_words(text: str) -> str:
    """The first code of the catalog in words; what stands beside it stays."""
    return ROUTE_CODE.sub(lambda found: label(CASE_ROUTES, found[0]), text, count=1)


def _outcomes(outcomes: Iterable[Row], formats: Formats) -> Iterable[str]:
    """ "cost against OpenAI: 10 times cheaper"."""
    for each in outcomes:
        value, unit = each.get("value"), (each.get("unit") or "").removesuffix(" of")
        number = "" if value is None else formats.number(value)
        figure = f"{value:.0f}" if unit == "year" else f"{number} {unit}".strip()  # a date is not counted
        note = f" ({each['note']})" if each.get("note") else ""
        yield f"{each['measure']}: {figure}{note}"  # the catalog's words, with the signs of their language


def _case(row: Row, sources: Sources) -> Case:
    return Case(
        lines=case_lines(row, sources.formats),
        company=row.get("company") or "",
        size=row.get("size_text") or "",
        interest=row.get("interest") or "",
        lesson=row.get("how_to_use") or "",
        evidence=sources.evidence("case_studies", row),
    )


def _counted(count: int, formats: Formats) -> str:
    if count == 0:
        return _("No case on record fits all of this")
    return ngettext("%(count)s case", "%(count)s cases", count) % {"count": formats.number(count)}
