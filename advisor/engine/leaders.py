"""Priced set-ups and what each leads in: whatever the advice asks for afterwards is among the leaders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from advisor.engine.baseline import stopped_spending
from advisor.engine.business import Business
from advisor.engine.quotes import Quote, name_of
from advisor.engine.scoring import PRIVACY, score, worst_location
from advisor.engine.setup import Setup
from advisor.engine.types import Note, Route, Scores

Lacks = tuple[bool, int, int]
Key = tuple[object, ...]


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
    """How a set-up stands, or at best could stand, in what set-ups are compared by."""

    route: Route
    routed: bool
    lacks: Lacks
    total: float
    cost: float
    privacy: float

    @property
    def order(self) -> tuple[Lacks, float, float]:
        return self.lacks, -self.total, self.cost


@dataclass
class Leaders:
    """Every set-up entered, and the best standing in each thing that can be asked for.

    Those are: the best on its route, and the best there that saves money; the cheapest that lacks least but evidence;
    the one that keeps data nearest.
    """

    business: Business
    cheapest: float
    entered: dict[tuple[str, bool], Priced] = field(default_factory=dict)
    best: dict[Key, Key] = field(default_factory=dict)
    _stops: dict[Route, float] = field(default_factory=dict)

    def enter(self, quotes: Iterable[Quote]) -> None:
        for quote in quotes:
            scores = score(quote.setup, self.business, quote.cost, self.cheapest)
            priced = Priced(quote.setup, quote.cost, scores, quote.over)
            self.entered[quote.name, quote.setup.routed] = priced
            for asked, key in self._keys(self._standing(priced)):
                if asked not in self.best or key < self.best[asked]:
                    self.best[asked] = key

    def ranked(self) -> tuple[Priced, ...]:
        """Set-ups within budget, and those that would lead in something if there were no budget; best first."""
        kept = [
            item
            for item in self.entered.values()
            if not item.over or any(key <= self.best[asked] for asked, key in self._keys(self._standing(item)))
        ]
        return tuple(sorted(kept, key=lambda item: item.order))

    def _standing(self, priced: Priced) -> Standing:
        setup = priced.setup
        privacy = PRIVACY[worst_location(setup, self.business)]
        return Standing(setup.route, setup.routed, priced.lacks, priced.scores.total, priced.cost, privacy)

    def could_change(self, standing: Standing) -> bool:
        """Whether a set-up that at best stands like this could lead in anything."""
        return any(asked not in self.best or key <= self.best[asked] for asked, key in self._keys(standing))

    def _keys(self, stands: Standing) -> Iterator[tuple[Key, Key]]:
        """What a set-up could lead in, with how it stands there; as things are, and if there were no budget."""
        behind = stands.cost >= self._stopped(stands.route)
        free = (False, *stands.lacks[1:])
        for budget, lacks in (("budget", stands.lacks), ("no budget", free)):
            yield ("best", budget, stands.route, stands.routed), (lacks, -stands.total, stands.cost)
            yield ("saves", budget, stands.route, stands.routed), (lacks, behind, -stands.total, stands.cost)
            yield ("cheapest", budget), (lacks[:2], stands.cost)
            yield ("nearest", budget), (lacks, -stands.privacy, -stands.total, stands.cost)

    def _stopped(self, route: Route) -> float:
        """Spending that stops when a set-up on this route goes live."""
        if route not in self._stops:
            self._stops[route] = float(stopped_spending(self.business, route, self.business.middle).stopped[0])
        return self._stops[route]
