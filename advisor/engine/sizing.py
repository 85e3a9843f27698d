"""The one door for physics: a request about one model on one kind of device, answered in memory and speed.

What cannot be computed is ``None`` and the reply says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import Any

from advisor.engine import media, memory, speed
from advisor.engine.efficiency import device_class
from advisor.engine.formats import stored_as
from advisor.engine.measured_here import decode_here, on_setup, weighed
from advisor.engine.runtimes import TRANSFORMERS
from advisor.engine.shapes import kv_bytes_per_token, parameters_b
from advisor.engine.size_request import SizeRequest, parse_request
from advisor.engine.types import Grade

__all__ = ["SizeRequest", "Sizing", "parse_request", "size"]

PLAIN_CACHE = "f16"  # what measurements were taken with; a server does not say otherwise
_DIGITS = 6  # significant digits of a reply: far finer than any band, and free of float noise
Bands = tuple[speed.Band | None, speed.Band | None, speed.Band | None]


@dataclass(frozen=True)
class Sizing:
    """Memory in GB, speeds as (low, central, high); ``reason`` says why a figure is missing or less sure."""

    weights_gb: float | None
    kv_cache_gb: float | None
    state_gb: float | None
    buffers_gb: float | None
    needed_gb: float | None
    reserved_gb: float | None
    fits: bool | None
    headroom_gb: float | None
    decode_tps_per_user: speed.Band | None
    decode_tps_total: speed.Band | None
    prefill_tps: speed.Band | None
    time_to_first_token_s: speed.Band | None
    reason: str | None

    def to_document(self) -> dict[str, Any]:
        """The reply as plain JSON, rounded to what the figures can carry."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return dict(zip(("low", "central", "high"), map(_plain, value), strict=True))
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value


def size(request: SizeRequest) -> Sizing:
    """Memory and speed of one model in one format on one kind of device."""
    reasons: list[str] = []
    request = replace(request, model=weighed(request.model, request.measured))
    need = _medium(request, reasons) or _memory(request, reasons)
    usable = memory.usable_gb(request.device, request.device_count) if request.device else None
    if usable is None:
        reasons.append("fits and headroom_gb: the memory of the device is not known")
    headroom = usable - need.needed_gb if usable is not None and need.needed_gb is not None else None
    fits = None if headroom is None else headroom >= 0
    decode, prefill, first = _speeds(request, fits, reasons)
    return Sizing(
        weights_gb=need.weights_gb,
        kv_cache_gb=need.kv_cache_gb,
        state_gb=need.state_gb,
        buffers_gb=need.buffers_gb,
        needed_gb=need.needed_gb,
        reserved_gb=need.reserved_gb,
        fits=fits,
        headroom_gb=headroom,
        decode_tps_per_user=decode,
        decode_tps_total=None if decode is None else speed.times(decode, request.concurrency),
        prefill_tps=prefill,
        time_to_first_token_s=first,
        reason="; ".join(reasons) or None,
    )


def _medium(request: SizeRequest, reasons: list[str]) -> memory.MemoryNeed | None:
    """Speech, page, picture, 3D and search models are sized by their own facts, in units of their own task."""
    task = media_task(request)
    if task is None or request.device is None:
        return None
    needed = media.memory_gb(request.model, request.device)
    reasons.append(f"needed_gb: as a model for {task}, by its maker's figure or its weights; it has no cache of words")
    each = media.seconds_per(request.model, task, request.device)
    if each is not None:
        low, central, high = (float(f"{value:.3g}") for value in each[:3])
        reasons.append(f"one {media.UNITS[task]} takes {central} s ({low} to {high}), grade {each[3]}")
    total = None if needed is None else needed[0]
    weights = max(request.model.weights_gb.values(), default=None)
    return memory.MemoryNeed(weights, None, None, None, total, total, needed[1] if needed else Grade.UNKNOWN)


def media_task(request: SizeRequest) -> str | None:
    """The task of a model that is not a language model; ``None`` for one that is."""
    if "text-llm" in request.model.modalities:
        return None
    return next((task for task in request.model.tasks if task in media.UNITS), None)


