"""The five languages in a real browser, on the narrowest phone: nothing runs over, and the menu can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from advisor.assessments.models import Assessment
from advisor.assessments.services import compute_result
from tests.assessments.shown_results import address
from tests.browsing import sample, window_of
from tests.questionnaire import published_version
from tests.samples import AS_OF

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
TARGET = 44  # pixels a finger needs
NARROW = {"width": 320, "height": 568}


def over_the_edge(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def in_language(page: Page, language: str) -> None:
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": page.url}])
    page.reload()
    assert page.get_attribute("html", "lang") == language


def test_the_menu_of_languages_fits_a_phone_and_each_entry_is_in_its_own_language(
    browser: Browser, live_server: object
) -> None:
    page = browser.new_context(viewport=NARROW).new_page()  # type: ignore[arg-type]
    page.goto(str(live_server))
    for language in LANGUAGES:
        in_language(page, language)
        assert over_the_edge(page) <= 0, language
        page.click("details.menu summary")
        entries = page.locator("details.menu button")
        named = entries.evaluate_all("all => all.map(each => [each.value, each.lang])")
        assert named == [[code, code] for code in LANGUAGES]
        for box in [each.bounding_box() for each in entries.all()]:
            assert box is not None
            assert box["height"] >= TARGET
            assert box["x"] >= 0, language
            assert box["x"] + box["width"] <= NARROW["width"], language
            assert box["y"] + box["height"] <= NARROW["height"], language


def test_an_error_page_speaks_the_language_of_the_reader(browser: Browser, live_server: object) -> None:
    titles = set()
    for language in LANGUAGES:
        page = browser.new_context(viewport=NARROW, locale=language).new_page()  # type: ignore[arg-type]
        page.goto(f"{live_server}/nothing-here/")
        assert page.get_attribute("html", "lang") == language
        assert over_the_edge(page) <= 0, language
        titles.add(page.inner_text("h1"))

    assert len(titles) == len(LANGUAGES)


def test_a_result_opened_wide_stays_inside_a_phone_in_every_language(browser: Browser, live_server: object) -> None:
    published_version()
    assessment = Assessment.objects.create(answers=sample("web_shop"))
    result = compute_result(assessment=assessment, as_of=AS_OF)
    page = window_of(browser, live_server, assessment, viewport=NARROW)
    page.goto(f"{live_server}{address(result)}")
    for language in LANGUAGES:
        in_language(page, language)
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        assert over_the_edge(page) <= 0, language
