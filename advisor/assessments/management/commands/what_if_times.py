"""``manage.py what_if_times``: how long a reply of the money panel takes on the samples; leaves nothing behind."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from datetime import date
from itertools import cycle, islice
from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand
from django.db import transaction
from django.test import Client

from advisor.assessments.advice import sample_businesses
from advisor.assessments.models import Assessment
from advisor.assessments.policies import SESSION_KEY
from advisor.assessments.services import compute_result
from advisor.catalog.services import load_shipped, publish
from advisor.web.timing import at

AS_OF = date(2026, 11, 22)
BAR_MS = 100.0
# One control after the other, as somebody tries them out, and two at once.
TRIES = (
    {"users": "25"},
    {"volume": "150"},
    {"hourly_cost": "45"},
    {"price": "80"},
    {"growth": "25"},
    {"volume": "50", "price": "120"},
)
HTMX = {"host": "localhost", "hx-request": "true", "hx-target": "figures"}


class Command(BaseCommand):
    help = "Times replies of the money panel on the shipped catalog, and prints p50, p95 and the slowest business."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=4, help="times each change is tried on each business (4)")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            load_shipped()
            publish(by=None, note="what_if_times")
            taken = {name: _business(json.loads(text), options["rounds"]) for name, text in sample_businesses()}
            transaction.set_rollback(True)
        times, cpu = ([took[part] for each in taken.values() for took in each] for part in (0, 1))
        slowest = max(taken, key=lambda name: at([took for took, _cpu in taken[name]], 0.95))
        self.stdout.write(
            f"{len(times)} replies of the money panel, bar p95 {BAR_MS:.0f} ms: "
            f"p50 {at(times, 0.5):.1f} ms, p95 {at(times, 0.95):.1f} ms, slowest {max(times):.1f} ms ({slowest}); "
            f"of it this process's own work: p50 {at(cpu, 0.5):.1f} ms, p95 {at(cpu, 0.95):.1f} ms"
        )


def _business(answers: dict[str, Any], rounds: int) -> list[tuple[float, float]]:
    """Milliseconds of each reply, on the clock and of processor time; the first, which reads the catalog, not."""
    assessment = Assessment.objects.create(answers=answers)
    compute_result(assessment=assessment, as_of=AS_OF)
    client = Client()
    session = client.session
    session[SESSION_KEY] = [str(assessment.public_id)]
    session.save()
    address = f"/assessments/{assessment.public_id}/result/"
    _timed(client, address, TRIES[0])
    return [_timed(client, address, change) for change in islice(cycle(TRIES), rounds * len(TRIES))]


def _timed(client: Client, address: str, change: dict[str, str]) -> tuple[float, float]:
    cache.clear()  # the limit of changes a minute is not what is measured
    start, used = time.perf_counter(), time.process_time()
    response = client.get(address, change, headers=HTMX)
    took = ((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000)
    if response.status_code != 200:
        raise AssertionError(f"{address} {change}: {response.status_code}")
    return took
