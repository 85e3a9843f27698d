"""Running an import: preview or apply, in one transaction, and the row that says who did what when."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from io import BytesIO
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from advisor.catalog.imports.applying import SEEN, apply_rows, columns_of
from advisor.catalog.imports.files import rows_of
from advisor.catalog.imports.report import Note, NoteKind, Tally, Unreadable
from advisor.catalog.models import BY_COLLECTION, ImportChange, ImportRun
from advisor.catalog.services import lock_drafts
from advisor.web.safe_fetch import FetchError

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# A preview is looked at within minutes; after a week the drafts have moved on. Its row stays, its content goes.
KEEP_DAYS = 7
LINES = 1_000  # of the report written at once
MEANWHILE = "The drafts were edited after the preview. These are the changes as they would be now."


@dataclass(frozen=True)
class Source:
    """What is imported: a file, or rows that an importer wrote like one."""

    kind: ImportRun.Kind
    collection: str
    origin: str  # the file's name, the hub and repositories, the package of prices
    format: str
    content: IO[bytes]
    notes: tuple[Note, ...] = ()


def rows_as_file(rows: Iterable[dict[str, Any]]) -> IO[bytes]:
    """Rows of an importer in the shape of a JSON file, so that they pass the same checks as one."""
    return BytesIO(json.dumps(list(rows), default=str, ensure_ascii=False).encode())


def run_import(
    find: Callable[[], Source],
    *,
    kind: ImportRun.Kind,
    collection: str,
    origin: str,
    by: AbstractBaseUser | None,
    dry_run: bool,
) -> ImportRun:
    """Find the rows, check them, and write them unless this is a preview or anything speaks against it.

    What cannot be read is kept in the log as failed. An error of the program is logged as such and goes on.
    """
    _forget_old_content()
    run = ImportRun.objects.create(
        kind=kind, collection=collection, origin=origin[:300], dry_run=dry_run, started_by_id=by.pk if by else None
    )
    try:
        return _run(run, find(), by=by)
    except (FetchError, Unreadable) as error:
        return _fail(run, str(getattr(error, "problem", error)))
    except Exception as error:
        _fail(run, f"An error of the program: {type(error).__name__}")
        raise


def apply_preview(preview: ImportRun, *, by: AbstractBaseUser | None) -> ImportRun:
    """Apply exactly what a preview showed. Where the drafts were edited meanwhile, the result is a new preview.

    Raises:
        ValueError: there is nothing to apply, or the preview is too old.
    """
    if not preview.can_be_applied:
        raise ValueError("This preview cannot be applied any more: make a new one.")
    run = ImportRun.objects.create(
        kind=preview.kind, collection=preview.collection, origin=preview.origin, dry_run=False, preview=preview,
        started_by_id=by.pk if by else None,
    )  # fmt: skip
    notes = tuple(Note(**note) for note in preview.notes if note["kind"] != NoteKind.MEANWHILE)
    with preview.file.open("rb") as content:
        source = Source(
            ImportRun.Kind(preview.kind), preview.collection, preview.origin, preview.format, content, notes
        )
        return _run(run, source, by=by, expected=preview.fingerprint)


def _run(run: ImportRun, source: Source, *, by: AbstractBaseUser | None, expected: str | None = None) -> ImportRun:
    notes = list(source.notes)
    with Tally() as tally:
        with transaction.atomic():
            lock_drafts()
            _apply(run, source, tally, by=by)
            if expected is not None and not tally.refused and tally.fingerprint != expected:
                run.dry_run = True
                notes.append(Note(NoteKind.MEANWHILE, "", MEANWHILE))
            if run.dry_run or tally.refused:
                transaction.set_rollback(True)
        run.outcome = ImportRun.Outcome.PREVIEWED if run.dry_run else ImportRun.Outcome.APPLIED
        if tally.refused:
            run.outcome = ImportRun.Outcome.REFUSED
        run.notes = [asdict(note) for note in notes]
        if run.outcome == ImportRun.Outcome.PREVIEWED and tally.added + tally.changed:
            _keep_content(run, source)
        _finish(run, tally)
    return run


def _apply(run: ImportRun, source: Source, tally: Tally, *, by: AbstractBaseUser | None) -> None:
    table = BY_COLLECTION[source.collection]
    rows = rows_of(source.content, source.format, {*columns_of(table), SEEN})
    try:
        apply_rows(table, rows, tally, by=by, reason=f"import {run.pk}: {source.origin}"[:100])
    except Unreadable as error:
        tally.refuse(error.problem)


def _keep_content(run: ImportRun, source: Source) -> None:
    source.content.seek(0)
    run.format = source.format
    run.file.save(f"{run.public_id}.{source.format}", File(source.content), save=False)


def _fail(run: ImportRun, reason: str) -> ImportRun:
    run.outcome, run.reason = ImportRun.Outcome.FAILED, reason
    with Tally() as tally:
        _finish(run, tally)
    return run


def _finish(run: ImportRun, tally: Tally) -> None:
    for name in ("rows", "added", "changed", "unchanged", "refused"):
        setattr(run, name, getattr(tally, name))
    run.finished_at = timezone.now()
    run.problems = [asdict(problem) for problem in tally.problems]
    run.fingerprint = tally.fingerprint
    with transaction.atomic():
        run.save()
        lines = (ImportChange(run=run, **vars(change)) for change in tally.changes())
        while batch := list(islice(lines, LINES)):
            ImportChange.objects.bulk_create(batch)


def _forget_old_content() -> None:
    old = ImportRun.objects.filter(started_at__lt=timezone.now() - timedelta(days=KEEP_DAYS)).exclude(file="")
    for run in old:
        run.file.delete(save=False)
        run.changes.all().delete()
        run.save(update_fields=["file"])
