"""Everything that can be typed into every field of every page: a message or a stored answer, never a crash."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from advisor.assessments.answers import check_unfinished
from advisor.assessments.models import Assessment
from tests.questionnaire import PAGES, address, answer, begin, page_of, set_answers

pytestmark = pytest.mark.django_db
ODD = {
    "empty": "",
    "blank": "   ",
    "absurd": "a purple banana",
    "negative": "-40",
    "huge": "1000000000000",
    "other locale": "1.234.567,89",
    "wrong order": "12.34,56",
    "long": "x" * 10_000,
    "long figure": "9" * 10_000,
    "markup": "<script>alert(1)</script>",
    "quotes": "\"'><b>",
    "emoji": "👩🏽‍💻🙂",
    "right to left": "مرحبا ١٢٣",
    "override": "\u202e12",
    "zero width": "\u200b",
    "null": "a\u0000b",
    "lone surrogate as sent": "\ufffd",
    "formula": "=1+1",
    "template": "{{ 7*7 }}{% now %}",
    "path": "../../etc/passwd",
    "code": "None",
}
INPUTS = [(key, name) for key, (sent, _stored) in PAGES.items() for name in sent if name != "lines"]


@pytest.mark.parametrize(("key", "name"), INPUTS)
def test_whatever_is_typed_is_told_or_stored(client: Client, key: str, name: str) -> None:
    assessment = set_answers(begin(client))
    before = assessment.answers

    for kind, text in ODD.items():
        sent: dict[str, Any] = PAGES[key][0] | {name: text}
        response = client.post(address(assessment, key), sent)

        assert response.status_code in {302, 422}, kind
        body = response.content.decode()
        assert "<script>alert(1)" not in body, kind
        if response.status_code == 422:
            assert response.context["problems"], kind
            assessment.refresh_from_db()
            assert assessment.answers == before, kind
        else:
            stored = Assessment.objects.get(pk=assessment.pk)
            check_unfinished(stored.answers)
            Assessment.objects.filter(pk=assessment.pk).update(answers=before)


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
def test_the_start_page_takes_any_client_name_or_tells_why_not(client: Client, text: str) -> None:
    response = client.post("/", {"length": "quick", "answering_for": "client", "client_label": text})

    assert response.status_code in {302, 422}
    assert "<script>alert(1)" not in response.content.decode()


@pytest.mark.parametrize("text", [*ODD.values(), "x" * 4_000], ids=[*ODD, "just fits"])
def test_notes_are_kept_or_refused_with_a_message(client: Client, text: str) -> None:
    client.post("/", {"length": "quick", "answering_for": "client"})
    assessment = Assessment.objects.get()

    page = client.post(reverse("assessments:notes", args=[assessment.public_id]), {"notes": text}, follow=True)

    assert page.status_code == 200
    assert "<script>alert(1)" not in page.content.decode()
    assessment.refresh_from_db()
    assert assessment.notes in {"", text.strip()}


@pytest.mark.parametrize("part", ["change=../../", "change=<script>", "change=" + "x" * 5_000, "outlook=1&change=Q99"])
def test_an_odd_address_leads_somewhere_sensible(client: Client, part: str) -> None:
    assessment = set_answers(begin(client))

    page = client.get(f"{address(assessment, 'Q21')}?{part}")
    sent = client.post(f"{address(assessment, 'Q21')}?{part}", PAGES["Q21"][0])

    assert page.status_code == 200
    assert "<script>" not in page.content.decode().replace("<script ", "")
    assert sent.status_code == 302
    assert sent["Location"].startswith("/assessments/")


def test_pages_sent_in_any_order_and_twice_end_with_the_same_answers(client: Client) -> None:
    straight, mixed = set_answers(begin(client)), begin(client)
    order = sorted(PAGES, key=lambda key: key[::-1])
    for _round in range(4):  # a page that needs another one gives way at first
        for key in order:
            answer(client, mixed, key, PAGES[key][0])

    mixed.refresh_from_db()
    assert {**mixed.answers, "jobs": []} == {**straight.answers, "language": "en", "jobs": []}
    assert mixed.answers["jobs"][0] == straight.answers["jobs"][0]


def test_the_back_button_shows_what_is_stored_and_loses_nothing(client: Client) -> None:
    assessment = begin(client)
    answer(client, assessment, "Q1", PAGES["Q1"][0])
    answer(client, assessment, "Q2", PAGES["Q2"][0])

    back = client.get(address(assessment, "Q1"))
    again = answer(client, assessment, "Q1", PAGES["Q1"][0] | {"country": "FR"})

    assert b'value="DE" selected' in back.content
    assert again.status_code == 302
    assessment.refresh_from_db()
    assert (assessment.answers["country"], assessment.answers["sector"]) == ("FR", "legal")


def test_after_the_session_ended_the_answers_wait_behind_the_private_link(client: Client) -> None:
    assessment = set_answers(begin(client), "Q1", "Q2")
    saved = client.post(reverse("assessments:save", args=[assessment.public_id]))
    link = saved.context["link"].token
    Session.objects.all().delete()

    lost = answer(client, assessment, "Q3", PAGES["Q3"][0])
    found = client.get(reverse("assessments:resume", args=[link]))

    assert lost.status_code == 404
    assert b"your private link brings them back" in lost.content
    assert page_of(found["Location"]) == "Q3"
    assessment.refresh_from_db()
    assert assessment.answers["sector"] == "legal"
