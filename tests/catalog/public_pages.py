"""Reading the public catalog pages in tests: a published version, and what a page says in plain words."""

from __future__ import annotations

import html
import re
from copy import deepcopy
from typing import Any

from django.test import Client

from advisor.catalog.management.commands.browse_times import publish_document
from advisor.catalog.models import CatalogVersion
from advisor.catalog.services import shipped_document


def publish_changed(collection: str, slug: str, **changes: Any) -> CatalogVersion:
    """The shipped document with one row changed."""
    document = deepcopy(shipped_document())
    row = next(row for row in document["entries"][collection] if row["slug"] == slug)
    row |= changes
    return publish_document(document)


def words(page: str) -> str:
    """What stands on a page, without its tags."""
    body = page.split("<main", 1)[-1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def get(client: Client, address: str, status: int = 200, **options: Any) -> str:
    response = client.get(address, **options)
    assert response.status_code == status, response.content[:400]
    return str(response.content.decode())


def listed(page: str) -> list[str]:
    """Slugs of the models on a page of the list, in order."""
    return re.findall(r'<h3>\s*<a href="/models/([\w-]+)/"', page)
