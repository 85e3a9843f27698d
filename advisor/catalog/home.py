"""The admin's first page: what needs attention, for those who look after the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from advisor.catalog.admin_tables import Cell, Table, table
from advisor.catalog.attention import Attention, attention
from advisor.catalog.models import BY_COLLECTION, DraftComment
from advisor.engine.freshness import Freshness

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN = 10  # contradictions and comments; the rest is counted


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Called by Unfold with the context of the page (UNFOLD["DASHBOARD_CALLBACK"])."""
    if not request.user.has_perm("catalog.view_aimodel"):
        return context
    found = attention(timezone.localdate())
    return context | {
        "attention": found,
        "stale": _stale(found),
        "contradictions": [
            {"slug": item.slug, "text": item.text, "address": _search(item.collection, item.slug)}
            for item in found.contradictions[:SHOWN]
        ],
        "comments": [_comment(item) for item in found.comments[:SHOWN]],
        "nothing": _nothing(found),
    }


def _stale(found: Attention) -> Table | None:
    """Each kind with facts to look at again; None where there is none."""
    if not found.stale:
        return None
    used = ngettext("used in, of the last %(n)s result", "used in, of the last %(n)s results", found.results)
    columns = (gettext("Kind"), gettext("to be checked again"), gettext("too old to recommend by"))
    rows = [
        (
            capfirst(BY_COLLECTION[kind.collection]._meta.verbose_name_plural),
            _counted(kind.collection, Freshness.REVIEW_DUE, kind.due),
            _counted(kind.collection, Freshness.EXPIRED, kind.expired),
            kind.reach,
        )
        for kind in found.stale
    ]
    return table("stale", gettext("To be looked at again"), (*columns, used % {"n": found.results}), rows)


def _counted(collection: str, state: Freshness, count: int) -> Cell:
    return Cell(str(count), f"{_list(collection)}?freshness={state}" if count else "")


def _list(collection: str) -> str:
    return reverse(f"admin:catalog_{BY_COLLECTION[collection]._meta.model_name}_changelist")


def _search(collection: str, slug: str) -> str:
    """The list narrowed to one entry; nothing to open for a kind that has no drafts."""
    return f"{_list(collection)}?slug={slug}" if collection in BY_COLLECTION else ""


def _comment(item: DraftComment) -> dict[str, Any]:
    return {"comment": item, "address": _search(item.collection, item.slug)}


def _nothing(found: Attention) -> bool:
    counts = (found.waiting, found.failed_imports, found.measurements, found.dead_links)
    return not any((*counts, found.stale, found.holes, found.contradictions, found.comments))
