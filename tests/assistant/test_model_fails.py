"""Whatever the operator's model does, the visitor reads a clear sentence and loses nothing."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from advisor.assessments.models import Assessment
from advisor.assistant import wire
from tests.assistant.conftest import REPLY, TEXT
from tests.openai_server import Behavior

pytestmark = pytest.mark.django_db
Describe = Callable[..., Any]

COULD_NOT_READ = "What came back from the model&#x27;s server could not be read."
NOT_IN_FORM = "The model did not answer in the form it was asked for."
NOT_REACHED = "The model could not be reached, or did not answer properly."
REFUSED = "The model&#x27;s server refused the question."
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "no JSON in the words": ({"words": "I think you should buy a bakery."}, NOT_IN_FORM),
    "broken JSON": ({"words": '{"sector": {"value": "retail"'}, NOT_IN_FORM),
    "a list": ({"words": "[1, 2]"}, NOT_IN_FORM),
    "not a number": ({"words": '{"staff_count": {"value": NaN, "passage": "with 12 people"}}'}, NOT_IN_FORM),
    "nested too deep": ({"words": '{"a":' * 20_000 + "1" + "}" * 20_000}, NOT_IN_FORM),
    "a number of 5,000 digits": ({"words": '{"staff_count": ' + "9" * 5_000 + "}"}, NOT_IN_FORM),
    "nothing": ({"words": ""}, "The model answered with nothing."),
    "white space": ({"words": " \n"}, "The model answered with nothing."),
    "only thoughts": ({"words": "<think>hm</think>"}, "The model answered with nothing."),
    "no text": ({"words": None}, COULD_NOT_READ),
    "parts": ({"words": None, "message": {"content": [{"type": "text"}]}}, COULD_NOT_READ),
    "a refusal": ({"message": {"refusal": "I cannot help with that."}}, "The model declined to answer."),
    "filtered": ({"ended": "content_filter"}, "The model declined to answer."),
    "cut off": ({"ended": "length"}, "The model&#x27;s answer broke off in the middle."),
    "a body without choices": ({"body": "{}"}, COULD_NOT_READ),
    "an empty list of choices": ({"body": '{"choices": []}'}, COULD_NOT_READ),
    "a body that is a list": ({"body": "[]"}, COULD_NOT_READ),
    "a body that is no JSON": ({"body": "<html>oops</html>"}, COULD_NOT_READ),
    "a message that is text": ({"body": '{"choices": [{"message": "hello"}]}'}, COULD_NOT_READ),
    "another type": ({"whole_type": "text/html"}, NOT_REACHED),
    "huge": ({"body": '"' + "x" * (wire.REPLY_BYTES + 1) + '"'}, NOT_REACHED),
    "an error of the server": ({"status": 500}, REFUSED),
    "no such model": ({"status": 404}, REFUSED),
    "no such request": ({"status": 400}, REFUSED),
    "wrong key": ({"key": "another"}, "The model&#x27;s server does not let this site in."),
    "sent elsewhere": ({"location": "http://127.0.0.1:1/"}, REFUSED),
    "busy": ({"status": 503}, "The model is busy. Please try again in a minute."),
    "asked too often": ({"status": 429}, "The model is busy. Please try again in a minute."),
}


def is_told(response: Any, sentence: str) -> None:
    page = response.content.decode()
    assert response.status_code == 422
    assert f"<strong>{sentence}</strong>" in page
    assert "Nothing was changed, and your text is still below." in " ".join(page.split())
    assert "We are a bakery in Lyon with 12 people" in page


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_and_nothing_is_lost(
    model: Behavior, describe: Describe, assessment: Assessment, fault: str
) -> None:
    fields, sentence = FAULTS[fault]
    for name, value in fields.items():
        setattr(model, name, value)
    before = assessment.answers

    response = describe()

    is_told(response, sentence)
    assessment.refresh_from_db()
    assert assessment.answers == before


def test_a_server_that_is_down_is_told(model: Behavior, describe: Describe, settings: LazySettings) -> None:
    settings.ASSISTANT_URL = "http://127.0.0.1:1"

    is_told(describe(), NOT_REACHED)


def test_a_name_without_an_address_is_told(model: Behavior, describe: Describe, settings: LazySettings) -> None:
    settings.ASSISTANT_URL = "http://no-such-host.invalid"

    is_told(describe(), NOT_REACHED)


def test_a_slow_model_is_left_after_the_time_the_operator_set(
    model: Behavior, describe: Describe, settings: LazySettings
) -> None:
    settings.ASSISTANT_SECONDS, model.first_s = 1, 3.0
    began = time.monotonic()

    is_told(describe(), "The model took too long to answer.")
    assert time.monotonic() - began < 2.5


def test_more_at_once_than_there_are_threads_for_are_told_to_wait(
    model: Behavior, describe: Describe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_free", threading.BoundedSemaphore(1))

    with wire._free:
        is_told(describe(), "Too many people are asking at this moment. Please try again in a minute.")

    assert describe().status_code == 200


def test_a_failure_frees_the_place_again(model: Behavior, describe: Describe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_free", threading.BoundedSemaphore(1))
    model.status = 500
    describe()
    model.status = 200

    assert describe().status_code == 200


def test_the_key_is_not_sent_on_to_another_address(model: Behavior, describe: Describe, settings: LazySettings) -> None:
    settings.ASSISTANT_KEY = "s3cret"
    model.location = settings.ASSISTANT_URL + "/elsewhere"

    is_told(describe(), REFUSED)
    assert len(model.asked) == 1


def test_only_the_address_of_the_settings_may_be_private(
    model: Behavior, describe: Describe, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FETCH_ALLOWED_HOSTS = []
    monkeypatch.setattr(wire, "_host_and_port", lambda: "127.0.0.1:9")

    is_told(describe(), NOT_REACHED)
    assert model.asked == []


def test_the_log_names_the_fault_and_neither_text_nor_key(
    model: Behavior, describe: Describe, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ASSISTANT_KEY = "s3cret"
    model.status, model.refusal = 500, json.dumps({"error": f"bad prompt: {TEXT}, key s3cret"})

    with caplog.at_level(logging.DEBUG):
        describe()

    assert "assistant: status 500" in caplog.text
    assert "Lyon" not in caplog.text
    assert "s3cret" not in caplog.text


def test_the_next_try_works(client: Client, model: Behavior, describe: Describe) -> None:
    model.words = "oops"
    describe()
    model.words = json.dumps(REPLY)

    assert describe().status_code == 200
