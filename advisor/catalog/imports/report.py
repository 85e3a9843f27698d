"""What an import reads and reports: rows, problems, changes and notes, and the count of it all."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

# Nobody reads more, and a file of the wrong kind would otherwise name each of its rows. All are counted.
PROBLEMS_KEPT = 1_000
SPOOL_BYTES = 1_000_000  # a report longer than this waits in a file and not in memory


@dataclass(frozen=True)
class Row:
    """One row as it was read: column -> value. ``number`` is its line in the sheet, or its place in a JSON list.

    ``problem`` is set where the row itself is broken; its values are then not looked at.
    """

    number: int
    values: Mapping[str, Any]
    problem: str = ""


@dataclass(frozen=True)
class Problem:
    """Why a row is refused. Row 0 is the file as a whole."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = [f"row {self.row}"] if self.row else []
        place += [f"column {self.column}"] if self.column else []
        return f"{', '.join(place) or 'file'}: {self.reason}"


@dataclass(frozen=True)
class Change:
    """A field of a draft before and after. A new draft is one change without a field: the whole row."""

    row: int
    slug: str
    field: str
    old: Any
    new: Any


class NoteKind(StrEnum):
    CONTRADICTION = "contradiction"  # the source says otherwise than the draft; the draft stays
    CONFIRM = "confirm"  # a hint that a person has to confirm
    UNMATCHED = "unmatched"  # belongs to nothing in the catalog, or to nothing in the source
    FACT = "fact"  # a fact that no column holds
    MEANWHILE = "meanwhile"  # the drafts were edited between preview and confirmation


@dataclass(frozen=True)
class Note:
    kind: NoteKind
    slug: str
    text: str


class Unreadable(Exception):
    """The file cannot be read any further."""

    def __init__(self, reason: str, *, row: int = 0, column: str = "") -> None:
        super().__init__(reason)
        self.problem = Problem(row, column, reason)


@dataclass
class Tally:
    """The report while it grows, for a ``with``. Changes wait outside memory: a large file changes many fields."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    _spool: Any = field(default_factory=lambda: tempfile.SpooledTemporaryFile(SPOOL_BYTES))  # noqa: SIM115  # lives as long as the report
    _digest: Any = field(default_factory=hashlib.sha256)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._spool.close()

    def refuse(self, problem: Problem) -> None:
        self.refused += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)

    def record(self, change: Change) -> None:
        line = json.dumps(vars(change), sort_keys=True, ensure_ascii=False).encode() + b"\n"
        self._digest.update(line)
        self._spool.write(line)

    def changes(self) -> Iterator[Change]:
        self._spool.seek(0)
        for line in self._spool:
            yield Change(**json.loads(line))

    @property
    def fingerprint(self) -> str:
        """The same changes to the same drafts give the same text."""
        return str(self._digest.hexdigest())
