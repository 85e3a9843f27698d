"""The first rule each model of the catalog breaks for a job wherever it runs, and each machine whatever runs there.

What speaks against a model whoever asks is worked out once with the catalog; what speaks against a model or a machine
for one business is asked once for all that are alike in everything those rules read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from advisor.engine import facts
from advisor.engine.answers import ErrorHarm, Job
from advisor.engine.business import Business
from advisor.engine.catalog import Catalog, JobProfile, Model
from advisor.engine.demand import Load
from advisor.engine.filters import (
    RULE_ORDER,
    Failure,
    fit_failures,
    general_failures,
    general_place_failures,
    place_failure,
    price_failures,
)
from advisor.engine.model_rules import Fit, Subject
from advisor.engine.once import once_per_catalog, once_per_version
from advisor.engine.place_rules import has_price
from advisor.engine.places import Place, machines_for_all
from advisor.engine.quality import NONE, Quality, judge, yardsticks
from advisor.engine.types import Rule

# A summary of a meeting is a text like any other: judged by the floors of writing. Own choice.
FLOORS_FROM = {Job.MEETING_NOTES: Job.WRITE_REPLY}
# What rules that do not look at the job read of a model.
READ = attrgetter("license", "modalities", "publisher", "publisher_country", "family", "languages")


def floors_of(load: Load, business: Business) -> JobProfile:
    """The profile whose floors the main model must pass: the floors of meeting notes speak to the speech model."""
    return _floors(business.catalog, load.job)


def _floors(catalog: Catalog, job: Job) -> JobProfile:
    return facts.job_profile(catalog, FLOORS_FROM.get(job, job))


@once_per_version
def judged_for(catalog: Catalog, job: Job, harm: ErrorHarm) -> dict[str, Quality]:
    """Quality of every model for one job, by slug."""
    floors, sticks = _floors(catalog, job), yardsticks(catalog)
    return {model.slug: judge(model, floors, harm, sticks) for model in catalog.models}


@once_per_version
def _unfit(catalog: Catalog, job: Job, harm: ErrorHarm) -> tuple[tuple[Failure, ...], ...]:
    """What speaks against each model for one job, whoever asks."""
    judged, context = judged_for(catalog, job, harm), facts.job_profile(catalog, job).context_needed_tokens
    fits = (Fit(model, judged[model.slug], harm, job, int(context.central)) for model in catalog.models)
    return tuple(tuple(fit_failures(fit)) for fit in fits)


@once_per_version
def _alike(catalog: Catalog) -> tuple[tuple[Model, ...], tuple[int, ...]]:
    """One model of each sort that general rules tell apart, and which sort each model of the catalog is."""
    examples: dict[object, Model] = {}
    for model in catalog.models:
        examples.setdefault(READ(model), model)
    numbers = {sort: number for number, sort in enumerate(examples)}
    return tuple(examples.values()), tuple(numbers[READ(model)] for model in catalog.models)


def barred_machines(
    places: Sequence[Place], business: Business, ignoring: frozenset[Rule]
) -> tuple[Failure | None, ...]:  # fmt: skip
    """The first rule that each of ``places.machines`` breaks whatever runs there."""
    examples, sorts = _alike_machines(business.catalog)
    general = [_not_ignored(general_place_failures(place, business), ignoring) for place in examples]
    known = [general[sort] for sort in sorts]
    for at in range(len(known)) if business.untold else _doubtful(business.catalog):
        known[at] = known[at] or _not_ignored(price_failures(places[at], business), ignoring)
    own = [place_failure(place, business, ignoring) for place in places[len(sorts) :]]
    return (*known, *own)


def _not_ignored(failures: Iterator[Failure], ignoring: frozenset[Rule]) -> Failure | None:
    return next((found for found in failures if found[0] not in ignoring), None)


@once_per_catalog
def _doubtful(catalog: Catalog) -> tuple[int, ...]:
    """Machines whose price is missing or too old whoever asks, by their position."""
    return tuple(at for at, place in enumerate(machines_for_all(catalog)) if not has_price(place, catalog))


@once_per_catalog
def _alike_machines(catalog: Catalog) -> tuple[tuple[Place, ...], tuple[int, ...]]:
    """One machine of each sort that rules tell apart, their prices aside, and which sort each is."""
    places = machines_for_all(catalog)
    examples = {_read_of(place): place for place in reversed(places)}
    numbers = {sort: number for number, sort in enumerate(examples)}
    return tuple(examples.values()), tuple(numbers[_read_of(place)] for place in places)


def _read_of(place: Place) -> tuple[object, ...]:
    """Everything that rules but the price's read of a machine."""
    device, tier = place.device, place.offer.tier if place.offer is not None else None
    assert device is not None
    where = place.route, place.regions, place.provider, place.difficulty
    return *where, tier, device.vendor, device.vendor_country


@dataclass(frozen=True)
class ModelFilter:
    """The rules about models for one business; ``ignoring`` leaves some out."""

    business: Business
    ignoring: frozenset[Rule]

    def broken(self, job: Job) -> tuple[Failure | None, ...]:
        """The first rule that each model of the catalog breaks for the job."""
        unfit = _unfit(self.business.catalog, job, self.business.error_harm)
        return tuple(map(self._first, self._general, unfit))

    @cached_property
    def _general(self) -> tuple[tuple[Failure, ...], ...]:
        """What speaks against each model for this business, whatever the job."""
        examples, sorts = _alike(self.business.catalog)
        licenses = {license_.slug: license_ for license_ in self.business.catalog.licenses}
        subjects = [Subject(model, licenses[model.license], NONE) for model in examples]
        found = [tuple(general_failures(subject, self.business)) for subject in subjects]
        return tuple(found[sort] for sort in sorts)

    def _first(self, general: tuple[Failure, ...], unfit: tuple[Failure, ...]) -> Failure | None:
        if not general and not unfit:
            return None
        left = [found for found in (*general, *unfit) if found[0] not in self.ignoring]
        return min(left, key=lambda found: RULE_ORDER[found[0]], default=None)