def _memory(request: SizeRequest, reasons: list[str]) -> memory.MemoryNeed:
    """Memory for the context asked for; without one only weights can be told."""
    need = memory.need(
        request.model,
        request.format,
        request.runtime,
        request.context_tokens or 0,
        request.concurrency,
        request.kv_format,
        request.device_count,
        request.device,
    )
    if need.reason:
        reasons.append(f"needed_gb: {need.reason}")
    per_token = kv_bytes_per_token(request.model, request.kv_format)
    if per_token is not None and per_token.grade == Grade.ASSUMED:
        reasons.append("kv_cache_gb: heads or the split of layers are not known, so it is an upper bound")
    if (request.context_tokens or 0) > (request.model.context_tokens or inf):
        reasons.append("context_tokens: more than the model was made for")
    if request.context_tokens is None:
        reasons.append("kv_cache_gb and all that follows from it: context_tokens is not given")
        return replace(need, kv_cache_gb=None, needed_gb=None, reserved_gb=None)
    return need


def _speeds(request: SizeRequest, fits: bool | None, reasons: list[str]) -> Bands:
    """Decode with the cache as full as it is half-way through the answer, then prompt and first token."""
    missing = _missing(request)
    if missing is not None:
        reasons.append(f"speeds: {missing}")
        return None, None, None
    assert request.device is not None
    prompt, context = request.prompt_tokens, request.context_tokens
    cached = (context or 0) if prompt is None else prompt + (request.output_tokens or 0) / 2
    if fits is False and request.host is not None:
        return _offloaded(request, cached, reasons)
    if fits is False:
        reasons.append("it does not fit; the speeds are those of a device of this kind with enough memory")
    asked = (request.model, request.format, request.device, request.device_count)
    decode = speed.decode_band(
        *asked, cached, request.concurrency, request.runtime, kv_format=request.kv_format, experts=request.experts
    )
    decode = _joined(request, decode, reasons)
    to_read = prompt or context
    prefill = first = None
    if to_read:
        prefill = speed.prefill_band(*asked, to_read, request.runtime, experts=request.experts)
        first = speed.time_to_first_token(*asked, to_read, request.runtime, experts=request.experts)
    else:
        reasons.append("prefill_tps and time_to_first_token_s: there is no prompt to read")
    _less_sure(request, reasons)
    return decode, prefill, first


def _joined(request: SizeRequest, formula: speed.Band | None, reasons: list[str]) -> speed.Band | None:
    """The formula's speed with what was measured on this very set-up."""
    assert request.device is not None
    found = on_setup(request.measured, request.format, request.runtime, request.device, request.device_count)
    if formula is None or not found or request.kv_format != PLAIN_CACHE:
        return formula
    last = max(found, key=lambda row: (row.as_of or "", row.slug))
    reasons.append(f"decode: joined to what was measured on this very set-up, last on {last.as_of} ({last.source})")
    asked = (request.model, request.device, request.device_count, request.concurrency)
    return decode_here(found, *asked, formula)


def _missing(request: SizeRequest) -> str | None:
    """Why no speed can be told."""
    model = request.model
    if media_task(request) is not None:
        return "the model does not write words"
    if request.device is None:
        return "no device is given"
    if request.runtime == TRANSFORMERS:
        return "only llama.cpp-like and vLLM-like runtimes have been fitted"
    if request.device.bandwidth_gbs is None:
        return "bandwidth_gbs of the device is not known"
    if parameters_b(model, stored_as(request.format, request.runtime)) is None:
        return "params_total_b of the model is not known"
    if model.params_active_b is None and request.experts is not None and request.experts[1] < request.experts[0]:
        return "params_active_b of the mixture of experts is not known"
    return None


def _less_sure(request: SizeRequest, reasons: list[str]) -> None:
    """What speeds rest on where facts are missing."""
    assert request.device is not None
    if request.model.params_total_b is None:
        reasons.append("speeds: params_total_b is not known, so it is read off weights_gb and the band is wider")
    if kv_bytes_per_token(request.model) is None:
        reasons.append("decode: n_layers is not known, so it rests on a typical number of layers and the band is wider")
    if request.prompt_tokens is None and request.context_tokens is None:
        reasons.append("decode: context_tokens is not given, so it is for an empty cache")
    if device_class(request.device) == "other":
        reasons.append("speeds: no device of this kind was measured, so they rest on all others and the band is wide")


def _offloaded(request: SizeRequest, cached: float, reasons: list[str]) -> Bands:
    """One user, with the layers that do not fit on the host."""
    assert request.device is not None
    assert request.host is not None
    decode = speed.offload_band(
        request.model, request.format, request.device, request.host, cached, request.experts, request.device_count
    )
    if decode is None:
        reasons.append("speeds: device and host together are too small, or bandwidth_gbs of the host is not known")
        return None, None, None
    reasons.append(
        "it does not fit: decode is for one user with the remaining layers on the host; prompts are not told"
    )
    return speed.times(decode, 1 / request.concurrency), None, None
