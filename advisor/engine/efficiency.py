"""What classes of machines reach of their data sheets: fitted constants, and the peak a device fact stands for."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.catalog import Device
from advisor.engine.formats import LLAMA_CPP, VLLM, format_name
from advisor.engine.memory import RUNTIME_CLASSES


@dataclass(frozen=True)
class Efficiency:
    """What a class of machines reaches of its data sheet. Fitted; see ``EFFICIENCY``.

    ``stream`` and ``cache``: share of bandwidth while reading weights and key-value cache. ``layer_us`` and
    ``step_us``: launch time per layer and per step; ``experts_us``: more per layer of a mixture of experts.
    ``prefill`` and ``prefill_experts``: share of the matrix peak while reading a prompt, dense and mixture.
    ``peak_per_gbs``: TFLOPS per GB/s where the data sheet gives no peak. ``spread``: half-width of the 80 % band
    of decode as a factor.
    """

    stream: float
    cache: float
    layer_us: float
    step_us: float
    experts_us: float
    prefill: float
    prefill_experts: float
    peak_per_gbs: float
    spread: float


EFFICIENCY: dict[tuple[str, str], Efficiency] = {
    ("nvidia_datacenter", VLLM): Efficiency(0.80, 0.40, 92.0, 550.0, 5.0, 0.55, 0.30, 0.2, 1.3),
    ("nvidia_datacenter", LLAMA_CPP): Efficiency(0.62, 0.40, 90.0, 400.0, 55.0, 0.22, 0.12, 0.2, 1.4),
    ("nvidia_gpu", VLLM): Efficiency(0.80, 0.40, 80.0, 500.0, 20.0, 0.50, 0.25, 0.1, 1.4),
    ("nvidia_gpu", LLAMA_CPP): Efficiency(0.87, 0.80, 45.0, 400.0, 55.0, 0.65, 0.32, 0.1, 1.3),
    ("other_gpu", VLLM): Efficiency(0.60, 0.30, 100.0, 600.0, 40.0, 0.30, 0.15, 0.1, 1.7),
    ("other_gpu", LLAMA_CPP): Efficiency(0.75, 0.35, 60.0, 600.0, 40.0, 0.30, 0.15, 0.1, 1.5),
    ("apple", LLAMA_CPP): Efficiency(0.78, 0.60, 58.0, 1300.0, 93.0, 0.70, 0.40, 0.034, 1.4),
    ("unified", VLLM): Efficiency(0.75, 0.50, 70.0, 500.0, 60.0, 0.50, 0.35, 0.2, 1.5),
    ("unified", LLAMA_CPP): Efficiency(0.78, 0.65, 52.0, 10.0, 78.0, 0.55, 0.40, 0.2, 1.2),
    ("cpu", LLAMA_CPP): Efficiency(0.52, 0.40, 100.0, 500.0, 20.0, 0.60, 0.40, 0.025, 1.6),
    ("cn_accelerator", VLLM): Efficiency(0.45, 0.30, 120.0, 1000.0, 100.0, 0.30, 0.15, 0.2, 1.9),
    ("cn_accelerator", LLAMA_CPP): Efficiency(0.35, 0.20, 150.0, 1000.0, 150.0, 0.15, 0.10, 0.2, 2.0),
}
# llama.cpp reads plain formats faster than packed ones, which it unpacks while reading.
PLAIN_FORMATS = ("F16", "Q8_0", "MLX_8BIT")
PLAIN_GAIN = 1.11
PLAIN_CAP = 0.90  # of the bandwidth
TENSOR_PER_SHADER = {"NVIDIA": 2.0, "Intel": 4.0}  # dense matrix peak where the fact gives the shader peak


def device_class(device: Device) -> str:
    if device.kind in ("datacenter_gpu", "datacentre_gpu"):
        return "nvidia_datacenter" if device.vendor == "NVIDIA" else "other_gpu"
    if device.kind in ("consumer_gpu", "workstation_gpu"):
        return "nvidia_gpu" if device.vendor == "NVIDIA" else "other_gpu"
    if device.kind == "unified_memory_computer":
        return "apple" if device.vendor == "Apple" else "unified"
    return "cn_accelerator" if device.kind == "cn_accelerator" else "cpu"


def efficiency(device: Device, runtime: str) -> Efficiency:
    runtime_class = VLLM if RUNTIME_CLASSES.get(runtime, runtime) != LLAMA_CPP else LLAMA_CPP
    return EFFICIENCY.get((device_class(device), runtime_class)) or EFFICIENCY[(device_class(device), LLAMA_CPP)]


def stream_share(format: str, reached: Efficiency, runtime: str) -> float:
    """Share of the bandwidth while reading weights of a format."""
    if RUNTIME_CLASSES.get(runtime, runtime) != LLAMA_CPP or format_name(format) not in PLAIN_FORMATS:
        return reached.stream
    return max(reached.stream, min(reached.stream * PLAIN_GAIN, PLAIN_CAP))


def peak_tflops(device: Device, runtime: str) -> float:
    """Dense 16-bit matrix peak; facts that give the shader peak are raised, missing ones follow the bandwidth."""
    if device.fp16_tflops is None:
        return (device.bandwidth_gbs or 0.0) * efficiency(device, runtime).peak_per_gbs
    if device.fp16_basis == "shader_fp16_not_tensor":
        return device.fp16_tflops * TENSOR_PER_SHADER.get(device.vendor, 1.0)
    return device.fp16_tflops
