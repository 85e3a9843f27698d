"""Reading a sizing request: a plain JSON object in, a checked ``SizeRequest`` out.

Nothing is guessed: an unknown key, a wrong type or an impossible figure is refused with the field's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from advisor.engine.catalog import Catalog, Device, Measurement, Model, Price
from advisor.engine.formats import ANY, FORMATS, LLAMA_CPP, VLLM, cache_bytes, format_name, stored_as
from advisor.engine.measured_here import by_model
from advisor.engine.runtimes import runtime_class, runtime_for
from advisor.engine.shapes import weights_gb

_MODEL_NUMBERS = {
    "params_total_b": float,
    "params_active_b": float,
    "params_effective_b": float,
    "n_layers": int,
    "n_kv_heads": int,
    "head_dim": int,
    "mla_kv_lora_rank": int,
    "mla_rope_dim": int,
    "full_attention_layers": int,
    "sliding_window_layers": int,
    "sliding_window_tokens": int,
    "linear_attention_layers": int,
    "context_tokens": int,
}
_EXPERT_NUMBERS = {"n_experts": int, "n_experts_active": int}
_MAY_BE_ZERO = ("mla_rope_dim", "full_attention_layers", "sliding_window_layers", "linear_attention_layers")
_DEVICE_NUMBERS = ("memory_gb", "usable_memory_gb", "bandwidth_gbs", "fp16_tflops")
_DEVICE_TEXTS = ("name", "kind", "vendor", "fp16_basis")
DEVICE_KINDS = (
    "consumer_gpu",
    "workstation_gpu",
    "datacenter_gpu",
    "unified_memory_computer",
    "cpu_desktop",
    "cpu_server",
    "cn_accelerator",
)
# Other words for them; a kind in neither list is sized by its memory and bandwidth, with the widest bands.
_KINDS = {
    "gpu": "consumer_gpu", "graphics_card": "consumer_gpu", "laptop_gpu": "consumer_gpu",
    "server_gpu": "datacenter_gpu", "accelerator": "datacenter_gpu",
    "apple_silicon": "unified_memory_computer", "mac": "unified_memory_computer",
    "unified_memory": "unified_memory_computer", "apu": "unified_memory_computer",
    "cpu": "cpu_desktop", "desktop": "cpu_desktop", "laptop": "cpu_desktop", "server": "cpu_server",
}  # fmt: skip
_VENDORS = {"nvidia": "NVIDIA", "apple": "Apple", "amd": "AMD", "intel": "Intel"}
# No figure of a request is near these; beyond them are typing errors, and results that overflow.
_LARGEST, _SMALLEST = 1e9, 1e-6
# A file that holds a third or three times of what its format makes of the parameters belongs to another model.
_FILE_OFF = 3.0
_COUNTS = {"device_count": 1, "concurrency": 1}
_TOKENS = ("context_tokens", "prompt_tokens", "output_tokens")
_FIELDS = ("model", "format", "device", "host", "runtime", "kv_format", *_COUNTS, *_TOKENS)


@dataclass(frozen=True)
class SizeRequest:
    """``context_tokens`` is what one sequence holds; ``device`` may be left out when only memory is asked for.

    ``host`` is the computer around the device: it takes the layers that do not fit.
    """

    model: Model
    format: str
    device: Device | None
    host: Device | None
    device_count: int
    runtime: str  # runtime class
    context_tokens: int | None
    prompt_tokens: int | None
    output_tokens: int | None
    concurrency: int
    kv_format: str
    experts: tuple[int, int] | None  # all, active
    measured: tuple[Measurement, ...] = ()  # accepted measurements of the model, on whatever machine


def parse_request(raw: Mapping[str, Any], catalog: Catalog) -> SizeRequest:
    """Read one JSON request.

    Raises:
        ValueError: names the field, what is wrong with it and what would be right.
    """
    if not isinstance(raw, Mapping):
        raise ValueError("request: expected a JSON object")
    _refuse_unknown(raw, _FIELDS, "")
    name = _weight_format(raw)
    device, host = (_device(raw.get(field), catalog, field) for field in ("device", "host"))
    runtime = _runtime(raw.get("runtime"), device, name)
    model, experts = _model(raw.get("model"), catalog, stored_as(name, runtime))
    counts = {key: _number(raw.get(key, default), key, int, 1) for key, default in _COUNTS.items()}
    tokens = {key: None if raw.get(key) is None else int(_number(raw[key], key, int, 0)) for key in _TOKENS}
    prompt, output, context = tokens["prompt_tokens"], tokens["output_tokens"], tokens["context_tokens"]
    if context is None and prompt is not None and output is not None:
        context = prompt + output
    if context is not None and (prompt or 0) + (output or 0) > context:
        raise ValueError(
            f"context_tokens: {context} is less than prompt_tokens + output_tokens; raise it or leave it out"
        )
    return SizeRequest(
        model=model,
        format=name,
        device=device,
        host=host,
        device_count=int(counts["device_count"]),
        runtime=runtime,
        context_tokens=context,
        prompt_tokens=prompt,
        output_tokens=output,
        concurrency=int(counts["concurrency"]),
        kv_format=_kv_format(raw.get("kv_format")),
        experts=experts,
        measured=by_model(catalog).get(model.slug, ()),
    )


def _refuse_unknown(raw: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
    unknown = sorted(str(key) for key in raw if key not in known)
    if unknown:
        raise ValueError(f"{prefix}{unknown[0]}: unknown field; known are {', '.join(known)}")


def _number(value: Any, name: str, kind: type, least: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
        raise ValueError(f"{name}: expected a number up to {_LARGEST:.0e}, got {str(value)[:40]!r}")
    if kind is int and value != int(value):
        raise ValueError(f"{name}: expected a whole number, got {value!r}")
    if value < least or (kind is float and value < _SMALLEST):
        raise ValueError(
            f"{name}: expected {'at least ' + str(least) if kind is int else 'more than 0'}, got {value!r}"
        )
    return value


def _weight_format(raw: Mapping[str, Any]) -> str:
    if not isinstance(raw.get("format"), str):
        raise ValueError("format: give the weight format as text, such as Q4_K_M, FP8 or AWQ")
    try:
        return format_name(raw["format"])
    except ValueError as error:
        raise ValueError(f"format: {error}") from None


def _kv_format(value: Any) -> str:
    if value is None:
        return "f16"
    try:
        cache_bytes(str(value))
    except ValueError as error:
        raise ValueError(f"kv_format: {error}") from None
    return str(value)


def _runtime(value: Any, device: Device | None, format: str) -> str:
    """The runtime class asked for, else the one to plan with on the device, else the one that reads the format."""
    if value is None:
        own = FORMATS[format].runtime
        return runtime_for(device) if device is not None else own if own != ANY else VLLM
    try:
        return runtime_class(str(value))
    except ValueError as error:
        raise ValueError(f"runtime: {error}") from None


def _model(value: Any, catalog: Catalog, stored: str) -> tuple[Model, tuple[int, int] | None]:
    if isinstance(value, str):
        found = next((model for model in catalog.models if model.slug == value), None)
        if found is None:
            raise ValueError(
                f"model: {value!r} is not in the catalog; give a catalog slug or an object with its figures"
            )
        return found, None
    if not isinstance(value, Mapping):
        raise ValueError("model: expected a catalog slug or an object with params_total_b and the layer figures")
    _refuse_unknown(value, ("name", "weights_gb", *_MODEL_NUMBERS, *_EXPERT_NUMBERS), "model.")
    figures: dict[str, Any] = {}
    for key, kind in (_MODEL_NUMBERS | _EXPERT_NUMBERS).items():
        if value.get(key) is not None:
            least = 0 if key in _MAY_BE_ZERO else 1
            figures[key] = kind(_number(value[key], f"model.{key}", kind, least if kind is int else 0))
    if "params_total_b" not in figures and value.get("weights_gb") is None:
        raise ValueError("model.params_total_b: needed to size a model; give it in billions")
    experts = _experts(figures.pop("n_experts", None), figures.pop("n_experts_active", None))
    sizes = _file_sizes(value.get("weights_gb"), stored)
    name = str(value.get("name", "request"))
    model = Model(
        slug="request",
        name=name,
        family="",
        publisher="",
        modalities=(),
        tasks=(),
        license="",
        weights_gb=sizes,
        **figures,
    )
    _check_shape(model)
    _check_files(model)
    return model, experts


def _file_sizes(value: Any, stored: str) -> dict[str, float]:
    """Measured files: one number for the format asked for, or an object of numbers by format."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        return {stored: float(_number(value, "model.weights_gb", float, 0))}
    sizes = {}
    for key, size in value.items():
        try:
            sizes[format_name(str(key))] = float(_number(size, f"model.weights_gb.{key}", float, 0))
        except ValueError as error:
            raise ValueError(str(error) if "model." in str(error) else f"model.weights_gb: {error}") from None
    return sizes


