"""Reports with a real worker, a real queue and real accidents: each ends as ready or failed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from advisor.reports.files import FOLDER
from advisor.reports.models import RENDER_TASK, Report, State
from advisor.reports.services import request_report
from advisor.reports.sweeping import sweep
from advisor.web.bell import ring
from tests.reports.sample import store_result
from tests.system.conftest import ROOT, StartWorker, database_address

pytestmark = pytest.mark.system

SECONDS = 120


@pytest.mark.django_db  # with this marker somewhere in the file, pytest-django makes the test database
def test_no_rows_are_left_by_other_tests() -> None:
    assert not Report.objects.exists()


def make_row(number: str = "R-FINE", paper: str = "a4") -> Report:
    now = timezone.now()
    result = Report.objects.first()
    return Report.objects.create(
        result=result.result if result else store_result(),
        number=number,
        language="en",
        paper=paper,
        requested_at=now,
        rung_at=now,
    )


def wait_for(condition: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.1)
    rows = Report.objects.exclude(state=State.READY).values_list("number", "state", "attempt", "failure_reason")
    pytest.fail(f"never happened: {what}; not ready: {list(rows)}")


def wait_for_state(row: Report, state: str, attempt: int | None = None) -> None:
    def reached() -> bool:
        row.refresh_from_db()
        return row.state == state and attempt in (None, row.attempt)

    wait_for(reached, f"{row.number} is {state}")


def a_minute_later() -> None:
    """What the sweeper finds once a lease and a minute have passed."""
    long_ago = timezone.now() - timedelta(minutes=5)
    Report.objects.filter(state=State.RENDERING).update(lease_until=long_ago)
    Report.objects.filter(state=State.QUEUED).update(rung_at=long_ago)
    sweep()


def test_a_report_is_made_by_the_worker(start_worker: StartWorker) -> None:
    start_worker()
    result = store_result()

    with transaction.atomic():
        row = request_report(result=result, language="en", paper="a4")
    wait_for_state(row, State.READY)

    with row.file.open("rb") as file:
        assert file.read(5) == b"%PDF-"


def test_a_worker_killed_in_the_middle_only_costs_time(start_worker: StartWorker) -> None:
    worker = start_worker()
    row = make_row("R-SLOW")
    ring(RENDER_TASK, row.id)
    wait_for_state(row, State.RENDERING)

    worker.send_signal(signal.SIGKILL)
    worker.wait()
    start_worker()
    a_minute_later()
    wait_for_state(row, State.READY)

    assert row.attempt == 2


def test_a_row_delivered_many_times_is_made_once(start_worker: StartWorker) -> None:
    row = make_row()
    for _ in range(6):
        ring(RENDER_TASK, row.id)

    start_worker()
    start_worker()
    wait_for_state(row, State.READY)
    client = redis.Redis.from_url(settings.REDIS_URL)
    wait_for(lambda: client.llen("celery") == 0, "the queue is empty")
    time.sleep(1)

    row.refresh_from_db()
    assert row.attempt == 1
    assert len(default_storage.listdir(FOLDER)[1]) >= 1
    assert Report.objects.filter(state=State.READY).count() == 1
    assert [name for name in default_storage.listdir(FOLDER)[1] if f"{FOLDER}/{name}" == row.file.name]


def test_one_that_always_fails_fails_after_three_tries_while_the_next_is_served(start_worker: StartWorker) -> None:
    start_worker()
    poisoned, healthy = make_row("R-POISON"), make_row("R-FINE", paper="us-letter")
    ring(RENDER_TASK, poisoned.id)
    ring(RENDER_TASK, healthy.id)

    wait_for_state(poisoned, State.QUEUED, attempt=1)
    wait_for_state(healthy, State.READY)
    a_minute_later()
    wait_for_state(poisoned, State.QUEUED, attempt=2)
    a_minute_later()
    wait_for_state(poisoned, State.FAILED, attempt=3)

    assert poisoned.get_failure_reason_display() == "Part of it could not be put on a page."


def test_one_that_kills_its_process_fails_after_three_tries(start_worker: StartWorker) -> None:
    start_worker()
    row = make_row("R-KILL")
    ring(RENDER_TASK, row.id)

    for attempt in (1, 2, 3):
        wait_for_state(row, State.RENDERING, attempt=attempt)
        time.sleep(0.5)
        a_minute_later()
    wait_for_state(row, State.FAILED, attempt=3)

    assert row.get_failure_reason_display() == "The work on it was interrupted three times."


def test_a_queue_that_was_emptied_loses_no_report(start_worker: StartWorker) -> None:
    row = make_row()
    ring(RENDER_TASK, row.id)
    redis.Redis.from_url(settings.REDIS_URL).flushall()

    start_worker()
    a_minute_later()

    wait_for_state(row, State.READY)


ASK = """
import sys, time, django
django.setup()
from django.test import Client
from django.urls import reverse
client, public_id = Client(SERVER_NAME="localhost"), sys.argv[1]
session = client.session
session["assessments"] = [public_id]
session.save()
started = time.monotonic()
answer = client.post(reverse("reports:request", args=[public_id]), {"language": "en", "paper": "a4"})
print(answer.status_code, time.monotonic() - started)
"""


@pytest.mark.parametrize("manner", ["refuses", "is silent"])
def test_a_queue_that_is_down_delays_the_report_and_not_the_page(manner: str, start_worker: StartWorker) -> None:
    result = store_result()
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        if manner == "refuses":
            server.close()
        asked = subprocess.run(
            [sys.executable, "-c", ASK, str(result.assessment.public_id)],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": database_address(), "REDIS_URL": address},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
        )

    status, took = asked.stdout.split()
    assert status == "302"
    assert float(took) < 15
    row = Report.objects.get()
    assert row.state == State.QUEUED
    start_worker()
    a_minute_later()
    wait_for_state(row, State.READY)
