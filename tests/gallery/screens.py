"""Every screen and state of the site, once: `make gallery` makes pictures of them, the tests look whether everybody
can use them. An address has places in braces that the stage fills in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.assistant.conftest import REPLY, TEXT
from tests.everyone import PASSWORD
from tests.gallery.people import ADMIN, CAREFUL, NEWCOMER, STAFF, VISITOR
from tests.questionnaire import PAGES
from tests.recommendations import STATES
from tests.samples import NAMES

if TYPE_CHECKING:
    from playwright.sync_api import Page

Step = Callable[["Page"], None]
CONTINUE = 'form.question-form .actions button[type="submit"]'


@dataclass(frozen=True)
class Screen:
    """``then`` is what somebody does there to make it look as named. ``extras``: served where style guide and assistant
    are switched on, ``says`` being what the assistant's model answers."""

    group: str
    name: str
    address: str
    visitor: str = VISITOR
    then: Step | None = None
    status: int = 200
    extras: bool = False
    says: str = ""


def press(selector: str) -> Step:
    return lambda page: page.locator(selector).first.click()


def unfold(page: Page) -> None:
    """Everything that is folded away, the menus of the head apart."""
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")


def unfold_first(page: Page) -> None:
    """The first of many that look the same: all of them are higher than a picture can be."""
    page.evaluate("document.querySelector('main details').open = true")


