"""How much memory a model takes: weights, key-value cache, state, buffers. Formulas and sources: README.md, "Memory".

Sizes are decimal gigabytes. The formulas take floats or arrays (``shapes.py``); the doors take catalog rows, and a
figure that cannot be computed is ``None`` with a reason there, never zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from advisor.engine.catalog import Device, Model
from advisor.engine.efficiency import UBATCH_TOKENS, MachineShape, machine_shape
from advisor.engine.formats import VLLM
from advisor.engine.shapes import (
    BOUND_KV_HEADS,
    ModelShape,
    Quantity,
    kv_bytes_per_token,
    model_shape,
)
from advisor.engine.types import Grade
from advisor.engine.units import GB

CELL_BLOCK = 256  # llama.cpp gives cells of its cache out in blocks (llama-kv-cache.cpp, 2026-09)
# Share of each card that vLLM pre-allocates by default (gpu_memory_utilization).
VLLM_RESERVED_SHARE = 0.9
# Bytes per token computed at once and unit of width. llama.cpp with all layers on the device: 16 floats (buffers of
# 32.1 and 64.1 MiB for widths of 1,024 and 2,048, gguf-parser-go issue 45). vLLM: 12 half floats, assumed. Eager
# programs keep the whole prompt: 37, the envelope of 112 published peaks of Qwen2.5 on A100; newer versions need less,
# so this errs on the safe side.
ACTIVATION_BYTES = 64.0
SERVER_ACTIVATION_BYTES = 24.0
EAGER_ACTIVATION_BYTES = 37.0
# What the driver and runtime hold on each device before any model is loaded (nvidia-smi after start, rounded up).
LLAMA_CPP_CONTEXT_GB = 0.5
SHARED_CONTEXT_GB = 0.1  # llama.cpp where the processor's memory is the only memory
VLLM_CONTEXT_GB = 0.6
GRAPHS_GB = 0.6  # vLLM's captured CUDA graphs per device, default capture sizes
# Share of a computer's memory a model may take where the device fact does not say: Apple's default limit for GPU
# use, and what an operating system leaves on other machines.
UNIFIED_SHARE = 0.75
CPU_SHARE = 0.85


@dataclass(frozen=True)
class MemoryParts:
    """GB of a running model on all devices together; NaN where a fact is missing."""

    weights_gb: Quantity
    kv_cache_gb: Quantity
    state_gb: Quantity
    buffers_gb: Quantity
    needed_gb: Quantity


@dataclass(frozen=True)
class MemoryNeed:
    """``reserved_gb`` is what the runtime takes from the machine; servers that pre-allocate take more than needed."""

    weights_gb: float | None
    kv_cache_gb: float | None
    state_gb: float | None
    buffers_gb: float | None
    needed_gb: float | None
    reserved_gb: float | None
    grade: str
    reason: str | None = None


def parts(model: ModelShape, machine: MachineShape, context_tokens: Quantity, sequences: Quantity) -> MemoryParts:
    """Memory for ``sequences`` requests of ``context_tokens`` each; every argument may be an array."""
    cache = cache_gb(model, machine, context_tokens, sequences) * _copies(model, machine)
    state = model.state_gb * sequences
    buffers = buffers_gb(model, machine, context_tokens)
    return MemoryParts(model.weights_gb, cache, state, buffers, model.weights_gb + cache + state + buffers)


def cache_gb(model: ModelShape, machine: MachineShape, context_tokens: Quantity, sequences: Quantity) -> Quantity:
    """Key-value cache of ``sequences`` requests of ``context_tokens`` each; NaN where layers are not published."""
    cache = cached_gb(model, machine, context_tokens, sequences)
    return np.where(np.asarray(model.cache_known) == 1, cache, np.nan)


def cached_gb(model: ModelShape, machine: MachineShape, context_tokens: Quantity, sequences: Quantity) -> Quantity:
    """The cache with typical layers where none are published; llama.cpp keeps more than the window."""
    tokens = np.asarray(context_tokens * sequences)
    window = model.window_tokens * sequences
    # llama.cpp keeps the tokens being computed beside the window, in whole blocks of cells
    block = np.ceil((window + UBATCH_TOKENS) / CELL_BLOCK) * CELL_BLOCK
    kept = np.where((machine.server == 0) & (machine.eager == 0), block, window)
    held: Quantity = (model.cache_growing * tokens + model.cache_window * np.minimum(tokens, kept)) / GB
    return held


def buffers_gb(model: ModelShape, machine: MachineShape, context_tokens: Quantity) -> Quantity:
    """Compute buffers and what the driver and the runtime hold on each device."""
    small = np.where(np.asarray(machine.own_memory) == 1, LLAMA_CPP_CONTEXT_GB * machine.count, SHARED_CONTEXT_GB)
    context = np.where(np.asarray(machine.server) == 1, (VLLM_CONTEXT_GB + GRAPHS_GB) * machine.count, small)
    held: Quantity = np.where(np.asarray(machine.eager) == 1, 0.0, context)
    return held + compute_gb(model, machine, context_tokens)


def compute_gb(model: ModelShape, machine: MachineShape, context_tokens: Quantity) -> Quantity:
    """Activations of the tokens computed at once, and the attention mask; eager programs compute the whole prompt."""
    batch = (
        machine.at_once
        * model.width
        * np.where(np.asarray(machine.server) == 1, SERVER_ACTIVATION_BYTES, ACTIVATION_BYTES)
    )
    mask = np.where(np.asarray(machine.server) == 1, 0.0, machine.at_once * context_tokens * 2)
    # each device has its own peak; short prompts are hidden behind the second copy of a tied table made while loading
    eager = np.maximum(context_tokens * model.width * EAGER_ACTIVATION_BYTES * machine.count, model.loading_gb * GB)
    return np.where(np.asarray(machine.eager) == 1, eager, batch + mask) / GB


def _copies(model: ModelShape, machine: MachineShape) -> Quantity:
    """Tensor parallel servers keep latent caches, and key-value heads fewer than devices, on every device."""
    heads = np.where(np.isnan(model.kv_heads), BOUND_KV_HEADS, model.kv_heads)
    copies = np.where(model.latent == 1, machine.count, np.maximum(1.0, machine.count / heads))
    return np.where(machine.server == 1, copies, 1.0)


def need(
    model: Model,
    format: str,
    runtime: str = VLLM,
    context_tokens: float = 8192,
    concurrency: float = 1,
    kv_format: str = "f16",
    device_count: int = 1,
    device: Device | None = None,
) -> MemoryNeed:
    """Memory of a running model on ``device_count`` devices together."""
    shape = model_shape(model, format, runtime, kv_format)
    machine = machine_shape(device, device_count, runtime)
    found = parts(shape, machine, context_tokens, concurrency)
    weights, cache, state, needed = (
        told(value) for value in (found.weights_gb, found.kv_cache_gb, found.state_gb, found.needed_gb)
    )
    buffers = float(found.buffers_gb)
    if needed is None:
        missing = "params_total_b" if weights is None else "n_layers"
        reason = f"{missing} of the model is not known"
        return MemoryNeed(weights, cache, state, buffers, None, None, Grade.UNKNOWN, reason)
    reserved = needed
    if machine.server == 1 and device is not None and device.memory_gb is not None:
        reserved = max(needed, VLLM_RESERVED_SHARE * device.memory_gb * device_count)
    per_token = kv_bytes_per_token(model, kv_format)
    assert per_token is not None
    grade = Grade.ASSUMED if per_token.grade == Grade.ASSUMED else Grade.DERIVED
    return MemoryNeed(weights, cache, state, buffers, needed, reserved, grade)


def told(value: Quantity) -> float | None:
    """A figure as the doors give it: ``None`` where a fact was missing."""
    return None if math.isnan(float(value)) else float(value)


def usable_gb(device: Device, count: int = 1) -> float | None:
    """Memory models may take on ``count`` devices; ``None`` when the device's memory is not known."""
    if device.usable_memory_gb is not None:
        return device.usable_memory_gb * count
    if device.memory_gb is None:
        return None
    share = {"unified_memory_computer": UNIFIED_SHARE, "cpu_desktop": CPU_SHARE, "cpu_server": CPU_SHARE}
    return device.memory_gb * share.get(device.kind, 1.0) * count
