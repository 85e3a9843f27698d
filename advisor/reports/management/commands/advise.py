"""``manage.py advise answers.json``: the whole main job on a file, as JSON, as the PDF report, or as a workbook."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advisor.assessments.advice import Advice, advise
from advisor.assessments.answers import AnswersError
from advisor.catalog.services import SHIPPED, named_catalog
from advisor.engine.catalog import Catalog
from advisor.reports.rendering import Paper, RenderError, render_pdf
from advisor.reports.services import LANGUAGES
from advisor.reports.spreadsheet import render_spreadsheet

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Reads an answers document and writes the advice. Bad answers are listed field by field, with exit status 2."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", help="path of the answers document (docs/answers.schema.json), or - for input")
        parser.add_argument("--catalog", default=SHIPPED, help="a published version's number, or shipped (the default)")
        parser.add_argument("--format", choices=("json", "pdf", "xlsx"), default="json")
        parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of PDF and workbook")
        parser.add_argument("--paper", choices=[paper.value for paper in Paper], default=Paper.A4.value)
        parser.add_argument("--as-of", type=date.fromisoformat, default=None, help="day of the advice, YYYY-MM-DD")
        parser.add_argument("-o", "--output", default=None, help="file to write; standard output without it")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = options["as_of"] or timezone.localdate()
        try:
            catalog = named_catalog(options["catalog"])
            made = advise(_read(options["answers"]), catalog, as_of=as_of)
        except LookupError as error:
            raise CommandError(f"--catalog: {error}", returncode=BAD_INPUT) from None
        except AnswersError as error:
            raise CommandError(_listed(error), returncode=BAD_INPUT) from None
        except ValueError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        _write(_content(made, catalog, as_of, options), options["output"])


def _read(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise CommandError(f"cannot read {name}: {reason}", returncode=BAD_INPUT) from None


def _listed(error: AnswersError) -> str:
    rows = [f"  {problem['field'] or 'document'}: {problem['message']} {problem['fix']}" for problem in error.problems]
    return "the answers cannot be used:\n" + "\n".join(rows)


def _content(made: Advice, catalog: Catalog, as_of: date, options: dict[str, Any]) -> bytes:
    """Stamped with the day of the advice, so that the same call gives the same bytes."""
    timestamp = datetime.combine(as_of, time(), tzinfo=UTC)
    match options["format"]:
        case "pdf":
            return _pdf(made, catalog, timestamp, options)
        case "xlsx":
            return render_spreadsheet(json.loads(_json(made)), language=options["lang"], timestamp=timestamp)
        case _:
            return _json(made)


def _json(made: Advice) -> bytes:
    text = json.dumps(made.recommendation.to_document(), ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def _pdf(made: Advice, catalog: Catalog, timestamp: datetime, options: dict[str, Any]) -> bytes:
    try:
        return render_pdf(
            json.loads(_json(made)),
            answers=made.answers,
            catalog=catalog,
            language=options["lang"],
            paper=options["paper"],
            timestamp=timestamp,
            number=Path(options["answers"]).stem,
            catalog_version=options["catalog"],
        )
    except RenderError as error:
        raise CommandError(f"the report could not be made: {error}") from None


def _write(content: bytes, name: str | None) -> None:
    if name is None:
        sys.stdout.buffer.write(content)
        return
    try:
        Path(name).write_bytes(content)
    except OSError as error:
        raise CommandError(f"cannot write {name}: {error.strerror}") from None
