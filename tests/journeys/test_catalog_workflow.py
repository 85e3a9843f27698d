"""The whole work on the catalog in a real browser: an editor prepares a version, a publisher looks at whom it changes,
publishes it, and takes it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from advisor.accounts.models import User
from advisor.assessments.advice import sample_businesses
from advisor.assessments.models import Assessment
from advisor.assessments.services import compute_result
from advisor.catalog import services
from advisor.catalog.models import ApiPrice, CatalogVersion, Claim, DraftComment, ImportRun, LinkCheck, Seat
from advisor.effects.models import EffectPreview, Outcome
from advisor.effects.production import work
from tests import group_rights

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery staple"
OLD_SEATS = ("canva-pro", "copilot-studio")
DEARER = "deepinfra-"  # the service the sample "software_studio" is advised to use
ONE = "google-gemini-2-5-pro"
SignIn = Callable[[str], "Page"]


@pytest.fixture
def catalog(db: None) -> CatalogVersion:
    """The shipped catalog as version 1, with two seats nobody has looked at for long and a dead address."""
    services.load_shipped()
    Seat.objects.filter(slug__in=OLD_SEATS).update(as_of="2025-01", seen_on="2025-01-15")
    services.publish(by=None, note="first")
    address = Claim.objects.filter(source__startswith="http").values_list("source", flat=True)[0]
    LinkCheck.objects.create(
        address=address, host="example.com", answer="failed", detail="404 Not Found", failed_days=3,
        failed_since=date(2026, 11, 1), last_failed_on=date(2026, 11, 9),
    )  # fmt: skip
    answers = json.loads(dict(sample_businesses())["software_studio"])
    compute_result(assessment=Assessment.objects.create(answers=answers), as_of=date(2026, 11, 22))
    version = services.current_version()
    assert version is not None
    return version


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[SignIn]:
    contexts = []

    def page_of(role: str) -> Page:
        person = User.objects.create_user(role, password=PASSWORD, is_staff=True)
        person.groups.add(group_rights.group(role))
        context = browser.new_context(base_url=live_server.url)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/accounts/login/?next=/admin/")
        page.get_by_label("Username").fill(role)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{live_server.url}/admin/")
        return page

    yield page_of
    for context in contexts:
        context.close()


def select(page: Page, *slugs: str) -> None:
    for slug in slugs:
        page.locator("#result_list tr", has_text=slug).locator("input.action-select").check()


def act(page: Page, action: str) -> None:
    page.locator("select[name=action]").select_option(action)
    page.get_by_role("button", name="Run").click()


def check_old_seats_again(page: Page) -> None:
    """From the first page to the stale seats, and say of two of them that they still hold."""
    page.locator("#attention tr", has_text="Seat prices").get_by_role("link").last.click()
    select(page, *OLD_SEATS)
    act(page, "checked_again")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("2 facts checked.").wait_for()


def raise_prices(page: Page) -> str:
    """All prices of one service by half; the first price as the preview shows it, before and after."""
    page.goto(f"/admin/catalog/apiprice/?q={DEARER}")
    page.locator("#action-toggle").click()
    act(page, "reprice")
    page.locator("[name=percent]").fill("50")
    page.locator("[name=source]").fill("https://deepinfra.com/pricing")
    page.get_by_role("button", name="Show what would change").click()
    row = page.locator("section:has(#changes) tbody tr", has_text="deepinfra-gpt-oss-120b").first
    shown = row.inner_text()
    page.get_by_role("button", name="Change these prices").click()
    page.get_by_text("drafts changed.").wait_for()
    return shown


def edit_against_a_colleague(page: Page) -> str:
    """Open a price; somebody else changes it; save, see the conflict, save again."""
    page.goto(f"/admin/catalog/apiprice/?q={ONE}")
    page.get_by_role("link", name=ONE, exact=True).first.click()
    page.locator("input[name=input]").fill("1.75")
    colleagues = ApiPrice.objects.get(slug=ONE)
    colleagues.notes = "changed by a colleague"
    colleagues.save()
    page.locator("[name=_save]").last.click()
    conflict = page.get_by_text("while you were editing it").first.inner_text()
    page.locator("[name=_save]").last.click()
    page.get_by_text("was changed successfully").wait_for()
    return conflict


def comment_on_it(page: Page) -> None:
    page.goto(f"/admin/catalog/apiprice/{ApiPrice.objects.get(slug=ONE).pk}/change/")
    page.locator("#comments textarea").fill("Is this the price with tax?")
    page.get_by_role("button", name="Add the comment").click()
    page.locator("#comments article", has_text="with tax").wait_for()


def import_seats(page: Page, folder: Path) -> None:
    """A sheet with one price, looked at before it changes the drafts."""
    sheet = folder / "seats.csv"
    sheet.write_text("slug,price\ncanva-pro,19.5\n", encoding="utf-8")
    page.goto("/admin/catalog/importrun/start/?table=seats")
    page.locator("input[type=file]").set_input_files(sheet)
    page.locator('form:has(input[value="table"])').get_by_role("button", name="Preview").click()
    page.wait_for_url("**/change/")
    page.get_by_role("button", name="Apply to the drafts").click()
    page.get_by_text("The drafts were changed.").wait_for()


def look_whom_it_changes(page: Page) -> str:
    """Ask for the preview, do what the worker does, and wait until the page shows it by itself."""
    page.get_by_role("button", name="Look whom it changes").click()
    page.get_by_text("of 10 businesses worked out").wait_for()
    preview = EffectPreview.objects.get()
    while not preview.is_final:  # a worker gives way to others after its share of time
        preview = work(preview.pk) or preview
    page.get_by_role("button", name="Look again at these drafts").wait_for()
    return str(page.locator("#effect").inner_text())


def publish(page: Page, note: str) -> None:
    page.locator("[name=note]").fill(note)
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Published version 2.").wait_for()


def go_back(page: Page, version: CatalogVersion) -> str:
    """From the version's own page; what its confirmation says."""
    page.goto(f"/admin/catalog/catalogversion/{version.pk}/change/")
    page.get_by_role("link", name="Bring this version back").click()
    shown = str(page.locator("main, #content").first.inner_text())
    page.locator("[name=note]").fill("the prices were wrong")
    page.get_by_role("button", name="Bring version 1 back").click()
    page.get_by_text("Published version 3.").wait_for()
    return shown


