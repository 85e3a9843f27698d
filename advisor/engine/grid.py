"""One job's models against kinds of machines, as arrays: what fits, in which format, how fast, how many an hour.

Nothing here depends on who asks, only on the catalog and on what a request of the job is like, so a table is worked
out once and kept with the catalog. ``memory.py``, ``speed.py``, ``media.py`` and ``capacity.py`` hold the formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from advisor.engine import capacity, measured_here, media, memory, speed
from advisor.engine.answers import Job
from advisor.engine.catalog import Catalog, Device, JobProfile, Model
from advisor.engine.demand import MEDIA_TASK, able, is_media
from advisor.engine.efficiency import MachineShape, machine_shape
from advisor.engine.formats import FORMATS
from advisor.engine.once import once_per_version
from advisor.engine.places import Kind
from advisor.engine.runtimes import default_formats, is_blackwell, runtime_for
from advisor.engine.sample import Array
from advisor.engine.shapes import ModelShape, model_shape, stack

PHOTO_PROMPT_TOKENS = 1024.0  # where a job's prompt is a picture; the catalog's central figure for a photo
SLOTS = (1, 2, 4, 8, 16, 32)  # sequences at once; a small firm's single machine is planned for at most 32; own choice
# What a pair of model and machine comes to.
WORKS, TOO_LARGE, TOO_SLOW = 0, 1, 2
FORMAT_NAMES = tuple(FORMATS)

Flags = NDArray[np.bool_]
Index = NDArray[np.intp]
Codes = NDArray[np.int8]
Shape = TypeVar("Shape")


@dataclass(frozen=True)
class Request:
    """What sizing needs to know of a job's requests. ``None``: the job asks for nothing of that kind."""

    job: Job
    context_tokens: int
    prompt_tokens: float
    answer_tokens: float
    tokens_per_s: float | None  # reading speed each user wants
    wait_s: float | None  # central wait for the first word
    longest_wait_s: float | None
    seconds_per_image: float | None  # the longest

    @classmethod
    def of(cls, job: Job, profile: JobProfile) -> Request:
        wait, image, speed_ = profile.wait_first_word_s, profile.seconds_per_image, profile.tokens_per_s_per_user
        return cls(
            job=job,
            context_tokens=int(profile.context_needed_tokens.central),
            prompt_tokens=float(profile.input_tokens.central) or PHOTO_PROMPT_TOKENS,
            answer_tokens=max(1.0, profile.output_tokens.central * profile.reasoning_multiplier.central),
            tokens_per_s=speed_.central if speed_ else None,
            wait_s=wait.central if wait else None,
            longest_wait_s=wait.high if wait else None,
            seconds_per_image=image.high if image else None,
        )


# Memory, speed and its spread, seconds of a request, and requests an hour of a pair with so many sequences at once.
FIGURES = ("needed_gb", "tokens_per_s", "spread", "seconds", "per_hour")


@dataclass(frozen=True)
class Grid:
    """Tables over (model, kind), laid out kind by kind, and over pairs that work by level of ``SLOTS``.

    Figures that are not known are NaN.

    ``pair`` is the row of a pair in the tables by level; pairs that do not work share the last row, which holds
    nothing. ``levels`` says how many levels a pair can use. ``smallest_gb`` is the least memory of one copy,
    ``reached`` the speed that was too low (tokens per second; seconds a picture for media). ``format`` counts in
    ``FORMAT_NAMES``, -1 for models without one. ``figures`` has all of a pair and level beside each other.
    """

    rows: dict[str, int]  # model slug -> row
    columns: dict[tuple[str, int, float | None], int]
    usable_gb: Array
    code: Codes
    smallest_gb: Array
    reached: Array
    pair: NDArray[np.int32]
    format: Codes
    levels: Codes
    figures: Array  # (pairs, levels, FIGURES)

    def by_level(self, figure: str) -> Array:
        """One figure of the pairs that work, by level."""
        return np.asarray(self.figures[..., FIGURES.index(figure)])

    @cached_property
    def most_per_hour(self) -> Array:
        """The most requests an hour of each pair, at whatever level; over (model, kind)."""
        return np.asfortranarray(np.fmax.reduce(self.by_level("per_hour"), axis=1)[self.pair])

    @cached_property
    def alone(self) -> dict[str, Array]:
        """Tables by level at the first, one sequence at once, laid out over (model, kind): most businesses need it."""
        names = ("needed_gb", "tokens_per_s", "seconds", "per_hour")
        return {name: np.asfortranarray(self.by_level(name)[:, 0][self.pair]) for name in names}


