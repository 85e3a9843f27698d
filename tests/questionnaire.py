"""A business that answers everything: what it sends on each page, and walking through the questionnaire."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.urls import reverse

from advisor.assessments.document import AnsweringFor, Length
from advisor.assessments.forms.start import Choices
from advisor.assessments.models import Assessment
from advisor.assessments.services import start_assessment
from advisor.catalog.models import CatalogVersion
from advisor.catalog.services import canonical_json, content_hash, shipped_document

Sent = dict[str, str | list[str]]

# Page -> what a law office with three jobs sends, and what it becomes in the answers document.
PAGES: dict[str, tuple[Sent, dict[str, Any]]] = {
    "Q1": (
        {"country": "DE", "currency": "", "customers": ["GB"], "more_customers": ["CH"]},
        {"country": "DE", "currency": "EUR", "customer_countries": ["GB", "CH"]},
    ),
    "Q2": ({"answer": "legal"}, {"sector": "legal"}),
    "Q3": ({"staff_count": "12", "ai_users": "8"}, {"staff_count": 12, "ai_users": 8}),
    "Q4": (
        {"jobs": ["write_reply", "find_in_documents", "translate"]},
        {"jobs": [{"job": "write_reply"}, {"job": "find_in_documents"}, {"job": "translate"}]},
    ),
    "Q4-main": (
        {"answer": "find_in_documents"},
        {"jobs": [{"job": "find_in_documents"}, {"job": "write_reply"}, {"job": "translate"}]},
    ),
    "Q5": (
        {"find_in_documents": "1,250", "write_reply": "80.5", "translate_instead": "not_sure"},
        {
            "jobs": [
                {"job": "find_in_documents", "units_per_week": 1250.0},
                {"job": "write_reply", "units_per_week": 80.5},
                {"job": "translate", "units_per_week": None},
            ]
        },
    ),
    "Q6": (
        {"find_in_documents": "12", "write_reply_instead": "not_sure", "translate": "45"},
        {
            "jobs": [
                {"job": "find_in_documents", "units_per_week": 1250.0, "minutes_each": 12.0},
                {"job": "write_reply", "units_per_week": 80.5, "minutes_each": None},
                {"job": "translate", "units_per_week": None, "minutes_each": 45.0},
            ]
        },
    ),
    "Q7": (
        {
            "lines": "2",
            "line0-language": "de",
            "line0-use": "mostly",
            "line1-language": "en",
            "line1-use": "sometimes",
        },
        {"languages": [{"language": "de", "use": "mostly"}, {"language": "en", "use": "sometimes"}]},
    ),
    "Q8": ({"answer": "harm"}, {"error_harm": "harm"}),
    "Q9": ({"answers": ["staff", "published"]}, {"audience": ["staff", "published"]}),
    "Q10": ({"answers": ["hiring"]}, {"people_decisions": ["hiring"]}),
    "Q10-stop": ({}, {}),
    "Q11": ({"answers": ["internal", "secrets"]}, {"information": ["internal", "secrets"]}),
    "Q12": ({"answer": "own_equipment"}, {"processing_location": "own_equipment"}),
    "Q13": (
        {"count": "1000_to_10000", "shapes": ["typed", "scans"]},
        {"document_count": "1000_to_10000", "document_shapes": ["typed", "scans"]},
    ),
    "Q14": ({"answers": ["office", "own_software"]}, {"programs": ["office", "own_software"]}),
    "Q15": (
        {
            "answer": "pays",
            "lines": "1",
            "line0-product": "ChatGPT Business",
            "line0-people": "5",
            "line0-price_month": "1,125.50",
            "line0-contract_end": "2027-03-31",
            "line0-would_stop": "partly",
        },
        {
            "current_tools": [
                {
                    "product": "ChatGPT Business",
                    "people": 5,
                    "price_month": 1125.5,
                    "contract_end": "2027-03-31",
                    "would_stop": "partly",
                }
            ]
        },
    ),
    "Q16": (
        {"answer": "graphics_card", "countries": ["US", "EU"]},
        {"computers": "graphics_card", "hardware_countries": ["US", "EU"]},
    ),
    "Q16-computers": (
        {"lines": "1", "line0-device": "", "line0-memory_gb": "24", "line0-count": "2"},
        {"own_computers": [{"device": None, "memory_gb": 24.0, "count": 2}]},
    ),
    "Q17": ({"answer": "colleague", "hourly_cost": "60"}, {"it_support": "colleague", "hourly_cost": 60.0}),
    "Q18": ({"answer": "reliable"}, {"connectivity": "reliable"}),
    "Q19": ({"amount": "3 000"}, {"budget_once": 3000.0}),
    "Q20": ({"amount_instead": "as_now"}, {"budget_month": None, "budget_month_as_now": True}),
    "Q21": ({"answer": "three_months"}, {"timing": "three_months"}),
    "Q22": ({"answer": "monthly"}, {"payment_preference": "monthly"}),
    "Q23": ({"order": ["privacy", "quality"]}, {"priorities": ["privacy", "quality"]}),
    "Q24": (
        {"answer": "rules", "flags": ["standard_licenses_only"], "avoid_countries": ["CN"]},
        {
            "rules": {
                "avoid_countries": ["CN"],
                "only_countries": [],
                "avoid_suppliers": [],
                "only_suppliers": [],
                "standard_licenses_only": True,
                "disclosed_data_only": False,
            }
        },
    ),
    "Q25": ({"answers": ["look_up", "tone"]}, {"special_knowledge": ["look_up", "tone"]}),
    "Q26": ({"answer": "some"}, {"readiness": "some"}),
}
QUICK_PAGES = [
    *("Q1", "Q2", "Q3", "Q4", "Q4-main", "Q5", "Q9", "Q10", "Q10-stop", "Q11", "Q12", "Q15", "Q20", "Q24"),
]
# Fits every page where that is an answer: each takes what it knows.
NEVER_SURE = dict.fromkeys(
    [
        *("answer", "answers", "unsure", "count", "shapes", "amount_instead", "translate_instead"),
        *("write_reply_instead", "staff_count_instead", "ai_users_instead"),
    ],
    "not_sure",
)
QUESTION_ADDRESS = re.compile(r"/question/(?P<key>[^/?]+)/")


def begin(client: Client, length: str = "full") -> Assessment:
    """Start on the start page; the client's session may then see the assessment."""
    client.post(reverse("assessments:start"), {"length": length, "answering_for": "business"})
    return Assessment.objects.latest("pk")


