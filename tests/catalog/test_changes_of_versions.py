"""What each publication changed: the page of a version and the Atom feed."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from advisor.catalog.management.commands.browse_times import publish_document
from advisor.catalog.models import CatalogVersion
from advisor.catalog.public import changes
from advisor.catalog.services import shipped_document
from tests.catalog.public_pages import get, publish_changed, words
from tests.questionnaire import published_version

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client, **options: Any) -> ElementTree.Element:
    return ElementTree.fromstring(get(client, "/catalog/changes.atom", **options))  # noqa: S314  # our own feed


def entries(client: Client) -> list[ElementTree.Element]:
    return feed(client).findall(f"{ATOM}entry")


def content(entry: ElementTree.Element) -> str:
    return entry.findtext(f"{ATOM}content") or ""


def test_a_changed_fact_is_told_in_words(client: Client, db: None) -> None:
    published_version()
    publish_changed("models", "qwen3-8-27b", context_tokens=1_000_000, params_active_b=3.0)
    latest = entries(client)[0]

    assert latest.findtext(f"{ATOM}title") == "Version 2 of the catalog"
    assert "<li>Models: Qwen3.8 27B: longest context, tokens was 262,144, is now 1,000,000.</li>" in content(latest)
    assert "active parameters, billions was not known, is now 3." in content(latest)
    seen = words(get(client, "/catalog/versions/2/"))
    assert "1 entry changed." in seen
    assert "Qwen3.8 27B" in seen
    assert "longest context, tokens was 262,144, is now 1,000,000." in seen


def test_a_content_published_again_changed_nothing(client: Client, db: None) -> None:
    first = published_version()
    CatalogVersion.objects.create(number=2, content_hash=first.content_hash, document=first.document)

    assert "Nothing but the number changed." in content(entries(client)[0])
    assert "Nothing but the number changed." in words(get(client, "/catalog/versions/2/"))


def test_what_came_and_what_went_is_told(client: Client, db: None) -> None:
    published_version()
    document = deepcopy(shipped_document())
    prices = document["entries"]["api_prices"]
    gone = next(row for row in prices if row["slug"] == "deepinfra-qwen3-8-27b")
    prices.remove(gone)
    prices.append(gone | {"slug": "acme", "provider": "Acme"})
    publish_document(document)

    told = content(entries(client)[0])
    assert "Prices of hosted services: Acme: Qwen/Qwen3.8-27B is new." in told
    assert "Prices of hosted services: DeepInfra: Qwen/Qwen3.8-27B was taken out." in told


def test_the_first_publication_has_nothing_to_differ_from(client: Client, db: None) -> None:
    published_version()

    assert content(entries(client)[0]) == "<p>The first publication.</p>"
    assert "The first publication." in words(get(client, "/catalog/versions/1/"))


def test_ids_stay_the_same_whatever_is_published_later_and_under_whatever_name(client: Client, db: None) -> None:
    first = published_version()
    before = feed(client)
    publish_changed("models", "qwen3-8-27b", name="Renamed")
    after = feed(client, headers={"host": "127.0.0.1"})

    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    ids = [entry.findtext(f"{ATOM}id") for entry in after.findall(f"{ATOM}entry")]
    assert ids[-1] == before.find(f"{ATOM}entry").findtext(f"{ATOM}id") == f"urn:uuid:{first.public_id}"  # type: ignore[union-attr]
    assert len(set(ids)) == 2


def test_nothing_in_a_fact_becomes_part_of_the_feed(client: Client, db: None) -> None:
    published_version()
    publish_changed("models", "qwen3-8-27b", name="<script>&amp;\x00\x1f\ufffe</script>]]>")

    told = content(entries(client)[0])
    assert "&lt;script&gt;&amp;amp;&lt;/script&gt;" in told
    assert "<script>" not in told
    assert "<script>" not in get(client, "/catalog/versions/2/").split("<main")[1]


def test_a_long_change_is_cut_in_the_feed_and_whole_on_its_page(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST_LINES", 2)
    published_version()
    document = deepcopy(shipped_document())
    for row in document["entries"]["models"][:5]:
        row["context_tokens"] = 7
    publish_document(document)

    told = content(entries(client)[0])
    assert told.count("is now 7.") == 2
    assert "And 3 more entries." in told
    assert words(get(client, "/catalog/versions/2/")).count("is now 7.") == 5


def test_the_feed_tells_of_the_latest_versions_only(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST_VERSIONS", 2)
    monkeypatch.setattr("advisor.catalog.public.views.data.MOST_VERSIONS", 2)
    published_version()
    for name in ("A", "B"):
        publish_changed("models", "qwen3-8-27b", name=name)

    found = entries(client)
    assert [entry.findtext(f"{ATOM}title") for entry in found] == [
        "Version 3 of the catalog",
        "Version 2 of the catalog",
    ]
    assert "name was “Qwen3.8 27B”, is now A." in content(found[1])  # against version 1, which is not told of


def test_readers_are_told_when_nothing_is_new(client: Client, db: None) -> None:
    published_version()
    first = client.get("/catalog/changes.atom")

    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert client.get("/catalog/changes.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304
    publish_changed("models", "qwen3-8-27b", name="Renamed")
    assert client.get("/catalog/changes.atom", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_reader_of_another_language_is_not_told_that_nothing_is_new(client: Client, db: None) -> None:
    published_version()
    english = client.get("/catalog/changes.atom")
    held = {"If-None-Match": english["ETag"], "Accept-Language": "zh-CN"}

    assert client.get("/catalog/changes.atom", headers=held).status_code == 200


def test_changes_are_told_in_the_language_of_the_reader(client: Client, db: None) -> None:
    published_version()
    publish_changed("models", "qwen3-8-27b", context_tokens=1_000_000)
    chinese = {"Accept-Language": "zh-CN"}
    told = content(feed(client, headers=chinese).findall(f"{ATOM}entry")[0])

    assert "模型：Qwen3.8 27B：最长上下文（词元）原为 262,144，现为 1,000,000。" in told
    assert feed(client, headers=chinese).get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-hans"


def test_entries_link_to_whole_addresses_of_their_versions(client: Client, db: None) -> None:
    published_version()

    link = entries(client)[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://testserver/catalog/versions/1/"


def test_a_version_that_was_never_published_is_not_found(client: Client, db: None) -> None:
    published_version()

    get(client, "/catalog/versions/2/", status=404)
    get(client, "/catalog/versions/99999999999999999999/", status=404)
