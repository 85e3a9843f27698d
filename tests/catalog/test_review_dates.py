"""When a fact should be checked again: shown in the list and the form, and who checked it is remembered."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from advisor.catalog import services, validators
from advisor.catalog.models import ApiPrice, CatalogVersion, License, Seat
from tests.admin_forms import form_of

PRICES = "/admin/catalog/apiprice/"


@pytest.fixture(autouse=True)
def that_day(freeze_time: Callable[[datetime], None]) -> None:
    freeze_time(datetime(2026, 12, 31, 12, tzinfo=UTC))


def test_the_list_says_since_when_a_price_is_due(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    # checked on 21 November 2026, a price keeps 30 days
    assert "due since 2026-12-21" in sign_in("editor").get(PRICES).content.decode()


def test_facts_that_last_need_no_review(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    assert "no need" in sign_in("editor").get("/admin/catalog/aimodel/").content.decode()


@pytest.mark.parametrize(
    ("state", "slugs"),
    [
        ("current", ["young"]),
        ("review_due", ["google-gemini-2-5-pro"]),
        ("expired", ["deepinfra-qwen3-8-27b"]),
        ("strange", ["deepinfra-qwen3-8-27b", "google-gemini-2-5-pro", "young"]),
    ],
)
def test_the_list_can_be_narrowed_to_what_is_due(
    published: CatalogVersion, sign_in: Callable[[str], Client], state: str, slugs: list[str]
) -> None:
    ApiPrice.objects.filter(slug="deepinfra-qwen3-8-27b").update(as_of="2025-03")
    young = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    young.pk, young.slug, young.as_of, young.seen_on = None, "young", "2026-12-30", "2026-12-31"
    young.save()

    page = sign_in("editor").get(PRICES, {"freshness": state})

    assert [row.slug for row in page.context["cl"].result_list] == slugs


def test_who_writes_a_new_date_of_checking_is_the_one_who_checked(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    address = f"{PRICES}{ApiPrice.objects.get(slug='google-gemini-2-5-pro').pk}/change/"
    assert editor.post(address, form_of(editor, address) | {"notes": "other words"}).status_code == 302
    assert ApiPrice.objects.get(slug="google-gemini-2-5-pro").checked_by == ""
    assert editor.post(address, form_of(editor, address) | {"seen_on": "2026-12-31"}).status_code == 302
    assert ApiPrice.objects.get(slug="google-gemini-2-5-pro").checked_by == "editor@example.com"


def test_who_checked_is_not_published(published: CatalogVersion) -> None:
    License.objects.update(checked_by="a name")
    assert services.preview().changes == ()


def test_a_fact_too_old_says_since_when(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    Seat.objects.update(as_of="2025-10")
    # October 2025 + 12 months = the end of October 2026
    assert "too old since 2026-10-31" in sign_in("editor").get("/admin/catalog/seat/").content.decode()


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "26-10", "2026-S3", "soon", "2026-1"])
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        validators.validate_as_of(text)
    with pytest.raises(ValidationError):
        validators.validate_price({"currency": "EUR", "amount": 1, "as_of": text})


@pytest.mark.parametrize("text", ["2026", "2026-12", "2024-02-29", "2025-S2", "2023-Q4"])
def test_every_exactness_of_a_date_is_taken(text: str) -> None:
    validators.validate_as_of(text)
