"""Facts of a document that cannot be true, or hardly both: the engine's table of checks, for a person to judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.engine.catalog import Entry, row_types
from advisor.engine.contradictions import Effect, findings
from advisor.engine.reading import read_row


@dataclass(frozen=True)
class Contradiction:
    """``refused``: the engine reads no catalog that says so, and none is published."""

    collection: str
    slug: str
    text: str
    refused: bool = False


def contradictions(document: Mapping[str, Any]) -> tuple[Contradiction, ...]:
    """Every contradiction, in order of collection, entry and text. Nothing is corrected or hidden."""
    types, tables = row_types(), {}
    found: set[Contradiction] = set()
    for name, rows in document["entries"].items():
        read = []
        for row in rows:
            try:
                read.append(read_row(types.get(name, Entry), row, name))
            except ValueError as error:
                found.add(Contradiction(name, row["slug"], str(error), refused=True))
        tables[name] = tuple(read)
    found |= {
        Contradiction(
            each.kind, each.slug, f"{each.field}: {each.problem}.", each.effect is Effect.REFUSE and each.kind in types
        )
        for each in findings(tables)
    }
    return tuple(sorted(found, key=lambda item: (item.collection, item.slug, item.text)))
