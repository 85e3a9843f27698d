"""A worker as ``make run`` starts it, and how much memory its processes take."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from advisor.reports.models import Report, State

PROCESSES = 2
START_SECONDS = 120.0
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@contextmanager
def worker(first: Report) -> Iterator[int]:
    """Its process id, once it has made the report ``first``."""
    command = ["-m", "celery", "-A", "advisor.celery", "--quiet", "worker", f"--concurrency={PROCESSES}"]
    quiet = ["--loglevel=ERROR", "--without-gossip", "--without-mingle"]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            [sys.executable, *command, *quiet], env=os.environ, cwd=settings.BASE_DIR, stdout=log, stderr=log
        ) as process,
    ):
        try:
            wait_until_ready([first.id], START_SECONDS)
            yield process.pid
        finally:
            process.kill()  # as the supervisor ends it; its processes follow


def wait_until_ready(report_ids: list[int], seconds: float) -> None:
    """Look every 5 ms until all are ready; for many less often and at little, so that looking takes no time from work.

    Raises:
        AssertionError: one failed.
        TimeoutError: they are not ready in time.
    """
    pause, end = 0.005 if len(report_ids) == 1 else 0.25, time.monotonic() + seconds
    for report_id in sorted(report_ids):  # about the order they are made in: mostly the rest is ready by then
        row = Report.objects.filter(id=report_id).values_list("state", flat=True)
        while (state := row.get()) != State.READY:
            if state == State.FAILED:
                raise AssertionError("a report failed")
            if time.monotonic() > end:
                raise TimeoutError(f"not ready within {seconds:.0f} s")
            time.sleep(pause)


def peak_memory_mb(parent: int) -> list[float]:
    """The most memory each process of the pool has held so far, with the one it keeps to start Typst.

    In MB of a million bytes; Linux only.
    """
    return [_peak_mb(pool) + sum(map(_peak_mb, _children(pool))) for pool in _children(parent)]


def _children(parent: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def _peak_mb(process: int) -> float:
    peak = PEAK.search(Path(f"/proc/{process}/status").read_text())
    return int(peak[1]) * 1024 / 1e6 if peak else 0.0
