"""Looking after the catalog in a real browser: an editor checks facts again, a publisher publishes them."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from advisor.catalog import services
from advisor.catalog.models import CatalogVersion, Seat
from tests import group_rights

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def page_of(role: str, browser: "Browser", address: str, complaints: list[str]) -> "Page":
    person = get_user_model().objects.create_user(role, is_staff=True)
    person.groups.add(group_rights.group(role))
    client = Client()
    client.force_login(person)
    context = browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/admin/")
    return page


def test_stale_facts_are_checked_again_and_published(
    browser: "Browser", live_server: "LiveServer", few_rows: Path
) -> None:
    services.load_shipped(folder=few_rows)
    services.publish(by=None, note="first")
    Seat.objects.update(as_of="2026-01", seen_on="2026-01-15")  # long due; later also too old, which is listed too
    services.publish(by=None, note="older seats")
    complaints: list[str] = []

    editor = page_of("editor", browser, live_server.url, complaints)
    seats = editor.locator("#attention tr", has_text="Seat prices")
    seats.get_by_role("link").first.click()
    editor.locator("#action-toggle").click()
    editor.locator("select[name=action]").select_option("checked_again")
    editor.get_by_role("button", name="Run").click()
    editor.get_by_role("button", name="Write it down").click()
    editor.get_by_text("2 facts checked.").wait_for()

    publisher = page_of("publisher", browser, live_server.url, complaints)
    publisher.get_by_text("2 drafts differ from the published version").wait_for()
    publisher.get_by_role("link", name="look at them and publish").click()
    publisher.locator("[name=note]").fill("seats looked up again")
    publisher.get_by_role("button", name="Publish").click()
    publisher.get_by_text("Published version 3.").wait_for()
    publisher.goto(f"{live_server.url}/admin/")

    assert publisher.locator("#attention tr", has_text="Seat prices").count() == 0
    assert "drafts differ" not in publisher.locator("#attention").inner_text()
    assert CatalogVersion.objects.count() == 3
    assert set(Seat.objects.values_list("checked_by", flat=True)) == {"editor"}
    assert complaints == []
