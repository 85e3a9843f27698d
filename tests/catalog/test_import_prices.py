"""Token prices from the package genai-prices: only where provider and model are the same beyond doubt."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from genai_prices import data_snapshot, types

from advisor.catalog.imports.prices import origin_of, prices_source, proposals
from advisor.catalog.imports.running import run_import
from advisor.catalog.models import ApiPrice, CatalogVersion, ImportRun

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GEMINI = "google-gemini-2-5-pro"  # 1.25 in, 10 out, 0.31 cached in the shipped data
Price = types.ModelPrice


def provider(id: str = "google", *models: types.ModelInfo) -> types.Provider:
    return types.Provider(id=id, name=id, api_pattern="x", pricing_urls=["https://p.example/prices"], models=[*models])


def model(id: str = "gemini-2.5-pro", prices: Any = None, **more: Any) -> types.ModelInfo:
    prices = prices or Price(input_mtok=Decimal("1.5"), output_mtok=Decimal(12))
    return types.ModelInfo(id=id, match=types.ClauseStartsWith(starts_with=id), prices=prices, **more)


@pytest.fixture
def draft(published: CatalogVersion) -> ApiPrice:
    return ApiPrice.objects.get(slug=GEMINI)


def proposed(draft: ApiPrice, *providers: types.Provider, now: datetime = NOW) -> tuple[list[Any], list[str]]:
    rows, notes = proposals([draft], providers, now)
    return rows, [f"{note.kind}: {note.text}" for note in notes]


def test_another_price_is_proposed_with_source_and_day(draft: ApiPrice) -> None:
    (row,), notes = proposed(draft, provider("google", model()))

    assert row == {
        "slug": GEMINI, "input": "1.5", "output": "12", "source": "https://p.example/prices", "via": origin_of(),
        "seen_on": "2026-11-22", "as_of": "",
    }  # fmt: skip
    assert notes == []


def test_the_same_price_proposes_nothing(draft: ApiPrice) -> None:
    same = Price(input_mtok=draft.input, output_mtok=draft.output, cache_read_mtok=draft.cached_input)

    assert proposed(draft, provider("google", model(prices=same))) == ([{"slug": GEMINI}], [])


def test_a_price_the_package_does_not_know_leaves_the_draft_as_it_is(draft: ApiPrice) -> None:
    (row,), _ = proposed(draft, provider("google", model(prices=Price(input_mtok=Decimal("1.5")))))

    assert "output" not in row
    assert "cached_input" not in row


@pytest.mark.parametrize("name", ["gemini-2.5-pro-preview", "gemini-2.5", "gemini-2-5-pro", "models/gemini-2.5-pro"])
def test_a_similar_name_is_no_match(draft: ApiPrice, name: str) -> None:
    assert proposed(draft, provider("google", model(name))) == (
        [], ["unmatched: the package has no gemini-2.5-pro at google"],
    )  # fmt: skip


def test_the_same_name_at_another_provider_is_no_match(draft: ApiPrice) -> None:
    assert proposed(draft, provider("openrouter", model())) == ([], ["unmatched: the package has no provider google"])


def test_a_name_that_stands_twice_is_no_match(draft: ApiPrice) -> None:
    assert proposed(draft, provider("google", model(), model()))[0] == []


def test_a_price_by_the_hour_is_left_to_a_person(draft: ApiPrice) -> None:
    night = types.TimeOfDateConstraint(start_time=time(16, 30), end_time=time(0, 30))
    prices = [
        types.ConditionalPrice(prices=Price(input_mtok=Decimal(2))),
        types.ConditionalPrice(night, prices=Price(input_mtok=Decimal(1))),
    ]

    assert proposed(draft, provider("google", model(prices=prices))) == (
        [], ["unmatched: the price of gemini-2.5-pro depends on the time of day: enter it by hand"],
    )  # fmt: skip


@pytest.mark.parametrize(("day", "input", "since"), [(20, "1", ""), (22, "2", "2026-11-21")])
def test_the_price_that_holds_today_counts_and_its_first_day_is_its_date(
    draft: ApiPrice, day: int, input: str, since: str
) -> None:
    prices = [
        types.ConditionalPrice(prices=Price(input_mtok=Decimal(1))),
        types.ConditionalPrice(types.StartDateConstraint(date(2026, 11, 21)), prices=Price(input_mtok=Decimal(2))),
    ]
    now = NOW.replace(day=day)
    (row,), _ = proposed(draft, provider("google", model(prices=prices)), now=now)

    assert (row["input"], row["as_of"]) == (input, since)


def test_steps_for_long_prompts_are_told(draft: ApiPrice) -> None:
    draft.long_context = {}
    steps = types.TieredPrices(base=Decimal("1.5"), tiers=[types.Tier(start=200_000, price=Decimal(3))])
    (row,), notes = proposed(draft, provider("google", model(prices=Price(input_mtok=steps))))

    assert row["input"] == "1.5"
    assert notes == ["fact: input: long prompts cost more, from 200,000 tokens on; enter it by hand"]


def test_a_withdrawn_model_is_told(draft: ApiPrice) -> None:
    assert proposed(draft, provider("google", model(deprecated=True)))[1] == [
        "fact: the package says that the provider withdraws this model"
    ]


def imported(dry_run: bool = False, providers: tuple[str, ...] = ()) -> ImportRun:
    return run_import(
        lambda: prices_source(providers), kind=ImportRun.Kind.PRICES, collection="api_prices", origin=origin_of(),
        by=None, dry_run=dry_run,
    )  # fmt: skip


def test_prices_land_in_the_drafts_and_the_rest_is_listed(draft: ApiPrice, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = data_snapshot.DataSnapshot([provider("google", model())], from_auto_update=False)
    monkeypatch.setattr("advisor.catalog.imports.prices.get_snapshot", lambda: snapshot)
    preview = imported(dry_run=True)
    assert {(c.field, c.old, c.new) for c in preview.changes.all()} >= {("input", 1.25, 1.5), ("output", 10.0, 12.0)}
    run = imported()
    draft.refresh_from_db()

    assert (run.outcome, run.changed) == (ImportRun.Outcome.APPLIED, 1)
    assert (draft.input, draft.output, draft.via) == (Decimal("1.5"), Decimal(12), origin_of())
    assert run.notes == [
        {"kind": "unmatched", "slug": "deepinfra-qwen3-8-27b", "text": "the package has no provider deepinfra"}
    ]


def test_a_price_in_another_unit_is_refused_like_in_any_sheet(draft: ApiPrice, monkeypatch: pytest.MonkeyPatch) -> None:
    per_token = model(prices=Price(input_mtok=Decimal("0.00000125")))
    snapshot = data_snapshot.DataSnapshot([provider("google", per_token)], from_auto_update=False)
    monkeypatch.setattr("advisor.catalog.imports.prices.get_snapshot", lambda: snapshot)

    assert imported(providers=("google",)).outcome == ImportRun.Outcome.REFUSED


def test_the_package_itself_is_read(draft: ApiPrice) -> None:
    """Its own data, through the command: the rows of the small catalog are a price it knows and one it does not."""
    said = StringIO()
    call_command("catalog", "import", "prices", stdout=said)

    assert "no provider deepinfra" in said.getvalue()
    assert "1 rows: 0 added" in said.getvalue()
