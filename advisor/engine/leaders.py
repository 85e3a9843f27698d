"""Priced set-ups and what each leads in: whatever the advice asks for afterwards is among the leaders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from advisor.engine.business import Business
from advisor.engine.demand import Load
from advisor.engine.grid import Flags
from advisor.engine.quotes import Quote, name_of
from advisor.engine.scoring import PRIVACY, score, worst_location
from advisor.engine.setup import Setup
from advisor.engine.shapes import Quantity
from advisor.engine.types import Note, Route, Scores
from advisor.engine.worth import worth

Lacks = tuple[bool, int, int]
Asked = tuple[str | Route | bool, ...]
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
    over: Quantity
    uncovered: Quantity
    unproven: Quantity
    total: Quantity
    cost: Quantity
    privacy: Quantity


def up_to(keys: Key, limit: Key) -> Flags:
    """Where a key comes no later than ``limit``."""
    found: Flags = np.bool_(True)
    for column, value in zip(reversed(keys), reversed(limit), strict=True):
        found = (column < value) | ((column == value) & found)
    return found


@dataclass
class Leaders:
    """Every set-up entered, and the best standing in each thing that can be asked for.

    Those are: the best on its route, the best there that is ahead of leaving things as they are, and the cheapest
    there; the cheapest of all that lacks least but evidence; the one that keeps data nearest.
    """

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
            for asked, key in self.keys(self._standing(priced)):
                if asked not in self.best or key < self.best[asked]:
                    self.best[asked] = key

    def ranked(self) -> tuple[Priced, ...]:
        """Set-ups within budget, and those that would lead in something if there were no budget; best first."""
        kept = [
            item
            for item in self.entered.values()
            if not item.over or any(key <= self.best[asked] for asked, key in self.keys(self._standing(item)))
        ]
        return tuple(sorted(kept, key=lambda item: item.order))

    def _standing(self, priced: Priced) -> Standing:
        setup = priced.setup
        privacy = PRIVACY[worst_location(setup, self.business)]
        return Standing(setup.route, setup.routed, *priced.lacks, priced.scores.total, priced.cost, privacy)

    def could_change(self, standing: Standing) -> bool:
        """Whether a set-up that at best stands like this, or one of many, could lead in anything."""
        return any(asked not in self.best or up_to(key, self.best[asked]).any() for asked, key in self.keys(standing))

    def keys(self, stands: Standing) -> Iterator[tuple[Asked, Key]]:
        """What a set-up could lead in, with how it stands there; as things are, and if there were no budget."""
        behind = stands.cost >= self._worth_on(stands.route)
        on, lacks = (stands.route, stands.routed), (stands.uncovered, stands.unproven)
        for budget, over in (("budget", (stands.over,)), ("no budget", ())):
            yield ("best", budget, *on), (*over, *lacks, -stands.total, stands.cost)
            yield ("ahead", budget, *on), (*over, *lacks, behind, -stands.total, stands.cost)
            yield ("least", budget, stands.route), (*over, *lacks, stands.cost)
            yield ("cheapest", budget), (*over, stands.uncovered, stands.cost)
            yield ("nearest", budget), (*over, *lacks, -stands.privacy, -stands.total, stands.cost)

    def _worth_on(self, route: Route) -> float:
        """What a set-up on this route must cost less than."""
        if route not in self._worth:
            self._worth[route] = worth(self.business, route, self.loads)
        return self._worth[route]
