"""A report of a later result tells what changed since the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from advisor.assessments.models import Result
from advisor.reports.models import Report
from advisor.reports.production import render
from tests.recommendations import make_recommendation
from tests.reports.pdf import packed, words
from tests.reports.sample import ANSWERS


@pytest.fixture
def later(result: Result) -> Result:
    """The same business ten days on: one hour of setting up more or less, and no rule about suppliers any more."""
    made = make_recommendation().to_document()
    made["plans"][0]["cost_total"]["central"] += 300
    made["plans"][0]["savings"]["total"]["central"] -= 300
    document = json.dumps(made | {"as_of": "2026-12-01"}, sort_keys=True)
    return Result.objects.create(
        assessment=result.assessment,
        answers=ANSWERS | {"ai_users": 9},
        catalog_version=result.catalog_version,
        engine_version=result.engine_version,
        as_of=date(2026, 12, 1),
        document=document,
        content_hash=hashlib.sha256(document.encode()).hexdigest(),
    )


def test_the_first_report_has_nothing_to_compare_with(make_report: Callable[..., Report]) -> None:
    assert "Whatchangedsince" not in words(render(make_report()))


def test_the_second_tells_figures_and_answers(later: Result, make_report: Callable[..., Report]) -> None:
    report = make_report(result=later, requested_at=timezone.now())

    text = words(render(report))

    assert packed("What changed since November 21, 2026") in text
    assert packed("The advice has not changed: “An open option fits”.") in text
    assert packed("+€300") in text
    assert packed("Would use AI: 8") in text
    assert packed("Would use AI: 9") in text
    assert render(report) == render(report)
