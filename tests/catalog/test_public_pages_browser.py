"""The public catalog in a real browser, with scripts and without, and on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browsing import settled
from tests.catalog.public_pages import listed, publish_changed
from tests.questionnaire import published_version

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: object) -> str:
    published_version()
    publish_changed("models", "qwen3-8-27b", name="Qwen 3.8 27B")
    return str(live_server)


def opened(browser: Browser, address: str, width: int = 360, **options: object) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}, **options).new_page()  # type: ignore[arg-type]
    page.goto(address)
    return page


def test_on_a_phone_neither_the_comparison_nor_the_memory_parts_scroll_sideways(browser: Browser, site: str) -> None:
    for address in ("/models/qwen3-8-27b/", "/catalog/compare/?model=qwen3-8-27b&model=llama-4-scout"):
        page = opened(browser, site + address)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        hidden = page.locator(".scroll").evaluate_all("all => all.map(each => each.scrollWidth - each.clientWidth)")

        assert hidden == [0] * len(hidden) != []
        page.context.close()


def test_the_list_follows_a_choice_and_the_address_keeps_it(browser: Browser, site: str) -> None:
    page = opened(browser, site + "/models/", width=1280)
    page.select_option("#id_task", "ocr")
    page.wait_for_url("**/models/?task=ocr")
    settled(page)
    shown = listed(page.content())
    page.reload()

    assert listed(page.content()) == shown
    assert page.input_value("#id_task") == "ocr"


def test_typing_a_name_narrows_the_list_and_keeps_the_place(browser: Browser, site: str) -> None:
    page = opened(browser, site + "/models/", width=1280)
    page.locator("#id_q").press_sequentially("granite", delay=20)
    page.wait_for_url("**/models/?q=granite")
    settled(page)

    assert {slug.split("-")[0] for slug in listed(page.content())} == {"granite"}
    expect(page.locator("#id_q")).to_be_focused()


def test_without_scripts_models_are_found_ticked_and_compared(browser: Browser, site: str) -> None:
    page = opened(browser, site + "/models/", java_script_enabled=False)
    page.select_option("#id_task", "ocr")
    page.click('button:has-text("Show models")')
    expect(page).to_have_url(site + "/models/?task=ocr")
    page.check("#compare-glm-ocr")
    page.check("#compare-hunyuanocr")
    page.click('button:has-text("Compare the ticked ones")')

    expect(page).to_have_url(re.compile(re.escape(site + "/catalog/compare/?model=")))
    expect(page.locator("thead a[href^='/models/']")).to_have_count(2)


def test_a_model_chosen_on_its_page_is_ticked_on_the_list(browser: Browser, site: str) -> None:
    page = opened(browser, site + "/models/qwen3-8-27b/")
    page.click('button:has-text("Compare with others")')

    expect(page).to_have_url(site + "/models/?model=qwen3-8-27b")
    expect(page.locator("#compare-qwen3-8-27b")).to_be_checked()
