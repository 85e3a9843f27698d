"""Which models fit what was asked for, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from advisor.catalog.public.index import ModelRow


class Use(StrEnum):
    """What a business wants to be allowed to do."""

    BUSINESS = "business"
    FREELY = "freely"
    STANDARD = "standard"


class Size(StrEnum):
    """Bands of billions of parameters. Own picks: phone, computer, one card, one server, several servers."""

    TINY = "under-4"
    SMALL = "4-15"
    MEDIUM = "15-40"
    LARGE = "40-150"
    HUGE = "over-150"


SIZE_BANDS: dict[Size, tuple[float, float]] = {  # at least, below
    Size.TINY: (0, 4),
    Size.SMALL: (4, 15),
    Size.MEDIUM: (15, 40),
    Size.LARGE: (40, 150),
    Size.HUGE: (150, float("inf")),
}


class Sort(StrEnum):
    NEWEST = "newest"
    SMALLEST = "memory"
    LARGEST = "largest"
    CHEAPEST = "hosted-price"
    DOWNLOADS = "downloads"
    NAME = "name"


@dataclass(frozen=True)
class Query:
    """What was asked for; empty means no wish. ``unknown`` keeps models about which a wish cannot be checked."""

    words: str = ""
    task: str = ""
    size: str = ""
    use: str = ""
    country: str = ""
    language: str = ""
    memory_gb: float | None = None
    publisher: str = ""
    since: str = ""  # year
    openness: str = ""
    unknown: bool = False
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True)
class Found:
    """``unchecked`` counts the models left out only because nobody published what was asked about."""

    models: tuple[ModelRow, ...]
    unchecked: int


Check = Callable[[ModelRow], bool | None]  # None: not known of this model


def search(models: Iterable[ModelRow], query: Query) -> Found:
    """Models for which no wish fails. ``models`` come newest first, which decides ties."""
    checks = _checks(query)
    kept, unchecked = [], 0
    for model in models:
        answers = [check(model) for check in checks]
        if any(answer is False for answer in answers):
            continue
        if None in answers and not query.unknown:
            unchecked += 1
            continue
        kept.append(model)
    return Found(tuple(sorted(kept, key=_ORDER[query.sort])), unchecked)


def _checks(query: Query) -> list[Check]:
    words = query.words.casefold().split()
    checks: list[tuple[object, Check]] = [
        (words, lambda model: all(word in model.text for word in words)),
        (query.task, lambda model: query.task in model.tasks),
        (query.publisher, lambda model: model.publisher == query.publisher),
        (query.use, lambda model: _permits(model, query.use)),
        (query.country, lambda model: model.licensed_in(query.country)),
        (query.openness, lambda model: None if model.openness is None else model.openness == query.openness),
        (query.size, lambda model: _in_band(model.params_b, query.size)),
        (query.memory_gb, lambda model: None if model.need is None else model.need.gb <= (query.memory_gb or 0)),
        (query.language, lambda model: None if model.languages is None else query.language in model.languages),
        (query.since, lambda model: None if model.released is None else model.released >= query.since),
    ]
    return [check for wish, check in checks if wish]


def _permits(model: ModelRow, use: str) -> bool:
    match use:
        case Use.STANDARD:
            return model.standard_license
        case Use.FREELY:
            return model.commercial_use == "yes"
        case _:
            return model.commercial_use != "no"


def _in_band(value: float | None, size: str) -> bool | None:
    least, below = SIZE_BANDS[Size(size)]
    return None if value is None else least <= value < below


def _last(value: float | None) -> tuple[bool, float]:
    """Smallest first, what is not known at the end."""
    return value is None, value or 0.0


_ORDER: dict[Sort, Callable[[ModelRow], tuple[bool, float] | tuple[bool, str]]] = {
    Sort.NEWEST: lambda model: (model.released is None, 0.0),
    Sort.SMALLEST: lambda model: _last(model.need.gb if model.need else None),
    Sort.LARGEST: lambda model: _last(None if model.params_b is None else -model.params_b),
    Sort.CHEAPEST: lambda model: _last(model.hosted_usd),
    Sort.DOWNLOADS: lambda model: _last(None if model.downloads_30d is None else -model.downloads_30d),
    Sort.NAME: lambda model: (False, model.name.casefold()),
}
