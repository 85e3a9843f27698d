"""A person in a real browser: fills the questionnaire for a sample business, page by page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import TimeoutError, expect

from advisor.assessments.advice import sample_businesses
from advisor.assessments.models import Assessment
from advisor.assessments.policies import SESSION_KEY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Sent = dict[str, str | list[str]]
IGNORED = {"length", "language", "own_computers", "hardware_countries", "rules", "budget_month_as_now"}
QUESTION = re.compile(r"/question/(?P<key>[^/?]+)/")


def sample(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(dict(sample_businesses())[name])
    return document


def sent_by(document: Mapping[str, Any]) -> dict[str, Sent]:
    """Page -> fields and values that give this answers document. Lists are ticked boxes or pressed buttons."""
    jobs = document["jobs"]
    return {
        "Q1": {
            "country": document["country"],
            "currency": document["currency"],
            "more_customers": document.get("customer_countries") or [],
        },
        "Q2": {"answer": document["sector"]},
        "Q3": {"staff_count": _text(document["staff_count"]), "ai_users": _text(document["ai_users"])},
        "Q4": {"jobs": [row["job"] for row in jobs]},
        "Q4-main": {"answer": jobs[0]["job"]},
        "Q5": {row["job"]: _text(row["units_per_week"]) for row in jobs},
        "Q6": {row["job"]: _text(row["minutes_each"]) for row in jobs},
        "Q7": _lines(document["languages"] or []),
        "Q8": {"answer": document["error_harm"]},
        "Q9": {"answers": document["audience"]},
        "Q10": {"answers": document["people_decisions"]},
        "Q10-stop": {},
        "Q11": {"answers": document["information"]},
        "Q12": {"answer": document["processing_location"]},
        "Q13": {"count": document.get("document_count") or "", "shapes": document.get("document_shapes") or []},
        "Q14": {"answers": document["programs"]},
        "Q15": _tools(document["current_tools"] or []),
        "Q16": {"answer": document["computers"]},
        "Q16-computers": _lines(document["own_computers"]),
        "Q17": {"answer": document["it_support"], "hourly_cost": _text(document["hourly_cost"])},
        "Q18": {"answer": document["connectivity"]},
        "Q19": {"amount": _text(document["budget_once"])},
        "Q20": {"amount": _text(document["budget_month"])},
        "Q21": {"answer": document["timing"]},
        "Q22": {"answer": document["payment_preference"]},
        "Q23": {"move": [f"add:{priority}" for priority in document["priorities"] or []]},
        "Q24": {"answer": "no_rule"},
        "Q25": {"answers": document["special_knowledge"]},
        "Q26": {"answer": document["readiness"]},
    }  # fmt: skip


def _tools(rows: list[dict[str, Any]]) -> Sent:
    return {"answer": "pays", **_lines(rows)} if rows else {"answer": "nothing"}


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _lines(rows: list[dict[str, Any]]) -> Sent:
    sent: Sent = {"lines": str(len(rows))}
    for number, row in enumerate(rows):
        for name, value in row.items():
            sent[f"line{number}-{name}"] = "" if value is None else str(value)
    return sent


def window_of(browser: Browser, site: object, assessment: Assessment, **options: Any) -> Page:
    """An empty window of somebody whose assessment it is. ``options`` are those of a browser context."""
    client = Client()
    session = client.session
    session[SESSION_KEY] = [str(assessment.public_id)]
    session.save()
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(**options)
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(site)}])
    return context.new_page()


def told(answers: dict[str, Any]) -> dict[str, Any]:
    """What the questionnaire asks, with ticked boxes in any order."""
    return {
        key: sorted(value)
        if isinstance(value, list) and value and isinstance(value[0], str) and key != "priorities"
        else value
        for key, value in answers.items()
        if key not in IGNORED and value not in ([], {})
    }


def fill_questionnaire(page: Page, address: str, document: Mapping[str, Any]) -> list[str]:
    """From the start page to the check page; gives the keys of the pages met on the way."""
    page.goto(address)
    page.check('input[name="length"][value="full"]', force=True)
    page.click('form[method="post"] button[type="submit"]:has-text("Start")')
    sent, met = sent_by(document), []
    while found := QUESTION.search(page.url):
        met.append(found["key"])
        fill_page(page, sent[found["key"]])
        _leave(page, page.locator('main button.button[type="submit"]').last, found["key"])
    return met


def fill_page(page: Page, sent: Sent) -> None:
    for name, value in sent.items():
        match name, value:
            case "lines", str(count):
                _add_lines(page, int(count))
            case "move", list(presses):
                for press in presses:
                    page.click(f'button[name="move"][value="{press}"]')
                    page.wait_for_selector(
                        f'input[name="order"][value="{press.removeprefix("add:")}"]', state="attached"
                    )
                    settled(page)
            case _, list(values):
                _unfold(page, name)
                for item in values:
                    page.check(f'input[name="{name}"][value="{item}"]', force=True)
            case _, str(text) if text:
                _fill_field(page, name, text)


def _unfold(page: Page, name: str) -> None:
    """Long lists wait behind a summary."""
    folded = page.locator(f'details:not([open]):has(input[name="{name}"]) > summary')
    if folded.count():
        folded.first.click()


def _add_lines(page: Page, count: int) -> None:
    for number in range(count):
        if not page.locator(f'[name^="line{number}-"]').count():
            page.click('button[name="move"][value="add"]')
            page.wait_for_selector(f'[name^="line{number}-"]', state="attached")
            settled(page)


def _fill_field(page: Page, name: str, text: str) -> None:
    field = page.locator(f'[name="{name}"]')
    kind = field.first.evaluate("element => element.type")
    if kind in ("radio", "checkbox"):
        page.check(f'input[name="{name}"][value="{text}"]', force=True)
    elif kind.startswith("select"):
        field.select_option(text)
    else:
        field.fill(text)


def _leave(page: Page, button: Any, key: str) -> None:
    """Press Continue and wait until the next page is there; a problem on the page is shown instead of a time-out."""
    button.click()
    try:
        page.wait_for_url(lambda url: f"/question/{key}/" not in url)
    except TimeoutError:
        raise AssertionError(f"{key}: {page.locator('main').inner_text()[:600]}") from None
    settled(page)


def settled(page: Page) -> None:
    """Wait until htmx has drawn what came in and listens on it, a moment after it can be seen."""
    busy = "[hx-get].htmx-request, [hx-post].htmx-request, .htmx-swapping, .htmx-settling"
    expect(page.locator(busy)).to_have_count(0)
