"""The assistant in a real browser: without scripts, on a phone, in both colors, and with nothing axe objects to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from advisor.assessments.models import Assessment
from advisor.assessments.services import compute_result
from tests.assessments.shown_results import address
from tests.assistant.conftest import REPLY, TEXT
from tests.browsing import sample, settled, window_of
from tests.openai_server import Behavior
from tests.questionnaire import published_version
from tests.samples import AS_OF

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
    page.wait_for_selector("textarea")
    seen = [problems(page)] if scripts else []
    page.fill("textarea", TEXT)
    page.click('button:has-text("Send the text")')
    page.wait_for_selector("#accept-sector", state="attached")
    seen += [problems(page)] if scripts else []
    page.check("#accept-sector", force=True)
    page.check("#accept-staff_count", force=True)
    page.click('button:has-text("Use the ticked answers")')

    expect(page.locator("main")).to_contain_text("2 answers were taken over.")
    assert seen == [[], []] or not scripts
    answers = Assessment.objects.get().answers
    assert (answers["sector"], answers["staff_count"], "country" in answers) == ("retail", 12, False)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_figure_is_explained_beside_its_working(
    browser: Browser, live_server: object, model: Behavior, width: int, scheme: Any
) -> None:
    published_version()
    assessment = Assessment.objects.create(answers=sample("web_shop"))
    result = compute_result(assessment=assessment, as_of=AS_OF)
    size = {"width": width, "height": 900}
    page = window_of(browser, live_server, assessment, color_scheme=scheme, viewport=size)
    page.goto(f"{live_server}{address(result)}")
    page.click(".headline summary >> nth=0")
    page.click(".headline >> text=Explain this in plain words")
    page.wait_for_url("**/explain/**")
    before = page.inner_text("h1")
    model.words = "Mostly work.\nIt saves 93% or more."
    page.click('button:has-text("Send the working")')

    expect(page.locator("mark")).to_have_text("93% (not our figure)")
    settled(page)
    assert page.inner_text("h1") == before
    assert problems(page) == []
