"""Models that a job's main model pulls in: a search index, speech to text, a page reader.

Where a machine runs the plan the companion runs on it; beside a hosted service it is hosted too, or, being
small, runs on an ordinary office computer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from advisor.engine import media
from advisor.engine.answers import DocumentShape
from advisor.engine.business import Business
from advisor.engine.catalog import ApiPrice, Companion, Device, Model
from advisor.engine.demand import MEDIA_TASK, Load
from advisor.engine.filters import NO_RULES, RULE_ORDER, Failure, companion_failure, failure, place_failure
from advisor.engine.model_rules import Subject, Values
from advisor.engine.place_rules import old_price
from advisor.engine.places import OFFICE_PC, Place, hosted
from advisor.engine.quality import NONE, Quality, judge, yardsticks
from advisor.engine.types import Rule

OFFICE_PC_GB = 8.0  # free memory of an ordinary office computer; assumed


@dataclass(frozen=True)
class Helper:
    """One companion. ``price`` is set where it is hosted, ``needed_gb`` counts where it runs on the machine."""

    role: str
    model: Model | None  # None: a closed service
    price: ApiPrice | None
    needed_gb: float
    quality: Quality = NONE

    @property
    def proven(self) -> bool:
        """Whether something speaks to its quality."""
        return self.quality.points is not None


Found = tuple[tuple[Helper, ...], Failure | None]


@dataclass
class Companions:
    """Finds companions for one business; machines of equal memory, and all hosts, share the answer.

    ``ignoring`` leaves rules out, for companions as for the models that pull them in.
    """

    business: Business
    ignoring: frozenset[Rule] = NO_RULES
    _judged: dict[tuple[str, str], list[tuple[Failure | None, Subject]]] = field(default_factory=dict)
    _offered: dict[tuple[str, str], list[tuple[ApiPrice, Subject, Values | None]]] = field(default_factory=dict)

    def of(self, load: Load, place: Place, *, smallest: bool = False) -> Found:
        """The companions a job needs at a place, and where one cannot be had, the rule that stands in its way.

        On a machine those with evidence come first, then the smallest; with ``smallest`` nothing but the size counts.
        """
        found: list[Helper] = []
        for task in self._tasks(load):
            if place.device is not None:
                helper = self._local(task, load, place.device, smallest=smallest)
            else:
                helper = self._hosted(task, load) or self._office(task, load)
            if helper is None:
                return (), self._missing(task, load, place)
            found.append(helper)
        return tuple(found), None

    def needed(self, load: Load) -> bool:
        """Whether a job pulls in any other model."""
        return bool(self._tasks(load))

    def subjects(self, load: Load) -> list[list[Subject]]:
        """For each companion a job needs, the models that could be it, as the rules see them."""
        return [self._subjects(task, load) for task in self._tasks(load)]

    def _tasks(self, load: Load) -> list[str]:
        needed = [companion for companion in load.profile.companions if self._is_needed(companion)]
        own = MEDIA_TASK.get(load.job)
        return [companion.task for companion in needed if companion.task is not None and companion.task != own]

    def _missing(self, task: str, load: Load, place: Place) -> Failure:
        """What the companion that came furthest in the rules broke; the ability where all passed or none exists."""
        broken = [found for found, _ in self._companions(task, load)]
        old = [] if place.device is not None else [values for *_, values in self._on_hosts(task, load) if values]
        if old:
            return failure(Rule.NO_PRICE, **old[0], companion=task)
        if not broken or None in broken:
            return failure(Rule.ABILITY, task=task)
        rule, note = max((found for found in broken if found), key=lambda found: RULE_ORDER[found[0]])
        return failure(rule, **note.values | {"companion": task})

    def _is_needed(self, companion: Companion) -> bool:
        if companion.when == "scans":
            shapes = set(self.business.answers.document_shapes)
            return bool({DocumentShape.SCANS, DocumentShape.HANDWRITING} & shapes)
        return companion.required and companion.when is None

    def _companions(self, task: str, load: Load) -> list[tuple[Failure | None, Subject]]:
        """Special models for the task, each with the rule it breaks."""
        key = (task, str(load.job))
        if key not in self._judged:
            self._judged[key] = [
                (companion_failure(subject, self.business, self.ignoring), subject)
                for subject in self._subjects(task, load)
            ]
        return self._judged[key]

    def _subjects(self, task: str, load: Load) -> list[Subject]:
        catalog, sticks = self.business.catalog, yardsticks(self.business.catalog)
        licenses = {license_.slug: license_ for license_ in catalog.licenses}
        return [
            Subject(model, licenses[model.license], judge(model, load.profile, self.business.error_harm, sticks))
            for model in catalog.models
            if task in model.tasks and "text-llm" not in model.modalities
        ]

    def _candidates(self, task: str, load: Load) -> list[Subject]:
        return [subject for broken, subject in self._companions(task, load) if broken is None]

    def _local(
        self, task: str, load: Load, device: Device, limit_gb: float = inf, *, smallest: bool = False
    ) -> Helper | None:
        sized = [
            (found.judged.points is None and not smallest, size[0], found.model.slug, found)
            for found in self._candidates(task, load)
            if (size := media.memory_gb(found.model, device)) is not None and size[0] <= limit_gb
        ]
        if not sized:
            return None
        _, size_gb, _, best = min(sized, key=lambda item: item[:3])
        return Helper(task, best.model, None, size_gb, best.judged)

    def _office(self, task: str, load: Load) -> Helper | None:
        office = next((device for device in self.business.catalog.devices if device.slug == OFFICE_PC), None)
        return None if office is None else self._local(task, load, office, OFFICE_PC_GB)

    def _hosted(self, task: str, load: Load) -> Helper | None:
        """Models with evidence first, then the cheapest."""
        offers = [
            (found.judged.points is None, row.price or row.input or 0.0, row.slug, row, found)
            for row, found, old in self._on_hosts(task, load)
            if old is None
        ]
        if not offers:
            return None
        *_, row, best = min(offers, key=lambda item: item[:3])
        return Helper(task, best.model, row, 0.0, best.judged)

    def _on_hosts(self, task: str, load: Load) -> list[tuple[ApiPrice, Subject, Values | None]]:
        """Price rows of the models that may be used at the hosts that may, each with what makes its price too old."""
        key = (task, str(load.job))
        if key not in self._offered:
            allowed = {found.model.slug: found for found in self._candidates(task, load)}
            kept = Rule.NO_PRICE not in self.ignoring
            self._offered[key] = [
                (row, allowed[row.model], old_price("api_prices", row, row.model_name, self.business) if kept else None)
                for row in self._open
                if row.model in allowed
            ]
        return self._offered[key]

    @cached_property
    def _open(self) -> list[ApiPrice]:
        """Every price row of the hosts that may be used."""
        return [
            row
            for place, rows in hosted(self.business.catalog)
            if place_failure(place, self.business, self.ignoring) is None
            for row in rows
        ]
