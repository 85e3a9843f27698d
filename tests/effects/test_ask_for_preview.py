"""A publisher asks for a preview: which businesses are chosen, and that there is one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from celery.exceptions import OperationalError
from django.db import IntegrityError, transaction

from advisor.assessments.models import Assessment, Result
from advisor.catalog import services
from advisor.catalog.models import ApiPrice, CatalogVersion
from advisor.catalog.shipped import BrokenData
from advisor.effects.models import EffectLine, EffectPreview, State
from advisor.effects.services import NothingToCompare, cancel_preview, recent_results, request_preview
from tests.effects.conftest import PRICE

Store = Callable[..., Result]


def test_the_nine_samples_come_first_then_stored_assessments_the_latest_first(
    version: CatalogVersion, store: Store, bell: list[int]
) -> None:
    older, newer = store(age=10), store(age=5)

    preview = request_preview(by=None)

    lines = list(preview.lines.values_list("sample", "result_id"))
    assert [sample for sample, _ in lines[:9]] == [
        "bakery", "clinic", "design_firm", "factory", "law_office", "low_use", "not_sure", "software_studio",
        "web_shop",
    ]  # fmt: skip
    assert lines[9:] == [("", newer.pk), ("", older.pk)]
    assert preview.draft_hash == services.preview().content_hash
    assert services.content_hash(preview.document) == preview.draft_hash


def test_of_each_assessment_only_the_latest_result_counts(version: CatalogVersion, store: Store) -> None:
    one = Assessment.objects.create()
    store(age=30, assessment=one)
    latest = store(age=3, assessment=one)
    other = store(age=20)

    assert recent_results(500) == [latest.pk, other.pk]


def test_results_of_the_same_moment_are_chosen_the_same_way_each_time(version: CatalogVersion, store: Store) -> None:
    results = [store() for _ in range(4)]

    assert recent_results(2) == [results[3].pk, results[2].pk]


def test_the_bell_is_rung_once_the_row_is_there(
    version: CatalogVersion, bell: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        preview = request_preview(by=None)

    assert bell == [preview.pk]


def test_a_broker_that_is_down_leaves_the_row_waiting(
    version: CatalogVersion, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def down(*_: Any, **__: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("celery.current_app.send_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        preview = request_preview(by=None)

    preview.refresh_from_db()
    assert preview.state == State.QUEUED


def test_asked_twice_it_is_the_same_preview(version: CatalogVersion, bell: list[int]) -> None:
    assert request_preview(by=None) == request_preview(by=None)
    assert EffectPreview.objects.count() == 1


def test_a_preview_of_other_drafts_takes_the_place_of_the_first(version: CatalogVersion, bell: list[int]) -> None:
    first = request_preview(by=None)
    ApiPrice.objects.filter(slug=PRICE).update(input="9.75")

    second = request_preview(by=None)

    first.refresh_from_db()
    assert second != first
    assert (first.state, first.document, second.state) == (State.CANCELED, "", State.QUEUED)


def test_the_database_keeps_two_from_running_at_once(version: CatalogVersion, bell: list[int]) -> None:
    row = request_preview(by=None)
    row.pk, row.public_id = None, "00000000-0000-0000-0000-000000000001"

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_one_that_ended_can_be_asked_for_again(version: CatalogVersion, bell: list[int]) -> None:
    first = request_preview(by=None)
    assert cancel_preview(preview=first)
    assert not cancel_preview(preview=first)

    assert request_preview(by=None) != first


def test_before_the_first_version_there_is_nothing_to_compare(db: None) -> None:
    with pytest.raises(NothingToCompare):
        request_preview(by=None)


def test_drafts_that_cannot_be_published_are_not_previewed(version: CatalogVersion) -> None:
    ApiPrice.objects.filter(slug=PRICE).update(source="", via="")

    with pytest.raises(BrokenData, match=f"row {PRICE}, field source: missing"):
        request_preview(by=None)
    assert not EffectPreview.objects.exists()


def test_a_deleted_assessment_leaves_no_line(version: CatalogVersion, store: Store, bell: list[int]) -> None:
    result = store()
    request_preview(by=None)

    result.assessment.delete()

    assert not EffectLine.objects.filter(sample="").exists()
    assert EffectLine.objects.count() == 9
