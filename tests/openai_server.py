"""A local server that speaks the OpenAI protocol as vLLM, llama.cpp and Ollama do, with known timing and faults."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Behavior:
    """Change fields to make it behave otherwise. Times in seconds, on a fixed timetable from the request's arrival."""

    first_s: float = 0.06  # of a reply in a whole: the time until it comes
    gap_s: float = 0.02
    tokens: int | None = None  # None = as many as max_tokens
    prompt_tokens: int = 500
    cached_tokens: int = 0
    usage: bool = True
    key: str = ""
    status: int = 200
    refusal: str = '{"error": {"message": "no"}}'
    location: str = ""
    content_type: str = "text/event-stream"
    at_once: bool = False  # the whole answer in one piece
    silent: bool = False
    cut_after: int | None = None  # pieces, then the connection closes
    broken_after: int | None = None  # pieces, then something that is no JSON
    error_after: int | None = None  # pieces, then an error of the server inside the stream
    thoughts: int = 0  # the first pieces are thoughts
    endless_line: bool = False
    done: bool = True  # it says why the answer ended
    closing: bool = True  # and closes with [DONE]
    models: list[dict[str, Any]] = field(default_factory=lambda: [{"id": "Qwen3-8B-Q4_K_M.gguf", "owned_by": "me"}])
    pages: dict[str, str] = field(default_factory=dict)  # "/metrics" -> text
    # Requests that do not ask for a stream get one reply in a whole: the words, or a body that says something else.
    words: str | None = "Hello."
    ended: str = "stop"
    message: dict[str, Any] = field(default_factory=dict)  # more of the message, or instead of its words
    body: str | None = None  # the whole body instead
    whole_type: str = "application/json"
    refuses_schema: bool = False  # a server that knows no response_format
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        behavior = self.server.behavior
        behavior.headers.append(dict(self.headers))
        if self.path == "/v1/models":
            if self._refused(behavior):
                return
            self._whole(200, json.dumps({"object": "list", "data": behavior.models}))
        elif self.path in behavior.pages:
            self._whole(200, behavior.pages[self.path])
        else:
            self._whole(404, "{}")

    def do_POST(self) -> None:
        behavior, arrived = self.server.behavior, time.perf_counter()
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        behavior.asked.append(request)
        if behavior.status != 200 or self._refused(behavior):
            if behavior.status != 200:
                self._whole(behavior.status, behavior.refusal)
            return
        if not request.get("stream"):
            self._at_once(behavior, request)
            return
        self.send_response(200)
        self.send_header("Content-Type", behavior.content_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if behavior.silent:
            time.sleep(3)
            self.close_connection = True
            return
        try:
            for at, text in self._events(behavior, behavior.tokens or request["max_tokens"]):
                time.sleep(max(0.0, arrived + at - time.perf_counter()))
                self._chunk(text)
        except ConnectionError:
            return
        self.close_connection = True
        if behavior.cut_after is None:
            self.wfile.write(b"0\r\n\r\n")

    def _at_once(self, behavior: Behavior, request: dict[str, Any]) -> None:
        behavior.headers.append(dict(self.headers))
        time.sleep(behavior.first_s)
        if behavior.refuses_schema and "response_format" in request:
            self._whole(400, '{"error": {"message": "response_format is not supported"}}')
            return
        message = {"role": "assistant", "content": behavior.words, **behavior.message}
        reply = {"object": "chat.completion", "choices": [{"message": message, "finish_reason": behavior.ended}]}
        self._whole(200, json.dumps(reply) if behavior.body is None else behavior.body, behavior.whole_type)

    def _events(self, behavior: Behavior, tokens: int) -> Iterator[tuple[float, str]]:
        if behavior.endless_line:
            yield 0, "data: " + "x" * 1_200_000
        yield 0, ": a comment\n\n"
        yield 0, _event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]})
        for number in range(1 if behavior.at_once else tokens):
            at = behavior.first_s + number * behavior.gap_s
            if number == behavior.cut_after:
                return
            if number == behavior.broken_after:
                yield at, "data: {not json\n\n"
            if number == behavior.error_after:
                yield at, _event({"error": {"message": f"out of memory, your key {behavior.key} was charged"}})
            name = "reasoning_content" if number < behavior.thoughts else "content"
            yield at, _event({"choices": [{"index": 0, "delta": {name: " word"}, "finish_reason": None}]})
        end = behavior.first_s + tokens * behavior.gap_s
        if not behavior.done:
            return
        yield end, _event({"choices": [{"index": 0, "delta": {}, "finish_reason": "length"}]})
        if behavior.usage:
            usage = {"prompt_tokens": behavior.prompt_tokens, "completion_tokens": tokens}
            usage |= {"total_tokens": sum(usage.values())}
            details = {"prompt_tokens_details": {"cached_tokens": behavior.cached_tokens}}
            yield end, _event({"choices": [], "usage": usage | details})
        if behavior.closing:
            yield end, "data: [DONE]\n\n"

    def _refused(self, behavior: Behavior) -> bool:
        if behavior.location:
            self.send_response(307)
            self.send_header("Location", behavior.location)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return True
        if behavior.key and self.headers.get("Authorization") != f"Bearer {behavior.key}":
            self._whole(401, json.dumps({"error": {"message": f"wrong key {self.headers.get('Authorization')}"}}))
            return True
        return False

    def _whole(self, status: int, text: str, kind: str = "application/json") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _chunk(self, text: str) -> None:
        body = text.encode()
        self.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
        self.wfile.flush()


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data)}\n\n"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    behavior: Behavior

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who went away is no error."""


@contextmanager
def openai_server() -> Iterator[tuple[str, Behavior]]:
    """The address and what to change about it."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.behavior = Behavior()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", server.behavior
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
