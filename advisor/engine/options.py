"""Every model at every place for every job: offered, or ruled out by the first rule it breaks.

Rules about a model and rules about a place are asked once each. What is left meets in arrays (``grid.py``);
objects are made only of the options that somebody looks at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from advisor.engine.answers import Adaptation, Job
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate, Removed
from advisor.engine.catalog import ApiPrice, Catalog, Model
from advisor.engine.companions import Companions
from advisor.engine.demand import Load
from advisor.engine.filters import NO_RULES, Failure, failure, first, place_failure
from advisor.engine.first_failures import ModelFilter, barred_machines, judged_for
from advisor.engine.local_options import Boxes, LocalOptions, local_options
from advisor.engine.place_rules import old_price
from advisor.engine.places import Place, hosted, machines
from advisor.engine.quality import Quality
from advisor.engine.trainers import is_trained
from advisor.engine.types import Rule


@dataclass(frozen=True)
class JobOptions:
    """One job's options. ``broken`` is the rule each model of the catalog breaks wherever it runs, if any."""

    load: Load
    models: tuple[Model, ...]
    broken: tuple[Failure | None, ...]
    hosted: tuple[Candidate | Removed, ...]  # one for each price row of a known model
    local: LocalOptions

    @property
    def job(self) -> Job:
        return self.load.job

    @cached_property
    def on_hosts(self) -> tuple[Candidate, ...]:
        return tuple(item for item in self.hosted if isinstance(item, Candidate))


@dataclass(frozen=True)
class Options:
    """Every option considered, once. ``barred`` is the rule each of ``machines`` breaks whatever runs there, if any."""

    catalog: Catalog
    jobs: tuple[JobOptions, ...]
    machines: tuple[Place, ...]
    barred: tuple[Failure | None, ...]

    @property
    def considered(self) -> int:
        return sum(len(each.hosted) + len(each.models) * len(self.machines) for each in self.jobs)

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
        yield from (item for item in each.hosted if isinstance(item, Removed))
        for model, broken in zip(each.models, each.broken, strict=True):
            for place, barred in zip(self.machines, self.barred, strict=True):
                found = first(broken, barred)
                if found is not None:
                    yield Removed(each.job, model, place, found)
        yield from each.local.removed()


def options(business: Business, loads: tuple[Load, ...], ignoring: frozenset[Rule] = NO_RULES) -> Options:
    """Evaluate every model at every place for every job; ``ignoring`` leaves rules out."""
    hosts = [(place, rows, place_failure(place, business, ignoring)) for place, rows in hosted(business.catalog)]
    places = machines(business)
    barred = barred_machines(places, business, ignoring)
    allowed = tuple(place for place, broken in zip(places, barred, strict=True) if broken is None)
    companions = Companions(business, ignoring)
    models, boxes = ModelFilter(business, ignoring), Boxes.of(allowed)
    found = tuple(_job_options(load, business, hosts, boxes, companions, models) for load in loads)
    return Options(business.catalog, found, places, barred)


Host = tuple[Place, tuple[ApiPrice, ...], Failure | None]


def _job_options(
    load: Load, business: Business, hosts: list[Host], boxes: Boxes, companions: Companions, models: ModelFilter
) -> JobOptions:  # fmt: skip
    catalog, broken = business.catalog, models.broken(load.job)
    judged = judged_for(catalog, load.job, business.error_harm)
    return JobOptions(
        load, catalog.models, broken,
        tuple(_on_hosts(load, catalog.models, broken, judged, hosts, companions)),
        local_options(load, business, _passing(catalog.models, broken), judged, boxes, companions),
    )  # fmt: skip


def _passing(models: tuple[Model, ...], broken: tuple[Failure | None, ...]) -> tuple[Model, ...]:
    return tuple(model for model, rule in zip(models, broken, strict=True) if rule is None)


def _on_hosts(
    load: Load, models: tuple[Model, ...], broken: tuple[Failure | None, ...], judged: dict[str, Quality],
    hosts: list[Host], companions: Companions,
) -> Iterator[Candidate | Removed]:  # fmt: skip
    known = {model.slug: (model, rule) for model, rule in zip(models, broken, strict=True)}
    for place, rows, barred in hosts:
        for row in rows:
            if row.model not in known:
                continue
            model, rule = known[row.model]
            either = first(rule, barred) if rule and barred else rule or barred
            found = either or _hosted(load, model, judged[model.slug], place, row, companions)
            yield found if isinstance(found, Candidate) else Removed(load.job, model, place, found)


def _hosted(
    load: Load, model: Model, judged: Quality, place: Place, row: ApiPrice, companions: Companions
) -> Candidate | Failure:
    if row.context_tokens is not None and row.context_tokens < load.context_tokens:
        return failure(Rule.ABILITY, task="long_texts")
    if is_trained(load.job, companions.business):
        return failure(Rule.ABILITY, task=Adaptation.FINE_TUNING)  # a host runs its models as they are
    helpers, missing = companions.of(load, place)
    if missing is not None:
        return missing
    old = old_price("api_prices", row, row.model_name, companions.business)
    if old is not None and Rule.NO_PRICE not in companions.ignoring:
        return failure(Rule.NO_PRICE, **old)
    return Candidate(load.job, model, row.model_name, place, judged, price=row, helpers=helpers)
