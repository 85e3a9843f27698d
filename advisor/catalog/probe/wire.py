"""Talking to an OpenAI-compatible server: one streamed answer, timed token by token.

Unlike importers, a probe is run by hand against a server of one's own, so private addresses are allowed here. It
follows no redirect and uses no proxy: the key goes to the address that was typed and nowhere else.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2

CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 120.0  # a long prompt on a slow machine may take a minute before the first word; assumed
ANSWER_SECONDS = 1800.0  # a few hundred tokens at a quarter of a token a second; assumed
LINE_BYTES = 1_000_000  # one event; real ones are under a kilobyte
TELLING_BYTES = 2_000_000  # a page of metrics
REFUSAL_BYTES = 50_000  # how much of a refusal is read
SHOWN_CHARACTERS = 200


class ProbeError(Exception):
    """The server could not be measured; the message is one sentence for the person who asked."""


@dataclass(frozen=True)
class Answer:
    """One streamed answer. Times are seconds of one clock; token counts are the server's own, or ``None``."""

    sent: float
    first: float  # the first piece of text, thought or spoken
    last: float
    pieces: int
    prompt_tokens: int | None
    cached_tokens: int
    completion_tokens: int | None


@dataclass(frozen=True)
class Server:
    """Where to ask and with what key. ``str()`` never shows the key."""

    root: str  # "http://10.0.0.5:8000", without /v1
    key: str
    client: httpx2.Client

    def __str__(self) -> str:
        return self.root

    def models(self) -> list[dict[str, Any]]:
        """What the server says it serves.

        Raises:
            ProbeError: it cannot be reached, wants another key, or answers something else than a list of models.
        """
        reply = self._get("/v1/models")
        if reply.status_code != httpx2.codes.OK:
            raise ProbeError(self._status(reply.status_code, reply.text))
        listed = _object(reply.text, f"{self.root}/v1/models").get("data")
        if not isinstance(listed, list) or not all(isinstance(row, dict) and row.get("id") for row in listed):
            raise ProbeError(f"{self.root}/v1/models lists no models; is this an OpenAI-compatible server?")
        return listed

    def told(self, path: str) -> str | None:
        """A page that only some servers have; ``None`` where this one does not."""
        try:
            reply = self._get(path)
        except ProbeError:
            return None
        good = reply.status_code == httpx2.codes.OK and len(reply.content) <= TELLING_BYTES
        return reply.text if good else None

    def ask(self, request: dict[str, Any], clock: Callable[[], float] = time.perf_counter) -> Answer:
        """Send one chat request and time its answer.

        Raises:
            ProbeError: in one sentence, whatever went wrong.
        """
        sent = clock()
        body = request | {"stream": True, "stream_options": {"include_usage": True}}
        try:
            with self.client.stream("POST", f"{self.root}/v1/chat/completions", json=body) as reply:
                if reply.status_code != httpx2.codes.OK:
                    raise ProbeError(self._status(reply.status_code, _beginning(reply)))
                if "text/event-stream" not in reply.headers.get("content-type", ""):
                    raise ProbeError(f"{self.root} does not stream its answers, so nothing can be timed.")
                return self._timed(_events(reply), sent, clock)
        except httpx2.HTTPError as error:
            raise ProbeError(self._unreachable(error)) from None

    def _timed(self, events: Iterator[str], sent: float, clock: Callable[[], float]) -> Answer:
        first = last = None
        pieces, finished = 0, False
        usage: dict[str, Any] = {}
        for event in events:
            if clock() - sent > ANSWER_SECONDS:
                raise ProbeError(f"{self.root} was still answering after {ANSWER_SECONDS / 60:.0f} minutes.")
            if event == "[DONE]":
                finished = True
                break
            chunk = _object(event, f"a piece of the answer of {self.root}")
            if chunk.get("error"):
                raise ProbeError(f"{self.root} gave up in the middle: {self._quoted(_message(chunk['error']))}")
            text, ended = _piece(chunk)
            finished = finished or ended
            usage = chunk["usage"] if isinstance(chunk.get("usage"), dict) else usage
            if text:
                last = clock()
                first = last if first is None else first
                pieces += 1
        if not finished:
            raise ProbeError(f"{self.root} closed the connection in the middle of an answer.")
        if first is None or last is None:
            raise ProbeError(f"{self.root} answered without a single word.")
        details = usage.get("prompt_tokens_details")
        cached = details.get("cached_tokens") if isinstance(details, dict) else None
        prompt, completion = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
        return Answer(sent, first, last, pieces, prompt, _count(cached) or 0, completion)

    def _get(self, path: str) -> httpx2.Response:
        try:
            return self.client.get(self.root + path)
        except httpx2.HTTPError as error:
            raise ProbeError(self._unreachable(error)) from None

    def _unreachable(self, error: httpx2.HTTPError) -> str:
        match error:
            case httpx2.ConnectTimeout():
                return f"{self.root} did not take the connection within {CONNECT_SECONDS:.0f} seconds."
            case httpx2.TimeoutException():
                return (
                    f"{self.root} was silent for {self.client.timeout.read:.0f} seconds; a slower machine needs --wait."
                )
            case httpx2.ConnectError():
                return f"{self.root} cannot be reached: {self._quoted(str(error))}"
            case httpx2.RemoteProtocolError() | httpx2.ReadError():
                return f"{self.root} closed the connection in the middle of an answer."
            case _:
                return f"{self.root} could not be asked: {self._quoted(str(error))}"

    def _status(self, status: int, text: str) -> str:
        if status in (401, 403):
            return f"{self.root} wants another key (status {status}); put it into PROBE_API_KEY."
        if 300 <= status < 400:
            return f"{self.root} sends its visitors elsewhere (status {status}); give the address it leads to."
        try:
            text = _message(_object(text, "").get("error", text))
        except ProbeError:
            text = " ".join(text.split())
        return f"{self.root} refused with status {status}: {self._quoted(text) or 'no reason given'}"

    def _quoted(self, text: str) -> str:
        """A server's words, short, on one line, and without the key, which some servers repeat."""
        words = " ".join(text.split())
        return (words.replace(self.key, "***") if self.key else words)[:SHOWN_CHARACTERS]


