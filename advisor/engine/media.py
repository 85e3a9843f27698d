"""Models that are not sized by tokens: speech, page reading, pictures, 3D, embeddings, rerankers.

Memory is what the maker asks for, else weights plus an allowance. Speed is scaled from a few published runs by
parameters and by the device's peak (or bandwidth); the bands are wide because step counts, resolutions and page
lengths differ. Sources: README.md, "Speech, pages, pictures, 3D".
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.catalog import Device, Model
from advisor.engine.efficiency import device_class, peak_tflops
from advisor.engine.formats import VLLM
from advisor.engine.memory import usable_gb
from advisor.engine.shapes import active_b
from advisor.engine.types import Grade

PASSAGE_TOKENS = 400  # one passage of a search index; chunk_tokens of the published token facts, central
# What one unit of each task is.
UNITS = {
    "stt": "audio hour",
    "tts": "audio hour",
    "ocr": "page",
    "image_gen": "image",
    "3d_gen": "asset",
    "embedding": "passage",
    "rerank": "passage",
}
# What picture and 3D programs are published for: PyTorch or MLX, and for 3D the makers' CUDA code.
PROGRAMS = {"image_gen": ("pytorch", "torch", "mlx"), "3d_gen": ("pytorch-cuda",)}


@dataclass(frozen=True)
class Reference:
    """Seconds per unit = ``work`` x billion parameters / (TFLOPS, or GB/s); ``low`` and ``high`` are factors on it."""

    work: float
    per_bandwidth: bool
    low: float
    high: float
    grade: str
    source: str


# Speech to text. RTX 2080 Ti (54 TFLOPS): 13 minutes in 52 s with whisper-large-v3 (1.55B) and 19.2 s with turbo
# (0.81B), work 8,400 and 5,900; RTX 5090: 53 x and 117 x real time, work 9,200 and 8,000; H100, batched, turbo:
# 597 x, work 7,400; RTX A4000, batched, turbo: 35 minutes in 17 s, work 2,800. Middle 7,500.
_SPEECH = Reference(
    7500.0, False, 0.35, 2.0, Grade.INDEPENDENT, "https://github.com/SYSTRAN/faster-whisper/issues/1030"
)
# Transducers and one-pass recognizers: parakeet-tdt-0.6b on RTX 5090, 451 x real time, work 2,800.
_SPEECH_ONE_PASS = Reference(
    2800.0, False, 0.35, 2.5, Grade.INDEPENDENT, "https://huggingface.co/datasets/witcheer/sovereign-asr-bench"
)
# Small speech makers in one pass: Kokoro (0.082B) at 0.03 of real time on graphics cards, 0.47 on four CPU cores.
_VOICE_ONE_PASS = Reference(46000.0, False, 0.4, 2.5, Grade.INDEPENDENT, "https://gigagpu.com/tts-latency-benchmarks")
# Speech makers built on a language model write token after token; 0.4 of real time for 2B at 1,000 GB/s is assumed.
_VOICE = Reference(720_000.0, True, 0.3, 3.0, Grade.ASSUMED, "assumed")
# Page readers: DeepSeek-OCR (3.34B), 200,000 pages a day on one A100 40 GB (1,560 GB/s), the maker's own figure:
# 0.43 s a page, work 202; another team saw at most 2 pages a second on an RTX 5090 (1,790 GB/s): work 268.
_PAGES = Reference(235.0, True, 0.6, 3.0, Grade.MAKER, "https://github.com/deepseek-ai/DeepSeek-OCR")
# Pictures of about one megapixel, 28-50 steps. FLUX.2 dev (32B) 5.3 s and Qwen-Image (20B) 3.5 s on H100: work 164
# and 172 on a tuned server; desktop programs are slower, hence 200 and the high side.
_PICTURES = Reference(
    200.0,
    False,
    0.6,
    2.5,
    Grade.INDEPENDENT,
    "https://www.baseten.co/blog/sub-second-image-generation-flux2-and-qwen-image/",
)
# Textured 3D: TRELLIS.2 (4B) 17 s at 1024^3 on H100 (maker; 3 s at 512^3, 60 s at 1536^3), about 100 s on RTX 5090
# (independent): work 4,200 and 5,200.
_SHAPES = Reference(4700.0, False, 0.3, 2.5, Grade.MAKER, "https://github.com/microsoft/TRELLIS.2")
# Embeddings and rerankers: 2 x parameters x tokens of matrix work at a quarter of the peak, assumed; bge-large
# (0.335B) at 71 short requests a second on an RTX 4070 lies well inside.
_PASSAGES = Reference(2 * PASSAGE_TOKENS / 0.25 / 1000, False, 0.4, 4.0, Grade.ASSUMED, "assumed")

REFERENCES = {
    "stt": _SPEECH,
    "tts": _VOICE,
    "ocr": _PAGES,
    "image_gen": _PICTURES,
    "3d_gen": _SHAPES,
    "embedding": _PASSAGES,
    "rerank": _PASSAGES,
}
_ONE_PASS_SPEECH = ("parakeet", "sensevoice", "paraformer", "canary")
_FEW_STEPS = ("turbo", "klein", "schnell", "lightning", "flash")
FEW_STEPS_SHARE = 0.2  # 4-8 steps against 28-50, and no guidance pass; text encoder and decoder stay
_ONE_PASS_VOICE_BELOW_B = 0.2
# A page reader is never faster than its picture encoder: below this size parameters stop mattering.
_READER_LEAST_B = 3.0
# Without a batching server pages are read one after another: about a quarter of the throughput, assumed.
ONE_AT_A_TIME = 4.0
OTHER_MAKER_SPREAD = 1.5  # the references ran on NVIDIA; elsewhere support and tuning differ, assumed

# Memory allowances where the maker states none: 16-bit weights, activations on top, and what the runtime holds.
# faster-whisper turbo 2.5 GB and large-v3 4.5 GB measured (first source above) against 2.7 and 4.5 computed.
_WEIGHT_BYTES = 2.0
_ACTIVATION_FACTOR = 1.2
_RUNTIME_GB = 0.8
_TEXT_ENCODER_FACTOR = 1.6  # pictures: text encoders are about half the size of the picture model (FLUX.2, Z-Image)
# Keys of ``vram_min_gb`` from the whole job at full precision down to reduced variants.
_WHOLE_FIRST = ("both", "with_texture", "default", "reference", "bf16", "fp16", "fp8", "int8", "nvfp4", "int4")


def reference_for(model: Model, task: str) -> Reference | None:
    """The published run a model's speed is scaled from."""
    if task == "stt" and any(mark in model.slug for mark in _ONE_PASS_SPEECH):
        return _SPEECH_ONE_PASS
    if task == "tts" and (model.params_total_b or 1.0) < _ONE_PASS_VOICE_BELOW_B:
        return _VOICE_ONE_PASS
    return REFERENCES.get(task)


