"""What the memory of a plan's machine goes to: weights, working memory of the requests in hand, and overhead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.engine import memory
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import Catalog
from advisor.engine.demand import Load
from advisor.engine.holding import beside, main_name
from advisor.engine.measured_here import as_told
from advisor.engine.runtimes import runtime_for


@dataclass(frozen=True)
class Split:
    """GB of everything a machine keeps loaded; overhead is buffers and what drivers and programs hold."""

    weights_gb: float = 0.0
    working_gb: float = 0.0
    overhead_gb: float = 0.0

    @property
    def needed_gb(self) -> float:
        return self.weights_gb + self.working_gb + self.overhead_gb

    def __add__(self, other: Split) -> Split:
        return Split(
            self.weights_gb + other.weights_gb,
            self.working_gb + other.working_gb,
            self.overhead_gb + other.overhead_gb,
        )


def split(jobs: Iterable[tuple[Candidate, Load]], catalog: Catalog) -> Split:
    """The memory that ``shared_memory_gb`` counts, in its parts: weights used for two jobs once, at the larger size."""
    largest: dict[str, Split] = {}
    for candidate, load in jobs:
        running, model = candidate.running, candidate.model
        assert running is not None
        assert model is not None
        main = main_name(model.slug, media=running.tokens_per_s is None), _of_main(candidate, load, catalog)
        helpers = ((name, Split(weights_gb=size)) for name, size in beside(candidate.helpers))
        for name, found in (main, *helpers):
            known = largest.get(name, Split())
            largest[name] = found if found.needed_gb > known.needed_gb else known
    return sum(largest.values(), Split())


def _of_main(candidate: Candidate, load: Load, catalog: Catalog) -> Split:
    """A model for pictures or pages, of which nothing but its size is known, counts as weights."""
    running, model, device = candidate.running, candidate.model, candidate.place.device
    assert running is not None
    assert model is not None
    assert device is not None
    if running.format is None or running.tokens_per_s is None:
        return Split(weights_gb=running.needed_gb)
    tokens = int(load.profile.context_needed_tokens.central)
    found = memory.need(
        as_told(catalog, model), running.format, runtime_for(device), tokens, running.slots,
        device_count=candidate.place.cards, device=device,
    )  # fmt: skip
    weights = min(found.weights_gb or 0.0, running.needed_gb)
    working = min((found.kv_cache_gb or 0.0) + (found.state_gb or 0.0), running.needed_gb - weights)
    return Split(weights, working, running.needed_gb - weights - working)
