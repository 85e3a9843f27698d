"""Models that a job's main model pulls in: a search index, speech to text, a page reader.

Where a machine runs the plan the companion runs on it; beside a hosted service it is hosted too, or, being
small, runs on an ordinary office computer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from advisor.engine import media
from advisor.engine.answers import DocumentShape
from advisor.engine.business import Business
from advisor.engine.catalog import ApiPrice, Companion, Device, Model
from advisor.engine.demand import MEDIA_TASK, Load
from advisor.engine.filters import companion_failure, place_failure
from advisor.engine.places import OFFICE_PC, Place, hosted
from advisor.engine.quality import judge, yardsticks

OFFICE_PC_GB = 8.0  # free memory of an ordinary office computer; assumed


@dataclass(frozen=True)
class Helper:
    """One companion. ``price`` is set where it is hosted, ``needed_gb`` counts where it runs on the machine."""

    role: str
    model: Model | None  # None: a closed service
    price: ApiPrice | None
    needed_gb: float
    proven: bool = True  # something speaks to its quality


@dataclass
class Companions:
    """Finds companions for one business; remembers what it found, as many places share the answer."""

    business: Business
    _allowed: dict[tuple[str, str], list[tuple[bool, Model]]] = field(default_factory=dict)
    _found: dict[tuple[str, str, str], Helper | None] = field(default_factory=dict)

    def of(self, load: Load, place: Place) -> tuple[Helper, ...] | Companion:
        """The companions a job needs at a place; the one that cannot be had, if one cannot."""
        found: list[Helper] = []
        for companion in load.profile.companions:
            if not self._is_needed(companion) or companion.task in (None, MEDIA_TASK.get(load.job)):
                continue
            helper = self._find(companion.task or "", load, place)
            if helper is None:
                return companion
            found.append(helper)
        return tuple(found)

    def _is_needed(self, companion: Companion) -> bool:
        if companion.when == "scans":
            shapes = set(self.business.answers.document_shapes)
            return bool({DocumentShape.SCANS, DocumentShape.HANDWRITING} & shapes)
        return companion.required and companion.when is None

    def _find(self, task: str, load: Load, place: Place) -> Helper | None:
        key = (task, str(load.job), place.device.slug if place.device else "")
        if key not in self._found:
            if place.device is not None:
                self._found[key] = self._local(task, load, place.device)
            else:
                self._found[key] = self._hosted(task, load) or self._office(task, load)
        return self._found[key]

    def _candidates(self, task: str, load: Load) -> list[tuple[bool, Model]]:
        """Special models for the task that break no rule, each with whether its quality is unproven."""
        key = (task, str(load.job))
        if key not in self._allowed:
            catalog, harm = self.business.catalog, self.business.error_harm
            sticks = yardsticks(catalog)
            fitting = [
                model
                for model in catalog.models
                if task in model.tasks
                and "text-llm" not in model.modalities
                and companion_failure(model, self.business) is None
            ]
            judged = [(judge(model, load.profile, harm, sticks), model) for model in fitting]
            self._allowed[key] = [(quality.points is None, model) for quality, model in judged if quality.passes]
        return self._allowed[key]

    def _local(self, task: str, load: Load, device: Device, limit_gb: float = inf) -> Helper | None:
        """Models with evidence first, then the smallest."""
        sized = [
            (unproven, size[0], model.slug, model)
            for unproven, model in self._candidates(task, load)
            if (size := media.memory_gb(model, device)) is not None and size[0] <= limit_gb
        ]
        if not sized:
            return None
        unproven, size_gb, _, model = min(sized, key=lambda item: item[:3])
        return Helper(task, model, None, size_gb, not unproven)

    def _office(self, task: str, load: Load) -> Helper | None:
        office = next((device for device in self.business.catalog.devices if device.slug == OFFICE_PC), None)
        return None if office is None else self._local(task, load, office, OFFICE_PC_GB)

    def _hosted(self, task: str, load: Load) -> Helper | None:
        """Models with evidence first, then the cheapest."""
        allowed = {model.slug: (unproven, model) for unproven, model in self._candidates(task, load)}
        offers = [
            (allowed[row.model][0], row.price or row.input or 0.0, row.slug, row)
            for place, rows in hosted(self.business)
            if place_failure(place, self.business) is None
            for row in rows
            if row.model in allowed
        ]
        if not offers:
            return None
        row = min(offers, key=lambda item: item[:3])[3]
        unproven, model = allowed[row.model or ""]
        return Helper(task, model, row, 0.0, not unproven)
