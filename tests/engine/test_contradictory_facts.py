"""Rows that cannot be true are refused when they are read, with kind, row and field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from math import inf, nan
from typing import Any

import pytest

from advisor.engine import catalog as rows
from advisor.engine.contradictions import CHECKS, Effect, contradiction, findings
from advisor.engine.dates import day_range
from tests.samples import catalog

RANGE = {"low": 1, "central": 2, "high": 3, "unit": "tokens", "grade": "assumed"}
MODEL: dict[str, Any] = {
    "slug": "m", "name": "M", "family": "M", "publisher": "M", "modalities": ["text-llm"], "tasks": ["chat"],
    "license": "mit",
}  # fmt: skip
PRICE = {"currency": "EUR"}
DEVICE = {"slug": "d", "name": "D", "vendor": "D", "kind": "consumer_gpu", "price": PRICE}
OFFER = {"slug": "o", "provider": "O", "gpu": "D", "gpu_count": 1, "memory_gb_each": 24, "currency": "EUR", "tier": "x"}
API = {
    "slug": "a", "category": "open_hosted", "provider": "A", "model_name": "M", "unit": "usd_per_1m_tokens",
    "currency": "USD",
}  # fmt: skip
LAW = {
    "slug": "l", "jurisdiction": "EU", "jurisdiction_name": "EU", "instrument": "I", "topic": "t", "duty": "d",
    "who": "both", "status": "in_force",
}  # fmt: skip
RATE = {"slug": "r", "kind": "k", "key": "k", "unit": "u"}
FX = {"slug": "eur", "currency": "EUR", "units_per_usd": 0.9}
LICENSE = {"slug": "mit", "name": "MIT", "url": "https://x", "osi_approved": True, "commercial_use": "yes"}
SECTOR = {"slug": "s", "name": "S", "plain": "s", "typical_jobs": ["translate"], "staff_share": RANGE | {"high": 0.9}}


def read(**entries: Any) -> rows.Catalog:
    return rows.Catalog.from_document({"format": 1, "entries": entries}, "hash")


@pytest.mark.parametrize(
    ("kind", "row", "problem"),
    [
        ("models", MODEL | {"params_active_b": 8, "params_total_b": 7}, "models[m].params_total_b: 7 is below params"),
        ("models", MODEL | {"params_effective_b": 8, "params_total_b": 7}, "models[m].params_total_b: 7 is below"),
        ("models", MODEL | {"params_total_b": 0}, "models[m].params_total_b: 0 is not above 0"),
        ("models", MODEL | {"n_kv_heads": -8}, "models[m].n_kv_heads: -8 is not above 0"),
        ("models", MODEL | {"weights_gb": {"Q4_K_M": -1}}, "models[m].weights_gb: -1 is not above 0"),
        ("models", MODEL | {"sliding_window_tokens": 9, "context_tokens": 8}, "models[m].context_tokens: 8 is below"),
        ("models", MODEL | {"linear_attention_layers": -1}, "models[m].linear_attention_layers: -1 is below 0"),
        (
            "models",
            MODEL | {"n_layers": 10, "full_attention_layers": 8, "linear_attention_layers": 3},
            "models[m].linear_attention_layers: 11 layers by kind are more than n_layers 10",
        ),
        (
            "models",
            MODEL | {"quality": [{"benchmark": "B", "score": 101, "scale": "percent", "measured_by": "x"}]},
            "models[m].quality: B 101 is no percentage",
        ),
        ("models", MODEL | {"publisher_country": "XX"}, "models[m].publisher_country: 'XX' is not known"),
        ("models", MODEL | {"languages": ["de\n"]}, "models[m].languages: 'de\\n' is no two-letter language code"),
        ("models", MODEL | {"release_date": "2026-13"}, "models[m].release_date: '2026-13' is no day"),
        (
            "models",
            MODEL | {"release_date": "2026-12", "seen_on": "2026-11-21"},
            "models[m].release_date: 2026-12 is later than the day it was seen",
        ),
        ("models", MODEL | {"as_of": "2027", "seen_on": "2026-11-21"}, "models[m].as_of: 2027 is later than the day"),
        ("models", MODEL | {"seen_on": "2026-11"}, "models[m].seen_on: '2026-11' is no day"),
        ("models", MODEL | {"grade": "sure"}, "models[m].grade: 'sure' is not known"),
        ("devices", DEVICE | {"usable_memory_gb": 25, "memory_gb": 24}, "devices[d].memory_gb: 24 is below usable_"),
        ("devices", DEVICE | {"price": PRICE | {"amount": -1}}, "devices[d].price.amount: -1 is below 0"),
        ("devices", DEVICE | {"price": PRICE | {"low": 3, "high": 2}}, "devices[d].price.high: 2 is below low 3"),
        ("devices", DEVICE | {"price": {"currency": "EUR\n"}}, "devices[d].price.currency: 'EUR\\n' is no currency"),
        ("cloud_offers", OFFER | {"gpu_count": 0}, "cloud_offers[o].gpu_count: 0 is not above 0"),
        ("cloud_offers", OFFER | {"price_hour": 2, "high": 1}, "cloud_offers[o].high: 1 is below price_hour 2"),
        ("cloud_offers", OFFER | {"residency": ["DE", "Mars"]}, "cloud_offers[o].residency: 'Mars' is not known"),
        ("cloud_offers", OFFER | {"residency": ["US-VA"]}, "cloud_offers[o].residency: 'US-VA' is not known"),
        ("rates", RATE | {"country": "US-VIRGINIA"}, "rates[r].country: 'US-VIRGINIA' is no country"),
        ("rates", RATE | {"country": "EU-DE"}, "rates[r].country: 'EU-DE' is no country"),
        ("rates", RATE | {"country": "Mars"}, "rates[r].country: 'Mars' is no country"),
        ("api_prices", API | {"input": -0.1}, "api_prices[a].input: -0.1 is below 0"),
        ("api_prices", API | {"cached_input": 2, "input": 1}, "api_prices[a].input: 1 is below cached_input 2"),
        (
            "api_prices",
            API | {"scheduled_changes": [{"from_date": "2027-01", "input": 1}]},
            "api_prices[a].scheduled_changes.from_date: '2027-01' is no day",
        ),
        ("law_cards", LAW | {"since": "2027-01-01", "until": "2026-12-31"}, "law_cards[l].until: 2026-12-31 is before"),
        ("rates", RATE | {"low": 3, "value": 2}, "rates[r].value: 2 is below low 3"),
        ("fx", FX | {"units_per_usd": 0}, "fx[eur].units_per_usd: 0 is not above 0"),
        ("licenses", LICENSE | {"commercial_use": "maybe"}, "licenses[mit].commercial_use: 'maybe' is not known"),
        ("sectors", SECTOR | {"staff_share": RANGE}, "sectors[s].staff_share: 3 is more than the whole"),
        ("software", {"slug": "w", "name": "W", "category": "c", "routes": [], "license": "MIT", "difficulty": 6},
         "software[w].difficulty: 6 is not known"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_true_is_named(kind: str, row: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole message is compared below
        read(**{kind: [row]})
    assert str(error.value).startswith(problem)


def test_unknown_figures_contradict_nothing() -> None:
    assert read(models=[MODEL], devices=[DEVICE], cloud_offers=[OFFER], api_prices=[API], rates=[RATE]).models


@pytest.mark.parametrize("figure", [nan, inf, -inf, 10**400])
def test_what_is_no_finite_number_is_never_read(figure: float) -> None:
    with pytest.raises(ValueError, match=r"fx\[eur\].units_per_usd: expected a finite number"):
        read(fx=[FX | {"units_per_usd": figure}])


def test_a_row_that_names_a_row_which_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match=r"models\[m\].license: there is no 'mit' in licenses"):
        read(models=[MODEL], licenses=[])
    with pytest.raises(ValueError, match=r"cloud_offers\[o\].device: there is no 'd' in devices"):
        read(cloud_offers=[OFFER | {"device": "d"}], devices=[])
    assert read(models=[MODEL], licenses=[LICENSE], api_prices=[API], devices=[DEVICE]).licenses


def test_rows_that_name_nothing_in_common_are_not_taken_for_one_thing() -> None:
    nameless = [rows.Model(**MODEL | {"slug": slug, "params_total_b": size}) for slug, size in (("a", 1.0), ("b", 2.0))]  # type: ignore[arg-type]

    assert list(findings({"models": tuple(nameless)})) == []
    same = tuple(replace(row, hub_repo="maker/one") for row in nameless)
    assert [(each.slug, each.field, each.effect) for each in findings({"models": same})] == [
        ("a", "params_total_b", Effect.LIST)
    ]


def test_a_short_name_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"fx\[eur\].slug: used twice"):
        read(fx=[FX, FX])


def test_every_check_speaks_of_a_row_of_the_catalog() -> None:
    assert set(CHECKS) <= {name for name, row in vars(rows).items() if is_dataclass(row)}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-10-08", date(2026, 10, 8), date(2026, 10, 8)),
        ("2025-S2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2023-Q3", date(2023, 7, 1), date(2023, 9, 30)),
    ],
)
def test_a_published_date_spans_the_days_it_can_mean(text: str, first: date, last: date) -> None:
    assert day_range(text) == (first, last)


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-02-30", "2025-S3", "2025-Q0", "2026\n", "٢٠٢٦", "0000"])
def test_what_is_no_published_date_is_none(text: str) -> None:
    assert day_range(text) is None


def each(table: str) -> Iterator[Any]:
    yield from getattr(catalog(), table)


def test_nothing_in_the_shipped_catalog_contradicts_itself() -> None:
    tables = [item.name for item in fields(catalog()) if item.name != "content_hash"]
    assert [(row.slug, found) for table in tables for row in each(table) if (found := contradiction(row))] == []


def test_layers_by_kind_are_all_layers_where_the_shipped_data_states_them() -> None:
    for model in each("models"):
        kinds = (model.full_attention_layers, model.sliding_window_layers, model.linear_attention_layers)
        if any(kinds) and model.n_layers:
            assert sum(count or 0 for count in kinds) == model.n_layers, model.slug


def test_measured_weights_are_no_more_than_32_bits_and_no_less_than_one_bit_a_parameter() -> None:
    for model in each("models"):
        for form, size in model.weights_gb.items():
            if model.params_total_b and "text-llm" in model.modalities:
                assert 1 <= size * 8 / model.params_total_b <= 32, (model.slug, form)


def test_the_cache_of_one_token_is_no_more_than_what_attention_of_that_many_parameters_can_make() -> None:
    # Key and value projections take 2 x width x heads x head size parameters a layer, and a model is at least as
    # wide as one of its heads: the layers' projections alone cannot be more than all active parameters.
    for model in each("models"):
        if model.n_layers and model.n_kv_heads and model.head_dim and model.params_total_b:
            least = 2 * model.n_layers * model.head_dim * model.n_kv_heads * model.head_dim / 1e9
            assert least <= model.params_total_b, model.slug


def test_a_contradiction_inside_a_nested_row_is_named_by_its_path() -> None:
    device = next(each("devices"))
    broken = replace(device, price=replace(device.price, currency="euro"))
    assert contradiction(broken) == ("price.currency", "'euro' is no currency code")


def test_a_job_profile_has_no_negative_work_no_share_above_the_whole_and_known_harms() -> None:
    profile = next(each("job_profiles"))
    negative = replace(profile, pages=replace(profile.pages, low=-1.0))
    assert contradiction(negative) == ("pages", "-1 is below 0")
    shared = replace(profile, easy_share=replace(profile.easy_share, high=1.2))
    assert contradiction(shared) == ("easy_share", "1.2 is more than the whole")
    assert contradiction(replace(profile, floors={"much": {}})) == ("floors", "much: expected checked, loss, harm")
    fell = replace(profile, time_saved_share=replace(profile.time_saved_share, low=-0.2))
    assert contradiction(fell) is None  # some work took longer
