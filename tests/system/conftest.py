"""A real worker on the test database, a queue of its own, and rows another process can read."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parent.parent.parent
TABLES = "reports_report, reports_sweep, assessments_result, assessments_assessment, catalog_catalogversion"
SECONDS_TO_LEAVE = 30.0
StartWorker = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def committed_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Rows another process can read. Only the tables used here are emptied: others hold what migrations put in."""
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {TABLES} CASCADE")
        connection.close()


@pytest.fixture
def empty_queue() -> None:
    """Nothing in the queue, and nobody at it: it would still give one job to a worker that was killed just now."""
    broker = redis.Redis.from_url(settings.REDIS_URL)
    until = time.monotonic() + SECONDS_TO_LEAVE
    while broker.info("clients")["blocked_clients"] and time.monotonic() < until:
        time.sleep(0.05)
    broker.flushall()


@pytest.fixture
def start_worker(committed_rows: None, empty_queue: None, tmp_path: Path) -> Iterator[StartWorker]:
    """`start_worker(NAME="value")`: one on the test database, with that environment; all are killed at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> subprocess.Popen[bytes]:
        log = (tmp_path / f"worker-{len(started)}.log").open("wb")
        command = ["-m", "celery", "-A", "tests.system.faulty_worker", "worker", "--concurrency=2", "--loglevel=INFO"]
        process = subprocess.Popen(
            [sys.executable, *command, "--without-gossip", "--without-mingle"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": database_address(), "PYTHONPATH": str(ROOT)} | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        log.close()
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def database_address() -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
