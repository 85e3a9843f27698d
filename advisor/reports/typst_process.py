"""The process that starts Typst for us: kept between reports, thrown away with the report that went wrong.

It holds the program and the list of faces and nothing of any report (``typst_worker.py``). Reading both takes time,
which no report has to wait for.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from advisor.reports.fonts import font_folders

WORKER = Path(__file__).parent / "typst_worker.py"
# Typst asks for some 100 MB in small pieces and gives hardly any back before it ends. Taken in large pages, 64 MB at a
# time, that makes a tenth of the page faults. glibc reads this; other C libraries pass over it.
MEMORY = "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864:glibc.malloc.trim_threshold=1073741824"


@dataclass(frozen=True)
class Starter:
    """``owner`` is the process that may speak to it: a copy of that one would read its answers."""

    process: subprocess.Popen[bytes]
    asked: IO[bytes]
    answers: IO[bytes]
    owner: int


_starter: Starter | None = None
_one_at_a_time = threading.Lock()


def run_typst(folder: Path, *, timestamp: int, seconds: float) -> int:
    """The exit status of the process that turned the folder into a PDF, negative where a signal ended it.

    What it said is in ``said.txt``.

    Raises:
        TimeoutError: it took longer, and was killed.
    """
    with _one_at_a_time:
        starter = _running()
        try:
            status = _asked(starter, json.dumps([str(folder), timestamp]), seconds)
        except BaseException:  # a task's own time limit, too: whatever runs on would answer the next question
            stop()
            raise
        if status is None:
            stop()
            return -signal.SIGKILL
        return status


def stop() -> None:
    """End it with what it is working on. The next report starts another."""
    global _starter
    starter, _starter = _starter, None
    if starter is None or starter.owner != os.getpid():
        return
    with suppress(ProcessLookupError):
        os.killpg(starter.process.pid, signal.SIGKILL)
    starter.process.wait()
    starter.answers.close()
    with suppress(BrokenPipeError):
        starter.asked.close()


def _running() -> Starter:
    global _starter
    if _starter is not None and (_starter.owner != os.getpid() or _starter.process.poll() is not None):
        stop()
    if _starter is None:
        _starter = _start()
    return _starter


def _start() -> Starter:
    process = subprocess.Popen(
        [sys.executable, "-I", str(WORKER), *map(str, font_folders())],
        cwd="/",
        env={"LC_ALL": "C.UTF-8", "GLIBC_TUNABLES": MEMORY},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0,  # so that it can be killed with its copy
    )
    return Starter(process, cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout), os.getpid())


def _asked(starter: Starter, job: str, seconds: float) -> int | None:
    """None when it is gone without an answer."""
    try:
        starter.asked.write(f"{job}\n".encode())
        starter.asked.flush()
    except BrokenPipeError:
        return None
    answered = select.poll()
    answered.register(starter.answers, select.POLLIN)
    if not answered.poll(seconds * 1000):
        raise TimeoutError
    line = starter.answers.readline()
    return int(line) if line else None


atexit.register(stop)
