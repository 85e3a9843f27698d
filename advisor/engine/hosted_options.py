"""One job's models at hosts, one option for each price row of a known model: offered, or ruled out.

Most rows fall to a rule that their model or their host breaks; that is read from arrays, and options are made of the
rest alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.engine.answers import Adaptation
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate, Removed
from advisor.engine.catalog import ApiPrice, Catalog, Model
from advisor.engine.companions import Companions, Found
from advisor.engine.demand import Load
from advisor.engine.filters import NO_RULE, NO_RULES, Failure, failure, first, order_of, place_failure
from advisor.engine.grid import Codes, Index
from advisor.engine.once import once_per_catalog
from advisor.engine.place_rules import old_price
from advisor.engine.places import Place, hosted
from advisor.engine.quality import Quality
from advisor.engine.trainers import is_trained
from advisor.engine.types import Rule

NOTHING: Found = ((), None)


@dataclass(frozen=True)
class Offers:
    """Price rows of known models by host, hosts by name; ``model`` and ``host`` say which each row is of."""

    rows: tuple[ApiPrice, ...]
    hosts: tuple[Place, ...]
    model: Index  # position in the catalog
    host: Index


@once_per_catalog
def offers(catalog: Catalog) -> Offers:
    known = {model.slug: at for at, model in enumerate(catalog.models)}
    places = hosted(catalog)
    found = [(row, host) for host, (_, rows) in enumerate(places) for row in rows if row.model in known]
    return Offers(
        tuple(row for row, _ in found),
        tuple(place for place, _ in places),
        np.array([known[row.model or ""] for row, _ in found], dtype=np.intp),
        np.array([host for _, host in found], dtype=np.intp),
    )


@dataclass(frozen=True)
class Hosts:
    """Every host for one business: the rule each breaks whatever it runs, if any."""

    business: Business
    ignoring: frozenset[Rule]
    offers: Offers
    barred: tuple[Failure | None, ...]

    @classmethod
    def of(cls, business: Business, ignoring: frozenset[Rule] = NO_RULES) -> Hosts:
        found = offers(business.catalog)
        return cls(business, ignoring, found, tuple(place_failure(place, business, ignoring) for place in found.hosts))


@dataclass(frozen=True)
class HostedOptions:
    """One job's options at hosts, one each row of ``hosts.offers``.

    ``order`` is that of the rule each breaks, ``broken`` the rule each model breaks wherever it runs, and ``made``
    holds what became of the rows for which neither model nor host breaks one.
    """

    load: Load
    models: tuple[Model, ...]
    broken: tuple[Failure | None, ...]
    hosts: Hosts
    made: Mapping[int, Candidate | Failure]
    order: Codes

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(found for found in self.made.values() if isinstance(found, Candidate))

    def removed(self, at: int) -> Removed:
        """A row that was ruled out."""
        there = self.hosts.offers
        model, host = int(there.model[at]), int(there.host[at])
        found = self.made.get(at) or first(self.broken[model], self.hosts.barred[host])
        assert found is not None
        assert not isinstance(found, Candidate)
        return Removed(self.load.job, self.models[model], there.hosts[host], found)

    def all_removed(self) -> Iterator[Removed]:
        return (self.removed(at) for at in np.flatnonzero(self.order < NO_RULE).tolist())


def hosted_options(
    load: Load, hosts: Hosts, broken: tuple[Failure | None, ...], judged: Mapping[str, Quality], companions: Companions
) -> HostedOptions:
    """``broken`` is the rule that each model of the catalog breaks for the job, if any."""
    models, there = hosts.business.catalog.models, hosts.offers
    order = np.minimum(_orders(broken)[there.model], _orders(hosts.barred)[there.host])
    made: dict[int, Candidate | Failure] = {}
    passing = np.flatnonzero(order == NO_RULE).tolist()
    beside = _beside(load, there.hosts[0], companions) if passing else NOTHING
    for at in passing:
        model, place = models[there.model[at]], there.hosts[there.host[at]]
        found = _made(load, model, judged[model.slug], place, there.rows[at], beside, companions)
        made[at] = found
        if not isinstance(found, Candidate):
            order[at] = order_of(found)
    return HostedOptions(load, models, broken, hosts, made, order)


def _orders(failures: Sequence[Failure | None]) -> Codes:
    return np.array([order_of(found) for found in failures], dtype=np.int8)


def _beside(load: Load, host: Place, companions: Companions) -> Found:
    """What the job pulls in beside a hosted model, the same at every host; or what no host can do."""
    if is_trained(load.job, companions.business):
        return (), failure(Rule.ABILITY, task=Adaptation.FINE_TUNING)  # a host runs its models as they are
    return companions.of(load, host)


def _made(
    load: Load, model: Model, judged: Quality, place: Place, row: ApiPrice, beside: Found, companions: Companions
) -> Candidate | Failure:
    if row.context_tokens is not None and row.context_tokens < load.context_tokens:
        return failure(Rule.ABILITY, task="long_texts")
    helpers, missing = beside
    if missing is not None:
        return missing
    old = old_price("api_prices", row, row.model_name, companions.business)
    if old is not None and Rule.NO_PRICE not in companions.ignoring:
        return failure(Rule.NO_PRICE, **old)
    return Candidate(load.job, model, row.model_name, place, judged, price=row, helpers=helpers)
