"""Stores a made-up recommendation as a result and opens its page, as the browser it was granted to."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from advisor.assessments.models import Assessment, Result
from advisor.assessments.policies import SESSION_KEY
from advisor.assessments.services import compute_result
from advisor.catalog.models import CatalogVersion
from advisor.engine.recommend import ENGINE_VERSION
from advisor.engine.types import Recommendation
from tests.browsing import sample
from tests.questionnaire import begin, published_version
from tests.samples import AS_OF

ANSWERS = {"question_set": "2026-11", "language": "en", "length": "full", "country": "DE", "currency": "EUR"}


def store(recommendation: Recommendation) -> Result:
    document = json.dumps(recommendation.to_document(), sort_keys=True)
    version = CatalogVersion.objects.first() or CatalogVersion.objects.create(
        number=1, content_hash="0" * 64, document='{"format": 1, "entries": {}}'
    )
    return Result.objects.create(
        assessment=Assessment.objects.create(answers=ANSWERS),
        answers=ANSWERS,
        catalog_version=version,
        engine_version=ENGINE_VERSION,
        as_of=date(2026, 11, 21),
        document=document,
        content_hash=hashlib.sha256(document.encode()).hexdigest(),
    )


def granted(result: Result) -> Client:
    client = Client()
    session = client.session
    session[SESSION_KEY] = [str(result.assessment.public_id)]
    session.save()
    return client


def address(result: Result) -> str:
    return f"/assessments/{result.assessment.public_id}/result/"


def page(recommendation: Recommendation, *, language: str = "en") -> str:
    """The result page of a recommendation as HTML."""
    result = store(recommendation)
    response = granted(result).get(address(result), headers={"accept-language": language})
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """What a reader sees, without the drawings' texts, white space collapsed."""
    text = _Text()
    text.feed(re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL))
    return re.sub(r"\s+", " ", " ".join(text.parts))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def begun(client: Client) -> Assessment:
    """A small firm's answers, whose it is in this browser."""
    published_version()
    made = begin(client)
    made.answers = sample("low_use") | {"staff_count": 20}
    made.save()
    return made


def next_result(assessment: Assessment, **changes: Any) -> Result:
    """What comes of its answers with some changed."""
    assessment.answers = assessment.answers | changes
    assessment.save()
    return compute_result(assessment=assessment, as_of=AS_OF)
