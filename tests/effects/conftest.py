"""A published small catalog with drafts that differ, stored assessments, a bell that only notes, made-up advice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from advisor.accounts.models import User
from advisor.assessments.models import Assessment, Result
from advisor.catalog import services
from advisor.catalog.models import ApiPrice, CatalogVersion
from advisor.effects.comparing import Advice
from tests.group_rights import group
from tests.small_catalog import write_small_catalog

PRICE = "google-gemini-2-5-pro"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def few_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_catalog(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def noon(freeze_time: Callable[[datetime], None]) -> None:
    freeze_time(NOON)


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids rung for, in order; nothing is sent."""
    rung: list[int] = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, args, **_: rung.append(args[0]))
    return rung


@pytest.fixture
def version(db: None, few_rows: Path) -> CatalogVersion:
    """Version 1, and one price changed in the drafts since."""
    services.load_shipped(folder=few_rows)
    published = services.publish(by=None, note="first")
    ApiPrice.objects.filter(slug=PRICE).update(input="9.5")
    return published


@pytest.fixture
def store(version: CatalogVersion) -> Callable[..., Result]:
    """``store(age=minutes, **answers)``: a result of that age, of an assessment of its own unless one is given."""

    def make(*, age: float = 0, assessment: Assessment | None = None, **answers: Any) -> Result:
        result = Result.objects.create(
            assessment=assessment or Assessment.objects.create(), answers=answers, catalog_version=version,
            engine_version="0.2.0", as_of=date(2026, 11, 1), document="{}", content_hash="0" * 64,
        )  # fmt: skip
        Result.objects.filter(pk=result.pk).update(created_at=timezone.now() - timedelta(minutes=age))
        return result

    return make


@pytest.fixture
def advised(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the engine says on the drafts for answers with this ``name``, instead of the same as on the version: an
    ``Advice``, an error to raise, or something to do first. Nothing is reckoned."""
    told: dict[str, Any] = {}
    same = said()

    def advice(answers: dict[str, Any], catalog: Any, *, as_of: date) -> Advice:
        assert as_of == NOON.date()
        published = services.current_version()
        assert published is not None
        wanted = told.get(answers.get("name", ""), same)
        if catalog.content_hash == published.content_hash:
            return same
        if isinstance(wanted, BaseException):
            raise wanted
        return wanted() if callable(wanted) else wanted

    monkeypatch.setattr("advisor.effects.production.advice", advice)
    return told


def said(**fields: Any) -> Advice:
    """Advice to run one model for 900 instead of paying 1,000."""
    given = {"verdict": "recommend", "name": "A from us", "setup": ("hosted_api", "us"), "currency": "EUR"}
    return Advice(**({**given, "cost": 900.0, "saving": 100.0} | fields))


@pytest.fixture
def sign_in(db: None) -> Callable[[str], Client]:
    """``sign_in("publisher")`` gives a browser signed in as one; "admin" is a superuser."""

    def client_of(role: str) -> Client:
        if role == "admin":
            user = User.objects.create_superuser("boss")
        else:
            user = User.objects.create_user(role, is_staff=True)
            user.groups.add(group(role))
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of
