"""How much memory a model takes: weights, key-value cache, state, buffers. Formulas and sources: README.md, "Memory".

Sizes are decimal gigabytes. A figure that cannot be computed is ``None`` with a reason, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.catalog import Device, Model
from advisor.engine.formats import LLAMA_CPP, VLLM, cache_bytes, effective_bits, format_name, stored_as
from advisor.engine.types import Grade
from advisor.engine.units import BITS_PER_BYTE, GB, gb_from_bytes

TRANSFORMERS = "transformers"
_RUNTIMES = {
    LLAMA_CPP: ("llama.cpp", "llamacpp", "llama-server", "ik_llama.cpp", "ollama", "lm-studio", "lmstudio", "mlx"),
    VLLM: ("vllm", "sglang", "tensorrt-llm", "trt-llm", "lmdeploy", "tgi", "mindie", "vllm-ascend", "pytorch-cuda"),
    TRANSFORMERS: ("transformers", "hf", "huggingface"),
}
RUNTIME_CLASSES = {name: key for key, names in _RUNTIMES.items() for name in names}

# An architecture nobody published is bounded by grouped-query attention with 8 heads of 128 in every layer: of the 54
# language models with published figures seen on 2026-11-21 only one (Phi-4) grows faster per layer.
BOUND_KV_HEADS = 8
BOUND_HEAD_DIM = 128
# State of one linear-attention layer and sequence: value heads x 128 x 128 x 4 bytes + convolution (llama.cpp logs of
# Qwen3.5/3.6: 48 heads, 3.12 MiB a layer). Heads by size as published for Qwen3-Next, 3.5 and 3.6: (below, heads).
STATE_HEADS_DENSE = ((3.0, 16), (20.0, 32), (float("inf"), 48))
STATE_HEADS_EXPERTS = ((100.0, 32), (float("inf"), 64))
STATE_BYTES_PER_HEAD = 1.04 * 128 * 128 * 4
# llama.cpp: tokens computed at once, and cells are given out in blocks (llama-kv-cache.cpp, 2026-09).
UBATCH_TOKENS = 512
CELL_BLOCK = 256
# vLLM: tokens computed at once by default (max_num_batched_tokens) and the share of the card it pre-allocates.
VLLM_BATCH_TOKENS = 8192
VLLM_RESERVED_SHARE = 0.9
# Eager programs keep activations of the whole prompt: bytes per token and unit of width (112 published peaks of
# Qwen2.5 on A100; newer versions need less, so this errs on the safe side).
TRANSFORMERS_ACTIVATION_BYTES = 34.0
# What the driver and runtime hold on each device before any model is loaded (nvidia-smi after start, rounded up).
CONTEXT_GB = {LLAMA_CPP: 0.45, VLLM: 0.6, TRANSFORMERS: 0.0}
SHARED_CONTEXT_GB = 0.1  # llama.cpp where the processor's memory is the only memory
GRAPHS_GB = 0.6  # vLLM's captured CUDA graphs per device, default capture sizes
# Share of a computer's memory a model may take where the device fact does not say: Apple's default limit for GPU
# use, and what an operating system leaves on other machines.
UNIFIED_SHARE = 0.75
CPU_SHARE = 0.85


@dataclass(frozen=True)
class CacheBytes:
    """Bytes per token and sequence; the window part stops growing at ``window_tokens``."""

    growing: float
    window: float
    window_tokens: int
    grade: str


@dataclass(frozen=True)
class MemoryNeed:
    """``reserved_gb`` is what the runtime takes from the machine; servers that pre-allocate take more than needed."""

    weights_gb: float | None
    kv_cache_gb: float | None
    state_gb: float | None
    buffers_gb: float
    needed_gb: float | None
    reserved_gb: float | None
    grade: str
    reason: str | None = None


def active_b(model: Model) -> float | None:
    """Billion parameters that work on each token."""
    return model.params_active_b or model.params_effective_b or model.params_total_b


def weights_gb(model: Model, format: str, runtime: str = VLLM) -> float | None:
    """File size: measured where the catalog has it, else parameters times effective bits."""
    name = stored_as(format, runtime)
    measured = _measured_gb(model, name)
    if measured is not None:
        return measured
    active = active_b(model)
    if model.params_total_b is None or active is None:
        return None
    return model.params_total_b * effective_bits(name, model.params_total_b, active) / BITS_PER_BYTE


def _measured_gb(model: Model, name: str) -> float | None:
    return next((size for key, size in sorted(model.weights_gb.items()) if format_name(key) == name), None)


def kv_bytes_per_token(model: Model, kv_format: str = "f16") -> CacheBytes | None:
    """Cache growth by layer kind: full and latent attention grow, windows are capped, linear layers hold state."""
    full, sliding, sure = _attention_layers(model)
    if full is None:
        return None
    key_bytes, value_bytes = cache_bytes(kv_format)
    if model.mla_kv_lora_rank is not None:
        per_layer = (model.mla_kv_lora_rank + (model.mla_rope_dim or 0)) * key_bytes
    else:
        sure = sure and model.n_kv_heads is not None and model.head_dim is not None
        heads, width = model.n_kv_heads or BOUND_KV_HEADS, model.head_dim or BOUND_HEAD_DIM
        per_layer = heads * width * (key_bytes + value_bytes)
    grade = Grade.DERIVED if sure else Grade.ASSUMED
    return CacheBytes(full * per_layer, sliding * per_layer, model.sliding_window_tokens or 0, grade)


def _attention_layers(model: Model) -> tuple[int | None, int, bool]:
    """Layers whose cache grows, layers with a window, and whether the maker published the split."""
    linear = model.linear_attention_layers or 0
    sliding = model.sliding_window_layers or 0
    if model.full_attention_layers is not None:
        full = model.full_attention_layers
        if model.sliding_window_layers is None and model.sliding_window_tokens and model.n_layers is not None:
            sliding = max(model.n_layers - full - linear, 0)
        return full, sliding if model.sliding_window_tokens else 0, True
    if model.n_layers is None:
        return None, 0, False
    if model.sliding_window_tokens and not sliding:
        return model.n_layers - linear, 0, False  # a window somewhere, but not where: count every layer in full
    return max(model.n_layers - linear - sliding, 0), sliding, True


def cache_gb(
    model: Model, context_tokens: float, sequences: float, kv_format: str = "f16", runtime: str = VLLM
) -> float | None:
    """Key-value cache of ``sequences`` requests of ``context_tokens`` each."""
    per_token = kv_bytes_per_token(model, kv_format)
    if per_token is None:
        return None
    tokens = context_tokens * sequences
    window = per_token.window_tokens * sequences
    if runtime == LLAMA_CPP:  # keeps the tokens being computed beside the window, in whole blocks of cells
        window = -(-(window + UBATCH_TOKENS) // CELL_BLOCK) * CELL_BLOCK
    return gb_from_bytes(per_token.growing * tokens + per_token.window * min(tokens, window))


def state_gb(model: Model, sequences: float) -> float:
    """Constant state of linear-attention layers; zero only for models that have none."""
    layers = model.linear_attention_layers or 0
    total = model.params_total_b or float("inf")
    experts = model.params_active_b is not None and model.params_active_b < total
    table = STATE_HEADS_EXPERTS if experts else STATE_HEADS_DENSE
    heads = next(heads for below, heads in table if total <= below)
    return gb_from_bytes(layers * heads * STATE_BYTES_PER_HEAD * sequences)


def width_of(active: float) -> float:
    """Typical hidden width of a model with ``active`` billion parameters (see ``formats.VOCABULARY_SCALE``)."""
    return float(1500 * active**0.4)


def buffers_gb(
    model: Model, runtime: str, context_tokens: float, device_count: int = 1, device: Device | None = None
) -> float:
    """Compute buffers and what the runtime holds on each device; ``device`` unknown counts as a card of its own."""
    width = width_of(active_b(model) or 8.0)
    if runtime == LLAMA_CPP:  # logits of one micro-batch for a vocabulary of 152k, activations, attention mask
        compute = UBATCH_TOKENS * (152_000 * 4 + 8 * width * 4 + context_tokens * 2) / GB
        separate = device is None or device.kind.endswith(("_gpu", "_accelerator"))
        return compute + (CONTEXT_GB[LLAMA_CPP] if separate else SHARED_CONTEXT_GB) * device_count
    if runtime == TRANSFORMERS:
        return context_tokens * width * TRANSFORMERS_ACTIVATION_BYTES / GB
    activations = VLLM_BATCH_TOKENS * width * 2 * 12 / GB
    return activations + (CONTEXT_GB[VLLM] + GRAPHS_GB) * device_count


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
    weights = weights_gb(model, format, runtime)
    cache = cache_gb(model, context_tokens, concurrency, kv_format, runtime)
    state = state_gb(model, concurrency)
    buffers = buffers_gb(model, runtime, context_tokens, device_count, device)
    if weights is None or cache is None:
        missing = "params_total_b" if weights is None else "n_layers"
        return MemoryNeed(
            weights, cache, state, buffers, None, None, Grade.UNKNOWN, f"{missing} of the model is not known"
        )
    cache *= _copies(model, runtime, device_count)
    per_token = kv_bytes_per_token(model, kv_format)
    assert per_token is not None
    needed = weights + cache + state + buffers
    reserved = needed
    if runtime == VLLM and device is not None and device.memory_gb is not None:
        reserved = max(needed, VLLM_RESERVED_SHARE * device.memory_gb * device_count)
    grade = Grade.ASSUMED if per_token.grade == Grade.ASSUMED else Grade.DERIVED
    return MemoryNeed(weights, cache, state, buffers, needed, reserved, grade)


def _copies(model: Model, runtime: str, device_count: int) -> float:
    """Tensor parallel servers keep latent caches, and key-value heads fewer than devices, on every device."""
    if runtime != VLLM:
        return 1.0
    if model.mla_kv_lora_rank is not None:
        return float(device_count)
    return max(1.0, device_count / (model.n_kv_heads or BOUND_KV_HEADS))


def usable_gb(device: Device, count: int = 1) -> float | None:
    """Memory models may take on ``count`` devices; ``None`` when the device's memory is not known."""
    if device.usable_memory_gb is not None:
        return device.usable_memory_gb * count
    if device.memory_gb is None:
        return None
    share = {"unified_memory_computer": UNIFIED_SHARE, "cpu_desktop": CPU_SHARE, "cpu_server": CPU_SHARE}
    return device.memory_gb * share.get(device.kind, 1.0) * count


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


def runtime_for(device: Device) -> str:
    """The runtime class to plan with: a batching server where the device carries one, else llama.cpp-like."""
    if device.kind in ("datacenter_gpu", "cn_accelerator"):
        return VLLM
    if device.kind == "workstation_gpu" and (device.vendor == "NVIDIA" or "vllm" in device.runtimes):
        return VLLM
    return LLAMA_CPP
