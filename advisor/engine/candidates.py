"""What one option is: a model at a place, how it is sized there, and the models it pulls in.

A ``Candidate`` is an option that passed every rule. ``Removed`` is one that did not, with the rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.answers import Job
from advisor.engine.catalog import ApiPrice, Model
from advisor.engine.companions import Helper
from advisor.engine.filters import Failure
from advisor.engine.places import Place
from advisor.engine.quality import Quality


@dataclass(frozen=True)
class Running:
    """One model on one machine. Memory in GB; ``per_hour`` requests (or media units) at the wait target."""

    format: str | None
    needed_gb: float
    slots: int
    tokens_per_s: tuple[float, float, float] | None
    per_hour: float
    seconds_each: float


@dataclass(frozen=True)
class Candidate:
    job: Job
    model: Model | None  # None: a service that does not name its model
    name: str
    place: Place
    quality: Quality
    price: ApiPrice | None = None
    running: Running | None = None
    helpers: tuple[Helper, ...] = ()
    easy: Candidate | None = None  # routing: takes the easy share of requests

    @property
    def points(self) -> float:
        return self.quality.rank

    @property
    def billed(self) -> tuple[ApiPrice, ...]:
        """The price rows it is billed by: its own, the small model's, and those of companions."""
        easy = self.easy.price if self.easy is not None else None
        rows = (self.price, easy, *(helper.price for helper in self.helpers))
        return tuple(row for row in rows if row is not None)


@dataclass(frozen=True)
class Removed:
    job: Job
    model: Model
    place: Place
    failure: Failure
