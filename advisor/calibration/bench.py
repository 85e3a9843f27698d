"""``make bench``: how long one recommendation takes, on the shipped catalog and on one ten times as large.

One process on one core; array work runs in one thread (``OMP_NUM_THREADS=1``, set by the Makefile). Answers differ
a little each time, so that nothing remembered from the last call helps.
Times are those of the processor; beside them stands the time by the wall, which other programs lengthen.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial, wraps
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from advisor.calibration.enlarged import enlarged
from advisor.engine import choice, demand, law
from advisor.engine import recommend as door
from advisor.engine.answers import Answers
from advisor.engine.catalog import Catalog
from advisor.engine.types import Recommendation

TIMES = 10  # how much larger the second catalog is
BARS_MS = {1: 50.0, TIMES: 250.0}  # 95th percentile of one recommendation
WARM_UP = 2  # calls of each business before time is taken
SHIFT = 0.003  # volumes differ by this share from one call to the next
# Stages of a recommendation: the functions that ``recommend.py`` calls, told apart by where it finds them.
STAGES: tuple[tuple[str, ModuleType, str], ...] = (
    ("resolve", door, "resolve"),
    ("demand", demand, "loads"),
    ("options", door, "options"),
    ("search", door, "search"),
    ("decide", choice, "advise"),
    ("plans", door, "_plans"),
    ("comparison", door, "_compared"),
    ("flips", door, "_flips"),
    ("explanation", door, "summarize"),
    ("explanation", door, "sources_used"),
    ("explanation", door, "warnings"),
    ("explanation", demand, "describe"),
    ("explanation", demand, "planning"),
    ("explanation", law, "matching_cards"),
)


@dataclass(frozen=True)
class Run:
    """Seconds of one recommendation: processor, wall, its stages, and the plain document made from it."""

    business: str
    cpu_s: float
    wall_s: float
    stages: dict[str, float]
    document_s: float


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repeat", type=int, default=12, help="calls of each business (default 12)")
    options.add_argument("--small", action="store_true", help="the shipped catalog alone")
    chosen = options.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    shipped, businesses = _samples()
    print(f"{datetime.now(UTC).date()}  {_processor()}  Python {platform.python_version()}  NumPy {np.__version__}")
    print(f"python -m advisor.calibration.bench {' '.join(sys.argv[1:])}".rstrip())
    late = False
    for times in (1,) if chosen.small else (1, TIMES):
        catalog = replace(shipped) if times == 1 else enlarged(shipped, times)
        prepared = _prepare(catalog, businesses)
        runs = list(_runs(catalog, businesses, chosen.repeat))
        late = _report(times, catalog, prepared, runs) > BARS_MS[times] or late
    sys.exit(1 if late else 0)


def _samples() -> tuple[Catalog, dict[str, Answers]]:
    """The shipped catalog and the sample businesses, read as the command line reads them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")
    import django

    django.setup()
    from advisor.assessments.advice import sample_businesses
    from advisor.assessments.answers import parse, to_engine
    from advisor.catalog.services import shipped_catalog

    catalog = shipped_catalog()
    return catalog, {name: to_engine(parse(json.loads(text)), catalog) for name, text in sample_businesses()}


def _prepare(catalog: Catalog, businesses: dict[str, Answers]) -> float:
    """Seconds of the first calls on a fresh catalog beyond those of second calls: what is worked out once."""
    first = second = 0.0
    for answers in businesses.values():
        call = partial(_advise, answers, catalog)
        first, second = first + _timed(call)[1], second + _timed(call)[1]
    return first - second


def _runs(catalog: Catalog, businesses: dict[str, Answers], repeat: int) -> Iterator[Run]:
    for number in range(-WARM_UP, repeat):
        for name, answers in businesses.items():
            with _watched() as spent:
                wall = time.perf_counter()
                made, cpu = _timed(partial(_advise, _other(answers, number), catalog))
                wall = time.perf_counter() - wall
            _, document = _timed(made.to_document)
            if number >= 0:
                yield Run(name, cpu, wall, spent, document)


