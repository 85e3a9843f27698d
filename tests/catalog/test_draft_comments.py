"""Remarks on a draft: written and settled on its page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from advisor.catalog import services
from advisor.catalog.models import ApiPrice, CatalogVersion, Device, DraftComment

PRICES = "/admin/catalog/apiprice/"


@pytest.fixture
def price(published: CatalogVersion) -> ApiPrice:
    return ApiPrice.objects.get(slug="google-gemini-2-5-pro")


def comment(client: Client, price: ApiPrice, **sent: str) -> Any:
    return client.post(f"{PRICES}{price.pk}/comment/", sent, follow=True)


def test_a_comment_stands_on_the_drafts_page_with_its_writer(price: ApiPrice, sign_in: Callable[[str], Client]) -> None:
    text = comment(sign_in("editor"), price, text="Is this with tax? <b>").content.decode()
    assert "Is this with tax? &lt;b&gt;" in text
    assert "editor@example.com" in text
    other = Device.objects.get(slug="l4")
    assert "with tax" not in sign_in("publisher").get(f"/admin/catalog/device/{other.pk}/change/").content.decode()


def test_a_comment_changes_no_fact(price: ApiPrice, sign_in: Callable[[str], Client]) -> None:
    comment(sign_in("editor"), price, text="Is this with tax?")
    assert services.preview().changes == ()


def test_another_settles_it(price: ApiPrice, sign_in: Callable[[str], Client]) -> None:
    comment(sign_in("editor"), price, text="Is this with tax?")
    (item,) = DraftComment.objects.open()
    text = comment(sign_in("publisher"), price, settle=str(item.pk)).content.decode()
    assert not DraftComment.objects.open().exists()
    item.refresh_from_db()
    assert item.settled_by is not None
    assert item.settled_by.get_username() == "publisher@example.com"
    assert "settled: publisher@example.com" in " ".join(text.split())


def test_settling_twice_keeps_who_was_first(price: ApiPrice, sign_in: Callable[[str], Client]) -> None:
    editor, publisher = sign_in("editor"), sign_in("publisher")
    comment(editor, price, text="Is this with tax?")
    (item,) = DraftComment.objects.all()
    comment(editor, price, settle=str(item.pk))
    comment(publisher, price, settle=str(item.pk))
    item.refresh_from_db()
    assert item.settled_by is not None
    assert item.settled_by.get_username() == "editor@example.com"


def test_a_comment_is_settled_on_its_own_draft_only(price: ApiPrice, sign_in: Callable[[str], Client]) -> None:
    editor = sign_in("editor")
    comment(editor, price, text="Is this with tax?")
    (item,) = DraftComment.objects.all()
    other = ApiPrice.objects.exclude(pk=price.pk).first()
    assert other is not None
    comment(editor, other, settle=str(item.pk))
    assert DraftComment.objects.open().exists()


@pytest.mark.parametrize(
    "sent", [{"text": ""}, {"text": "  "}, {"text": "x" * 2001}, {"settle": "9" * 40}, {"settle": "x"}]
)
def test_an_empty_or_endless_comment_is_refused(
    price: ApiPrice, sign_in: Callable[[str], Client], sent: dict[str, str]
) -> None:
    answer = comment(sign_in("editor"), price, **sent)
    assert "A comment needs words" in answer.content.decode()
    assert not DraftComment.objects.exists()


def test_a_draft_that_is_not_there_takes_no_comment(price: ApiPrice, sign_in: Callable[[str], Client]) -> None:
    assert sign_in("editor").post(f"{PRICES}987654/comment/", {"text": "x"}).status_code == 404


def test_only_a_post_is_taken(price: ApiPrice, sign_in: Callable[[str], Client]) -> None:
    assert sign_in("editor").get(f"{PRICES}{price.pk}/comment/").status_code == 405


@pytest.mark.parametrize("role", ["staff", "consultant"])
def test_others_write_nothing(price: ApiPrice, sign_in: Callable[[str], Client], role: str) -> None:
    assert sign_in(role).post(f"{PRICES}{price.pk}/comment/", {"text": "x"}).status_code == 403
    assert not DraftComment.objects.exists()
