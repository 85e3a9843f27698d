"""The set-up guide: commands that keep to the own machine, figures from the result, the same on page and paper."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advisor.assessments.models import Assessment
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.services import compute_result
from advisor.engine.catalog import Device
from advisor.reports.content.set_up import _as_wide_as_paper
from advisor.reports.guide import guide
from advisor.reports.guide_commands import Part
from advisor.reports.runtimes import EVERY, of_other, of_text
from tests.browsing import sample
from tests.questionnaire import begin, published_version
from tests.reports.pdf import packed, rendered, words
from tests.samples import AS_OF, NAMES, catalog, document


def made(name: str, **changes: Any) -> dict[str, Part]:
    return {part.title: part for part in guide(Sheet(document(name) | changes, "en"), catalog())}


def own_server(name: str, **of_model: Any) -> dict[str, Any]:
    """The sample's own server as its only plan, with its main model changed."""
    plans = [plan for plan in document(name)["plans"] if plan["route"] == "own_server"]
    plans[0]["models"][0] |= of_model
    return {"plans": plans, "recommended": plans[0]["key"]}


@pytest.mark.parametrize("runtime", EVERY, ids=lambda each: each.name)
def test_no_program_listens_to_the_network_and_each_has_its_source(runtime: Any) -> None:
    text = " ".join((*runtime.install, *runtime.start))

    assert "0.0.0.0" not in text  # noqa: S104
    assert " -p " not in text  # a port of a container, open to everybody
    assert runtime.source.startswith("https://")
    assert runtime.read_on >= "2026-11-01"


@pytest.mark.parametrize("device", catalog().devices, ids=lambda each: each.slug)
def test_what_serves_text_listens_on_its_own_machine_and_asks_for_a_key(device: Device) -> None:
    runtime = of_text(device)

    if runtime is None:
        assert device.kind == "cn_accelerator"
        return
    text = " ".join(runtime.start)
    assert "--host 127.0.0.1" in text
    assert "API_KEY" in text or "--api-key" in text
    assert any("127.0.0.1" in line for line in runtime.verify)


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("mac-mini-m6-32gb", "brew install llama.cpp"),
        ("framework-desktop-395-64gb", "server-rocm"),
        ("rtx-4090", "server-cuda"),
        ("mi300x", "rocm/vllm"),
        ("atlas-300i-duo-96gb", "vllm-ascend:v0.18.0-310p"),
        ("ascend-910b-64gb", "vllm-ascend:VERSION"),
    ],
)
def test_each_kind_of_chip_has_the_commands_made_for_it(slug: str, name: str) -> None:
    runtime = of_text(next(device for device in catalog().devices if device.slug == slug))

    assert runtime is not None
    assert name in " ".join((*runtime.install, *runtime.start))


def test_a_model_whose_program_asks_for_cuda_has_no_commands_elsewhere() -> None:
    shapes = next(model for model in catalog().models if model.slug == "triposg")
    cards = {device.vendor: device for device in catalog().devices if device.kind == "consumer_gpu"}

    assert of_other(shapes, cards["NVIDIA"]) is not None
    assert of_other(shapes, cards["AMD"]) is None


def test_a_long_command_is_one_command_on_paper() -> None:
    """A shell drops a backslash at the end of a line with the line's end, and spaces do not count."""
    command = "docker run " + " ".join(f"--device /dev/davinci{number}" for number in range(12))
    lines = _as_wide_as_paper(command)

    assert len(lines) > 1
    assert max(map(len, lines)) <= 76
    assert not any(line.endswith("--device \\") for line in lines)
    assert "\n".join(lines).replace(" \\\n ", "") == command
    assert _as_wide_as_paper("nvidia-smi") == ["nvidia-smi"]


@pytest.mark.parametrize("name", NAMES)
def test_security_comes_first_and_leaving_last(name: str) -> None:
    parts = list(made(name, verdict="recommend"))

    assert parts[:3] == ["What this is for", "Security first", "What to expect"]
    assert parts[-1] == "Stop and leave"


def test_where_the_law_stops_or_nothing_fits_nothing_is_set_up() -> None:
    assert made("clinic") == {}
    assert made("web_shop", plans=[], recommended=None) == {}


def test_commands_are_filled_from_the_result() -> None:
    """Two cards of 16 GB, 131,072 tokens for the longest request of a software job."""
    found = made("software_studio", **own_server("software_studio", format="BF16"))

    start = found["Install and start"].commands[-1]
    assert start == (
        "vllm serve Qwen/Qwen3.6-35B-A3B --host 127.0.0.1 --port 8000 --max-model-len 131072 --max-num-seqs 16"
        " --tensor-parallel-size 2"
    )
    assert ("Memory", "30.7 GB in use of 32 GB that can be used") in found["What to expect"].rows


