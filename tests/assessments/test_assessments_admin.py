"""Assessments and results in the admin: to look at, never to edit, and without the secret of the private link."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from advisor.accounts.models import User
from advisor.assessments.services import compute_result, issue_resume_link
from tests.questionnaire import published_version, set_answers, somebody_elses

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.mark.parametrize("model", ["assessment", "result"])
def test_the_list_and_the_page_answer_and_offer_no_saving(admin: Client, model: str) -> None:
    published_version()
    assessment = set_answers(somebody_elses())
    result = compute_result(assessment=assessment, as_of=date(2026, 11, 21))
    row = {"assessment": assessment, "result": result}[model]

    listed = admin.get(reverse(f"admin:assessments_{model}_changelist"))
    page = admin.get(reverse(f"admin:assessments_{model}_change", args=[row.pk]))

    assert listed.status_code == page.status_code == 200
    assert str(row.public_id) in listed.content.decode()
    assert b'name="_save"' not in page.content


@pytest.mark.parametrize("model", ["assessment", "result"])
def test_nothing_can_be_added_or_changed(admin: Client, model: str) -> None:
    published_version()
    assessment = set_answers(somebody_elses())
    result = compute_result(assessment=assessment, as_of=date(2026, 11, 21))
    row = {"assessment": assessment, "result": result}[model]

    assert admin.get(reverse(f"admin:assessments_{model}_add")).status_code == 403
    assert admin.post(reverse(f"admin:assessments_{model}_change", args=[row.pk]), {"answers": "{}"}).status_code == 403


def test_the_hash_of_the_private_link_is_not_shown(admin: Client) -> None:
    assessment = somebody_elses()
    issue_resume_link(assessment=assessment)
    assert assessment.resume_token_hash is not None

    page = admin.get(reverse("admin:assessments_assessment_change", args=[assessment.pk]))

    assert assessment.resume_token_hash.encode() not in page.content
