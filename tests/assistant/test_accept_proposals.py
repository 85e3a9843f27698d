"""Taking over proposed answers: only what was ticked, only what could have been typed, never over a newer answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from advisor.assessments.models import Assessment
from advisor.assessments.services import save_answers
from tests.assistant.conftest import REPLY, TEXT, accept_address
from tests.openai_server import Behavior
from tests.questionnaire import page_of, set_answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]
ALL = ("country", "sector", "staff_count", "ai_users", "jobs", "units_per_week", "current_tools")


def send(client: Client, assessment: Assessment, *ticked: str, reply: Any = REPLY, **more: Any) -> Any:
    """Press the button below the proposals."""
    sent = {"accept": list(ticked), "reply": json.dumps(reply), "text": TEXT, "revision": assessment.revision}
    return client.post(accept_address(assessment), sent | more)


def new_answers(assessment: Assessment, before: dict[str, Any]) -> dict[str, Any]:
    assessment.refresh_from_db()
    return {key: value for key, value in assessment.answers.items() if before.get(key) != value}


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_everything_that_was_ticked_is_stored_as_if_typed(client: Client, assessment: Assessment) -> None:
    before = dict(assessment.answers)

    response = send(client, assessment, *ALL)

    assert new_answers(assessment, before) == {
        "country": "FR",
        "currency": "EUR",
        "customer_countries": [],
        "sector": "retail",
        "staff_count": 12,
        "ai_users": 4,
        "jobs": [{"job": "translate", "units_per_week": 5.0}, {"job": "write_reply", "units_per_week": 80.0}],
        "current_tools": [
            {
                "product": "Translation service",
                "people": None,
                "price_month": 120.0,
                "contract_end": None,
                "would_stop": "yes",
            }
        ],
    }
    assert told(response) == ["7 answers were taken over."]
    assert page_of(response["Location"]) == "Q6"  # the first question that still waits


def test_what_was_not_ticked_is_not_stored(client: Client, assessment: Assessment) -> None:
    before = dict(assessment.answers)

    send(client, assessment, "sector")

    assert new_answers(assessment, before) == {"sector": "retail"}


def test_nothing_ticked_leads_on_to_the_questions(client: Client, assessment: Assessment) -> None:
    response = send(client, assessment)

    assert page_of(response["Location"]) == "Q1"
    assert told(response) == ["Nothing was taken over. Here are the questions themselves."]


def test_a_figure_whose_job_was_not_ticked_is_left_out_and_told(client: Client, assessment: Assessment) -> None:
    before = dict(assessment.answers)

    response = send(client, assessment, "sector", "units_per_week")

    assert new_answers(assessment, before) == {"sector": "retail"}
    assert told(response) == [
        "1 answer was taken over.",
        "About how many in a normal week? This does not go with the other answers.",
    ]


def test_ticking_replaces_an_earlier_answer_and_leaves_its_neighbors(client: Client, assessment: Assessment) -> None:
    set_answers(assessment, "Q1", "Q4", "Q5", "Q16", "Q17")
    before = dict(assessment.answers)
    reply = REPLY | {
        "computers": {"value": "office_pcs", "passage": "the computers"},
        "it_support": {"value": "outside_firm", "passage": "Our accountant looks after the computers"},
    }

    send(client, assessment, "country", "jobs", "computers", "it_support", reply=reply)

    assert new_answers(assessment, before) == {
        "country": "FR",
        "jobs": [{"job": "translate", "units_per_week": None}, {"job": "write_reply", "units_per_week": 80.5}],
        "computers": "office_pcs",
        "it_support": "outside_firm",
    }
    assert assessment.answers["customer_countries"] == ["GB", "CH"]
    assert assessment.answers["hourly_cost"] == 60.0


def test_an_answer_given_meanwhile_in_another_window_is_not_overwritten(client: Client, assessment: Assessment) -> None:
    shown = assessment.revision
    save_answers(assessment=assessment, revision=shown, changes={"sector": "legal"})

    response = send(client, assessment, "sector", "country")

    page = response.content.decode()
    assert response.status_code == 409
    assert "Your answers have changed in another window." in page
    assert "You answered: Law office" in page
    assert 'value="sector"\n                 id="accept-sector"' in page
    assert page.count("checked") == 2
    assessment.refresh_from_db()
    assert assessment.answers["sector"] == "legal"
    assert "country" not in assessment.answers


def test_an_answer_that_arrives_between_reading_and_writing_is_not_overwritten(
    client: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(**given: Any) -> Any:
        monkeypatch.undo()
        current = Assessment.objects.get(pk=assessment.pk)
        save_answers(assessment=current, revision=current.revision, changes={"sector": "legal"})
        return save_answers(**given)

    monkeypatch.setattr("advisor.assessments.services.save_answers", overtaken)

    assert send(client, assessment, "sector").status_code == 409
    assessment.refresh_from_db()
    assert assessment.answers["sector"] == "legal"


def test_pressing_the_button_twice_stores_once_and_tells(client: Client, assessment: Assessment) -> None:
    first = {"revision": assessment.revision}
    send(client, assessment, "sector", **first)

    response = send(client, assessment, "sector", **first)

    assert response.status_code == 409
    assert response.context["found"].known == ["What does the business mainly do?"]


@pytest.mark.parametrize(
    "sent",
    [
        {"reply": "not JSON"},
        {"reply": "[]"},
        {"reply": '{"sector": {"value": "retail"'},
        {"reply": json.dumps({"sector": {"value": "<script>", "passage": "We are a bakery"}})},
        {"reply": json.dumps({"sector": "retail"})},
        {"reply": json.dumps({"owner": {"value": 1, "passage": "We are a bakery"}})},
        {"text": "Another text that says nothing of the kind."},
        {"accept": ["owner", "revision", "__class__"]},
    ],
)
def test_a_page_that_was_tampered_with_stores_nothing_that_could_not_be_typed(
    client: Client, assessment: Assessment, sent: dict[str, Any]
) -> None:
    before = dict(assessment.answers)

    response = client.post(
        accept_address(assessment),
        {"accept": ["sector"], "reply": json.dumps(REPLY), "text": TEXT, "revision": assessment.revision, **sent},
    )

    assert response.status_code == 302
    assert new_answers(assessment, before) == {}


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 50])
def test_a_page_of_no_known_moment_is_shown_again(client: Client, assessment: Assessment, revision: str) -> None:
    assert send(client, assessment, "sector", revision=revision).status_code == 409


def test_strangers_and_other_methods_get_nowhere(client: Client, assessment: Assessment) -> None:
    assert send(Client(), assessment, "sector").status_code == 404
    assert client.get(accept_address(assessment)).status_code == 405


def test_nobody_is_asked_when_proposals_are_taken_over(client: Client, assessment: Assessment, model: Behavior) -> None:
    send(client, assessment, *ALL)

    assert model.asked == []
