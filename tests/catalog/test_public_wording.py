"""How the public catalog says things: values of every kind, names of entries, and how current a source is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from advisor.catalog.models import TABLES
from advisor.catalog.public import practice_wording, wording
from advisor.catalog.public.exports import SHEETS
from advisor.catalog.public.presentation.changes import entry_name, fact_name, value_text
from advisor.catalog.public.presentation.sources import Sources, web_address
from advisor.catalog.services import shipped_document
from advisor.engine.answers import Job
from advisor.engine.types import Grade, Route
from advisor.web.formats import Formats

ENGLISH = Formats("en", "USD")
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "not known"),
        ("", "not known"),
        ([], "not known"),
        ({}, "not known"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (262144, "262,144"),
        (0.15, "0.15"),
        ("apache-2-0", "apache-2-0"),
        ("two words", "“two words”"),
        (["chat", "code"], "chat; code"),
        ({"bf16": 67, "fp8": None}, "bf16: 67; fp8: not known"),
        ("x" * 500, "x" * 159 + "…"),
    ],
)
def test_a_value_is_said_as_people_say_it(value: Any, said: str) -> None:
    assert value_text(value, ENGLISH) == said


def test_every_entry_has_a_name_and_every_column_a_label() -> None:
    for collection, rows in shipped_document()["entries"].items():
        for row in rows:
            assert entry_name(row)
        for column in rows[0]:
            assert "_" not in fact_name(collection, column)


def test_a_column_that_is_gone_keeps_its_old_name() -> None:
    assert fact_name("models", "old_column") == "old column"
    assert fact_name("old_kind", "old_column") == "old column"


def codes(collection: str, column: str) -> set[str]:
    return {row[column] for row in shipped_document()["entries"][collection] if row.get(column)}


@pytest.mark.parametrize(
    ("labels", "used"),
    [
        ("TASKS", lambda: {task for row in shipped_document()["entries"]["models"] for task in row["tasks"]}),
        ("TASKS_SHORT", lambda: set(wording.TASKS)),
        ("OPENNESS", lambda: codes("ecosystem", "openness_class")),
        ("GRADES", lambda: set(Grade)),
        ("DEVICE_KINDS", lambda: codes("devices", "kind")),
        ("PRICE_UNITS", lambda: codes("api_prices", "unit")),
        ("TEXT_SEEN", lambda: codes("licenses", "text_seen")),
        ("LAW_TOPICS", lambda: codes("law_cards", "topic")),
        ("LAW_STATUS", lambda: codes("law_cards", "status")),
        ("LAW_WHO", lambda: codes("law_cards", "who")),
        ("COLLECTIONS", lambda: {table.collection for table in TABLES} | set(SHEETS)),
        (
            "RUNTIMES",
            lambda: {name for row in shipped_document()["entries"]["ecosystem"] for name in row["runtimes"]},
        ),
        (
            "RUNTIME_STATES",
            lambda: (
                {state for row in shipped_document()["entries"]["ecosystem"] for state in row["runtimes"].values()}
                - {None}
            ),
        ),
        (
            "MEASURERS",
            lambda: {
                score["measured_by"] for row in shipped_document()["entries"]["models"] for score in row["quality"]
            },
        ),
    ],
)
def test_every_code_of_the_shipped_catalog_has_words(labels: str, used: Any) -> None:
    assert used() - set(getattr(wording, labels)) == set()


@pytest.mark.parametrize(
    ("labels", "used"),
    [
        ("CLAIM_STATUS", lambda: codes("claims", "status")),
        ("CASE_RESULTS", lambda: codes("case_studies", "result")),
        ("CASE_STRENGTHS", lambda: codes("case_studies", "evidence_strength")),
        ("PROGRAM_KINDS", lambda: codes("software", "category")),
        ("LOGINS", lambda: codes("software", "default_auth") - {None}),
        ("DIFFICULTIES", lambda: {str(difficulty) for difficulty in codes("software", "difficulty")}),
        ("SUPPORT_KINDS", lambda: codes("support_offers", "kind")),
        ("SUPPORT_UNITS", lambda: codes("support_offers", "unit")),
        ("ROUTES", lambda: set(Route)),
        ("JOBS", lambda: set(Job)),
    ],
)
def test_every_code_of_practice_in_the_shipped_catalog_has_words(labels: str, used: Any) -> None:
    assert used() - set(getattr(practice_wording, labels)) == set()


def test_a_code_nobody_has_named_is_shown_in_readable_form() -> None:
    assert wording.label(wording.TASKS, "time_travel") == "Time travel"


def due(row: dict[str, Any], collection: str = "api_prices") -> str:
    sources = Sources(ENGLISH, TODAY)
    sources.number(collection, {"source": "somewhere"} | row)
    return sources.listed[0].due


def test_a_source_says_when_its_figure_is_due_too_old_or_never_dated() -> None:
    assert due({"as_of": "2026-11", "seen_on": "2026-11-21"}) == ""
    assert due({"as_of": "2026-10", "seen_on": "2026-10-01"}) == "Was to be checked again by October 31, 2026."
    assert due({"as_of": "2024-01", "seen_on": "2026-11-21"}) == "Too old to recommend by."
    assert due({}) == "Never dated: check it before you rely on it."
    assert due({}, "models") == ""  # architecture needs no review


def test_the_same_source_of_the_same_day_is_listed_once() -> None:
    sources = Sources(ENGLISH, TODAY)
    row = {"source": "https://example.org/prices", "as_of": "2026-11", "seen_on": "2026-11-21"}

    assert [sources.number("api_prices", row), sources.number("api_prices", row | {"as_of": "2026-10"})] == [1, 2]
    assert sources.number("api_prices", row) == 1
    assert sources.number("api_prices", {}) is None
    assert sources.listed[0].link == "https://example.org/prices"


@pytest.mark.parametrize("text", ["javascript:alert(1)", "https://a.example b", "A book, 2024", "ftp://a.example"])
def test_only_a_whole_web_address_becomes_a_link(text: str) -> None:
    assert web_address(text) == ""
