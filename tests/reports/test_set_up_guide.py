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
from advisor.reports.guide import Part, guide
from advisor.reports.runtimes import RUNTIMES
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


@pytest.mark.parametrize("runtime", RUNTIMES.values(), ids=lambda each: each.name)
def test_every_program_listens_on_its_own_machine_alone_and_asks_for_a_key(runtime: Any) -> None:
    text = " ".join(runtime.start)

    assert "--host 127.0.0.1" in text
    assert "0.0.0.0" not in text  # noqa: S104
    assert "API_KEY" in text or "--api-key" in text
    assert runtime.source.startswith("https://")
    assert runtime.read_on >= "2026-11-01"


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
        "llama-server -m MODEL --host 127.0.0.1 --port 8080 --api-key-file keys.txt -c 32768 -np 2",
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


@pytest.mark.parametrize("name", ["design_firm", "factory"])
def test_without_commands_that_apply_the_programs_are_named(name: str) -> None:
    """Pictures, and accelerators that these programs do not run on as they come."""
    found = made(name)

    assert "Get the model" not in found
    assert not [line for part in found.values() for line in part.commands]
    assert "AnythingLLM" in found["Install and start"].steps[0]


def test_hosted_services_have_contract_key_limit_and_a_first_bill_to_check() -> None:
    found = made("web_shop")

    assert "Sign the contract on data processing" in found["Security first"].steps[0]
    assert ("Each month, everything counted", "€221") in found["What to expect"].rows
    assert "One account a person" in " ".join(made("bakery")["Security first"].steps)


def test_the_report_has_it_as_an_annex_with_commands_as_they_are_typed() -> None:
    text = words(rendered(document("law_office"), catalog=catalog(), answers=sample("law_office")))

    assert packed("Annex: set-up guide") in text
    assert packed("llama-server -m MODEL --host 127.0.0.1 --port 8080 --api-key-file keys.txt -c 32768 -np 2") in text


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
