import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator, ValidationError

from advisor.assessments.data_file import data
from advisor.assessments.management.commands.result_schema import schema_text
from advisor.assessments.models import Assessment, Result
from advisor.assessments.services import compute_result
from advisor.catalog.models import CatalogVersion
from advisor.catalog.services import canonical_json
from advisor.engine.recommend import ENGINE_VERSION
from tests.browsing import sample
from tests.questionnaire import begin, published_version
from tests.samples import AS_OF, NAMES, document

pytestmark = pytest.mark.django_db
SCHEMA = Draft202012Validator(json.loads(schema_text()))


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


def exported(name: str) -> dict[str, Any]:
    """The data file of a sample business, as it would be stored today."""
    text = canonical_json(document(name))
    result = Result(
        answers=sample(name),
        catalog_version=CatalogVersion(number=1, content_hash="0" * 64),
        engine_version=ENGINE_VERSION,
        document=text,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
    )
    made: dict[str, Any] = json.loads(canonical_json(data(result)))
    return made


def test_the_published_schema_is_up_to_date() -> None:
    published = Path(settings.BASE_DIR) / "docs" / "result.schema.json"

    assert published.read_text(encoding="utf-8") == schema_text(), "run manage.py result_schema"


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_business_keeps_to_the_published_schema(name: str) -> None:
    made = exported(name)

    SCHEMA.validate(made)
    recommendation = canonical_json(made["recommendation"]).encode()
    assert made["content_hash"] == hashlib.sha256(recommendation).hexdigest()


def without_a_figure(made: dict[str, Any]) -> None:
    del made["recommendation"]["plans"][0]["cost_total"]["low"]


def with_a_field_nobody_knows(made: dict[str, Any]) -> None:
    made["recommendation"]["traces"][0]["note"] = ""


def with_a_figure_as_text(made: dict[str, Any]) -> None:
    made["recommendation"]["keep"]["total"] = "12"


@pytest.mark.parametrize("change", [without_a_figure, with_a_field_nobody_knows, with_a_figure_as_text])
def test_the_schema_refuses_what_is_no_result(change: Callable[[dict[str, Any]], None]) -> None:
    made = exported("web_shop")
    change(made)

    with pytest.raises(ValidationError):
        SCHEMA.validate(made)
