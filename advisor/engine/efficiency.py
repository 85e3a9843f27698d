"""What classes of machines reach of their data sheets: fitted constants, and the peak a device fact stands for."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine import fitted
from advisor.engine.catalog import Device
from advisor.engine.formats import LLAMA_CPP, VLLM
from advisor.engine.runtimes import RUNTIME_CLASSES, TRANSFORMERS, runtime_for
from advisor.engine.shapes import Quantity

# llama.cpp and vLLM: tokens of a prompt computed at once by default (n_ubatch; max_num_batched_tokens).
UBATCH_TOKENS = 512
VLLM_BATCH_TOKENS = 8192


@dataclass(frozen=True)
class Efficiency:
    """What a class of machines reaches of its data sheet. Fitted, with the evidence in ``fitted.py``.

    ``stream`` and ``cache``: share of bandwidth while reading weights and key-value cache; ``plain``: factor on
    ``stream`` for formats that need no unpacking. ``layer_us`` and ``step_us``: launch time per layer and per step;
    ``experts_us``: more per layer of a mixture of experts; ``together_us``: more again as soon as several users share
    it; ``unpack_us``: more per layer of integer weights in a batching server. ``linear_layer`` and ``plain_layer``:
    launches of a linear-attention layer, and of one that keeps nothing, against one with full attention. ``tile``:
    factor on ``speed.TILE_ROWS``. ``overlap``: B users touch as many experts as B^overlap users who share nothing.
    ``prefill`` and ``prefill_experts``: share of the matrix peak while reading a prompt, dense and mixture.
    ``band_*``: half-width of the 80 % band as a factor: one user with plain and with packed formats, several users,
    prompts.
    """

    stream: Quantity
    plain: Quantity
    cache: Quantity
    layer_us: Quantity
    step_us: Quantity
    experts_us: Quantity
    together_us: Quantity
    linear_layer: Quantity
    plain_layer: Quantity
    unpack_us: Quantity
    tile: Quantity
    overlap: Quantity
    prefill: Quantity
    prefill_experts: Quantity
    band_plain: Quantity
    band_packed: Quantity
    band_batched: Quantity
    band_prefill: Quantity


@dataclass(frozen=True)
class MachineShape:
    """``count`` equal devices under one runtime class: floats, or arrays that broadcast against models.

    ``server`` is 1 for batching servers, ``eager`` for programs that keep whole prompts, ``own_memory`` for cards;
    GB, GB/s and TFLOPS are those of one device, NaN where not known.
    """

    count: Quantity
    server: Quantity
    eager: Quantity
    own_memory: Quantity
    memory_gb: Quantity
    bandwidth_gbs: Quantity
    peak_tflops: Quantity
    at_once: Quantity  # tokens of a prompt computed in one pass
    reached: Efficiency


EFFICIENCY: dict[tuple[str, str], Efficiency] = {key: Efficiency(**row) for key, row in fitted.ROWS.items()}
# TFLOPS per GB/s where a data sheet gives no matrix peak: middle of the catalog's devices of the class; for processors
# 8-bit dot products of 8-16 cores, assumed.
PEAK_PER_GBS = {
    "nvidia_datacenter": 0.2, "nvidia_gpu": 0.12, "other_gpu": 0.14, "apple": 0.035, "unified": 0.2, "cpu": 0.04,
    "cn_accelerator": 0.2, "other": 0.1,
}  # fmt: skip
# Formats whose values are read as they lie in memory, or nearly so.
PLAIN_FORMATS = ("F32", "F16", "FP8", "MXFP8", "INT8", "Q8_0", "MLX_8BIT")
# GeForce cards multiply twice as fast when they add up in 16 bits, or four times in 8-bit integers, as llama.cpp does;
# the facts hold the peak with 32-bit sums, which servers use.
GEFORCE_SHORT_SUMS = 2.0
# What llama.cpp's kernels for integrated graphics use of a peak that no data sheet gives; assumed.
INTEGRATED_SHARE = 0.5
# Dense matrix peak where a fact gives the shader peak: 2 x on NVIDIA's GeForce cards of 2020-2025 (35.6 and 71 TFLOPS
# on RTX 3090, 82.6 and 165 on RTX 4090), more on its professional ones; 4 x on Intel's (27.3 and 117 on Arc B580).
TENSOR_PER_SHADER = {"NVIDIA": 2.0, "Intel": 4.0}


def device_class(device: Device) -> str:
    if device.kind == "datacenter_gpu":
        return "nvidia_datacenter" if device.vendor == "NVIDIA" else "other_gpu"
    if device.kind in ("consumer_gpu", "workstation_gpu"):
        return "nvidia_gpu" if device.vendor == "NVIDIA" else "other_gpu"
    if device.kind == "unified_memory_computer":
        return "apple" if device.vendor == "Apple" else "unified"
    if device.kind == "cn_accelerator":
        return "cn_accelerator"
    return "cpu" if device.kind.startswith("cpu") else "other"


def efficiency(device: Device, runtime: str) -> Efficiency:
    runtime_class = VLLM if RUNTIME_CLASSES.get(runtime, runtime) != LLAMA_CPP else LLAMA_CPP
    return EFFICIENCY.get((device_class(device), runtime_class)) or EFFICIENCY[(device_class(device), LLAMA_CPP)]


def machine_shape(device: Device | None, count: int = 1, runtime: str | None = None) -> MachineShape:
    """Read a device's facts for one runtime class; no device counts as a card of which nothing is known.

    Raises:
        ValueError: neither a device nor a runtime is given.
    """
    if device is None and runtime is None:
        raise ValueError("runtime: needed when no device is given")
    named = runtime or runtime_for(device) if device is not None else str(runtime)
    runs = RUNTIME_CLASSES.get(named, named)
    unknown = float("nan")
    memory_gb = unknown if device is None or device.memory_gb is None else device.memory_gb
    bandwidth = unknown if device is None or device.bandwidth_gbs is None else device.bandwidth_gbs
    return MachineShape(
        count=float(count),
        server=float(runs == VLLM),
        eager=float(runs == TRANSFORMERS),
        own_memory=float(device is None or device.kind.endswith(("_gpu", "_accelerator"))),
        memory_gb=memory_gb,
        bandwidth_gbs=bandwidth,
        peak_tflops=unknown if device is None else peak_tflops(device, runs),
        at_once=VLLM_BATCH_TOKENS if runs == VLLM else UBATCH_TOKENS,
        reached=EFFICIENCY["cpu", LLAMA_CPP] if device is None else efficiency(device, runs),
    )


def peak_tflops(device: Device, runtime: str) -> float:
    """Dense 16-bit matrix peak; facts that give the shader peak are raised, missing ones follow the bandwidth."""
    kind = device_class(device)
    if device.fp16_tflops is None:
        share = INTEGRATED_SHARE if kind == "unified" and runtime == LLAMA_CPP else 1.0
        return (device.bandwidth_gbs or float("nan")) * PEAK_PER_GBS[kind] * share
    shader = device.fp16_basis == "shader_fp16_not_tensor"
    peak = device.fp16_tflops * (TENSOR_PER_SHADER.get(device.vendor, 1.0) if shader else 1.0)
    geforce = device.vendor == "NVIDIA" and device.kind == "consumer_gpu"
    return peak * GEFORCE_SHORT_SUMS if geforce and runtime == LLAMA_CPP else peak
