"""How fast a language model answers: a roofline with launch time. Formulas and sources: README.md, "Speed".

Every speed is (low, central, high) in tokens per second; the band is meant to hold four points in five. The formulas
take floats or arrays (``shapes.py``); the doors take catalog rows, and ``None`` there means that a fact is missing
(bandwidth, weights), never a guess.
"""

from __future__ import annotations

from math import isnan

import numpy as np
from numpy.typing import NDArray

from advisor.engine import memory
from advisor.engine.catalog import Device, Model
from advisor.engine.efficiency import PLAIN_FORMATS, MachineShape, machine_shape
from advisor.engine.formats import LLAMA_CPP
from advisor.engine.runtimes import runtime_for
from advisor.engine.shapes import ModelShape, Quantity, by_format, format_column, model_shape
from advisor.engine.units import GB

Band = tuple[float, float, float]
Bands = tuple[Quantity, Quantity, Quantity]

# Batching servers compute even one user in tiles: users are padded to this many rows by weight format.
TILE_ROWS = format_column({"F32": 52, "F16": 52, "FP8": 38, "MXFP8": 38, "INT8": 38}, 19)
TILE_SHARE = 0.6  # of the matrix peak, on such padded work
FP8_PEAK = format_column({"FP8": 2.0, "MXFP8": 2.0, "INT8": 2.0}, 1.0)  # 8-bit matrix peak against 16-bit
# Batching servers unpack integer weights in kernels of their own
UNPACKED = format_column(dict.fromkeys(("AWQ", "INT8", "NF4"), 1.0), 0.0)
TENSOR_PARALLEL_LAYER_US = 25.0  # two all-reduces a layer
TENSOR_PARALLEL_SHARE = 0.85  # of the added bandwidth that is really gained (Qwen2.5 72B on 2 and 4 A100)
LAYER_SPLIT_SHARE = 0.97  # hand-over between devices that work one after the other; assumed
LARGEST_SHARE = 0.95  # of the bandwidth; refresh and turn-around take the rest
UNKNOWN_LAYERS_SPREAD = 0.2  # assumed
PLAIN = format_column(dict.fromkeys(PLAIN_FORMATS, 1.0), 0.0)


def read_share(model: ModelShape, batch: Quantity, overlap: Quantity) -> Quantity:
    """Share of the weights that one step for ``batch`` users reads: all of them for a dense model.

    A mixture of experts reads its always-on part and each expert that at least one user is routed to.
    """
    touched = 1 - (1 - np.asarray(model.routed_each)) ** (np.asarray(batch) ** overlap)
    return model.always + model.routed * touched


def read_gb(model: ModelShape, batch: Quantity, overlap: Quantity = 1.0) -> Quantity:
    """Weights streamed per step; an input table of its own is looked up, not streamed."""
    share = read_share(model, batch, overlap)
    return model.weights_gb * np.maximum(share - model.table, 0.5 * share)


def stream_share(model: ModelShape, machine: MachineShape) -> Quantity:
    """Share of the bandwidth while reading weights of a format."""
    reached = machine.reached
    plain = np.minimum(reached.stream * np.asarray(reached.plain), LARGEST_SHARE)
    return np.where(by_format(PLAIN, model) == 1, plain, reached.stream)


def splits_tensors(model: ModelShape, machine: MachineShape) -> NDArray[np.bool_]:
    """Whether devices can work on each layer together: a batching server, and heads that divide."""
    heads = np.where(np.isnan(model.kv_heads), machine.count, model.kv_heads)
    divides = (heads % machine.count == 0) | (machine.count % heads == 0) | (np.asarray(model.latent) == 1)
    together: NDArray[np.bool_] = (np.asarray(machine.count) > 1) & (np.asarray(machine.server) == 1) & divides
    return together


def step_seconds(model: ModelShape, machine: MachineShape, context_tokens: Quantity, batch: Quantity) -> Quantity:
    """One decode step for all users: streaming against computing, whichever is longer, plus launches."""
    reached, together = machine.reached, splits_tensors(model, machine)
    apart = np.where(np.asarray(machine.count) > 1, LAYER_SPLIT_SHARE, 1.0)
    bandwidth = machine.bandwidth_gbs * np.where(together, 1 + (machine.count - 1) * TENSOR_PARALLEL_SHARE, apart)
    peak = machine.peak_tflops * np.where(together, machine.count, 1.0) * 1000
    launch = launch_seconds(model, machine, batch) + np.where(
        together, model.layers * TENSOR_PARALLEL_LAYER_US / 1e6, 0.0
    )
    reading = read_gb(model, batch, reached.overlap) / (bandwidth * stream_share(model, machine))
    tiles = (
        2
        * model.active_b
        * by_format(TILE_ROWS, model)
        * reached.tile
        / (peak * by_format(FP8_PEAK, model) * TILE_SHARE)
    )
    computing = np.maximum(
        2 * model.active_b * batch / (peak * reached.prefill), np.where(machine.server == 1, tiles, 0.0)
    )
    state = model.state_gb * batch * 2  # read and written
    kept = memory.cached_gb(model, machine, context_tokens, batch) + state
    busy = np.where(np.asarray(machine.server) == 1, np.maximum(reading, computing), reading + computing)
    return busy + kept / (bandwidth * reached.cache) + launch


def launch_seconds(model: ModelShape, machine: MachineShape, batch: Quantity = 1) -> Quantity:
    """What starting the kernels of one step takes, whatever their size."""
    reached = machine.reached
    unpack = reached.unpack_us * by_format(UNPACKED, model)
    mixing = (reached.experts_us + np.where(np.asarray(batch) > 1, reached.together_us, 0.0)) * model.mixture
    full = np.maximum(model.layers - model.linear_layers - model.plain_layers, 0.0)
    layers = full + reached.linear_layer * model.linear_layers + reached.plain_layer * model.plain_layers
    return (layers * (reached.layer_us + mixing + unpack) + reached.step_us) / 1e6


