"""What is known from practice: cases with their failures, programs and support by route, claims with their status."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from advisor.catalog.public.presentation.cases import case_lines, route_in_words
from advisor.catalog.public.presentation.practice import offer_price
from advisor.catalog.services import shipped_document
from advisor.web.formats import Formats
from tests.catalog.public_pages import get, publish_changed, words
from tests.questionnaire import published_version

pytestmark = pytest.mark.django_db
FORMATS = Formats("en", "USD")


def cards(page: str) -> list[str]:
    """Short names of the entries on a page, in order."""
    return re.findall(r'<article class="card option fact-card" id="([\w-]+)"', page)


def test_cases_of_a_trade_stand_best_evidence_first_with_their_failures(client: Client) -> None:
    published_version()
    page = get(client, "/cases/?sector=manufacturing")
    rows = {row["slug"]: row for row in shipped_document()["entries"]["case_studies"]}

    assert {rows[slug]["sector_slug"] for slug in cards(page)} == {"manufacturing"}
    strengths = [rows[slug]["evidence_strength"] for slug in cards(page)]
    assert strengths == sorted(strengths)
    assert "6 cases 2 of them failed." in words(page)
    assert "It failed D: anecdote from a blog, the press or a seller line stopped: 36 hours" in words(page)


def test_where_no_failure_is_on_record_that_is_said(client: Client) -> None:
    published_version()
    seen = words(get(client, "/cases/?sector=legal"))

    assert "None of them is a failure. That does not mean that nobody failed." in seen


def test_cases_can_be_narrowed_by_job_and_ending_and_the_address_says_only_what_was_chosen(client: Client) -> None:
    published_version()
    moved = client.get("/cases/?sector=&job=find_in_documents&result=negative")

    assert moved.status_code == 302
    assert moved["Location"] == "/cases/?job=find_in_documents&result=negative"
    assert cards(get(client, moved["Location"])) == ["futurenest-tw"]
    assert "No case on record fits all of this" in words(get(client, "/cases/?sector=retail&result=negative"))


def test_what_cannot_be_chosen_is_named_and_not_used(client: Client) -> None:
    published_version()
    page = get(client, "/cases/?sector=piracy", status=422)

    assert "Trade: “piracy” is not on this list" in words(page)
    assert len(cards(page)) == len(shipped_document()["entries"]["case_studies"])
    assert "Way of running: “moon” is not on this list" in words(get(client, "/software/?route=moon", status=422))


def test_a_route_shows_its_programs_with_license_and_security_notes(client: Client) -> None:
    published_version()
    page = get(client, "/software/?route=own_server")
    ollama = words(page.split('id="ollama"')[1].split("</article>")[0])

    assert "Installed with a double-click" in ollama
    assert "MIT standard open-source license" in ollama
    assert "Login by default none" in ollama
    assert "No login. Listens on 127.0.0.1 by default" in ollama
    assert "CVE-2026-7482: memory leak readable without login" in ollama
    n8n = words(page.split('id="n8n"')[1].split("</article>")[0])
    assert "not a standard open-source license" in n8n
    assert "own internal business use is free" in n8n


def test_all_programs_and_offers_are_folded_by_kind_until_a_way_of_running_is_chosen(client: Client) -> None:
    published_version()
    everything, own = get(client, "/software/"), get(client, "/software/?route=own_server")

    assert "Runs models 9 programs" in words(everything)
    assert "Support for the operating system" in words(everything)
    assert '<details class="details" open>' not in everything
    assert own.count('<details class="details" open>') == own.count("<h3>") + 1 > 6  # with the sources
    assert set(cards(own)) < set(cards(everything))


def test_a_short_remark_about_the_login_is_translated_and_any_other_is_quoted(client: Client) -> None:
    publish_changed("software", "ollama", default_auth="ask Bob")
    page = get(client, "/software/?route=own_server", headers={"accept-language": "de"})
    ollama, vllm = (page.split(f'id="{slug}"')[1].split("</article>")[0] for slug in ("ollama", "vllm"))

    assert '<span lang="en">ask Bob</span>' in ollama
    assert "<span>keine, solange kein API-Schlüssel gesetzt ist" in vllm


def test_a_program_of_another_route_and_an_offer_nobody_buys_for_it_are_not_shown(client: Client) -> None:
    published_version()
    own, hosted = (get(client, f"/software/?route={route}") for route in ("own_server", "hosted_seats"))

    assert {"vllm", "ubuntu-pro-server"} <= set(cards(own))
    assert not {"vllm", "ubuntu-pro-server"} & set(cards(hosted))
    assert "None is needed: the supplier brings its own." in words(hosted)
    assert "mistral-lechat-team" in cards(hosted)


def test_a_year_is_written_as_a_year_and_a_case_from_everywhere_says_so() -> None:
    row = next(iter(shipped_document()["entries"]["case_studies"])) | {
        "country": "global",
        "outcomes": [{"measure": "since", "value": 2022.0, "unit": "year"}, {"measure": "views", "value": 2022}],
    }
    lines = case_lines(row, FORMATS)

    assert lines.outcomes == ["since: 2022", "views: 2,022"]
    assert lines.country == "worldwide"


@pytest.mark.parametrize(
    ("offer", "price"),
    [
        ({"kind": "os_support", "price": 500, "currency": "USD", "unit": "machine_year"}, "$500 per machine and year"),
        (
            {"kind": "integrator_rate", "price_low": 97, "price_high": 134, "currency": "EUR", "unit": "hour"},
            "€97 to €134 an hour",
        ),
        ({"kind": "application_plan", "price": 0, "currency": "EUR", "unit": "month"}, "free"),
        ({"kind": "model_support", "unit": "contract"}, "price on request"),
        ({"kind": "none"}, ""),
        ({"kind": "appliance", "price": 9, "currency": "EUR", "unit": "moon"}, "€9"),
    ],
)
def test_a_price_of_support_is_said_with_its_unit(offer: dict[str, object], price: str) -> None:
    assert offer_price(offer, FORMATS) == price


def test_a_route_in_a_case_is_named_and_its_remark_kept() -> None:
    assert route_in_words("own_server (one A10 24 GB)") == "Own server (one A10 24 GB)"
    assert route_in_words("own_server then mixed") == "Own server then mixed"
    assert route_in_words("on the moon") == "on the moon"


def test_a_claim_stands_with_its_conditions_status_and_who_says_it(client: Client) -> None:
    published_version()
    page = get(client, "/claims/")
    slogan = words(page.split('id="oss-procurement-90"')[1].split("</article>")[0])

    assert "Open source cuts procurement cost by up to 90%" in slogan
    assert "No source found" in slogan
    assert "none found: no study with a sample, baseline or period" in slogan
    assert "energy-42" in cards(page)
    assert len(cards(page)) == len(shipped_document()["entries"]["claims"])


def test_claims_seen_in_the_original_come_first(client: Client) -> None:
    publish_changed("claims", "energy-42", status="verified_primary")
    statuses = re.findall(r'<h2 id="status-(\w+)"', get(client, "/claims/"))

    assert statuses == ["verified_primary", "verified_secondary", "weak", "unverified"]
    assert "energy-42" in get(client, "/claims/").split('id="status-verified_secondary"')[0]


def test_what_stands_in_a_fact_never_becomes_markup(client: Client) -> None:
    publish_changed("claims", "energy-42", conditions="<script>alert(1)</script>")

    assert "<script>alert(1)" not in get(client, "/claims/")


@pytest.mark.parametrize("address", ["/cases/", "/software/", "/claims/"])
def test_the_pages_speak_chinese_and_say_what_stays_in_its_language(client: Client, address: str) -> None:
    published_version()
    seen = words(get(client, address, headers={"Accept-Language": "zh-CN"}))

    assert "引自原始来源" in seen or "来源" in seen
    assert "Who says so" not in seen
    assert "Programs and paid support" not in seen


@pytest.mark.parametrize("address", ["/cases/", "/software/", "/claims/"])
def test_the_pages_can_only_be_read(client: Client, address: str) -> None:
    published_version()

    assert client.post(address).status_code == 405
