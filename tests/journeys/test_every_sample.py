"""Each invented business on its whole way: start page, questions, check, result, report, file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from advisor.reports.models import Report
from tests.browsing import sample, sent_by, told
from tests.questionnaire import NEVER_SURE, address, begin, page_of, published_version
from tests.reports.sample import produced
from tests.samples import NAMES

pytestmark = pytest.mark.django_db
LINES = {"Q7": "languages", "Q15": "current_tools"}
STOP = "Q10-stop"  # asks nothing


def answers_of(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What each page sends; one that nothing is known for says "not sure"."""
    sent = sent_by(document) | {"Q23": {"order": document["priorities"] or []}}
    sent |= {page: {} for page, key in LINES.items() if document[key] is None}
    return {page: fields if page == STOP or any(fields.values()) else NEVER_SURE for page, fields in sent.items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_business_gets_from_the_start_to_its_report(client: Client, name: str) -> None:
    published_version()
    document = sample(name)
    sent = answers_of(document)
    assessment = begin(client)
    location = address(assessment, "Q1")
    while key := page_of(location):
        assert client.get(location).status_code == 200
        answer = client.post(location, sent[key])
        assert answer.status_code == 302, (key, answer.context["form"].errors)
        location = answer["Location"]
    result = client.post(location, follow=True)
    client.post(reverse("reports:request", args=[assessment.public_id]), {"language": "en", "paper": "a4"})
    report = produced(Report.objects.get().pk)
    assert report is not None
    waiting = client.get(reverse("reports:status", args=[report.public_id])).content.decode()
    link = re.search(r'href="([^"]+/download/[^"]+)"', waiting)
    assert link is not None
    pages = PdfReader(BytesIO(b"".join(client.get(link[1])))).pages[:4]  # the first is the cover
    text = " ".join(page.extract_text() for page in pages)

    assessment.refresh_from_db()
    assert told(assessment.answers) == told(document)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", result.content.decode(), re.DOTALL)
    assert heading is not None
    assert "".join(heading[1].split())[:20] in "".join(text.split())
