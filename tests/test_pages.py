"""What every answer carries (policies, cookie flags) and what no page holds: anything inline, anything foreign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import reverse

from tests.everyone import PASSWORD, World, browser_of, parameters
from tests.production import production_setting
from tests.site_map import address, routes

pytestmark = pytest.mark.django_db
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
IN_THE_ADMIN = STRICT | {"script-src": "'self' 'unsafe-eval'", "style-src": "'self' 'unsafe-inline'"}
DOWNLOAD = {"default-src": "'none'", "sandbox": ""}
DOWNLOADS = (
    "reports:download",
    "reports:shared_file",
    "reports:batch_archive",
    "reports:spreadsheet",
    "assessments:data_file",
)
HTTPS_ONLY = (
    *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SECURE_SSL_REDIRECT"),
    *("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"),
)


def policy(header: str) -> dict[str, str]:
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in header.split(";"))}


def lacking(response: Any, expected: dict[str, str]) -> list[str]:
    """What this answer should carry and does not."""
    wrong = [] if policy(response.get("Content-Security-Policy", "")) == expected else ["Content-Security-Policy"]
    headers = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    return wrong + [name for name, value in headers.items() if response.get(name) != value]


def walk(client: Client, world: World, within: str = "", *, secure: bool = False) -> Iterator[tuple[str, str, Any]]:
    """Every address (of the admin, or of all but the admin), opened once."""
    for route, name in routes().items():
        if route.startswith("admin/") == (within == "admin") and name != "assessments:resume":
            response = client.get(address(route, parameters(route, world)), secure=secure)
            yield route, name, response
            if response.streaming:
                list(response)


@pytest.mark.parametrize("role", ["stranger", "owner"])
def test_every_answer_carries_the_strict_policies(world: World, role: str) -> None:
    missing = {}
    for route, name, response in walk(browser_of(role, world), world):
        expected = DOWNLOAD if name in DOWNLOADS and response.status_code == 200 else STRICT
        missing[route] = lacking(response, expected)

    assert {route: names for route, names in missing.items() if names} == {}


@pytest.mark.parametrize("role", ["stranger", "staff"])
def test_every_answer_of_the_admin_carries_its_policies(world: World, role: str) -> None:
    missing = {
        route: lacking(response, IN_THE_ADMIN) for route, _, response in walk(browser_of(role, world), world, "admin")
    }

    assert {route: names for route, names in missing.items() if names} == {}


def test_an_address_that_only_looks_like_the_admin_keeps_the_strict_policies(client: Client) -> None:
    assert lacking(client.get("/administrator/"), STRICT) == []


@pytest.mark.parametrize("page", ["admin:index", "admin:catalog_apiprice_changelist", "admin:catalog_seat_add"])
def test_pages_inside_the_admin_carry_its_policies(world: World, page: str) -> None:
    response = browser_of("admin", world).get(reverse(page))

    assert response.status_code == 200
    assert lacking(response, IN_THE_ADMIN) == []


def odd_answers(world: World, monkeypatch: pytest.MonkeyPatch) -> dict[int, Any]:
    """One answer of each kind that is not a page: status -> answer."""
    owner, token = browser_of("owner", world), Client(enforce_csrf_checks=True)
    save = reverse("assessments:save", args=[world.assessment.public_id])
    owner.raise_request_exception = False
    found = {
        400: owner.get("/", headers={"host": "evil.example"}),
        403: token.post("/accounts/login/", {}),
        404: owner.get("/no-such-page"),
        405: owner.get(save),
        422: owner.post("/", {"length": "endless"}),
    }
    monkeypatch.setattr("advisor.assessments.views.start.STARTS_AN_HOUR", 0)
    found[429] = owner.post("/", {"length": "full", "answering_for": "business"})
    monkeypatch.setattr("advisor.web.health.problems", lambda: crash(HttpRequest()))
    found[500] = owner.get("/healthz")
    return found


def crash(request: HttpRequest) -> None:
    raise RuntimeError("for the test")


def test_answers_that_are_not_pages_carry_the_policies_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = odd_answers(world, monkeypatch)

    assert {code: answer.status_code for code, answer in answers.items()} == {code: code for code in answers}
    assert {code: names for code, answer in answers.items() if (names := lacking(answer, STRICT))} == {}


def test_fragments_carry_the_policies_too(world: World) -> None:
    owner = browser_of("owner", world)
    missing = {
        name: lacking(owner.get(where, headers={"HX-Request": "true"}), STRICT)
        for name in ("assessments:question", "assessments:result", "reports:status")
        for route, its_name in routes().items()
        if its_name == name and (where := address(route, parameters(route, world)))
    }

    assert missing == {"assessments:question": [], "assessments:result": [], "reports:status": []}


@pytest.fixture(scope="module")
def in_production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What these settings are where people reach the site."""
    expression = f"{{name: getattr(settings, name) for name in {HTTPS_ONLY!r}}}"
    found: dict[str, Any] = production_setting(expression, tmp_path_factory.mktemp("production"))
    return found


