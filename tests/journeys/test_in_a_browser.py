"""The whole main job in a real browser, with scripts and without: questionnaire, result, PDF."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from advisor.assessments.models import Assessment
from advisor.reports.models import Report
from advisor.reports.production import produce
from tests.browsing import fill_questionnaire, sample, told
from tests.questionnaire import published_version

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def see_result(page: Page) -> None:
    page.click('main form button.button[type="submit"] >> nth=0')
    page.wait_for_url("**/result/**")


def download(page: Page, address: str) -> bytes:
    """Ask for the report, let the worker's function make it, and fetch it through the link on the page."""
    page.click('button:has-text("Make the PDF report")')
    page.wait_for_selector("#report-status *")
    produce(Report.objects.get().pk)
    page.goto(address)
    with page.expect_download() as started:
        page.click('a[href*="/download/"]')
    return started.value.path().read_bytes()


@pytest.mark.parametrize(("name", "scripts"), [("web_shop", True), ("law_office", False)])
def test_a_business_gets_its_answer_and_its_report(
    browser: Browser, live_server: object, name: str, scripts: bool
) -> None:
    published_version()
    page = browser.new_context(java_script_enabled=scripts, accept_downloads=True).new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)

    met = fill_questionnaire(page, str(live_server), sample(name))
    see_result(page)
    heading = page.inner_text("h1")
    pdf = PdfReader(BytesIO(download(page, page.url)))

    assert told(Assessment.objects.get().answers) == told(sample(name))
    assert len(met) >= 25
    assert problems == []
    assert len(pdf.pages) >= 8
    text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in pdf.pages[:4]))
    assert re.sub(r"\s+", " ", heading)[:30] in text
