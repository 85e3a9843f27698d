"""The data files themselves: complete, evidenced, readable by the engine. No database."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from advisor.catalog import services
from advisor.catalog.models import TABLES
from advisor.catalog.models.base import NEEDS_NO_SOURCE
from advisor.catalog.shipped import DATA, shipped_rows
from advisor.engine.answers import Answers, Audience, ErrorHarm, Information, Job, PeopleDecision
from advisor.engine.catalog import Catalog
from advisor.engine.types import Grade

COLLECTIONS = [table.collection for table in TABLES]
# What was collected on 2026-11-21, 1,396 facts; rates carry 37 planning values of our own on top.
COLLECTED = {
    "licenses": 32,
    "models": 110,
    "devices": 78,
    "cloud_offers": 96,
    "api_prices": 285,
    "seats": 107,
    "electricity": 72,
    "rates": 62,
    "fx": 47,
    "usage": 124,
    "token_facts": 63,
    "job_profiles": 12,
    "studies": 21,
    "sectors": 17,
    "ecosystem": 35,
    "support_offers": 57,
    "software": 40,
    "law_cards": 67,
    "claims": 26,
    "case_studies": 45,
}
OWN_PLANNING_VALUES = 37


@cache
def rows() -> dict[str, list[dict[str, Any]]]:
    return shipped_rows(COLLECTIONS)


def catalog() -> Catalog:
    return services.shipped_catalog()


def ranges(value: object) -> Iterator[dict[str, Any]]:
    """Every planning range inside a row, however deep."""
    if isinstance(value, dict):
        if {"low", "central", "high", "unit"} <= value.keys():
            yield value
        for part in value.values():
            yield from ranges(part)
    elif isinstance(value, list):
        for part in value:
            yield from ranges(part)


def test_every_collected_fact_is_carried_over() -> None:
    assert sum(COLLECTED.values()) == 1396
    counts = {name: len(entries) for name, entries in rows().items()}
    counts["rates"] -= OWN_PLANNING_VALUES
    assert counts == COLLECTED


def test_every_data_file_belongs_to_a_table_and_is_small() -> None:
    files = list(DATA.glob("*.yaml"))
    assert {path.stem for path in files} == set(COLLECTIONS)
    assert max(path.stat().st_size for path in files) < 2_000_000


def test_every_row_has_a_grade_and_the_day_it_was_seen_or_says_it_is_not_known() -> None:
    for collection, entries in rows().items():
        for row in entries:
            where = f"{collection}: {row['slug']}"
            assert row["grade"] in set(Grade), where
            assert row.get("as_of") or row.get("seen_on") or row["grade"] in NEEDS_NO_SOURCE, where
            assert row.get("source") or row.get("via") or row["grade"] in NEEDS_NO_SOURCE, where


def test_every_nested_range_says_how_well_it_is_known() -> None:
    found = [span for entries in rows().values() for row in entries for span in ranges(row) if span is not row]
    assert len(found) > 250
    for span in found:
        assert span["grade"] in set(Grade), span
        assert span["low"] <= span["central"] <= span["high"], span


def test_what_is_assumed_stays_marked_inside_a_job_profile() -> None:
    profile = next(row for row in rows()["job_profiles"] if row["slug"] == "write_reply")
    assert profile["requests_per_unit"]["grade"] == "assumed"
    assert profile["input_tokens"]["grade"] == "measured"


def test_planning_values_without_a_source_say_so() -> None:
    own = [row for row in rows()["rates"] if row.get("source") == "own planning value, no measurement found"]
    # The price of a computer around a card, examples and memory of a training have a source.
    assert len(own) == OWN_PLANNING_VALUES - 3
    assert {row["grade"] for row in own} == {"assumed"}


def test_the_engine_reads_the_shipped_document() -> None:
    read = catalog()
    assert len(read.models) == 110
    assert {profile.slug for profile in read.job_profiles} == set(Job)
    assert read.content_hash == services.content_hash(services.canonical_json(services.shipped_document()))


def test_a_price_reaches_the_engine_with_the_digits_of_the_file() -> None:
    in_file = {row["slug"]: row["input"] for row in rows()["api_prices"] if "input" in row}
    in_engine = {row.slug: row.input for row in catalog().api_prices if row.input is not None}
    assert in_engine == in_file


def test_the_systems_of_the_source_articles_are_there() -> None:
    read = catalog()
    families = {model.family for model in read.models}
    assert {"Qwen", "Hunyuan", "ERNIE", "Gemma"} <= families
    slugs = {model.slug for model in read.models}
    assert {"hunyuan3d-2-1", "hy-mt2-7b", "paddleocr-vl-1-6", "qwen-image-2512", "qwen3-coder-next"} <= slugs
    assert any(price.model_name == "gemini-2.5-pro" and price.open_weights is False for price in read.api_prices)
    assert {"ascend-910b-64gb", "kunlun-p800"} <= {device.slug for device in read.devices}


def test_law_cards_speak_the_codes_of_the_answers() -> None:
    allowed = {
        "jobs": set(Job),
        "audience": set(Audience),
        "people_decisions": set(PeopleDecision),
        "information": set(Information),
        "error_harm": set(ErrorHarm),
        "sector": {sector.slug for sector in catalog().sectors},
        "processing_location": {"anywhere", "region", "own_equipment", "not_sure"},
    }
    for card in catalog().law_cards:
        for name, values in card.applies_when.items():
            assert name in Answers.__dataclass_fields__, card.slug
            assert set(values) <= allowed.get(name, set(values)), card.slug


def test_references_between_rows_hold() -> None:
    read = catalog()
    licenses = {row.slug for row in read.licenses}
    models, devices = {row.slug for row in read.models}, {row.slug for row in read.devices}
    assert {model.license for model in read.models} <= licenses
    assert {price.model for price in read.api_prices} - {None} <= models
    assert {offer.device for offer in read.cloud_offers} - {None} <= devices
    assert {job for seat in read.seats for job in seat.jobs} <= set(Job)
