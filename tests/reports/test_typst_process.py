"""One process that starts Typst is kept between reports; what goes wrong with one report stays with it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.reports import rendering, typst_process
from advisor.reports.rendering import RenderError
from tests.reports.pdf import rendered

HOSTILE = '#set document(title: "t")\n#read("../../../etc/passwd")'
HANGS = """
import os, sys, time
worker = {{"__name__": "worker"}}
exec(open({worker!r}).read(), worker)

def hang(folder, *_):
    (folder.parent / "copy").write_text(str(os.getpid()))
    time.sleep(60)

worker["compile_job"] = hang
worker["main"](sys.argv[1:])
"""


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    typst_process.stop()
    yield
    typst_process.stop()


def starter() -> int:
    assert typst_process._starter is not None
    return typst_process._starter.process.pid


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_until_gone(pid: int) -> None:
    end = time.monotonic() + 30
    while not gone(pid):
        assert time.monotonic() < end, "it still runs"
        time.sleep(0.02)


def reason_to_fail() -> str:
    """Why the next report cannot be made."""
    with pytest.raises(RenderError) as caught:
        rendered()
    return caught.value.reason


def test_a_report_is_the_same_from_a_new_process_and_after_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = rendered()
    kept = starter()
    rendered(language="de")

    (tmp_path / "report.typ").write_text(HOSTILE)
    with monkeypatch.context() as patched:
        patched.setattr(rendering, "TEMPLATES", tmp_path)
        assert reason_to_fail() == "template"
    again = rendered()

    assert starter() == kept
    typst_process.stop()
    assert first == again == rendered()


def test_a_job_that_hangs_ends_with_its_processes_and_the_next_one_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "worker.py").write_text(HANGS.format(worker=str(typst_process.WORKER)))
    with monkeypatch.context() as patched:
        patched.setattr(typst_process, "WORKER", tmp_path / "worker.py")
        patched.setattr(rendering, "TIMEOUT_SECONDS", 5)  # enough for a process to start on a busy machine
        assert reason_to_fail() == "timeout"

    wait_until_gone(int((tmp_path / "copy").read_text()))
    assert typst_process._starter is None
    assert rendered().startswith(b"%PDF")


def test_a_starter_that_was_killed_while_idle_costs_no_report() -> None:
    rendered()
    killed = starter()
    os.kill(killed, signal.SIGKILL)
    wait_until_gone(killed)

    assert rendered().startswith(b"%PDF")
    assert starter() != killed


def test_a_starter_that_ends_without_an_answer_is_one_failed_attempt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "worker.py").write_text("import sys\nsys.stdin.readline()")
    with monkeypatch.context() as patched:
        patched.setattr(typst_process, "WORKER", tmp_path / "worker.py")
        assert reason_to_fail() == "killed"

    assert rendered().startswith(b"%PDF")


def test_what_interrupts_a_job_ends_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rendered()
    interrupted = starter()

    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt  # as a task's own time limit does, anywhere

    monkeypatch.setattr(typst_process, "_asked", interrupt)
    with pytest.raises(KeyboardInterrupt):
        rendered()

    assert gone(interrupted)
    assert typst_process._starter is None


def test_a_copy_of_our_process_starts_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered()
    ours, owner = typst_process._starter, os.getpid()
    assert ours is not None
    with monkeypatch.context() as patched:
        patched.setattr(typst_process.os, "getpid", lambda: owner + 1)
        rendered()
        assert starter() != ours.process.pid
        assert ours.process.poll() is None
        typst_process.stop()

    monkeypatch.setattr(typst_process, "_starter", ours)
    typst_process.stop()
    assert gone(ours.process.pid)


def test_the_starter_has_the_limits_of_every_job_and_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "of the site")
    rendered()

    limits = Path(f"/proc/{starter()}/limits").read_text()
    assert f"{3 * 1024**3}" in next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert b"of the site" not in Path(f"/proc/{starter()}/environ").read_bytes()
