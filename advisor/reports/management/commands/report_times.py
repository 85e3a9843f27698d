"""``manage.py report_times``: how long a report takes, alone and behind a batch, and how much memory a worker needs.

Writes to its database and keeps files; ``make bench`` gives it a database and a folder of its own.
"""

from __future__ import annotations

import io
import json
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import cycle, islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from pypdf import PdfReader

from advisor.accounts.models import User
from advisor.assessments.advice import sample_businesses
from advisor.assessments.models import Assessment, Result
from advisor.assessments.services import compute_result
from advisor.catalog.services import engine_catalog, load_shipped, publish
from advisor.reports import rendering
from advisor.reports.batches import request_batch
from advisor.reports.bench.weasyprint_page import set_by_weasyprint
from advisor.reports.bench.worker import PROCESSES, peak_memory_mb, wait_until_ready, worker
from advisor.reports.content import Edition, report_data
from advisor.reports.models import Batch, Report, State
from advisor.reports.services import request_report
from advisor.web.timing import at

AS_OF = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
LANGUAGE, PAPER = "en", "a4"
# The project's own bars.
RENDER_BAR_MS, READY_BAR_MS, BEHIND_BAR_MS, RATE_BAR, MEMORY_BAR_MB = 300.0, 1000.0, 5000.0, 8.0, 300.0
QUEUED = 200
LONGEST_SECONDS = 1800.0


class Command(BaseCommand):
    help = "Times reports with a real worker and queue, beside WeasyPrint; fails where a bar is missed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=6, help="times the report of each business is set (6)")
        parser.add_argument("--reports", type=int, default=1000, help="reports until memory is looked at (1,000)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.missed = False
        load_shipped()
        publish(by=None, note="report_times")
        results = [_result(json.loads(text)) for _name, text in sample_businesses()]
        self._rendering(results, options["rounds"])
        owner = User.objects.create_user("report_times")
        many = _copies(results, QUEUED)
        with worker(_asked(results[0])) as process:
            alone = [_until_ready(result) for _round in range(options["rounds"]) for result in _afresh(results)]
            self._hold("asked for until ready, worker idle", at(alone, 0.95), READY_BAR_MS, "ms p95")
            made, seconds = len(alone), 0.0
            batch = _start_batch(owner, many)
            behind = [_until_ready(result) for result in results]
            left = batch.reports.exclude(state=State.READY).count()
            self._hold(
                f"the same behind a batch of {QUEUED}, of which {left} were left at the end",
                at(behind, 0.95), BEHIND_BAR_MS, "ms p95",
            )  # fmt: skip
            wait_until_ready(_ids(batch), LONGEST_SECONDS)
            made += QUEUED + len(behind)
            while made < options["reports"] or not seconds:
                _afresh(many)
                start = time.perf_counter()
                wait_until_ready(_ids(_start_batch(owner, many)), LONGEST_SECONDS)
                seconds += time.perf_counter() - start
                made += QUEUED
            rate = (made - len(alone) - len(behind) - QUEUED) / seconds
            self._hold(f"reports a second by {PROCESSES} processes", rate, RATE_BAR, "at least", lowest=True)
            memory = max(peak_memory_mb(process))
            self._hold(f"memory of a process at most, after {made:,} reports by both", memory, MEMORY_BAR_MB, "MB")
        if self.missed:
            raise CommandError("a bar was missed")

    def _rendering(self, results: list[Result], rounds: int) -> None:
        prepared = [_data(result) for result in results]
        times, words, pages, made = [], [], set(), []
        for data, result in islice(cycle(zip(prepared, results, strict=True)), rounds * len(results)):
            times.append(_timed(lambda: made.append(rendering.compile_pdf(data, timestamp=MOMENT))))  # noqa: B023
            pages.add(_pages(made.pop()))
            words.append(_timed(lambda: _data(result)))  # noqa: B023  # both are called at once
        about = f"{min(pages)} to {max(pages)} pages, p50 {at(times, 0.5):.0f} ms"
        self._hold(f"report set in its own process ({about})", at(times, 0.95), RENDER_BAR_MS, "ms p95")
        self.stdout.write(f"  words and figures gathered before that: p95 {at(words, 0.95):.0f} ms")
        try:
            theirs = set_by_weasyprint(prepared[0], 3)
        except (ImportError, OSError) as missing:
            self.stdout.write(f"  WeasyPrint cannot run here, so there is nothing to compare with: {missing}")
        else:
            self.stdout.write(
                f"  WeasyPrint, text and tables of the first business, not tagged, in a warm process: "
                f"p50 {at(theirs, 0.5):.0f} ms; the same business here: p50 {at(times[:: len(results)], 0.5):.0f} ms"
            )

    def _hold(self, what: str, found: float, bar: float, unit: str, *, lowest: bool = False) -> None:
        held = found >= bar if lowest else found <= bar
        self.missed = self.missed or not held
        self.stdout.write(f"{what}: {found:,.1f} (bar: {unit} {bar:,.0f}){'' if held else ' MISSED'}")


def _result(answers: dict[str, Any]) -> Result:
    return compute_result(assessment=Assessment.objects.create(answers=answers), as_of=AS_OF)


def _copies(results: list[Result], count: int) -> list[Result]:
    """Results of as many clients, the first of each: those of the samples over and over."""
    clients = Assessment.objects.bulk_create(Assessment(answers=each.answers) for each in islice(cycle(results), count))
    return Result.objects.bulk_create(
        Result(
            assessment=client,
            answers=result.answers,
            catalog_version=result.catalog_version,
            engine_version=result.engine_version,
            as_of=result.as_of,
            document=result.document,
            content_hash=result.content_hash,
        )
        for client, result in zip(clients, cycle(results), strict=False)
    )


def _data(result: Result) -> dict[str, Any]:
    edition = Edition(LANGUAGE, rendering.Paper(PAPER), MOMENT, "R-261122-BENCH2", "1")
    catalog = engine_catalog(result.catalog_version)
    return report_data(result.recommendation, answers=result.answers, edition=edition, catalog=catalog)


def _pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def _asked(result: Result) -> Report:
    return request_report(result=result, language=LANGUAGE, paper=PAPER)


def _afresh(results: list[Result]) -> list[Result]:
    """The same results, of which no report is there any more."""
    Report.objects.filter(result__in=results).delete()
    return results


def _until_ready(result: Result) -> float:
    return _timed(lambda: wait_until_ready([_asked(result).id], LONGEST_SECONDS))


def _start_batch(owner: User, results: list[Result]) -> Batch:
    Report.objects.all().delete()
    return request_batch(owner=owner, results=results, language=LANGUAGE, paper=PAPER)


def _ids(batch: Batch) -> list[int]:
    return list(batch.reports.values_list("id", flat=True))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
