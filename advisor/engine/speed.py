"""How fast a language model answers: a roofline with launch time. Formulas and sources: README.md, "Speed".

Every speed is (low, central, high) in tokens per second; the band is meant to hold four points in five.
``None`` means that a fact is missing (bandwidth, weights, layers), never a guess.
"""

from __future__ import annotations

import math
from dataclasses import replace

from advisor.engine import memory
from advisor.engine.catalog import Device, Model
from advisor.engine.efficiency import Efficiency, efficiency, peak_tflops, stream_share
from advisor.engine.formats import LLAMA_CPP, VLLM, format_name, is_tied, vocabulary_b
from advisor.engine.memory import RUNTIME_CLASSES, active_b, runtime_for, width_of
from advisor.engine.units import GB

__all__ = ["decode_band", "offload_band", "prefill_band", "runtime_for", "time_to_first_token"]

Band = tuple[float, float, float]

# Fitted on the same measurements as ``efficiency.EFFICIENCY`` unless a line says otherwise.
PREFILL_SPREAD = 1.5
BATCH_SPREAD_PER_DOUBLING = 0.05  # batched speeds scatter more: the band widens with each doubling of users
# Users of one service ask alike, so they share experts: B users touch as many as B^0.75 independent ones would.
EXPERT_OVERLAP = 0.75
# Batching servers compute even one user in tiles: users are padded to this many rows by weight format.
TILE_ROWS = {"F16": 52, "FP8": 38, "MXFP8": 38, "INT8": 38}
TILE_ROWS_FEW_BITS = 19
TILE_SHARE = 0.6  # of the matrix peak, on such padded work
FP8_PEAK = 2.0  # 8-bit matrix peak against 16-bit
UNPACK_LAYER_US = 25.0  # batching servers unpack integer weights in kernels of their own
UNPACKED = ("AWQ", "INT8", "NF4")
TENSOR_PARALLEL_LAYER_US = 25.0  # two all-reduces a layer
TENSOR_PARALLEL_SHARE = 0.85  # of the added bandwidth that is really gained (Qwen2.5 72B on 2 and 4 A100)
LAYER_SPLIT_SHARE = 0.97  # hand-over between devices that work one after the other; assumed
DEFAULT_LAYERS_PER_WIDTH = 90.0  # layers ~ width / 90 where the maker does not publish them (Llama, Qwen: 85-128)
UNKNOWN_LAYERS_SPREAD = 0.2  # assumed


def read_share(model: Model, batch: float, experts: tuple[int, int] | None = None) -> float | None:
    """Share of the weights that one step for ``batch`` users reads: all of them for a dense model.

    A mixture of experts reads its always-on part and each expert that at least one user is routed to.
    ``experts`` is (all, active); without it the active share of all parameters stands in for k/E.
    """
    total, active = model.params_total_b, active_b(model)
    if total is None or active is None:
        return None
    if model.params_active_b is None or active >= total:
        return min(active / total, 1.0)
    batch = batch**EXPERT_OVERLAP
    if experts is None:
        return float(1 - (1 - active / total) ** batch)
    routed_share = experts[1] / experts[0]
    routed = min((total - active) / (1 - routed_share), total) / total if routed_share < 1 else 1.0
    return float(1 - routed + routed * (1 - (1 - routed_share) ** batch))


def read_gb(
    model: Model, format: str, runtime: str, batch: float, experts: tuple[int, int] | None = None
) -> float | None:
    """Weights streamed per step; an input table of its own is looked up, not streamed."""
    weights = memory.weights_gb(model, format, runtime)
    share = read_share(model, batch, experts)
    active = active_b(model)
    if weights is None or share is None or active is None or model.params_total_b is None:
        return None
    table = 0.0 if is_tied(model.params_total_b) else vocabulary_b(model.params_total_b, active)
    return weights * max(share - table / model.params_total_b, 0.5 * share)


