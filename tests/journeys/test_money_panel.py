"""Trying other figures in a real browser: the figures change, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from advisor.assessments.models import Assessment
from advisor.assessments.services import compute_result
from tests.assessments.shown_results import address
from tests.browsing import sample, settled, window_of
from tests.questionnaire import published_version
from tests.samples import AS_OF

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Page:
    published_version()
    assessment = Assessment.objects.create(answers=sample("software_studio"))
    result = compute_result(assessment=assessment, as_of=AS_OF)
    opened = window_of(browser, live_server, assessment)
    opened.goto(f"{live_server}{address(result)}")
    return opened


def test_typing_goes_on_while_the_figures_follow_and_the_address_keeps_them(page: Page) -> None:
    before = page.inner_text("#figures")
    page.evaluate("document.querySelector('#tried').dataset.same = 'yes'")
    page.focus("#id_hourly_cost")
    page.keyboard.type("150")
    page.wait_for_selector("#tried strong")
    page.keyboard.type("0")  # the reply came in mid-typing: the field, its text and the caret are still there

    assert page.input_value("#id_hourly_cost") == "1500"
    assert page.evaluate("document.activeElement.id") == "id_hourly_cost"
    page.wait_for_url("**hourly_cost=1500**")
    settled(page)
    expect(page.locator("#figures")).not_to_have_text(before)
    assert page.get_attribute("#tried", "data-same") == "yes"  # a live region that was replaced would stay silent
    assert page.get_attribute("#tried", "role") == "status"
    said = page.inner_text("#tried")

    page.reload()
    expect(page.locator("#id_hourly_cost")).to_have_value("1500")
    expect(page.locator("#tried")).to_have_text(said)


def test_a_message_comes_and_goes_with_what_is_typed(page: Page) -> None:
    page.fill("#id_volume", "a lot")
    page.wait_for_selector("#money .error-summary")
    page.fill("#id_volume", "50")
    page.wait_for_selector("#money .error-summary", state="detached")
    page.wait_for_selector("#tried strong")
    page.fill("#id_volume", "")
    page.wait_for_selector("#tried strong", state="detached")


def test_a_slider_moves_its_figure_and_follows_what_is_typed(page: Page) -> None:
    slider = page.get_by_role("slider", name="Amount of work")
    assert slider.input_value() == "100"
    slider.focus()
    page.keyboard.press("ArrowRight")

    page.wait_for_url("**volume=105**")
    assert page.input_value("#id_volume") == "105"
    page.fill("#id_volume", "42,6")
    expect(slider).to_have_value("45")
    page.fill("#id_volume", "")
    expect(slider).to_have_value("100")
    assert page.get_by_role("slider").count() == 4


def test_trying_too_often_is_told_beside_the_fields_until_it_works_again(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.assessments.result_views.allow", lambda *asked: False)
    page.fill("#id_hourly_cost", "150")
    said = page.locator("#money [role=alert]")

    expect(said).to_have_text(
        "That was tried many times in a short while. Wait a few minutes and try again.", use_inner_text=True
    )
    expect(page.locator("#id_hourly_cost")).to_have_value("150")

    monkeypatch.undo()
    page.fill("#id_hourly_cost", "151")
    expect(page.locator("#tried strong")).to_be_visible()
    expect(said).to_be_hidden()
