"""Results whose documents lack fields of today's: kept, not shown, and worked out again on asking."""

import pytest
from django.test import Client
from django.urls import reverse

from advisor.assessments.models import Result
from advisor.assessments.services import compute_result
from tests.browsing import sample
from tests.questionnaire import begin, published_version
from tests.samples import AS_OF

pytestmark = pytest.mark.django_db


def test_a_result_of_an_earlier_engine_is_worked_out_again_from_its_answers(client: Client) -> None:
    published_version()
    assessment = begin(client)
    assessment.answers = sample("low_use")
    assessment.save()
    result = compute_result(assessment=assessment, as_of=AS_OF)
    Result.objects.filter(pk=result.pk).update(engine_version="0.1.0")

    page = client.get(reverse("assessments:result", args=[assessment.public_id]), follow=True)

    assert page.redirect_chain == [(reverse("assessments:check", args=[assessment.public_id]), 302)]
    assert "The way we calculate has changed since your result." in page.content.decode()
    assert client.get(reverse("reports:spreadsheet", args=[assessment.public_id])).status_code == 404
    assert compute_result(assessment=assessment, as_of=AS_OF) != result
