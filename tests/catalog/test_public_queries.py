"""No public page asks the database more often because the catalog is larger: 20 rows of each kind, then 2,000."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advisor.catalog.management.commands.browse_times import publish_document
from advisor.catalog.public.exports import SHEETS
from advisor.catalog.services import shipped_document
from tests.site_map import routes

pytestmark = pytest.mark.django_db
# Page -> its queries once the process has read the version (the version, its document or those before), and addresses.
PAGES: dict[str, tuple[int, tuple[str, ...]]] = {
    "catalog:models": (1, ("/models/?task=chat&country=DE&sort=memory",)),
    "catalog:model": (1, ("/models/{model}/",)),
    "catalog:compare": (1, ("/catalog/compare/?model={model}&model={other}",)),
    "catalog:laws": (1, ("/laws/?country={country}",)),
    "catalog:cases": (1, ("/cases/", "/cases/?sector=software")),
    "catalog:software": (1, ("/software/", "/software/?route=own_server")),
    "catalog:claims": (1, ("/claims/",)),
    "catalog:data": (2, ("/catalog/",)),
    "catalog:changes": (2, ("/catalog/changes.atom",)),
    "catalog:version": (2, ("/catalog/versions/2/",)),
    "catalog:document": (2, ("/catalog/current/catalog.json",)),
    "catalog:description": (2, ("/catalog/2/datapackage.json",)),
    "catalog:sheet": (2, tuple(f"/catalog/current/{name}.csv" for name in SHEETS)),
}


def many(count: int) -> dict[str, Any]:
    """Exactly so many rows of each kind: the shipped ones again and again under numbered short names."""
    document = shipped_document()
    license_ = document["entries"]["licenses"][0]["slug"]
    entries = {kind: list(_numbered(rows, count)) for kind, rows in document["entries"].items()}
    entries["models"] = [row | {"license": license_} for row in entries["models"]]
    return document | {"entries": entries}


def _numbered(rows: list[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    """Without references, which might lead to rows left out."""
    for number, row in enumerate(islice(cycle(rows), count)):
        kept = {name: value for name, value in row.items() if name not in ("model", "device") or "jobs" in row}
        yield kept | {"slug": row["slug"] if number < len(rows) else f"copy-{number // len(rows)}-{row['slug']}"}


@pytest.mark.parametrize("count", [20, 2000])
def test_no_public_page_asks_more_of_the_database_because_there_are_more_rows(client: Client, count: int) -> None:
    document = many(count)
    publish_document(many(19))
    publish_document(document)
    first, second = (row["slug"] for row in document["entries"]["models"][:2])
    country = next(row["country"] for row in document["entries"]["electricity"] if len(row["country"]) == 2)
    for expected, addresses in PAGES.values():
        for address in (each.format(model=first, other=second, country=country) for each in addresses):
            _read(client, address)
            with CaptureQueriesContext(connection) as queries:
                _read(client, address)
            assert len(queries) == expected, address


def _read(client: Client, address: str) -> None:
    """To the last byte: files are written while they are sent."""
    response = client.get(address)
    assert response.status_code == 200, address
    if isinstance(response, StreamingHttpResponse):
        assert all(True for _piece in response.streaming_content)


def test_no_public_page_of_the_catalog_is_left_out() -> None:
    assert {name for name in routes().values() if name.startswith("catalog:")} == set(PAGES)
