"""From the first page to the result with the keyboard alone, on a phone's width: the focus can always be seen, and what
changes in the page neither loses it nor happens in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from advisor.assessments.models import Assessment
from advisor.assessments.services import compute_result
from tests.assessments.shown_results import address as result_address
from tests.browsing import QUESTION, sample, settled, window_of
from tests.questionnaire import address, published_version, set_answers
from tests.reports.sample import ANSWERS
from tests.samples import AS_OF

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 700}
MOST_TABS = 150
CONTINUE = "form.question-form .actions button"
# What has the focus, and what is wrong with how it can be seen; a choice shows the focus of its box around itself.
FOCUSED = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "nothing has the focus";
  const shown = focused.closest(".choice") ?? focused;
  const style = getComputedStyle(shown);
  const name = `<${focused.tagName.toLowerCase()} id="${focused.id}" class="${focused.className}">`;
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 3) return `no ring around ${name}`;
  const box = shown.getClientRects()[0];
  if (!box || box.width < 2 || box.height < 2) return `${name} has no size`;
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return !top ? `${name} is out of sight` : shown.contains(top) || top.contains(shown) ? "" : `${name} is covered`;
}"""
# Page -> where to go and what to press there; other keys than Tab, Space and Enter are those a drop-down, a group of
# radio buttons and a text field take.
ANSWERS_BY_KEY = {
    "Q1": [("select[name=country]", "G", "e", "r", "m")],
    "Q2": [("input[name=answer]", "Space")],
    "Q3": [("input[name=staff_count]", "1", "2"), ("input[name=ai_users]", "8")],
    "Q4": [("input[name=jobs]", "Space"), ("input[name=jobs][value=find_in_documents]", "Space")],
    "Q4-main": [("input[name=answer]", "Space")],
    "Q5": [("input[name=write_reply]", "9", "0"), ("input[name=find_in_documents_instead]", "Space")],
    "Q9": [("input[name=answers]", "Space")],
    "Q10": [("input[name=answers]", "Space")],
    "Q10-stop": [],
    "Q11": [("input[name=answers]", "Space")],
    "Q12": [("input[name=answer]", "Space", "ArrowDown")],
    "Q15": [("input[name=answer]", "Space", "ArrowDown", "ArrowDown")],
    "Q20": [("input[name=amount]", "2", "0", "0")],
    "Q24": [("input[name=answer]", "Space")],
}


