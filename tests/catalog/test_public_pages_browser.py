"""The public catalog in a real browser: with scripts and without, on a phone, and for people who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.catalog.public_pages import listed, publish_changed
from tests.questionnaire import published_version

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/models/",
    "/models/?task=ocr&country=DE&memory=8&language=ja",
    "/models/?task=nonsense",
    "/models/qwen3-8-27b/",
    "/models/hunyuan3d-2-1/",
    "/catalog/compare/?model=qwen3-8-27b&model=gemma-4-31b&model=glm-ocr&model=llama-4-scout",
    "/catalog/",
    "/catalog/versions/2/",
    "/laws/?country=US",
    "/cases/?sector=manufacturing",
    "/software/?route=own_server",
    "/claims/",
)


@pytest.fixture
def site(live_server: object) -> str:
    published_version()
    publish_changed("models", "qwen3-8-27b", name="Qwen 3.8 27B")
    return str(live_server)


def opened(browser: Browser, address: str, width: int = 360, **options: object) -> tuple[Page, list[str]]:
    page = browser.new_context(viewport={"width": width, "height": 800}, **options).new_page()  # type: ignore[arg-type]
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(address)
    return page, [text for text in problems if "422" not in text]


def violations(page: Page) -> list[str]:
    return [f"{found['id']}: {found['nodes'][0]['html'][:100]}" for found in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_used_by_everybody(browser: Browser, site: str, scheme: str) -> None:
    found, wide, said = {}, {}, {}
    for address in PAGES:
        page, said[address] = opened(browser, site + address, color_scheme=scheme)
        for closed in page.locator("details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        found[address] = violations(page)
        wide[address] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.context.close()

    assert {address: each for address, each in found.items() if each} == {}
    assert wide == dict.fromkeys(PAGES, 0)
    assert {address: each for address, each in said.items() if each} == {}


def test_on_a_phone_neither_the_comparison_nor_the_memory_parts_scroll_sideways(browser: Browser, site: str) -> None:
    for address in ("/models/qwen3-8-27b/", "/catalog/compare/?model=qwen3-8-27b&model=llama-4-scout"):
        page, _said = opened(browser, site + address)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        hidden = page.locator(".scroll").evaluate_all("all => all.map(each => each.scrollWidth - each.clientWidth)")

        assert hidden == [0] * len(hidden) != []
        page.context.close()


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_nothing_runs_over_the_edge_at_320_pixels(browser: Browser, site: str, language: str) -> None:
    wide = {}
    for address in PAGES:
        page, _said = opened(browser, site + address, width=320, locale=language)
        wide[address] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.context.close()

    assert wide == dict.fromkeys(PAGES, 0)


def test_the_list_follows_a_choice_and_the_address_keeps_it(browser: Browser, site: str) -> None:
    page, _said = opened(browser, site + "/models/", width=1280)
    page.select_option("#id_task", "ocr")
    page.wait_for_url("**/models/?task=ocr")
    shown = listed(page.content())
    page.reload()

    assert listed(page.content()) == shown
    assert page.input_value("#id_task") == "ocr"


def test_typing_a_name_narrows_the_list_and_keeps_the_place(browser: Browser, site: str) -> None:
    page, _said = opened(browser, site + "/models/", width=1280)
    page.locator("#id_q").press_sequentially("granite", delay=20)
    page.wait_for_url("**/models/?q=granite")

    assert {slug.split("-")[0] for slug in listed(page.content())} == {"granite"}
    assert page.evaluate("document.activeElement.id") == "id_q"


def test_without_scripts_models_are_found_ticked_and_compared(browser: Browser, site: str) -> None:
    page, _said = opened(browser, site + "/models/", java_script_enabled=False)
    page.select_option("#id_task", "ocr")
    page.click('button:has-text("Show models")')
    assert page.url == site + "/models/?task=ocr"
    page.check("#compare-glm-ocr")
    page.check("#compare-hunyuanocr")
    page.click('button:has-text("Compare the ticked ones")')

    assert page.url.startswith(site + "/catalog/compare/?model=")
    assert page.locator("thead a[href^='/models/']").count() == 2


def test_a_model_chosen_on_its_page_is_ticked_on_the_list(browser: Browser, site: str) -> None:
    page, _said = opened(browser, site + "/models/qwen3-8-27b/")
    page.click('button:has-text("Compare with others")')

    assert page.url == site + "/models/?model=qwen3-8-27b"
    assert page.is_checked("#compare-qwen3-8-27b")
