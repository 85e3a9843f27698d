"""What a server tells about itself: which runtime it is, in which format the weights are, how much memory it took.

Read on 2026-11-22: vLLM's ``/metrics`` (``vllm:cache_config_info``), llama.cpp's ``/v1/models`` (``meta.size``) and
Ollama's ``/api/ps``. What a server does not tell stays unknown.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from advisor.catalog.probe.wire import Server
from advisor.engine.formats import format_name
from advisor.engine.units import gb_from_bytes

CACHE_CONFIG = re.compile(r"^vllm:cache_config_info\{(?P<labels>[^}]*)\}", re.MULTILINE)
LABEL = re.compile(r'(\w+)="([^"]*)"')
# A format inside a name of a file or repository: "Qwen3-8B-Q4_K_M.gguf", "Qwen3-8B-FP8", "gemma3:4b-it-q4_K_M".
PART_OF_A_NAME = re.compile(r"[^A-Za-z0-9_+]+")


@dataclass(frozen=True)
class Told:
    runtime: str | None = None
    weights: str | None = None  # weight format, as the engine names it
    weights_gb: float | None = None  # the file, as it lies in memory
    memory_gb: float | None = None  # all the server holds for this model
    cache_tokens: int | None = None  # how many tokens its key-value cache takes


def told_by(server: Server, listed: dict[str, Any]) -> Told:
    """``listed`` is the model's own row of ``/v1/models``."""
    name = str(listed["id"])
    meta = listed.get("meta")
    if listed.get("owned_by") == "llamacpp":
        size = meta.get("size") if isinstance(meta, dict) else None
        return Told("llama.cpp", format_in(name), weights_gb=_gb(size))
    metrics = server.told("/metrics") or ""
    if "vllm:" in metrics:
        return Told("vllm", format_in(name), cache_tokens=_cache_tokens(metrics))
    running = _running(server.told("/api/ps"), name)
    if running is not None:
        details = running.get("details")
        stored = details.get("quantization_level") if isinstance(details, dict) else None
        return Told("ollama", _known(str(stored)) or format_in(name), memory_gb=_gb(running.get("size")))
    return Told(weights=format_in(name))


def format_in(name: str) -> str | None:
    """The weight format a name mentions; ``None`` when it mentions none, or several."""
    parts = PART_OF_A_NAME.split(name)
    found = {known for part in parts if not part.isdigit() and (known := _known(part))}
    return found.pop() if len(found) == 1 else None


def _known(text: str) -> str | None:
    try:
        return format_name(text)
    except ValueError:
        return None


def _cache_tokens(metrics: str) -> int | None:
    """Blocks times tokens a block; absent before the cache is made."""
    found = CACHE_CONFIG.search(metrics)
    labels = dict(LABEL.findall(found["labels"])) if found else {}
    blocks, size = labels.get("num_gpu_blocks", ""), labels.get("block_size", "")
    return int(blocks) * int(size) if blocks.isdecimal() and size.isdecimal() else None


def _running(text: str | None, name: str) -> dict[str, Any] | None:
    """The row of a loaded model in Ollama's list."""
    try:
        read = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    rows = read.get("models") if isinstance(read, dict) else None
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and name in (row.get("name"), row.get("model")):
            return row
    return None


def _gb(size: Any) -> float | None:
    return gb_from_bytes(size) if isinstance(size, int) and not isinstance(size, bool) and size > 0 else None
