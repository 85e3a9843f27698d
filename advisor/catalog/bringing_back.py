"""Going back: an older version's content is published again as a new version, and the drafts go back with it.

A draft with changes waiting to be published is somebody's work: it stays as it is and is named, as a load of shipped
data does it. Results keep the version they were made with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from advisor.catalog import drafts, measurements, services
from advisor.catalog.difference import Difference, difference
from advisor.catalog.models import TABLES, CatalogVersion, Entry
from advisor.catalog.shipped import BrokenData

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

Document = Mapping[str, Any]
Rows = Mapping[str, Mapping[str, Any]]  # by short name


class NotAsSeen(Exception):
    """The drafts or the published version changed since the page was shown; nothing was done."""


@dataclass(frozen=True)
class Moved:
    """What happened to the drafts. Texts are "models: qwen3-8-27b"."""

    following: list[str] = field(default_factory=list)  # went back with the version
    kept: list[str] = field(default_factory=list)  # changes waiting, used by another draft, or an accepted measurement


@dataclass(frozen=True)
class Going:
    """What going back does. ``seen`` ties a confirmation to what was shown."""

    changes: tuple[Difference, ...]  # of the published version
    moved: Moved
    seen: str


@dataclass(frozen=True)
class _Sides:
    """The older version, the current one and the drafts, all with the columns of today."""

    entries: drafts.Drafts  # of the older version
    wanted: Document
    published: Document
    now: Document


def look(version: CatalogVersion) -> Going:
    """What going back to this version would do now: done, and taken back.

    Raises:
        BrokenData: today's checks refuse its content; with every problem.
    """
    with transaction.atomic():
        services.lock_drafts()
        going = _go(version, by=None)[0]
        transaction.set_rollback(True)
    return going


@transaction.atomic
def bring_back(*, version: CatalogVersion, by: AbstractBaseUser | None, note: str, seen: str) -> CatalogVersion:
    """Publish the version's content again and take the drafts along. Content equal to the current version gives that.

    Raises:
        NotAsSeen: what was shown is no longer what would happen.
        BrokenData: today's checks refuse its content; with every problem.
    """
    services.lock_drafts()
    going, wanted = _go(version, by=by)
    if going.seen != seen:
        raise NotAsSeen
    text = services.canonical_json(wanted)
    current = services.current_version() or version
    if not going.changes:
        return current
    return CatalogVersion.objects.create(
        number=current.number + 1, content_hash=services.content_hash(text), document=text, note=note, restores=version,
        published_by_id=None if by is None else by.pk, shipped_hash=version.shipped_hash,
    )  # fmt: skip


def _go(version: CatalogVersion, by: AbstractBaseUser | None) -> tuple[Going, Document]:
    """Take the drafts along; what was done, and the document to publish."""
    entries, measured, problems = _read(version)
    if problems:
        raise BrokenData(problems)
    wanted = services.checked_document(entries, measured)
    published = drafts.document_of(*_read(services.current_version() or version)[:2])
    now = drafts.document_of(services.current_drafts(), measurements.accepted_rows())
    changes = difference(published, wanted)
    moved = _take_along(changes, _Sides(entries, wanted, published, now), by, f"back to version {version.number}")
    seen = services.content_hash(services.canonical_json([wanted, published, now]))
    return Going(changes, moved, seen), wanted


def _read(version: CatalogVersion) -> tuple[drafts.Drafts, list[dict[str, Any]], list[str]]:
    """Its facts as unsaved drafts, its measurements, and what today's checks say against them. Columns that did not
    exist yet are empty."""
    stored = dict(json.loads(version.document)["entries"])
    measured = stored.pop(drafts.MEASUREMENTS, [])
    entries, problems = drafts.drafts_of({table.collection: stored.get(table.collection, []) for table in TABLES})
    return entries, measured, problems


def _take_along(
    changes: tuple[Difference, ...], sides: _Sides, by: AbstractBaseUser | None, reason: str
) -> Moved:  # fmt: skip
    moved = Moved()
    free: dict[str, list[str]] = {}  # drafts that are still what was published, by collection
    for item in changes:
        draft, before, wanted = (_rows(side, item.collection) for side in (sides.now, sides.published, sides.wanted))
        for slug in sorted((*item.added, *item.removed, *(entry.slug for entry in item.changed))):
            if draft.get(slug) == wanted.get(slug):
                continue
            if draft.get(slug) == before.get(slug) and item.collection != drafts.MEASUREMENTS:
                free.setdefault(item.collection, []).append(slug)
            else:
                moved.kept.append(f"{item.collection}: {slug}")
    for table in TABLES:
        wanted_entries = {entry.slug: entry for entry in sides.entries[table.collection]}
        back = [wanted_entries[slug] for slug in free.get(table.collection, ()) if slug in wanted_entries]
        _write(table, back, moved, by, reason)
    for table in reversed(TABLES):
        wanted = _rows(sides.wanted, table.collection)
        gone = [slug for slug in free.get(table.collection, ()) if slug not in wanted]
        _remove(table, gone, moved, by, reason)
    return moved


def _rows(document: Document, collection: str) -> Rows:
    return {row["slug"]: row for row in document["entries"].get(collection, ())}


def _write(
    table: type[Entry], entries: list[Entry], moved: Moved, by: AbstractBaseUser | None, reason: str
) -> None:  # fmt: skip
    """Who checked a fact on its earlier day is not known here, so that stays empty; the history tells."""
    present = {entry.slug: entry for entry in table._default_manager.filter(slug__in=[each.slug for each in entries])}
    whole = [entry for entry in entries if _references_exist(entry)]
    for entry in whole:
        if draft := present.get(entry.slug):
            entry.pk, entry.shipped_hash = draft.pk, draft.shipped_hash
    new, changed = [each for each in whole if each.pk is None], [each for each in whole if each.pk is not None]
    how: dict[str, Any] = {"batch_size": 500, "default_user": by, "default_change_reason": reason}
    if new:
        bulk_create_with_history(new, table, **how)
    if changed:
        columns = [column.name for column in table._meta.concrete_fields if not column.primary_key]
        bulk_update_with_history(changed, table, columns, **how)
    moved.following.extend(f"{table.collection}: {entry.slug}" for entry in whole)
    moved.kept.extend(f"{table.collection}: {entry.slug}" for entry in entries if entry not in whole)


def _references_exist(entry: Entry) -> bool:
    """Somebody may have deleted a draft that this one names."""
    for column in entry._meta.concrete_fields:
        if isinstance(column, models.ForeignKey) and (name := getattr(entry, column.attname)):
            target: Any = column.related_model
            if not target._default_manager.filter(slug=name).exists():
                return False
    return True


def _remove(
    table: type[Entry], slugs: list[str], moved: Moved, by: AbstractBaseUser | None, reason: str
) -> None:  # fmt: skip
    for draft in table._default_manager.filter(slug__in=slugs):
        name = f"{table.collection}: {draft.slug}"
        draft._history_user, draft._change_reason = by, reason  # type: ignore[attr-defined]  # read by simple-history
        try:
            draft.delete()
            moved.following.append(name)
        except models.ProtectedError:
            moved.kept.append(name)
