"""From words and figures to PDF bytes: one job folder, one short-lived process, nothing evaluated.

``render_pdf`` needs no database: the command line and the worker call the same function. The same document, answers
and timestamp give the same bytes.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from advisor.engine.catalog import Catalog
from advisor.reports.branding import Logo
from advisor.reports.content import Edition, History, report_data
from advisor.reports.fonts import plainest, printable, with_breaks
from advisor.reports.lines import tell_lines
from advisor.reports.options import PLAIN, Options
from advisor.reports.typst_process import run_typst

logger = logging.getLogger(__name__)

TEMPLATES = Path(__file__).parent / "typst"
FOLDER_PREFIX = "advisor-report-"
# Twice this (a report may be set again in plain characters) is below the task's soft limit, so that a stuck job ends
# with its reason recorded. Assumed: on a machine eight times overloaded a report of 20 pages took 5 seconds at p95.
TIMEOUT_SECONDS = 20
LEFTOVER_SECONDS = 3600


class Paper(StrEnum):
    A4 = "a4"
    LETTER = "us-letter"


class RenderError(Exception):
    """No PDF came out. ``reason`` is a code whose wording the status page has."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


def render_pdf(
    document: dict[str, Any],
    *,
    answers: dict[str, Any],
    catalog: Catalog,
    language: str,
    paper: str,
    timestamp: datetime,
    number: str,
    catalog_version: str = "",
    options: Options = PLAIN,
    history: History | None = None,
) -> bytes:
    """The report of one stored recommendation document as a tagged PDF.

    ``catalog`` is the one the result was worked out with; it gives names to what the answers took from it.
    ``history`` is the result before and this one, for what changed between them.
    """
    edition = Edition(
        language=language,
        paper=Paper(paper),
        timestamp=timestamp,
        number=number,
        catalog_version=catalog_version,
        options=options,
    )
    data = report_data(document, answers=answers, edition=edition, catalog=catalog, history=history)
    logo = options.brand.logo if options.brand else None
    clean = cleaned(data, lambda text: with_breaks(printable(text)))
    try:
        return compile_pdf(clean, timestamp=timestamp, logo=logo)
    except RenderError as error:
        if error.reason != "glyph":
            raise
        logger.warning("report %s: a face lacks a glyph it should have; set again in plain characters", number)
        return compile_pdf(cleaned(clean, plainest), timestamp=timestamp, logo=logo)


def cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    """The same data with every text in it cleaned, names of fields left alone."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [clean(item) if type(item) is str else cleaned(item, clean) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") == "commands":
        return value  # ours, and typed as they stand: an invisible place to break would go with them
    found = {key: clean(item) if type(item) is str else cleaned(item, clean) for key, item in value.items()}
    return found | {"svg": value["svg"]} if value.get("kind") == "chart" else found  # markup without words


def compile_pdf(data: dict[str, Any], *, timestamp: datetime, logo: Logo | None = None) -> bytes:
    """Run Typst on a fresh private folder and read back what it made."""
    tell_lines(data)
    with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX) as name:
        folder = Path(name)
        for template in sorted(TEMPLATES.glob("*.typ")):
            shutil.copyfile(template, folder / template.name)
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        if logo is not None:
            (folder / f"logo.{logo.kind}").write_bytes(logo.content)
        _run_typst(folder, timestamp)
        try:
            return (folder / "report.pdf").read_bytes()
        except FileNotFoundError:
            raise RenderError("no_output") from None


def _run_typst(folder: Path, timestamp: datetime) -> None:
    try:
        status = run_typst(folder, timestamp=int(timestamp.timestamp()), seconds=TIMEOUT_SECONDS)
    except TimeoutError:
        raise RenderError("timeout") from None
    if status == 0:
        return
    said = _said(folder)
    if "could not be displayed with font" in said:
        raise RenderError("glyph", said)
    raise RenderError("killed" if status < 0 else "template", said)


def _said(folder: Path) -> str:
    with suppress(FileNotFoundError):
        return (folder / "said.txt").read_text("utf-8", "replace")[-2000:]
    return ""


def remove_leftovers(*, now: float | None = None) -> int:
    """Delete job folders of workers that were killed; each holds a client's words."""
    moment = time.time() if now is None else now
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"):
        try:
            old = moment - folder.lstat().st_mtime > LEFTOVER_SECONDS
        except FileNotFoundError:
            continue
        if old and folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed
