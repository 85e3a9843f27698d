"""An opt-in check that the recorded replies are still what a real server sends."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from pytest_socket import socket_allow_hosts

from tests.assistant.test_explain_figure import where
from tests.everyone import World, browser_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        "REAL_ASSISTANT" not in os.environ,
        reason="REAL_ASSISTANT=http://127.0.0.1:11434 REAL_ASSISTANT_MODEL=qwen3:8b asks a real server",
    ),
]


@pytest.fixture(autouse=True)
def real_server(settings: LazySettings) -> None:
    settings.ASSISTANT_URL = os.environ["REAL_ASSISTANT"]
    settings.ASSISTANT_MODEL = os.environ["REAL_ASSISTANT_MODEL"]
    settings.ASSISTANT_KEY = os.environ.get("REAL_ASSISTANT_KEY", "")
    settings.ASSISTANT_SECONDS = 600
    socket_allow_hosts(None)


def test_a_real_model_proposes_what_the_text_says(describe: Callable[..., Any]) -> None:
    response = describe("We are a law office in Berlin, Germany. 12 people work here. We translate letters every day.")

    found = {proposal.name: proposal for proposal in response.context["found"].offered}
    assert response.status_code == 200
    assert found["sector"].changes == {"sector": "legal"}
    assert found["staff_count"].changes == {"staff_count": 12}


def test_a_real_model_explains_a_figure(world: World) -> None:
    client: Client = browser_of("browser", world)

    assert client.post(where(world)).context["explanation"].paragraphs