def _experts(total: int | None, active: int | None) -> tuple[int, int] | None:
    if (total is None) != (active is None):
        raise ValueError("model.n_experts: give n_experts and n_experts_active together, or neither")
    if total is None or active is None:
        return None
    if active > total:
        raise ValueError(f"model.n_experts_active: {active} is more than n_experts {total}")
    return total, active


def _check_shape(model: Model) -> None:
    if model.params_total_b and model.params_active_b and model.params_active_b > model.params_total_b:
        raise ValueError("model.params_active_b: more than params_total_b")
    if model.params_total_b and model.params_effective_b and model.params_effective_b > model.params_total_b:
        raise ValueError("model.params_effective_b: more than params_total_b")
    if model.sliding_window_tokens and model.context_tokens and model.sliding_window_tokens > model.context_tokens:
        raise ValueError("model.sliding_window_tokens: more than context_tokens of the model")
    parts = (model.full_attention_layers, model.sliding_window_layers, model.linear_attention_layers)
    if model.n_layers is not None and sum(part or 0 for part in parts) > model.n_layers:
        raise ValueError("model.n_layers: less than the full, sliding and linear layers together")
    if model.sliding_window_layers and not model.sliding_window_tokens:
        raise ValueError("model.sliding_window_tokens: needed with sliding_window_layers")


