"""Every model at every place for every job: offered, or ruled out by the first rule it breaks.

Rules about a model and rules about a place are asked once each. What is left meets in arrays (``grid.py``);
objects are made only of the options that somebody looks at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate, Removed
from advisor.engine.catalog import Catalog, Model
from advisor.engine.companions import Companions
from advisor.engine.demand import Load
from advisor.engine.filters import NO_RULES, Failure, first
from advisor.engine.first_failures import ModelFilter, barred_machines, judged_for
from advisor.engine.hosted_options import HostedOptions, Hosts, hosted_options
from advisor.engine.local_options import Boxes, LocalOptions, local_options
from advisor.engine.places import Place, machines
from advisor.engine.types import Rule


@dataclass(frozen=True)
class JobOptions:
    """One job's options. ``broken`` is the rule each model of the catalog breaks wherever it runs, if any."""

    load: Load
    models: tuple[Model, ...]
    broken: tuple[Failure | None, ...]
    hosted: HostedOptions
    local: LocalOptions

    @property
    def job(self) -> Job:
        return self.load.job

    @property
    def on_hosts(self) -> tuple[Candidate, ...]:
        return self.hosted.candidates


@dataclass(frozen=True)
class Options:
    """Every option considered, once. ``barred`` is the rule each of ``machines`` breaks whatever runs there, if any."""

    catalog: Catalog
    jobs: tuple[JobOptions, ...]
    machines: tuple[Place, ...]
    barred: tuple[Failure | None, ...]

    @property
    def considered(self) -> int:
        return sum(len(each.hosted.order) + len(each.models) * len(self.machines) for each in self.jobs)

    @property
    def eligible(self) -> int:
        return sum(len(each.on_hosts) + each.local.count for each in self.jobs)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every option that is offered, one by one: for listings, not for the search."""
        return tuple(item for each in self.jobs for item in (*each.on_hosts, *each.local.candidates()))

    @cached_property
    def removed(self) -> tuple[Removed, ...]:
        """Every option that is ruled out, one by one."""
        return tuple(item for each in self.jobs for item in self._removed(each))

    def _removed(self, each: JobOptions) -> Iterator[Removed]:
        yield from each.hosted.all_removed()
        for model, broken in zip(each.models, each.broken, strict=True):
            for place, barred in zip(self.machines, self.barred, strict=True):
                found = first(broken, barred)
                if found is not None:
                    yield Removed(each.job, model, place, found)
        yield from each.local.removed()


def options(business: Business, loads: tuple[Load, ...], ignoring: frozenset[Rule] = NO_RULES) -> Options:
    """Evaluate every model at every place for every job; ``ignoring`` leaves rules out."""
    hosts, places = Hosts.of(business, ignoring), machines(business)
    barred = barred_machines(places, business, ignoring)
    allowed = tuple(place for place, broken in zip(places, barred, strict=True) if broken is None)
    companions = Companions(business, ignoring)
    models, boxes = ModelFilter(business, ignoring), Boxes.of(allowed)
    found = tuple(_job_options(load, business, hosts, boxes, companions, models) for load in loads)
    return Options(business.catalog, found, places, barred)


def _job_options(
    load: Load, business: Business, hosts: Hosts, boxes: Boxes, companions: Companions, models: ModelFilter
) -> JobOptions:  # fmt: skip
    catalog, broken = business.catalog, models.broken(load.job)
    judged = judged_for(catalog, load.job, business.error_harm)
    return JobOptions(
        load, catalog.models, broken,
        hosted_options(load, hosts, broken, judged, companions),
        local_options(load, business, _passing(catalog.models, broken), judged, boxes, companions),
    )  # fmt: skip


def _passing(models: tuple[Model, ...], broken: tuple[Failure | None, ...]) -> tuple[Model, ...]:
    return tuple(model for model, rule in zip(models, broken, strict=True) if rule is None)
