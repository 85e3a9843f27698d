"""The admin's first page: what needs attention, for those who look after the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

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
        "stale": [
            {
                "name": BY_COLLECTION[kind.collection]._meta.verbose_name_plural,
                "kind": kind,
                "due": f"{_list(kind.collection)}?freshness={Freshness.REVIEW_DUE}",
                "expired": f"{_list(kind.collection)}?freshness={Freshness.EXPIRED}",
            }
            for kind in found.stale
        ],
        "contradictions": [
            {"slug": item.slug, "text": item.text, "address": _search(item.collection, item.slug)}
            for item in found.contradictions[:SHOWN]
        ],
        "comments": [_comment(item) for item in found.comments[:SHOWN]],
        "nothing": _nothing(found),
    }


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