def _check_files(model: Model) -> None:
    plain = replace(model, weights_gb={})
    for format, size in sorted(model.weights_gb.items()):
        expected = weights_gb(plain, format, LLAMA_CPP)
        if expected is not None and not expected / _FILE_OFF <= size <= expected * _FILE_OFF:
            raise ValueError(
                f"model.weights_gb: {size:g} GB cannot hold params_total_b in {format} ({expected:.3g} GB)"
            )


def _device(value: Any, catalog: Catalog, field: str) -> Device | None:
    if value is None:
        return None
    if isinstance(value, str):
        found = next((device for device in catalog.devices if device.slug == value), None)
        if found is None:
            raise ValueError(
                f"{field}: {value!r} is not in the catalog; give a catalog slug or an object with its figures"
            )
        return found
    if not isinstance(value, Mapping):
        raise ValueError(
            f"{field}: expected a catalog slug or an object with kind, vendor, memory_gb and bandwidth_gbs"
        )
    _refuse_unknown(value, (*_DEVICE_TEXTS, *_DEVICE_NUMBERS), f"{field}.")
    texts = {key: str(value.get(key) or "").strip() for key in _DEVICE_TEXTS}
    kind = texts["kind"].lower().replace("centre", "center").replace("-", "_").replace(" ", "_")
    figures: dict[str, Any] = {
        key: float(_number(value[key], f"{field}.{key}", float, 0))
        for key in _DEVICE_NUMBERS
        if value.get(key) is not None
    }
    if figures.get("usable_memory_gb", 0.0) > figures.get("memory_gb", _LARGEST):
        raise ValueError(f"{field}.usable_memory_gb: more than memory_gb")
    return Device(
        slug="request",
        name=texts["name"] or "request",
        vendor=_VENDORS.get(texts["vendor"].lower(), texts["vendor"]),
        kind=_KINDS.get(kind, kind),
        fp16_basis=texts["fp16_basis"] or None,
        price=Price(currency="USD"),
        **figures,
    )
