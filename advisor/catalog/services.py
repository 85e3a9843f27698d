"""What changes the catalog: loading shipped data into drafts, and publishing drafts. And what the engine reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from advisor.catalog import drafts, measurements
from advisor.catalog.difference import Difference, difference
from advisor.catalog.models import TABLES, CatalogVersion, Entry, ShippedLoad
from advisor.catalog.shipped import DATA, BrokenData, shipped_hash, shipped_rows
from advisor.engine import catalog as engine

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# Any number that no other advisory lock of this database uses: only one load or publication at a time.
LOCK = 20261121
COLLECTIONS = [table.collection for table in TABLES]


@dataclass(frozen=True)
class LoadReport:
    """What a load did. Each text is "models: qwen3-8-27b"; ``kept`` were edited by a person and left alone."""

    already_loaded: bool = False
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load_shipped(*, folder: Path = DATA, force: bool = False) -> LoadReport:
    """Bring the drafts up to the data files, all or nothing. Rows that a person edited since the last load stay.

    Raises:
        BrokenData: with every problem; nothing was changed.
    """
    fingerprint = shipped_hash(folder)
    last = ShippedLoad.objects.first()
    if last is not None and last.shipped_hash == fingerprint and not force:
        return LoadReport(already_loaded=True)
    shipped = _checked_drafts(folder)
    lock_drafts()
    report = LoadReport()
    for table in TABLES:
        _load_table(table, shipped[table.collection], report, reason=f"shipped data {fingerprint[:12]}")
    for table in reversed(TABLES):
        _remove_withdrawn(table, {entry.slug for entry in shipped[table.collection]}, report)
    ShippedLoad.objects.create(
        shipped_hash=fingerprint, added=len(report.added), changed=len(report.changed), removed=len(report.removed),
        kept=report.kept,
    )  # fmt: skip
    return report


def _load_table(table: type[Entry], shipped: list[Entry], report: LoadReport, reason: str) -> None:
    present = {entry.slug: entry for entry in table._default_manager.all()}
    new, changed = [], []
    for entry in shipped:
        entry.shipped_hash = row_hash(entry)
        draft = present.get(entry.slug)
        name = f"{table.collection}: {entry.slug}"
        if draft is None:
            new.append(entry)
            report.added.append(name)
        elif row_hash(draft) not in (draft.shipped_hash, entry.shipped_hash):
            report.kept.append(name)
        elif draft.shipped_hash != entry.shipped_hash:
            entry.pk = draft.pk
            changed.append(entry)
            report.changed.append(name)
    if new:
        bulk_create_with_history(new, table, batch_size=500, default_change_reason=reason)
    if changed:
        columns = [column.name for column in table._meta.concrete_fields if not column.primary_key]
        bulk_update_with_history(changed, table, columns, batch_size=500, default_change_reason=reason)


def _remove_withdrawn(table: type[Entry], shipped: set[str], report: LoadReport) -> None:
    """Drafts that came with an earlier release and no longer do go, unless a person edited or uses them."""
    for draft in table._default_manager.exclude(slug__in=shipped).exclude(shipped_hash=""):
        name = f"{table.collection}: {draft.slug}"
        if row_hash(draft) != draft.shipped_hash:
            report.kept.append(name)
            continue
        try:
            draft.delete()
            report.removed.append(name)
        except models.ProtectedError:
            report.kept.append(name)


@transaction.atomic
def publish(*, by: AbstractBaseUser | None, note: str) -> CatalogVersion:
    """Freeze the drafts as the next version. Drafts equal to the current version give that version back.

    Raises:
        BrokenData: a fact lacks its source, or the engine cannot read a row; nothing was published.
    """
    lock_drafts()
    text = draft_text()
    fingerprint = content_hash(text)
    current = current_version()
    if current is not None and current.content_hash == fingerprint:
        return current
    load = ShippedLoad.objects.first()
    return CatalogVersion.objects.create(
        number=1 if current is None else current.number + 1, content_hash=fingerprint, document=text,
        published_by_id=None if by is None else by.pk, note=note, shipped_hash=load.shipped_hash if load else "",
    )  # fmt: skip


def draft_text() -> str:
    """The document the drafts would publish now, as the text its hash is taken of.

    Raises:
        BrokenData: it could not be published; with every problem.
    """
    return canonical_json(checked_document(current_drafts(), measurements.accepted_rows()))


@dataclass(frozen=True)
class Preview:
    """What publishing would do now: the changes against the current version, or the problems that stop it."""

    changes: tuple[Difference, ...]
    problems: list[str]
    content_hash: str  # of the drafts as they were looked at; empty when problems stop it


def preview() -> Preview:
    """Compare the drafts with the current version, without publishing."""
    entries, measured = current_drafts(), measurements.accepted_rows()
    current = current_version()
    changes = difference(json.loads(current.document) if current else None, drafts.document_of(entries, measured))
    try:
        document = checked_document(entries, measured)
    except BrokenData as error:
        return Preview(changes, error.problems, "")
    return Preview(changes, [], content_hash(canonical_json(document)))


def checked_document(entries: drafts.Drafts, measured: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """The document of drafts and accepted measurements, once every fact has a source and the engine can read each row.

    Raises:
        BrokenData: with the problems.
    """
    document = drafts.document_of(entries, measured)
    problems = drafts.unsupported(entries)
    try:
        drafts.read_by_engine(document, "")
    except ValueError as error:
        problems += drafts.unreadable(document) or [str(error)]
    if problems:
        raise BrokenData(problems)
    return document


def current_drafts() -> drafts.Drafts:
    return {table.collection: list(table._default_manager.all()) for table in TABLES}


def current_version() -> CatalogVersion | None:
    return CatalogVersion.objects.first()


def engine_catalog(version: CatalogVersion) -> engine.Catalog:
    """The version as the engine reads it; parsed once per process."""
    return engine_catalog_of(version.content_hash)


@lru_cache(maxsize=4)
def engine_catalog_of(fingerprint: str) -> engine.Catalog:
    """The version with this content hash as the engine reads it."""
    text = CatalogVersion.objects.filter(content_hash=fingerprint).values_list("document", flat=True)[0]
    return engine.Catalog.from_document(json.loads(text), fingerprint)


@cache
def shipped_document() -> dict[str, Any]:
    """The document the data files would publish, without a database."""
    return checked_document(_checked_drafts(DATA))


@cache
def shipped_catalog() -> engine.Catalog:
    """The shipped data as the engine reads it, without a database."""
    document = shipped_document()
    return engine.Catalog.from_document(document, content_hash(canonical_json(document)))


SHIPPED = "shipped"


def named_catalog(name: str) -> engine.Catalog:
    """A catalog by name: "shipped" for the data files, or the number of a published version.

    Raises:
        LookupError: no such version; the message is a sentence for the person who asked.
    """
    return shipped_catalog() if name == SHIPPED else engine_catalog(named_version(name))


def named_version(name: str) -> CatalogVersion:
    """A published version by its number.

    Raises:
        LookupError: no such version; the message is a sentence for the person who asked.
    """
    version = CatalogVersion.objects.filter(number=name).first() if name.isdecimal() else None
    if version is None:
        raise LookupError(f"there is no published version {name!r}; see manage.py catalog_versions")
    return version


def canonical_json(document: object) -> str:
    """One text for one content: the hash is taken of this."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def row_hash(entry: Entry) -> str:
    return content_hash(canonical_json(entry.to_row()))


def _checked_drafts(folder: Path) -> drafts.Drafts:
    entries, problems = drafts.drafts_of(shipped_rows(COLLECTIONS, folder))
    if problems:
        raise BrokenData(problems)
    checked_document(entries)
    return entries


def lock_drafts() -> None:
    """Wait until no load, import or publication is under way; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
