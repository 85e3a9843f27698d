"""Law cards of a country: its own, those of its parts, those that bind anywhere, and none that is due for a check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from advisor.catalog.public.laws import cards_of, countries_named
from advisor.catalog.services import shipped_document
from tests.catalog.public_pages import get, publish_changed, words
from tests.questionnaire import published_version

TODAY = date(2026, 11, 22)


def laws() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = shipped_document()["entries"]["law_cards"]
    return rows


def slugs(country: str, part: str, today: date = TODAY) -> list[str]:
    return [row["slug"] for row in getattr(cards_of(laws(), country, today), part)]


def test_a_member_of_the_union_gets_the_cards_of_the_union() -> None:
    assert "eu-gdpr-core" in slugs("DE", "own")
    assert slugs("DE", "own") == slugs("FR", "own")
    assert "eu-gdpr-core" not in slugs("GB", "own")


def test_a_state_of_a_country_is_a_part_of_it() -> None:
    parts = slugs("US", "parts")

    assert parts
    assert all(slug.startswith("us-") for slug in parts)
    assert set(parts) & set(slugs("US", "own")) == set()
    assert slugs("DE", "parts") == []


def test_what_binds_anywhere_is_told_for_every_country() -> None:
    assert slugs("KE", "anywhere") == slugs("DE", "anywhere")
    assert "any-card" in slugs("KE", "anywhere")


def test_a_country_without_an_entry_gets_no_other_countrys_cards() -> None:
    assert slugs("KE", "own") == []
    assert not cards_of(laws(), "KE", TODAY).known
    assert cards_of(laws(), "JP", TODAY).known


def test_a_card_past_its_day_of_review_is_not_shown_as_current() -> None:
    row = next(row for row in laws() if row["slug"] == "eu-gdpr-core")
    day = date.fromisoformat(row["review_by"])

    assert "eu-gdpr-core" in slugs("DE", "own", day)
    assert "eu-gdpr-core" not in slugs("DE", "own", date.fromordinal(day.toordinal() + 1))
    assert "eu-gdpr-core" in slugs("DE", "overdue", date.fromordinal(day.toordinal() + 1))


def test_countries_are_those_a_card_names_with_all_members_of_the_union() -> None:
    assert {"DE", "FR", "GB", "US", "CN", "JP"} <= countries_named(laws())
    assert {"EU", "other", "US-CA", "KE"} & countries_named(laws()) == set()


@pytest.mark.django_db
def test_a_card_says_who_must_do_what_since_when_and_when_it_is_checked_again(client: Client) -> None:
    published_version()
    seen = words(get(client, "/laws/?country=DE"))

    assert "AI and the law: Germany" in seen
    assert "General information, not legal advice." in seen
    card = seen.split("AI Act Art 4 as reworded by Regulation (EU) 2026/1744")[1][:1200]
    assert "In force" in card
    assert "Binds from February 2, 2025" in card
    assert "To be checked again by February 28, 2027" in card
    assert "independent source · August 5, 2026 Source [" in card


@pytest.mark.django_db
def test_a_country_without_an_entry_is_told_so(client: Client) -> None:
    published_version()

    assert "We have no entry for your country's law yet." in words(get(client, "/laws/?country=KE"))


@pytest.mark.django_db
def test_an_overdue_card_stands_apart_with_a_warning(client: Client, freeze_time: Callable[[datetime], None]) -> None:
    publish_changed("law_cards", "eu-gdpr-core", review_by="2026-11-01")
    freeze_time(datetime(2026, 11, 22, 12, tzinfo=UTC))
    current, overdue = words(get(client, "/laws/?country=DE")).split("Due for a check")
    name = next(row["instrument"] for row in laws() if row["slug"] == "eu-gdpr-core")

    assert name not in current
    assert name in overdue
    assert "Do not rely on these before they are checked." in overdue


@pytest.mark.django_db
def test_a_place_that_is_no_country_is_named(client: Client) -> None:
    published_version()

    assert "My country: “XX” is not on this list" in words(get(client, "/laws/?country=XX", status=422))
    assert "<script>" not in get(client, "/laws/?country=<script>", status=422).split("<main")[1]
