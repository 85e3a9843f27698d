"""The page of downloads, and the page of one publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisor.catalog.models import CatalogVersion
from advisor.catalog.public import wording
from advisor.catalog.public.exports import SHEETS, columns
from advisor.catalog.public.presentation.changes import entry_name, field_line
from advisor.catalog.public.published import facts_of
from advisor.web.formats import Formats

if TYPE_CHECKING:
    from advisor.catalog.public.changes import EntryChange

MOST_VERSIONS = 50  # listed; older ones keep their addresses
MOST_ENTRIES = 1000  # told on the page of one version; the files hold everything


@dataclass(frozen=True)
class Sheet:
    code: str
    name: str
    count: int
    rows: str
    columns: list[dict[str, Any]]


@dataclass(frozen=True)
class Version:
    number: int
    published: str
    content_hash: str


@dataclass(frozen=True)
class DataPage:
    facts: str
    sheets: list[Sheet]
    versions: list[Version]


@dataclass(frozen=True)
class ChangedEntry:
    name: str
    kind: str  # added, removed, changed
    lines: list[str]


@dataclass(frozen=True)
class ChangedSheet:
    name: str
    entries: list[ChangedEntry]


@dataclass(frozen=True)
class VersionPage:
    published: str
    count: str
    sheets: list[ChangedSheet]
    left_out: str


def data_page(version: CatalogVersion, formats: Formats) -> DataPage:
    entries = facts_of(version.content_hash).rows
    sheets = [
        Sheet(code, wording.label(wording.COLLECTIONS, code), count, formats.number(count), columns(kind))
        for code, kind in SHEETS.items()
        for count in [len(entries.get(code, ()))]
    ]
    return DataPage(
        facts=formats.number(sum(len(rows) for rows in entries.values())),
        sheets=sheets,
        versions=[
            Version(each.number, formats.moment(each.published_at), each.content_hash)
            for each in CatalogVersion.objects.all()[:MOST_VERSIONS]
        ],
    )


def version_page(version: CatalogVersion, changes: Sequence[EntryChange] | None, formats: Formats) -> VersionPage:
    told = (changes or ())[:MOST_ENTRIES]
    left = len(changes or ()) - len(told)
    return VersionPage(
        published=formats.moment(version.published_at),
        count=_("The first publication.") if changes is None else _counted(len(changes), formats),
        sheets=[
            ChangedSheet(wording.label(wording.COLLECTIONS, collection), [_entry(change, formats) for change in group])
            for collection, group in groupby(told, key=lambda change: change.collection)
        ],
        left_out=_("And %(count)s more entries.") % {"count": formats.number(left)} if left else "",
    )


def _entry(change: EntryChange, formats: Formats) -> ChangedEntry:
    said = {"added": [_("is new")], "removed": [_("was taken out")]}
    lines = said.get(change.kind) or [field_line(change.collection, each, formats) for each in change.fields]
    return ChangedEntry(entry_name(change.row), change.kind, lines)


def _counted(count: int, formats: Formats) -> str:
    if count == 0:
        return _("Nothing but the number changed.")
    return ngettext("%(count)s entry changed.", "%(count)s entries changed.", count) % {"count": formats.number(count)}
