"""``manage.py browse_times``: how long the public list of models takes with many models; leaves nothing behind."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from itertools import cycle, islice
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advisor.catalog.models import CatalogVersion
from advisor.catalog.services import canonical_json, content_hash, shipped_document
from advisor.web.timing import at

# What visitors ask for, from the plain list to every wish at once.
ADDRESSES = (
    "/models/",
    "/models/?page=2",
    "/models/?task=chat&sort=memory",
    "/models/?q=qwen",
    "/models/?use=standard&country=DE&memory=24",
    "/models/?language=de&unknown=1&sort=downloads",
    "/models/?task=code&size=15-40&since=2026&openness=open_weights_permissive&sort=hosted-price",
)


class Command(BaseCommand):
    help = "Times the public list of models on a made-up version with many models, and prints p50, p95 and the slowest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--models", type=int, default=2000, help="models in the made-up version (2000)")
        parser.add_argument("--requests", type=int, default=350, help="requests to time (350)")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            publish_document(grown(shipped_document(), options["models"]))
            client = Client(headers={"host": "localhost"})
            first, _cpu = _timed(client, ADDRESSES[0])
            taken = [_timed(client, address) for address in islice(cycle(ADDRESSES), options["requests"])]
            with CaptureQueriesContext(connection) as queries:
                client.get(ADDRESSES[0])
            transaction.set_rollback(True)
        times, cpu = (sorted(column) for column in zip(*taken, strict=True))
        self.stdout.write(
            f"{options['models']} models, {len(times)} requests: "
            f"p50 {at(times, 0.5):.1f} ms, p95 {at(times, 0.95):.1f} ms, slowest {times[-1]:.1f} ms; "
            f"of it this process's own work: p50 {at(cpu, 0.5):.1f} ms, p95 {at(cpu, 0.95):.1f} ms; "
            f"first after a publication {first:.0f} ms; {len(queries)} queries a request"
        )


def _timed(client: Client, address: str) -> tuple[float, float]:
    """Milliseconds of one request, all middleware included: on the clock, and of this process's processor time."""
    start, used = time.perf_counter(), time.process_time()
    response = client.get(address)
    took = ((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000)
    if response.status_code != 200:
        raise AssertionError(f"{address}: {response.status_code}")
    return took


def grown(document: dict[str, Any], count: int) -> dict[str, Any]:
    """The document with exactly ``count`` models: its own, repeated under numbered names; rows of the others go."""
    models = document["entries"]["models"]
    numbered = [
        row | {"slug": f"{row['slug']}-{number // len(models)}", "name": f"{row['name']} ({number // len(models)})"}
        if number >= len(models)
        else row
        for number, row in enumerate(islice(cycle(models), count))
    ]
    known = {row["slug"] for row in numbered}
    kept = {
        kind: [row for row in rows if row.get("model") is None or row["model"] in known]
        for kind, rows in document["entries"].items()
    }
    return document | {"entries": kept | {"models": numbered}}


def publish_document(document: dict[str, Any]) -> CatalogVersion:
    """Freeze a document as it is, without drafts."""
    text = canonical_json(document)
    last = CatalogVersion.objects.first()
    return CatalogVersion.objects.create(
        number=last.number + 1 if last else 1, content_hash=content_hash(text), document=text
    )
