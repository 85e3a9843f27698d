"""The answers behind the made-up recommendations, and the moment their reports are asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

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
MOMENT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
