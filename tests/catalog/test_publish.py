"""Publishing drafts: one immutable document a version."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction

from advisor.catalog import drafts, services
from advisor.catalog.models import ApiPrice, CatalogVersion, Device, FrozenVersion, Rate
from advisor.catalog.shipped import BrokenData
from advisor.engine.catalog import Catalog

pytestmark = pytest.mark.django_db


def edit_price(value: str) -> None:
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    price.input = value
    price.save()


def document_text(version: CatalogVersion) -> str:
    return CatalogVersion.objects.get(pk=version.pk).document


def test_the_whole_shipped_catalog_through_the_database_equals_the_one_without_it() -> None:
    services.load_shipped()
    version = services.publish(by=None, note="first")
    assert version.content_hash == services.shipped_catalog().content_hash
    assert services.engine_catalog(version) == services.shipped_catalog()


def test_an_edited_price_makes_a_new_version_and_leaves_the_old_byte_for_byte(published: CatalogVersion) -> None:
    before = document_text(published)
    edit_price("9.5")
    second = services.publish(by=None, note="price went up")
    assert (second.number, services.current_version()) == (2, second)
    assert second.content_hash != published.content_hash
    assert document_text(published) == before
    assert services.content_hash(before) == published.content_hash
    old = {row.slug: row.input for row in services.engine_catalog(published).api_prices}
    new = {row.slug: row.input for row in services.engine_catalog(second).api_prices}
    assert (old["google-gemini-2-5-pro"], new["google-gemini-2-5-pro"]) == (1.25, 9.5)


def test_drafts_equal_to_the_current_version_publish_nothing(published: CatalogVersion) -> None:
    assert services.publish(by=None, note="again") == published
    assert CatalogVersion.objects.count() == 1


def test_going_back_to_an_earlier_content_is_a_new_version(published: CatalogVersion) -> None:
    edit_price("9.5")
    services.publish(by=None, note="mistake")
    edit_price("1.25")
    third = services.publish(by=None, note="back")
    assert third.number == 3
    assert third.content_hash == published.content_hash


def test_the_hash_does_not_depend_on_the_order_of_rows(published: CatalogVersion) -> None:
    entries = services.current_drafts()
    turned = {name: list(reversed(rows)) for name, rows in reversed(entries.items())}
    text = services.canonical_json(drafts.document_of(turned))
    assert services.content_hash(text) == published.content_hash


def test_a_fact_without_a_source_is_refused_by_name(published: CatalogVersion) -> None:
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(source="", via="")
    with pytest.raises(BrokenData) as broken:
        services.publish(by=None, note="x")
    assert broken.value.problems == [
        "api_prices.yaml, row google-gemini-2-5-pro, field source: missing, and the grade is published"
    ]
    assert services.current_version() == published


def test_an_assumed_value_needs_no_source(published: CatalogVersion) -> None:
    Rate.objects.create(
        slug="extra", kind="share", key="extra", unit="share", value=0.5, grade="assumed", as_of="2026-11"
    )
    assert services.publish(by=None, note="x").number == 2


def test_a_draft_the_engine_cannot_read_is_refused_by_name(published: CatalogVersion) -> None:
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(scheduled_changes=[{"input": 3}])
    with pytest.raises(BrokenData, match=r"api_prices\.yaml, row google-gemini-2-5-pro, field scheduled_changes"):
        services.publish(by=None, note="x")
    assert services.current_version() == published


def test_every_row_the_engine_cannot_read_is_named_at_once(published: CatalogVersion) -> None:
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(currency="eur")
    ApiPrice.objects.filter(slug="deepinfra-qwen3-8-27b").update(scheduled_changes=[{"input": 3}])
    Device.objects.filter(slug="l4").update(price={"amount": "much", "currency": "USD"})
    with pytest.raises(BrokenData) as broken:
        services.publish(by=None, note="x")
    assert [problem.partition(":")[0] for problem in broken.value.problems] == [
        "devices.yaml, row l4, field price.amount",
        "api_prices.yaml, row deepinfra-qwen3-8-27b, field scheduled_changes",
        "api_prices.yaml, row google-gemini-2-5-pro, field currency",
    ]
    assert services.current_version() == published


def test_a_version_remembers_who_published_it_why_and_on_which_data(published: CatalogVersion) -> None:
    user = get_user_model().objects.create_user("publisher@example.com")
    edit_price("2")
    version = services.publish(by=user, note="new list price")
    version.refresh_from_db()
    assert (version.published_by, version.note) == (user, "new list price")
    assert version.shipped_hash == published.shipped_hash != ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE catalog_catalogversion SET document = '{}'",
        "UPDATE catalog_catalogversion SET note = 'other'",
        "UPDATE catalog_catalogversion SET number = 7, published_by_id = NULL",
        "DELETE FROM catalog_catalogversion",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_version(published: CatalogVersion, statement: str) -> None:
    before = document_text(published)
    refused = pytest.raises(DatabaseError, match="never changed or deleted")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert document_text(published) == before


def test_the_program_refuses_to_change_or_delete_a_version(published: CatalogVersion) -> None:
    for attempt in (
        published.save,
        published.delete,
        CatalogVersion.objects.all().delete,
        lambda: CatalogVersion.objects.update(note="other"),
    ):
        with pytest.raises(FrozenVersion):
            attempt()


def test_deleting_the_account_of_a_publisher_keeps_the_version(published: CatalogVersion) -> None:
    user = get_user_model().objects.create_user("publisher@example.com")
    edit_price("2")
    version = services.publish(by=user, note="x")
    user.delete()
    version.refresh_from_db()
    assert version.published_by is None


def test_listing_versions_does_not_read_their_documents(published: CatalogVersion) -> None:
    assert "document" in CatalogVersion.objects.get().get_deferred_fields()


def test_a_published_version_is_parsed_once(published: CatalogVersion, django_assert_num_queries: object) -> None:
    first = services.engine_catalog(published)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert services.engine_catalog(published) is first
    assert first == Catalog.from_document(json.loads(document_text(published)), published.content_hash)


def test_without_a_version_there_is_no_current_one(data_folder: Path, edit_row: Callable[..., None]) -> None:
    assert services.current_version() is None


def test_a_fact_without_a_date_is_not_published(published: CatalogVersion) -> None:
    Rate.objects.create(slug="undated", kind="share", key="undated", unit="share", value=0.5, grade="assumed")
    with pytest.raises(BrokenData, match="row undated, field seen_on: missing, and there is no as_of either"):
        services.publish(by=None, note="x")
    assert services.current_version() == published
