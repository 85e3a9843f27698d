"""What changes the catalog, and what hands it to the engine."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from advisor.catalog.shipped import shipped_rows
from advisor.engine import catalog as engine


def canonical_json(document: dict[str, Any]) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def shipped_document() -> dict[str, Any]:
    """The document the data files would publish, without a database."""
    return {"format": engine.FORMAT, "entries": shipped_rows()}


@cache
def shipped_catalog() -> engine.Catalog:
    """The shipped data as the engine reads it, without a database."""
    document = shipped_document()
    return engine.Catalog.from_document(document, content_hash(canonical_json(document)))
