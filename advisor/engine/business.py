"""One business as the engine reckons with it: answers with every gap filled, and each uncertain input as a range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from advisor.engine import facts
from advisor.engine.answers import (
    Adaptation,
    Answers,
    Audience,
    Computers,
    ErrorHarm,
    Information,
    ItSupport,
    Job,
    PeopleDecision,
    ProcessingLocation,
    Program,
    Readiness,
)
from advisor.engine.catalog import Catalog, JobProfile, Number, Sector, SupportOffer
from advisor.engine.sample import Array, central, draw
from advisor.engine.types import Assumption, Route


@dataclass(frozen=True)
class BusinessJob:
    """One job with its profile; the ranges sit in ``Business.numbers`` under ``"volume:<job>"`` and so on."""

    job: Job
    profile: JobProfile


@dataclass(frozen=True)
class Business:
    """Answers with every gap filled. ``numbers`` holds each uncertain input with its evidence."""

    answers: Answers
    catalog: Catalog
    as_of: date
    sector: Sector
    jobs: tuple[BusinessJob, ...]
    users: int
    error_harm: ErrorHarm
    audience: tuple[Audience, ...]
    people_decisions: tuple[PeopleDecision, ...]
    information: frozenset[Information]
    location: ProcessingLocation
    computers: Computers
    it_support: ItSupport
    offline: bool
    programs: tuple[Program, ...]
    readiness: Readiness
    numbers: Mapping[str, Number]
    assumptions: tuple[Assumption, ...]
    adaptation: Adaptation = Adaptation.PROMPT  # of the main job, chosen on the result page
    support: SupportOffer | None = None  # paid support, switched on on the result page

    @cached_property
    def currency(self) -> str:
        return self.answers.currency

    @cached_property
    def horizon(self) -> int:
        return self.answers.horizon_months

    @cached_property
    def searched(self) -> tuple[Job, ...]:
        """Jobs that look things up in the business's documents."""
        main = (self.jobs[0].job,) if self.adaptation is Adaptation.SEARCH else ()
        own = tuple(work.job for work in self.jobs if work.job is Job.FIND_IN_DOCUMENTS)
        return tuple(dict.fromkeys((*main, *own)))

    @cached_property
    def factors(self) -> dict[str, Array]:
        """Every input over the whole sample."""
        return draw(self.numbers)

    @cached_property
    def middle(self) -> dict[str, Array]:
        """Every input at its central value alone: for searches that need no range."""
        return central(self.factors)

    @cached_property
    def planning(self) -> frozenset[str]:
        """Names of the planning values: ranges that no question asks for and that the owner may know better."""
        return facts.planning_names(self.catalog)

    @cached_property
    def untold(self) -> dict[str, str | None]:
        """Currencies whose amounts cannot be told in the business's own, each with the date of the expired rate."""
        old = {row.currency: row.as_of or row.seen_on for row in self.catalog.fx if self.catalog.is_expired("fx", row)}
        if self.currency in old:  # then nothing foreign can be told
            old = dict.fromkeys({row.currency for row in self.catalog.fx} | {"USD"}, old[self.currency])
        return {currency: as_of for currency, as_of in old.items() if currency != self.currency}

    @cached_property
    def stopped(self) -> dict[Route, float]:
        """Central spending that stops over the horizon by the route of a plan, as far as it was asked for."""
        return {}

    @cached_property
    def _rates(self) -> dict[str, Number]:
        return {}

    def exchange(self, currency: str) -> Number:
        """Today's rate from ``currency`` into the business's own, with its source and date."""
        if currency not in self._rates:
            self._rates[currency] = facts.exchange(self.catalog, currency, self.currency)
        return self._rates[currency]

    def convert(self, amount: float, currency: str) -> float:
        """Money in the business's currency at the catalog's rate."""
        return amount * facts.cross_rate(self.catalog, currency, self.currency)
