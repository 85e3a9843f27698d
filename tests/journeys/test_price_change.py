"""A publisher changes one price: the next result differs by exactly that, and the result before stays as it was.

The business: a software firm in the United States with 3 people and one job, writing replies, 50,000 a week.
What it needs in a month, from the shipped facts on that job:

    50,000 replies x 52 / 12                  = 216,666.67 replies
    x 2 requests each                         = 433,333.33 requests
    x 250 tokens written each / 1,000,000     = 108.333 million tokens written

That is the first month. Nobody said how the work will grow, so 10 % of today's is taken to come on top each year: over
36 months 1 + 0.10 x 35 / 24 = 1.145833 times the first month on the mean. A change of the price per million tokens
written by ``change`` dollars, paid for 36 months, with 10 % put aside for what nobody foresaw:

    108.333 x 1.145833 x 36 x 1.10 x change   = 4,915.625 x change
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from advisor.accounts.models import User
from advisor.assessments.models import Assessment, Result
from advisor.catalog.models import ApiPrice, CatalogVersion
from advisor.catalog.services import load_shipped, publish
from tests import group_rights
from tests.admin_forms import form_of
from tests.questionnaire import address, begin, page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
PUBLISH = "/admin/catalog/catalogversion/publish/"
COST_PER_DOLLAR = 4_915.625
MEAN_WORK = 1 + 0.10 * 35 / 24

SENT: dict[str, dict[str, Any]] = {
    "Q1": {"country": "US", "currency": "USD"},
    "Q2": {"answer": "software"},
    "Q3": {"staff_count": "3", "ai_users": "3"},
    "Q4": {"jobs": ["write_reply"]},
    "Q5": {"write_reply": "50000"},
    "Q9": {"answers": ["staff"]},
    "Q10": {"answers": ["none"]},
    "Q11": {"answers": ["public"]},
    "Q12": {"answer": "anywhere"},
    "Q15": {"answer": "nothing"},
    "Q20": {"amount": "5000"},
    "Q24": {"answer": "no_rule"},
}


@pytest.fixture
def first_version(db: None) -> CatalogVersion:
    load_shipped()
    return publish(by=None, note="shipped")


def member_of(group: str) -> User:
    user = User.objects.create_user(group, password=PASSWORD, is_staff=True)
    user.groups.add(group_rights.group(group))
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fill_in(client: Client) -> Assessment:
    assessment = begin(client, "quick")
    location = address(assessment, "Q1")
    while key := page_of(location):
        location = client.post(location, SENT[key])["Location"]
    return assessment


def ask_for_result(client: Client, assessment: Assessment) -> tuple[Result, str]:
    """The result, and its page."""
    page = client.post(reverse("assessments:check", args=[assessment.public_id]), follow=True)
    assert page.status_code == 200
    return assessment.results.latest("created_at"), page.content.decode()


def best_plan(result: Result) -> dict[str, Any]:
    plan: dict[str, Any] = result.recommendation["plans"][0]
    return plan


def used_price(result: Result) -> ApiPrice:
    """The row of the catalog that the best plan is billed by."""
    plan = result.recommendation["plans"][0]
    (model,) = plan["models"]
    return ApiPrice.objects.get(provider__iexact=plan["provider"], model=model["slug"], unit="usd_per_1m_tokens")


def usage(plan: dict[str, Any]) -> float:
    return next(float(line["total"]["central"]) for line in plan["lines"] if line["key"] == "usage")


def edit_price(client: Client, row: ApiPrice, output: Decimal) -> int:
    """Through the change page of the admin, as a browser sends it."""
    where = reverse("admin:catalog_apiprice_change", args=[row.pk])
    return client.post(where, form_of(client, where) | {"output": str(output)}).status_code


def publish_drafts(client: Client, note: str) -> int:
    shown = client.get(PUBLISH).context["preview"]
    return client.post(PUBLISH, {"note": note, "seen": shown.content_hash}).status_code


def test_the_bill_is_the_one_worked_out_by_hand(client: Client, first_version: CatalogVersion) -> None:
    """x 1,150 tokens read each: 498.333 million a month, 37 % of them (184.383) read before, 313.950 for the first
    time. Times the three prices of the service, for 36 months of growing work."""
    result, _ = ask_for_result(client, fill_in(client))
    row = used_price(result)
    assert row.cached_input is not None

    first = 313.95 * float(row.input) + 184.383333 * float(row.cached_input) + 108.333333 * float(row.output)
    by_hand = 36 * MEAN_WORK * first

    assert usage(best_plan(result)) == pytest.approx(by_hand, abs=0.011)


def test_a_new_price_changes_the_next_result_by_exactly_that(client: Client, first_version: CatalogVersion) -> None:
    publisher = signed_in(member_of("publisher"))
    assessment = fill_in(client)
    old, _ = ask_for_result(client, assessment)
    kept = bytes(old.document, "utf-8"), old.content_hash
    row = used_price(old)
    cheaper = row.output / 2

    assert edit_price(publisher, row, cheaper) == 302
    assert publish_drafts(publisher, "half the price for what is written") == 302
    before_asking_again = client.get(reverse("assessments:result", args=[assessment.public_id])).content.decode()
    new, new_page = ask_for_result(client, assessment)

    saved = COST_PER_DOLLAR * float(row.output - cheaper)
    old_plan, new_plan = best_plan(old), best_plan(new)
    assert (new_plan["provider"], new_plan["models"]) == (old_plan["provider"], old_plan["models"])
    assert old_plan["cost_total"]["central"] - new_plan["cost_total"]["central"] == pytest.approx(saved, abs=0.011)
    assert usage(old_plan) - usage(new_plan) == pytest.approx(saved / 1.1, abs=0.011)
    assert new_plan["savings"]["total"]["central"] - old_plan["savings"]["total"]["central"] == pytest.approx(
        saved, abs=0.021
    )
    again = Result.objects.get(pk=old.pk)
    assert (bytes(again.document, "utf-8"), again.content_hash) == kept
    assert (again.catalog_version.number, new.catalog_version.number) == (1, 2)
    assert "catalog version 1" in before_asking_again
    assert "catalog version 2" in new_page


def test_an_edit_alone_changes_no_result(client: Client, first_version: CatalogVersion) -> None:
    assessment = fill_in(client)
    old, _ = ask_for_result(client, assessment)
    row = used_price(old)

    edit_price(signed_in(member_of("editor")), row, row.output / 2)
    again, _ = ask_for_result(client, assessment)

    assert again == old


def test_an_editor_edits_and_cannot_publish(first_version: CatalogVersion) -> None:
    editor = signed_in(member_of("editor"))
    row = ApiPrice.objects.filter(output__gt=0)[0]

    assert edit_price(editor, row, row.output * 2) == 302
    refused = editor.post(PUBLISH, {"note": "mine", "seen": "0" * 64})

    assert refused.status_code == 403
    assert CatalogVersion.objects.get() == first_version


def sign_in(browser: Browser, address: str, person: User) -> Page:
    page = browser.new_context().new_page()
    page.goto(f"{address}/accounts/login/?next=/admin/")
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/admin/")
    return page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_publisher_changes_and_publishes_a_price_in_a_browser(browser: Browser, live_server: LiveServer) -> None:
    load_shipped()
    publish(by=None, note="shipped")
    row = ApiPrice.objects.get(slug="deepinfra-gpt-oss-120b")
    page = sign_in(browser, live_server.url, member_of("publisher"))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{live_server.url}/admin/catalog/apiprice/?q={row.slug}")
    page.get_by_role("link", name=row.slug).first.click()
    field = page.locator('input[name="output"]')
    shown = field.input_value()
    field.fill("0.33")
    page.locator('[name="_save"]').last.click()
    page.get_by_text("was changed successfully").wait_for()
    page.goto(f"{live_server.url}{PUBLISH}")
    change = page.locator("del + ins").last.inner_text()
    page.locator('textarea[name="note"]').fill("dearer")
    page.locator('form:has(textarea[name="note"]) [type="submit"]').click()
    page.wait_for_url("**/catalogversion/")

    version = CatalogVersion.objects.latest("number")
    rows = json.loads(version.document)["entries"]["api_prices"]
    assert shown == f"{row.output.normalize():f}"
    assert change == "0.33"
    assert (version.number, version.note) == (2, "dearer")
    assert next(item["output"] for item in rows if item["slug"] == row.slug) == 0.33
    assert complaints == []
