"""The commands of programs that run models, as their own documentation gives them, with source and day of reading.

Each listens on its own machine alone and asks for a key. ``%(model)s`` and the like are filled by the guide.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.formats import LLAMA_CPP, VLLM


@dataclass(frozen=True)
class Runtime:
    name: str
    install: tuple[str, ...]
    start: tuple[str, ...]
    verify: tuple[str, ...]
    memory: str  # shows the memory in use
    source: str
    read_on: str


RUNTIMES = {
    VLLM: Runtime(
        name="vLLM",
        install=("python3 -m venv vllm-env", ". vllm-env/bin/activate", "pip install vllm"),
        start=(
            "export VLLM_API_KEY=A-LONG-RANDOM-KEY",
            "vllm serve %(model)s --host 127.0.0.1 --port 8000 --max-model-len %(context)d --max-num-seqs %(slots)d"
            "%(cards)s",
        ),
        verify=('curl -H "Authorization: Bearer $VLLM_API_KEY" http://127.0.0.1:8000/v1/models',),
        memory="nvidia-smi",
        source="https://docs.vllm.ai/en/latest/cli/serve/",
        read_on="2026-11-22",
    ),
    LLAMA_CPP: Runtime(
        name="llama.cpp",
        install=(),
        start=(
            "llama-server -m %(model)s --host 127.0.0.1 --port 8080 --api-key-file keys.txt -c %(context_of_all)d"
            " -np %(slots)d",
        ),
        verify=(
            "curl http://127.0.0.1:8080/health",
            'curl -H "Authorization: Bearer A-KEY-OF-THE-FILE" http://127.0.0.1:8080/v1/models',
        ),
        memory="",
        source="https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md",
        read_on="2026-11-22",
    ),
}
SHARED_OVER_CARDS = " --tensor-parallel-size %d"  # of vLLM
AS_PUBLISHED = frozenset({"F16", "BF16"})  # formats in which makers publish under the model's own name