def test_a_format_somebody_else_made_is_looked_for_by_hand() -> None:
    found = made("law_office")

    assert found["Install and start"].commands == (
        "docker run --network host --gpus all -v /path/to/models:/models ghcr.io/ggml-org/llama.cpp:server-cuda"
        " -m /models/MODEL --host 127.0.0.1 --port 8080 --api-key-file /models/keys.txt -c 32768 -np 2"
        " --n-gpu-layers 99",
    )
    assert "in the format Q6_K" in found["Get the model"].steps[0]
    assert found["What this is for"].steps[0].startswith("Nothing is recommended to be set up now.")


def test_no_name_of_the_catalog_can_add_to_a_command() -> None:
    changed = own_server("software_studio", format="F16")
    slug = changed["plans"][0]["models"][0]["slug"]
    models = tuple(
        dataclasses.replace(model, hub_repo="a/b; rm -rf ~") if model.slug == slug else model
        for model in catalog().models
    )

    parts = guide(Sheet(document("software_studio") | changed, "en"), dataclasses.replace(catalog(), models=models))

    assert all("rm -rf" not in line for part in parts for line in part.commands)


def test_pictures_and_shapes_have_programs_of_their_own() -> None:
    found = made("design_firm")

    assert found["Main model: Z-Image-Turbo"].commands[-1] == "invokeai-web --root ~/invokeai"
    assert "It has no login" in found["Main model: Z-Image-Turbo"].steps[-1]
    assert "scripts.inference_triposg" in found["Main model: TripoSG 1.5B"].commands[-1]
    assert "list of models of InvokeAI" in found["Main model: Z-Image-Turbo"].steps[1]


def test_search_and_scans_stand_beside_the_model_of_text() -> None:
    found = made("law_office")

    assert "docling" in found["Reads pages and scans: Granite-Docling 258M"].commands[-1]
    assert not found["Finds the right passages: Harrier OSS v1 0.6B"].commands
    assert "settings of the program" in found["Finds the right passages: Harrier OSS v1 0.6B"].steps[0]


def test_ollama_is_offered_where_it_is_recommended_and_is_no_program_with_a_login() -> None:
    found = made("law_office")

    assert "ollama run MODEL" in found["Or with Ollama"].commands
    assert "no login" in found["Or with Ollama"].steps[1]
    assert "Ollama" not in found["The program people use"].steps[0]
    assert "Ollama" not in found["Security first"].steps[2]
    assert "Or with Ollama" not in made("software_studio", **own_server("software_studio", format="BF16"))


def test_where_no_commands_are_known_the_guide_says_so() -> None:
    changed = own_server("factory")
    changed["plans"][0]["machines"][0] |= {"device": "cambricon-mlu590"}
    found = made("factory", **changed)

    assert found["Install and start"].commands == ()
    assert found["Install and start"].steps == (
        "We know no commands for Ministral 3 3B here that its makers document. Follow their page: "
        "https://huggingface.co/mistralai/Ministral-3-3B-Instruct-2512",
    )


def test_hosted_services_have_contract_key_limit_and_a_first_bill_to_check() -> None:
    found = made("web_shop")

    assert "Sign the contract on data processing" in found["Security first"].steps[0]
    assert ("Each month, everything counted", "€221") in found["What to expect"].rows
    assert "One account a person" in " ".join(made("bakery")["Security first"].steps)


def test_the_report_has_it_as_an_annex_with_commands_as_they_are_typed() -> None:
    text = words(rendered(document("law_office"), catalog=catalog(), answers=sample("law_office")))

    assert packed("Annex: set-up guide") in text
    assert packed("docker run --network host --gpus all") in text


@pytest.mark.django_db
def test_the_page_shows_it_to_who_may_see_the_result(client: Client) -> None:
    published_version()
    assessment: Assessment = begin(client)
    address = reverse("reports:set_up", args=[assessment.public_id])
    assert client.get(address).status_code == 404
    assessment.answers = sample("low_use")
    assessment.save()
    compute_result(assessment=assessment, as_of=AS_OF)

    response = client.get(address)

    assert response.status_code == 200
    assert "Set a limit on spending with the supplier" in response.content.decode()
    assert address in client.get(reverse("assessments:result", args=[assessment.public_id])).content.decode()
    assert Client().get(address).status_code == 404
