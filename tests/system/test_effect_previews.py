"""Effect previews with a real worker and a real queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from celery.exceptions import OperationalError
from django.utils import timezone

from advisor.catalog.models import CatalogVersion
from advisor.catalog.services import canonical_json, content_hash
from advisor.effects.models import EffectPreview, State
from advisor.effects.services import request_preview
from advisor.effects.sweeping import sweep
from tests.system.conftest import StartWorker
from tests.system.test_reports import wait_for

pytestmark = pytest.mark.system


@pytest.mark.django_db  # with this marker somewhere in the file, pytest-django makes the test database
def test_no_rows_are_left_by_other_tests() -> None:
    assert not EffectPreview.objects.exists()


@pytest.fixture
def empty_version(committed_rows: None) -> CatalogVersion:
    """A version without a fact: every business ends as one that could not be worked out, which is an end too."""
    text = canonical_json({"format": 1, "entries": {}})
    return CatalogVersion.objects.create(number=1, content_hash=content_hash(text), document=text)


def finished(row: EffectPreview) -> bool:
    row.refresh_from_db()
    return row.state == State.READY


def test_a_worker_carries_a_preview_to_its_end(start_worker: StartWorker, empty_version: CatalogVersion) -> None:
    start_worker()

    row = request_preview(by=None)

    wait_for(lambda: finished(row), "the preview is ready")
    problems = row.lines.values_list("problem", flat=True)
    assert len(problems) == 9
    assert all(problem.startswith("On version 1: ") for problem in problems)


def test_a_preview_asked_for_without_a_queue_is_made_once_the_queue_is_back(
    start_worker: StartWorker, empty_version: CatalogVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: Any, **__: Any) -> None:
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr("celery.current_app.send_task", down)
        row = request_preview(by=None)
        sweep()
    start_worker()
    EffectPreview.objects.update(rung_at=timezone.now() - timedelta(minutes=2))

    sweep()

    wait_for(lambda: finished(row), "the preview is ready")
