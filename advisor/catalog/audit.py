"""Is every published fact supported? Coverage by kind, what is stale, what contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from advisor.catalog.contradictions import Contradiction, contradictions
from advisor.catalog.freshness import review_of
from advisor.catalog.models.base import NEEDS_NO_SOURCE
from advisor.engine.freshness import Freshness


@dataclass(frozen=True)
class Coverage:
    """How one collection is supported. ``own`` says itself that nobody published it: assumed, or unknown."""

    collection: str
    facts: int
    sourced: int
    own: int
    dated: int
    review_due: int
    expired: int
    holes: tuple[str, ...]  # "devices: l4 has no source"


@dataclass(frozen=True)
class Stale:
    collection: str
    slug: str
    state: Freshness
    since: date  # the day by which it should have been looked at, or after which it expired


@dataclass(frozen=True)
class Audit:
    today: date
    coverage: tuple[Coverage, ...]
    stale: tuple[Stale, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def holes(self) -> tuple[str, ...]:
        return tuple(hole for kind in self.coverage for hole in kind.holes)

    def to_document(self) -> dict[str, Any]:
        """Plain JSON."""
        document: dict[str, Any] = asdict(
            self, dict_factory=lambda items: {k: v.isoformat() if isinstance(v, date) else v for k, v in items}
        )
        return document | {"holes": list(self.holes)}


def audit(document: Mapping[str, Any], today: date) -> Audit:
    """Look through a published document, or one the drafts would make."""
    entries = sorted(document["entries"].items())
    stale = sorted(
        (item for collection, rows in entries for item in _stale(collection, rows, today)),
        key=lambda item: (item.since, item.collection, item.slug),
    )
    return Audit(
        today=today,
        coverage=tuple(_coverage(collection, rows, stale) for collection, rows in entries),
        stale=tuple(stale),
        contradictions=contradictions(document),
    )


def _coverage(collection: str, rows: list[dict[str, Any]], stale: list[Stale]) -> Coverage:
    holes: list[str] = []
    sourced = own = dated = 0
    for row in rows:
        has_source = bool(row.get("source") or row.get("via"))
        is_own = not has_source and row.get("grade") in NEEDS_NO_SOURCE
        has_date = bool(row.get("as_of") or row.get("seen_on"))
        sourced, own, dated = sourced + has_source, own + is_own, dated + has_date
        if not has_source and not is_own:
            holes.append(f"{collection}: {row['slug']} has no source")
        if not has_date:
            holes.append(f"{collection}: {row['slug']} has no date")
    states = [item.state for item in stale if item.collection == collection]
    due, expired = states.count(Freshness.REVIEW_DUE), states.count(Freshness.EXPIRED)
    return Coverage(collection, len(rows), sourced, own, dated, due, expired, tuple(holes))


def _stale(collection: str, rows: list[dict[str, Any]], today: date) -> list[Stale]:
    found = []
    for row in rows:
        review = review_of(collection, row, today)
        since = review.expires_on if review.state is Freshness.EXPIRED else review.review_by
        if review.state is not Freshness.CURRENT and since is not None:
            found.append(Stale(collection, row["slug"], review.state, since))
    return found
