"""Everything that can happen to reports on their way, with a real worker, broker and database.

Each accepted report ends once: as ready with one file, or as failed with a reason.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from advisor.reports.files import FOLDER
from advisor.reports.models import FINAL, RENDER_TASK, Report, State
from advisor.reports.sweeping import sweep
from advisor.web.bell import ring, ring_each
from tests.reports.local_s3 import addressed, s3_server
from tests.reports.sample import store_result
from tests.system.conftest import StartWorker
from tests.system.test_reports import a_minute_later, wait_for, wait_for_state

pytestmark = pytest.mark.system

TAKEN_ALREADY = 8  # two processes have one each at work; between the time on a row and its bell more may be taken
ACCIDENTS = {
    "R-HANG": "en", "R-CHILD": "fr", "R-KILL": "kill", "R-POISON": "poison", "R-CUT": "de", "R-LOST": "es",
    "R-FULL": "full",
}  # fmt: skip
ENDS = {  # number -> how it ends and after which attempt
    "R-HANG": (State.FAILED, "timeout", 3),
    "R-CHILD": (State.FAILED, "stopped", 3),
    "R-KILL": (State.FAILED, "stopped", 3),
    "R-POISON": (State.FAILED, "broken", 3),
    "R-CUT": (State.READY, "", 1),
    "R-LOST": (State.READY, "", 2),
    "R-FULL": (State.READY, "", 1),
}


@pytest.mark.django_db  # with this marker somewhere in the file, pytest-django makes the test database
def test_no_rows_are_left_by_other_tests() -> None:
    assert not Report.objects.exists()


def make_rows(numbers: dict[str, str], *, bulk: bool = False) -> list[Report]:
    """A row of each number and language, all of one result. Stand-ins are never set and may have any language."""
    now = timezone.now()
    before = Report.objects.first()
    result = before.result if before else store_result()
    return Report.objects.bulk_create(
        Report(
            result=result, number=number, language=language, paper="a4", bulk=bulk, requested_at=now, rung_at=now
        )
        for number, language in numbers.items()
    )  # fmt: skip


def stand_ins(count: int, kind: str = "R-QUICK") -> dict[str, str]:
    return {f"{kind}-{place}": f"{kind[2]}{place}" for place in range(count)}


def stored() -> set[str]:
    try:
        return {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}
    except FileNotFoundError:
        return set()


def all_ended() -> bool:
    return not Report.objects.exclude(state__in=FINAL).exists()


def longest_wait(reports: Iterable[Report]) -> float:
    """Seconds from being asked for to the end."""
    return max((row.finished_at - row.requested_at).total_seconds() for row in reports if row.finished_at)


def test_every_report_ends_once_whatever_happens_to_the_others(
    start_worker: StartWorker, record_property: Callable[[str, object], None]
) -> None:
    files = stored()
    start_worker()
    [first] = make_rows({"R-QUICK-first": "first"})
    ring(RENDER_TASK, first.id)
    wait_for_state(first, State.READY)  # so that the worker's own start is not part of the wait
    rows = make_rows(ACCIDENTS | stand_ins(100))
    ring_each(RENDER_TASK, [row.id for row in rows for _twice in range(2)])
    fine = Report.objects.filter(number__startswith="R-QUICK-")

    wait_for(lambda: fine.filter(state=State.READY).count() == 101, "the 100 others are ready")
    record_property("longest_wait_of_the_others_seconds", longest_wait(fine.exclude(number="R-QUICK-first")))
    wait_for(lambda: tried_again() and all_ended(), "every report has ended")

    ends = {row.number: (row.state, row.failure_reason, row.attempt) for row in Report.objects.all()}
    assert {number: ends[number] for number in ENDS} == ENDS
    assert stored() - files == {row.file.name for row in Report.objects.filter(state=State.READY)}
    assert fine.exclude(attempt=1).count() == 0


def tried_again() -> bool:
    """The sweeper's minute passes for rows that wait, and the lease of those whose process is gone."""
    long_ago = timezone.now() - timedelta(minutes=5)
    Report.objects.filter(number="R-KILL", state=State.RENDERING).update(lease_until=long_ago)
    Report.objects.filter(state=State.QUEUED, rung_at__gt=long_ago, attempt__gt=0).update(rung_at=long_ago)
    Report.objects.filter(state=State.QUEUED, failure_reason="storage").update(rung_at=long_ago)
    sweep()
    return True


def test_connections_cut_between_two_reports_cost_no_attempt(start_worker: StartWorker) -> None:
    start_worker()
    for part in ("before", "after"):
        rows = make_rows({f"R-QUICK-{part}-{place}": f"{part[:2]}{place}" for place in range(6)})
        ring_each(RENDER_TASK, [row.id for row in rows])
        wait_for(all_ended, f"the reports {part} the cut have ended")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            assert cursor.rowcount >= 1  # kept by the worker's processes, which are idle

    assert set(Report.objects.values_list("state", "attempt")) == {(State.READY, 1)}


def test_a_storage_that_is_down_keeps_reports_waiting_until_it_is_back(start_worker: StartWorker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    start_worker(**addressed(f"http://127.0.0.1:{port}"))
    rows = make_rows(stand_ins(3))
    ring_each(RENDER_TASK, [row.id for row in rows])
    waiting = Report.objects.filter(state=State.QUEUED, failure_reason="storage", attempt=0)

    wait_for(lambda: waiting.count() == 3, "all went back into the queue")
    with s3_server(port):
        a_minute_later()
        wait_for(all_ended, "every report has ended")

    assert set(Report.objects.values_list("state", "attempt")) == {(State.READY, 1)}


@pytest.mark.parametrize("hours", [-24, 24])
def test_a_clock_that_jumps_costs_an_attempt_and_no_report(start_worker: StartWorker, hours: int) -> None:
    files = stored()
    wrong = start_worker(CLOCK_AHEAD_HOURS=str(hours))
    [row] = make_rows({"R-SLOW-clock": "en"})
    ring(RENDER_TASK, row.id)
    wait_for_state(row, State.RENDERING)

    wrong.kill()
    wrong.wait()
    start_worker()
    sweep()
    wait_for_state(row, State.READY)

    assert row.attempt == 2
    assert stored() - files == {row.file.name}


def test_a_batch_does_not_hold_up_a_report_somebody_waits_for(
    start_worker: StartWorker, record_property: Callable[[str, object], None]
) -> None:
    start_worker()
    batch = make_rows(stand_ins(200), bulk=True)
    ring_each(RENDER_TASK, [row.id for row in batch], later=True)
    wait_for(lambda: Report.objects.filter(state=State.READY).exists(), "the batch is being worked on")

    [awaited] = make_rows({"R-QUICK-awaited": "awaited"})
    ring(RENDER_TASK, awaited.id)
    wait_for_state(awaited, State.READY)
    overtook = Report.objects.filter(
        bulk=True, finished_at__gt=awaited.requested_at, finished_at__lt=awaited.finished_at
    ).count()
    wait_for(all_ended, "every report has ended")

    record_property("wait_of_the_single_report_seconds", longest_wait([awaited]))
    assert overtook <= TAKEN_ALREADY
