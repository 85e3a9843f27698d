"""``manage.py catalog audit``: coverage, what is stale, contradictions, and status 1 on a hole."""

import copy
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from advisor.catalog import services
from advisor.catalog.audit import audit
from advisor.catalog.freshness import review_of
from advisor.catalog.models import CatalogVersion, Rate
from advisor.engine.freshness import Freshness

TODAY = date(2026, 11, 22)


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("catalog", "audit", *arguments, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()


def changed(collection: str, slug: str, **fields: Any) -> dict[str, Any]:
    """The shipped document with one row changed."""
    document = copy.deepcopy(services.shipped_document())
    row = next(row for row in document["entries"][collection] if row["slug"] == slug)
    row.update(fields)
    return document


def told(document: dict[str, Any], slug: str) -> list[str]:
    return [item.text for item in audit(document, TODAY).contradictions if item.slug == slug]


def test_every_shipped_fact_has_its_source_and_its_date() -> None:
    found = audit(services.shipped_document(), TODAY)
    assert found.holes == ()
    for kind in found.coverage:
        assert kind.sourced + kind.own == kind.dated == kind.facts > 0


@pytest.mark.parametrize(
    ("fields", "hole"),
    [
        ({"source": None, "via": None}, "devices: l4 has no source"),
        ({"as_of": None, "seen_on": None}, "devices: l4 has no date"),
    ],
)
def test_a_fact_without_source_or_date_is_a_hole(fields: dict[str, Any], hole: str) -> None:
    assert audit(changed("devices", "l4", **fields), TODAY).holes == (hole,)


def test_what_says_itself_that_it_is_assumed_needs_no_source() -> None:
    assert audit(changed("devices", "l4", source=None, via=None, grade="assumed"), TODAY).holes == ()


def test_stale_facts_come_oldest_first_and_say_since_when() -> None:
    stale = audit(services.shipped_document(), TODAY).stale
    assert [item.since for item in stale] == sorted(item.since for item in stale)
    seat = next(item for item in stale if item.slug == "chatgpt-pro")
    # the price is of 1 September 2026; 30 days later somebody should have looked
    assert (seat.state, seat.since) == (Freshness.REVIEW_DUE, date(2026, 10, 1))


def test_a_device_is_as_old_as_its_price() -> None:
    row = {"as_of": "2026-11", "seen_on": "2026-11-21", "price": {"as_of": "2025-03", "currency": "USD"}}
    assert review_of("devices", row, TODAY).state is Freshness.EXPIRED  # March 2025 + 18 months = September 2026


def test_a_law_card_names_its_own_day() -> None:
    card = {"as_of": "2020", "seen_on": "2020-01-01", "review_by": "2026-11-22"}
    assert review_of("law_cards", card, TODAY).state is Freshness.CURRENT
    assert review_of("law_cards", card | {"review_by": "2026-11-21"}, TODAY).state is Freshness.REVIEW_DUE
    assert review_of("law_cards", card | {"review_by": None}, TODAY).state is Freshness.CURRENT


@pytest.mark.parametrize(
    ("collection", "slug", "fields", "text"),
    [
        # 4 x 64 x (16 x 256)^2 = 4.295 billion
        ("models", "qwen3-8-27b", {"n_kv_heads": 16, "params_total_b": 4.0}, "its layers alone need 4.29 billion"),
        # 27.78 x 16 / 8 = 55.6 GB
        ("models", "qwen3-8-27b", {"weights_gb": {"bf16": 20.0}}, "bf16 is 20 GB, where its parameters make 55.6 GB"),
        ("models", "qwen3-8-27b", {"weights_gb": {"bf16": 68.0}}, "run in 67 GB, but its weights alone are 68 GB"),
        (
            "models", "qwen3-8-27b",
            {"quality": [{"benchmark": "X", "score": score, "measured_by": "maker"} for score in (1.0, 2.0)]},
            "quality: X by maker is 1 and 2.",
        ),
        ("models", "qwen3-8-27b", {"publisher_country": "US"}, "US, but CN in the entry of the family"),
        ("studies", "noy-zhang", {"as_of": "2027"}, "as_of: 2027 is later than the day it was seen"),
        ("devices", "rtx-5070", {"other_prices": [
            {"amount": 1000, "currency": "USD", "as_of": "2026-08", "kind": "street"}
        ]}, "street price of 735 and of 1000 USD"),
        ("devices", "rtx-5070", {"other_prices": [{"amount": 735, "currency": "USD", "as_of": "2026-12"}]},
         "price.as_of: 2026-12 is later than the day it was seen"),
        ("api_prices", "google-gemini-2-5-pro", {"output": 0.5}, "output: 0.5 is below input 1.25"),
        # 730 hours at 1 EUR
        ("cloud_offers", "ovhcloud-l4-on-demand", {"price_hour": 1, "price_month": 1000}, "all its hours, 730"),
        ("cloud_offers", "ovhcloud-l4-on-demand", {"memory_gb_each": 48.0}, "48 GB, where l4 has 24 GB"),
        ("seats", "chatgpt-pro", {"price_annual_billing": 201.0}, "price: 200 is below price_annual_billing 201"),
        ("fx", "chf", {"units_per_eur": 2.0}, "over the euro"),
        ("law_cards", "eu-gdpr-core", {"since": "2030-01-01", "status": "in_force"}, "binding only from 2030-01-01"),
        ("law_cards", "eu-gdpr-core", {"review_by": "2026-01-01"}, "2026-01-01 is before the day it was seen"),
    ],
)  # fmt: skip
def test_a_contradiction_is_told(collection: str, slug: str, fields: dict[str, Any], text: str) -> None:
    assert told(services.shipped_document(), slug) == []
    assert any(text in sentence for sentence in told(changed(collection, slug, **fields), slug))


@pytest.mark.parametrize(
    ("collection", "slug", "fields", "text"),
    [
        ("models", "qwen3-8-27b", {"full_attention_layers": 17}, "65 layers by kind are more than n_layers 64"),
        ("models", "qwen3-8-27b", {"as_of": "2027-S1"}, "as_of: 2027-S1 is later than the day it was seen"),
        ("models", "qwen3-8-27b", {"license": "no-such"}, "license: there is no 'no-such' in licenses."),
        ("devices", "rtx-5070", {"usable_memory_gb": 13.0}, "memory_gb: 12 is below usable_memory_gb 13"),
        ("fx", "chf", {"units_per_usd": "many"}, "fx.units_per_usd: expected float, got 'many'"),
    ],
)
def test_what_could_not_be_published_is_told_as_such(
    collection: str, slug: str, fields: dict[str, Any], text: str
) -> None:
    found = audit(changed(collection, slug, **fields), TODAY).contradictions

    assert any(item.slug == slug and item.refused and text in item.text for item in found)
    listed = audit(services.shipped_document(), TODAY).contradictions
    assert not any(item.refused for item in listed)


def test_two_sources_of_one_fact_agree_wherever_the_shipped_facts_have_two() -> None:
    """Prices of a card, rates over the euro, memory of rented cards, makers' countries, entries of one thing."""
    found = audit(services.shipped_document(), TODAY).contradictions

    # the maker raised its list price; both are kept with their sources
    assert [(item.collection, item.slug) for item in found] == [("devices", "rtx-pro-6000-blackwell")]


def test_a_price_of_another_kind_or_time_is_no_contradiction() -> None:
    old = {"amount": 2000, "currency": "USD", "as_of": "2025-01", "kind": "street"}
    maker = {"amount": 2000, "currency": "USD", "as_of": "2026-09", "kind": "msrp"}
    assert told(changed("devices", "rtx-5070", other_prices=[old, maker]), "rtx-5070") == []


def test_a_format_the_engine_does_not_size_is_left_alone() -> None:
    assert told(changed("models", "qwen3-8-27b", weights_gb={"papyrus": 1.0}), "qwen3-8-27b") == []


def test_one_thing_told_twice_differently_is_a_contradiction() -> None:
    document = changed("seats", "chatgpt-pro")
    seat = next(row for row in document["entries"]["seats"] if row["slug"] == "chatgpt-pro")
    document["entries"]["seats"].append(seat | {"slug": "chatgpt-pro-again", "price": 250})
    assert told(document, "chatgpt-pro") == [
        "price: differs between entries of the same thing: chatgpt-pro 200.0, chatgpt-pro-again 250.0."
    ]


@pytest.fixture
def that_day(freeze_time: Callable[[datetime], None]) -> None:
    freeze_time(datetime(2026, 11, 22, 12, tzinfo=UTC))


def test_the_shipped_facts_pass(that_day: None) -> None:
    status, text = run("--catalog", "shipped")
    assert status == 0
    assert "No holes" in text
    assert "Contradictions: " in text
    total = next(line for line in text.splitlines() if line.startswith("all "))
    facts = sum(len(rows) for rows in services.shipped_document()["entries"].values())
    assert int(total.split()[1]) == int(total.split()[4]) == facts


def test_json_says_the_same(that_day: None) -> None:
    document = json.loads(run("--catalog", "shipped", "--format", "json")[1])
    assert document["catalog"] == "the shipped data files"
    assert document["holes"] == []
    assert {"collection", "facts", "sourced", "own", "dated"} <= document["coverage"][0].keys()
    assert document["stale"][0]["since"] <= document["stale"][-1]["since"]


def test_only_the_oldest_are_listed_unless_all_are_wanted(that_day: None) -> None:
    few, every = run("--catalog", "shipped")[1], run("--catalog", "shipped", "--all")[1]
    assert "--all lists them" in few
    assert "--all lists them" not in every
    assert len(every.splitlines()) > len(few.splitlines())


def test_the_current_version_is_looked_at_unless_another_is_named(that_day: None, published: CatalogVersion) -> None:
    assert f"version {published}" in run()[1]
    assert f"version {published}" in run("--catalog", "1")[1]


def test_without_a_version_the_data_files_are_looked_at(that_day: None, db: None) -> None:
    assert "the shipped data files" in run()[1]


def test_a_hole_in_the_drafts_is_status_one(that_day: None, published: CatalogVersion) -> None:
    Rate.objects.create(slug="extra", kind="share", key="extra", unit="share", value=0.5, grade="published")
    status, text = run("--catalog", "drafts")
    assert status == 1
    assert "rates: extra has no source" in text
    assert "rates: extra has no date" in text
    assert run()[0] == 0  # the published version has none


def test_the_audit_says_which_contradictions_keep_drafts_from_being_published(
    that_day: None, published: CatalogVersion
) -> None:
    Rate.objects.create(slug="odd", kind="share", key="odd", unit="share", country="Mars", grade="assumed")
    text = run("--catalog", "drafts")[1]
    assert "rates: odd: country: 'Mars' is no country, region or group of countries. Cannot be published." in text


def test_nothing_to_complain_about_is_said_too(that_day: None, published: CatalogVersion) -> None:
    Rate.objects.all().delete()
    text = run()[1]
    assert "No contradictions." in text


def test_a_version_that_does_not_exist_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="no published version '9'"):
        run("--catalog", "9")
