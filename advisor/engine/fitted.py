"""Constants of ``efficiency.Efficiency`` by class of machine and runtime: fitted, borrowed or assumed.

Written by ``make fit`` from the measurements in ``advisor/calibration/data``; not edited by hand. ``EVIDENCE`` says how
each row came about: its kind, the number of measurements and sources, the median and the ninth decile of the absolute
error of predictions made without the measurement's own source, and the row it borrows from.
"""

from __future__ import annotations

# fmt: off
ROWS: dict[tuple[str, str], dict[str, float]] = {
    ("apple", "llama.cpp"): {
        "stream": 0.893, "plain": 1.03, "cache": 0.945, "layer_us": 110.0, "step_us": 322.0, "experts_us": 88.5,
        "together_us": 150.0, "linear_layer": 0.717, "plain_layer": 0.342, "unpack_us": 0.0, "tile": 1.0,
        "overlap": 0.716, "prefill": 0.507, "prefill_experts": 0.404, "band_plain": 1.22, "band_packed": 1.27,
        "band_batched": 1.27, "band_prefill": 1.36,
    },
    ("cn_accelerator", "llama.cpp"): {
        "stream": 0.503, "plain": 1.01, "cache": 0.518, "layer_us": 60.5, "step_us": 291.0, "experts_us": 190.0,
        "together_us": 150.0, "linear_layer": 1.12, "plain_layer": 0.405, "unpack_us": 0.0, "tile": 1.0,
        "overlap": 0.716, "prefill": 0.311, "prefill_experts": 0.202, "band_plain": 1.41, "band_packed": 1.37,
        "band_batched": 1.41, "band_prefill": 1.55,
    },
    ("cn_accelerator", "vllm"): {
        "stream": 0.51, "plain": 1.0, "cache": 0.452, "layer_us": 75.9, "step_us": 1110.0, "experts_us": 62.6,
        "together_us": 20.0, "linear_layer": 1.3, "plain_layer": 0.5, "unpack_us": 33.3, "tile": 1.03,
        "overlap": 0.75, "prefill": 0.32, "prefill_experts": 0.198, "band_plain": 1.35, "band_packed": 1.43,
        "band_batched": 1.41, "band_prefill": 1.55,
    },
    ("cpu", "llama.cpp"): {
        "stream": 0.686, "plain": 1.01, "cache": 0.867, "layer_us": 207.0, "step_us": 313.0, "experts_us": 75.3,
        "together_us": 150.0, "linear_layer": 1.12, "plain_layer": 0.405, "unpack_us": 0.0, "tile": 1.0,
        "overlap": 0.716, "prefill": 0.473, "prefill_experts": 0.404, "band_plain": 1.27, "band_packed": 1.3,
        "band_batched": 1.27, "band_prefill": 1.32,
    },
    ("nvidia_datacenter", "llama.cpp"): {
        "stream": 0.6, "plain": 1.01, "cache": 0.821, "layer_us": 36.3, "step_us": 300.0, "experts_us": 60.5,
        "together_us": 150.0, "linear_layer": 0.942, "plain_layer": 0.373, "unpack_us": 0.0, "tile": 1.0,
        "overlap": 0.716, "prefill": 0.244, "prefill_experts": 0.202, "band_plain": 1.41, "band_packed": 1.37,
        "band_batched": 1.41, "band_prefill": 1.55,
    },
    ("nvidia_datacenter", "vllm"): {
        "stream": 0.785, "plain": 1.0, "cache": 0.754, "layer_us": 50.6, "step_us": 1110.0, "experts_us": 20.9,
        "together_us": 20.0, "linear_layer": 1.3, "plain_layer": 0.5, "unpack_us": 33.3, "tile": 1.03,
        "overlap": 0.75, "prefill": 0.534, "prefill_experts": 0.397, "band_plain": 1.18, "band_packed": 1.22,
        "band_batched": 1.27, "band_prefill": 1.36,
    },
    ("nvidia_gpu", "llama.cpp"): {
        "stream": 0.857, "plain": 1.01, "cache": 0.821, "layer_us": 36.3, "step_us": 300.0, "experts_us": 60.5,
        "together_us": 150.0, "linear_layer": 0.942, "plain_layer": 0.373, "unpack_us": 0.0, "tile": 1.0,
        "overlap": 0.716, "prefill": 0.488, "prefill_experts": 0.404, "band_plain": 1.27, "band_packed": 1.22,
        "band_batched": 1.27, "band_prefill": 1.36,
    },
    ("nvidia_gpu", "vllm"): {
        "stream": 0.857, "plain": 1.01, "cache": 0.821, "layer_us": 50.6, "step_us": 1110.0, "experts_us": 20.9,
        "together_us": 20.0, "linear_layer": 1.3, "plain_layer": 0.5, "unpack_us": 33.3, "tile": 1.03,
        "overlap": 0.75, "prefill": 0.534, "prefill_experts": 0.397, "band_plain": 1.23, "band_packed": 1.29,
        "band_batched": 1.27, "band_prefill": 1.36,
    },
    ("other", "llama.cpp"): {
        "stream": 0.774, "plain": 1.01, "cache": 0.863, "layer_us": 40.4, "step_us": 291.0, "experts_us": 63.2,
        "together_us": 150.0, "linear_layer": 1.12, "plain_layer": 0.405, "unpack_us": 0.0, "tile": 1.0,
        "overlap": 0.716, "prefill": 0.519, "prefill_experts": 0.404, "band_plain": 1.41, "band_packed": 1.37,
        "band_batched": 1.41, "band_prefill": 1.55,
    },
    ("other", "vllm"): {
        "stream": 0.779, "plain": 1.0, "cache": 0.677, "layer_us": 50.4, "step_us": 1110.0, "experts_us": 20.2,
        "together_us": 20.0, "linear_layer": 1.3, "plain_layer": 0.5, "unpack_us": 27.7, "tile": 1.03,
        "overlap": 0.75, "prefill": 0.549, "prefill_experts": 0.352, "band_plain": 1.35, "band_packed": 1.43,
        "band_batched": 1.41, "band_prefill": 1.55,
    },
    ("other_gpu", "llama.cpp"): {
        "stream": 0.809, "plain": 1.01, "cache": 0.853, "layer_us": 56.8, "step_us": 315.0, "experts_us": 43.7,
        "together_us": 150.0, "linear_layer": 1.12, "plain_layer": 0.405, "unpack_us": 0.0, "tile": 1.0,
        "overlap": 0.716, "prefill": 0.315, "prefill_experts": 0.242, "band_plain": 1.27, "band_packed": 1.33,
        "band_batched": 1.27, "band_prefill": 1.36,
    },
    ("other_gpu", "vllm"): {
        "stream": 0.668, "plain": 1.0, "cache": 0.754, "layer_us": 50.6, "step_us": 1110.0, "experts_us": 20.9,
        "together_us": 20.0, "linear_layer": 1.3, "plain_layer": 0.5, "unpack_us": 33.3, "tile": 1.03,
        "overlap": 0.75, "prefill": 0.32, "prefill_experts": 0.238, "band_plain": 1.35, "band_packed": 1.43,
        "band_batched": 1.41, "band_prefill": 1.55,
    },
    ("unified", "llama.cpp"): {
        "stream": 0.791, "plain": 0.994, "cache": 0.699, "layer_us": 41.7, "step_us": 277.0, "experts_us": 69.6,
        "together_us": 151.0, "linear_layer": 1.32, "plain_layer": 0.409, "unpack_us": 0.0, "tile": 1.0,
        "overlap": 0.694, "prefill": 0.604, "prefill_experts": 0.425, "band_plain": 1.21, "band_packed": 1.12,
        "band_batched": 1.23, "band_prefill": 1.28,
    },
    ("unified", "vllm"): {
        "stream": 0.791, "plain": 0.994, "cache": 0.699, "layer_us": 50.6, "step_us": 1110.0, "experts_us": 20.9,
        "together_us": 20.0, "linear_layer": 1.3, "plain_layer": 0.5, "unpack_us": 33.3, "tile": 1.03,
        "overlap": 0.75, "prefill": 0.534, "prefill_experts": 0.397, "band_plain": 1.23, "band_packed": 1.29,
        "band_batched": 1.27, "band_prefill": 1.36,
    },
}
EVIDENCE: dict[tuple[str, str], tuple[str, int, int, float, float, str]] = {
    ("apple", "llama.cpp"): ("fitted", 44, 6, 0.129, 0.279, ""),
    ("cn_accelerator", "llama.cpp"): ("assumed", 0, 0, 0.000, 0.000, "all llama.cpp"),
    ("cn_accelerator", "vllm"): ("assumed", 0, 0, 0.000, 0.000, "nvidia_datacenter vllm"),
    ("cpu", "llama.cpp"): ("fitted", 13, 6, 0.229, 1.007, ""),
    ("nvidia_datacenter", "llama.cpp"): ("assumed", 0, 0, 0.000, 0.000, "nvidia_gpu llama.cpp"),
    ("nvidia_datacenter", "vllm"): ("fitted", 265, 2, 0.081, 0.235, ""),
    ("nvidia_gpu", "llama.cpp"): ("fitted", 95, 10, 0.095, 0.241, ""),
    ("nvidia_gpu", "vllm"): ("borrowed", 0, 0, 0.000, 0.000, "nvidia_datacenter vllm"),
    ("other", "llama.cpp"): ("assumed", 0, 0, 0.000, 0.000, "all llama.cpp"),
    ("other", "vllm"): ("assumed", 0, 0, 0.000, 0.000, "all vllm"),
    ("other_gpu", "llama.cpp"): ("fitted", 3, 2, 0.299, 0.626, ""),
    ("other_gpu", "vllm"): ("assumed", 0, 0, 0.000, 0.000, "nvidia_datacenter vllm"),
    ("unified", "llama.cpp"): ("fitted", 246, 5, 0.076, 0.227, ""),
    ("unified", "vllm"): ("borrowed", 0, 0, 0.000, 0.000, "nvidia_datacenter vllm"),
}
