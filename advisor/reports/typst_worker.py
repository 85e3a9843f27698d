"""Turns one job folder into one PDF, then ends. Run as ``python -I typst_worker.py FOLDER``, never imported.

It is a process of its own because Typst deadlocks in a forked child whose parent has compiled, because a stuck or
greedy job can then be stopped, and because it needs nothing of the rest: no Django, no settings, no secrets.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path

MEMORY_BYTES = 3 * 1024**3  # address space, of which the Chinese face and Typst itself map some 200 MB
CPU_SECONDS = 30
OUTPUT_BYTES = 64 * 1024**2
END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)


def refuse_links(folder: Path) -> None:
    """Typst follows links inside its root, so a link there could read any file."""
    for entry in [folder, *folder.rglob("*")]:
        if entry.is_symlink():
            raise SystemExit(f"refused: {entry.name} is a link")


def compile_job(folder: Path) -> bytes:
    import typst  # after the limits are set

    job = json.loads((folder / "job.json").read_text("utf-8"))
    nowhere = folder / "no-packages"
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=job["font_folders"])
    compiler = typst.Compiler(
        folder / "report.typ",
        root=folder,
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )
    pdf = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=job["timestamp"])
    if not isinstance(pdf, bytes):
        raise SystemExit("Typst returned no document")
    return pdf


def main(folder: Path) -> None:
    limit_resources()
    refuse_links(folder)
    pdf = compile_job(folder)
    written = os.open(folder / "report.pdf", os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(written, "wb") as file:
        file.write(pdf)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
