"""Finding published versions, and what one of them says: parsed once per content and process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from advisor.catalog.models import CatalogVersion
from advisor.catalog.services import current_version, engine_catalog
from advisor.engine.catalog import Catalog

Row = Mapping[str, Any]
CURRENT = "current"
KEPT = 2  # parsed documents per process: the current one, and the one before while workers move on


@dataclass(frozen=True)
class Facts:
    """A published document as stored (``rows``) and as the engine reads it. ``rows`` is never changed."""

    content_hash: str
    rows: Mapping[str, tuple[Row, ...]]
    engine: Catalog

    def by_slug(self, collection: str) -> dict[str, Row]:
        return {row["slug"]: row for row in self.rows.get(collection, ())}


def find_version(name: str) -> CatalogVersion | None:
    """A version by its number, or the one in force as "current"."""
    if name == CURRENT:
        return current_version()
    return CatalogVersion.objects.filter(number=int(name)).first()


@lru_cache(maxsize=KEPT)
def facts_of(content_hash: str) -> Facts:
    """The facts of the published version with this content."""
    version = CatalogVersion.objects.filter(content_hash=content_hash)[0]
    entries: dict[str, list[dict[str, Any]]] = json.loads(version.document)["entries"]
    return Facts(content_hash, {name: tuple(rows) for name, rows in entries.items()}, engine_catalog(version))
