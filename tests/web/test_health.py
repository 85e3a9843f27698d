import time

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from advisor.web import health, tasks


@pytest.mark.django_db
def test_health_is_good_when_every_check_is(client: Client, settings: Settings) -> None:
    settings.HEALTH_CHECKS = ["advisor.web.health.broker", "advisor.web.health.worker"]
    tasks.heartbeat()

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "problems": []}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_health_names_everything_a_fresh_installation_still_lacks(client: Client) -> None:
    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["problems"] == [
        "No background worker has reported yet.",
        "No catalog has been published yet.",
        "The report sweeper has not run yet.",
    ]


@pytest.mark.django_db
def test_a_worker_that_fell_silent_is_a_problem(settings: Settings) -> None:
    cache.set(health.SEEN_KEY, time.time() - settings.WORKER_SILENCE_SECONDS - 1)

    assert health.worker() == "The background worker has not reported for a while."


def test_a_queue_that_refuses_connections_is_a_problem(settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"

    assert health.broker() == "The queue (Redis) does not answer."


@pytest.mark.django_db
def test_nothing_else_is_asked_when_the_database_is_away(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "database", lambda: "The database does not answer.")
    settings.HEALTH_CHECKS = ["advisor.nowhere.must_not_be_called"]

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["problems"] == ["The database does not answer."]


@pytest.mark.django_db
def test_health_cannot_be_posted_to(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(health.connection, "cursor", refuse)

    assert health.database() == "The database does not answer."
