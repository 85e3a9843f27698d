"""A stored result with its business, a visitor who may see it, one who may not, and a bell that only notes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from advisor.assessments.models import Result
from advisor.assessments.policies import SESSION_KEY
from advisor.reports.models import Report, State
from advisor.reports.services import new_number
from tests.reports.sample import store_result


@pytest.fixture(autouse=True)
def private_files(tmp_path: Path, settings: Any) -> Path:
    """Every test has a storage of its own."""
    folder = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}},
    }
    return folder


@pytest.fixture
def result(db: None) -> Result:
    return store_result()


@pytest.fixture
def visitor(result: Result) -> Client:
    """A browser the assessment was granted to."""
    client = Client()
    session = client.session
    session[SESSION_KEY] = [str(result.assessment.public_id)]
    session.save()
    return client


@pytest.fixture
def stranger(db: None) -> Client:
    return Client()


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids rung for, in order; nothing is sent."""
    rung: list[int] = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, args, **_: rung.append(args[0]))
    return rung


@pytest.fixture
def make_report(result: Result) -> Callable[..., Report]:
    """``make_report(state=...)``: a row in that state, with what the state requires."""

    def make(**fields: Any) -> Report:
        now = timezone.now()
        given: dict[str, Any] = {
            "result": result,
            "number": new_number(now),
            "language": "en",
            "paper": "a4",
            "requested_at": now,
            "rung_at": now,
            **fields,
        }
        if given.get("state") == State.READY:
            content = given.pop("content", b"%PDF-1.7 made for a test")
            name = default_storage.save("reports/made-for-a-test.pdf", ContentFile(content))
            digest = hashlib.sha256(content).hexdigest()
            given = {"file": name, "sha256": digest, "size": len(content), "finished_at": now, **given}
        if given.get("state") == State.FAILED:
            given = {"failure_reason": "broken", "finished_at": now, "attempt": 3, **given}
        return Report.objects.create(**given)

    return make
