"""Models and devices for the engine's physics tests: real architectures, round machines."""

from advisor.engine.catalog import Device, Model, Price


def model(**figures: object) -> Model:
    fields = {"slug": "m", "name": "M", "family": "", "publisher": "", "modalities": (), "tasks": (), "license": ""}
    return Model(**(fields | figures))  # type: ignore[arg-type]


def device(kind: str = "consumer_gpu", vendor: str = "NVIDIA", name: str = "Card", **figures: object) -> Device:
    fields = {"slug": "d", "name": name, "vendor": vendor, "kind": kind, "price": Price(currency="USD")}
    return Device(**(fields | {"memory_gb": 24.0, "bandwidth_gbs": 1000.0} | figures))  # type: ignore[arg-type]


LLAMA_8B = model(params_total_b=8.03, n_layers=32, n_kv_heads=8, head_dim=128)
GPT_OSS_20B = model(
    params_total_b=20.91, params_active_b=3.6, n_layers=24, n_kv_heads=8, head_dim=64,
    full_attention_layers=12, sliding_window_layers=12, sliding_window_tokens=128,
)  # fmt: skip
DEEPSEEK_V3 = model(params_total_b=671.0, params_active_b=37.0, n_layers=61, mla_kv_lora_rank=512, mla_rope_dim=64)
QWEN_27B = model(
    params_total_b=27.78, n_layers=64, n_kv_heads=4, head_dim=256, full_attention_layers=16, linear_attention_layers=48
)
