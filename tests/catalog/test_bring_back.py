"""Going back to an older version: it is published again, the drafts go along, and nobody's waiting work is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from advisor.assessments.models import Assessment, Result
from advisor.catalog import bringing_back, services
from advisor.catalog.models import AIModel, ApiPrice, CatalogVersion, Claim, License, Measurement, Rate, Seat

PRICE = "google-gemini-2-5-pro"
LIST = "/admin/catalog/catalogversion/"


def page_of(version: CatalogVersion) -> str:
    return f"{LIST}{version.pk}/bring-back/"


@pytest.fixture
def second(published: CatalogVersion) -> CatalogVersion:
    """Version 2 with a wrong price, without a claim, and with one more rate."""
    price = ApiPrice.objects.get(slug=PRICE)
    price.input = "9.5"
    price.save()
    Claim.objects.get(slug="nagle-yue-price").delete()
    Rate.objects.create(
        slug="extra", kind="share", key="extra", unit="share", value=0.5, grade="assumed", as_of="2026-11"
    )
    return services.publish(by=None, note="second")


def go_back(version: CatalogVersion) -> CatalogVersion:
    return bringing_back.bring_back(version=version, by=None, note="wrong price", seen=bringing_back.look(version).seen)


def test_the_older_content_is_published_again_as_a_new_version(
    published: CatalogVersion, second: CatalogVersion
) -> None:
    third = go_back(published)

    assert services.current_version() == third
    assert (third.number, third.restores, third.note) == (3, published, "wrong price")
    assert third.content_hash == published.content_hash
    assert third.document == published.document


def test_the_drafts_go_back_too_so_that_nothing_waits(published: CatalogVersion, second: CatalogVersion) -> None:
    go_back(published)

    assert services.preview().changes == ()
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 1.25
    assert Claim.objects.filter(slug="nagle-yue-price").exists()
    assert not Rate.objects.filter(slug="extra").exists()


def test_the_history_of_each_draft_says_why(published: CatalogVersion, second: CatalogVersion) -> None:
    go_back(published)

    price = ApiPrice.objects.get(slug=PRICE)
    assert price.history.first().history_change_reason == "back to version 1"
    removed = Rate.history.filter(slug="extra").first()
    assert (removed.history_type, removed.history_change_reason) == ("-", "back to version 1")
    assert Claim.history.filter(slug="nagle-yue-price").first().history_type == "+"


def test_a_draft_with_a_change_waiting_stays_and_is_named(published: CatalogVersion, second: CatalogVersion) -> None:
    ApiPrice.objects.filter(slug=PRICE).update(input="7.5")
    Seat.objects.update(notes="somebody is at work here")  # not touched by going back

    seen = bringing_back.look(published)
    third = go_back(published)

    assert seen.moved.kept == [f"api_prices: {PRICE}"]
    assert sorted(seen.moved.following) == ["claims: nagle-yue-price", "rates: extra"]
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 7.5
    assert set(Seat.objects.values_list("notes", flat=True)) == {"somebody is at work here"}
    rows = {row["slug"]: row for row in json.loads(third.document)["entries"]["api_prices"]}
    assert rows[PRICE]["input"] == 1.25


def test_looking_changes_nothing(published: CatalogVersion, second: CatalogVersion) -> None:
    before = services.preview().content_hash, ApiPrice.history.count()

    bringing_back.look(published)

    assert (services.preview().content_hash, ApiPrice.history.count()) == before
    assert services.current_version() == second


def test_an_entry_that_a_waiting_draft_names_is_not_taken_away(published: CatalogVersion) -> None:
    license_ = License.objects.get(slug="mit")
    license_.pk, license_.slug = None, "new"
    license_.save()
    services.publish(by=None, note="second")
    AIModel.objects.filter(slug="glm-ocr").update(license="new")

    moved = bringing_back.look(published).moved
    go_back(published)

    assert (moved.following, moved.kept) == ([], ["licenses: new"])
    assert License.objects.filter(slug="new").exists()


def test_a_draft_that_names_a_deleted_one_is_not_brought_back(published: CatalogVersion) -> None:
    apache = License.objects.get(slug="apache-2-0")
    AIModel.objects.update(license="mit")
    ApiPrice.objects.filter(slug=PRICE).update(input="9.5")
    services.publish(by=None, note="second")
    apache.delete()

    moved = bringing_back.look(published).moved
    go_back(published)

    assert "api_prices: " + PRICE in moved.following
    assert any(name.startswith("models: ") for name in moved.kept)
    assert set(AIModel.objects.values_list("license", flat=True)) == {"mit"}


def test_an_accepted_measurement_is_left_out_of_the_version_and_named(published: CatalogVersion) -> None:
    Measurement.objects.create(
        slug="measured", model_id="qwen3-8-27b", device_id="l40s", weights="FP8", runtime="vllm", prompt_tokens=500,
        output_tokens=256, measured_on=date(2026, 11, 21), state="accepted", reason="fine",
        reviewed_at=timezone.now(),
        speeds=[{"users": 1, "low": 9.0, "central": 10.0, "high": 11.0, "total": 10.0, "first_token_s": 0.1,
                 "answers": 3}],
    )  # fmt: skip
    second = services.publish(by=None, note="measured")
    assert "measurements" in json.loads(second.document)["entries"]

    kept = bringing_back.look(published).moved.kept
    third = go_back(published)

    assert kept == ["measurements: measured"]
    assert "measurements" not in json.loads(third.document)["entries"]
    assert go_back(second).content_hash == second.content_hash


def test_going_forward_again_is_going_back_to_the_later_version(
    published: CatalogVersion, second: CatalogVersion
) -> None:
    go_back(published)
    fourth = go_back(second)

    assert (fourth.number, fourth.content_hash) == (4, second.content_hash)
    assert services.preview().changes == ()


def test_results_keep_their_version(published: CatalogVersion, second: CatalogVersion) -> None:
    result = Result.objects.create(
        assessment=Assessment.objects.create(), answers={}, catalog_version=second, engine_version="1",
        as_of=date(2026, 11, 21), document="{}", content_hash="0" * 64,
    )  # fmt: skip

    go_back(published)

    result.refresh_from_db()
    assert result.catalog_version == second


def test_a_version_equal_to_the_current_one_is_not_published_again(second: CatalogVersion) -> None:
    assert go_back(second) == second
    assert CatalogVersion.objects.count() == 2


def test_content_of_before_a_column_existed_can_come_back(published: CatalogVersion) -> None:
    document = json.loads(published.document)
    for row in document["entries"]["seats"]:
        del row["confidence"]
    text = services.canonical_json(document)
    old = CatalogVersion.objects.create(number=2, content_hash=services.content_hash(text), document=text)
    ApiPrice.objects.filter(slug=PRICE).update(input="9.5")
    services.publish(by=None, note="third")

    go_back(old)

    assert set(Seat.objects.values_list("confidence", flat=True)) == {""}
    assert services.preview().changes == ()


def test_the_page_shows_the_difference_and_what_becomes_of_the_drafts(
    published: CatalogVersion, second: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    Rate.objects.filter(slug="extra").update(value=0.75)

    text = " ".join(sign_in("publisher").get(page_of(published)).content.decode().split())

    for part in (
        "in place of version 2",
        "<del>9.5</del> <ins>1.25</ins>",
        "removed: extra",
        "added: nagle-yue-price",
        "2 drafts go back too",
        "<li>rates: extra</li>",
        "Bring version 1 back",
    ):
        assert part in text, part


def test_a_publisher_brings_a_version_back(
    published: CatalogVersion, second: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    publisher = sign_in("publisher")
    seen = publisher.get(page_of(published)).context["seen"]

    answer = publisher.post(page_of(published), {"note": "the price was wrong", "seen": seen}, follow=True)

    third = services.current_version()
    assert third is not None
    assert third.published_by is not None
    assert (third.number, third.published_by.get_username()) == (3, "publisher@example.com")
    text = answer.content.decode()
    assert "Published version 3." in text
    assert page_of(second) in text
    assert ApiPrice.objects.get(slug=PRICE).history.first().history_user == third.published_by


def test_a_comment_is_required(
    published: CatalogVersion, second: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    publisher = sign_in("publisher")
    seen = publisher.get(page_of(published)).context["seen"]

    assert publisher.post(page_of(published), {"note": "", "seen": seen}).status_code == 422
    assert services.current_version() == second


def test_drafts_edited_after_the_page_was_shown_are_shown_again(
    published: CatalogVersion, second: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    publisher = sign_in("publisher")
    seen = publisher.get(page_of(published)).context["seen"]
    ApiPrice.objects.filter(slug=PRICE).update(input="7.5")

    answer = publisher.post(page_of(published), {"note": "x", "seen": seen})

    assert answer.status_code == 409
    assert "edited meanwhile" in answer.content.decode()
    assert services.current_version() == second


def test_content_that_todays_checks_refuse_is_named(
    published: CatalogVersion, second: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    document = json.loads(published.document)
    document["entries"]["api_prices"][0]["input"] = -1
    text = services.canonical_json(document)
    broken = CatalogVersion.objects.create(number=3, content_hash=services.content_hash(text), document=text)
    publisher = sign_in("publisher")

    page = publisher.get(page_of(broken)).content.decode()
    publisher.post(page_of(broken), {"note": "x", "seen": "0" * 64})

    assert "Today's checks refuse this content" in page
    assert "field input" in page
    assert CatalogVersion.objects.count() == 3
    assert go_back(second).content_hash == second.content_hash  # away from it is always possible


@pytest.mark.parametrize("role", ["editor", "staff", "consultant"])
def test_others_cannot_go_back(
    published: CatalogVersion, second: CatalogVersion, sign_in: Callable[[str], Client], role: str
) -> None:
    client = sign_in(role)
    assert client.get(page_of(published)).status_code == 403
    assert client.post(page_of(published), {"note": "x", "seen": "0" * 64}).status_code == 403
    assert services.current_version() == second


@pytest.mark.parametrize(
    "where",
    ["catalog/catalogversion/{}/bring-back/", "catalog/measurement/{}/review/", "effects/effectpreview/{}/change/"],
)
@pytest.mark.parametrize("number", ["999999", "abc", "9" * 30])
def test_what_is_not_there_is_not_found(db: None, sign_in: Callable[[str], Client], where: str, number: str) -> None:
    assert sign_in("publisher").get("/admin/" + where.format(number)).status_code == 404
