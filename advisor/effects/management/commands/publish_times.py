"""``manage.py publish_times``: how long publishing the catalog takes, and the effect preview before it."""

from __future__ import annotations

import hashlib
import json
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from advisor.assessments.advice import sample_businesses
from advisor.assessments.models import Assessment, Result
from advisor.catalog import services
from advisor.catalog.models import ApiPrice, CatalogVersion
from advisor.effects.models import EffectPreview, Outcome, State
from advisor.effects.production import work
from advisor.effects.services import request_preview
from advisor.engine.recommend import ENGINE_VERSION

DEARER = Decimal("1.3")  # what the made-up drafts multiply every token price by


class Command(BaseCommand):
    help = "Times publishing the shipped catalog and an effect preview of made-up assessments; leaves nothing behind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--assessments", type=int, default=500, help="made-up stored assessments (500)")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            services.load_shipped(force=True)
            version = self._timed("publishing the catalog", lambda: services.publish(by=None, note="timed"))
            ApiPrice.objects.update(**{name: F(name) * DEARER for name in ("input", "output")})
            self._timed("comparing the drafts with it (the publish page)", services.preview)
            _store(version, options["assessments"])
            preview = self._timed("asking for the preview", lambda: request_preview(by=None))
            self._timed(f"previewing {preview.lines.count()} businesses", lambda: _finish(preview))
            counts = {state: preview.lines.filter(outcome=state).count() for state in Outcome}
            self.stdout.write(", ".join(f"{count} {state.label}" for state, count in counts.items() if count))
            transaction.set_rollback(True)

    def _timed(self, what: str, do: Callable[[], Any]) -> Any:
        with _clock() as took:
            done = do()
        self.stdout.write(f"{what}: {took[0]:.1f} s, of it this process's own work {took[1]:.1f} s")
        return done


@contextmanager
def _clock() -> Iterator[list[float]]:
    """Seconds on the clock, and of this process's processor time."""
    taken: list[float] = []
    start, used = time.perf_counter(), time.process_time()
    yield taken
    taken += [time.perf_counter() - start, time.process_time() - used]


def _store(version: CatalogVersion, count: int) -> None:
    """The sample businesses again and again, each time with other amounts of work, so that no two are alike."""
    for number, (_name, text) in enumerate(islice(cycle(sample_businesses()), count)):
        answers = json.loads(text)
        for job in answers["jobs"]:
            if job.get("units_per_week"):
                job["units_per_week"] = round(job["units_per_week"] * (0.5 + number / count), 1)
        document = json.dumps(answers)
        Result.objects.create(
            assessment=Assessment.objects.create(answers=answers), answers=answers, catalog_version=version,
            engine_version=ENGINE_VERSION, as_of=timezone.localdate(), document=document,
            content_hash=hashlib.sha256(document.encode()).hexdigest(),
        )  # fmt: skip


def _finish(preview: EffectPreview) -> None:
    while preview.state in (State.QUEUED, State.RUNNING):
        work(preview.pk)
        preview.refresh_from_db(fields=["state"])
