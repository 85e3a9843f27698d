"""The assistant in a real browser: without scripts, on a phone, in both colors, and with nothing axe objects to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from advisor.assessments.models import Assessment
from tests.assistant.conftest import REPLY, TEXT
from tests.browsing import fill_questionnaire, sample
from tests.openai_server import Behavior
from tests.questionnaire import published_version

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEFT_OUT = {"budget_month": {"value": 1, "passage": "our budget is small"}}


def problems(page: Page) -> list[tuple[str, Any]]:
    """What axe finds, and whether the page is wider than the screen."""
    found = [(rule["id"], rule["nodes"][0]["html"]) for rule in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*found, *([("wider than the screen", page.url)] if wide else [])]


@pytest.mark.parametrize(
    ("width", "scheme", "scripts"), [(360, "light", False), (360, "dark", True), (1280, "light", True)]
)
def test_from_the_start_page_through_the_text_to_the_first_open_question(
    browser: Browser, live_server: object, model: Behavior, width: int, scheme: Any, scripts: bool
) -> None:
    published_version()
    model.words = json.dumps(REPLY | LEFT_OUT)
    page = browser.new_context(
        java_script_enabled=scripts, color_scheme=scheme, viewport={"width": width, "height": 900}
    ).new_page()
    page.goto(str(live_server))
    page.click("text=Describe my business in my own words")
    seen = [problems(page)] if scripts else []
    page.fill("textarea", TEXT)
    page.click('button:has-text("Send the text")')
    seen += [problems(page)] if scripts else []
    page.check("#accept-sector", force=True)
    page.check("#accept-staff_count", force=True)
    page.click('button:has-text("Take over")')

    assert "2 answers were taken over." in page.inner_text("main")
    assert seen == [[], []] or not scripts
    answers = Assessment.objects.get().answers
    assert (answers["sector"], answers["staff_count"], "country" in answers) == ("retail", 12, False)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_figure_is_explained_beside_its_working(
    browser: Browser, live_server: object, model: Behavior, width: int, scheme: Any
) -> None:
    published_version()
    page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    fill_questionnaire(page, str(live_server), sample("web_shop"))
    page.click('main form button.button[type="submit"] >> nth=0')
    page.wait_for_url("**/result/**")
    page.click(".headline summary >> nth=0")
    page.click(".headline >> text=Explain this in plain words")
    before = page.inner_text("h1")
    model.words = "Mostly work.\nIt saves 93% or more."
    page.click('button:has-text("Send the working")')
    page.wait_for_selector("mark")

    assert page.inner_text("h1") == before
    assert page.inner_text("mark") == "93% (not our figure)"
    assert problems(page) == []
