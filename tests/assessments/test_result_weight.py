"""What a first visit to a result page loads, as it is sent: everything together at most 100 kB."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from advisor.assessments.models import Assessment
from advisor.assessments.services import compute_result
from tests.assessments.shown_results import address, granted
from tests.browsing import sample
from tests.questionnaire import published_version
from tests.samples import AS_OF

MOST = 100_000
LOADED = re.compile(r'(?:<link[^>]+href|<script[^>]+src)="/static/([^"?]+)"')


def sent(path: str) -> int:
    """Bytes of a static file; fonts are compressed already."""
    found = finders.find(path)
    assert isinstance(found, str), path
    content = Path(found).read_bytes()
    return len(content) if path.endswith(".woff2") else len(gzip.compress(content))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["web_shop", "law_office"])
def test_a_first_visit_loads_less_than_100_kb(client: Client, name: str) -> None:
    published_version()
    result = compute_result(assessment=Assessment.objects.create(answers=sample(name)), as_of=AS_OF)
    response = granted(result).get(address(result), headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    files = set(LOADED.findall(gzip.decompress(response.content).decode()))
    assert {"css/site.css", "js/site.js", "fonts/advisor-sans.woff2"} <= files
    weights = {path: sent(path) for path in files}
    assert len(response.content) + sum(weights.values()) <= MOST, (len(response.content), weights)
