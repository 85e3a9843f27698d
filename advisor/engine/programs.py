"""Programs that run a set-up: those the catalog lists for its routes, with license and security notes."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.catalog import Software
from advisor.engine.setup import Setup
from advisor.engine.types import ProgramNote, Route

LISTED_AS = {Route.HOSTED_API: "hosted_api_front_end"}  # the catalog's word for programs before a hosted model
SHOWN = 4  # of each route; own choice
# Kinds of programs that serve one kind of work; our reading of the catalog's categories.
JOBS_OF_KIND: dict[str, frozenset[Job]] = {
    "coding": frozenset({Job.SOFTWARE}),
    "rag_framework": frozenset({Job.SOFTWARE}),  # a kit for programmers
    "speech": frozenset({Job.MEETING_NOTES, Job.ANSWER_CUSTOMERS}),
    "ocr": frozenset({Job.READ_DOCUMENTS}),
    "image": frozenset({Job.PICTURES}),
    "automation": frozenset({Job.AUTOMATION}),
}
ROUTERS = frozenset({"routing", "gateway"})  # of use where more than one model answers


def listed_for(routes: Iterable[str], route: str) -> bool:
    """Whether a program with these routes of the catalog suits a route of the engine."""
    return LISTED_AS.get(Route(route), route) in routes


def programs(setup: Setup, business: Business) -> tuple[ProgramNote, ...]:
    """The easiest program of each kind the work needs, at most ``SHOWN`` a route, each once."""
    jobs = frozenset(work.job for work in business.jobs)
    useful = [row for row in business.catalog.software if _useful(row, jobs, setup.routed)]
    useful.sort(key=lambda row: (row.difficulty, row.slug))
    found: dict[str, ProgramNote] = {}
    for route in setup.routes:
        easiest: dict[str, Software] = {}
        for row in useful:
            if listed_for(row.routes, route):
                easiest.setdefault(row.category, row)
        found |= {row.slug: _note(row) for row in list(easiest.values())[:SHOWN]}
    return tuple(found.values())


def _useful(row: Software, jobs: frozenset[Job], routed: bool) -> bool:
    if row.category in ROUTERS:
        return routed
    wanted = JOBS_OF_KIND.get(row.category)
    return wanted is None or bool(wanted & jobs)


def _note(row: Software) -> ProgramNote:
    return ProgramNote(
        slug=row.slug,
        name=row.name,
        license=row.license,
        license_trap=row.license_trap,
        difficulty=row.difficulty,
        default_auth=row.default_auth,
        security_notes=row.security_notes,
        source=row.source,
        as_of=row.as_of,
    )
