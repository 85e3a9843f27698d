import json

import pytest
from django.test import Client
from django.urls import reverse

from advisor.assessments.models import Assessment
from advisor.assessments.services import compute_result
from tests.browsing import sample
from tests.questionnaire import begin, published_version
from tests.samples import AS_OF

pytestmark = pytest.mark.django_db


def address(assessment: Assessment) -> str:
    return reverse("assessments:data_file", args=[assessment.public_id])


@pytest.fixture
def assessment(client: Client) -> Assessment:
    published_version()
    made = begin(client)
    made.answers = sample("low_use")
    made.save()
    return made


def test_the_data_file_holds_answers_result_and_versions(client: Client, assessment: Assessment) -> None:
    result = compute_result(assessment=assessment, as_of=AS_OF)
    response = client.get(address(assessment))
    data = json.loads(b"".join(response.streaming_content))
    assert data["answers"] == result.answers
    assert data["recommendation"] == result.recommendation
    assert data["catalog_hash"] == result.catalog_version.content_hash
    assert response["Content-Disposition"] == 'attachment; filename="result-2026-11-21.json"'
    assert response["Cache-Control"] == "private, no-store"


def test_without_a_result_the_answers_come_first(client: Client, assessment: Assessment) -> None:
    assert client.get(address(assessment))["Location"] == reverse("assessments:check", args=[assessment.public_id])


def test_a_stranger_finds_nothing(assessment: Assessment) -> None:
    compute_result(assessment=assessment, as_of=AS_OF)
    assert Client().get(address(assessment)).status_code == 404


def test_only_reading_is_possible(client: Client, assessment: Assessment) -> None:
    assert client.post(address(assessment)).status_code == 405