def prompt_seconds(model: ModelShape, machine: MachineShape, prompt_tokens: Quantity) -> Quantity:
    """Reading one prompt: matrix work and the square term of attention, or passes over the weights, and launches."""
    reached = machine.reached
    factor = np.where(splits_tensors(model, machine), 1 + (machine.count - 1) * TENSOR_PARALLEL_SHARE, 1.0)
    share = np.where(np.asarray(model.mixture) == 1, reached.prefill_experts, reached.prefill)
    # tables are looked up, or computed once at the end
    work = 2 * (model.active_b - model.tables_b) * prompt_tokens
    attention = 2 * model.growing_layers * model.width * prompt_tokens**2 / GB
    computing = (work + attention) / (machine.peak_tflops * 1000 * share * factor)
    passes = np.ceil(prompt_tokens / machine.at_once)
    weights = read_gb(model, np.minimum(prompt_tokens, machine.at_once), reached.overlap)
    streaming = passes * weights / (machine.bandwidth_gbs * stream_share(model, machine) * factor)
    # the weights of a pass are read before much of its matrix work is done, so the two add up
    return computing + streaming + passes * launch_seconds(model, machine)


def decode(model: ModelShape, machine: MachineShape, context_tokens: Quantity, sequences: Quantity) -> Bands:
    """Tokens per second each of ``sequences`` users gets while ``context_tokens`` of each lie in the cache."""
    central = 1 / step_seconds(model, machine, context_tokens, sequences)
    reached = machine.reached
    alone = np.where(by_format(PLAIN, model) == 1, reached.band_plain, reached.band_packed)
    spread = np.where(np.asarray(sequences) > 1, np.maximum(alone, reached.band_batched), alone)
    return around(central, spread + np.where(np.asarray(model.sure) == 1, 0.0, UNKNOWN_LAYERS_SPREAD))


def prefill(model: ModelShape, machine: MachineShape, prompt_tokens: Quantity) -> Bands:
    """Tokens per second while one prompt is read."""
    return around(prompt_tokens / prompt_seconds(model, machine, prompt_tokens), machine.reached.band_prefill)


def first_token(model: ModelShape, machine: MachineShape, prompt_tokens: Quantity) -> Bands:
    """Seconds from an empty queue to the first word, low to high: the prompt, then one step."""
    read, step = prefill(model, machine, prompt_tokens), decode(model, machine, prompt_tokens, 1)
    low, central, high = (prompt_tokens / read[i] + 1 / step[i] for i in (2, 1, 0))
    return low, central, high


def around(central: Quantity, spread: Quantity) -> Bands:
    return central / spread, central, central * spread


def times(each: Band, count: float) -> Band:
    return each[0] * count, each[1] * count, each[2] * count


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
    """``decode`` of one model on ``count`` devices."""
    runtime = runtime or runtime_for(device)
    shape, machine = model_shape(model, format, runtime, kv_format, experts), machine_shape(device, count, runtime)
    return _told(decode(shape, machine, context_tokens, concurrency))


def prefill_band(
    model: Model,
    format: str,
    device: Device,
    count: int = 1,
    prompt_tokens: float = 2048,
    runtime: str | None = None,
    *,
    experts: tuple[int, int] | None = None,
) -> Band | None:
    """``prefill`` of one model on ``count`` devices."""
    runtime = runtime or runtime_for(device)
    shape, machine = model_shape(model, format, runtime, experts=experts), machine_shape(device, count, runtime)
    return _told(prefill(shape, machine, prompt_tokens))


def time_to_first_token(
    model: Model,
    format: str,
    device: Device,
    count: int,
    prompt_tokens: float,
    runtime: str | None = None,
    *,
    experts: tuple[int, int] | None = None,
) -> Band | None:
    """``first_token`` of one model on ``count`` devices."""
    runtime = runtime or runtime_for(device)
    shape, machine = model_shape(model, format, runtime, experts=experts), machine_shape(device, count, runtime)
    return _told(first_token(shape, machine, prompt_tokens))


def _told(bands: Bands) -> Band | None:
    low, central, high = (float(value) for value in bands)
    return None if isnan(central) else (low, central, high)


def offload_band(
    model: Model,
    format: str,
    device: Device,
    host: Device,
    context_tokens: float = 8192,
    experts: tuple[int, int] | None = None,
    count: int = 1,
) -> Band | None:
    """One user of a llama.cpp-like runtime with as many layers on the device as fit and the rest on the host.

    Each side reads its own bytes over its own bandwidth, one after the other. ``None`` when the two together
    are too small, or a fact is missing.
    """
    wanted = memory.need(model, format, LLAMA_CPP, context_tokens, device_count=count, device=device)
    room, spare = memory.usable_gb(device, count), memory.usable_gb(host)
    if wanted.needed_gb is None or room is None or spare is None or wanted.needed_gb > room + spare:
        return None
    fixed = wanted.buffers_gb or 0.0
    share = min(1.0, max(room - fixed, 0.0) / (wanted.needed_gb - fixed))
    shape = model_shape(model, format, LLAMA_CPP, experts=experts)
    here, there = machine_shape(device, count, LLAMA_CPP), machine_shape(host, 1, LLAMA_CPP)
    step = share * step_seconds(shape, here, context_tokens, 1)
    step = step + (1 - share) * step_seconds(shape, there, context_tokens, 1)
    return _told(around(1 / step, np.maximum(here.reached.band_packed, there.reached.band_packed)))
