"""Every model at every place for every job: offered, or ruled out by the first rule it breaks.

Rules about a model and rules about a place are asked once each. What is left meets in arrays (``grid.py``);
objects are made only of the options that somebody looks at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from advisor.engine import facts
from advisor.engine.answers import Adaptation, ErrorHarm, Job
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate, Removed
from advisor.engine.catalog import ApiPrice, Catalog, JobProfile, Model
from advisor.engine.companions import Companions
from advisor.engine.demand import Load
from advisor.engine.filters import NO_RULES, Failure, failure, first, model_failure, place_failure
from advisor.engine.local_options import LocalOptions, local_options
from advisor.engine.once import once_per_version
from advisor.engine.place_rules import old_price
from advisor.engine.places import Place, hosted, machines
from advisor.engine.quality import Quality, judge, yardsticks
from advisor.engine.trainers import is_trained
from advisor.engine.types import Rule

# A summary of a meeting is a text like any other: judged by the floors of writing. Own choice.
FLOORS_FROM = {Job.MEETING_NOTES: Job.WRITE_REPLY}


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
    boxes = machines(business)
    barred = tuple(place_failure(place, business, ignoring) for place in boxes)
    allowed = tuple(place for place, broken in zip(boxes, barred, strict=True) if broken is None)
    companions = Companions(business, ignoring)
    found = tuple(_job_options(load, business, hosts, allowed, companions, ignoring) for load in loads)
    return Options(found, boxes, barred)


Host = tuple[Place, tuple[ApiPrice, ...], Failure | None]


def _job_options(
    load: Load, business: Business, hosts: list[Host], allowed: tuple[Place, ...], companions: Companions,
    ignoring: frozenset[Rule],
) -> JobOptions:  # fmt: skip
    catalog = business.catalog
    licenses = {license_.slug: license_ for license_ in catalog.licenses}
    judged = _judged(catalog, FLOORS_FROM.get(load.job, load.job), business.error_harm)
    broken = tuple(
        model_failure(model, load, business, licenses[model.license], judged[model.slug], ignoring)
        for model in catalog.models
    )
    return JobOptions(
        load, catalog.models, broken,
        tuple(_on_hosts(load, catalog.models, broken, judged, hosts, companions)),
        local_options(load, business, _passing(catalog.models, broken), judged, allowed, companions),
    )  # fmt: skip


@once_per_version
def _judged(catalog: Catalog, job: Job, harm: ErrorHarm) -> dict[str, Quality]:
    """Quality of every model for one job, by slug."""
    floors, sticks = facts.job_profile(catalog, job), yardsticks(catalog)
    return {model.slug: judge(model, floors, harm, sticks) for model in catalog.models}


def floors_of(load: Load, business: Business) -> JobProfile:
    """The profile whose floors the main model must pass: the floors of meeting notes speak to the speech model."""
    return facts.job_profile(business.catalog, FLOORS_FROM.get(load.job, load.job))


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
            found = first(rule, barred) or _hosted(load, model, judged[model.slug], place, row, companions)
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