def server_at(address: str, key: str, wait: float = SILENCE_SECONDS) -> Server:
    """Open a client for the server at this address, with or without ``/v1``. Close ``.client`` when done.

    Raises:
        ProbeError: the address is none.
    """
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ProbeError(f"{address!r} is no address of a server; write it like http://localhost:8000")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ProbeError("Give the plain address of the server; a key goes into PROBE_API_KEY.")
    if not key.isascii() or not key.isprintable():
        raise ProbeError("PROBE_API_KEY holds characters that no key has.")
    root = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/').removesuffix('/v1')}"
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    timeout = httpx2.Timeout(wait, connect=CONNECT_SECONDS)
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
    return Server(root, key, httpx2.Client(headers=headers, timeout=timeout, limits=limits, trust_env=False))


def _events(reply: httpx2.Response) -> Iterator[str]:
    """The data of each server-sent event (WHATWG HTML, section 9.2); our servers put each into one line."""
    waiting = b""
    for part in reply.iter_bytes():
        waiting += part
        *lines, waiting = waiting.split(b"\n")
        if len(waiting) > LINE_BYTES:
            raise ProbeError("The server sent a line that does not end; that is no stream of answers.")
        for line in lines:
            if line.startswith(b"data:"):
                yield line[5:].strip().decode("utf-8", "replace")


def _beginning(reply: httpx2.Response) -> str:
    """The first part of a body, so that an endless refusal ends too."""
    read = b""
    for part in reply.iter_bytes():
        read += part
        if len(read) > REFUSAL_BYTES:
            break
    return read.decode("utf-8", "replace")


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise ProbeError(f"What came back from {where} is not the JSON of an OpenAI-compatible server.")
    return read


def _piece(chunk: dict[str, Any]) -> tuple[bool, bool]:
    """Whether a chunk carries text, thoughts included, and whether it ends the answer."""
    choices = chunk.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    found = choice.get("delta")
    delta = found if isinstance(found, dict) else {}
    text = any(
        isinstance(delta.get(name), str) and delta[name] for name in ("content", "reasoning_content", "reasoning")
    )
    return text, choice.get("finish_reason") is not None


def _message(error: Any) -> str:
    return str(error.get("message", error)) if isinstance(error, dict) else str(error)


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
