import pytest
from django.test import Client
from django.urls import reverse

from advisor.assessments.services import issue_resume_link
from tests.questionnaire import begin

pytestmark = pytest.mark.django_db


def test_an_ended_link_is_not_found_and_the_answers_stay(client: Client) -> None:
    assessment = begin(client)
    link = issue_resume_link(assessment=assessment)
    ended = client.post(reverse("assessments:revoke", args=[assessment.public_id]))
    assert ended["Location"] == reverse("assessments:check", args=[assessment.public_id])
    assert Client().get(reverse("assessments:resume", args=[link.token])).status_code == 404
    assert client.get(reverse("assessments:check", args=[assessment.public_id])).status_code == 200


def test_ending_twice_changes_nothing_more(client: Client) -> None:
    assessment = begin(client)
    address = reverse("assessments:revoke", args=[assessment.public_id])
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302


def test_a_stranger_cannot_end_a_link(client: Client) -> None:
    assessment = begin(client)
    link = issue_resume_link(assessment=assessment)
    assert Client().post(reverse("assessments:revoke", args=[assessment.public_id])).status_code == 404
    assert Client().get(reverse("assessments:resume", args=[link.token])).status_code == 302


def test_reading_does_not_end_a_link(client: Client) -> None:
    assessment = begin(client)
    assert client.get(reverse("assessments:revoke", args=[assessment.public_id])).status_code == 405
