"""An editor imports in a real browser: a sheet and a model from a hub, looked at before they change the drafts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from advisor.accounts.models import User
from advisor.catalog.models import AIModel, ApiPrice, ImportRun
from advisor.catalog.services import load_shipped, publish
from tests import group_rights
from tests.catalog.local_hub import Repo, local_hub
from tests.catalog.test_config_architecture import SHAPES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery staple"
PRICE = "google-gemini-2-5-pro"
MODEL = "acme/Qwen3-8B"


def editor_in(browser: Browser, address: str, complaints: list[str]) -> Page:
    person = User.objects.create_user("anna", password=PASSWORD, is_staff=True)
    person.groups.add(group_rights.group("editor"))
    page = browser.new_context().new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/accounts/login/?next=/admin/")
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/admin/")
    return page


def test_a_sheet_and_a_model_become_drafts_after_they_were_looked_at(
    browser: Browser, live_server: LiveServer, tmp_path: Path, settings: Any
) -> None:
    load_shipped()
    publish(by=None, note="shipped")
    sheet = tmp_path / "prices.csv"
    sheet.write_text(f"slug,input\n{PRICE},1.5\n")
    complaints: list[str] = []
    page = editor_in(browser, live_server.url, complaints)

    page.goto(f"{live_server.url}/admin/catalog/apiprice/")
    page.get_by_role("link", name="Import", exact=True).first.click()
    page.locator('input[type="file"]').set_input_files(sheet)
    page.locator('form:has(input[value="table"])').get_by_role("button", name="Preview").click()
    page.wait_for_url("**/change/")
    shown = page.locator("del + ins, td:has(del) + td ins").all_inner_texts()
    page.get_by_role("button", name="Apply to the drafts").click()
    page.get_by_text("The drafts were changed.").wait_for()

    with local_hub() as hub:
        settings.HUB_ENDPOINT, settings.FETCH_ALLOWED_HOSTS = hub.url, ["127.0.0.1"]
        hub.repos[MODEL] = Repo(SHAPES["qwen3-8b"], safetensors={"BF16": 8_190_735_360})
        page.goto(f"{live_server.url}/admin/catalog/importrun/start/")
        page.locator("textarea").fill(MODEL)
        page.locator('select[name="hub-license"]').select_option("apache-2-0")
        page.locator('form:has(input[value="hub"])').get_by_role("button", name="Preview").click()
        page.wait_for_url("**/change/")
    hint = page.get_by_text("read the terms and confirm").count()
    page.get_by_role("button", name="Apply to the drafts").click()
    page.get_by_text("The drafts were changed.").wait_for()

    assert shown == ["1.5"]
    assert hint == 1
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 1.5
    assert AIModel.objects.get(slug="acme-qwen3-8b").n_layers == 36
    assert list(ImportRun.objects.values_list("outcome", "dry_run", "started_by__username").order_by("id")) == [
        ("previewed", True, "anna"), ("applied", False, "anna"),
        ("previewed", True, "anna"), ("applied", False, "anna"),
    ]  # fmt: skip
    assert complaints == []
