"""Programs that run models, in three classes, and what to plan with on a device."""

from __future__ import annotations

import re

from advisor.engine.catalog import Device, Model
from advisor.engine.formats import LLAMA_CPP, VLLM

TRANSFORMERS = "transformers"
_NAMES = {
    LLAMA_CPP: (
        "llama.cpp", "llamacpp", "llama-cpp", "llama-server", "ik-llama.cpp", "ollama", "lm-studio", "lmstudio",
        "koboldcpp", "gpt4all", "jan", "mlx", "mlx-lm", "exllamav2", "exllamav3", "exllama", "tabbyapi",
        "ktransformers",
    ),
    VLLM: (
        "vllm", "sglang", "tensorrt-llm", "trt-llm", "lmdeploy", "tgi", "text-generation-inference", "mindie", "nim",
        "vllm-ascend", "pytorch-cuda", "aphrodite", "max",
    ),
    TRANSFORMERS: ("transformers", "hf", "huggingface", "pytorch"),
}  # fmt: skip
RUNTIME_CLASSES = {name: key for key, names in _NAMES.items() for name in names}


def runtime_class(text: str) -> str:
    """The class of a runtime by any of its names, with or without a version after it.

    Raises:
        ValueError: nobody knows it.
    """
    key = re.sub(r"[\s_]+", "-", text.strip().lower())
    starts = [name for name in RUNTIME_CLASSES if key == name or re.match(re.escape(name) + r"[^a-z0-9]", key)]
    if not starts:
        raise ValueError(f"unknown {text!r}; known are {', '.join(RUNTIME_CLASSES)}")
    return RUNTIME_CLASSES[max(starts, key=len)]


def runtime_for(device: Device) -> str:
    """The runtime class to plan with: a batching server where the device carries one, else llama.cpp-like."""
    if device.kind in ("datacenter_gpu", "cn_accelerator"):
        return VLLM
    if device.kind == "workstation_gpu" and (device.vendor == "NVIDIA" or "vllm" in device.runtimes):
        return VLLM
    return LLAMA_CPP


def default_formats(model: Model, device: Device) -> tuple[str, ...]:
    """Formats worth offering on a device, best quality first; none coarser than about 4 bits."""
    native = (model.native_precision or "").lower()
    published = {*model.weights_gb, *model.vram_min_gb}
    if "fp4" in native:
        return ("MXFP4",)
    if runtime_for(device) == LLAMA_CPP:
        return ("Q4_K_M",) if "int4" in native else ("Q8_0", "Q6_K", "Q4_K_M")
    if "int4" in native:
        return ("AWQ",)
    if device.kind == "cn_accelerator":
        return ("F16", "INT8")
    four_bit = "NVFP4" if "nvfp4" in published and is_blackwell(device) else "AWQ"
    return ("FP8", four_bit) if "fp8" in native else ("F16", "FP8", four_bit)


def is_blackwell(device: Device) -> bool:
    """NVIDIA's generation that computes in 4-bit floats."""
    marks = ("Blackwell", "RTX 50", "B200", "B300", "GB10", "DGX Spark")
    return device.vendor == "NVIDIA" and any(mark in device.name for mark in marks)
