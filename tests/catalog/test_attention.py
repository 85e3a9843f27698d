"""The admin's first page: what needs attention."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advisor.assessments.models import Assessment, Result
from advisor.assessments.reach import facts_used_in
from advisor.catalog import comments, services
from advisor.catalog.attention import attention
from advisor.catalog.models import ApiPrice, CatalogVersion, Claim, Device, ImportRun, Measurement, Seat

HOME = "/admin/"
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def that_day(freeze_time: Callable[[datetime], None]) -> None:
    freeze_time(datetime(2026, 11, 22, 12, tzinfo=UTC))


def result_using(version: CatalogVersion, *facts: tuple[str, str | None]) -> Result:
    sources = [{"source": source, "as_of": as_of, "used_for": "x", "grade": "published"} for source, as_of in facts]
    return Result.objects.create(
        assessment=Assessment.objects.create(), answers={}, catalog_version=version, engine_version="1", as_of=TODAY,
        document=json.dumps({"sources": sources}), content_hash="0" * 64,
    )  # fmt: skip


def text_of(client: Client) -> str:
    return " ".join(client.get(HOME).content.decode().split())


def test_stale_facts_are_counted_by_kind(published: CatalogVersion) -> None:
    Seat.objects.update(as_of="2025-01", seen_on=TODAY)
    seat = Seat.objects.first()
    assert seat is not None
    Seat.objects.filter(pk=seat.pk).update(as_of="2026-09")
    kind = next(kind for kind in attention(TODAY).stale if kind.collection == "seats")
    # January 2025 + 12 months is long over; the end of September 2026 + 30 days is 30 October
    assert (kind.due, kind.expired) == (1, 1)


def test_reach_counts_results_that_rest_on_a_stale_fact(published: CatalogVersion) -> None:
    ApiPrice.objects.update(as_of="2026-09", source="list A")
    Device.objects.filter(slug="l4").update(
        price={"amount": 2500, "currency": "USD", "as_of": "2026-05", "source": "shop B", "kind": "street"}
    )
    result_using(published, ("list A", "2026-09"), ("shop B", "2026-05"))
    result_using(published, ("list A", "2026-09"))
    result_using(published, ("list A", "2026-08"), ("list C", None))
    found = attention(TODAY)
    reach = {kind.collection: kind.reach for kind in found.stale}
    assert (reach["api_prices"], reach["devices"], found.results) == (2, 1, 3)
    assert found.stale[0].collection == "api_prices"


def test_reach_is_read_again_when_there_is_a_new_result(published: CatalogVersion) -> None:
    assert facts_used_in() == ({}, 0)
    first = result_using(published, ("list A", "2026-09"))
    assert facts_used_in() == ({("list A", "2026-09"): frozenset({first.pk})}, 1)
    with CaptureQueriesContext(connection) as queries:
        facts_used_in()
    assert not any("jsonb" in query["sql"] for query in queries)
    second = result_using(published, ("list A", "2026-09"))
    assert facts_used_in()[0]["list A", "2026-09"] == {first.pk, second.pk}


def test_drafts_waiting_are_counted(published: CatalogVersion) -> None:
    assert attention(TODAY).waiting == 0
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(input="9.5")
    Claim.objects.all()[0].delete()
    assert attention(TODAY).waiting == 2


def test_before_the_first_version_everything_waits(db: None) -> None:
    assert attention(TODAY).waiting == 0
    assert services.current_version() is None


def test_failed_imports_of_the_last_weeks_are_counted(published: CatalogVersion) -> None:
    now = timezone.now()

    def run(outcome: str, age: timedelta) -> None:
        row = ImportRun.objects.create(
            kind="table", collection="seats", origin="x.csv", dry_run=False, outcome=outcome, finished_at=now
        )
        ImportRun.objects.filter(pk=row.pk).update(started_at=now - age)

    for outcome in ("failed", "refused", "applied", "previewed"):
        run(outcome, timedelta(days=1))
    run("failed", timedelta(days=31))
    run("running", timedelta(minutes=5))
    assert attention(TODAY).failed_imports == 2
    run("running", timedelta(hours=2))
    assert attention(TODAY).failed_imports == 3


def test_the_page_leads_to_what_needs_attention(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(cached_input="99", as_of="2026-09")
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    comments.comment(entry=price, text="Is this with tax?", by=None)
    Measurement.objects.create(
        slug="m", model_id="qwen3-8-27b", device_id="l4", weights="FP8", runtime="vllm", prompt_tokens=1,
        output_tokens=1, speeds=[], measured_on=TODAY,
    )  # fmt: skip
    text = text_of(sign_in("publisher"))
    for part in (
        "What needs attention",
        "1 draft differs from the published version",
        "/admin/catalog/catalogversion/publish/",
        "1 measurement waits for review",
        "/admin/catalog/apiprice/?freshness=review_due",
        "is below cached_input",
        "/admin/catalog/apiprice/?slug=google-gemini-2-5-pro",
        "Is this with tax?",
    ):
        assert part in text
    assert "publish/" not in text_of(sign_in("editor"))


def test_a_hole_is_named(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(source="", via="")
    assert "api_prices: google-gemini-2-5-pro has no source" in text_of(sign_in("editor"))


def test_when_nothing_needs_attention_that_is_said(db: None, sign_in: Callable[[str], Client]) -> None:
    assert "every fact is current" in text_of(sign_in("editor"))


def test_staff_without_the_catalog_see_none_of_it(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    assert "What needs attention" not in text_of(sign_in("staff"))


def test_the_page_takes_the_same_queries_however_many_facts_are_stale(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    editor.get(HOME)
    counts = []
    for rows in (3, 40):
        seat = Seat.objects.all()[0]
        for number in range(Seat.objects.count(), rows):
            seat.pk, seat.slug, seat.as_of = None, f"copy-{number}", "2026-01"
            seat.save()
            comments.comment(entry=seat, text="look", by=None)
            result_using(published, ("list", str(number)))
        editor.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            editor.get(HOME)
        counts.append(len(queries))
    assert counts[0] == counts[1]