def layers_of(model: Model) -> float:
    """Layers, or a typical number for the size where the maker does not publish them."""
    return float(model.n_layers or width_of(active_b(model) or 8.0) / DEFAULT_LAYERS_PER_WIDTH)


def splits_tensors(model: Model, runtime: str, count: int) -> bool:
    """Whether devices can work on each layer together: a batching server, and heads that divide."""
    if count == 1 or RUNTIME_CLASSES.get(runtime, runtime) != VLLM:
        return False
    heads = model.n_kv_heads
    return model.mla_kv_lora_rank is not None or heads is None or heads % count == 0 or count % heads == 0


def decode_band(
    model: Model,
    format: str,
    device: Device,
    count: int = 1,
    context_tokens: float = 8192,
    concurrency: float = 1,
    runtime: str | None = None,
    *,
    kv_format: str = "f16",
    experts: tuple[int, int] | None = None,
) -> Band | None:
    """Tokens per second each of ``concurrency`` users gets while ``context_tokens`` lie in the cache."""
    runtime = runtime or runtime_for(device)
    step = step_seconds(model, format, device, count, context_tokens, concurrency, runtime, kv_format, experts)
    if step is None:
        return None
    spread = efficiency(device, runtime).spread + BATCH_SPREAD_PER_DOUBLING * math.log2(max(concurrency, 1))
    if memory.kv_bytes_per_token(model) is None:
        spread += UNKNOWN_LAYERS_SPREAD
    return band(1 / step, spread)


def band(central: float, spread: float) -> Band:
    return central / spread, central, central * spread


def times(each: Band, count: float) -> Band:
    return each[0] * count, each[1] * count, each[2] * count


def step_seconds(
    model: Model,
    format: str,
    device: Device,
    count: int,
    context_tokens: float,
    batch: float,
    runtime: str,
    kv_format: str = "f16",
    experts: tuple[int, int] | None = None,
) -> float | None:
    """One decode step for all users: streaming against computing, whichever is longer, plus launches."""
    weights = read_gb(model, format, runtime, batch, experts)
    active = active_b(model)
    if weights is None or active is None or device.bandwidth_gbs is None:
        return None
    known = model if memory.kv_bytes_per_token(model) else replace(model, n_layers=round(layers_of(model)))
    cache = memory.cache_gb(known, context_tokens, batch, kv_format)
    assert cache is not None
    reached = efficiency(device, runtime)
    bandwidth, launch = device.bandwidth_gbs, launch_seconds(model, reached)
    peak = peak_tflops(device, runtime)
    if splits_tensors(model, runtime, count):
        bandwidth *= 1 + (count - 1) * TENSOR_PARALLEL_SHARE
        peak *= count
        launch += layers_of(model) * TENSOR_PARALLEL_LAYER_US / 1e6
    elif count > 1:
        bandwidth *= LAYER_SPLIT_SHARE
    state = memory.state_gb(model, batch) * 2  # read and written
    reading = weights / (bandwidth * stream_share(format, reached, runtime))
    computing = 2 * active * batch / (peak * 1000 * reached.prefill)
    if RUNTIME_CLASSES.get(runtime, runtime) == VLLM:
        launch += layers_of(model) * UNPACK_LAYER_US / 1e6 if format_name(format) in UNPACKED else 0.0
        computing = max(computing, _tile_seconds(format, active, peak))
    return max(reading, computing) + (cache + state) / (bandwidth * reached.cache) + launch


def launch_seconds(model: Model, reached: Efficiency) -> float:
    """What starting the kernels of one step takes, whatever their size."""
    mixture = model.params_active_b is not None and model.params_active_b < (model.params_total_b or 0)
    per_layer = reached.layer_us + (reached.experts_us if mixture else 0.0)
    return (layers_of(model) * per_layer + reached.step_us) / 1e6


