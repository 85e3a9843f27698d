"""Accepted measurements where speeds and sizes are told: found by set-up, and joined to what the formulas say.

A set-up is a model in one format on one runtime class, on so many of one device. What a server told of the size of its
file counts on every machine, where nobody published that size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from advisor.engine import speed
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import Catalog, Device, MeasuredSpeed, Measurement, Model
from advisor.engine.formats import format_name, stored_as
from advisor.engine.measured import Band, narrowed, points
from advisor.engine.once import once_per_version
from advisor.engine.places import Kind
from advisor.engine.runtimes import runtime_class, runtime_for
from advisor.engine.sample import Array

Pair = tuple[Model, str, Kind]  # a model in a format, on a kind of machine


@once_per_version
def by_model(catalog: Catalog) -> dict[str, tuple[Measurement, ...]]:
    """The measurements of each model that has any."""
    models = dict.fromkeys(row.model for row in catalog.measurements)
    return {model: tuple(row for row in catalog.measurements if row.model == model) for model in models}


def weighed(model: Model, rows: Iterable[Measurement]) -> Model:
    """The model with the files that servers told the size of, in formats nobody published one for: their median."""
    told: dict[str, list[float]] = {}
    for row in rows:
        name, _ = _stored(row)
        if row.weights_gb is not None and name is not None:
            told.setdefault(name, []).append(row.weights_gb)
    for format in model.weights_gb if told else ():
        told.pop(format_name(format), None)
    sizes = {name: median(found) for name, found in sorted(told.items())}
    return replace(model, weights_gb={**model.weights_gb, **sizes}) if sizes else model


def as_told(catalog: Catalog, model: Model) -> Model:
    return weighed(model, by_model(catalog).get(model.slug, ()))


def on_setup(
    rows: Iterable[Measurement], format: str, runtime: str, device: Device, count: int
) -> tuple[Measurement, ...]:  # fmt: skip
    """Those of a model's measurements that timed this very set-up."""
    wanted = (stored_as(format, runtime), runtime, device.slug, count)
    return tuple(row for row in rows if row.speeds and (*_stored(row), row.device, row.device_count) == wanted)


def _stored(row: Measurement) -> tuple[str | None, str | None]:
    """Format and runtime class by the engine's names; None where it does not know them."""
    try:
        runtime = runtime_class(row.runtime)
        return stored_as(row.format, runtime), runtime
    except ValueError:
        return None, None


def on_kind(catalog: Catalog, model: Model, format: str, kind: Kind) -> tuple[Measurement, ...]:
    """Measurements of a model in a format on a kind of machine."""
    rows = by_model(catalog).get(model.slug, ())
    if not rows or _is_stand_in(catalog, kind.device):
        return ()
    return on_setup(rows, format, runtime_for(kind.device), kind.device, kind.cards)


def of_candidate(catalog: Catalog, candidate: Candidate) -> tuple[Measurement, ...]:
    """What the speed of an option rests on beside the formulas; the newest last."""
    running, model, place = candidate.running, candidate.model, candidate.place
    if model is None or running is None or running.format is None or place.device is None:
        return ()
    found = on_kind(catalog, model, running.format, Kind(place.device, place.cards))
    return tuple(sorted(found, key=lambda row: (row.as_of or "", row.slug)))


def _is_stand_in(catalog: Catalog, device: Device) -> bool:
    """Whether a device only stands for a computer told by its memory."""
    return not any(row.slug == device.slug and row.memory_gb == device.memory_gb for row in catalog.devices)


def hear(catalog: Catalog, pairs: Iterable[Pair], users: Sequence[int], bands: Array) -> None:
    """Join what was measured to the formulas' bands of many pairs, shape (3, pairs, numbers of users), in place."""
    for at, (model, format, kind) in enumerate(pairs):
        found = on_kind(catalog, model, format, kind)
        if found and not np.isnan(bands[1, at]).any():
            model = as_told(catalog, model)
            for level, number in enumerate(users):
                low, central, high = bands[:, at, level].tolist()
                bands[:, at, level] = decode_here(found, model, kind.device, kind.cards, number, (low, central, high))


def decode_here(
    rows: Iterable[Measurement], model: Model, device: Device, count: int, users: float, formula: Band
) -> Band:  # fmt: skip
    """The formula's band of tokens a second for each of ``users``, joined to what was measured on the set-up.

    A measurement was taken with the cache as full as it is half-way through the answer.
    """

    def predict(row: Measurement, level: MeasuredSpeed) -> Band | None:
        cached = row.prompt_tokens + row.output_tokens / 2
        return speed.decode_band(model, row.format, device, count, cached, level.users, runtime_class(row.runtime))

    return narrowed(formula, points(rows, users, formula, predict))
