"""Deleting everything."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from advisor.accounts.models import User
from advisor.assessments.models import Assessment, Result
from advisor.assessments.services import compute_result, issue_resume_link
from tests.questionnaire import begin, published_version, set_answers, somebody_elses

pytestmark = pytest.mark.django_db


def delete(assessment: Assessment) -> str:
    return reverse("assessments:delete", args=[assessment.public_id])


def test_deleting_removes_answers_results_and_link(client: Client) -> None:
    published_version()
    assessment = set_answers(begin(client))
    compute_result(assessment=assessment, as_of=date(2026, 11, 21))
    link = issue_resume_link(assessment=assessment)

    response = client.post(delete(assessment), follow=True)

    assert b"have been deleted" in response.content
    assert not Assessment.objects.exists()
    assert not Result.objects.exists()
    assert client.get(reverse("assessments:resume", args=[link.token])).status_code == 404
    assert client.get(reverse("assessments:check", args=[assessment.public_id])).status_code == 404


def test_opening_the_page_deletes_nothing(client: Client) -> None:
    assessment = begin(client)

    assert client.get(delete(assessment)).status_code == 200
    assert Assessment.objects.exists()


def test_deleting_twice_is_not_found_the_second_time(client: Client) -> None:
    assessment = begin(client)
    client.post(delete(assessment))

    assert client.post(delete(assessment)).status_code == 404


def test_a_stranger_cannot_delete(client: Client) -> None:
    assessment = somebody_elses()

    assert client.get(delete(assessment)).status_code == 404
    assert client.post(delete(assessment)).status_code == 404
    assert Assessment.objects.exists()


def test_who_may_see_an_assessment(client: Client) -> None:
    owner, other = User.objects.create_user("owner"), User.objects.create_user("other")
    gone = User.objects.create_user("gone", is_active=False)
    root = User.objects.create_superuser("root")
    assessment = somebody_elses()
    Assessment.objects.filter(pk=assessment.pk).update(owner=owner)
    codes = {}

    for user in (owner, other, root):
        client.force_login(user)
        codes[user.username] = client.get(reverse("assessments:check", args=[assessment.public_id])).status_code
    Assessment.objects.filter(pk=assessment.pk).update(owner=gone)
    client.force_login(gone)
    codes["gone"] = client.get(reverse("assessments:check", args=[assessment.public_id])).status_code

    assert codes == {"owner": 200, "other": 404, "root": 200, "gone": 404}