def _tile_seconds(format: str, active: float, peak: float) -> float:
    """Least matrix time of a step in a batching server: cards short of compute cannot use all their bandwidth."""
    name = format_name(format)
    rows = TILE_ROWS.get(name, TILE_ROWS_FEW_BITS)
    faster = FP8_PEAK if name in ("FP8", "MXFP8", "INT8") else 1.0
    return 2 * active * rows / (peak * 1000 * faster * TILE_SHARE)


def prefill_band(
    model: Model,
    format: str,
    device: Device,
    count: int = 1,
    prompt_tokens: float = 2048,
    runtime: str | None = None,
) -> Band | None:
    """Tokens per second while one prompt is read: matrix work, the square term of attention, one pass of weights."""
    runtime = runtime or runtime_for(device)
    active = active_b(model)
    weights = read_gb(model, format, runtime, min(prompt_tokens, memory.UBATCH_TOKENS))
    if active is None or weights is None or device.bandwidth_gbs is None:
        return None
    reached = efficiency(device, runtime)
    factor = 1 + (count - 1) * TENSOR_PARALLEL_SHARE if splits_tensors(model, runtime, count) else 1.0
    mixture = model.params_active_b is not None and model.params_active_b < (model.params_total_b or 0)
    share = reached.prefill_experts if mixture else reached.prefill
    peak_gflops = peak_tflops(device, runtime) * 1000 * share * factor
    tables = vocabulary_b(active, active) * (1 if is_tied(active) else 2)  # looked up, or computed once at the end
    growing = max(layers_of(model) - (model.linear_attention_layers or 0) - (model.sliding_window_layers or 0), 0)
    attention = 2 * growing * width_of(active) * prompt_tokens**2 / GB
    computing = (2 * (active - tables) * prompt_tokens + attention) / peak_gflops
    at_once = memory.UBATCH_TOKENS if RUNTIME_CLASSES.get(runtime, runtime) == LLAMA_CPP else memory.VLLM_BATCH_TOKENS
    passes = math.ceil(prompt_tokens / at_once)
    streaming = passes * weights / (device.bandwidth_gbs * reached.stream * factor)
    launch = passes * launch_seconds(model, reached)
    return band(prompt_tokens / (max(computing, streaming) + launch), PREFILL_SPREAD)


def time_to_first_token(
    model: Model, format: str, device: Device, count: int, prompt_tokens: float, runtime: str | None = None
) -> Band | None:
    """Seconds from an empty queue to the first word: the prompt, then one step."""
    prefill = prefill_band(model, format, device, count, prompt_tokens, runtime)
    decode = decode_band(model, format, device, count, prompt_tokens, 1, runtime)
    if prefill is None or decode is None:
        return None
    low, central, high = (prompt_tokens / prefill[i] + 1 / decode[i] for i in (2, 1, 0))
    return low, central, high


def offload_band(
    model: Model,
    format: str,
    device: Device,
    host: Device,
    context_tokens: float = 8192,
    experts: tuple[int, int] | None = None,
) -> Band | None:
    """One user of a llama.cpp-like runtime with as many layers on the device as fit and the rest on the host.

    Each side reads its own bytes over its own bandwidth, one after the other. ``None`` when the two together
    are too small, or a fact is missing.
    """
    wanted = memory.need(model, format, LLAMA_CPP, context_tokens)
    room, spare = memory.usable_gb(device), memory.usable_gb(host)
    if wanted.needed_gb is None or room is None or spare is None or wanted.needed_gb > room + spare:
        return None
    movable = wanted.needed_gb - wanted.buffers_gb
    share = min(1.0, max(room - wanted.buffers_gb, 0.0) / movable)
    here = step_seconds(model, format, device, 1, context_tokens, 1, LLAMA_CPP, experts=experts)
    there = step_seconds(model, format, host, 1, context_tokens, 1, LLAMA_CPP, experts=experts)
    if here is None or there is None:
        return None
    spread = max(efficiency(device, LLAMA_CPP).spread, efficiency(host, LLAMA_CPP).spread)
    return band(1 / (share * here + (1 - share) * there), spread)