def test_an_editor_prepares_and_a_publisher_publishes_and_takes_back(
    catalog: CatalogVersion, sign_in: SignIn, complaints: list[str], tmp_path: Path
) -> None:
    editor = sign_in("editor")
    attention = editor.locator("#attention").inner_text()
    check_old_seats_again(editor)
    repriced = raise_prices(editor)
    conflict = edit_against_a_colleague(editor)
    comment_on_it(editor)
    import_seats(editor, tmp_path)
    editor.goto("/admin/")
    waiting = editor.locator("#attention").inner_text()

    publisher = sign_in("publisher")
    publisher.get_by_role("link", name="look at them and publish").click()
    difference = publisher.locator("#changes").inner_text()
    effect = look_whom_it_changes(publisher)
    publish(publisher, "prices of November")
    second = services.current_version()
    going_back = go_back(publisher, catalog)
    publisher.goto("/admin/")

    assert "1 source address is dead" in attention
    assert "Seat prices" in attention
    assert "0.037 USD" in repriced  # per million tokens read, before
    assert "0.0555 USD" in repriced  # 0.037 x 1.5
    assert "notes: changed by a colleague" in conflict
    assert "look at them and publish" not in waiting  # that link is for publishers
    assert "drafts differ from the published version" in waiting
    assert "Is this the price with tax?" in waiting
    assert "canva-pro" in difference
    for part in ("Software studio", "Assessment 1", "All stored assessments together"):
        assert part in effect
    lines = EffectPreview.objects.get().lines
    assert not lines.filter(outcome=Outcome.FAILED).exists()
    assert lines.get(sample="software_studio").outcome != Outcome.SAME
    assert second is not None
    assert second.number == 2
    assert "in place of version 2" in going_back
    third = services.current_version()
    assert third is not None
    assert (third.number, third.content_hash, third.restores_id) == (3, catalog.content_hash, catalog.pk)
    assert services.preview().changes == ()
    assert "drafts differ" not in publisher.locator("#attention").inner_text()
    assert ImportRun.objects.filter(outcome="applied").count() == 1
    assert DraftComment.objects.get().text == "Is this the price with tax?"
    assert complaints == []