def _advise(answers: Answers, catalog: Catalog) -> Recommendation:
    return door.recommend(answers, catalog, as_of=date(2026, 11, 21))


def _other(answers: Answers, number: int) -> Answers:
    """The same business a little busier."""
    jobs = [
        replace(job, units_per_week=job.units_per_week and job.units_per_week * (1 + SHIFT * (number + WARM_UP)))
        for job in answers.jobs
    ]
    return replace(answers, jobs=tuple(jobs))


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    made = call()
    return made, time.process_time() - start


@contextmanager
def _watched() -> Iterator[dict[str, float]]:
    """Adds up the time spent in each stage while a recommendation is worked out."""
    spent: dict[str, float] = defaultdict(float)
    kept = [(module, name, getattr(module, name)) for _, module, name in STAGES]
    for (stage, module, name), (_, _, function) in zip(STAGES, kept, strict=True):
        setattr(module, name, _clocked(function, stage, spent))
    try:
        yield spent
    finally:
        for module, name, function in kept:
            setattr(module, name, function)


def _clocked(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    @wraps(function)
    def clocked(*given: Any, **named: Any) -> Any:
        made, seconds = _timed(lambda: function(*given, **named))
        spent[stage] += seconds
        return made

    return clocked


def _report(times: int, catalog: Catalog, prepared_s: float, runs: list[Run]) -> float:
    """Print one catalog's figures; the 95th percentile in milliseconds."""
    cpu = 1000 * np.array([run.cpu_s for run in runs])
    wall = 1000 * np.array([run.wall_s for run in runs])
    names = sorted({run.business for run in runs})
    by_name = {name: 1000 * np.array([run.cpu_s for run in runs if run.business == name]) for name in names}
    worst = max(names, key=lambda name: float(np.median(by_name[name])))
    bar, late = BARS_MS[times], float(np.percentile(cpu, 95))
    size = "shipped catalog" if times == 1 else f"catalog {times} times as large"
    print(f"\n{size}: {len(catalog.models)} models, {len(catalog.devices)} devices, {len(catalog.api_prices)} prices")
    print(
        f"  recommend      median {np.median(cpu):7.1f} ms   p95 {late:7.1f} ms   bar {bar:.0f} ms   {len(runs)} calls"
    )
    print(f"  by the wall    median {np.median(wall):7.1f} ms   p95 {np.percentile(wall, 95):7.1f} ms")
    unit = _reference_ms()
    print(
        f"  in units of a fixed NumPy loop of {unit:.1f} ms: median {np.median(cpu) / unit:.2f}, p95 {late / unit:.2f}"
    )
    print(f"  slowest business: {worst}, median {np.median(by_name[worst]):.1f} ms")
    print(f"  worked out once with the catalog: {prepared_s:.2f} s")
    stages = dict.fromkeys(stage for stage, _, _ in STAGES)
    parts = [f"{stage} {1000 * np.median([run.stages[stage] for run in runs]):.1f}" for stage in stages]
    parts.append(f"to_document {1000 * np.median([run.document_s for run in runs]):.1f}")
    print(f"  median ms by stage: {', '.join(parts)}")
    print("  median ms by business: " + ", ".join(f"{name} {np.median(by_name[name]):.0f}" for name in names))
    return late


def _reference_ms() -> float:
    """A fixed piece of array work of many small and some larger steps, the best of five: how fast this machine is."""
    small, large = np.linspace(1.0, 2.0, 64), np.linspace(1.0, 2.0, 100_000)
    best = np.inf
    for _ in range(5):
        start = time.process_time()
        for _ in range(2_000):
            small = np.sqrt(small * 1.5 + 0.5)
        for _ in range(20):
            large = np.sqrt(large * 1.5 + 0.5)
        best = min(best, time.process_time() - start)
    return 1000 * best


def _processor() -> str:
    """The processor's name where the system tells it."""
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text("utf-8").splitlines() if facts.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