def reach(page: Page, selector: str) -> None:
    """Press Tab until what the selector names has the focus; every stop on the way must be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == ""
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached on {page.url}")


def answer(page: Page, key: str) -> None:
    for selector, *keys in ANSWERS_BY_KEY[key]:
        reach(page, selector)
        for each in keys:
            page.keyboard.press(each)
    reach(page, CONTINUE)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: f"/question/{key}/" not in url)
    settled(page)


def opened(browser: Browser, site: object, where: str, assessment: Assessment) -> Page:
    """A page of somebody whose assessment it is."""
    page = window_of(browser, site, assessment, viewport=PHONE)
    page.goto(f"{site}{where}")
    return page


def focus_is_on(page: Page, selector: str) -> None:
    """Wait until the focus is there: a part that was replaced gives it back a moment after it is drawn."""
    expect(page.locator(selector).and_(page.locator(":focus"))).to_have_count(1)


def test_the_keyboard_alone_leads_from_the_start_to_the_workings_of_the_result(
    browser: Browser, live_server: object
) -> None:
    published_version()
    page = browser.new_context(viewport=PHONE, locale="en").new_page()
    page.goto(str(live_server))
    reach(page, ".skip-link")
    page.keyboard.press("Enter")
    focus_is_on(page, "main")
    reach(page, "main form .button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/question/**")
    met = []
    while found := QUESTION.search(page.url):
        met.append(found["key"])
        answer(page, met[-1])
        if QUESTION.search(page.url):
            focus_is_on(page, "#question *")
    reach(page, 'main form[action$="/check/"] button')
    page.keyboard.press("Enter")
    page.wait_for_url("**/result/**")
    reach(page, ".opens > summary")
    page.keyboard.press("Enter")

    assert met == list(ANSWERS_BY_KEY)
    expect(page.locator(".opens[open] .working").first).to_be_visible()


def test_ordering_by_keyboard_goes_on_where_it_was_and_is_told(browser: Browser, live_server: object) -> None:
    published_version()
    assessment = set_answers(Assessment.objects.create(answers=ANSWERS | {"priorities": []}), "Q1", "Q4")
    page = opened(browser, live_server, address(assessment, "Q23"), assessment)
    for chosen in (1, 2):
        if chosen == 1:
            reach(page, 'button[name=move][value^="add:"]')
        page.keyboard.press("Enter")
        page.wait_for_function("count => document.querySelectorAll('.rank-chosen li').length === count", arg=chosen)
        settled(page)
        focus_is_on(page, 'button[name=move][value^="add:"]')
    second = page.locator(".rank-chosen .rank-name").nth(1).inner_text().split(".")[-1].strip()
    page.locator(".rank-chosen li").nth(1).locator('button[value^="up:"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "name => document.querySelector('.rank-chosen .rank-name').innerText.includes(name)", arg=second
    )
    page.wait_for_function("name => document.querySelector('#announcer').innerText.includes(`1. ${name}`)", arg=second)

    focus_is_on(page, "button[name=move]")


def test_a_new_line_is_where_typing_goes_on_and_enter_in_it_removes_none(browser: Browser, live_server: object) -> None:
    published_version()
    assessment = set_answers(Assessment.objects.create(answers=ANSWERS))
    page = opened(browser, live_server, address(assessment, "Q15"), assessment)
    page.locator('button[name=move][value="add"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('[name="line1-product"]')
    settled(page)
    focus_is_on(page, '[name="line1-product"]')
    page.keyboard.type("Sample")
    page.keyboard.press("Enter")
    page.wait_for_selector(".error-summary")

    focus_is_on(page, ".error-summary")
    assert page.locator(".row-group").count() == 2
    assert page.input_value('[name="line1-product"]') == "Sample"


def test_a_mistake_takes_the_focus_to_the_list_of_problems_and_on_to_the_field(
    browser: Browser, live_server: object
) -> None:
    published_version()
    assessment = set_answers(Assessment.objects.create(answers={"question_set": "2026-11"}), "Q1", "Q2")
    page = opened(browser, live_server, address(assessment, "Q3"), assessment)
    reach(page, CONTINUE)
    page.keyboard.press("Enter")
    page.wait_for_selector(".error-summary")
    focus_is_on(page, ".error-summary")
    reach(page, ".error-summary a")
    page.keyboard.press("Enter")

    focus_is_on(page, "input[name=staff_count]")
    assert "_error" in (page.get_attribute("input[name=staff_count]", "aria-describedby") or "")


def test_a_changed_answer_leads_back_to_its_row_of_the_check(browser: Browser, live_server: object) -> None:
    published_version()
    assessment = set_answers(Assessment.objects.create(answers={"question_set": "2026-11", "length": "full"}))
    page = opened(browser, live_server, f"{address(assessment, 'Q21')}?change=check", assessment)
    reach(page, "input[name=answer]")
    page.keyboard.press("ArrowDown")
    reach(page, CONTINUE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/check/#Q21")

    focus_is_on(page, "#Q21")
    expect(page.locator("#Q21")).to_be_in_viewport()
    reach(page, "#Q21 a")  # the next stop of the Tab key


def test_asking_for_a_report_keeps_the_focus_and_is_told(browser: Browser, live_server: object) -> None:
    published_version()
    assessment = Assessment.objects.create(answers=sample("bakery"))
    result = compute_result(assessment=assessment, as_of=AS_OF)
    page = opened(browser, live_server, result_address(result), assessment)
    page.locator("#report-panel form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#announcer').innerText.length > 10")

    focus_is_on(page, "#report-panel form button")
    expect(page.locator("#announcer")).to_have_text(page.inner_text("#report-status [data-say]"))


def test_a_narrowed_list_of_models_is_told(browser: Browser, live_server: object) -> None:
    published_version()
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{live_server}/models/")
    page.select_option("#id_task", "ocr")
    page.wait_for_url("**/models/?task=ocr")

    expect(page.locator("#announcer")).to_have_text(page.inner_text("#models-count"))


@pytest.mark.parametrize("where", ["/", "/models/"])
def test_who_wants_no_motion_sees_none(browser: Browser, live_server: object, where: str) -> None:
    published_version()
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(f"{live_server}{where}")
    longest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].flatMap(each => { const style = getComputedStyle(each);"
        " return [style.transitionDuration, style.animationDuration].join().split(',').map(parseFloat) }))"
    )

    assert longest <= 0.01
