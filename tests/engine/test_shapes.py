"""Figures of many models against many machines at once are those of each pair alone."""

from itertools import product

import numpy as np
import pytest

from advisor.engine import memory, speed
from advisor.engine.efficiency import machine_shape
from advisor.engine.formats import LLAMA_CPP, VLLM
from advisor.engine.shapes import model_shape, stack
from tests.engine.shapes import DEEPSEEK_V3, GPT_OSS_20B, LLAMA_8B, QWEN_27B, device, model

MODELS = (LLAMA_8B, GPT_OSS_20B, DEEPSEEK_V3, QWEN_27B, model(params_total_b=8.0), model(n_layers=4))
MACHINES = (
    (device(fp16_tflops=100.0), 1),
    (device(), 2),
    (device("unified_memory_computer", "Apple", bandwidth_gbs=400.0), 1),
    (device("cpu_server", "AMD", bandwidth_gbs=None), 1),
    (device("datacenter_gpu", fp16_tflops=900.0, memory_gb=80.0), 4),
)
SLOTS = (1.0, 8.0)


@pytest.mark.parametrize("runtime", [LLAMA_CPP, VLLM])
@pytest.mark.parametrize("form", ["Q4_K_M", "FP8"])
def test_arrays_give_what_single_figures_give(runtime: str, form: str) -> None:
    shapes = stack([model_shape(each, form, runtime) for each in MODELS], 0, 3)
    machines = stack([machine_shape(place, count, runtime) for place, count in MACHINES], 1, 3)
    slots = np.array(SLOTS).reshape(1, 1, 2)
    needed = memory.parts(shapes, machines, 8192.0, slots).needed_gb
    decode = speed.decode(shapes, machines, 8192.0, slots)
    read = speed.prefill(shapes, machines, 3000.0)
    assert np.shape(needed) == np.shape(decode[1]) == (6, 5, 2)
    for (row, each), (column, (place, count)) in product(enumerate(MODELS), enumerate(MACHINES)):
        for third, users in enumerate(SLOTS):
            alone = memory.need(each, form, runtime, 8192.0, users, device_count=count, device=place).needed_gb
            band = speed.decode_band(each, form, place, count, 8192.0, users, runtime)
            for many, one in ((needed, alone), (decode[0], band and band[0]), (decode[1], band and band[1])):
                found = float(np.asarray(many)[row, column, third])
                assert (found == pytest.approx(one)) if one is not None else np.isnan(found)
        prompt = speed.prefill_band(each, form, place, count, 3000.0, runtime)
        found = float(np.asarray(read[2])[row, column, 0])
        assert (found == pytest.approx(prompt[2])) if prompt is not None else np.isnan(found)
