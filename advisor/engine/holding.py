"""What a machine keeps loaded: weights used for two jobs once, at the larger of the two sizes."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.engine.candidates import Candidate
from advisor.engine.catalog import Catalog
from advisor.engine.companions import Helper
from advisor.engine.once import once_per_version

ONE_AT_A_TIME = "one at a time"  # picture, page and 3D models are loaded when they work: only the largest counts


@once_per_version
def numbers_of(catalog: Catalog) -> dict[str, int]:
    """Everything that a machine can hold, each name with a number of its own."""
    names = (ONE_AT_A_TIME, *(model.slug for model in catalog.models))
    return {name: number for number, name in enumerate(names)}


def main_name(slug: str, *, media: bool) -> str:
    """What the weights of a main model are held as."""
    return ONE_AT_A_TIME if media else slug


def beside(helpers: Iterable[Helper]) -> tuple[tuple[str, float], ...]:
    """Names and GB of the companions that run on the machine."""
    return tuple((helper.model.slug, helper.needed_gb) for helper in helpers if helper.model and helper.price is None)


def shared_memory_gb(candidates: Iterable[Candidate]) -> float:
    """Memory of all models of a machine together."""
    sizes: dict[str, float] = {}
    for candidate in candidates:
        running, model = candidate.running, candidate.model
        if running is None or model is None:
            continue
        main = main_name(model.slug, media=running.tokens_per_s is None), running.needed_gb
        for name, size in (main, *beside(candidate.helpers)):
            sizes[name] = max(sizes.get(name, 0.0), size)
    return sum(sizes.values())
