"""One of everything, and one browser for each kind of visitor: what the tests of access, headers and pages stand on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone

from advisor.accounts.models import User
from advisor.assessments.models import Assessment, Result
from advisor.assessments.policies import SESSION_KEY
from advisor.assessments.services import issue_resume_link
from advisor.catalog.models import TABLES, ImportRun, LinkCheck, Measurement, ShippedLoad
from advisor.catalog.services import load_shipped
from advisor.effects.models import EffectPreview
from advisor.engine.recommend import ENGINE_VERSION
from advisor.reports.models import Batch, Report, State
from advisor.reports.services import new_number
from advisor.reports.sharing import share_report
from tests import group_rights
from tests.questionnaire import published_version, set_answers, somebody_elses
from tests.recommendations import make_recommendation

PASSWORD = "correct horse battery staple"
# stranger: no cookie at all. browser: the assessment was begun in it. owner: the consultant it belongs to.
# other: a consultant of somebody else. staff: may enter the admin and is in no group.
ROLES = ("stranger", "browser", "owner", "other", "staff", "editor", "publisher", "admin")
SIGNED_IN = ROLES[2:]


@dataclass(frozen=True)
class World:
    """The rows that addresses lead to."""

    assessment: Assessment
    result: Result
    report: Report
    token: str  # of the private link
    rows: dict[str, Any]  # model label -> one row of it, for the admin


def make_world(small_catalog: Path) -> World:
    """One assessment of the role "owner" with result, ready report and private link; drafts and a published version."""
    load_shipped(folder=small_catalog)
    version = published_version()
    people = {role: _person(role) for role in SIGNED_IN}
    assessment = set_answers(somebody_elses())
    assessment.owner = people["owner"]
    assessment.save()
    token = issue_resume_link(assessment=assessment).token
    result = _result(assessment, version)
    report = _report(result)
    rows: dict[str, Any] = {table._meta.label_lower: table._default_manager.all()[0] for table in TABLES}
    rows |= {row._meta.label_lower: row for row in (version, assessment, result, people["other"])}
    rows["auth.group"] = group_rights.group("editor")
    careful = User.objects.create_user("careful")
    rows["mfa.authenticator"] = Authenticator.objects.create(user=careful, type="totp", data={"secret": "x"})
    rows["catalog.shippedload"] = ShippedLoad.objects.get()
    rows["catalog.importrun"] = ImportRun.objects.create(
        kind="table", collection="api_prices", origin="prices.csv", dry_run=True, outcome="refused", refused=1,
        finished_at=timezone.now(), problems=[{"row": 2, "column": "input", "reason": "expected a number"}],
    )  # fmt: skip
    rows["catalog.measurement"] = Measurement.objects.create(
        slug="measured", model_id="qwen3-8-27b", device_id="l40s", weights="FP8", runtime="vllm", prompt_tokens=500,
        output_tokens=256, speeds=[], measured_on=date(2026, 11, 21),
    )  # fmt: skip
    rows["catalog.linkcheck"] = LinkCheck.objects.create(address="https://example.com/", host="example.com")
    rows["effects.effectpreview"] = EffectPreview.objects.create(
        base=version, draft_hash="0" * 64, as_of=date(2026, 11, 21), state="canceled", requested_at=timezone.now(),
        rung_at=timezone.now(), finished_at=timezone.now(), requested_by=people["publisher"],
    )  # fmt: skip
    batch = Batch.objects.create(owner=people["owner"], language="en", paper="a4", requested_at=timezone.now())
    batch.reports.add(report)
    rows["reports.batch"] = batch
    rows["reports.sharelink"] = share_report(report=report, by=people["owner"], days=30).link
    return World(assessment, result, report, token, rows)


# First part of an address -> the row its public id belongs to, where that is not the assessment.
LED_TO: dict[str, Callable[[World], Any]] = {
    "reports": lambda world: world.report,
    "batches": lambda world: world.rows["reports.batch"],
    "share-links": lambda world: world.rows["reports.sharelink"],
    "shared": lambda world: world.rows["reports.sharelink"],
}


def browser_of(role: str, world: World, **options: Any) -> Client:
    """A fresh browser of this kind of visitor."""
    client = Client(**options)
    if role == "browser":
        session = client.session
        session[SESSION_KEY] = [str(world.assessment.public_id)]
        session.save()
    elif role != "stranger":
        client.force_login(User.objects.get(username=role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def parameters(route: str, world: World) -> dict[str, Any]:
    """What stands in an address, so that it leads to something that exists."""
    found: dict[str, Any] = {
        "public_id": LED_TO.get(route.split("/")[0], lambda world: world.assessment)(world).public_id,
        "key": "Q2",
        "name": world.report.file_name,
        "token": world.token,
        "app_label": "catalog",
        "url": "no-such-page",
        "content_type_id": 1,
        "slug": "qwen3-8-27b",
        "version": "current",
        "number": 1,
        "table": "models",
        "figure": "plan-1.cost_total",
    }
    row = world.rows.get(".".join(route.split("/")[1:3]))
    past = getattr(row, "history", None)
    return found | dict.fromkeys(("object_id", "id", "1"), row.pk if row else 1) | {"2": past.first().pk if past else 0}


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _person(role: str) -> User:
    if role == "admin":
        return User.objects.create_superuser(role, password=PASSWORD)
    user = User.objects.create_user(role, password=PASSWORD, is_staff=role in ("staff", "editor", "publisher"))
    if role != "staff":
        group = role if user.is_staff else "consultant"
        user.groups.add(group_rights.group(group))
    return user


def _result(assessment: Assessment, version: Any) -> Result:
    document = json.dumps(make_recommendation().to_document(), sort_keys=True)
    return Result.objects.create(
        assessment=assessment,
        answers=assessment.answers,
        catalog_version=version,
        engine_version=ENGINE_VERSION,
        as_of=date(2026, 11, 21),
        document=document,
        content_hash=hashlib.sha256(document.encode()).hexdigest(),
    )


def _report(result: Result) -> Report:
    now = timezone.now()
    content = b"%PDF-1.7 made for a test"
    return Report.objects.create(
        result=result,
        number=new_number(now),
        language="en",
        paper="a4",
        requested_at=now,
        rung_at=now,
        finished_at=now,
        state=State.READY,
        file=default_storage.save("reports/made-for-a-test.pdf", ContentFile(content)),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
