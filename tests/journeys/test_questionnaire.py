"""Whole ways through the questionnaire: without scripts, and as htmx walks it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from advisor.assessments.answers import parse, supplier_names
from advisor.catalog.services import shipped_catalog
from tests.questionnaire import (
    NEVER_SURE,
    PAGES,
    QUICK_PAGES,
    address,
    answer,
    begin,
    page_of,
    published_version,
    set_answers,
    without_tokens,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(("length", "pages"), [("full", list(PAGES)), ("quick", QUICK_PAGES)])
def test_a_business_gets_from_the_start_to_its_result(client: Client, length: str, pages: list[str]) -> None:
    published_version()
    assessment = begin(client, length)
    location, seen = address(assessment, "Q1"), []

    while key := page_of(location):
        seen.append(key)
        assert client.get(location).status_code == 200
        location = client.post(location, PAGES[key][0])["Location"]

    assert seen == pages
    assert location == reverse("assessments:check", args=[assessment.public_id])
    assert client.get(location).status_code == 200
    result = client.post(location, follow=True)
    assert result.status_code == 200
    assessment.refresh_from_db()
    assert parse(assessment.answers).jobs[0].units_per_week == 1250


def test_a_business_that_is_never_sure_gets_through_as_well(client: Client) -> None:
    assessment = begin(client)
    location = address(assessment, "Q1")
    known = {"Q1": {"country": "US"}, "Q4": {"jobs": "translate"}, "Q11": {"answers": "internal"}}

    while key := page_of(location):
        sent = known.get(key) or NEVER_SURE
        location = client.post(location, sent)["Location"]

    page = client.get(location)
    assert page.context["confidence"] == "Low"
    assert not page.context["missing"]


@pytest.mark.parametrize("key", list(PAGES))
def test_the_part_htmx_gets_is_the_part_a_fresh_page_holds(client: Client, key: str) -> None:
    assessment = set_answers(begin(client))

    fresh = client.get(address(assessment, key))
    part = client.get(address(assessment, key), headers=HTMX)

    assert part["HX-Push-Url"] == address(assessment, key)
    assert "HX-Request" in part["Vary"]
    assert "HX-Request" in fresh["Vary"]
    assert part.content.strip().startswith(b'<div id="question"')
    assert without_tokens(part.content) in without_tokens(fresh.content)


def test_htmx_gets_problems_as_the_same_part(client: Client) -> None:
    assessment = begin(client)

    fresh = answer(client, assessment, "Q1", {})
    part = answer(client, assessment, "Q1", {}, **HTMX)

    assert part.status_code == 422
    assert "HX-Push-Url" not in part
    assert without_tokens(part.content) in without_tokens(fresh.content)


def test_htmx_goes_to_the_check_by_a_full_page(client: Client) -> None:
    assessment = set_answers(begin(client))

    response = answer(client, assessment, "Q26", PAGES["Q26"][0], **HTMX)

    assert response["HX-Redirect"] == reverse("assessments:check", args=[assessment.public_id])


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_and_restored_pages_come_whole(client: Client, header: str) -> None:
    response = client.get(address(begin(client), "Q1"), headers=HTMX | {header: "true"})

    assert b"<html" in response.content


@pytest.mark.parametrize("key", list(PAGES))
def test_a_page_holds_one_heading_and_nothing_inline(client: Client, key: str) -> None:
    assessment = set_answers(begin(client))

    body = client.get(address(assessment, key)).content.decode()

    assert body.count("<h1") == 1
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|hx-on", body)


JARGON = re.compile(r"\b(tokens?|VRAM|LLMs?|quantization|GPUs?|RAG|fine-tun\w+|inference|parameters?)\b", re.IGNORECASE)


@pytest.mark.parametrize("key", [key for key in PAGES if key != "Q16-computers"])
def test_a_page_speaks_without_jargon(client: Client, key: str) -> None:
    assessment = set_answers(begin(client))
    text = re.sub(r"<[^>]+>", " ", client.get(address(assessment, key)).content.decode())
    for name in supplier_names(shipped_catalog()):
        text = text.replace(name, "")

    assert not JARGON.search(text)
