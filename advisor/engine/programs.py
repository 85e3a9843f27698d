"""Programs that run a set-up: those the catalog lists for its routes, with license and security notes."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.engine.catalog import Catalog, Software
from advisor.engine.types import ProgramNote, Route

LISTED_AS = {Route.HOSTED_API: "hosted_api_front_end"}  # the catalog's word for programs before a hosted model
SHOWN = 3  # of each route; own choice


def listed_for(routes: Iterable[str], route: str) -> bool:
    """Whether a program with these routes of the catalog suits a route of the engine."""
    return LISTED_AS.get(Route(route), route) in routes


def programs(catalog: Catalog, routes: Iterable[str]) -> tuple[ProgramNote, ...]:
    """The easiest three of each route, each once."""
    found: dict[str, ProgramNote] = {}
    for route in routes:
        rows = [row for row in catalog.software if listed_for(row.routes, route)]
        rows.sort(key=lambda row: (row.difficulty, row.slug))
        found |= {row.slug: _note(row) for row in rows[:SHOWN] if row.slug not in found}
    return tuple(found.values())


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
