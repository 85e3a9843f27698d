"""Where a model runs and how fast, from the engine: the least memory it takes, and its fit on any device.

Everything here is for one person at a time and a conversation of ``CONTEXT_TOKENS``. What cannot be computed is None.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.engine import media, memory
from advisor.engine.catalog import Device, Measurement, Model, Price
from advisor.engine.measured_here import on_setup
from advisor.engine.runtimes import default_formats, runtime_for
from advisor.engine.sizing import SizeRequest, Sizing, size
from advisor.engine.types import Grade

CONTEXT_TOKENS = 8192  # what the engine plans with unless told otherwise: a long document or a long conversation
# Any graphics card of its own; its memory stays open, so the smallest variant of a model is what counts.
ANY_CARD = Device(slug="any-card", name="", vendor="NVIDIA", kind="consumer_gpu", price=Price(currency="USD"))

Band = tuple[float, float, float]


@dataclass(frozen=True)
class Need:
    """Least memory in GB (10^9 bytes), with the evidence grade of the figure and the number format it is for."""

    gb: float
    grade: str
    format: str | None  # None: a variant of the maker's own, or a model that is not offered in such formats


@dataclass(frozen=True)
class Fit:
    """One model on one device. ``rate``: tokens a second, or seconds for one ``unit``; ``grade``: the weaker one."""

    device: Device
    format: str | None
    needed_gb: float | None
    usable_gb: float | None
    grade: str
    rate: Band | None
    unit: str  # "token" or a unit of media.UNITS
    program: bool = True  # whether a program is known that runs it there
    measured_on: str | None = None  # the last day on which the rate was measured on this very device
    parts_gb: tuple[float, ...] = ()  # weights, text at hand, state, program: together what is needed

    @property
    def fits(self) -> bool | None:
        if not self.program:
            return False
        if self.needed_gb is None or self.usable_gb is None:
            return None
        return self.needed_gb <= self.usable_gb


def media_task(model: Model) -> str | None:
    """The task of a model that is not sized by tokens (speech, pictures, pages ...), else None."""
    if "text-llm" in model.modalities:
        return None
    return next((task for task in model.tasks if task in media.UNITS), None)


def least_memory(model: Model) -> Need | None:
    """Memory of the smallest usual variant; language models at about 4 bits a weight."""
    if media_task(model) is not None:
        found = media.memory_gb(model, ANY_CARD)
        return Need(found[0], found[1], None) if found else None
    form = default_formats(model, ANY_CARD)[-1]
    needed = memory.need(model, form, runtime_for(ANY_CARD), CONTEXT_TOKENS, 1)
    return None if needed.needed_gb is None else Need(needed.needed_gb, needed.grade, form)


def fit_on(model: Model, device: Device, measured: tuple[Measurement, ...] = ()) -> Fit:
    """The finest usual format that fits the device; if none does, the smallest, to show what is missing.

    ``measured``: accepted measurements of the model, on whatever machine.
    """
    task = media_task(model)
    if task is not None:
        return _media_fit(model, task, device)
    form, sizing = _finest(model, device, measured)
    usable = memory.usable_gb(device)
    runtime = runtime_for(device)
    here = on_setup(measured, form, runtime, device, 1)
    grade = memory.need(model, form, runtime, CONTEXT_TOKENS, 1, device=device).grade
    parts = (sizing.weights_gb, sizing.kv_cache_gb, sizing.state_gb, sizing.buffers_gb)
    return Fit(
        device=device,
        format=form,
        needed_gb=sizing.needed_gb,
        usable_gb=usable,
        grade=grade,
        rate=sizing.decode_tps_per_user,
        unit="token",
        measured_on=max((row.as_of for row in here if row.as_of), default=None),
        parts_gb=() if sizing.needed_gb is None else tuple(part or 0.0 for part in parts),
    )


def _media_fit(model: Model, task: str, device: Device) -> Fit:
    needed = media.memory_gb(model, device)
    each = media.seconds_per(model, task, device)
    programs = media.PROGRAMS.get(task)
    return Fit(
        device=device,
        format=None,
        needed_gb=needed[0] if needed else None,
        usable_gb=memory.usable_gb(device),
        grade=_weaker(needed[1] if needed else Grade.UNKNOWN, each[3] if each else Grade.UNKNOWN),
        rate=each[:3] if each else None,
        unit=media.UNITS[task],
        program=programs is None or any(runtime.startswith(programs) for runtime in device.runtimes),
    )


def _weaker(one: str, other: str) -> str:
    return max(Grade(one), Grade(other), key=list(Grade).index)


def _finest(model: Model, device: Device, measured: tuple[Measurement, ...]) -> tuple[str, Sizing]:
    tried = [(form, _sized(model, device, form, measured)) for form in default_formats(model, device)]
    return next(((form, sizing) for form, sizing in tried if sizing.fits), tried[-1])


def _sized(model: Model, device: Device, form: str, measured: tuple[Measurement, ...]) -> Sizing:
    return size(
        SizeRequest(
            model=model,
            format=form,
            device=device,
            device_count=1,
            host=None,
            runtime=runtime_for(device),
            context_tokens=CONTEXT_TOKENS,
            prompt_tokens=None,
            output_tokens=None,
            concurrency=1,
            kv_format="f16",
            experts=None,
            measured=measured,
        )
    )


def representatives(devices: Iterable[Device]) -> list[Device]:
    """One device of each kind, smallest first: the middle one by memory among those with known memory and speed."""
    kinds: dict[str, list[tuple[float, str, Device]]] = {}
    for device in devices:
        usable = memory.usable_gb(device)
        if usable is not None and device.bandwidth_gbs is not None:
            kinds.setdefault(device.kind, []).append((usable, device.slug, device))
    middles = [sorted(found)[(len(found) - 1) // 2] for found in kinds.values()]
    return [device for _usable, _slug, device in sorted(middles)]
