"""Published cases beside the advice: of the same trade first, then of the same jobs, and never successes alone.

Cases are read, not computed with. Those of strength E cannot be traced and are told on the catalog's own page only.
"""

from __future__ import annotations

from collections.abc import Sequence

from advisor.engine.business import Business
from advisor.engine.catalog import CaseStudy
from advisor.engine.types import CaseNote, CaseOutcome

MOST = 6  # cases told beside one result; own choice
UNTRACEABLE = "E"
FAILED = "negative"


def matching_cases(business: Business) -> tuple[CaseNote, ...]:
    """At most ``MOST`` cases, best evidence first; if one of them can be a failure, one is."""
    jobs = {str(work.job) for work in business.jobs}
    matched = [
        case
        for case in business.catalog.case_studies
        if case.evidence_strength != UNTRACEABLE and (_same_sector(case, business) or jobs & set(case.jobs))
    ]
    matched.sort(key=lambda case: (not _same_sector(case, business), case.evidence_strength, case.slug))
    return tuple(_note(case, business) for case in _with_a_failure(matched))


def _with_a_failure(matched: Sequence[CaseStudy]) -> list[CaseStudy]:
    """The first ones; where none of them failed, the best told failure takes the last place."""
    shown = list(matched[:MOST])
    failures = [case for case in matched if case.result == FAILED]
    if failures and failures[0] not in shown:
        shown[-1] = failures[0]
    return shown


def _same_sector(case: CaseStudy, business: Business) -> bool:
    return case.sector_slug == business.sector.slug


def _note(case: CaseStudy, business: Business) -> CaseNote:
    return CaseNote(
        slug=case.slug,
        title=case.title,
        sector=case.sector,
        same_sector=_same_sector(case, business),
        country=case.country,
        jobs=case.jobs,
        model=case.model,
        route=case.route,
        outcomes=tuple(CaseOutcome(each.measure, each.value, each.unit, each.note) for each in case.outcomes),
        result=case.result,
        evidence_strength=case.evidence_strength,
        who_says=case.who_says,
        source=case.source,
        as_of=case.as_of,
    )
