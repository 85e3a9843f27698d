"""The commands of programs that run models, as their own documentation gives them, with source and day of reading.

Each listens on its own machine alone; what has no login is marked. ``%(model)s`` and the like are filled by the guide.
A container shares the machine's own network, so that the program in it can listen on 127.0.0.1: the documentations of
llama.cpp and vLLM Ascend open a port to everybody instead. Nothing stands here that the makers do not document; for
other models and accelerators the guide says that no commands are known.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.catalog import Device, Model
from advisor.engine.formats import VLLM
from advisor.engine.runtimes import runtime_for

READ_ON = "2026-11-22"
AS_PUBLISHED = frozenset({"F16", "BF16"})  # formats in which makers publish under the model's own name
SHARED_OVER_CARDS = " --tensor-parallel-size %d"  # of vLLM
CHECK_LLAMA_CPP = (
    "curl http://127.0.0.1:8080/health",
    'curl -H "Authorization: Bearer A-KEY-OF-THE-FILE" http://127.0.0.1:8080/v1/models',
)
CHECK_VLLM = ('curl -H "Authorization: Bearer $VLLM_API_KEY" http://127.0.0.1:8000/v1/models',)
KEY_OF_VLLM = "export VLLM_API_KEY=A-LONG-RANDOM-KEY"
SERVE = (
    "vllm serve %(model)s --host 127.0.0.1 --port 8000 --max-model-len %(context)d --max-num-seqs %(slots)d%(cards)s"
)
IN_CONTAINER = (
    " ghcr.io/ggml-org/llama.cpp:%s -m /models/%%(model)s --host 127.0.0.1 --port 8080 --api-key-file /models/keys.txt"
    " -c %%(context_of_all)d -np %%(slots)d --n-gpu-layers 99"
)


@dataclass(frozen=True)
class Runtime:
    """``listed``: whether the program runs the model at all, its own list says. ``chips``: a device for each is added
    to the command. ``asks_for_key`` false: it has no login and must stay on its own machine."""

    name: str
    install: tuple[str, ...]
    start: tuple[str, ...]
    source: str
    verify: tuple[str, ...] = ()
    memory: str = ""  # shows the memory in use
    read_on: str = READ_ON
    listed: bool = False
    chips: bool = False
    asks_for_key: bool = True


NVIDIA_VLLM = Runtime(
    name="vLLM",
    install=("python3 -m venv vllm-env", ". vllm-env/bin/activate", "pip install vllm"),
    start=(KEY_OF_VLLM, SERVE),
    verify=CHECK_VLLM,
    memory="nvidia-smi",
    source="https://docs.vllm.ai/en/latest/cli/serve/",
)
AMD_VLLM = Runtime(
    name="vLLM",
    install=(
        "docker run -it --rm --network=host --group-add=video --ipc=host --cap-add=SYS_PTRACE"
        " --security-opt seccomp=unconfined --device /dev/kfd --device /dev/dri"
        " rocm/vllm:rocm7.12.0_gfx94X-dcgpu_ubuntu24.04_py3.12_pytorch_2.9.1_vllm_0.16.0 bash",
    ),
    start=(KEY_OF_VLLM, SERVE),
    verify=CHECK_VLLM,
    source="https://rocm.docs.amd.com/en/7.12.0-preview/rocm-for-ai/vllm.html",
    listed=True,
)


def _ascend(image: str, source: str, serve: str, more: str = "") -> Runtime:
    """vLLM on Huawei's processors; driver and tools of the machine are lent to the container."""
    lent = ("/usr/local/dcmi", "/usr/local/bin/npu-smi", "/usr/local/Ascend/driver/lib64/",
            "/usr/local/Ascend/driver/version.info", "/etc/ascend_install.info")  # fmt: skip
    devices = ("davinci0", "davinci_manager", "devmm_svm", "hisi_hdc")
    parts = [*(f"--device /dev/{name}" for name in devices), *(f"-v {path}:{path}" for path in lent)]
    return Runtime(
        name="vLLM Ascend",
        install=(f"docker run --rm --name vllm-ascend --network host{more} {' '.join(parts)} -it {image} bash",),
        start=(KEY_OF_VLLM, serve),
        verify=CHECK_VLLM,
        source=source,
        listed=True,
        chips=True,
    )


ASCEND_310P = _ascend(
    "quay.io/ascend/vllm-ascend:v0.18.0-310p",
    "https://docs.vllm.ai/projects/ascend/en/latest/tutorials/hardwares/310p.html",
    f"{SERVE} --dtype float16",
    " --shm-size=10g",
)
ASCEND = _ascend(
    "quay.io/ascend/vllm-ascend:VERSION",
    "https://github.com/vllm-project/vllm-ascend/blob/main/docs/source/quick_start.md",
    SERVE,
)


def _llama_cpp(image: str, devices: str, memory: str = "") -> Runtime:
    """llama.cpp in the container its makers build for a kind of chip; the layers of the model go to the card."""
    return Runtime(
        name="llama.cpp",
        install=(),
        start=("docker run --network host " + devices + " -v /path/to/models:/models" + IN_CONTAINER % image,),
        verify=CHECK_LLAMA_CPP,
        memory=memory,
        source="https://github.com/ggml-org/llama.cpp/blob/master/docs/docker.md",
    )


