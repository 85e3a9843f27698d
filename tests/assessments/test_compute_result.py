"""Results: computed from answers and one catalog version, stored once, never edited."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from advisor.assessments.answers import AnswersError
from advisor.assessments.models import Result, ResultIsFinal
from advisor.assessments.services import NoCatalog, compute_result
from advisor.catalog.services import content_hash
from tests.questionnaire import published_version, set_answers, somebody_elses

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def test_a_result_keeps_answers_version_day_and_document() -> None:
    version = published_version()
    assessment = set_answers(somebody_elses())

    result = compute_result(assessment=assessment, as_of=DAY)

    assert result.answers == assessment.answers
    assert (result.catalog_version, result.as_of) == (version, DAY)
    assert result.content_hash == content_hash(result.document)
    assert result.recommendation["catalog_hash"] == version.content_hash


def test_asking_twice_gives_the_same_result() -> None:
    published_version()
    assessment = set_answers(somebody_elses())

    assert compute_result(assessment=assessment, as_of=DAY) == compute_result(assessment=assessment, as_of=DAY)


def test_changed_answers_give_a_new_result_and_keep_the_old_one() -> None:
    published_version()
    assessment = set_answers(somebody_elses())
    first = compute_result(assessment=assessment, as_of=DAY)
    assessment.answers["staff_count"] = 30

    second = compute_result(assessment=assessment, as_of=DAY)

    assert second != first
    assert Result.objects.get(pk=first.pk).document == first.document


def test_unusable_answers_give_problems_and_no_result() -> None:
    published_version()

    with pytest.raises(AnswersError):
        compute_result(assessment=somebody_elses(), as_of=DAY)

    assert not Result.objects.exists()


def test_without_a_published_catalog_there_is_no_result() -> None:
    with pytest.raises(NoCatalog):
        compute_result(assessment=set_answers(somebody_elses()), as_of=DAY)


def test_a_stored_result_is_never_edited() -> None:
    published_version()
    result = compute_result(assessment=set_answers(somebody_elses()), as_of=DAY)

    with pytest.raises(ResultIsFinal):
        result.save()


def test_the_database_refuses_a_result_without_its_document() -> None:
    version = published_version()

    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(
            assessment=somebody_elses(),
            answers={},
            catalog_version=version,
            as_of=DAY,
            document="",
            content_hash="a" * 64,
        )
