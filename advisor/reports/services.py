"""What a visitor can change: ask for a report, cancel one. Deleting goes with the assessment (files.py)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from advisor.accounts.models import User
from advisor.assessments.models import Result
from advisor.reports.branding import Logo
from advisor.reports.brands import StoredBrand
from advisor.reports.models import ACTIVE, RENDER_TASK, UNFINISHED, Report, State
from advisor.reports.options import PLAIN, Options
from advisor.reports.production import ended
from advisor.reports.rendering import Paper
from advisor.web.bell import ring_after_commit

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)  # every word of a report exists in them
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that are mistaken for each other on paper or on the phone
NUMBER_LETTERS = 6


class NotOffered(ValueError):
    """A language or paper size in which no report is made."""


@transaction.atomic
def request_report(
    *, result: Result, language: str, paper: str, options: Options = PLAIN, brand: StoredBrand | None = None
) -> Report:
    """Queue a report. Asked for again while one is on its way or ready, it is that one; a change is another report.

    ``brand`` is the row behind the brand in ``options``.

    Raises:
        NotOffered: no report is made in this language or on this paper.
    """
    check_offered(language, paper)
    rows, made = queue_reports(results=[result], language=language, paper=paper, options=options, brand=brand)
    report = rows[0]
    if made:
        ring_after_commit(RENDER_TASK, report.id)
        return report
    return hurried(report)


def queue_reports(
    *,
    results: Sequence[Result],
    language: str,
    paper: str,
    options: Options = PLAIN,
    brand: StoredBrand | None = None,
    bulk: bool = False,
) -> tuple[list[Report], list[int]]:
    """The rows that are alive for this choice, one for each result in their order, and the ids of those made just now.

    Nobody has been told of them yet.
    """
    wanted = Report.objects.filter(
        result__in=results, language=language, paper=paper, options_digest=options.digest, state__in=ACTIVE
    )
    rows, numbers = {row.result_id: row for row in wanted}, set()
    while missing := [result for result in results if result.pk not in rows]:  # again only where a number was taken
        now = timezone.now()
        made = [
            Report(
                result=result,
                language=language,
                paper=paper,
                draft=options.draft,
                comments=options.comments,
                author=options.author,
                brand=brand,
                options_digest=options.digest,
                bulk=bulk,
                number=new_number(now),
                requested_at=now,
                rung_at=now,
            )
            for result in missing
        ]
        Report.objects.bulk_create(made, ignore_conflicts=True)  # the other click of a double click may be faster
        numbers |= {row.number for row in made}
        rows = {row.result_id: row for row in wanted.all()}
    found = [rows[result.pk] for result in results]
    return found, [row.id for row in found if row.number in numbers]


def check_offered(language: str, paper: str) -> None:
    if language not in LANGUAGES or paper not in list(Paper):
        raise NotOffered(f"{language} on {paper}")


def hurried(report: Report) -> Report:
    """A report of a batch for which somebody waits by now: it is served like one asked for alone."""
    if Report.objects.filter(id=report.id, bulk=True, state=State.QUEUED).update(bulk=False):
        report.bulk = False
        ring_after_commit(RENDER_TASK, report.id)
    return report


def cancel_report(*, report: Report) -> bool:
    """Nobody wants it any more; False when it had already ended. A worker in the middle of it finds its claim gone."""
    unfinished = Report.objects.filter(id=report.id, state__in=UNFINISHED)
    return bool(unfinished.update(**ended(State.CANCELED)))


def new_number(now: datetime) -> str:
    """A number to quote: its date, then letters that do not tell how many reports there are."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(NUMBER_LETTERS))
    return f"R-{now:%y%m%d}-{letters}"


@transaction.atomic
def store_brand(
    *, owner: User, name: str, contact: str, color: str, logo: Logo | None, without_logo: bool
) -> StoredBrand:
    """The brand an account signs with from now on. Without a new logo it keeps the one it has; reports keep theirs."""
    before = StoredBrand.objects.of(owner)
    if logo is None and before is not None and not without_logo:
        logo = before.brand.logo
    made = StoredBrand.objects.create(
        owner=owner,
        name=name,
        contact=contact,
        color=color,
        logo=logo.content if logo and not without_logo else b"",
        logo_kind=logo.kind if logo and not without_logo else "",
        created_at=timezone.now(),
    )
    StoredBrand.objects.filter(owner=owner, reports=None).exclude(id=made.id).delete()
    return made
