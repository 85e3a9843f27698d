"""Other models worth a look beside one: for the same work at a similar size, and newer ones of the same family.

No maker publishes a list of successors that the catalog holds, so "newer" is a reading of family, tasks, size and date.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from advisor.catalog.public.index import ModelRow

SIMILAR = 2.0  # at most twice or half the memory (or the parameters where that is not known); own pick
MOST = 6


def alternatives(model: ModelRow, models: Iterable[ModelRow]) -> list[ModelRow]:
    """Models of other families that do the same kind of work at a similar size, closest first, one of each family."""
    found = [
        (distance, other.slug, other)
        for other in models
        if other.family != model.family
        and _same_work(model, other)
        and (distance := _distance(model, other)) is not None
    ]
    closest: dict[str, ModelRow] = {}
    for _distance_to, _slug, other in sorted(found):
        closest.setdefault(other.family, other)
    return list(closest.values())[:MOST]


def newer_of_family(model: ModelRow, models: Iterable[ModelRow]) -> list[ModelRow]:
    """Later models of the family that do all this one does at a similar size, newest first."""
    return [
        other
        for other in models
        if other.family == model.family
        and other.publisher == model.publisher
        and model.released is not None
        and (other.released or "") > model.released
        and set(model.tasks) <= set(other.tasks)
        and _distance(model, other) is not None
    ][:MOST]


def _same_work(model: ModelRow, other: ModelRow) -> bool:
    """At least half of what either of them does is done by both."""
    both, either = set(model.tasks) & set(other.tasks), set(model.tasks) | set(other.tasks)
    return bool(both) and 2 * len(both) >= len(either)


def _distance(model: ModelRow, other: ModelRow) -> float | None:
    """How far the sizes lie apart, as a logarithm; None beyond ``SIMILAR`` or where a size is not known."""
    pairs = [
        (model.need.gb if model.need else None, other.need.gb if other.need else None),
        (model.params_b, other.params_b),
    ]
    for mine, theirs in pairs:
        if mine and theirs:
            apart = abs(math.log(theirs / mine))
            return apart if apart <= math.log(SIMILAR) + 1e-9 else None
    return None