def untick(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main form input').forEach(each => { each.checked = false })")


def go_on_with_nonsense(page: Page) -> None:
    """Words where figures are asked for, nothing elsewhere, and Continue."""
    untick(page)
    for field in page.locator("form.question-form input[type=text]:visible").all():
        field.fill("plenty")
    page.locator(CONTINUE).click()
    page.wait_for_selector(".error-summary")


def leave_and_come_back(page: Page) -> None:
    page.fill("input[name=staff_count]", "14")
    page.wait_for_selector("[data-draft] p")
    page.reload()


def store_a_brand_without_a_name(page: Page) -> None:
    page.fill("input[name=name]", "")
    press("main form button")(page)
    page.wait_for_selector("main .field-error")


def start_nothing(page: Page) -> None:
    untick(page)
    press("main form .button")(page)
    page.wait_for_selector("main .field-error")


def send_without_token(page: Page) -> None:
    page.context.clear_cookies(name="csrftoken")
    press("main form .button")(page)
    page.wait_for_load_state()


def try_many_links(page: Page) -> None:
    """As many private links as one address may try in an hour, and one more."""
    link = f"{page.url}resume/no-such-link/"
    for _ in range(60):
        page.request.get(link)
    page.goto(link)


def describe(page: Page) -> None:
    page.fill("textarea", TEXT)
    press("main form .button")(page)
    page.wait_for_load_state()


def explain(page: Page) -> None:
    press(".headline summary")(page)
    press('.headline a[href*="/explain/"]')(page)
    press("main form .button")(page)
    page.wait_for_selector("mark, .card")


def sign_in_with_nothing(page: Page) -> None:
    page.evaluate("document.querySelector('main form').noValidate = true")
    press('main form button[type="submit"]')(page)
    page.wait_for_selector(".field-error")


def give_the_password(page: Page) -> None:
    page.fill("input[type=password]", PASSWORD)
    press('main form button[type="submit"]')(page)
    page.wait_for_load_state()


def confirm_who_it_is(page: Page) -> None:
    """Asked for only once in a while."""
    if page.locator("input[type=password]").count():
        give_the_password(page)


def sign_in_as_somebody_careful(page: Page) -> None:
    page.fill("input[type=text]", CAREFUL)
    give_the_password(page)


ONLY_SAYS_SOMETHING = {"Q10-stop"}


def _start() -> Iterator[Screen]:
    yield Screen("start", "start", "/", NEWCOMER)
    yield Screen("start", "start after a first visit", "/")
    yield Screen("start", "start unfolded", "/", NEWCOMER, unfold)
    yield Screen("start", "start with nothing chosen", "/", NEWCOMER, start_nothing)


def _questions() -> Iterator[Screen]:
    for page in [*PAGES, "Q4-ideas"]:
        yield Screen("questions", f"{page} empty", f"/assessments/{{{page}}}/question/{page}/")
        if page not in ONLY_SAYS_SOMETHING:
            yield Screen(
                "mistakes",
                f"{page} with mistakes",
                f"/assessments/{{{page}}}/question/{page}/",
                then=go_on_with_nonsense,
            )
        yield Screen(
            "answered questions",
            f"{page} filled",
            f"/assessments/{{answered}}/question/{page}/?change=check",
            then=unfold,
        )


def _around_the_questions() -> Iterator[Screen]:
    save = press('main form[action$="/save/"] button')
    yield Screen("check", "check", "/assessments/{answered}/check/")
    yield Screen("check", "check with gaps", "/assessments/{half}/check/")
    yield Screen("check", "check of next to nothing", "/assessments/{Q2}/check/")
    yield Screen("check", "check for a client", "/assessments/{twice}/check/")
    yield Screen("check", "draft that came back", "/assessments/{Q3}/question/Q3/", then=leave_and_come_back)
    yield Screen("check", "saved", "/assessments/{answered}/check/", then=save)
    yield Screen("check", "private link ended", "/assessments/{half}/check/", then=_save_and_end)
    yield Screen("check", "delete", "/assessments/{answered}/delete/")


def _save_and_end(page: Page) -> None:
    press('main form[action$="/save/"] button')(page)
    press('main form[action$="/revoke/"] button')(page)
    page.wait_for_selector(".messages")


def _results() -> Iterator[Screen]:
    for name in NAMES:
        yield Screen("sample businesses", f"result of {name}", f"/assessments/{{{name}}}/result/")
    for name in STATES:
        yield Screen("results", f"result that {name}", f"/assessments/{{state {name}}}/result/")
    studio = "/assessments/{software_studio}/result/"
    yield Screen("results", "result of older facts and answers", "/assessments/{older}/result/")
    yield Screen("results", "workings open", "/assessments/{state saves}/result/", then=unfold)
    yield Screen("results", "workings of a sample open", studio, then=unfold)
    yield Screen("results", "what-if changed", f"{studio}?hourly_cost=150&volume=200#money")
    yield Screen("results", "what-if with a mistake", f"{studio}?hourly_cost=plenty#money", status=422)
    yield Screen("results", "every line of the cost", "/assessments/{web_shop}/result/costs/", then=unfold)
    yield Screen("results", "compare", "/assessments/{twice}/compare/", then=unfold)
    yield Screen("results", "compare with one", "/assessments/{bakery}/compare/")


def _reports() -> Iterator[Screen]:
    for state in ("queued", "rendering", "tried again", "canceled", "failed", "ready"):
        yield Screen("reports", f"report {state}", f"/reports/{{report {state}}}/")
    panel = "/assessments/{world}/result/#report-panel"
    yield Screen("reports", "result with its report", panel, then=press("#report-panel summary"))
    yield Screen("reports", "brand", "/reports/brand/", ADMIN)
    yield Screen("reports", "brand with mistakes", "/reports/brand/", ADMIN, store_a_brand_without_a_name)
    yield Screen("reports", "links to a report", "/reports/{report ready}/share/")
    yield Screen("reports", "reports for clients", "/batches/", ADMIN)
    yield Screen("reports", "reports of a batch", "/batches/{batch}/", ADMIN)


def _catalog() -> Iterator[Screen]:
    compared = "&".join(f"model={slug}" for slug in ("qwen3-8-27b", "gemma-4-31b", "glm-ocr", "llama-4-scout"))
    pages = {
        "models": "/models/",
        "models narrowed": "/models/?task=ocr&country=DE&memory=8&language=ja",
        "models not found": "/models/?q=no+such+model",
        "model": "/models/qwen3-8-27b/",
        "model of things": "/models/hunyuan3d-2-1/",
        "models compared": f"/catalog/compare/?{compared}",
        "version": "/catalog/versions/2/",
        "laws": "/laws/",
        "laws of one country": "/laws/?country=US",
        "cases": "/cases/?sector=manufacturing",
        "software": "/software/?route=own_server",
        "claims": "/claims/",
    }
    for name, address in pages.items():
        yield Screen("catalog", name, address, then=unfold)
    yield Screen("catalog", "facts as files", "/catalog/", then=unfold_first)
    yield Screen("catalog", "software of every way", "/software/")
    yield Screen("catalog", "models with a mistake", "/models/?task=nonsense", status=422)


def _assistant() -> Iterator[Screen]:
    own_words, proposed = (
        "/assessments/{begun}/describe/",
        json.dumps(REPLY | {"budget_month": {"value": 1, "passage": "x"}}),
    )
    result = "/assessments/{web_shop}/result/"
    yield Screen("assistant", "start with an assistant", "/", NEWCOMER, extras=True)
    yield Screen("assistant", "describe", own_words, extras=True)
    yield Screen("assistant", "answers proposed", own_words, then=describe, extras=True, says=proposed)
    yield Screen("assistant", "nothing proposed", own_words, then=describe, extras=True, says="{}")
    yield Screen("assistant", "assistant failed", own_words, then=describe, extras=True, says="no JSON")
    yield Screen(
        "assistant", "figure explained", result, then=explain, extras=True, says="Mostly work.\nIt saves 93 %."
    )


def _errors() -> Iterator[Screen]:
    yield Screen("errors", "400", "http://elsewhere.localhost/", status=400)
    yield Screen("errors", "403", "{admin}accounts/user/", STAFF, status=403)
    yield Screen("errors", "403 without a token", "/", NEWCOMER, send_without_token)
    yield Screen("errors", "404", "/no-such-page", status=404)
    yield Screen("errors", "429", "/", NEWCOMER, try_many_links)
    yield Screen("errors", "500", "/assessments/{unreadable}/result/", status=500)


def _accounts() -> Iterator[Screen]:
    yield Screen("accounts", "sign in", "/accounts/login/", NEWCOMER)
    yield Screen("accounts", "sign in with nothing", "/accounts/login/", NEWCOMER, sign_in_with_nothing)
    yield Screen("accounts", "second factor asked", "/accounts/login/", NEWCOMER, sign_in_as_somebody_careful)
    yield Screen("accounts", "password asked again", "/accounts/2fa/totp/activate/", STAFF)
    yield Screen("accounts", "second factor begun", "/accounts/2fa/totp/activate/", ADMIN, confirm_who_it_is)
    yield Screen("accounts", "second factors", "/accounts/2fa/", ADMIN)
    yield Screen("accounts", "sign out", "/accounts/logout/", ADMIN)
    yield Screen("accounts", "password changed", "/accounts/password/change/", ADMIN)


def _admin() -> Iterator[Screen]:
    yield Screen("admin", "admin first page", "{admin}", ADMIN)
    yield Screen("admin", "publish", "{publish}", ADMIN)


def _developing() -> Iterator[Screen]:
    yield Screen("style guide", "style guide", "/styleguide/", NEWCOMER, extras=True)


SCREENS: tuple[Screen, ...] = tuple(
    screen
    for part in (
        _start, _questions, _around_the_questions, _results, _reports, _catalog, _assistant, _errors, _accounts, _admin,
        _developing,
    )
    for screen in part()
)  # fmt: skip
GROUPS = tuple(dict.fromkeys(screen.group for screen in SCREENS))