NVIDIA_LLAMA_CPP = _llama_cpp("server-cuda", "--gpus all", "nvidia-smi")
AMD_LLAMA_CPP = _llama_cpp(
    "server-rocm",
    "--device /dev/kfd --device /dev/dri --group-add $(getent group video | cut -d: -f3)"
    " --group-add $(getent group render | cut -d: -f3)",
)
INTEL_LLAMA_CPP = _llama_cpp(  # the devices as docs/backend/SYCL.md of the same program names them
    "server-intel", "--device /dev/dri/renderD128:/dev/dri/renderD128 --device /dev/dri/card0:/dev/dri/card0"
)
INSTALLED_LLAMA_CPP = Runtime(
    name="llama.cpp",
    install=("brew install llama.cpp  # Mac, Linux", "winget install llama.cpp  # Windows"),
    start=(
        "llama-server -m %(model)s --host 127.0.0.1 --port 8080 --api-key-file keys.txt -c %(context_of_all)d"
        " -np %(slots)d",
    ),
    verify=CHECK_LLAMA_CPP,
    source="https://github.com/ggml-org/llama.cpp/blob/master/docs/install.md",
)
OLLAMA = Runtime(
    name="Ollama",
    install=("curl -fsSL https://ollama.com/install.sh | sh  # Linux",),
    start=("ollama run MODEL",),
    verify=("ollama -v",),
    source="https://github.com/ollama/ollama/blob/main/docs/linux.md",
    asks_for_key=False,
)
INVOKE = Runtime(
    name="InvokeAI",
    install=(
        "mkdir ~/invokeai",
        "cd ~/invokeai",
        "uv venv --relocatable --prompt invoke --python 3.11 --python-preference only-managed .venv",
        "source .venv/bin/activate",
        "uv pip install invokeai==VERSION --python 3.11 --python-preference only-managed --force-reinstall",
        "deactivate && source .venv/bin/activate",
    ),
    start=("invokeai-web --root ~/invokeai",),
    source="https://github.com/invoke-ai/InvokeAI/blob/main/docs/installation/manual.md",
    listed=True,
    asks_for_key=False,
)
TRIPO = Runtime(
    name="TripoSG",
    install=(
        "git clone https://github.com/VAST-AI-Research/TripoSG.git",
        "cd TripoSG",
        "pip install torch torchvision --index-url https://download.pytorch.org/whl/YOUR-CUDA-VERSION",
        "pip install -r requirements.txt",
    ),
    start=("python -m scripts.inference_triposg --image-input PICTURE.png --output-path ./output.glb",),
    source="https://github.com/VAST-AI-Research/TripoSG",
)
DOCLING = Runtime(
    name="Docling",
    install=("pip install docling",),
    start=("docling --pipeline vlm --vlm-model granite_docling SCAN.pdf",),
    source="https://github.com/docling-project/docling",
)
PARAKEET = Runtime(
    name="Parakeet MLX",
    install=("pip install parakeet-mlx -U",),
    start=("parakeet-mlx RECORDING.mp3  # needs ffmpeg",),
    source="https://github.com/senstella/parakeet-mlx",
)


def _whisper(model: str) -> Runtime:
    return Runtime(
        name="Whisper",
        install=("pip install -U openai-whisper",),
        start=(f"whisper RECORDING.mp3 --model {model}  # needs ffmpeg",),
        source="https://github.com/openai/whisper",
    )


BY_MODEL = {
    "granite-docling-258m": DOCLING,
    "triposg": TRIPO,
    "whisper-large-v3": _whisper("large-v3"),
    "whisper-large-v3-turbo": _whisper("turbo"),
}
ON_APPLE = {"parakeet-tdt-0-6b-v3": PARAKEET}
ON_NVIDIA = frozenset({"triposg"})  # its documentation asks for a card with CUDA
PICTURES = "image-generation"
LLAMA_CPP_OF = {
    "NVIDIA": NVIDIA_LLAMA_CPP, "AMD": AMD_LLAMA_CPP, "Intel": INTEL_LLAMA_CPP, "Apple": INSTALLED_LLAMA_CPP,
}  # fmt: skip
EVERY = (
    NVIDIA_VLLM, AMD_VLLM, ASCEND, ASCEND_310P, *LLAMA_CPP_OF.values(), OLLAMA, INVOKE, PARAKEET, *BY_MODEL.values(),
)  # fmt: skip


def of_text(device: Device) -> Runtime | None:
    """What runs a model of text in a stated format on a device; None where its makers document nothing we know."""
    if device.kind.startswith("cpu_"):
        return INSTALLED_LLAMA_CPP
    if runtime_for(device) != VLLM:
        return LLAMA_CPP_OF.get(device.vendor)
    if device.vendor == "Huawei" and any("vllm-ascend" in each for each in device.runtimes):
        return ASCEND_310P if any("310P" in each for each in device.runtimes) else ASCEND
    return {"NVIDIA": NVIDIA_VLLM, "AMD": AMD_VLLM}.get(device.vendor)


def of_other(model: Model, device: Device) -> Runtime | None:
    """What runs a model for pictures, speech, scans or shapes; None where no documented commands are known."""
    if model.slug in ON_NVIDIA and device.vendor != "NVIDIA":
        return None
    if model.slug in ON_APPLE and device.vendor == "Apple":
        return ON_APPLE[model.slug]
    if PICTURES in model.modalities and device.kind != "cn_accelerator":
        return INVOKE
    return BY_MODEL.get(model.slug)
