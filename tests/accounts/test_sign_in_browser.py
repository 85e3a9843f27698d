"""Signing in and working in the admin in a real browser, under the content security policy."""

from typing import TYPE_CHECKING

import pytest

from advisor.accounts.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery staple"


def signed_in(browser: "Browser", address: str) -> tuple["Page", list[str]]:
    """A page after signing in, and everything the browser complains about from then on."""
    User.objects.create_superuser("ada", password=PASSWORD)
    page = browser.new_context().new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/accounts/login/?next=/admin/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/admin/")
    return page, complaints


def test_the_admin_works_under_its_policy(browser: "Browser", live_server: "LiveServer") -> None:
    page, complaints = signed_in(browser, live_server.url)

    for address in ("accounts/user/", "accounts/user/add/", "catalog/aimodel/", "catalog/catalogversion/"):
        page.goto(f"{live_server.url}/admin/{address}")
        page.wait_for_load_state("networkidle")

    assert complaints == []


def test_the_code_to_scan_can_be_seen(browser: "Browser", live_server: "LiveServer") -> None:
    page, complaints = signed_in(browser, live_server.url)

    page.goto(f"{live_server.url}/accounts/2fa/totp/activate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button").last.click()
    drawing = page.locator(".qr-code svg").bounding_box()

    assert drawing is not None
    assert drawing["width"] > 120
    assert complaints == []
