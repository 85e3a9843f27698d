"""One job's models on the machines that no rule forbids: arrays over (model, kind of machine).

Places that rent out the same kind of machine share a column, and so do those where it is the business's own; such
places differ in price and address alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.engine.answers import Adaptation
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate, Removed, Running
from advisor.engine.catalog import Model
from advisor.engine.companions import Companions, Found, Helper
from advisor.engine.demand import Load, is_media
from advisor.engine.filters import Failure, failure
from advisor.engine.grid import (
    FORMAT_NAMES,
    SLOTS,
    TOO_LARGE,
    WORKS,
    Codes,
    Flags,
    Index,
    Request,
)
from advisor.engine.memory import usable_gb
from advisor.engine.pairs import Pairs, kind_of, look_up
from advisor.engine.places import Kind, Place
from advisor.engine.quality import Quality, coarse
from advisor.engine.sample import Array
from advisor.engine.trainers import is_trained, trainable
from advisor.engine.types import Route, Rule

COARSE_FORMATS = frozenset({"Q4_K_M", "AWQ", "NVFP4"})  # about 4 bits
_IS_COARSE = np.array([*(name in COARSE_FORMATS for name in FORMAT_NAMES), False])  # the last stands for none
LACKS_COMPANION, NOT_TRAINABLE = 3, 4  # beside the codes of ``grid.py``


@dataclass(frozen=True)
class Boxes:
    """Machines that no rule forbids. Those of one kind share a column; ``examples`` has the first place of each."""

    places: tuple[Place, ...]
    examples: tuple[Place, ...]
    column: Index  # of each of ``places``

    @classmethod
    def of(cls, places: tuple[Place, ...]) -> Boxes:
        keys = [(kind_of(place).key, place.route is Route.RENTED_SERVER) for place in places]
        examples = dict(zip(reversed(keys), reversed(places), strict=True))
        position = {key: column for column, key in enumerate(examples)}
        return cls(places, tuple(examples.values()), np.array([position[key] for key in keys], dtype=np.intp))

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(kind_of(place) for place in self.examples)

    @cached_property
    def alike(self) -> tuple[tuple[Place, ...], list[int]]:
        """One of the kinds for each memory of a single device, and which of these each kind has."""
        memory = [usable_gb(place.device) for place in self.examples if place.device is not None]
        examples = dict(zip(reversed(memory), reversed(self.examples), strict=True))
        numbers = {size: number for number, size in enumerate(examples)}
        return tuple(examples.values()), [numbers[size] for size in memory]

    @cached_property
    def places_of(self) -> Index:
        """How many places have each column's kind of machine."""
        return np.bincount(self.column, minlength=len(self.examples))


