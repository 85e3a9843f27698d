"""The project's own server on a stage of its own: services, rows, a server as in use, and one with everything that is
usually switched off."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress

from advisor.web import embedded, throwaway
from tests.gallery.visiting import Site
from tests.openai_server import openai_server

START_SECONDS = 60.0
SET_UP = "from tests.gallery.stage import set_up; print(set_up())"
HOST = "127.0.0.1"


@contextmanager
def served() -> Iterator[Site]:
    """A site with every row the screens need; all of it is gone afterwards."""
    with throwaway.services() as environment, ExitStack() as stack:
        _manage(environment, "migrate")
        stage = json.loads(_manage(environment, "shell", "-c", SET_UP).splitlines()[-1])
        address, model = stack.enter_context(openai_server())
        extras = {"DEBUG": "1", "ASSISTANT_URL": address, "ASSISTANT_MODEL": "qwen3-8b"}
        ports = [stack.enter_context(_server(environment | more)) for more in ({}, extras)]
        yield Site(stage["places"], stage["sessions"], model, *(f"http://{HOST}:{port}" for port in ports))


def _manage(environment: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments, "--verbosity=0"]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def _server(environment: Mapping[str, str]) -> Iterator[int]:
    """The port of a server of the project."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "advisor.web.serve", f"--port={port}", "--workers=1"]
    with tempfile.TemporaryFile() as log:
        ends = embedded.dies_with_parent(signal.SIGTERM)
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, preexec_fn=ends)
        try:
            _wait_until_answered(port)
            yield port
        finally:
            server.terminate()
            server.wait()


def _wait_until_answered(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError, http.client.HTTPException), closing(http.client.HTTPConnection(HOST, port)) as asked:
            asked.request("GET", "/accounts/login/")
            asked.getresponse().read()
            return
        time.sleep(0.1)
    raise RuntimeError("The server does not answer.")
