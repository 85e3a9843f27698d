"""Starts Typst for one job folder after the other. Run as ``python -I typst_worker.py FONT_FOLDER...``, never imported.

Each job is a line on standard input, ``["/folder", timestamp]``, and gets a process of its own: a copy of this one,
which has the program and the list of faces ready but has never seen a job. Its exit status is the line that goes back;
what it says stands in the folder. So starting is paid for once, and nothing of one report can reach the next.

Typst deadlocks in a copy of a process that has compiled: the process that copies itself never compiles.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

MEMORY_BYTES = 3 * 1024**3  # address space, of which the Chinese face and Typst itself map some 200 MB
CPU_SECONDS = 30
OUTPUT_BYTES = 64 * 1024**2
END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl


def end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)


def limit_resources() -> None:
    """For this process and every copy of it, whose time is counted from zero."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(font_folders: list[str]) -> None:
    end_with_parent()
    limit_resources()
    import typst  # after the limits are set

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(font_folders))
    gc.freeze()  # a copy lives too briefly to look for garbage, and would make its own of every page it looks at
    gc.disable()
    for line in sys.stdin:
        folder, timestamp = json.loads(line)
        sys.stdout.write(f"{in_copy(Path(folder), timestamp, fonts)}\n")
        sys.stdout.flush()


def in_copy(folder: Path, timestamp: int, fonts: typst.Fonts) -> int:
    """The exit status of a copy of this process that turns the folder into a PDF; negative if a signal ended it."""
    starter = os.getpid()
    copy = os.fork()
    if copy:
        return os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    status = 1
    try:
        end_with_parent()
        if os.getppid() == starter:  # else it died before it could be asked to take us along
            settle(folder)
            keep(folder, compile_job(folder, timestamp, fonts))
            status = 0
    except BaseException:  # noqa: BLE001  (nothing may leave the copy but its status)
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def settle(folder: Path) -> None:
    """Let go of the line to the parent, and live in the folder alone."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    said = os.open(folder / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    nothing = os.open(os.devnull, os.O_RDWR)
    for ours, theirs in ((nothing, 0), (nothing, 1), (said, 2)):
        os.dup2(ours, theirs)
    os.closerange(3, max(said, nothing) + 1)
    os.chdir(folder)
    os.environ.update(HOME=str(folder), TMPDIR=str(folder))


def refuse_links(folder: Path) -> None:
    """Typst follows links inside its root, so a link there could read any file."""
    for entry in [folder, *folder.rglob("*")]:
        if entry.is_symlink():
            raise SystemExit(f"refused: {entry.name} is a link")


def compile_job(folder: Path, timestamp: int, fonts: typst.Fonts) -> bytes:
    import typst

    refuse_links(folder)
    nowhere = folder / "no-packages"
    compiler = typst.Compiler(
        folder / "report.typ",
        root=folder,
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )
    pdf = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=timestamp)
    if not isinstance(pdf, bytes):
        raise SystemExit("Typst returned no document")
    return pdf


def keep(folder: Path, pdf: bytes) -> None:
    written = os.open(folder / "report.pdf", os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(written, "wb") as file:
        file.write(pdf)


if __name__ == "__main__":
    main(sys.argv[1:])
