"""Set-ups of hosted services alone: every combination of what no other option beats, weighed at once.

A job's option is beaten when another costs no more, keeps data no further away, is no less proven, and brings more
to the score than one more supplier could take from it. Cost rises evenly with the bill, so two priced combinations
give the cost of all; only those that win something are priced and shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from advisor.engine.answers import Job
from advisor.engine.bills import central_bills
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.cost import ceilings
from advisor.engine.demand import Load
from advisor.engine.grid import Flags
from advisor.engine.options import Options
from advisor.engine.place_rules import same_region
from advisor.engine.quotes import Quotes
from advisor.engine.sample import Array
from advisor.engine.scoring import (
    EASE,
    EASE_PER_SUPPLIER,
    PRIVACY,
    SWITCHING,
    TOTAL_DIGITS,
    UNKNOWN_PART,
    cost_points,
    data_location,
    ease_points,
    ecosystem_points,
    in_all,
    job_weight,
    weights,
)
from advisor.engine.setup import Setup
from advisor.engine.types import Route
from advisor.engine.worth import worth


@dataclass(frozen=True)
class Service:
    """A hosted candidate in figures: its monthly bill, what its job brings to the score, how near it keeps data."""

    candidate: Candidate
    bill: float
    worth: float
    privacy: float

    @property
    def unproven(self) -> bool:
        return self.candidate.quality.points is None

    @property
    def routed(self) -> bool:
        return self.candidate.easy is not None


def services_by_job(business: Business, options: Options, loads: tuple[Load, ...]) -> dict[Job, list[Service]]:
    """Per job the services that no other beats, cheapest first, and last the small model first where it helps."""
    covered = [each.job for each in options.jobs if each.on_hosts]
    whole = sum(job_weight(job, business) for job in covered)
    found: dict[Job, list[Service]] = {}
    for each in options.jobs:
        services = _services(each.on_hosts, loads, business)
        share = job_weight(each.job, business) / (whole or 1.0)
        kept = unbeaten(services, weights(business)["ease"] * EASE_PER_SUPPLIER / share)
        pair = small_model_first([service.candidate for service in kept], each.load)
        if pair is not None:
            kept += _services((pair,), loads, business)
        found[each.job] = kept
    return found


def _services(
    candidates: Sequence[Candidate], loads: tuple[Load, ...], business: Business
) -> list[Service]:  # fmt: skip
    """Hosted candidates of one job in figures."""
    parts, places = weights(business), {item.place.key: item.place for item in candidates}
    at_home = {key: same_region(business, place.regions) for key, place in places.items()}
    privacy = {key: PRIVACY[data_location(place, business)] for key, place in places.items()}
    models, near = [item.model for item in candidates if item.model], [at_home[item.place.key] for item in candidates]
    worths = (
        parts["quality"] * np.array([item.points for item in candidates]) + parts["speed"] * UNKNOWN_PART
        + parts["ecosystem"] * np.array(ecosystem_points(models, near, business))
        + parts["switching"] * SWITCHING[Route.HOSTED_API]
    )  # fmt: skip
    figures = zip(candidates, central_bills(candidates, loads, business).tolist(), worths.tolist(), strict=True)
    return [Service(item, bill, worth, privacy[item.place.key]) for item, bill, worth in figures]


def unbeaten(services: Sequence[Service], supplier_points: float) -> list[Service]:
    """Services that no other beats, cheapest first. A further supplier takes ``supplier_points`` off a worth."""
    ordered = sorted(services, key=_cheapest_first)
    places = {service.candidate.place.key: number for number, service in enumerate(services)}
    place = np.array([places[service.candidate.place.key] for service in ordered])
    worth, privacy = (np.array([getattr(service, name) for service in ordered]) for name in ("worth", "privacy"))
    unproven, left = np.array([service.unproven for service in ordered]), np.ones(len(ordered), dtype=bool)
    kept = []
    for at, service in enumerate(ordered):
        if left[at]:  # it costs no more than those after it: which does it serve as well as in every combination?
            kept.append(service)
            alone = worth[at] - np.where(place == place[at], 0.0, supplier_points)
            left &= (privacy[at] < privacy) | (unproven[at] > unproven) | (alone < worth)
    return kept


def _cheapest_first(service: Service) -> tuple[float, float, str, str]:
    return service.bill, -service.worth, service.candidate.place.key, service.candidate.name


def small_model_first(candidates: Sequence[Candidate], load: Load) -> Candidate | None:
    """The cheapest candidate takes the easy share, the best one the rest, at whoever hosts them.

    ``candidates`` come cheapest first. None where one model is both, or the cheap one no worse.
    """
    if len(candidates) < 2:
        return None
    small, large = candidates[0], max(candidates, key=lambda item: (item.points, item.name))
    if small.name == large.name or large.points <= small.points:
        return None
    easy = load.profile.easy_share.central
    points = small.points * easy + large.points * (1 - easy)
    known = large.quality.points is not None and small.quality.points is not None
    return replace(large, quality=replace(large.quality, points=points if known else None), easy=small)


@dataclass(frozen=True)
class HostedSetups:
    """Every combination of services, one a covered job: rows of ``chosen`` are positions in ``services``."""

    business: Business
    quotes: Quotes
    services: tuple[list[Service], ...]
    uncovered: tuple[Job, ...]

    @cached_property
    def chosen(self) -> NDArray[np.intp]:
        return np.indices([len(each) for each in self.services]).reshape(len(self.services), -1).T

    def setup(self, row: int) -> Setup:
        chosen = zip(self.services, self.chosen[row], strict=True)
        return Setup(tuple(each[at].candidate for each, at in chosen), self.uncovered)

    def figures(self, name: str) -> Array:
        """A figure of the services of each combination, shape (combinations, jobs)."""
        columns = [np.array([getattr(item, name) for item in each], dtype=np.float64) for each in self.services]
        return np.stack([column[at] for column, at in zip(columns, self.chosen.T, strict=True)], axis=1)

    @cached_property
    def bill(self) -> Array:
        return np.asarray(self.figures("bill").sum(axis=1))

    @cached_property
    def ends(self) -> tuple[int, int]:
        return int(self.bill.argmin()), int(self.bill.argmax())

    def along_the_bill(self, name: str) -> Array:
        """A figure of the quotes for every combination, from the least and the largest bill: it rises evenly."""
        low, high = (getattr(self.quotes.of(self.setup(end)), name) for end in self.ends)
        least, most = (float(self.bill[end]) for end in self.ends)
        return np.asarray(low + (self.bill - least) * ((high - low) / (most - least) if most > least else 0.0))

    @cached_property
    def suppliers(self) -> NDArray[np.intp]:
        """How many suppliers each combination has."""
        keys = sorted({item.candidate.place.key for each in self.services for item in each})
        columns = [np.array([keys.index(item.candidate.place.key) for item in each]) for each in self.services]
        ordered = np.sort(np.stack([column[at] for column, at in zip(columns, self.chosen.T, strict=True)]), axis=0)
        return np.asarray((np.diff(ordered, axis=0) != 0).sum(axis=0) + 1)

    def winners(self, cheapest: float) -> list[Setup]:
        """Combinations that are best in score, cost or privacy, with and without small models first.

        ``cheapest`` is the cost of the cheapest set-up there is, which scores are measured by.
        """
        cost, privacy = self.along_the_bill("cost"), self.figures("privacy").min(axis=1)
        unproven, routed = self.figures("unproven").sum(axis=1), np.asarray(self.figures("routed").any(axis=1))
        parts, example = weights(self.business), self.services[0][0].candidate
        shares = np.array([job_weight(each[0].candidate.job, self.business) for each in self.services])
        points = (
            self.figures("worth") @ (shares / shares.sum()) + parts["cost"] * cost_points(cost, cheapest)
            + parts["privacy"] * privacy + parts["ease"] * ease_points(EASE[example.place.difficulty], self.suppliers)
            + parts["energy"] * UNKNOWN_PART
        )  # fmt: skip
        total = in_all(points, self.business, Route.HOSTED_API, len(self.services), len(self.uncovered))
        total = np.round(total, TOTAL_DIGITS)
        behind = cost >= worth(self.business, Route.HOSTED_API, self.quotes.loads)
        orders = ((-total,), (behind, -total), (-privacy, -total), (-privacy, behind, -total), ())
        over, rows = self._over(), {self.ends[0]: None}
        # Within budget, and whatever the budget: what it alone keeps from winning is told.
        ways = ((over, unproven), (over,), (unproven,), ()) if over.any() else ((unproven,), ())
        for kind in (~routed, routed):
            for lacks in ways:
                for order in orders:
                    rows.update(dict.fromkeys(_first(kind, (*lacks, *order, cost))))
        return [self.setup(row) for row in rows]

    def _over(self) -> Flags:
        """Whether a combination is over budget."""
        once, month = ceilings(self.business)
        flags: Flags = (self.along_the_bill("once") > once) | (self.along_the_bill("month") > month)
        return flags


def _first(kind: Flags, order: tuple[Array, ...]) -> list[int]:
    """The row of one kind that comes first by these keys, the first key weighing most; none if there is none."""
    rows = np.flatnonzero(kind)
    for key in order if len(rows) else ():
        left = key[rows]
        rows = rows[left == left.min()]
    return [int(rows[0])] if len(rows) else []
