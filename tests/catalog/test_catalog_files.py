"""The published facts as files: the bytes of the hash, sheets no formula hides in, columns that are explained."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from advisor.catalog.management.commands.browse_times import publish_document
from advisor.catalog.models import TABLES, CatalogVersion, Measurement
from advisor.catalog.public.exports import cell
from advisor.catalog.services import shipped_document
from tests.catalog.public_pages import get, publish_changed, words
from tests.questionnaire import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db: None) -> CatalogVersion:
    return published_version()


def downloaded(client: Client, address: str, **options: Any) -> bytes:
    response = client.get(address, **options)
    assert response.status_code == 200
    content: bytes = b"".join(response) if response.streaming else response.content
    return content


def sheet(client: Client, table: str, version: str = "current") -> list[dict[str, str]]:
    text = downloaded(client, f"/catalog/{version}/{table}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_json_file_is_what_the_hash_was_taken_of(client: Client, version: CatalogVersion) -> None:
    content = downloaded(client, "/catalog/current/catalog.json")

    assert hashlib.sha256(content).hexdigest() == version.content_hash
    assert json.loads(content) == shipped_document()


def test_the_json_file_is_streamed_and_carries_its_digest(client: Client, version: CatalogVersion) -> None:
    response = client.get("/catalog/1/catalog.json")

    assert response.streaming
    assert max(len(piece) for piece in response) <= 64 * 1024
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="catalog-1.json"'
    digest = base64.b64encode(bytes.fromhex(version.content_hash)).decode()
    assert response["Repr-Digest"] == f"sha-256=:{digest}:"


@pytest.mark.parametrize("name", ["catalog.json", "models.csv", "datapackage.json"])
def test_a_file_already_held_is_not_sent_again(client: Client, version: CatalogVersion, name: str) -> None:
    first = client.get(f"/catalog/current/{name}")
    list(first) if first.streaming else None
    again = client.get(f"/catalog/current/{name}", headers={"If-None-Match": first["ETag"]})

    assert first["ETag"].startswith(f'"{version.content_hash}-1')
    assert (again.status_code, again.content) == (304, b"")


def test_the_current_file_is_asked_about_again_and_a_version_keeps_for_good(
    client: Client, version: CatalogVersion
) -> None:
    current, first = client.head("/catalog/current/catalog.json"), client.head("/catalog/1/catalog.json")

    assert current["Cache-Control"] == "public, no-cache"
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "sessionid" not in current.cookies
    assert "csrftoken" not in current.cookies


def test_an_old_version_stays_at_its_address(client: Client, version: CatalogVersion) -> None:
    publish_changed("models", "qwen3-8-27b", name="Renamed")

    names = {
        name: next(row["name"] for row in sheet(client, "models", name) if row["slug"] == "qwen3-8-27b")
        for name in ("1", "2", "current")
    }
    assert names == {"1": "Qwen3.8 27B", "2": "Renamed", "current": "Renamed"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.collection)
def test_every_kind_of_fact_is_a_sheet_of_all_its_rows(client: Client, version: CatalogVersion, table: Any) -> None:
    rows = sheet(client, table.collection)
    stored = shipped_document()["entries"][table.collection]

    assert [row["slug"] for row in rows] == [row["slug"] for row in stored]
    assert list(rows[0]) == list(table.published_fields())
    assert set(rows[0]) >= set(stored[0])
    assert {row["source"] for row in rows} == {cell(row["source"]) for row in stored}


def test_measurements_are_a_sheet_of_their_own(client: Client, db: None) -> None:
    row = Measurement(model_id="qwen3-8-27b", measured_on=date(2026, 11, 20), speeds=[{"users": 1}]).to_row()
    publish_document(shipped_document() | {"entries": shipped_document()["entries"] | {"measurements": [row]}})

    (found,) = sheet(client, "measurements")
    assert set(found) == set(row)
    assert found["model"] == "qwen3-8-27b"
    assert json.loads(found["speeds"]) == [{"users": 1}]


def test_figures_stay_figures_and_lists_are_json(client: Client, version: CatalogVersion) -> None:
    row = next(row for row in sheet(client, "models") if row["slug"] == "qwen3-8-27b")

    assert float(row["params_total_b"]) == 27.78
    assert row["params_active_b"] == ""
    assert json.loads(row["tasks"])[0] == "chat"
    assert json.loads(row["vram_min_gb"]) == {"bf16": 67, "fp8": 38, "nvfp4": 32}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_looks_like_a_formula_stays_text(client: Client, db: None, start: str) -> None:
    publish_changed("models", "qwen3-8-27b", name=f"{start}HYPERLINK(1)")
    row = next(row for row in sheet(client, "models") if row["slug"] == "qwen3-8-27b")

    assert row["name"] == f"'{start}HYPERLINK(1)"


def test_a_negative_figure_is_no_formula() -> None:
    assert cell(-1.5) == -1.5
    assert cell(True) == "true"
    assert cell(None) == ""


def test_the_columns_of_every_sheet_are_described(client: Client, version: CatalogVersion) -> None:
    described = json.loads(downloaded(client, "/catalog/1/datapackage.json"))

    assert described["hash"] == f"sha256:{version.content_hash}"
    resources = {resource["name"]: resource for resource in described["resources"]}
    assert set(resources) == {table.collection for table in TABLES} | {"measurements"}
    for name, resource in resources.items():
        fields = resource["schema"]["fields"]
        head = downloaded(client, f"/catalog/1/{name}.csv").decode("utf-8-sig").splitlines()[0]
        assert [field["name"] for field in fields] == head.split(",")
        assert all(field["title"] for field in fields)
        assert resource["rows"] == len(shipped_document()["entries"].get(name, ()))
    columns = {field["name"]: field for field in resources["licenses"]["schema"]["fields"]}
    assert columns["commercial_use"]["constraints"] == {"enum": ["yes", "conditional", "no"]}
    assert columns["osi_approved"]["type"] == "boolean"


def test_columns_are_explained_in_the_language_of_the_reader(client: Client, version: CatalogVersion) -> None:
    chinese = {"Accept-Language": "zh-CN"}
    described = json.loads(downloaded(client, "/catalog/1/datapackage.json", headers=chinese))

    assert described["resources"][1]["title"] == "模型"
    assert "最长上下文（词元）" in words(get(client, "/catalog/", headers=chinese))


@pytest.mark.parametrize(
    "address",
    ["/catalog/2/catalog.json", "/catalog/0/catalog.json", "/catalog/current/users.csv", "/catalog/9/models.csv"],
)
def test_what_is_not_published_is_not_found(client: Client, version: CatalogVersion, address: str) -> None:
    get(client, address, status=404)


def test_before_the_first_publication_there_is_no_file(client: Client, db: None) -> None:
    get(client, "/catalog/current/catalog.json", status=404)


def test_the_page_of_files_names_every_sheet_with_its_rows_and_columns(client: Client, version: CatalogVersion) -> None:
    page = get(client, "/catalog/")

    assert version.content_hash in page
    for table in TABLES:
        assert f'href="/catalog/current/{table.collection}.csv"' in page
    assert "Models 110 entries" in words(page)
    assert "<code>params_<wbr>total_<wbr>b</code>" in page
