"""Results of one assessment side by side."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from advisor.assessments.models import Assessment, Result
from advisor.assessments.services import compute_result
from tests.assessments.shown_results import begun, next_result
from tests.browsing import sample
from tests.questionnaire import begin
from tests.samples import AS_OF

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(client: Client) -> Assessment:
    return begun(client)


def page(client: Client, assessment: Assessment, *results: Result, status: int = 200) -> str:
    sent = {"result": [str(each.public_id) for each in results]}
    response = client.get(reverse("assessments:compare", args=[assessment.public_id]), sent)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def columns(text: str) -> int:
    return text.split("<thead")[1].split("</thead>")[0].count('<th scope="col"') - 1


def test_answers_that_differ_and_what_they_led_to_stand_side_by_side(client: Client, assessment: Assessment) -> None:
    next_result(assessment)
    next_result(assessment, ai_users=3)

    text = page(client, assessment)

    assert columns(text) == 2
    differing = text.split("Answers that differ")[1].split("What they led to")[0]
    assert re.findall(r'<th scope="row" role="rowheader">([^<]+)</th>', differing) == [
        "How many people work there and would use AI"
    ]
    assert "Would use AI: 3" in differing


def test_results_of_one_minute_are_numbered(client: Client, assessment: Assessment) -> None:
    made = datetime(2026, 11, 22, 17, 32, tzinfo=UTC)
    for number, second in enumerate((5, 40, 70)):
        result = next_result(assessment, ai_users=number + 1)
        Result.objects.filter(pk=result.pk).update(created_at=made + timedelta(seconds=second))

    heads = page(client, assessment).split("<thead")[1].split("</thead>")[0]

    named = re.findall(r'role="columnheader">(Nov[^<]+)</th>', heads)
    assert sorted(title.rpartition(" ")[2] if "result" in title else "" for title in named) == ["", "1", "2"]


def test_each_column_shows_its_own_results_figures(client: Client, assessment: Assessment) -> None:
    first = next_result(assessment)
    tools = [assessment.answers["current_tools"][0] | {"price_month": 40_000.0, "would_stop": "yes"}]
    second = next_result(assessment, current_tools=tools, budget_once=None, budget_month=None)

    text = page(client, assessment, first, second)

    assert first.recommendation["verdict"] != second.recommendation["verdict"]
    row = text.split("What you pay now, in all")[1].split("</tr>")[0]
    amounts = [float(amount.replace(",", "")) for amount in re.findall(r"[€£]([\d,.]+)", row)]
    assert amounts == [second.recommendation["keep"]["total"], first.recommendation["keep"]["total"]]


def test_only_the_chosen_ones_are_shown(client: Client, assessment: Assessment) -> None:
    results = [next_result(assessment, ai_users=users) for users in (1, 2, 3)]

    assert columns(page(client, assessment, results[0], results[2])) == 2


def test_without_a_choice_the_latest_four_are_shown(client: Client, assessment: Assessment) -> None:
    for users in (1, 2, 3, 4, 5):
        next_result(assessment, ai_users=users)

    text = page(client, assessment)

    assert columns(text) == 4
    assert "Would use AI: 1<" not in text


def test_five_are_too_many_and_the_page_says_so(client: Client, assessment: Assessment) -> None:
    results = [next_result(assessment, ai_users=users) for users in (1, 2, 3, 4, 5)]

    assert "Choose 4 at most." in page(client, assessment, *results, status=422)


def test_a_result_of_somebody_else_is_refused_and_not_shown(client: Client, assessment: Assessment) -> None:
    next_result(assessment)
    other = begin(Client())
    other.answers = sample("factory")
    other.save()
    foreign = compute_result(assessment=other, as_of=AS_OF)

    text = page(client, assessment, foreign, status=422)

    assert columns(text) == 1
    assert "Tick answers on this page only." in text


def test_with_one_result_it_says_how_to_get_another(client: Client, assessment: Assessment) -> None:
    next_result(assessment)

    text = page(client, assessment)

    assert "There is one result so far." in text
    assert reverse("assessments:check", args=[assessment.public_id]) in text


def test_results_that_differ_only_in_their_facts_say_so(client: Client, assessment: Assessment) -> None:
    first = next_result(assessment)
    Result.objects.create(
        assessment=assessment,
        answers=first.answers,
        catalog_version=first.catalog_version,
        engine_version=first.engine_version,
        as_of=first.as_of,
        document=first.document,
        content_hash=first.content_hash,
    )

    assert "None: only the day or the facts differ." in page(client, assessment)


def test_without_a_result_the_answers_come_first(client: Client, assessment: Assessment) -> None:
    response = client.get(reverse("assessments:compare", args=[assessment.public_id]))

    assert response["Location"] == reverse("assessments:check", args=[assessment.public_id])


def test_a_stranger_finds_nothing(assessment: Assessment) -> None:
    next_result(assessment)

    assert Client().get(reverse("assessments:compare", args=[assessment.public_id])).status_code == 404
