"""Everything that changes an assessment. A view calls one of these; none of them sees a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from advisor.accounts.models import User
from advisor.assessments.advice import sample_businesses
from advisor.assessments.answers import check_unfinished, parse, to_engine
from advisor.assessments.document import QUESTION_SET, Length
from advisor.assessments.drafts import Draft, draft_of
from advisor.assessments.forms.start import Choices
from advisor.assessments.models import Assessment, Result
from advisor.assessments.resume_links import LIFETIME, new_token, token_hash
from advisor.catalog.services import canonical_json, content_hash, current_version, engine_catalog
from advisor.engine.answers import WhatIf
from advisor.engine.recommend import ENGINE_VERSION, recommend


class AnswersMoved(Exception):
    """The stored answers changed in the meantime: another tab or another person was at work."""


class DraftMoved(Exception):
    """Another window keeps a draft of the same page."""


class NoCatalog(Exception):
    """No catalog version has been published yet, so there are no facts to reckon with."""


@dataclass(frozen=True)
class ResumeLink:
    token: str
    expires_at: datetime


def start_assessment(*, choices: Choices, language: str, owner: User | None) -> Assessment:
    """Begin a questionnaire: empty, or with the answers of a sample business."""
    filled = json.loads(dict(sample_businesses())[choices.sample]) if choices.sample else {}
    answers: dict[str, Any] = filled | {
        "question_set": QUESTION_SET,
        "language": language,
        "length": choices.length.value,
        "answering_for": choices.answering_for.value,
        "client_label": choices.client_label,
    }
    check_unfinished(answers)
    return Assessment.objects.create(answers=answers, owner=owner)


@transaction.atomic
def save_answers(
    *, assessment: Assessment, revision: int, changes: Mapping[str, Any], page: str | None = None
) -> Assessment:
    """Store part of the answers. ``revision`` is the one the changes were worked out from.

    The draft of the page they come from is done with.

    Raises:
        AnswersMoved: the stored answers have changed since that revision; nothing was stored.
        AnswersError: the answers would not be valid; nothing was stored.
    """
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.revision != revision:
        raise AnswersMoved
    answers = {**locked.answers, **changes}
    if answers != locked.answers:
        check_unfinished(answers)
        locked.answers = answers
        locked.revision += 1
        locked.drafts.pop(page, None)
        locked.save(update_fields=["answers", "revision", "drafts", "updated_at"])
    elif page in locked.drafts:
        del locked.drafts[page]
        locked.save(update_fields=["drafts"])
    return locked


@transaction.atomic
def keep_draft(*, assessment: Assessment, page: str, draft: Draft, before: str) -> Draft:
    """Keep what stands on a page that was not sent. ``before`` is the fingerprint of the draft it goes on from.

    Raises:
        DraftMoved: another window keeps a draft of this page; that one stays.
    """
    locked = Assessment.objects.select_for_update().only("drafts").get(pk=assessment.pk)
    kept = draft_of(locked.drafts, page)
    if kept is not None and kept.shown == draft.shown and kept.fingerprint not in {before, draft.fingerprint}:
        raise DraftMoved
    locked.drafts[page] = asdict(draft)
    locked.save(update_fields=["drafts"])
    return draft


def write_notes(*, assessment: Assessment, notes: str) -> None:
    """Keep an advisor's notes about the client."""
    assessment.notes = notes
    assessment.save(update_fields=["notes", "updated_at"])


def ask_everything(*, assessment: Assessment) -> Assessment:
    """Turn a quick look into a full questionnaire."""
    return save_answers(assessment=assessment, revision=assessment.revision, changes={"length": Length.FULL.value})


def compute_result(*, assessment: Assessment, as_of: date) -> Result:
    """Work out the recommendation for the answers as they stand and store it.

    Asking again on the same day, with the same answers and catalog, gives back the same result.

    Raises:
        AnswersError: the answers are not complete or not valid.
        NoCatalog: no catalog version has been published.
    """
    version = current_version()
    if version is None:
        raise NoCatalog
    catalog = engine_catalog(version)
    answers = parse(assessment.answers)
    document = canonical_json(recommend(to_engine(answers, catalog), catalog, as_of=as_of).to_document())
    fingerprint = content_hash(document)
    latest = assessment.results.latest_readable()
    if latest is not None and latest.content_hash == fingerprint and latest.answers == assessment.answers:
        return latest
    return Result.objects.create(
        assessment=assessment,
        answers=assessment.answers,
        catalog_version=version,
        engine_version=ENGINE_VERSION,
        as_of=as_of,
        document=document,
        content_hash=fingerprint,
    )


def try_changes(*, result: Result, what_if: WhatIf) -> dict[str, Any]:
    """The recommendation document with some inputs changed, on the result's own answers, facts and day. Not stored."""
    catalog = engine_catalog(result.catalog_version)
    answers = to_engine(parse(result.answers), catalog)
    return recommend(answers, catalog, as_of=result.as_of, what_if=what_if).to_document()


def revoke_resume_link(*, assessment: Assessment) -> None:
    """The private link stops working at once."""
    assessment.resume_token_hash = None
    assessment.resume_expires_at = None
    assessment.save(update_fields=["resume_token_hash", "resume_expires_at", "updated_at"])


def issue_resume_link(*, assessment: Assessment) -> ResumeLink:
    """Make a private link to come back by. An earlier link stops working."""
    link = ResumeLink(token=new_token(), expires_at=timezone.now() + LIFETIME)
    assessment.resume_token_hash = token_hash(link.token)
    assessment.resume_expires_at = link.expires_at
    assessment.save(update_fields=["resume_token_hash", "resume_expires_at", "updated_at"])
    return link


def open_resume_link(*, token: str) -> Assessment | None:
    """The assessment behind a private link; None when the link is unknown, altered or expired."""
    return Assessment.objects.resumable().filter(resume_token_hash=token_hash(token)).first()


@transaction.atomic
def delete_assessment(*, assessment: Assessment) -> None:
    """Delete the answers, the results and all that hangs on them. Nothing is kept."""
    for path in settings.BEFORE_ASSESSMENT_DELETED:  # higher packages clear away what rows alone would leave behind
        import_string(path)(assessment.pk)
    assessment.delete()
