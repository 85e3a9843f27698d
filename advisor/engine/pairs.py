"""Pairs of a model and a kind of machine as one business meets them: looked up in the tables of ``grid.py``.

The business's peak decides how many sequences run at once; everything else was worked out with the catalog.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
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
    """Pairs that work, at one number of sequences each: arrays of one length."""

    needed_gb: Array
    tokens_per_s: Array
    spread: Array
    seconds: Array
    per_hour: Array


@dataclass(frozen=True)
class Pairs:
    """Arrays over (model, kind). See ``grid.Grid`` for ``code`` to ``reached``.

    The rest are figures of pairs that work, NaN elsewhere: at the least number of sequences (``level`` in
    ``grid.SLOTS``) that carries the peak, else at the most that can run. ``levels`` is how many a pair can use,
    ``most_per_hour`` the requests an hour of the best of them.
    """

    usable_gb: Array  # (1, kind)
    code: Codes
    format: Codes
    smallest_gb: Array
    reached: Array
    pair: NDArray[np.int32]
    levels: Codes
    level: Codes
    needed_gb: Array
    tokens_per_s: Array
    seconds: Array
    most_per_hour: Array
    tables: tuple[Grid, ...]  # by kind: where ``pair`` counts

    def at(self, rows: Index, column: int, level: Index | int) -> Figures:
        """Figures of some models on one kind at other levels (one each, or one for all), which they can use."""
        grid = self.tables[column]
        where = self.pair[rows, column], level
        return Figures(*(getattr(grid, field.name)[where] for field in fields(Figures)))


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
    found = _part(shared, models, known, peak_per_hour)
    if not others:
        return found
    own = _part(build(catalog, request, others, peak_per_hour), models, others, peak_per_hour)
    ordered = [*known, *others]
    places = [ordered.index(kind) for kind in kinds]
    arrays = [field.name for field in fields(Pairs) if field.name != "tables"]
    joined = {name: np.hstack([getattr(found, name), getattr(own, name)])[:, places] for name in arrays}
    tables = (*found.tables, *own.tables)
    return Pairs(**joined, tables=tuple(tables[place] for place in places))


def _part(grid: Grid, models: Sequence[Model], kinds: Sequence[Kind], peak_per_hour: float) -> Pairs:
    rows = np.array([grid.rows[model.slug] for model in models], dtype=np.intp)
    columns = np.array([grid.columns[kind.key] for kind in kinds], dtype=np.intp)
    cells = np.ix_(rows, columns)
    pair = grid.pair[cells]
    at = np.nonzero(pair >= 0)
    row = pair[at]
    enough = grid.per_hour[row] >= peak_per_hour
    level = np.where(enough.any(axis=1), enough.argmax(axis=1), grid.levels[row] - 1)

    def figures(values: Array) -> Array:
        made = np.full(pair.shape, np.nan)
        made[at] = values
        return made

    def codes(values: NDArray[Any]) -> Codes:
        made = np.zeros(pair.shape, dtype=np.int8)
        made[at] = values
        return made

    return Pairs(
        usable_gb=grid.usable_gb[None, columns],
        code=grid.code[cells],
        format=grid.format[cells],
        smallest_gb=grid.smallest_gb[cells],
        reached=grid.reached[cells],
        pair=pair,
        levels=codes(grid.levels[row]),
        level=codes(level),
        needed_gb=figures(grid.needed_gb[row, level]),
        tokens_per_s=figures(grid.tokens_per_s[row, level]),
        seconds=figures(grid.seconds[row, level]),
        most_per_hour=figures(grid.most_per_hour[row]),
        tables=(grid,) * len(kinds),
    )
