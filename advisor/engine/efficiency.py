"""What classes of machines reach of their data sheets: fitted constants, and the peak a device fact stands for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from advisor.engine.catalog import Device
from advisor.engine.formats import LLAMA_CPP, VLLM
from advisor.engine.runtimes import RUNTIME_CLASSES, TRANSFORMERS, runtime_for
from advisor.engine.shapes import ModelShape, Quantity, by_format, format_column


@dataclass(frozen=True)
class Efficiency:
    """What a class of machines reaches of its data sheet. Fitted; see ``EFFICIENCY``.

    ``stream`` and ``cache``: share of bandwidth while reading weights and key-value cache. ``layer_us`` and
    ``step_us``: launch time per layer and per step; ``experts_us``: more per layer of a mixture of experts.
    ``prefill`` and ``prefill_experts``: share of the matrix peak while reading a prompt, dense and mixture.
    ``peak_per_gbs``: TFLOPS per GB/s where the data sheet gives no peak. ``spread``: half-width of the 80 % band
    of decode as a factor.
    """

    stream: Quantity
    cache: Quantity
    layer_us: Quantity
    step_us: Quantity
    experts_us: Quantity
    prefill: Quantity
    prefill_experts: Quantity
    peak_per_gbs: Quantity
    spread: Quantity


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
    reached: Efficiency


# Rows marked "fitted" are fitted on published measurements as seen on 2026-11-21, by coordinate descent on the mean
# absolute logarithm of predicted over measured, each model and format weighing alike. Left out: runs with draft models,
# on the processor of a computer with a graphics unit, on cards the file does not fit, beyond 40,000 tokens on vLLM of
# 2024 and 4-bit mixtures on servers of 2025 (both ran in slow modes). Decode, one user: 422 measurements, median error
# 5 %; each row says its own. The other figures of a row, and rows marked "assumed", are carried over from the nearest
# fitted row with a margin, and their bands are wide.
EFFICIENCY: dict[tuple[str, str], Efficiency] = {
    # fitted: decode on 137 (Qwen2.5 on A100, Qwen3 on H20; one maker), 5 %
    ("nvidia_datacenter", VLLM): Efficiency(0.80, 0.40, 92.0, 550.0, 5.0, 0.55, 0.30, 0.2, 1.25),
    # assumed
    ("nvidia_datacenter", LLAMA_CPP): Efficiency(0.62, 0.40, 90.0, 400.0, 55.0, 0.22, 0.12, 0.2, 1.4),
    ("nvidia_gpu", VLLM): Efficiency(0.80, 0.40, 80.0, 500.0, 20.0, 0.50, 0.25, 0.1, 1.4),
    # fitted: decode on 111 (RTX 2080 Ti to 5090), 7 %
    ("nvidia_gpu", LLAMA_CPP): Efficiency(0.87, 0.80, 45.0, 400.0, 55.0, 0.65, 0.32, 0.1, 1.28),
    # assumed
    ("other_gpu", VLLM): Efficiency(0.60, 0.30, 100.0, 600.0, 40.0, 0.30, 0.15, 0.1, 1.7),
    # three measurements only (Radeon AI PRO R9700, RX 7900 XT): adjusted by hand, 14 %
    ("other_gpu", LLAMA_CPP): Efficiency(0.75, 0.35, 60.0, 600.0, 40.0, 0.30, 0.15, 0.1, 1.5),
    # fitted: decode on 46 (M1 to M5), 9 %
    ("apple", LLAMA_CPP): Efficiency(0.78, 0.60, 58.0, 1300.0, 93.0, 0.70, 0.40, 0.034, 1.32),
    # assumed
    ("unified", VLLM): Efficiency(0.75, 0.50, 70.0, 500.0, 60.0, 0.50, 0.35, 0.2, 1.5),
    # fitted: decode on 128 (DGX Spark, Ryzen AI Max), 4 %; prompts on 50, 4 %; several users on 60, 11 %
    ("unified", LLAMA_CPP): Efficiency(0.78, 0.60, 52.0, 10.0, 78.0, 0.55, 0.40, 0.2, 1.2),
    # six measurements only (desktop and single-board computers): adjusted by hand, 12 %
    ("cpu", LLAMA_CPP): Efficiency(0.52, 0.40, 100.0, 500.0, 20.0, 0.60, 0.40, 0.025, 1.6),
    # assumed: no published measurement of one user was found
    ("cn_accelerator", VLLM): Efficiency(0.45, 0.30, 120.0, 1000.0, 100.0, 0.30, 0.15, 0.2, 1.9),
    ("cn_accelerator", LLAMA_CPP): Efficiency(0.35, 0.20, 150.0, 1000.0, 150.0, 0.15, 0.10, 0.2, 2.0),
}
# llama.cpp reads plain formats faster than packed ones, which it unpacks while reading (DGX Spark: 0.87 against 0.78).
PLAIN_FORMATS = ("F16", "Q8_0", "MLX_8BIT")
PLAIN_GAIN = 1.11
PLAIN_CAP = 0.90  # of the bandwidth
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
    return "cn_accelerator" if device.kind == "cn_accelerator" else "cpu"


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
        reached=EFFICIENCY["cpu", LLAMA_CPP] if device is None else efficiency(device, runs),
    )


_PLAIN = format_column(dict.fromkeys(PLAIN_FORMATS, 1.0), 0.0)


def stream_share(model: ModelShape, machine: MachineShape) -> Quantity:
    """Share of the bandwidth while reading weights of a format."""
    reached = np.asarray(machine.reached.stream)
    plain = np.maximum(reached, np.minimum(reached * PLAIN_GAIN, PLAIN_CAP))
    return np.where((machine.server == 0) & (by_format(_PLAIN, model) == 1), plain, reached)


def peak_tflops(device: Device, runtime: str) -> float:
    """Dense 16-bit matrix peak; facts that give the shader peak are raised, missing ones follow the bandwidth."""
    if device.fp16_tflops is None:
        return (device.bandwidth_gbs or float("nan")) * float(efficiency(device, runtime).peak_per_gbs)
    if device.fp16_basis == "shader_fp16_not_tensor":
        return device.fp16_tflops * TENSOR_PER_SHADER.get(device.vendor, 1.0)
    return device.fp16_tflops
