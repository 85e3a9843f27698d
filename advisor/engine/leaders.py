"""Priced set-ups and what each leads in: whatever the advice asks for afterwards is among the leaders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np

from advisor.engine.business import Business
from advisor.engine.cost import ceilings
from advisor.engine.demand import Load
from advisor.engine.grid import Flags
from advisor.engine.quotes import Quote, name_of
from advisor.engine.scoring import PRIVACY, score, worst_location
from advisor.engine.setup import Setup
from advisor.engine.shapes import Quantity
from advisor.engine.types import Note, Route, Scores
from advisor.engine.worth import worth

Lacks = tuple[bool, int, int]
BUDGET, NO_BUDGET = "within budget", "whatever the budget"


class Asks(StrEnum):
    """What the advice asks for: on a route, the best, the best that is ahead of leaving things as they are, and the
    cheapest; of all the cheapest that lacks least but evidence, and the one that keeps data nearest.
    """

    BEST = "best"
    AHEAD = "ahead"
    LEAST = "least"
    CHEAPEST = "cheapest"
    NEAREST = "nearest"


Asked = tuple[Asks | str | Route | bool, ...]  # with or without a budget, and the route where it is asked on one
Key = tuple[Any, ...]  # numbers and flags, or arrays of them; what comes first weighs most


@dataclass(frozen=True)
class Priced:
    """A set-up with its central cost over the horizon, its scores and its gaps against the budget."""

    setup: Setup
    cost: float
    scores: Scores
    over: tuple[Note, ...] = ()

    @property
    def unproven(self) -> int:
        """Jobs for which nothing speaks to the model's quality."""
        return sum(candidate.quality.points is None for candidate in self.setup.candidates)

    @property
    def buys_unproven(self) -> bool:
        """A machine for a main job to whose quality nothing speaks: never before the firm's own trial."""
        return self.setup.route is Route.OWN_SERVER and self.setup.candidates[0].quality.points is None

    @property
    def lacks(self) -> Lacks:
        """What is missing, worst first: the budget, jobs not done, jobs without evidence."""
        return bool(self.over), len(self.setup.uncovered), self.unproven

    @property
    def order(self) -> tuple[float, float, str]:
        """Best first: score, then cost, then a stable name."""
        return (-self.scores.total, self.cost, name_of(self.setup))


@dataclass(frozen=True)
class Standing:
    """How a set-up stands, or at best could stand, in what set-ups are compared by; or many, as arrays."""

    route: Route
    routed: bool
    over: Quantity | Flags
    uncovered: Quantity
    unproven: Quantity
    total: Quantity
    cost: Quantity
    privacy: Quantity


def up_to(keys: Key, limit: Key) -> Flags:
    """Where a key comes no later than ``limit``."""
    found: Flags = np.array(True)
    for column, value in zip(reversed(keys), reversed(limit), strict=True):
        found = (column < value) | ((column == value) & found)
    return found


@dataclass
class Leaders:
    """Every set-up entered, and the best standing in each thing that can be asked for."""

    business: Business
    loads: tuple[Load, ...]
    cheapest: float
    entered: dict[tuple[str, bool], Priced] = field(default_factory=dict)
    best: dict[Asked, Key] = field(default_factory=dict)
    _worth: dict[Route, float] = field(default_factory=dict)

    def enter(self, quotes: Iterable[Quote]) -> None:
        for quote in quotes:
            scores = score(quote.setup, self.business, quote.cost, self.cheapest)
            priced = Priced(quote.setup, quote.cost, scores, quote.over)
            self.entered[quote.name, quote.setup.routed] = priced
            stands = self._standing(priced)
            for asked in self.asked(stands):
                key = self.key(asked, stands)
                if asked not in self.best or key < self.best[asked]:
                    self.best[asked] = key

    def ranked(self) -> tuple[Priced, ...]:
        """Set-ups within budget, and those that would lead in something if there were no budget; best first."""
        kept = [item for item in self.entered.values() if not item.over or self.could_change(self._standing(item))]
        return tuple(sorted(kept, key=lambda item: item.order))

    def _standing(self, priced: Priced) -> Standing:
        setup = priced.setup
        privacy = PRIVACY[worst_location(setup, self.business)]
        return Standing(setup.route, setup.routed, *priced.lacks, priced.scores.total, priced.cost, privacy)

    def asked(self, stands: Standing) -> list[Asked]:
        """What a set-up could lead in: as things are, and where there is a budget, as if there were none."""
        route, routed = stands.route, stands.routed
        found: list[Asked] = []
        for budget in (BUDGET, NO_BUDGET) if self._limited else (BUDGET,):
            found += [(Asks.BEST, budget, route, routed), (Asks.AHEAD, budget, route, routed)]
            found += [(Asks.LEAST, budget, route), (Asks.CHEAPEST, budget), (Asks.NEAREST, budget)]
        return found

    @cached_property
    def _limited(self) -> bool:
        return min(ceilings(self.business)) < np.inf

    def could_change(self, standing: Standing) -> bool:
        """Whether a set-up that at best stands like this could lead in anything."""
        return any(self.could_lead(asked, standing) for asked in self.asked(standing))

    def could_lead(self, asked: Asked, standing: Standing) -> bool:
        """Whether a set-up that at best stands like this, or one of many, could lead in one thing."""
        if asked not in self.best:
            return True
        key, best = self.key(asked, standing), self.best[asked]
        return bool(np.any(up_to(key, best))) if np.ndim(standing.cost) else key <= best

    def key(self, asked: Asked, stands: Standing) -> Key:
        """How a set-up stands in what is asked for: what comes first weighs most, and less is better."""
        over = (stands.over,) if asked[1] == BUDGET else ()
        lacks = (*over, stands.uncovered, stands.unproven)
        match asked[0]:
            case Asks.BEST:
                return (*lacks, -stands.total, stands.cost)
            case Asks.AHEAD:
                return (*lacks, stands.cost >= self._worth_on(stands.route), -stands.total, stands.cost)
            case Asks.LEAST:
                return (*lacks, stands.cost)
            case Asks.CHEAPEST:
                return (*over, stands.uncovered, stands.cost)
        return (*lacks, -stands.privacy, -stands.total, stands.cost)  # nearest

    def _worth_on(self, route: Route) -> float:
        """What a set-up on this route must cost less than."""
        if route not in self._worth:
            self._worth[route] = worth(self.business, route, self.loads)
        return self._worth[route]
