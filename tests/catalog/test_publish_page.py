"""The publish page of the admin: who may, what it shows, and that it publishes what was shown."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from advisor.catalog import services
from advisor.catalog.models import ApiPrice, CatalogVersion, Claim, Rate

PUBLISH = "/admin/catalog/catalogversion/publish/"


@pytest.fixture
def edited(published: CatalogVersion) -> CatalogVersion:
    """Version 1, and drafts with one price changed, one claim removed and one rate added."""
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    price.input = "9.5"
    price.save()
    Claim.objects.get(slug="nagle-yue-price").delete()
    Rate.objects.create(
        slug="extra", kind="share", key="extra", unit="share", value=0.5, grade="assumed", as_of="2026-11"
    )
    return published


def seen(client: Client) -> str:
    return client.get(PUBLISH).context["preview"].content_hash


def test_the_address_is_the_one_the_menu_links_to() -> None:
    assert reverse("admin:catalog_catalogversion_publish") == PUBLISH


def test_the_page_shows_what_was_added_changed_and_removed(
    edited: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    text = sign_in("publisher").get(PUBLISH).content.decode()
    assert "replace version 1" in text
    for part in ("Service prices:", "<del>1.25</del> <ins>9.5</ins>", "removed: nagle-yue-price", "added: extra"):
        assert part in text


def test_looking_at_the_page_publishes_nothing(edited: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    sign_in("publisher").get(PUBLISH)
    assert services.current_version() == edited


def test_a_publisher_publishes_the_drafts(edited: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    publisher = sign_in("publisher")
    answer = publisher.post(PUBLISH, {"note": "prices of November", "seen": seen(publisher)}, follow=True)
    version = services.current_version()
    assert version is not None
    assert (version.number, version.note) == (2, "prices of November")
    assert version.published_by is not None
    assert version.published_by.get_username() == "publisher@example.com"
    assert "Published version 2." in answer.content.decode()


def test_publishing_twice_publishes_once(edited: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    publisher = sign_in("publisher")
    form = {"note": "prices of November", "seen": seen(publisher)}
    publisher.post(PUBLISH, form)
    answer = publisher.post(PUBLISH, form, follow=True)
    assert CatalogVersion.objects.count() == 2
    assert "Nothing changed since version 2." in answer.content.decode()


def test_a_note_is_required(edited: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    publisher = sign_in("publisher")
    assert publisher.post(PUBLISH, {"note": "", "seen": seen(publisher)}).status_code == 422
    assert services.current_version() == edited


def test_drafts_edited_after_the_page_was_shown_are_shown_again(
    edited: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    publisher = sign_in("publisher")
    old = seen(publisher)
    Rate.objects.filter(slug="extra").update(value=0.75)
    answer = publisher.post(PUBLISH, {"note": "x", "seen": old})
    assert answer.status_code == 409
    assert "edited meanwhile" in answer.content.decode()
    assert services.current_version() == edited


def test_problems_stop_the_publication_and_are_named(edited: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    Rate.objects.filter(slug="extra").update(grade="published")
    publisher = sign_in("publisher")
    page = publisher.get(PUBLISH)
    assert "row extra, field source: missing" in page.content.decode()
    assert publisher.post(PUBLISH, {"note": "x", "seen": ""}).status_code == 422
    assert services.current_version() == edited


@pytest.mark.parametrize("role", ["editor", "staff", "consultant"])
def test_others_cannot_publish(edited: CatalogVersion, sign_in: Callable[[str], Client], role: str) -> None:
    client = sign_in(role)
    assert client.get(PUBLISH).status_code == 403
    assert client.post(PUBLISH, {"note": "x", "seen": services.preview().content_hash}).status_code == 403
    assert services.current_version() == edited


def test_an_editor_sees_no_publish_button(edited: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    versions = "/admin/catalog/catalogversion/"
    assert PUBLISH not in sign_in("editor").get(versions).content.decode()
    assert PUBLISH in sign_in("publisher").get(versions).content.decode()


def test_a_stranger_is_sent_to_the_sign_in_page(edited: CatalogVersion, client: Client) -> None:
    answer = client.post(PUBLISH, {"note": "x", "seen": services.preview().content_hash})
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]
    assert services.current_version() == edited


def test_publishing_needs_the_form_of_this_site(edited: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    publisher = sign_in("publisher")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = publisher.cookies
    assert strict.post(PUBLISH, {"note": "x", "seen": seen(publisher)}).status_code == 403


@pytest.mark.parametrize("action", ["add/", "{pk}/change/", "{pk}/delete/"])
def test_a_version_cannot_be_changed_in_the_admin(
    published: CatalogVersion, sign_in: Callable[[str], Client], action: str
) -> None:
    address = "/admin/catalog/catalogversion/" + action.format(pk=published.pk)
    assert sign_in("publisher").post(address, {"note": "other"}).status_code == 403
    assert CatalogVersion.objects.get().note == "first"
