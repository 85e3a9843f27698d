"""``manage.py size``: memory and speed of models on devices, one JSON request a line in, one JSON reply a line out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from advisor.engine.catalog import Catalog
from advisor.engine.sizing import parse_request, size

if TYPE_CHECKING:
    from collections.abc import Iterable

SHIPPED = "shipped"
NO_CATALOG = Catalog(content_hash="")


class Command(BaseCommand):
    help = (
        "Reads sizing requests from standard input, one JSON object a line, and answers each on a line of its own. "
        "A line that cannot be read is answered with an error, and the exit status is 1 at the end."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--catalog",
            default=SHIPPED,
            help="where slugs are looked up: a published version's number, or the shipped data files (the default)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.wanted: str = options["catalog"]
        failed = 0
        for line in self._lines():
            reply = self._reply(line)
            failed += "error" in reply
            self.stdout.write(json.dumps(reply, ensure_ascii=False))
            self.stdout.flush()
        if failed:
            raise CommandError(f"{failed} lines could not be answered", returncode=1)

    def _lines(self) -> Iterable[bytes]:
        """Bytes, so that one line in a wrong encoding spoils only itself."""
        return sys.stdin.buffer

    def _reply(self, line: bytes) -> dict[str, Any]:
        try:
            raw = json.loads(line)
        except (ValueError, RecursionError):
            return {"error": "request: the line is not JSON; write one object a line"}
        try:
            return size(parse_request(raw, self._catalog_for(raw))).to_document()
        except ValueError as error:
            return {"error": str(error)}

    def _catalog_for(self, raw: object) -> Catalog:
        """Requests that bring all figures with them need no catalog, so none is read."""
        named = isinstance(raw, dict) and any(isinstance(raw.get(key), str) for key in ("model", "device"))
        return self._catalog if named else NO_CATALOG

    @cached_property
    def _catalog(self) -> Catalog:
        from advisor.catalog.services import named_catalog

        try:
            return named_catalog(self.wanted)
        except LookupError as error:
            raise CommandError(f"--catalog: {error}") from None
