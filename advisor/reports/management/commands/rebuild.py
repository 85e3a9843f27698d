"""``manage.py rebuild REPORT``: the same bytes once more, from the stored result, its versions and the row's time."""

from __future__ import annotations

import hashlib
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from advisor.engine.recommend import READABLE
from advisor.reports.models import Report
from advisor.reports.production import render
from advisor.reports.rendering import RenderError

DIFFERENT, NOT_MADE = 1, 2
TYPST = re.compile(rb"/Creator\s*\(Typst ([0-9.]+)\)")  # what Typst writes into every PDF it makes


class Command(BaseCommand):
    help = (
        "Makes a finished report again from its stored result, versions and time, and compares the checksum with the "
        "stored one. Exit status 1 where the bytes differ, with the reason; 2 where it cannot be made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("report", help='its number, as printed on it: "R-261121-ABCDEF"')
        parser.add_argument("-o", "--output", default=None, help="file to write the PDF to")

    def handle(self, *args: Any, **options: Any) -> None:
        report = _report(options["report"])
        try:
            pdf = render(report)
        except RenderError as error:
            raise CommandError(f"{report.number} cannot be made: {error}", returncode=NOT_MADE) from None
        if options["output"] is not None:
            _write(pdf, options["output"])
        found = hashlib.sha256(pdf).hexdigest()
        if found != report.sha256:
            reason = f"{report.number} differs: stored {report.sha256}, made now {found}. {_reason(report, pdf)}"
            raise CommandError(reason, returncode=DIFFERENT)
        self.stdout.write(f"{report.number}: the same {len(pdf)} bytes, sha256 {found}")


def _report(number: str) -> Report:
    report = Report.objects.select_related("result__catalog_version").filter(number=number).first()
    if report is None:
        raise CommandError(f"there is no report {number}", returncode=NOT_MADE)
    if not report.sha256:
        raise CommandError(f"{number} was never finished: there is nothing to compare with", returncode=NOT_MADE)
    if report.result.engine_version not in READABLE:
        reason = (
            f"its result is of engine {report.result.engine_version}, which this version of the product cannot read"
        )
        raise CommandError(f"{number} cannot be made: {reason}", returncode=NOT_MADE)
    return report


def _reason(report: Report, made: bytes) -> str:
    """Why the bytes differ, as far as the stored file tells."""
    try:
        with report.file.open("rb") as file:
            stored = file.read()
    except OSError:
        return "The stored file is gone, so there is nothing to say why."
    if hashlib.sha256(stored).hexdigest() != report.sha256:
        return "The stored file is not the one that was made: it does not match its own checksum."
    before, now = _typst(stored), _typst(made)
    if before != now:
        return f"It was set by Typst {before}; this is Typst {now}."
    return f"Typst is the same ({now}): words, layout or faces of the product have changed since it was made."


def _typst(pdf: bytes) -> str:
    found = TYPST.search(pdf)
    return found[1].decode() if found else "of an unknown version"


def _write(pdf: bytes, name: str) -> None:
    try:
        Path(name).write_bytes(pdf)
    except OSError as error:
        raise CommandError(f"cannot write {name}: {error.strerror}", returncode=NOT_MADE) from None