def seconds_per(model: Model, task: str, device: Device) -> tuple[float, float, float, str] | None:
    """Seconds of one device for one unit of ``task`` (see ``UNITS``): low, central, high and evidence grade."""
    reference = reference_for(model, task)
    size = active_b(model)
    power = device.bandwidth_gbs if reference and reference.per_bandwidth else _peak(device)
    if reference is None or size is None or not power:
        return None
    if task == "ocr":
        size = max(size, _READER_LEAST_B)
    central = reference.work * size / power
    if task == "image_gen" and any(mark in model.slug for mark in _FEW_STEPS):
        central *= FEW_STEPS_SHARE
    kind = device_class(device)
    if task == "ocr" and kind in ("apple", "cpu", "unified"):
        central *= ONE_AT_A_TIME
    spread = 1.0 if kind.startswith("nvidia") else OTHER_MAKER_SPREAD
    return central * reference.low / spread, central, central * reference.high * spread, reference.grade


def _peak(device: Device) -> float | None:
    if device.fp16_tflops is None and device.bandwidth_gbs is None:
        return None
    return peak_tflops(device, VLLM)


def memory_gb(model: Model, device: Device) -> tuple[float, str] | None:
    """Memory for one running copy and the evidence grade; the largest variant that fits, else the smallest."""
    stated = [model.vram_min_gb[key] for key in _WHOLE_FIRST if key in model.vram_min_gb]
    stated = stated or sorted(model.vram_min_gb.values(), reverse=True)
    if stated:
        room = usable_gb(device)
        fitting = [size for size in stated if room is not None and size <= room]
        return (fitting[0] if fitting else min(stated)), Grade.MAKER
    if model.params_total_b is None:
        return None
    weights = max(model.weights_gb.values(), default=model.params_total_b * _WEIGHT_BYTES)
    factor = _TEXT_ENCODER_FACTOR if "image_gen" in model.tasks else _ACTIVATION_FACTOR
    return weights * factor + _RUNTIME_GB, Grade.ASSUMED if "image_gen" in model.tasks else Grade.DERIVED
