"""What each publication changed against the one before, entry by entry, and the feed that tells of it."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from advisor.catalog.difference import FieldChange, difference
from advisor.catalog.models import CatalogVersion
from advisor.catalog.public.presentation.changes import change_lines
from advisor.web.formats import Formats

MOST_VERSIONS = 20  # entries of the feed
MOST_LINES = 100  # changes told in one entry of the feed; the page of the version tells all
ATOM = "http://www.w3.org/2005/Atom"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # characters XML 1.0 cannot hold

Row = Mapping[str, Any]


@dataclass(frozen=True)
class EntryChange:
    """One entry that was added, removed or changed; ``row`` is the entry as it stood last."""

    collection: str
    kind: str  # added, removed, changed
    row: Row
    fields: tuple[FieldChange, ...] = ()


def version_changes(version: CatalogVersion) -> tuple[EntryChange, ...] | None:
    """Against the publication before; None for the first one."""
    before = CatalogVersion.objects.filter(number__lt=version.number).first()
    return None if before is None else changes_between(before.content_hash, version.content_hash)


@lru_cache(maxsize=64)
def changes_between(before: str, after: str) -> tuple[EntryChange, ...]:
    """Published contents never change, so what lies between two of them is worked out once per process."""
    old, new = _document(before), _document(after)
    rows = {"before": _rows(old), "after": _rows(new)}
    found: list[EntryChange] = []
    for part in difference(old, new):
        now, then = (rows[when].get(part.collection, {}) for when in ("after", "before"))
        found += [EntryChange(part.collection, "added", now[slug]) for slug in part.added]
        found += [EntryChange(part.collection, "changed", now[each.slug], each.fields) for each in part.changed]
        found += [EntryChange(part.collection, "removed", then[slug]) for slug in part.removed]
    return tuple(found)


def _document(content_hash: str) -> dict[str, Any]:
    text = CatalogVersion.objects.filter(content_hash=content_hash).values_list("document", flat=True)[0]
    document: dict[str, Any] = json.loads(text)
    return document


def _rows(document: dict[str, Any]) -> dict[str, dict[str, Row]]:
    return {name: {row["slug"]: row for row in rows} for name, rows in document["entries"].items()}


def feed(versions: Sequence[CatalogVersion], absolute: Callable[[str], str]) -> bytes:
    """An Atom feed (RFC 4287) of the versions, latest first. ``absolute`` makes whole addresses of paths.

    ``versions`` may hold one more than is told of, for what the last of them changed. Ids do not depend on the
    address of the site: readers recognize an entry after a move.
    """
    told = versions[:MOST_VERSIONS]
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": get_language() or "en"})
    _add(root, "id", uuid.uuid5(uuid.NAMESPACE_OID, f"catalog changes {_first_id(versions)}").urn)
    _add(root, "title", _("Changes of the catalog"))
    _add(root, "updated", told[0].published_at.isoformat())
    _add(root, "link", rel="self", href=absolute(reverse("catalog:changes")))
    _add(root, "link", rel="alternate", href=absolute(reverse("catalog:data")))
    _add(ElementTree.SubElement(root, f"{{{ATOM}}}author"), "name", _("AI adoption advisor"))
    for position, version in enumerate(told):
        before = versions[position + 1] if position + 1 < len(versions) else None
        _entry(root, version, before, absolute)
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _first_id(versions: Sequence[CatalogVersion]) -> str:
    first = versions[-1] if versions[-1].number == 1 else CatalogVersion.objects.order_by("number")[0]
    return str(first.public_id)


def _entry(
    root: ElementTree.Element, version: CatalogVersion, before: CatalogVersion | None, absolute: Callable[[str], str]
) -> None:
    entry = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
    _add(entry, "id", version.public_id.urn)
    _add(entry, "title", _("Version %(number)s of the catalog") % {"number": version.number})
    _add(entry, "updated", version.published_at.isoformat())
    _add(entry, "published", version.published_at.isoformat())
    _add(entry, "link", rel="alternate", href=absolute(reverse("catalog:version", args=[version.number])))
    _add(entry, "content", _content(version, before), type="html")


def _content(version: CatalogVersion, before: CatalogVersion | None) -> str:
    if before is None:
        return format_html("<p>{}</p>", _("The first publication."))
    changes = changes_between(before.content_hash, version.content_hash)
    formats = Formats(get_language() or "en", "USD")
    lines = [line for change in changes[:MOST_LINES] for line in change_lines(change, formats)]
    left = len(changes) - MOST_LINES
    more = [_more(left, formats)] if left > 0 else []
    told = [*lines, *more] or [_("Nothing but the number changed.")]
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in told)))


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text:
        element.text = NOT_XML.sub("", text)


def _more(count: int, formats: Formats) -> str:
    words = ngettext("And %(count)s more entry.", "And %(count)s more entries.", count)
    return words % {"count": formats.number(count)}