def build(catalog: Catalog, request: Request, kinds: Sequence[Kind], enough_per_hour: float = np.inf) -> Grid:
    """Size every able model on every kind of machine.

    Levels beyond the first that carries ``enough_per_hour`` are left out.
    """
    models = able(catalog, request.job)
    filling = _Filling(catalog, models, kinds, enough_per_hour)
    text = np.array([row for row, model in enumerate(models) if not is_media(request.job, model)], dtype=np.intp)
    for formats_class, columns in _by_class(kinds).items():
        if len(text):
            _size_text(catalog, request, text, formats_class, np.array(columns, dtype=np.intp), filling)
    for row, model in enumerate(models):
        if is_media(request.job, model):
            for column, kind in enumerate(kinds):
                _size_media(request, model, kind, row, column, filling)
    return filling.grid()


class _Filling:
    """A grid while it is filled: first which pairs work, then their figures by level."""

    def __init__(self, catalog: Catalog, models: Sequence[Model], kinds: Sequence[Kind], enough: float) -> None:
        self.catalog, self.models, self.enough_per_hour = catalog, models, enough
        usable = [memory.usable_gb(kind.device, kind.cards) for kind in kinds]
        self.kinds = kinds
        self.usable_gb = np.array([np.nan if size is None else size for size in usable], dtype=np.float64)
        form, unknown = (len(models), len(kinds)), np.full((len(models), len(kinds)), np.nan, order="F")
        self.code = np.full(form, TOO_LARGE, dtype=np.int8, order="F")
        self.smallest_gb, self.reached = unknown, unknown.copy(order="F")
        self.pair = np.full(form, -1, dtype=np.int32, order="F")
        self.format = np.full(form, -1, dtype=np.int8, order="F")
        self.levels: list[Codes] = []
        self.figures: list[Array] = []
        self.count = 0

    def add(self, rows: Index, columns: Index, levels: Codes, *figures: Array) -> None:
        """Pairs that work, with (pairs, levels) of each of ``FIGURES``."""
        self.code[rows, columns] = WORKS
        self.pair[rows, columns] = np.arange(self.count, self.count + len(rows), dtype=np.int32)
        self.count += len(rows)
        self.levels.append(levels)
        self.figures.append(np.stack(figures, axis=-1))

    def hear(self, rows: Index, columns: Index, bands: Array) -> None:
        """Join what was measured to the speeds of pairs, shape (3, pairs, levels)."""
        if self.catalog.measurements:
            cells = zip(rows, columns, strict=True)
            pairs = ((self.models[row], FORMAT_NAMES[self.format[row, at]], self.kinds[at]) for row, at in cells)
            measured_here.hear(self.catalog, pairs, SLOTS, bands)

    def grid(self) -> Grid:
        nothing = np.full((1, len(SLOTS), len(FIGURES)), np.nan)
        self.pair[self.pair < 0] = self.count
        return Grid(
            {model.slug: row for row, model in enumerate(self.models)},
            {kind.key: column for column, kind in enumerate(self.kinds)},
            self.usable_gb, self.code, self.smallest_gb, self.reached, self.pair, self.format,
            np.concatenate([*self.levels, np.zeros(1, dtype=np.int8)]), np.concatenate([*self.figures, nothing]),
        )  # fmt: skip


FormatsClass = tuple[str, bool, bool]


def _by_class(kinds: Sequence[Kind]) -> dict[FormatsClass, list[int]]:
    """Columns by what decides which formats a model is offered in (``runtimes.default_formats``)."""
    found: dict[FormatsClass, list[int]] = {}
    for column, kind in enumerate(kinds):
        found.setdefault(_formats_class(kind.device), []).append(column)
    return found


def _formats_class(device: Device) -> FormatsClass:
    return runtime_for(device), device.kind == "cn_accelerator", is_blackwell(device)


def _size_text(
    catalog: Catalog, request: Request, rows: Index, formats_class: FormatsClass, columns: Index, filling: _Filling
) -> None:
    """Size language models: the finest format of which one copy fits, then more and more sequences at once."""
    machines = stack([machine_shape(filling.kinds[at].device, filling.kinds[at].cards) for at in columns])
    offered = _shapes(catalog, request.job, formats_class)
    usable = filling.usable_gb[columns]
    needed = np.stack([_one_copy_gb(shapes, machines, request) for _, shapes in offered])
    needed[:, :, np.isnan(usable)] = np.nan
    fits = needed <= usable
    filling.smallest_gb[np.ix_(rows, columns)] = np.fmin.reduce(needed, axis=0)
    finest = np.where(fits.any(axis=0), fits.argmax(axis=0), -1)
    for choice, (names, shapes) in enumerate(offered):
        numbers = np.array([FORMAT_NAMES.index(name) for name in names], dtype=np.int8)
        at, where = np.nonzero(finest == choice)
        filling.format[rows[at], columns[where]] = numbers[at]
        chosen, there = along_first(shapes, at), along_first(machines, where)
        _size_pairs(request, chosen, there, usable[where][:, None], rows[at], columns[where], filling)


def reshaped(shapes: Shape, change: Callable[[Array], Array]) -> Shape:
    """The same figures with every array changed."""
    found: dict[str, Any] = {}
    for field in fields(shapes):  # type: ignore[arg-type]
        values = getattr(shapes, field.name)
        found[field.name] = reshaped(values, change) if is_dataclass(values) else change(values)
    return replace(shapes, **found)  # type: ignore[type-var]


