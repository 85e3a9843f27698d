"""The one door for physics: a request about one model on one kind of device, answered in memory and speed.

What cannot be computed is ``None`` and the reply says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from advisor.engine import memory, speed
from advisor.engine.runtimes import TRANSFORMERS
from advisor.engine.shapes import kv_bytes_per_token
from advisor.engine.size_request import SizeRequest, parse_request

__all__ = ["SizeRequest", "Sizing", "parse_request", "size"]

_DIGITS = 6  # significant digits of a reply: far finer than any band, and free of float noise


@dataclass(frozen=True)
class Sizing:
    """Memory in GB, speeds as (low, central, high); ``reason`` says why a figure is missing."""

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
    need = _memory(request, reasons)
    usable = memory.usable_gb(request.device, request.device_count) if request.device else None
    if usable is None:
        reasons.append("fits and headroom_gb: the memory of the device is not known")
    headroom = usable - need.needed_gb if usable is not None and need.needed_gb is not None else None
    if headroom is not None and headroom < 0:
        reasons.append("it does not fit; the speeds are those of a device of this kind with enough memory")
    decode, prefill, first = _speeds(request, reasons)
    return Sizing(
        weights_gb=need.weights_gb,
        kv_cache_gb=need.kv_cache_gb,
        state_gb=need.state_gb,
        buffers_gb=need.buffers_gb,
        needed_gb=need.needed_gb,
        reserved_gb=need.reserved_gb,
        fits=None if headroom is None else headroom >= 0,
        headroom_gb=headroom,
        decode_tps_per_user=decode,
        decode_tps_total=None if decode is None else speed.times(decode, request.concurrency),
        prefill_tps=prefill,
        time_to_first_token_s=first,
        reason="; ".join(reasons) or None,
    )


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
    if request.context_tokens is None:
        reasons.append("kv_cache_gb and all that follows from it: context_tokens is not given")
        return replace(need, kv_cache_gb=None, needed_gb=None, reserved_gb=None)
    return need


def _speeds(request: SizeRequest, reasons: list[str]) -> tuple[speed.Band | None, speed.Band | None, speed.Band | None]:
    """Decode with the cache as full as it is half-way through the answer, then prompt and first token."""
    device, prompt, context = request.device, request.prompt_tokens, request.context_tokens
    if device is None:
        reasons.append("speeds: no device is given")
        return None, None, None
    if request.runtime == TRANSFORMERS:
        reasons.append("speeds: only llama.cpp-like and vLLM-like runtimes have been fitted")
        return None, None, None
    cached = (context or 0) if prompt is None else prompt + (request.output_tokens or 0) / 2
    decode = speed.decode_band(
        request.model,
        request.format,
        device,
        request.device_count,
        cached,
        request.concurrency,
        request.runtime,
        kv_format=request.kv_format,
        experts=request.experts,
    )
    asked = (request.model, request.format, device, request.device_count)
    to_read = prompt or context
    prefill = speed.prefill_band(*asked, to_read, request.runtime) if to_read else None
    first = speed.time_to_first_token(*asked, to_read, request.runtime) if to_read else None
    if decode is None:
        missing = "bandwidth_gbs of the device" if device.bandwidth_gbs is None else "params_total_b of the model"
        reasons.append(f"speeds: {missing} is not known")
        return None, None, None
    if kv_bytes_per_token(request.model) is None:
        reasons.append("decode: n_layers is not known, so it rests on a typical number of layers and the band is wider")
    if prompt is None and context is None:
        reasons.append("decode: context_tokens is not given, so it is for an empty cache")
    if prefill is None:
        reasons.append("prefill_tps and time_to_first_token_s: there is no prompt to read")
    return decode, prefill, first