def test_in_production_every_answer_asks_for_https_from_now_on(world: World, in_production: dict[str, Any]) -> None:
    with override_settings(**in_production):
        missing = [
            route
            for route, _, response in walk(browser_of("owner", world), world, secure=True)
            if response.get("Strict-Transport-Security") != "max-age=31536000; includeSubDomains; preload"
        ]

    assert missing == []


def test_in_production_nothing_is_answered_without_https(world: World, in_production: dict[str, Any]) -> None:
    with override_settings(**in_production):
        answers = {route: response for route, _, response in walk(Client(), world)}

    assert answers.pop("healthz").status_code == 200  # asked by the machine itself
    assert [route for route, answer in answers.items() if not answer.get("Location", "").startswith("https://")] == []


def test_in_production_every_cookie_is_kept_from_scripts_and_from_other_sites(
    world: World, in_production: dict[str, Any]
) -> None:
    with override_settings(**in_production):
        visitor = Client()
        visitor.get("/accounts/login/", secure=True)
        visitor.post("/i18n/setlang/", {"language": "zh-hans"}, secure=True)
        visitor.post("/", {"length": "quick", "answering_for": "business"}, secure=True)
        visitor.post("/accounts/login/", {"login": "other", "password": PASSWORD}, secure=True)

    assert set(visitor.cookies) >= {"sessionid", "csrftoken", "django_language"}
    flags = {
        name: (bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"])
        for name, cookie in visitor.cookies.items()
    }
    assert flags == dict.fromkeys(flags, (True, True, "Lax"))


INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|\shx-on|javascript:|\ssrcdoc\s*=",
    re.IGNORECASE,
)
FOREIGN = re.compile(
    r"<(?:script|link|img|iframe|object|embed|form|use|image|source)\b[^>]*=\s*[\"'](?:https?:)?//[^>]*>"
)


def offenses(page: str) -> list[str]:
    return [found[0] for pattern in (INLINE, FOREIGN) for found in pattern.finditer(page)]


def test_no_page_holds_anything_inline_or_from_elsewhere(world: World) -> None:
    found = {}
    for role in ("stranger", "owner"):
        for route, _, response in walk(browser_of(role, world), world):
            if response.get("Content-Type", "").startswith("text/html"):
                found[f"{role} {route}"] = offenses(response.content.decode())

    assert len(found) > 30
    assert {where: offending for where, offending in found.items() if offending} == {}


def test_no_error_page_holds_anything_inline_or_from_elsewhere(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = odd_answers(world, monkeypatch)

    assert {code: found for code, answer in answers.items() if (found := offenses(answer.content.decode()))} == {}


def test_no_template_of_ours_holds_anything_inline() -> None:
    """Also what no walk reaches: a branch of a template, a page shown once in a year."""
    templates = Path(__file__).parent.parent / "templates"
    found = {
        path.relative_to(templates).as_posix(): INLINE.findall(path.read_text(encoding="utf-8"))
        for path in templates.rglob("*.html")
    }

    assert len(found) > 40
    assert {name: offending for name, offending in found.items() if offending} == {}


@pytest.mark.parametrize(
    "page",
    [
        *(
            "<script>x</script>",
            '<p style="color:red">',
            '<a onclick="x()">',
            '<div hx-on:click="x">',
            "<style>a{}</style>",
        ),
        *('<a href="javascript:x">', '<script src="//cdn.example/x.js">', '<img src="https://x.example/a.png">'),
    ],
)
def test_the_search_for_inline_parts_finds_them(page: str) -> None:
    assert offenses(page)


def test_the_search_lets_our_own_files_and_links_to_elsewhere_pass() -> None:
    assert offenses('<script src="/static/js/site.js"></script><a href="https://example.org/source">source</a>') == []


def test_the_admin_is_in_english_whoever_reads_it_and_nothing_else_is(world: World) -> None:
    browser = browser_of("admin", world)
    browser.cookies["django_language"] = "zh-hans"

    inside, outside = browser.get(reverse("admin:index")), browser.get(reverse("assessments:start"))

    assert 'lang="en"' in inside.content.decode()
    assert (inside.headers["Content-Language"], outside.headers["Content-Language"]) == ("en", "zh-hans")
    assert "最近动作" not in inside.content.decode()
