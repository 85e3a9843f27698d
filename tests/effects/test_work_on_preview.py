"""What a worker does with a preview: every business on both versions, a share at a time, whatever happens meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from advisor.assessments.models import Result
from advisor.catalog.models import CatalogVersion
from advisor.effects import production
from advisor.effects.comparing import NotWorkedOut, outcome
from advisor.effects.models import MAX_ATTEMPTS, EffectPreview, FailureReason, Outcome, State
from advisor.effects.production import claim, work
from advisor.effects.services import cancel_preview, request_preview
from advisor.effects.sweeping import sweep
from tests.effects.conftest import said

Store = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("bell")


def line_of(preview: EffectPreview, result: Result) -> Any:
    return preview.lines.get(result=result)


def test_each_business_is_told_what_changes_for_it(store: Store, advised: dict[str, Any]) -> None:
    advised |= {
        "dearer": said(cost=950.4, saving=49.6),
        "other": said(name="B on a machine", setup=("own_server", None)),
        "gone": NotWorkedOut("sector: 'x' is not in the catalog"),
    }
    rows = {name: store(name=name) for name in ("same", "dearer", "other", "gone")}

    preview = work(request_preview(by=None).pk)

    assert preview is not None
    assert (preview.state, preview.document, preview.finished_at) == (State.READY, "", timezone.now())
    assert {name: line_of(preview, row).outcome for name, row in rows.items()} == {
        "same": Outcome.SAME, "dearer": Outcome.MONEY, "other": Outcome.CHANGED, "gone": Outcome.FAILED,
    }  # fmt: skip
    dearer = line_of(preview, rows["dearer"])
    assert (dearer.before["cost"], dearer.after["cost"], dearer.after["saving"]) == (900, 950.4, 49.6)
    assert line_of(preview, rows["gone"]).problem == "On the drafts: sector: 'x' is not in the catalog"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({}, Outcome.SAME),
        ({"cost": 900.4}, Outcome.SAME),  # less than one unit of the currency
        ({"cost": 900.6}, Outcome.MONEY),
        ({"saving": None}, Outcome.MONEY),
        ({"saving": 101.0}, Outcome.MONEY),
        ({"verdict": "keep"}, Outcome.CHANGED),
        ({"setup": ("hosted_api", "them"), "cost": 900.0}, Outcome.CHANGED),
        ({"name": "called otherwise"}, Outcome.SAME),
    ],
)
def test_what_counts_as_a_change(after: dict[str, Any], expected: Outcome) -> None:
    assert outcome(said(), said(**after)) is expected


def test_an_unexpected_error_fails_one_line_and_tells_nothing_of_the_answers(
    store: Store, advised: dict[str, Any]
) -> None:
    advised["odd"] = RuntimeError("Joe's bakery")
    odd, fine = store(name="odd"), store(name="fine")

    preview = work(request_preview(by=None).pk)

    assert preview is not None
    assert preview.state == State.READY
    assert line_of(preview, odd).problem == "On the drafts: an error, which the log describes."
    assert line_of(preview, fine).outcome == Outcome.SAME


def test_a_worker_stays_for_a_while_only_and_rings_for_the_rest(
    store: Store, advised: dict[str, Any], bell: list[int], monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    monkeypatch.setattr(production, "SHARE_SECONDS", 0)
    for _ in range(8):
        store()
    row = request_preview(by=None)

    with django_capture_on_commit_callbacks(execute=True):
        first = work(row.pk)
    done = row.lines.exclude(outcome=Outcome.WAITING).count()
    second = work(row.pk)

    assert first is not None
    assert (first.state, first.attempt, done) == (State.QUEUED, 0, production.BATCH)
    assert bell == [row.pk]
    assert second is not None
    assert second.lines.exclude(outcome=Outcome.WAITING).count() == 17
    third = work(row.pk)
    assert third is not None
    assert third.state == State.READY


def test_a_share_ends_well_before_the_soft_limit_of_the_worker(settings: Any) -> None:
    assert production.SHARE_SECONDS < settings.CELERY_TASK_SOFT_TIME_LIMIT / 2
    assert settings.CELERY_TASK_TIME_LIMIT < settings.EFFECT_LEASE_SECONDS


def test_a_second_delivery_finds_nothing_to_do(version: CatalogVersion, advised: dict[str, Any]) -> None:
    row = request_preview(by=None)
    assert claim(row.pk) is not None

    assert work(row.pk) is None


def test_a_canceled_preview_stops_and_stays_canceled(store: Store, advised: dict[str, Any]) -> None:
    def cancel() -> Any:
        cancel_preview(preview=row)
        return said()

    advised["stop"] = cancel
    store(name="stop")
    row = request_preview(by=None)

    preview = work(row.pk)

    assert preview is not None
    assert preview.state == State.CANCELED
    assert preview.lines.filter(outcome=Outcome.WAITING).exists()


def test_three_attempts_without_progress_end_it_with_a_reason(
    version: CatalogVersion, advised: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_: Any, **__: Any) -> None:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(production, "advice", too_slow)
    row = request_preview(by=None)

    states = []
    for _ in range(MAX_ATTEMPTS):
        done = work(row.pk)
        assert done is not None
        states.append((done.state, done.failure_reason))

    assert states == [(State.QUEUED, FailureReason.TIMEOUT)] * 2 + [(State.FAILED, FailureReason.TIMEOUT)]
    assert work(row.pk) is None


def test_versions_that_cannot_be_read_end_it_with_a_reason(version: CatalogVersion, advised: dict[str, Any]) -> None:
    row = request_preview(by=None)
    EffectPreview.objects.update(document="{}", attempt=MAX_ATTEMPTS - 1)

    done = work(row.pk)

    assert done is not None
    assert (done.state, done.failure_reason) == (State.FAILED, FailureReason.BROKEN)


def test_the_sweeper_rings_for_a_preview_nobody_came_for(version: CatalogVersion, bell: list[int]) -> None:
    row = request_preview(by=None)
    sweep()
    assert bell == []
    EffectPreview.objects.update(rung_at=timezone.now() - timedelta(minutes=2))

    sweep()
    sweep()

    assert bell == [row.pk]


def test_the_sweeper_rings_for_a_preview_whose_worker_died(version: CatalogVersion, bell: list[int]) -> None:
    row = request_preview(by=None)
    claim(row.pk)
    EffectPreview.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    sweep()

    assert bell == [row.pk]


def test_the_sweeper_fails_a_preview_whose_workers_died_three_times(version: CatalogVersion, bell: list[int]) -> None:
    row = request_preview(by=None)
    EffectPreview.objects.update(
        state=State.RUNNING, attempt=MAX_ATTEMPTS, claim_id=uuid.uuid4(), lease_until=timezone.now()
    )

    sweep()

    row.refresh_from_db()
    assert (row.state, row.failure_reason, bell) == (State.FAILED, FailureReason.STOPPED, [])


def test_the_sweeper_deletes_what_is_past_its_time(version: CatalogVersion, settings: Any) -> None:
    old = request_preview(by=None)
    cancel_preview(preview=old)
    EffectPreview.objects.update(finished_at=timezone.now() - timedelta(days=settings.EFFECT_KEEP_DAYS))
    request_preview(by=None)

    sweep()

    assert list(EffectPreview.objects.values_list("state", flat=True)) == [State.QUEUED]
