"""The business behind the made-up recommendations: its answers, its stored result, and when its report is asked for."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

from advisor.assessments.models import Assessment, Result
from advisor.catalog.models import CatalogVersion
from advisor.engine.catalog import Catalog
from advisor.engine.recommend import ENGINE_VERSION
from advisor.reports.models import Report
from advisor.reports.production import produce
from tests.recommendations import make_recommendation

ANSWERS: dict[str, Any] = {
    "question_set": "2026-11",
    "language": "en",
    "length": "full",
    "answering_for": "client",
    "client_label": "Lindenhof Seeds",
    "country": "DE",
    "currency": "EUR",
    "customer_countries": ["AT"],
    "sector": "wholesale",
    "staff_count": 12,
    "ai_users": 8,
    "jobs": [
        {"job": "find_in_documents", "units_per_week": 90, "minutes_each": 6},
        {"job": "write_reply", "units_per_week": 120, "minutes_each": None},
    ],
    "languages": [{"language": "de", "use": "mostly"}],
    "error_harm": "checked",
    "audience": ["staff"],
    "people_decisions": ["none"],
    "information": ["internal", "personal"],
    "processing_location": "region",
    "current_tools": [
        {
            "product": "Sample Writer Team",
            "people": 12,
            "price_month": 396,
            "contract_end": "2027-02-28",
            "would_stop": "yes",
        }
    ],
    "computers": "office_pcs",
    "it_support": "nobody",
    "connectivity": "reliable",
    "budget_once": 3000,
    "timing": "three_months",
    "priorities": ["privacy", "low_cost"],
    "readiness": "some",
}
CATALOG = Catalog("0" * 64)
MOMENT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def store_result() -> Result:
    """A stored result of the usual made-up recommendation, with its assessment and catalog version."""
    document = json.dumps(make_recommendation().to_document(), sort_keys=True)
    version = CatalogVersion.objects.create(number=12, content_hash="0" * 64, document='{"format": 1, "entries": {}}')
    return Result.objects.create(
        assessment=Assessment.objects.create(answers=ANSWERS),
        answers=ANSWERS,
        catalog_version=version,
        engine_version=ENGINE_VERSION,
        as_of=date(2026, 11, 21),
        document=document,
        content_hash=hashlib.sha256(document.encode()).hexdigest(),
    )


def produced(report_id: int) -> Report | None:
    """The row once a worker has had it; None where the row was not for it."""
    return Report.objects.get(id=report_id) if produce(report_id) else None
