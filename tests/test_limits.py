"""Costly actions are limited for each address: whatever a visitor claims, and with Redis or without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from advisor.assessments.services import NoCatalog
from advisor.web import throttle
from advisor.web.cache import ForgivingRedisCache
from tests.everyone import World, browser_of

pytestmark = pytest.mark.django_db

START = {"length": "full", "answering_for": "business"}
# Action -> the limit's name, and how a visitor with this address and these headers does it once.
Act = Callable[[Client, World, dict[str, str]], Any]
ACTIONS: dict[str, tuple[str, Act]] = {
    "new assessment": (
        "advisor.assessments.views.start.STARTS_AN_HOUR",
        lambda client, world, sent: client.post("/", START, **sent),
    ),
    "private link tried": (
        "advisor.assessments.views.start.LINKS_TRIED_AN_HOUR",
        lambda client, world, sent: client.get("/resume/guessed/", **sent),
    ),
    "link to a report tried": (
        "advisor.reports.share_views.LINKS_TRIED_AN_HOUR",
        lambda client, world, sent: client.get("/shared/by/guessed/", **sent),
    ),
    "result": (
        "advisor.assessments.views.check.RESULTS_AN_HOUR",
        lambda client, world, sent: client.post(
            reverse("assessments:check", args=[world.assessment.public_id]), **sent
        ),
    ),
    "change tried": (
        "advisor.assessments.result_views.CHANGES_A_MINUTE",
        lambda client, world, sent: client.get(
            reverse("assessments:result", args=[world.assessment.public_id]), {"users": "x"}, **sent
        ),
    ),
    "report": (
        "advisor.reports.views.ADDRESS_REPORTS_AN_HOUR",
        lambda client, world, sent: client.post(
            reverse("reports:request", args=[world.assessment.public_id]), {"language": "en", "paper": "a4"}, **sent
        ),
    ),
    "model asked": (
        "advisor.assistant.views.ASKS_AN_HOUR",
        lambda client, world, sent: client.post(
            reverse("assistant:explain", args=[world.assessment.public_id, "plan-1.cost_total"]), **sent
        ),
    ),
}


@pytest.fixture(params=ACTIONS)
def act(request: pytest.FixtureRequest, world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """`act("198.51.100.7", x_forwarded_for="...")` does the action once from that address; two are allowed."""
    limit, do = ACTIONS[request.param]
    monkeypatch.setattr(limit, 2)
    monkeypatch.setattr(settings, "ASSISTANT_URL", "http://127.0.0.1:1")
    monkeypatch.setattr("celery.current_app.send_task", lambda *_, **__: None)
    monkeypatch.setattr("advisor.assessments.services.compute_result", without_working_it_out)

    def once(remote: str, **headers: str) -> int:
        client = browser_of("browser", world)
        return int(do(client, world, {"REMOTE_ADDR": remote, "headers": headers}).status_code)

    return once


def without_working_it_out(**_: Any) -> None:
    raise NoCatalog


def test_the_third_time_is_refused(act: Callable[..., int]) -> None:
    answers = [act("198.51.100.7") for _ in range(3)]

    assert answers[2] == 429
    assert 429 not in answers[:2]


def test_another_address_is_still_served(act: Callable[..., int]) -> None:
    for _ in range(3):
        act("198.51.100.7")

    assert act("198.51.100.8") != 429


def test_claiming_to_be_somebody_else_does_not_help(act: Callable[..., int]) -> None:
    answers = [act("198.51.100.7", x_forwarded_for=f"203.0.113.{number}") for number in range(3)]

    assert answers[2] == 429


def test_claiming_to_be_somebody_else_behind_our_own_proxy_does_not_help(
    act: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "TRUSTED_PROXIES", 1)

    answers = [act("10.0.0.1", x_forwarded_for=f"203.0.113.{number}, 198.51.100.7") for number in range(3)]

    assert answers[2] == 429
    assert act("10.0.0.1", x_forwarded_for="203.0.113.0, 198.51.100.8") != 429


def test_the_limit_holds_without_redis(act: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    away = ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": settings.REDIS_LIMITS})
    away.memory.clear()
    monkeypatch.setattr(throttle, "cache", away)

    answers = [act("198.51.100.7") for _ in range(3)]

    assert answers[2] == 429
    assert 429 not in answers[:2]
