"""What a machine keeps loaded: weights used for two jobs once, at the larger of the two sizes."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.engine.candidates import Candidate
from advisor.engine.companions import Helper

ONE_AT_A_TIME = "one at a time"  # picture, page and 3D models are loaded when they work: only the largest counts


def held(slug: str, needed_gb: float, helpers: Iterable[Helper], *, media: bool) -> tuple[tuple[str, float], ...]:
    """Names and GB of a main model and of the companions that run beside it."""
    beside = [(helper.model.slug, helper.needed_gb) for helper in helpers if helper.model and helper.price is None]
    return (ONE_AT_A_TIME if media else slug, needed_gb), *beside


def shared_memory_gb(candidates: Iterable[Candidate]) -> float:
    """Memory of all models of a machine together."""
    sizes: dict[str, float] = {}
    for candidate in candidates:
        running, model = candidate.running, candidate.model
        if running is None or model is None:
            continue
        for name, size in held(model.slug, running.needed_gb, candidate.helpers, media=running.tokens_per_s is None):
            sizes[name] = max(sizes.get(name, 0.0), size)
    return sum(sizes.values())
