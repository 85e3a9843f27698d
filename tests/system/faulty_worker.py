"""The real worker, except that reports with certain numbers meet an accident. Started by the tests of this folder."""

from __future__ import annotations

import errno
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django

from advisor.celery import app

django.setup()

import psycopg  # noqa: E402
from django.core.files.storage import FileSystemStorage  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from advisor.reports import production, rendering, typst_process  # noqa: E402  (models need Django to be ready)
from advisor.reports.models import Report  # noqa: E402

__all__ = ["app"]

QUICK = b"%PDF-1.7 made by a stand-in"
# Typst's worker as it is, except that the process it starts for a report hangs or is killed.
ACCIDENTS = {
    kind: f"""
import os, sys, time
worker = {{"__name__": "worker"}}
exec(open({str(typst_process.WORKER)!r}).read(), worker)
worker["compile_job"] = lambda *_: {accident}
worker["main"](sys.argv[1:])
"""
    for kind, accident in {"R-HANG": "time.sleep(60)", "R-CHILD": "os.kill(os.getpid(), 9)"}.items()
}
CLOCK_AHEAD = timedelta(hours=float(os.environ.get("CLOCK_AHEAD_HOURS", "0")))

_render, _render_pdf, _now = production.render, production.render_pdf, timezone.now
full_disks: set[str] = set()


def now() -> datetime:
    return _now() + CLOCK_AHEAD


def render(report: Report) -> bytes:
    kind = "-".join(report.number.split("-")[:2])
    match kind:
        case "R-SLOW" if report.attempt == 1:
            time.sleep(60)
        case "R-KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        case "R-POISON":
            raise ValueError("this one always fails")
        case "R-HANG" | "R-CHILD":
            with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
                file.write(ACCIDENTS[kind])
                file.flush()
                worker = patch.object(typst_process, "WORKER", Path(file.name))
                with another_worker(), worker, patch.object(rendering, "TIMEOUT_SECONDS", 1):
                    return _render(report)
        case "R-CUT":
            with patch.object(production, "render_pdf", side_effect=cut_then_set):
                return _render(report)
        case "R-LOST" if report.attempt == 1:
            cut_connection()
        case "R-FULL" if report.number not in full_disks:  # once for each pool process
            full_disks.add(report.number)
            with patch.object(FileSystemStorage, "_save", side_effect=OSError(errno.ENOSPC, "No space left on device")):
                production.publish(report, QUICK)
        case "R-QUICK" | "R-FULL":
            return QUICK
    return _render(report)


@contextmanager
def another_worker() -> Iterator[None]:
    typst_process.stop()
    try:
        yield
    finally:
        typst_process.stop()


def cut_then_set(*arguments: Any, **options: Any) -> bytes:
    cut_connection()
    return _render_pdf(*arguments, **options)


def cut_connection() -> None:
    """What a restarted database or a proxy in between does to a connection."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])


production.render = render
timezone.now = now