def along_first(shapes: Shape, chosen: Index) -> Shape:
    """Some of the figures, in a column."""
    return reshaped(shapes, lambda values: values[chosen][:, None])


Offered = tuple[tuple[str, ...], ModelShape]


@once_per_version
def _shapes(catalog: Catalog, job: Job, formats_class: FormatsClass) -> tuple[Offered, ...]:
    """Best format first: its name for each model, and all shapes; a model with fewer formats repeats its last."""
    example = next(device for device in catalog.devices if _formats_class(device) == formats_class)
    models = [measured_here.as_told(catalog, model) for model in able(catalog, job) if not is_media(job, model)]
    formats = [default_formats(model, example) for model in models]
    found = []
    for choice in range(max(map(len, formats))):
        names = tuple(known[min(choice, len(known) - 1)] for known in formats)
        shapes = [model_shape(model, name, formats_class[0]) for model, name in zip(models, names, strict=True)]
        found.append((names, stack(shapes)))
    return tuple(found)


def _one_copy_gb(shapes: ModelShape, machines: MachineShape, request: Request) -> Array:
    models = reshaped(shapes, lambda values: values[:, None])
    there = reshaped(machines, lambda values: values[None, :])
    needed: Array = np.asarray(memory.parts(models, there, request.context_tokens, 1).needed_gb)
    return needed


def _size_pairs(
    request: Request, models: ModelShape, machines: MachineShape, usable: Array, rows: Index, columns: Index,
    filling: _Filling,
) -> None:  # fmt: skip
    """``models`` and ``machines`` lie along the first axis, one pair each; levels of ``SLOTS`` along the second."""
    slots = np.array(SLOTS, dtype=np.float64)[None, :]
    prompt = int(request.prompt_tokens)
    bands = np.stack(np.broadcast_arrays(*speed.decode(models, machines, prompt, slots)))
    filling.hear(rows, columns, bands)
    low, tokens_per_s, _ = bands
    first_word = request.prompt_tokens / np.asarray(speed.prefill(models, machines, prompt)[1])
    needed = np.asarray(memory.parts(models, machines, request.context_tokens, slots).needed_gb)
    slow = np.isnan(tokens_per_s) | (tokens_per_s < (request.tokens_per_s or 0.0))
    late = np.isnan(first_word) | (first_word > 2 * (request.longest_wait_s or np.inf))
    able_ = ~(slow[:, 0] | late[:, 0])
    filling.code[rows, columns] = TOO_SLOW
    filling.reached[rows, columns] = np.where(slow[:, 0], tokens_per_s[:, 0], np.nan)
    fine = ~slow & (needed <= usable)
    fine[:, 0] = True
    levels = np.logical_and.accumulate(fine, axis=1).sum(axis=1).astype(np.int8)[able_]
    seconds = (first_word + request.answer_tokens / tokens_per_s)[able_]
    per_hour = np.full(seconds.shape, np.nan)
    for level, count in enumerate(SLOTS):
        used = levels > level
        if not used.any():
            break
        per_hour[used, level] = capacity.requests_per_hour(count, seconds[used, level], request.wait_s)
        levels[per_hour[:, level] >= filling.enough_per_hour] = level + 1
    figures = (needed[able_], tokens_per_s[able_], (tokens_per_s / low)[able_], seconds, per_hour)
    filling.add(rows[able_], columns[able_], levels, *figures)


def _size_media(request: Request, model: Model, kind: Kind, row: int, column: int, filling: _Filling) -> None:
    """Size a page reader, picture or 3D model by its own memory and seconds a unit; it sits on one card."""
    task, device = MEDIA_TASK[request.job], kind.device
    programs = media.PROGRAMS.get(task)
    if programs and not any(runtime.startswith(programs) for runtime in device.runtimes):
        filling.code[row, column] = TOO_SLOW
        return
    sized = media.memory_gb(model, device)
    usable = memory.usable_gb(device, 1)  # these programs do not spread over cards
    if sized is None or usable is None or sized[0] > usable:
        filling.smallest_gb[row, column] = sized[0] if sized else np.nan
        return
    unit = media.seconds_per(model, task, device)
    if unit is None or unit[1] > 10 * (request.seconds_per_image or np.inf):
        filling.code[row, column] = TOO_SLOW
        filling.reached[row, column] = unit[1] if unit else np.nan
        return
    per_hour = capacity.requests_per_hour(1, unit[1], None) * kind.cards
    figures = [np.full((1, len(SLOTS)), np.nan) for _ in range(5)]
    for figure, value in zip(figures, (sized[0], np.nan, np.nan, unit[1], per_hour), strict=True):
        figure[0, 0] = value
    one = np.array([1], dtype=np.int8)
    filling.add(np.array([row]), np.array([column]), one, *figures)
