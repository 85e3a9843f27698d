"""Number formats of model weights and caches: how many bits one parameter really takes.

A format's name promises a bit width, a file holds more: block scales, and the vocabulary tables that most
formats keep at higher precision. The tables weigh more in small models, so bits per weight fall with size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# One vocabulary table holds about 0.21 x (billion parameters)^0.4 billion parameters: vocabularies of 128k-152k
# tokens times a width that grows as the 0.4th power. Read from the published configurations of Qwen3, Qwen2.5,
# Llama 3.x and DeepSeek V3 (0.6B-671B), seen 2026-11-21; within 25 % for each, which moves a file by 1-2 %.
VOCABULARY_SCALE = 0.21
VOCABULARY_POWER = 0.4
# Below this size the makers above use one table for input and output ("tied"); above it, two.
TIED_BELOW_B = 5.0
LLAMA_CPP = "llama.cpp"
VLLM = "vllm"
ANY = "any"


@dataclass(frozen=True)
class WeightFormat:
    """``body_bits`` for the bulk, ``head_bits`` for ``tables`` vocabulary tables (and, in mixed formats, attention)."""

    name: str
    body_bits: float
    head_bits: float
    tables: int  # vocabulary tables kept at head_bits: 1 = output only, 2 = input and output, 0 = none
    runtime: str  # the runtime class that loads it: llama.cpp, vllm, or any
    mixed: bool = False  # the always-on half of a mixture of experts stays at head_bits too


def _gguf(name: str, body_bits: float, head_bits: float = 6.5625) -> WeightFormat:
    return WeightFormat(name, body_bits, head_bits, 1, LLAMA_CPP)


# GGUF body bits: block layouts of ggml (Q4_0 = 18 bytes per 32 weights = 4.5 bits, Q8_0 = 34/32, Q6_K = 210/256) and,
# for the mixes (_S/_M/_L and IQ), the published Llama 3.1 8B files less their Q6_K output table, seen 2026-11-21.
# Safetensors formats: scales and zeros per block (AWQ/GPTQ group 128: 4 + 16/128 + 4/128 bits; NVFP4 4 + 8/16;
# MXFP4 4 + 8/32; MLX group 64: 4 + 32/64), vocabulary tables left at 16 bits.
_TABLE = (
    WeightFormat("F32", 32.0, 32.0, 0, ANY),
    WeightFormat("F16", 16.0, 16.0, 0, ANY),
    WeightFormat("FP8", 8.02, 16.0, 2, VLLM),
    WeightFormat("MXFP8", 8.25, 16.0, 2, VLLM),
    WeightFormat("INT8", 8.14, 16.0, 2, VLLM),
    WeightFormat("AWQ", 4.16, 16.0, 2, VLLM),
    WeightFormat("NVFP4", 4.5, 16.0, 2, VLLM, mixed=True),
    WeightFormat("MXFP4", 4.25, 16.0, 2, ANY, mixed=True),
    WeightFormat("NF4", 4.13, 16.0, 2, VLLM),
    WeightFormat("MLX_8BIT", 8.5, 8.5, 0, LLAMA_CPP),
    WeightFormat("MLX_6BIT", 6.5, 6.5, 0, LLAMA_CPP),
    WeightFormat("MLX_5BIT", 5.5, 5.5, 0, LLAMA_CPP),
    WeightFormat("MLX_4BIT", 4.5, 4.5, 0, LLAMA_CPP),
    WeightFormat("MLX_3BIT", 3.5, 3.5, 0, LLAMA_CPP),
    # Free bit widths (EXL2, EXL3): the name is the average of the body, the output table has 6 bits.
    *(WeightFormat(f"BPW_{bits}", bits + 0.05, 6.0, 1, LLAMA_CPP) for bits in (2, 3, 4, 5, 6, 8)),
    # Inside a GGUF file the always-on half of an MXFP4 model is Q8_0 (gpt-oss 20b and 120b files).
    WeightFormat("MXFP4_GGUF", 4.25, 8.5, 1, LLAMA_CPP, mixed=True),
    _gguf("Q8_0", 8.5, 8.5),
    _gguf("Q8_K_XL", 9.3, 16.0),
    _gguf("Q6_K", 6.5625),
    _gguf("Q6_K_L", 6.5625, 8.5),
    _gguf("Q6_K_XL", 6.9, 8.5),
    _gguf("Q5_K_M", 5.65),
    _gguf("Q5_K_S", 5.51),
    _gguf("Q5_K_L", 5.65, 8.5),
    _gguf("Q5_K_XL", 5.66),
    _gguf("Q5_0", 5.5),
    _gguf("Q5_1", 6.0),
    _gguf("Q4_K_M", 4.78),
    _gguf("Q4_K_S", 4.53),
    _gguf("Q4_K_L", 4.78, 8.5),
    _gguf("Q4_K_XL", 4.72),
    _gguf("Q4_0", 4.5),
    _gguf("Q4_1", 5.0),
    _gguf("Q3_K_L", 4.15),
    _gguf("Q3_K_M", 3.83),
    _gguf("Q3_K_S", 3.45),
    _gguf("Q3_K_XL", 3.95),
    _gguf("Q2_K", 2.93),
    _gguf("Q2_K_S", 2.73),
    _gguf("Q2_K_L", 2.93, 8.5),
    _gguf("Q2_K_XL", 2.95),
    _gguf("IQ4_NL", 4.5),
    _gguf("IQ4_XS", 4.27),
    _gguf("IQ3_M", 3.57),
    _gguf("IQ3_S", 3.46),
    _gguf("IQ3_XS", 3.29),
    _gguf("IQ3_XXS", 3.03),
    _gguf("IQ2_M", 2.69),
    _gguf("IQ2_S", 2.49),
    _gguf("IQ2_XS", 2.32),
    _gguf("IQ2_XXS", 2.11),
    _gguf("IQ1_M", 1.84),
    _gguf("IQ1_S", 1.69),
    _gguf("TQ1_0", 1.69),
    # ik_llama.cpp types: published recipes keep attention at 8 bits, about 0.45 bit above the name (six files).
    _gguf("IQ6_K", 7.05, 8.5),
    _gguf("IQ5_K", 5.95, 8.5),
    _gguf("IQ5_KS", 5.7, 8.5),
    _gguf("IQ4_K", 4.95, 8.5),
    _gguf("IQ4_KS", 4.7, 8.5),
    _gguf("IQ4_KSS", 4.45, 8.5),
    _gguf("IQ3_K", 3.89, 8.5),
    _gguf("IQ2_K", 2.83, 8.5),
)
FORMATS: dict[str, WeightFormat] = {item.name: item for item in _TABLE}
_ALIASES = {
    "FP32": "F32",
    "FLOAT32": "F32",
    "BF16": "F16",
    "FP16": "F16",
    "FLOAT16": "F16",
    "BFLOAT16": "F16",
    "HALF": "F16",
    "FP8_E4M3": "FP8",
    "FP8_DYNAMIC": "FP8",
    "W8A8_FP8": "FP8",
    "FP8_MIXED": "FP8",
    "W8A8": "INT8",
    "W8A16": "INT8",
    "GPTQ_INT8": "INT8",
    "GPTQ_8BIT": "INT8",
    "INT4": "AWQ",
    "W4A16": "AWQ",
    "AWQ_INT4": "AWQ",
    "AWQ_4BIT": "AWQ",
    "GPTQ": "AWQ",
    "GPTQ_INT4": "AWQ",
    "GPTQ_4BIT": "AWQ",
    "FP4": "NVFP4",
    "W4A4_NVFP4": "NVFP4",
    "FP4+FP8": "MXFP4",
    "NATIVE_FP4_FP8": "MXFP4",
    "MXFP4_MOE": "MXFP4",
    "BNB_4BIT": "NF4",
    "BNB_NF4": "NF4",
    "BNB_INT8": "INT8",
    "BNB_8BIT": "INT8",
    "HQQ": "AWQ",
    "AUTOROUND": "AWQ",
    "INT4_AUTOROUND": "AWQ",
    "COMPRESSED_TENSORS": "AWQ",
    "W4A8": "AWQ",
    "MXINT4": "AWQ",
    "I4": "AWQ",
    "I8": "INT8",
    "FP8_BLOCK": "FP8",
    "FP8_STATIC": "FP8",
    "FP8_E5M2": "FP8",
    "F8": "FP8",
    "FLOAT8": "FP8",
    "W8A8_INT8": "INT8",
    "MLX": "MLX_4BIT",
    "MLX_BF16": "F16",
    "MLX_FP16": "F16",
    "MLX_MXFP8": "MXFP8",
    "MLX_NVFP4": "NVFP4",
    "MLX_MXFP4": "MXFP4",
    "4BIT": "MLX_4BIT",
    "8BIT": "MLX_8BIT",
    "6BIT": "MLX_6BIT",
    "5BIT": "MLX_5BIT",
    "3BIT": "MLX_3BIT",
    "Q4": "Q4_K_M",
    "Q4_K": "Q4_K_M",
    "Q4_K_MEDIUM": "Q4_K_M",
    "Q4_K_SMALL": "Q4_K_S",
    "Q5_K": "Q5_K_M",
    "Q5_K_MEDIUM": "Q5_K_M",
    "Q5_K_SMALL": "Q5_K_S",
    "Q3_K": "Q3_K_M",
    "Q3_K_MEDIUM": "Q3_K_M",
    "Q8": "Q8_0",
    "Q6": "Q6_K",
    "Q5": "Q5_K_M",
    "Q3": "Q3_K_M",
    "Q2": "Q2_K",
    "Q6_K_M": "Q6_K",
    "Q6_K_S": "Q6_K",
    "Q3_K_SMALL": "Q3_K_S",
    "Q3_K_LARGE": "Q3_K_L",
    "IQ4": "IQ4_XS",
    "TQ2_0": "IQ2_XXS",
}
# Any number of bits a weight, as EXL2 and EXL3 files are named: "4.65bpw", "exl2-4.0bpw", "EXL3 3 bpw".
_BITS = re.compile(r"(?:EXL[23]_?)?(\d+(?:\.\d+)?)_?(?:BPW|BITS?)(?:_H\d)?|EXL[23]_?(\d+(?:\.\d+)?)?")
_FREE_BITS = (2, 3, 4, 5, 6, 8)

# Bytes of one cached value, ggml block sizes (q8_0 = 34 bytes per 32 values) and 8-bit server caches.
CACHE_BYTES = {
    "f32": 4.0,
    "f16": 2.0,
    "fp8": 1.0,
    "int8": 1.0,
    "q8_0": 34 / 32,
    "q6_0": 26 / 32,
    "q5_1": 24 / 32,
    "q5_0": 22 / 32,
    "q4_1": 20 / 32,
    "q4_0": 18 / 32,
    "iq4_nl": 18 / 32,
}
_CACHE_ALIASES = {
    "bf16": "f16", "fp16": "f16", "float16": "f16", "bfloat16": "f16", "auto": "f16", "fp32": "f32",
    "fp8_e4m3": "fp8", "fp8_e5m2": "fp8", "fp8_e4m3fn": "fp8", "f8": "fp8", "8bit": "fp8",
    "int4": "q4_0", "4bit": "q4_0", "q8": "q8_0", "q6": "q6_0", "q5": "q5_0", "q4": "q4_0", "nvfp4": "q4_0",
}  # fmt: skip


@lru_cache(maxsize=256)
def format_name(text: str) -> str:
    """The table's name of a weight format.

    Raises:
        ValueError: the format is not in the table.
    """
    key = re.sub(r"[-\s_:]+", "_", text.strip().upper().removesuffix(".GGUF")).strip("_")
    for ending in ("_R4", "_R8"):  # interleaved rows of ik_llama.cpp: same size
        key = key.removesuffix(ending)
    key = re.sub(r"(\d)_BIT", r"\1BIT", key)
    for start in ("UD_", "GGUF_", "MODELOPT_"):
        key = key.removeprefix(start)
    key = _ALIASES.get(key, key)
    if key not in FORMATS and (bits := _BITS.fullmatch(key)):
        wanted = float(bits.group(1) or bits.group(2) or 4)
        key = f"BPW_{min(_FREE_BITS, key=lambda each: abs(each - wanted))}"
    if key not in FORMATS:
        raise ValueError(f"unknown weight format {text!r}; known: {', '.join(sorted(FORMATS))}")
    return key


@lru_cache(maxsize=64)
def cache_bytes(text: str) -> tuple[float, float]:
    """Bytes of one cached key value and one cached value value; "q8_0/q4_0" gives them apart.

    Raises:
        ValueError: the format is not known.
    """
    parts = [part.strip().lower() for part in text.split("/")]
    names = [_CACHE_ALIASES.get(part, part) for part in parts]
    if len(names) > 2 or any(name not in CACHE_BYTES for name in names):
        raise ValueError(f"unknown cache format {text!r}; known: {', '.join(sorted(CACHE_BYTES))}, or key/value")
    return CACHE_BYTES[names[0]], CACHE_BYTES[names[-1]]


def vocabulary_b(params_total_b: float, params_active_b: float) -> float:
    """Billion parameters of one vocabulary table; its width follows the part that works on every token."""
    return float(min(VOCABULARY_SCALE * params_active_b**VOCABULARY_POWER, 0.3 * params_total_b))


def is_tied(params_total_b: float) -> bool:
    return params_total_b < TIED_BELOW_B


def stored_as(text: str, runtime: str) -> str:
    """The table's name of the file a runtime loads: llama.cpp has its own MXFP4 container."""
    name = format_name(text)
    return "MXFP4_GGUF" if name == "MXFP4" and runtime == LLAMA_CPP else name


def effective_bits(name: str, params_total_b: float, params_active_b: float) -> float:
    """Bits per weight of a whole file."""
    weight_format = FORMATS[name]
    tables = min(weight_format.tables, 1 if is_tied(params_total_b) else 2)
    share = tables * vocabulary_b(params_total_b, params_active_b) / params_total_b
    if weight_format.mixed and params_active_b < params_total_b:
        share = max(share, 0.5 * params_active_b / params_total_b)
    return weight_format.body_bits + share * (weight_format.head_bits - weight_format.body_bits)
