"""From a row of a data file to a checked draft, with every problem named as file, row and field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models

from advisor.catalog.models import BY_COLLECTION, Entry
from advisor.catalog.models.base import NOT_PUBLISHED
from advisor.engine import catalog as engine

Rows = dict[str, list[dict[str, Any]]]
Drafts = dict[str, list[Entry]]
MEASUREMENTS = "measurements"
ENGINE_PLACE = re.compile(r"^(?P<collection>\w+)\[(?P<slug>[^\]]*)\][.:]\s*(?P<rest>.*)$")


def drafts_of(rows: Rows) -> tuple[Drafts, list[str]]:
    """Build unsaved drafts from rows of data files and check them, without a database."""
    problems: list[str] = []
    drafts: Drafts = {}
    known = {collection: {row["slug"] for row in entries} for collection, entries in rows.items()}
    for collection, entries in rows.items():
        drafts[collection] = []
        for row in entries:
            draft, found = _draft(BY_COLLECTION[collection], row, known)
            drafts[collection].append(draft)
            problems += [f"{place(collection, row['slug'])}, {problem}" for problem in found]
        problems += _twice(collection, entries)
    return drafts, problems


def document_of(drafts: Drafts, measured: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """The document these drafts and measurements would publish. Rows go in order of their short names."""
    entries = {
        collection: [entry.to_row() for entry in sorted(entries, key=lambda entry: entry.slug)]
        for collection, entries in drafts.items()
    }
    return {"format": engine.FORMAT, "entries": entries | ({MEASUREMENTS: list(measured)} if measured else {})}


def unsupported(drafts: Drafts) -> list[str]:
    """A fact without a source is refused, unless its grade says that nobody published it; so is one without a date."""
    problems = []
    for collection, entries in drafts.items():
        for entry in entries:
            if not entry.has_source:
                problems.append(
                    f"{place(collection, entry.slug)}, field source: missing, and the grade is {entry.grade}"
                )
            if not entry.has_date:
                problems.append(
                    f"{place(collection, entry.slug)}, field seen_on: missing, and there is no as_of either"
                )
    return problems


def read_by_engine(document: dict[str, Any], content_hash: str) -> engine.Catalog:
    """Parse the document with the engine's own types.

    Raises:
        ValueError: naming file, row and field.
    """
    try:
        return engine.Catalog.from_document(document, content_hash)
    except ValueError as error:
        match = ENGINE_PLACE.match(str(error))
        if match is None:
            raise
        raise ValueError(f"{place(match['collection'], match['slug'])}, field {match['rest']}") from error


def unreadable(document: dict[str, Any]) -> list[str]:
    """What the engine cannot read, row by row, so that nobody publishes again and again to find the next problem.
    Empty where each row alone is sound and only all together are not."""
    problems = []
    for collection, rows in document["entries"].items():
        for row in rows:
            try:
                read_by_engine(document | {"entries": {collection: [row]}}, "")
            except ValueError as error:
                problems.append(str(error))
    return problems


def place(collection: str, slug: str) -> str:
    return f"{collection}.yaml, row {slug}"


def _draft(table: type[Entry], row: dict[str, Any], known: dict[str, set[str]]) -> tuple[Entry, list[str]]:
    fields = table.published_fields()
    problems = [f"field {name}: not a field of {table.collection}" for name in row if name not in fields]
    references = [field for field in fields.values() if isinstance(field, models.ForeignKey)]
    for field in references:
        target, table_of = row.get(field.name), cast(type[Entry], field.related_model)
        if target is not None and target not in known.get(table_of.collection, set()):
            problems.append(f"field {field.name}: there is no {target!r} in {table_of.collection}.yaml")
    draft = table(
        **{fields[name].attname: _value(fields[name], value) for name, value in row.items() if name in fields}
    )
    # References were checked above; the field's own check would ask the database.
    problems += _checked(draft, exclude={*NOT_PUBLISHED, *(field.name for field in references if row.get(field.name))})
    return draft, problems


def _checked(draft: Entry, exclude: set[str]) -> Iterator[str]:
    try:
        draft.clean_fields(exclude=exclude)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield from (f"field {name}: {message}" for message in messages)


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.DecimalField) and isinstance(value, float):
        return Decimal(repr(value))  # exactly the digits in the file
    if value is None and field.has_default():
        return field.get_default()
    return value


def _twice(collection: str, entries: list[dict[str, Any]]) -> Iterator[str]:
    seen: set[str] = set()
    for row in entries:
        if row["slug"] in seen:
            yield f"{place(collection, row['slug'])}, field slug: used twice"
        seen.add(row["slug"])
