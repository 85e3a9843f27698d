"""Asking the operator's model one question: an OpenAI-compatible chat request, its answer as text or as JSON.

The address comes from the settings alone, so it may be private; everything else is as strict as for any other reading
from the network (``advisor/web/safe_fetch.py``): one deadline, a limit on the bytes, JSON only, no proxy. Redirects are
not followed, because the key must go nowhere else. Nothing that was sent or that came back is stored or logged.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx2
from django.conf import settings
from django.utils.translation import gettext as _

from advisor.web.safe_fetch import FetchError, FetchTooSlow, Limits, safe_client

# Assumed, with a wide margin: the answers of a whole questionnaire are a few kilobytes, thoughts of a model some more.
REPLY_BYTES = 400_000
# Statuses with which servers that do not know `response_format`, or not with a schema, refuse it.
FORMAT_NOT_KNOWN = (400, 422, 501)
_free = BoundedSemaphore(settings.ASSISTANT_AT_ONCE)
_log = logging.getLogger(__name__)


class AssistantError(Exception):
    """Nothing usable came back; the message is a sentence for the visitor."""


@dataclass(frozen=True)
class Question:
    """What the model is told. With a schema (JSON Schema of an object) the answer is asked for as JSON."""

    instructions: str
    material: str
    max_tokens: int
    schema: dict[str, Any] | None = None

    def body(self, *, formatted: bool) -> dict[str, Any]:
        """The request. Without ``formatted`` the instructions alone say what the answer should look like."""
        messages = [
            {"role": "system", "content": self.instructions},
            {"role": "user", "content": self.material},
        ]
        body = {
            "model": settings.ASSISTANT_MODEL,
            "messages": messages,
            "max_tokens": self.max_tokens,
            "temperature": 0,
            "stream": False,
        }
        if self.schema is None or not formatted:
            return body
        named = {"name": "answer", "strict": True, "schema": self.schema}
        return body | {"response_format": {"type": "json_schema", "json_schema": named}}


def is_on() -> bool:
    """Whether the operator named a server."""
    return bool(settings.ASSISTANT_URL)


def server_name() -> str:
    """The server as visitors are told of it: its host."""
    return urlsplit(settings.ASSISTANT_URL).hostname or ""


def ask(question: Question) -> str:
    """The model's words, without the thoughts before them.

    Raises:
        AssistantError: in one sentence, whatever went wrong.
    """
    if not _free.acquire(blocking=False):
        raise AssistantError(_("Too many people are asking at this moment. Please try again in a minute."))
    try:
        limits = Limits(
            seconds=settings.ASSISTANT_SECONDS, reply_bytes=REPLY_BYTES, content_types=("application/json",)
        )
        with safe_client(limits, allowed_hosts=[_host_and_port()]) as client:
            return _words(_answered(client, question))
    except FetchTooSlow:
        raise _failed(
            f"no answer within {settings.ASSISTANT_SECONDS} seconds", _("The model took too long to answer.")
        ) from None
    except (FetchError, httpx2.HTTPError) as error:
        sentence = _("The model could not be reached, or did not answer properly.")
        raise _failed(f"{type(error).__name__}: {error}", sentence) from None
    finally:
        _free.release()


def _answered(client: httpx2.Client, question: Question) -> httpx2.Response:
    reply = _post(client, question.body(formatted=True))
    if question.schema is not None and reply.status_code in FORMAT_NOT_KNOWN:
        reply = _post(client, question.body(formatted=False))
    match reply.status_code:
        case 200:
            return reply
        case 401 | 403:
            raise _failed(f"status {reply.status_code}: wrong key?", _("The model's server does not let this site in."))
        case 429 | 503:
            raise _failed(f"status {reply.status_code}", _("The model is busy. Please try again in a minute."))
        case status:
            raise _failed(f"status {status}", _("The model's server refused the question."))


def _post(client: httpx2.Client, body: dict[str, Any]) -> httpx2.Response:
    key = settings.ASSISTANT_KEY
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    address = f"{settings.ASSISTANT_URL.removesuffix('/v1')}/v1/chat/completions"
    # The deadline of the client ends everything; no step has a shorter one of its own.
    return client.post(address, json=body, headers=headers, timeout=None, follow_redirects=False)


def _words(reply: httpx2.Response) -> str:
    """The text of the one choice of a chat completion."""
    try:
        choice = json.loads(reply.content)["choices"][0]
        message, ended = choice["message"], choice.get("finish_reason")
        content, refusal = message.get("content"), message.get("refusal")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise _failed("not a chat completion", _unreadable()) from None
    if refusal or ended == "content_filter":
        raise _failed("declined", _("The model declined to answer."))
    if ended == "length":
        raise _failed("cut off", _("The model's answer broke off in the middle."))
    if not isinstance(content, str):
        raise _failed("no text", _unreadable())
    words = content.rpartition("</think>")[2].strip()  # some servers leave the thoughts in front of the answer
    if not words:
        raise _failed("empty", _("The model answered with nothing."))
    return words


def json_object(words: str) -> dict[str, Any]:
    """The JSON object in the model's words, which may stand between sentences or in a fence.

    Raises:
        AssistantError: there is none.
    """
    start, end = words.find("{"), words.rfind("}")
    try:
        found = json.loads(words[start : end + 1], parse_constant=_not_json)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _failed("no JSON object", _("The model did not answer in the form it was asked for."))
    return found


def _unreadable() -> str:
    return _("What came back from the model's server could not be read.")


def _not_json(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and infinity, which Python's reader would let pass


def _host_and_port() -> str:
    parts = urlsplit(settings.ASSISTANT_URL)
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _failed(reason: str, sentence: str) -> AssistantError:
    """The reason goes to the operator's log, the sentence to the visitor."""
    _log.warning("assistant: %s", reason)
    return AssistantError(sentence)
