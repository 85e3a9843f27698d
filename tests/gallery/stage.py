"""What stands behind the screens: rows that make every page and state of the site reachable by an address."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advisor.accounts.models import User
from advisor.assessments.models import Assessment, Result
from advisor.assessments.policies import SESSION_KEY
from advisor.assessments.services import compute_result
from advisor.catalog.models import CatalogVersion
from advisor.engine.recommend import ENGINE_VERSION
from advisor.engine.types import Recommendation
from advisor.reports.models import Report, State
from advisor.reports.services import new_number
from tests.browsing import sample
from tests.catalog.public_pages import publish_changed
from tests.everyone import PASSWORD, World, make_world
from tests.gallery.people import ADMIN, CAREFUL, STAFF, VISITOR
from tests.questionnaire import PAGES, set_answers, somebody_elses
from tests.recommendations import STATES, saves
from tests.reports.sample import ANSWERS
from tests.samples import NAMES
from tests.small_catalog import write_small_catalog

AS_OF = date(2026, 11, 21)


def set_up() -> str:
    """Fill an empty, migrated database.

    Gives JSON: what fills the braces in the screens' addresses ("places"), and the cookie of each kind of visitor
    ("sessions"). The first version is older than the second, so that results made with it say that facts have changed.
    """
    with TemporaryDirectory() as folder:
        world = make_world(write_small_catalog(Path(folder)))
    _second_factor()
    places = {"world": world.assessment.public_id, **_older_result()}
    publish_changed("models", "qwen3-8-27b", name="Qwen 3.8 27B")
    places |= dict(_questions()) | dict(_results()) | dict(_reports(world)) | dict(_unusual())
    places["twice"] = _compared()
    return json.dumps({"places": places, "sessions": _sessions()}, default=str)


def _second_factor() -> None:
    TOTP.activate(User.objects.create_superuser(CAREFUL, password=PASSWORD), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")


def _questions() -> Iterator[tuple[str, Any]]:
    """Each page as somebody meets it who has answered everything before it, and one who has answered all."""
    pages = list(PAGES)
    for number, page in enumerate(pages):
        yield page, set_answers(_empty(), *pages[:number] or ["Q2"]).public_id
    yield "Q4-ideas", set_answers(_empty(), "Q1", "Q2", "Q3").public_id
    yield "answered", set_answers(_empty()).public_id
    yield "begun", somebody_elses().public_id
    yield "half", set_answers(_empty(), *pages[:8]).public_id


def _empty() -> Assessment:
    return Assessment.objects.create(answers={"question_set": "2026-11", "language": "en", "length": "full"})


def _results() -> Iterator[tuple[str, Any]]:
    for name in NAMES:
        assessment = Assessment.objects.create(answers=sample(name))
        compute_result(assessment=assessment, as_of=AS_OF)
        yield name, assessment.public_id
    for name, made in STATES.items():
        yield f"state {name}", _stored(made()).assessment.public_id


def _older_result() -> dict[str, Any]:
    """Its facts and its answers have changed since."""
    result = _stored(saves())
    result.assessment.answers = ANSWERS | {"staff_count": 14}
    result.assessment.save()
    return {"older": result.assessment.public_id}


def _stored(recommendation: Recommendation) -> Result:
    return _result(json.dumps(recommendation.to_document(), sort_keys=True))


def _result(document: str) -> Result:
    return Result.objects.create(
        assessment=Assessment.objects.create(answers=ANSWERS),
        answers=ANSWERS,
        catalog_version=CatalogVersion.objects.latest("number"),
        engine_version=ENGINE_VERSION,
        as_of=AS_OF,
        document=document,
        content_hash=hashlib.sha256(document.encode()).hexdigest(),
    )


def _compared() -> Any:
    """Two results of one client, the second with twice the people."""
    client = {"answering_for": "client", "client_label": "Lindenhof Seeds"}
    assessment = Assessment.objects.create(answers=sample("software_studio") | client)
    compute_result(assessment=assessment, as_of=AS_OF)
    assessment.answers |= {"staff_count": 40, "ai_users": 36}
    assessment.save()
    compute_result(assessment=assessment, as_of=AS_OF)
    return assessment.public_id


def _reports(world: World) -> Iterator[tuple[str, Any]]:
    """A report in each of its states."""
    yield "report ready", world.report.public_id
    now = timezone.now()
    states: dict[str, dict[str, Any]] = {
        "queued": {"state": State.QUEUED},
        "rendering": {
            "state": State.RENDERING, "claim_id": uuid.uuid4(), "lease_until": now + timedelta(hours=12), "attempt": 1,
        },
        "tried again": {"state": State.QUEUED, "failure_reason": "storage"},
        "canceled": {"state": State.CANCELED, "finished_at": now},
        "failed": {"state": State.FAILED, "failure_reason": "broken", "finished_at": now, "attempt": 3},
    }  # fmt: skip
    for name, fields in states.items():
        report = Report.objects.create(
            result=_stored(saves()), number=new_number(now), language="en", paper="a4", requested_at=now, rung_at=now,
            **fields,
        )  # fmt: skip
        world.rows["reports.batch"].reports.add(report)
        yield f"report {name}", report.public_id
    yield "batch", world.rows["reports.batch"].public_id


def _unusual() -> Iterator[tuple[str, Any]]:
    """A stored result that no page can show, and an address of the admin that is not for everybody."""
    yield "unreadable", _result("{}").assessment.public_id
    yield "admin", reverse("admin:index")
    yield "publish", reverse("admin:catalog_catalogversion_publish")


def _sessions() -> dict[str, str]:
    everything = [str(each) for each in Assessment.objects.values_list("public_id", flat=True)]
    found = {}
    for visitor in (VISITOR, ADMIN, STAFF):
        client = Client()
        if visitor != VISITOR:
            client.force_login(User.objects.get(username=visitor), backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[SESSION_KEY] = everything
        session.save()
        found[visitor] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found
