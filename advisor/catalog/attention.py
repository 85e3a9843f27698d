"""What needs attention in the catalog: the content of the admin's first page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from advisor.catalog import drafts, measurements, services
from advisor.catalog.audit import Audit, audit
from advisor.catalog.contradictions import Contradiction
from advisor.catalog.difference import difference
from advisor.catalog.links import Named, facts_by_address
from advisor.catalog.models import BY_COLLECTION, DraftComment, ImportRun, LinkCheck, Measurement
from advisor.engine.freshness import Freshness

IMPORT_DAYS = 30  # an older failure has been seen or does not matter; own choice
FAILED = (ImportRun.Outcome.FAILED, ImportRun.Outcome.REFUSED, ImportRun.Outcome.RUNNING)
STILL_RUNNING = timedelta(hours=1)  # a younger one may still be at work

Fact = tuple[str, str | None]  # source and date, as a result names what it used
UsedIn = Mapping[Fact, frozenset[int]]  # the results that used it


@dataclass(frozen=True)
class StaleKind:
    """Facts of one kind that should be looked at, and how many of the recent results rest on at least one of them."""

    collection: str
    due: int
    expired: int
    reach: int


@dataclass(frozen=True)
class Attention:
    stale: tuple[StaleKind, ...]
    waiting: int  # drafts that differ from the current version
    holes: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    failed_imports: int
    measurements: int  # waiting for review
    comments: tuple[DraftComment, ...]  # open ones
    dead_links: int  # addresses that sources name and that no longer answer
    facts_on_dead_links: int
    results: int  # how many recent results the reach was counted in


def attention(today: date) -> Attention:
    """Look through the drafts as they are now. The number of queries does not grow with rows."""
    document = drafts.document_of(services.current_drafts(), measurements.accepted_rows())
    current = services.current_version()
    changes = difference(json.loads(current.document) if current else None, document)
    found = audit(document, today)
    used, results = _used_in()
    dead = _facts_on_dead_links(document)
    return Attention(
        stale=_stale_kinds(found, document, used),
        waiting=sum(len(item.added) + len(item.changed) + len(item.removed) for item in changes),
        holes=found.holes,
        contradictions=found.contradictions,
        failed_imports=_failed_imports(),
        measurements=Measurement.objects.filter(state=Measurement.State.SUBMITTED).count(),
        comments=tuple(DraftComment.objects.open().select_related("written_by")),
        dead_links=len(dead),
        facts_on_dead_links=len(set().union(*dead.values())),
        results=results,
    )


def _stale_kinds(found: Audit, document: Mapping[str, Any], used: UsedIn) -> tuple[StaleKind, ...]:
    """Most results first, then most facts."""
    rows = {(name, row["slug"]): row for name, entries in document["entries"].items() for row in entries}
    kinds: dict[str, list[tuple[Freshness, frozenset[int]]]] = {}
    for item in found.stale:
        results = frozenset[int]().union(*(used.get(fact, ()) for fact in _facts(rows[item.collection, item.slug])))
        kinds.setdefault(item.collection, []).append((item.state, results))
    counted = [
        StaleKind(
            collection=collection,
            due=sum(state is Freshness.REVIEW_DUE for state, _ in items),
            expired=sum(state is Freshness.EXPIRED for state, _ in items),
            reach=len(frozenset[int]().union(*(results for _, results in items))),
        )
        for collection, items in kinds.items()
        if collection in BY_COLLECTION
    ]
    return tuple(sorted(counted, key=lambda kind: (-kind.reach, -kind.due - kind.expired, kind.collection)))


def _facts(row: Mapping[str, Any]) -> list[Fact]:
    """How a result would name this row: its own source, and that of a device's price."""
    price = row.get("price")
    named = [row, price] if isinstance(price, Mapping) else [row]
    return [(part["source"], part.get("as_of")) for part in named if part.get("source")]


def _used_in() -> tuple[UsedIn, int]:
    """Asked of the package above, which knows results (settings.FACTS_USED_IN)."""
    ask: Callable[[], tuple[UsedIn, int]] = import_string(settings.FACTS_USED_IN)
    return ask()


def _facts_on_dead_links(document: Mapping[str, Any]) -> dict[str, list[Named]]:
    """Each dead address that a draft still names, with the facts that do."""
    dead = set(LinkCheck.objects.dead().values_list("address", flat=True))
    return {address: facts for address, facts in facts_by_address(document).items() if address in dead} if dead else {}


def _failed_imports() -> int:
    """Imports of the last weeks that brought nothing, without those that may still be at work."""
    now = timezone.now()
    recent = ImportRun.objects.filter(started_at__gte=now - timedelta(days=IMPORT_DAYS), outcome__in=FAILED)
    return recent.exclude(outcome=ImportRun.Outcome.RUNNING, started_at__gte=now - STILL_RUNNING).count()