def somebody_elses(length: Length = Length.FULL) -> Assessment:
    """An assessment no client may see."""
    return start_assessment(choices=Choices(length, AnsweringFor.BUSINESS, None), language="en", owner=None)


def set_answers(assessment: Assessment, *pages: str) -> Assessment:
    """Store the answers of these pages, or of all, without going through the pages."""
    for page in pages or PAGES:
        assessment.answers = assessment.answers | PAGES[page][1]  # the dict may be one that tests share
    assessment.save()
    return assessment


def address(assessment: Assessment, key: str) -> str:
    return reverse("assessments:question", args=[assessment.public_id, key])


def page_of(location: str) -> str | None:
    """The question page an address leads to; None for any other address."""
    found = QUESTION_ADDRESS.search(location)
    return found["key"] if found else None


def answer(client: Client, assessment: Assessment, key: str, sent: Mapping[str, Any], **headers: str) -> Any:
    """Send one page as the browser does."""
    return client.post(address(assessment, key), sent, headers=headers or None)


def published_version() -> CatalogVersion:
    """The shipped catalog, published without its drafts."""
    text = canonical_json(shipped_document())
    return CatalogVersion.objects.create(number=1, content_hash=content_hash(text), document=text)


def without_tokens(content: bytes) -> str:
    """A page without what differs on every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", content.decode()).strip()