@dataclass(frozen=True)
class LocalOptions:
    """Rows are ``models``, columns ``kinds``; ``column`` says which column each of ``places`` has.

    ``code`` says what each pair comes to, its companions included. ``pairs`` holds the figures.
    """

    load: Load
    request: Request
    models: tuple[Model, ...]
    judged: tuple[Quality, ...]
    boxes: Boxes
    helpers: tuple[tuple[Helper, ...], ...]  # by column, and the smallest that would do
    smallest: tuple[tuple[Helper, ...], ...]
    tight: Flags  # only the smallest fit beside the model
    crowded: Flags  # not even they do
    missing: tuple[Failure | None, ...]
    pairs: Pairs
    code: Codes

    @property
    def places(self) -> tuple[Place, ...]:
        return self.boxes.places

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return self.boxes.kinds

    @property
    def column(self) -> Index:
        return self.boxes.column

    @cached_property
    def media(self) -> Flags:
        """Whether a model is sized by its own memory and seconds a unit, shape (models, 1)."""
        return np.array([is_media(self.load.job, model) for model in self.models], dtype=bool)[:, None]

    @cached_property
    def works(self) -> Flags:
        flags: Flags = self.code == WORKS
        return flags

    @cached_property
    def runs(self) -> Flags:
        """Whether any model runs, by column."""
        return np.asarray(self.works.any(axis=0))

    @property
    def count(self) -> int:
        return int((self.works.sum(axis=0) * self.boxes.places_of).sum())

    @cached_property
    def points(self) -> Array:
        """Quality points for ranking, less the penalty of coarse formats."""
        fine = np.array([judged.rank for judged in self.judged])[:, None]
        rough = np.array([coarse(*pair).rank for pair in zip(self.models, self.judged, strict=True)])[:, None]
        return np.where(_IS_COARSE[self.pairs.format], rough, fine)

    def candidate(self, row: int, place: int, level: int | None = None) -> Candidate:
        """An option with as many sequences at once as carry its peak, or as ``level`` says."""
        at = row, int(self.column[place])
        number, pairs, judged = int(self.pairs.format[at]), self.pairs, self.judged[row]
        level = int(pairs.level[at]) if level is None else level
        figures = pairs.at(np.array([row]), at[1], level)
        speed, spread = float(figures.tokens_per_s[0]), float(figures.spread[0])
        running = Running(
            format=None if number < 0 else FORMAT_NAMES[number],
            needed_gb=float(figures.needed_gb[0]),
            slots=SLOTS[level],
            tokens_per_s=None if np.isnan(speed) else (speed / spread, speed, speed * spread),
            per_hour=float(figures.per_hour[0]),
            seconds_each=float(figures.seconds[0]),
        )
        model = self.models[row]
        quality = coarse(model, judged) if _IS_COARSE[number] else judged
        return Candidate(
            self.load.job, model, model.name, self.places[place], quality, running=running, helpers=self.beside(*at)
        )

    def beside(self, row: int, column: int) -> tuple[Helper, ...]:
        """The companions that a model pulls in on a kind of machine."""
        return self.smallest[column] if self.tight[row, column] else self.helpers[column]

    def failure(self, row: int, column: int) -> Failure:
        """Why a model does not run on a kind of machine."""
        at, missing = (row, column), self.missing[column]
        if self.code[at] == LACKS_COMPANION:
            assert missing is not None
            return missing
        if self.code[at] == NOT_TRAINABLE:
            return failure(Rule.ABILITY, task=Adaptation.FINE_TUNING)
        if self.code[at] == TOO_LARGE:
            room = self.room_gb[row if len(self.room_gb) > 1 else 0, column]
            return failure(Rule.MEMORY, needed=_told(self.smallest_gb[at]), usable=_told(room))
        media, reached = is_media(self.request.job, self.models[row]), _told(self.pairs.reached[at])
        if media and reached is None:
            return failure(Rule.SPEED, reachable=None, wanted=None)
        wanted = self.request.seconds_per_image if media else self.request.tokens_per_s
        return failure(Rule.SPEED, reachable=reached, wanted=wanted)

    def gap(self, code: int) -> Array:
        """How far each pair of one code is from working: GB that lack, or times too slow; infinite where not known."""
        if code == TOO_LARGE:
            far = self.smallest_gb - self.room_gb
        else:
            far = (self.request.tokens_per_s or np.nan) / self.pairs.reached
            if self.media.any():
                far = np.where(self.media, self.pairs.reached / (self.request.seconds_per_image or np.nan), far)
        return np.where((self.code == code) & ~np.isnan(far), far, np.inf)

    @cached_property
    def smallest_gb(self) -> Array:
        """The least that a pair needs, beside companions only where these are what is too much."""
        smallest = self.pairs.smallest_gb
        if not self.crowded.any():
            return smallest
        return np.where(self.crowded, self.pairs.needed_gb + together_gb(self.smallest), smallest)

    @cached_property
    def room_gb(self) -> Array:
        """What there is for it; programs for pages, pictures and 3D do not spread over cards. May be of one row."""
        usable = self.pairs.usable_gb
        if not self.media.any():
            return usable
        one_card = usable / np.array([kind.cards for kind in self.kinds])
        return np.where(self.media & ~self.crowded, one_card, usable)

    def candidates(self) -> Iterator[Candidate]:
        for row in range(len(self.models)):
            for place, column in enumerate(self.column):
                if self.works[row, column]:
                    yield self.candidate(row, place)

    def removed(self) -> Iterator[Removed]:
        for row, model in enumerate(self.models):
            for place, column in zip(self.places, self.column, strict=True):
                if not self.works[row, column]:
                    yield Removed(self.load.job, model, place, self.failure(row, int(column)))


def _told(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 1)


def together_gb(helpers: Iterable[tuple[Helper, ...]]) -> Array:
    """What the companions of each kind of machine hold, GB."""
    found = list(helpers)
    held = {id(each): sum(helper.needed_gb for helper in each) for each in {id(each): each for each in found}.values()}
    return np.array([held[id(each)] for each in found])


def _companions(
    load: Load, boxes: Boxes, companions: Companions
) -> tuple[list[Found], list[tuple[Helper, ...]]]:  # fmt: skip
    """What the job pulls in on each kind of machine, and the smallest that would do."""
    if not companions.needed(load):
        return [((), None)] * len(boxes.examples), [()] * len(boxes.examples)
    examples, numbers = boxes.alike
    found = [companions.of(load, place) for place in examples]
    smallest = [companions.of(load, place, smallest=True)[0] for place in examples]
    return [found[at] for at in numbers], [smallest[at] for at in numbers]


def local_options(
    load: Load, business: Business, models: tuple[Model, ...], judged: dict[str, Quality], boxes: Boxes,
    companions: Companions,
) -> LocalOptions:  # fmt: skip
    """Look up every pair at the peak that work grows to, then see what the models pull in beside them."""
    request = Request.of(load.job, load.profile)
    pairs = look_up(business.catalog, request, models, boxes.kinds, float(load.peak_at_end[0]))
    helped, smallest = _companions(load, boxes, companions)
    tight, crowded = np.zeros((2, *pairs.code.shape), dtype=bool)
    code = pairs.code.copy()
    if any(helpers or missing for helpers, missing in helped):
        lacks = np.array([missing is not None for _, missing in helped], dtype=bool)
        tight = pairs.needed_gb + together_gb(helpers for helpers, _ in helped) > pairs.usable_gb
        crowded = (code == WORKS) & ~lacks & (pairs.needed_gb + together_gb(smallest) > pairs.usable_gb)
        code[(code == WORKS) & lacks] = LACKS_COMPANION
        code[crowded] = TOO_LARGE
    if is_trained(load.job, business):
        code[(code == WORKS) & ~trainable(models, boxes.examples, business)] = NOT_TRAINABLE
    return LocalOptions(
        load=load,
        request=request,
        models=models,
        judged=tuple(judged[model.slug] for model in models),
        boxes=boxes,
        helpers=tuple(helpers for helpers, _ in helped),
        smallest=tuple(smallest),
        tight=tight,
        crowded=crowded,
        missing=tuple(missing for _, missing in helped),
        pairs=pairs,
        code=code,
    )
