"""Checking proposed rows and writing them into drafts, a batch at a time. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from advisor.catalog.imports.cells import column_value, why_refused
from advisor.catalog.imports.plausible import Known, doubts, known_to
from advisor.catalog.imports.report import Change, Problem, Row, Tally
from advisor.catalog.models import Entry
from advisor.catalog.models.base import NOT_PUBLISHED
from advisor.catalog.services import row_hash

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

BATCH = 500
# A column of exported sheets: the content hash of the draft when the sheet was written. Given back unchanged it tells
# whether somebody edited the draft meanwhile; a sheet without it is not compared.
SEEN = "seen"


def columns_of(table: type[Entry]) -> dict[str, models.Field[Any, Any]]:
    """The columns a sheet of this table may have, except `SEEN`."""
    return {field.name: field for field in table._meta.concrete_fields if field.name not in NOT_PUBLISHED}


def apply_rows(
    table: type[Entry], rows: Iterable[Row], tally: Tally, *, by: AbstractBaseUser | None, reason: str
) -> None:
    """Write the rows into the drafts of a table, with their history. Every problem is counted; then roll back."""
    work = _Work(table, columns_of(table), known_to(table), tally, {})
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        _apply_batch(work, batch, by=by, reason=reason)


@dataclass(frozen=True)
class _Work:
    table: type[Entry]
    columns: dict[str, models.Field[Any, Any]]
    known: Known
    tally: Tally
    seen_at: dict[str, int]  # slug -> the row that named it

    @property
    def references(self) -> list[models.ForeignKey[Any, Any]]:
        return [field for field in self.columns.values() if isinstance(field, models.ForeignKey)]


@dataclass(frozen=True)
class _Proposal:
    row: int
    draft: Entry
    old: dict[str, Any] | None
    new: dict[str, Any]


def _apply_batch(work: _Work, batch: list[Row], *, by: AbstractBaseUser | None, reason: str) -> None:
    slugs = [str(row.values.get("slug")) for row in batch]
    # Locked, so that an editor who saves now waits and then sees the conflict.
    present = {draft.slug: draft for draft in work.table._default_manager.select_for_update().filter(slug__in=slugs)}
    targets = _targets(work, batch)
    proposals = []
    for row in batch:
        work.tally.rows += 1
        proposal, problems = _proposal(work, row, present, targets)
        for column, why in problems:
            work.tally.refuse(Problem(row.number, column, why))
        if proposal is None or problems:
            continue
        if proposal.old == proposal.new:
            work.tally.unchanged += 1
        else:
            proposals.append(proposal)
    _write(work, proposals, by=by, reason=reason)
    for proposal in proposals:
        _record(work.tally, proposal)


def _proposal(
    work: _Work, row: Row, present: Mapping[str, Entry], targets: Mapping[str, set[str]]
) -> tuple[_Proposal | None, list[tuple[str, str]]]:
    """The draft as the row would have it, and what speaks against it."""
    if row.problem:
        return None, [("", row.problem)]
    if problems := [(name, why) for name, value in row.values.items() if (why := why_refused(value))]:
        return None, problems
    slug = row.values.get("slug")
    if not isinstance(slug, str) or not slug:
        return None, [("slug", "missing; each row is recognized by it")]
    if first := work.seen_at.get(slug):
        return None, [("slug", f"{slug} stands already in row {first}")]
    work.seen_at[slug] = row.number
    draft = present.get(slug)
    if problems := list(_conflicts(row, draft)):
        return None, problems
    old = None if draft is None else draft.to_row()
    draft = draft or work.table(slug=slug)
    if problems := list(_assign(work, draft, row, targets)):
        return None, problems
    if problems := list(_invalid(work, draft)):
        return None, problems
    new = draft.to_row()
    return _Proposal(row.number, draft, old, new), list(doubts(work.table, old, new, work.known))


def _assign(work: _Work, draft: Entry, row: Row, targets: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    for name, raw in row.values.items():
        if name == SEEN:
            continue
        column = work.columns[name]  # files.py lets no other name through
        try:
            value = column_value(column, raw)
        except ValueError as error:
            yield name, str(error)
            continue
        if isinstance(column, models.ForeignKey) and value and value not in targets[name]:
            yield name, f"there is no {value} in {_collection_of(column)}"
        setattr(draft, column.attname, value)


def _invalid(work: _Work, draft: Entry) -> Iterator[tuple[str, str]]:
    """What the form of the admin would refuse as well. References were checked for the whole batch at once."""
    given = {field.name for field in work.references if getattr(draft, field.attname)}
    checks: tuple[Callable[[], None], ...] = (
        lambda: draft.clean_fields(exclude={*NOT_PUBLISHED, *given}),
        draft.clean,
    )
    for check in checks:
        try:
            check()
        except ValidationError as error:
            by_column = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            yield from (
                (name, " ".join(message.split())) for name, messages in by_column.items() for message in messages
            )
            return


def _conflicts(row: Row, draft: Entry | None) -> Iterator[tuple[str, str]]:
    seen = row.values.get(SEEN)
    if not seen:
        return
    if draft is None:
        yield SEEN, "the draft was deleted since the sheet was written"
    elif seen != row_hash(draft):
        last = draft.history.first()
        who = f" by {last.history_user or 'the system'} on {last.history_date:%Y-%m-%d %H:%M} UTC" if last else ""
        yield SEEN, f"the draft was changed since the sheet was written, last{who}"


def _targets(work: _Work, batch: list[Row]) -> dict[str, set[str]]:
    """Which of the entries that the batch refers to exist, by column."""
    found = {}
    for field in work.references:
        named = {str(row.values[field.name]) for row in batch if row.values.get(field.name)}
        target = cast(type[Entry], field.related_model)
        found[field.name] = set(
            target._default_manager.filter(slug__in=named).values_list("slug", flat=True) if named else ()
        )
    return found


def _collection_of(field: models.ForeignKey[Any, Any]) -> str:
    return cast(type[Entry], field.related_model).collection


def _write(work: _Work, proposals: list[_Proposal], *, by: AbstractBaseUser | None, reason: str) -> None:
    """In bulk; when the database refuses the batch, each draft is asked for itself, so that its row can be named."""
    new = [proposal.draft for proposal in proposals if proposal.old is None]
    changed = [proposal.draft for proposal in proposals if proposal.old is not None]
    for proposal in proposals:  # whoever brings a new date of checking is the one who checked
        if proposal.new["seen_on"] != (proposal.old or {}).get("seen_on"):
            proposal.draft.checked_by = by.get_username() if by else ""
    names = [*work.columns, "checked_by"]
    told = {"default_user": by, "default_change_reason": reason}
    try:
        with transaction.atomic():
            if new:
                bulk_create_with_history(new, work.table, batch_size=BATCH, **told)
            if changed:
                bulk_update_with_history(changed, work.table, names, batch_size=BATCH, **told)
    except IntegrityError as error:
        refused = [problem for proposal in proposals for problem in _refused_by_database(proposal)]
        for problem in refused or [Problem(0, "", f"the database refuses it: {str(error).splitlines()[0]}")]:
            work.tally.refuse(problem)


def _refused_by_database(proposal: _Proposal) -> Iterator[Problem]:
    for check in (proposal.draft.validate_constraints, proposal.draft.validate_unique):
        try:
            check()
        except ValidationError as error:
            for message in error.messages:
                yield Problem(proposal.row, "", message)
            return


def _record(tally: Tally, proposal: _Proposal) -> None:
    if proposal.old is None:
        tally.added += 1
        tally.record(Change(proposal.row, proposal.draft.slug, "", None, proposal.new))
        return
    tally.changed += 1
    for name, value in proposal.new.items():
        if proposal.old[name] != value:
            tally.record(Change(proposal.row, proposal.draft.slug, name, proposal.old[name], value))
