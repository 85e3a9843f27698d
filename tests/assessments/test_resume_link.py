"""Saving for later and coming back by a private link."""

import io
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advisor.assessments.models import Assessment
from advisor.assessments.resume_links import LIFETIME, WithoutTokens
from advisor.assessments.services import issue_resume_link
from tests.questionnaire import begin, page_of, set_answers, somebody_elses, without_tokens

pytestmark = pytest.mark.django_db


def resume(token: str) -> str:
    return reverse("assessments:resume", args=[token])


def test_saving_shows_a_link_that_opens_the_answers_in_another_browser(client: Client) -> None:
    assessment = set_answers(begin(client), "Q1", "Q2")
    saved = client.post(reverse("assessments:save", args=[assessment.public_id]))
    found = re.search(r'value="http://testserver(/resume/[^"]+)"', saved.content.decode())
    assert found is not None
    other = Client()

    response = other.get(found[1])

    assert page_of(response["Location"]) == "Q3"
    assert other.get(response["Location"]).status_code == 200


def test_the_address_is_clean_after_coming_back(client: Client) -> None:
    link = issue_resume_link(assessment=somebody_elses())

    assert link.token not in client.get(resume(link.token))["Location"]


def test_a_finished_questionnaire_comes_back_at_the_check(client: Client) -> None:
    assessment = set_answers(somebody_elses())
    link = issue_resume_link(assessment=assessment)

    assert client.get(resume(link.token))["Location"] == reverse("assessments:check", args=[assessment.public_id])


def test_only_a_hash_of_the_token_is_stored() -> None:
    assessment = somebody_elses()

    link = issue_resume_link(assessment=assessment)

    assert len(link.token) >= 43  # 256 bits
    stored = Assessment.objects.values().get()
    assert link.token not in str(stored)


@pytest.mark.parametrize(
    "alter", [str.swapcase, lambda token: token[:-1], lambda token: token + "A", lambda _: "x" * 43]
)
def test_an_altered_link_is_not_found_and_says_nothing(client: Client, alter: Callable[[str], str]) -> None:
    link = issue_resume_link(assessment=somebody_elses())

    response = client.get(resume(alter(link.token)))
    never_was = client.get(resume("never-was"))

    assert response.status_code == 404
    told, nothing = without_tokens(response.content), without_tokens(never_was.content)
    assert told.replace(alter(link.token), "never-was") == nothing


def test_an_expired_link_is_not_found(client: Client, freeze_time: Callable[[datetime], None]) -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    freeze_time(now)
    link = issue_resume_link(assessment=somebody_elses())

    freeze_time(now + LIFETIME - timedelta(minutes=1))
    in_time = client.get(resume(link.token)).status_code
    freeze_time(now + LIFETIME + timedelta(minutes=1))
    too_late = Client().get(resume(link.token)).status_code

    assert (in_time, too_late) == (302, 404)


def test_a_newer_link_replaces_the_older(client: Client) -> None:
    assessment = somebody_elses()
    old, new = issue_resume_link(assessment=assessment), issue_resume_link(assessment=assessment)

    assert client.get(resume(old.token)).status_code == 404
    assert client.get(resume(new.token)).status_code == 302


def test_a_link_opens_its_own_assessment_only(client: Client) -> None:
    mine, other = somebody_elses(), somebody_elses()
    client.get(resume(issue_resume_link(assessment=mine).token))

    assert client.get(reverse("assessments:check", args=[mine.public_id])).status_code == 200
    assert client.get(reverse("assessments:check", args=[other.public_id])).status_code == 404


def test_a_stranger_cannot_make_a_link(client: Client) -> None:
    assessment = somebody_elses()

    assert client.post(reverse("assessments:save", args=[assessment.public_id])).status_code == 404
    assessment.refresh_from_db()
    assert assessment.resume_token_hash is None


def test_a_link_is_made_by_post_only(client: Client) -> None:
    assert client.get(reverse("assessments:save", args=[begin(client).public_id])).status_code == 405


def test_guessing_links_is_stopped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.assessments.views.start.LINKS_TRIED_AN_HOUR", 2)

    assert [client.get(resume("guess")).status_code for _ in range(3)] == [404, 404, 429]


def test_the_database_refuses_a_link_without_expiry() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(resume_token_hash="a" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(resume_expires_at=timezone.now())


def test_a_link_is_in_no_log(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    handlers = logging.getLogger("django").handlers
    console = next(handler for handler in handlers if isinstance(handler.formatter, WithoutTokens))
    monkeypatch.setattr(console, "stream", io.StringIO())
    link = issue_resume_link(assessment=somebody_elses())

    client.get(resume(link.token) + "no-such-page")
    monkeypatch.setattr("advisor.assessments.views.start.LINKS_TRIED_AN_HOUR", 0)
    client.get(resume(link.token))

    logged = console.stream.getvalue()
    assert "Not Found: /resume/…/no-such-page" in logged
    assert "Too Many Requests: /resume/…/" in logged
    assert link.token not in logged
