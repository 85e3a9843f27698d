"""``manage.py catalog import hub|prices|table``: proposals for the drafts. A preview, unless ``--apply`` is given."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from advisor.catalog.imports.files import format_of
from advisor.catalog.imports.report import Problem, Unreadable
from advisor.catalog.imports.running import Source, run_import
from advisor.catalog.models import BY_COLLECTION, AIModel, ApiPrice, ImportRun

HELP = "imports models from a hub, token prices or a table into the drafts; a preview unless --apply is given"
SHOWN = 50
Outcome = ImportRun.Outcome


def add_arguments(parser: ArgumentParser) -> None:
    sources = parser.add_subparsers(dest="importer", required=True, metavar="SOURCE")
    hub = sources.add_parser("hub", help="models from a hub (HUB_ENDPOINT): architecture, parameters, sizes")
    hub.add_argument("repos", nargs="+", metavar="REPOSITORY", help="for instance Qwen/Qwen3-8B")
    hub.add_argument("--license", help="the license of new models, as you read it: a short name of the catalog")
    prices = sources.add_parser("prices", help="token prices from the package genai-prices")
    prices.add_argument("--provider", action="append", default=[], help="only this provider; may be repeated")
    table = sources.add_parser("table", help="a CSV, XLSX or JSON file of one kind of fact")
    table.add_argument("file", type=Path)
    table.add_argument("--table", required=True, choices=BY_COLLECTION, help="kind of fact in the file")
    for source in (hub, prices, table):
        source.add_argument("--apply", action="store_true", help="change the drafts; all rows or none")
        source.add_argument("--report", type=Path, help="write every change to this CSV file")


def run(options: dict[str, Any], write: Callable[[str], object]) -> int:
    kind = ImportRun.Kind(options["importer"])
    with ExitStack() as files:
        find, collection, origin = _importer(kind, options, files)
        found = run_import(find, kind=kind, collection=collection, origin=origin, by=None, dry_run=not options["apply"])
    for line in _lines(found):
        write(line)
    if options["report"]:
        _write_report(found, options["report"])
    return 0 if found.outcome in (Outcome.PREVIEWED, Outcome.APPLIED) else 1


def _importer(kind: ImportRun.Kind, options: dict[str, Any], files: ExitStack) -> tuple[Callable[[], Source], str, str]:
    """What finds the rows, the table they belong to, and where they come from.

    The libraries behind the importers are loaded only here: every other command starts without them.
    """
    if kind == ImportRun.Kind.HUB:
        from advisor.catalog.imports import hub_rows

        repos = options["repos"]
        return lambda: hub_rows.hub_source(repos, options["license"]), AIModel.collection, hub_rows.origin_of(repos)
    if kind == ImportRun.Kind.PRICES:
        from advisor.catalog.imports import prices

        return lambda: prices.prices_source(options["provider"]), ApiPrice.collection, prices.origin_of()
    path, collection = options["file"], options["table"]
    try:
        file, format = files.enter_context(path.open("rb")), format_of(path.name)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from None
    except Unreadable as error:
        raise CommandError(str(error)) from None
    return lambda: Source(kind, collection, path.name, format, file), collection, path.name


def _lines(run: ImportRun) -> Iterator[str]:
    yield f"Import {run.pk}, {run.get_kind_display()}, {run.origin}: {run.get_outcome_display()}"
    if run.reason:
        yield f"  {run.reason}"
    yield (
        f"{run.rows} rows: {run.added} added, {run.changed} changed, {run.unchanged} unchanged, {run.refused} problems"
    )
    yield from _some([f"  {Problem(**problem)}" for problem in run.problems], run.refused)
    yield from _some([f"  {note['kind']}: {note['slug']}: {note['text']}" for note in run.notes], len(run.notes))
    changes = run.changes.all()
    shown = [
        f"  {change.slug}: {change.field}: {change.old} -> {change.new}" if change.field else f"  {change.slug}: new"
        for change in changes[:SHOWN]
    ]
    yield from _some(shown, changes.count())
    if run.outcome == Outcome.PREVIEWED and run.added + run.changed:
        yield "Nothing was changed. Run it again with --apply, or apply the preview in the admin."


def _some(lines: list[str], total: int) -> Iterator[str]:
    yield from lines[:SHOWN]
    if total > SHOWN:
        yield f"  and {total - SHOWN} more; the admin shows all, --report writes the changes to a file"


def _write_report(run: ImportRun, path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["row", "slug", "field", "old", "new"])
        for change in run.changes.iterator():
            out.writerow([change.row, change.slug, change.field, change.old, change.new])
