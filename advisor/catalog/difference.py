"""What publishing the drafts would change, entry by entry and field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True)
class FieldChange:
    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class ChangedEntry:
    slug: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Difference:
    """What changed in one collection."""

    collection: str
    added: tuple[str, ...]
    changed: tuple[ChangedEntry, ...]
    removed: tuple[str, ...]


def difference(old: Document | None, new: Document) -> tuple[Difference, ...]:
    """Compare two documents; collections without a change are left out."""
    before, after = _by_slug(old), _by_slug(new)
    found = (
        _compare(collection, before.get(collection, {}), after.get(collection, {}))
        for collection in sorted(before.keys() | after.keys())
    )
    return tuple(item for item in found if item.added or item.changed or item.removed)


def _compare(collection: str, before: Document, after: Document) -> Difference:
    return Difference(
        collection=collection,
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(
            ChangedEntry(slug, _fields(before[slug], after[slug]))
            for slug in sorted(before.keys() & after.keys())
            if before[slug] != after[slug]
        ),
        removed=tuple(sorted(before.keys() - after.keys())),
    )


def _fields(before: Document, after: Document) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    )


def _by_slug(document: Document | None) -> dict[str, dict[str, Any]]:
    entries = {} if document is None else document["entries"]
    return {collection: {row["slug"]: row for row in rows} for collection, rows in entries.items()}
