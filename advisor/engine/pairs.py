"""Pairs of a model and a kind of machine as one business meets them: looked up in the tables of ``grid.py``.

The business's peak decides how many sequences run at once; everything else was worked out with the catalog.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.engine.catalog import Catalog, Model
from advisor.engine.grid import Codes, Grid, Index, Request, build
from advisor.engine.once import once_per_version
from advisor.engine.places import Kind, Place, machines_for_all, office_computer
from advisor.engine.sample import Array


@dataclass(frozen=True)
class Figures:
    """``grid.FIGURES`` of pairs that work, at one number of sequences each: arrays of one length."""

    needed_gb: Array
    tokens_per_s: Array
    spread: Array
    seconds: Array
    per_hour: Array


@dataclass(frozen=True)
class Part:
    """Models and kinds of one table: its rows and columns."""

    grid: Grid
    rows: Index
    columns: Index

    @cached_property
    def _flat(self) -> Index:
        """Where the pairs stand in a table laid flat kind by kind, as they are looked at; shape (kinds, models)."""
        places: Index = self.columns[:, None] * len(self.grid.rows) + self.rows
        return places

    def cells(self, table: NDArray[Any]) -> NDArray[Any]:
        """A figure of every pair from a table over (model, kind)."""
        return table.ravel(order="F").take(self._flat).T

    def more(self, peak_per_hour: float) -> More:
        """Pairs that carry the peak with more sequences at once than one, or not at all."""
        at = np.nonzero(self.cells(self.grid.alone["per_hour"]) < peak_per_hour)
        row = self.grid.pair[self.rows[at[0]], self.columns[at[1]]]
        enough = self.grid.by_level("per_hour")[row] >= peak_per_hour
        return More(at, row, np.where(enough.any(axis=1), enough.argmax(axis=1), self.grid.levels[row] - 1))


@dataclass(frozen=True)
class More:
    """Pairs beyond the first level: where they are, their rows in the tables by level, and the level of each.

    It is the first that carries the peak, else the last.
    """

    at: tuple[Index, ...]
    row: NDArray[np.int32]
    level: Index


@dataclass(frozen=True)
class Pairs:
    """Arrays over (model, kind), made when somebody asks. See ``grid.Grid`` for ``code`` to ``reached``.

    The rest are figures of pairs that work, NaN elsewhere: at the least number of sequences (``level`` in
    ``grid.SLOTS``) that carries the peak, else at the most that can run. ``most_per_hour`` is of the best level.
    """

    parts: tuple[Part, ...]
    order: Index | None  # of the kinds of all parts; None: as they come
    peak_per_hour: float

    def _joined(self, arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """One array of those of all parts."""
        return arrays[0] if self.order is None else np.hstack(arrays)[:, self.order]

    def _all(self, table: str) -> NDArray[Any]:
        return self._joined([part.cells(getattr(part.grid, table)) for part in self.parts])

    @cached_property
    def usable_gb(self) -> Array:
        """Shape (1, kind)."""
        return self._joined([part.grid.usable_gb[None, part.columns] for part in self.parts])

    @cached_property
    def code(self) -> Codes:
        return self._all("code")

    @cached_property
    def format(self) -> Codes:
        return self._all("format")

    @cached_property
    def smallest_gb(self) -> Array:
        return self._all("smallest_gb")

    @cached_property
    def reached(self) -> Array:
        return self._all("reached")

    @cached_property
    def _more(self) -> list[More]:
        return [part.more(self.peak_per_hour) for part in self.parts]

    @cached_property
    def level(self) -> Index:
        found = []
        for part, more in zip(self.parts, self._more, strict=True):
            level = np.zeros((len(part.rows), len(part.columns)), dtype=np.intp, order="F")
            level[more.at] = more.level
            found.append(level)
        return self._joined(found)

    def _at_level(self, table: str) -> Array:
        found = []
        for part, more in zip(self.parts, self._more, strict=True):
            figures = part.cells(part.grid.alone[table])
            figures[more.at] = part.grid.by_level(table)[more.row, more.level]
            found.append(figures)
        return self._joined(found)

    @cached_property
    def needed_gb(self) -> Array:
        return self._at_level("needed_gb")

    @cached_property
    def tokens_per_s(self) -> Array:
        return self._at_level("tokens_per_s")

    @cached_property
    def seconds(self) -> Array:
        return self._at_level("seconds")

    @cached_property
    def most_per_hour(self) -> Array:
        return self._joined([part.cells(part.grid.most_per_hour) for part in self.parts])

    def levels(self, rows: Index, column: int) -> Codes:
        """How many levels some models can use on one kind."""
        part, there = self._part_of(column)
        found: Codes = part.grid.levels[part.grid.pair[part.rows[rows], part.columns[there]]]
        return found

    def at(self, rows: Index, column: int, level: Index | int) -> Figures:
        """Figures of some models on one kind at other levels (one each, or one for all), which they can use."""
        part, there = self._part_of(column)
        return Figures(*part.grid.figures[part.grid.pair[part.rows[rows], part.columns[there]], level].T)

    def _part_of(self, column: int) -> tuple[Part, int]:
        """The part that a column belongs to, and its number there."""
        if self.order is None:
            return self.parts[0], column
        at = int(self.order[column])
        starts = np.cumsum([0, *(len(part.columns) for part in self.parts[:-1])])
        number = int(starts.searchsorted(at, side="right")) - 1
        return self.parts[number], at - int(starts[number])


def kind_of(place: Place) -> Kind:
    assert place.device is not None
    return Kind(place.device, place.cards)


@once_per_version
def grid_of(catalog: Catalog, request: Request) -> Grid:
    """The table of every machine that anybody could have."""
    office = office_computer(catalog)
    places = (*machines_for_all(catalog), *([] if office is None else [office]))
    kinds = {kind.key: kind for kind in map(kind_of, places)}
    return build(catalog, request, tuple(kinds.values()))


def look_up(
    catalog: Catalog, request: Request, models: Sequence[Model], kinds: Sequence[Kind], peak_per_hour: float
) -> Pairs:
    """``models`` must be able to do the job. Computers told only by their memory get a table of their own."""
    shared = grid_of(catalog, request)
    known = [kind for kind in kinds if kind.key in shared.columns]
    others = [kind for kind in kinds if kind.key not in shared.columns]
    if not others:
        return Pairs((_part(shared, models, known),), None, peak_per_hour)
    own = build(catalog, request, others, peak_per_hour)
    ordered = [*known, *others]
    order = np.array([ordered.index(kind) for kind in kinds], dtype=np.intp)
    return Pairs((_part(shared, models, known), _part(own, models, others)), order, peak_per_hour)


def _part(grid: Grid, models: Sequence[Model], kinds: Sequence[Kind]) -> Part:
    rows = np.array([grid.rows[model.slug] for model in models], dtype=np.intp)
    return Part(grid, rows, np.array([grid.columns[kind.key] for kind in kinds], dtype=np.intp))
