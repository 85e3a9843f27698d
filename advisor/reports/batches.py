"""Many reports asked for together: one row that lists them, made after those somebody waits for, fetched as one zip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from zipstream import ZIP_STORED, ZipStream

from advisor.accounts.models import User
from advisor.assessments.models import Result
from advisor.assessments.policies import Visitor
from advisor.reports.brands import StoredBrand
from advisor.reports.files import open_file
from advisor.reports.models import RENDER_TASK, UNFINISHED, Batch, Report, State
from advisor.reports.options import Options
from advisor.reports.production import ended
from advisor.reports.services import check_offered, queue_reports
from advisor.web.bell import ring_after_commit
from advisor.web.downloads import safe_name
from advisor.web.typography import aside, labeled

MOST_REPORTS = 500  # in one batch; assumed: more than a consultant's clients
LIST_NAME = "contents.txt"


@dataclass(frozen=True)
class Member:
    """One report of a batch, with the name its client had when the result was worked out; often empty."""

    report: Report
    client: str


@dataclass(frozen=True)
class Progress:
    """How far a batch is: those of its reports that one visitor may see, the oldest first."""

    batch: Batch
    members: tuple[Member, ...]

    def _in(self, *states: State) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.report.state in states)

    @property
    def ready(self) -> tuple[Member, ...]:
        return self._in(State.READY)

    @property
    def unfinished(self) -> tuple[Member, ...]:
        return self._in(*UNFINISHED)

    @property
    def not_made(self) -> tuple[Member, ...]:
        return self._in(State.FAILED, State.CANCELED)


def latest_results(visitor: Visitor) -> list[tuple[Result, str]]:
    """What a batch can be made of: the latest result of each assessment a visitor may see, and its client's name.

    Sorted by that name.
    """
    newest = Result.objects.visible_to(visitor).readable().order_by("assessment_id", "-created_at", "-pk")
    chosen = newest.distinct("assessment_id").values("pk")
    named = Result.objects.filter(pk__in=chosen).annotate(client=KeyTextTransform("client_label", "answers"))
    found = [(result, _client(result)) for result in named.defer("document", "answers")[:MOST_REPORTS]]
    return sorted(found, key=lambda row: row[1].casefold())


@transaction.atomic
def request_batch(*, owner: User, results: Sequence[Result], language: str, paper: str) -> Batch:
    """Queue a report of each result, with the owner's brand. Those on their way or ready are taken in as they are.

    Raises:
        NotOffered: no report is made in this language or on this paper.
    """
    check_offered(language, paper)
    batch = Batch.objects.create(owner=owner, language=language, paper=paper, requested_at=timezone.now())
    brand = StoredBrand.objects.of(owner)
    options = Options(brand=brand.brand if brand else None)
    rows, made = queue_reports(results=results, language=language, paper=paper, options=options, brand=brand, bulk=True)
    batch.reports.set(rows)
    ring_after_commit(RENDER_TASK, *made, later=True)
    return batch


def cancel_batch(*, batch: Batch) -> int:
    """Cancel those of its reports that nobody else waits for; how many. What is ready stays."""
    elsewhere = Batch.objects.exclude(id=batch.id).exclude(reports=None).values("reports")
    unwanted = batch.reports.filter(bulk=True, state__in=UNFINISHED).exclude(id__in=elsewhere)
    found = list(unwanted.values_list("id", flat=True))
    return Report.objects.filter(id__in=found, bulk=True, state__in=UNFINISHED).update(**ended(State.CANCELED))


def progress(batch: Batch, visitor: Visitor) -> Progress:
    """Its reports, each decided anew: who lost an assessment no longer sees its report here either."""
    name = KeyTextTransform("client_label", "result__answers")
    mine = Report.objects.visible_to(visitor).filter(batches=batch).annotate(client=name)
    return Progress(batch, tuple(Member(row, _client(row)) for row in mine.order_by("id")))


def _client(row: Result | Report) -> str:
    name: str | None = getattr(row, "client")  # noqa: B009  # annotated above, not a field
    return name or ""


def archive(found: Progress) -> Iterator[bytes]:
    """The finished reports as a zip that is written while it is read: one file at a time is in memory.

    PDFs are compressed already, so they are only stored. A list at the end says which are missing and why. A storage
    that goes down in the middle breaks the download off: no short archive passes for a whole one.
    """
    stream = ZipStream(compress_type=ZIP_STORED)
    lost = set()
    for member in found.ready:
        try:
            file = open_file(member.report)
        except FileNotFoundError:
            lost.add(member)
            continue
        with file:
            stream.add(file.chunks(), archived_name(member))
            yield from stream.file()
    stream.add(contents(found, lost), LIST_NAME)
    yield from stream.finalize()


def archived_name(member: Member) -> str:
    """ "Lindenhof Seeds R-261122-ABC234.pdf": a name to find a client by, and a number that is there once."""
    return safe_name(f"{member.client[:60]} {member.report.number}") + ".pdf"


def contents(found: Progress, lost: set[Member]) -> str:
    """One line for each report, in the language of the batch."""
    with translation.override(found.batch.language):
        return "".join(f"{_line(member, is_lost=member in lost)}\r\n" for member in found.members)


def _line(member: Member, *, is_lost: bool) -> str:
    report = member.report
    if is_lost:
        outcome = _("The file was lost. Ask for the report again.")
    else:
        outcome = aside(report.get_state_display(), report.get_failure_reason_display() if report.is_failed else "")
    return labeled(aside(report.number, " ".join(member.client.split())), outcome)
