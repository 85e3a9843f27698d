"""Beginning a questionnaire."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from advisor.accounts.models import User
from advisor.assessments.models import Assessment
from tests.questionnaire import page_of

pytestmark = pytest.mark.django_db
START = {"length": "full", "answering_for": "business"}


def test_the_start_page_answers_without_an_account(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert b"Quick look" in response.content


def test_starting_leads_to_the_first_question(client: Client) -> None:
    response = client.post("/", START)

    assert page_of(response["Location"]) == "Q1"
    assert client.get(response["Location"]).status_code == 200


def test_the_choices_of_the_start_page_are_in_the_answers(client: Client) -> None:
    client.post("/", {"length": "quick", "answering_for": "client", "client_label": "  Café Größe 🙂 "})

    assert Assessment.objects.get().answers == {
        "question_set": "2026-11",
        "language": "en",
        "length": "quick",
        "answering_for": "client",
        "client_label": "Café Größe 🙂",
    }


def test_a_client_label_is_dropped_when_answering_for_oneself(client: Client) -> None:
    client.post("/", START | {"client_label": "Somebody"})

    assert Assessment.objects.get().answers["client_label"] is None


def test_the_language_of_the_page_is_kept_with_the_answers(client: Client) -> None:
    client.post("/", START, headers={"accept-language": "zh-hans"})

    assert Assessment.objects.get().answers["language"] == "zh-hans"


def test_a_signed_in_advisor_owns_what_she_starts(client: Client) -> None:
    user = User.objects.create_user("ana")
    client.force_login(user)

    client.post("/", START)

    assert Assessment.objects.get().owner == user


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"length": "endless", "answering_for": "business"},
        {"length": "full", "answering_for": "x" * 10_000},
        START | {"answering_for": "client", "client_label": "x" * 10_000},
        START | {"answering_for": "client", "client_label": "a\u202eb"},
    ],
)
def test_bad_choices_are_told_and_nothing_is_started(client: Client, sent: dict[str, str]) -> None:
    response = client.post("/", sent)

    assert response.status_code == 422
    assert not Assessment.objects.exists()


def test_too_many_starts_from_one_address_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.assessments.views.start.STARTS_AN_HOUR", 2)

    codes = [client.post("/", START).status_code for _ in range(3)]

    assert codes == [302, 302, 429]


def test_the_start_page_offers_to_go_on(client: Client) -> None:
    client.post("/", START)

    response = client.get("/")

    assert reverse("assessments:check", args=[Assessment.objects.get().public_id]) in response.content.decode()


def test_the_theme_cookie_sets_the_colors_from_the_first_byte(client: Client) -> None:
    client.cookies["theme"] = "dark"

    assert b'data-theme="dark"' in client.get("/").content


def test_an_odd_theme_cookie_is_ignored(client: Client) -> None:
    client.cookies["theme"] = "dark&quot;><script>"

    assert b"data-theme=" not in client.get("/").content


def test_what_was_begun_for_one_client_is_told_apart_by_its_day(
    client: Client, freeze_time: Callable[[datetime], None]
) -> None:
    for day in (3, 4):
        freeze_time(datetime(2026, 11, day, 9, 30, tzinfo=UTC))
        client.post("/", START | {"answering_for": "client", "client_label": "Lindenhof Seeds"})
    seen = re.sub(r"\s+", " ", client.get("/").content.decode())

    assert "Go on with Lindenhof Seeds, Nov 3, 2026, 9:30 AM" in seen
    assert "Go on with Lindenhof Seeds, Nov 4, 2026, 9:30 AM" in seen
