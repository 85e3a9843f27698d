"""Published cases beside the advice: of the same trade first, then of the same jobs, and never successes alone.

Cases are read, not computed with. Those of strength E cannot be traced and are told on the catalog's own page only.
"""

from __future__ import annotations

from advisor.engine.business import Business
from advisor.engine.catalog import CaseStudy
from advisor.engine.types import CaseNote, CaseOutcome

MOST = 6  # cases told beside one result; own choice
UNTRACEABLE = "E"
FAILED = "negative"
SECTOR, JOB, FAILURE = ORDER = ("sector", "job", "failure")  # what a case has in common with the business


def matching_cases(business: Business) -> tuple[CaseNote, ...]:
    """At most ``MOST`` cases, best evidence first; where none of them failed, a failure of any trade is the last."""
    known = [case for case in business.catalog.case_studies if case.evidence_strength != UNTRACEABLE]
    known.sort(key=lambda case: (ORDER.index(_match(case, business)), case.evidence_strength, case.slug))
    shown = [case for case in known if _match(case, business) != FAILURE][:MOST]
    failures = [case for case in known if case.result == FAILED]
    if failures and failures[0] not in shown:
        shown = [*shown[: MOST - 1], failures[0]]
    return tuple(_note(case, business) for case in shown)


def _match(case: CaseStudy, business: Business) -> str:
    if case.sector_slug == business.sector.slug:
        return SECTOR
    return JOB if {str(work.job) for work in business.jobs} & set(case.jobs) else FAILURE


def _note(case: CaseStudy, business: Business) -> CaseNote:
    return CaseNote(
        slug=case.slug,
        title=case.title,
        sector=case.sector,
        match=_match(case, business),
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
