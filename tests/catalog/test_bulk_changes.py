"""Many drafts at once: checked again on a day, and prices changed by a percentage after a preview."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from advisor.catalog import bulk, services
from advisor.catalog.models import AIModel, ApiPrice, CatalogVersion, CloudOffer, Device, Entry, License

PRICES = "/admin/catalog/apiprice/"
DEVICES = "/admin/catalog/device/"


@pytest.fixture(autouse=True)
def that_day(freeze_time: Callable[[datetime], None]) -> None:
    freeze_time(datetime(2026, 12, 31, 12, tzinfo=UTC))


def send(client: Client, address: str, table: type[Entry], action: str, **more: str) -> Any:
    keys = [str(key) for key in table._default_manager.order_by("slug").values_list("pk", flat=True)]
    return client.post(address, {"action": action, "_selected_action": keys} | more)


def seen_in(answer: Any) -> str:
    found = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    assert found is not None
    return found[1]


def test_the_day_is_asked_first(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    answer = send(sign_in("editor"), PRICES, ApiPrice, "checked_again")
    assert 'name="day"' in answer.content.decode()
    assert services.preview().changes == ()


def test_each_fact_is_shown_with_its_source_before_somebody_vouches_for_it(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(
        source="see https://example.com/a, then ask", price=None
    )
    answer = send(sign_in("editor"), PRICES, ApiPrice, "checked_again")
    row = next(row for row in answer.context["chosen"].rows if row[0].text == "google-gemini-2-5-pro")
    assert "input 1.25, output 10, unit usd_per_1m_tokens" in row[1].text
    assert (row[2].text, row[2].address) == ("example.com", "https://example.com/a")


def test_checked_prices_are_prices_of_that_day(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    answer = send(sign_in("editor"), PRICES, ApiPrice, "checked_again", day="2026-12-30", confirmed="1")
    assert answer.status_code == 302
    for price in ApiPrice.objects.all():
        assert (price.seen_on, price.as_of, price.checked_by) == (
            date(2026, 12, 30),
            "2026-12-30",
            "editor@example.com",
        )
        last = price.history.first()
        assert (last.history_user.get_username(), last.history_change_reason) == ("editor@example.com", "checked again")


def test_a_device_keeps_its_date_and_its_price_gets_the_new_one(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    before = {row.slug: (row.as_of, row.price["amount"]) for row in Device.objects.all()}
    send(sign_in("editor"), DEVICES, Device, "checked_again", day="2026-12-30", confirmed="1")
    for device in Device.objects.all():
        assert (device.as_of, device.price["amount"]) == before[device.slug]
        assert device.price["as_of"] == "2026-12-30"


def test_a_device_without_a_dated_price_gets_none(published: CatalogVersion) -> None:
    device = Device.objects.get(slug="l4")
    device.price = {"currency": "USD"}
    device.save()
    editor = get_user_model().objects.create_user("ada")
    assert bulk.check_again(table=Device, keys=[device.pk], day=date(2026, 12, 30), by=editor) == 1
    assert Device.objects.get(slug="l4").price == {"currency": "USD"}


def test_a_license_keeps_the_date_of_its_text(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    before = dict(License.objects.values_list("slug", "as_of"))
    send(sign_in("editor"), "/admin/catalog/license/", License, "checked_again", day="2026-12-30", confirmed="1")
    assert dict(License.objects.values_list("slug", "as_of")) == before
    assert set(License.objects.values_list("seen_on", flat=True)) == {date(2026, 12, 30)}


@pytest.mark.parametrize("day", ["2027-01-01", "", "soon"])
def test_nobody_looked_on_a_day_to_come(published: CatalogVersion, sign_in: Callable[[str], Client], day: str) -> None:
    answer = send(sign_in("editor"), PRICES, ApiPrice, "checked_again", day=day, confirmed="1")
    assert answer.status_code == 422
    assert services.preview().changes == ()


def test_one_broken_draft_changes_none(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(currency="usd")
    editor = sign_in("editor")
    send(editor, PRICES, ApiPrice, "checked_again", day="2026-12-30", confirmed="1")
    assert "google-gemini-2-5-pro: Write the three-letter code" in editor.get(PRICES).content.decode()
    assert not ApiPrice.objects.filter(seen_on=date(2026, 12, 30)).exists()


def test_a_price_change_is_previewed_then_done_as_shown(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(input="1.25", output="10", cached_input="0.31")
    editor = sign_in("editor")
    asked = {"percent": "10", "day": "2026-12-30", "source": "https://example.com/prices"}
    shown = send(editor, PRICES, ApiPrice, "reprice", **asked)
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", shown.content.decode())
    # 1.25 x 1.1 = 1.375; 10 x 1.1 = 11; 0.31 x 1.1 = 0.341
    for before, after in (("1.25 USD", "1.375 USD"), ("10 USD", "11 USD"), ("0.31 USD", "0.341 USD")):
        assert cells[cells.index(before) + 1] == after
    assert ApiPrice.objects.get(slug="google-gemini-2-5-pro").input == Decimal("1.25")

    done = send(editor, PRICES, ApiPrice, "reprice", **asked, seen=seen_in(shown), confirmed="1")

    assert done.status_code == 302
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    assert (price.input, price.output, price.cached_input) == (Decimal("1.375"), Decimal(11), Decimal("0.341"))
    assert (price.source, price.as_of, price.seen_on) == (
        "https://example.com/prices",
        "2026-12-30",
        date(2026, 12, 30),
    )
    assert price.checked_by == "editor@example.com"
    assert price.history.first().history_change_reason == "+10 %"


def test_prices_edited_after_the_preview_are_shown_again(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    asked = {"percent": "10", "day": "2026-12-30", "source": "a price list"}
    seen = seen_in(send(editor, PRICES, ApiPrice, "reprice", **asked))
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(input="7")
    answer = send(editor, PRICES, ApiPrice, "reprice", **asked, seen=seen, confirmed="1")
    assert "edited meanwhile" in answer.content.decode()
    assert seen_in(answer) != seen
    assert ApiPrice.objects.get(slug="google-gemini-2-5-pro").input == 7


def test_another_percentage_than_the_previewed_one_is_previewed_first(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    asked = {"percent": "10", "day": "2026-12-30", "source": "a price list"}
    seen = seen_in(send(editor, PRICES, ApiPrice, "reprice", **asked))
    send(editor, PRICES, ApiPrice, "reprice", **(asked | {"percent": "50"}), seen=seen, confirmed="1")
    assert services.preview().changes == ()


def test_a_devices_range_moves_with_its_price(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    device = Device.objects.get(slug="l4")
    device.price = {"amount": 2000, "low": 1800, "high": 2500, "currency": "USD", "as_of": "2026-09", "kind": "street"}
    device.save()
    editor = sign_in("editor")
    asked = {"percent": "-10", "day": "2026-12-30", "source": "a price list"}
    seen = seen_in(send(editor, DEVICES, Device, "reprice", **asked))
    send(editor, DEVICES, Device, "reprice", **asked, seen=seen, confirmed="1")
    assert Device.objects.get(slug="l4").price == {
        "amount": 1800.0, "low": 1620.0, "high": 2250.0, "currency": "USD", "as_of": "2026-12-30", "kind": "street",
        "source": "a price list",
    }  # fmt: skip


def test_ranges_of_rented_cards_stay_in_order(published: CatalogVersion) -> None:
    editor = get_user_model().objects.create_user("ada")
    keys = list(CloudOffer.objects.values_list("pk", flat=True))
    CloudOffer.objects.filter(slug="ovhcloud-l4-on-demand").update(low="0.7", price_hour="0.75", high="0.8")
    changes = bulk.price_changes(table=CloudOffer, keys=keys, percent=Decimal(100))
    bulk.change_prices(
        table=CloudOffer, keys=keys, percent=Decimal(100), day=date(2026, 12, 30), source="x", by=editor,
        seen=bulk.fingerprint(changes),
    )  # fmt: skip
    offer = CloudOffer.objects.get(slug="ovhcloud-l4-on-demand")
    assert (offer.low, offer.price_hour, offer.high) == (Decimal("1.4"), Decimal("1.5"), Decimal("1.6"))


def test_what_has_no_price_is_said(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    Device.objects.update(price={"currency": "USD"})
    asked = {"percent": "10", "day": "2026-12-30", "source": "a price list"}
    answer = send(sign_in("editor"), DEVICES, Device, "reprice", **asked)
    assert "None of these has a price." in answer.content.decode()


@pytest.mark.parametrize("wrong", [{"percent": "-100"}, {"percent": "x"}, {"source": ""}, {"day": "2027-01-01"}])
def test_an_impossible_change_is_refused(
    published: CatalogVersion, sign_in: Callable[[str], Client], wrong: dict[str, str]
) -> None:
    asked = {"percent": "10", "day": "2026-12-30", "source": "a price list"} | wrong
    assert send(sign_in("editor"), PRICES, ApiPrice, "reprice", **asked, confirmed="1").status_code == 422


def test_only_kinds_with_prices_offer_to_change_them(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    assert 'value="reprice"' in editor.get(PRICES).content.decode()
    assert 'value="reprice"' not in editor.get("/admin/catalog/aimodel/").content.decode()
    send(editor, "/admin/catalog/aimodel/", AIModel, "reprice", percent="10", day="2026-12-30", source="x")
    assert services.preview().changes == ()


def test_too_many_at_a_time_are_refused(
    published: CatalogVersion, sign_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.catalog.bulk_admin.MOST_ROWS", 1)
    editor = sign_in("editor")
    for action in ("checked_again", "reprice"):
        answer = send(editor, PRICES, ApiPrice, action, day="2026-12-30", confirmed="1")
        assert answer.status_code == 302
    assert services.preview().changes == ()


@pytest.mark.parametrize("role", ["staff", "consultant"])
def test_others_change_nothing(published: CatalogVersion, sign_in: Callable[[str], Client], role: str) -> None:
    answer = send(sign_in(role), PRICES, ApiPrice, "checked_again", day="2026-12-30", confirmed="1")
    assert answer.status_code == 403
    assert services.preview().changes == ()
