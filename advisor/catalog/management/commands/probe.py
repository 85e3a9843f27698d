"""``manage.py probe``: measure a server of one's own and set it against the engine's band."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser, ArgumentTypeError
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advisor.catalog.probe.comparison import Setup, compare, expected
from advisor.catalog.probe.measuring import LEAST_TOKENS, MOST_USERS, Plan, measure
from advisor.catalog.probe.report import Probe
from advisor.catalog.probe.telling import Told, told_by
from advisor.catalog.probe.wire import SILENCE_SECONDS, ProbeError, Server, server_at
from advisor.engine.formats import FORMATS, VLLM, format_name
from advisor.engine.runtimes import RUNTIME_CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable

    from advisor.engine.catalog import Catalog

KEY = "PROBE_API_KEY"


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.strip().isdecimal() or not least <= int(text) <= most:
            raise ArgumentTypeError(f"a whole number from {least} to {most}, not {text!r}")
        return int(text)

    return read


def _users(text: str) -> tuple[int, ...]:
    return tuple(sorted({_whole(1, MOST_USERS)(part) for part in text.split(",")}))


class Command(BaseCommand):
    help = (
        "Measures an OpenAI-compatible server: seconds to the first token and tokens per second at 1, 2, 4 ... users, "
        "set against the engine's band. It is meant for servers of one's own, so private addresses are allowed. "
        f"A key, where one is needed, is read from {KEY} and is neither shown nor stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        plan = Plan()
        parser.add_argument("url", help="address of the server, such as http://localhost:8000")
        parser.add_argument("--model", required=True, help="catalog slug of the model it serves")
        parser.add_argument("--device", required=True, help="catalog slug of the device it runs on")
        parser.add_argument("--device-count", type=_whole(1, 1024), default=1, help="how many of them (1)")
        parser.add_argument(
            "--weights", help="weight format, such as FP8 or Q4_K_M; needed when the server does not tell"
        )
        parser.add_argument("--runtime", help="such as vllm or llama.cpp; needed when the server does not tell")
        parser.add_argument("--served-name", help="its name on the server; needed when several are served")
        parser.add_argument("--users", type=_users, default=plan.users, help="users at once (1,2,4,8)")
        parser.add_argument("--runs", type=_whole(1, 100), default=plan.runs, help="repetitions of each (3)")
        parser.add_argument("--prompt-tokens", type=_whole(16, 1_000_000), default=plan.prompt_tokens)
        parser.add_argument("--output-tokens", type=_whole(LEAST_TOKENS, 100_000), default=plan.output_tokens)
        parser.add_argument(
            "--wait", type=_whole(1, 3600), default=int(SILENCE_SECONDS), help="longest silence, seconds (120)"
        )
        parser.add_argument("--catalog", help="a published version's number, or 'shipped' for the data files")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print the result")
        parser.add_argument("--submit", action="store_true", help="store it for review; accepted ones are published")
        parser.add_argument("--by", default="", help="who measured, kept with a submitted measurement")
        parser.add_argument("--notes", default="", help="settings worth knowing, published with the measurement")

    def handle(self, *args: Any, **options: Any) -> None:
        catalog = _catalog(options["catalog"])
        try:
            server = server_at(options["url"], os.environ.get(KEY, "").strip(), options["wait"])
            with server.client:
                probe = self._probe(server, catalog, options)
        except ProbeError as error:
            raise CommandError(str(error)) from None
        if options["format"] == "json":
            self.stdout.write(json.dumps(probe.to_document(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(probe.lines()))
        if options["submit"]:
            self._submit(probe, options)

    def _probe(self, server: Server, catalog: Catalog, options: dict[str, Any]) -> Probe:
        # a wrong name is told before the server is asked; the stand-ins are names that exist
        _setup(options, Told(runtime=options["runtime"] or VLLM, weights=options["weights"] or "F16"), catalog)
        listed = _listed(server, options["served_name"])
        told = told_by(server, listed)
        setup = _setup(options, told, catalog)
        plan = Plan(options["users"], options["runs"], options["prompt_tokens"], options["output_tokens"])
        measured = measure(server, str(listed["id"]), plan, lambda text: self.stderr.write(f"{text} ..."))
        # a server that loads on demand tells about its memory only once it has answered
        told = told_by(server, listed)
        return Probe(setup, measured, told, compare(setup, measured, catalog))

    def _submit(self, probe: Probe, options: dict[str, Any]) -> None:
        from advisor.catalog.measurements import NotSubmitted, submit

        try:
            stored = submit(probe=probe, measured_on=timezone.localdate(), by=options["by"], notes=options["notes"])
        except NotSubmitted as error:
            raise CommandError(str(error)) from None
        self.stderr.write(f"Submitted for review as {stored.slug}.")


def _catalog(wanted: str | None) -> Catalog:
    """The catalog named, or the current version, or the data files where nothing is published."""
    from advisor.catalog import services

    if wanted is None:
        current = services.current_version()
        return services.shipped_catalog() if current is None else services.engine_catalog(current)
    try:
        return services.named_catalog(wanted)
    except LookupError as error:
        raise CommandError(f"--catalog: {error}") from None


def _listed(server: Server, served_name: str | None) -> dict[str, Any]:
    """The row of the model to measure."""
    listed = server.models()
    if served_name is not None:
        listed = [row for row in listed if row["id"] == served_name]
    if len(listed) == 1:
        return listed[0]
    if not listed:
        raise ProbeError(f"{server} serves no model" + (f" called {served_name}." if served_name else "."))
    names = ", ".join(str(row["id"])[:60] for row in listed[:8])
    raise ProbeError(f"{server} serves {len(listed)} models; name one with --served-name: {names}")


def _setup(options: dict[str, Any], told: Told, catalog: Catalog) -> Setup:
    """What was typed goes before what the server tells.

    Raises:
        ProbeError: a slug, format or runtime is not known, or the format is neither given nor told.
    """
    weights = options["weights"] or told.weights
    if weights is None:
        raise ProbeError("The server does not tell its weight format; give it with --weights, such as FP8 or Q4_K_M.")
    try:
        name = format_name(weights)
        runtime = options["runtime"] or told.runtime or _only_runtime(name)
        setup = Setup(options["model"], name, runtime, options["device"], options["device_count"])
        expected(setup, catalog)
    except ValueError as error:
        raise ProbeError(f"{error}.") from None
    classes = {RUNTIME_CLASSES.get(name.lower(), name) for name in (runtime, told.runtime) if name}
    if told.runtime is not None and len(classes) > 1:
        raise ProbeError(f"--runtime says {runtime}, but the server is {told.runtime}.")
    return setup


def _only_runtime(weights: str) -> str:
    """The runtime that a format belongs to: a GGUF file runs on llama.cpp.

    Raises:
        ProbeError: several load it.
    """
    runtime = FORMATS[weights].runtime
    if runtime not in RUNTIME_CLASSES:
        raise ProbeError(
            "The server does not tell what program it is; give it with --runtime, such as vllm or llama.cpp."
        )
    return runtime
