"""``manage.py question_times``: how long question pages and answers take, and how many pages a second are served.

Writes to its database; ``make bench`` gives it one of its own.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import cycle, islice
from statistics import fmean
from typing import Any
from urllib.request import urlopen

from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import Client
from django.urls import reverse

from advisor.assessments.advice import sample_businesses
from advisor.assessments.bench.load import rate
from advisor.assessments.models import Assessment
from advisor.assessments.policies import SESSION_KEY
from advisor.assessments.questions import PAGES
from advisor.assessments.views.question_page import DRAWN
from advisor.catalog.models import CatalogVersion
from advisor.catalog.services import canonical_json, content_hash, shipped_document

BUSINESS = "law_office"  # the sample that meets most pages
PAGE_BAR_MS, ANSWER_BAR_MS, RATE_BAR = 30.0, 40.0, 0.5  # the project's own bars
START_SECONDS = 60.0
TURNS = 10  # between question pages and the simplest page
NEW_A_TURN = 1000  # more than are drawn in a turn

Turn = tuple[float, float, list[float]]  # simplest pages a second; question pages a second, and milliseconds of each
Taken = tuple[float, float]  # milliseconds: on the clock, and of this process's processor time


class Command(BaseCommand):
    help = "Times question pages and answers, and compares pages a second with the simplest page on the same server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=12, help="times each page is asked for (12)")
        parser.add_argument(
            "--seconds", type=float, default=5.0, help="how long each load lasts, all turns together (5)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _publish()
        assessment = Assessment.objects.create(answers=json.loads(dict(sample_businesses())[BUSINESS]))
        client = Client(headers={"host": "localhost"})
        client.cookies[settings.SESSION_COOKIE_NAME] = _granted(assessment)
        pages = [reverse("assessments:question", args=[assessment.public_id, page.key]) for page in _met(assessment)]
        for page in pages:
            _timed(client, page)  # templates are read and facts sorted before anything counts
        DRAWN.clear()
        rounds = range(options["rounds"])
        self._say(
            "question page, first time",
            [_timed(client, _new(page, turn)) for turn in rounds for page in pages],
            PAGE_BAR_MS,
        )
        self._say("question page, again", [_timed(client, page) for _turn in rounds for page in pages], PAGE_BAR_MS)
        self._say("answer saved", list(_answers(client, assessment, options["rounds"])), ANSWER_BAR_MS)
        self._compare(client, assessment, pages, options["seconds"])

    def _say(self, what: str, taken: list[Taken], bar: float) -> None:
        times, work = (sorted(column) for column in zip(*taken, strict=True))
        middle, late = int(len(times) * 0.5), int(len(times) * 0.95)
        self.stdout.write(
            f"{what}: {len(times)} requests, p50 {times[middle]:.1f} ms, p95 {times[late]:.1f} ms, slowest "
            f"{times[-1]:.1f} ms (bar: p95 {bar:.0f} ms); of it this process's own work: p50 {work[middle]:.1f} ms, "
            f"p95 {work[late]:.1f} ms"
        )

    def _compare(self, client: Client, assessment: Assessment, pages: list[str], seconds: float) -> None:
        """Question pages and the simplest page in short turns: machines change their speed within seconds."""
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        simplest = [f"/simplest/?id={assessment.public_id}"] * 4
        new = cycle([_new(page, turn) for turn in range(400) for page in pages])
        with _server() as port:
            rate(port, [*pages, *simplest], cookie, 2.0)  # every worker has read the catalog before anything counts
            for kind in ("again", "first time"):
                turns: list[Turn] = []
                for _ in range(TURNS):
                    plain, _times = rate(port, simplest, cookie, seconds / TURNS)
                    asked = pages if kind == "again" else list(islice(new, NEW_A_TURN))
                    turns.append((plain, *rate(port, asked, cookie, seconds / TURNS)))
                self._say_rate(kind, turns)

    def _say_rate(self, kind: str, turns: list[Turn]) -> None:
        plain, asked = fmean(turn[0] for turn in turns), fmean(turn[1] for turn in turns)
        ratios = sorted(each / simple for simple, each, _times in turns)
        times = sorted(took for _plain, _asked, each in turns for took in each)
        self.stdout.write(
            f"under load, 2 workers of 1 thread, question pages, {kind}: {asked:.0f} a second "
            f"(p95 {times[int(len(times) * 0.95)]:.0f} ms), simplest page with one query {plain:.0f}, "
            f"ratio {asked / plain:.2f}, of single turns {ratios[0]:.2f} to {ratios[-1]:.2f} (bar: {RATE_BAR})"
        )


def _publish() -> None:
    text = canonical_json(shipped_document())
    CatalogVersion.objects.get_or_create(number=1, defaults={"content_hash": content_hash(text), "document": text})


def _granted(assessment: Assessment) -> str:
    """The key of a browser session that may see the assessment."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = [str(assessment.public_id)]
    session.create()
    return str(session.session_key)


def _met(assessment: Assessment) -> list[Any]:
    return [page for page in PAGES if page.asked(assessment.answers)]


def _new(page: str, turn: int) -> str:
    """An address the page was never asked for at, so that it has to be drawn."""
    return f"{page}?turn={turn}"


def _timed(client: Client, address: str, sent: dict[str, str] | None = None) -> Taken:
    start, used = time.perf_counter(), time.process_time()
    response = client.get(address) if sent is None else client.post(address, sent)
    took = ((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000)
    if response.status_code != (200 if sent is None else 302):
        raise AssertionError(f"{address}: {response.status_code}")
    return took


def _answers(client: Client, assessment: Assessment, rounds: int) -> Iterator[Taken]:
    """Answers, each unlike the one stored, so that every one is written."""
    for number in range(rounds * 10):
        sent = {"Q21": {"answer": ("looking", "this_month")[number % 2]}, "Q19": {"amount": str(1000 + number)}}
        for key, fields in sent.items():
            yield _timed(client, reverse("assessments:question", args=[assessment.public_id, key]), fields)


@contextmanager
def _server() -> Iterator[int]:
    """The web server on a free port, with the same settings as this process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "advisor.assessments.bench.server", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ, cwd=settings.BASE_DIR) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()


def _wait(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"no answer within {START_SECONDS:.0f} s")
