"""Is it good enough for this job: only from benchmarks that speak to the job, never across measuring parties.

A job's profile names benchmarks with the least score for each harm of question 8 (own picks, marked assumed in
the catalog). Every score can pass or fail its floor. Only scores of one measuring party rank models against each
other: those of the independent party that measured most models on that benchmark, those of another party that a
link puts on the same scale, or, where nobody independent measured, those of one table. Makers that each measure
their own models are no such party. No score is shown as no evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median

from advisor.engine.answers import ErrorHarm
from advisor.engine.catalog import Catalog, JobProfile, Model, Score
from advisor.engine.once import once_per_version
from advisor.engine.types import Evidence, Grade

AT_FLOOR = 50.0  # points of a model exactly at the floor; own scale
NO_EVIDENCE = 35.0  # points used for ranking when nothing was measured; assumed, below any model at its floor
MAKERS = frozenset({"vendor", "other_vendor"})
NAMELESS = frozenset({"other_vendor", "third_party"})  # the document is the party: nobody is named
CLAIM_WEIGHT = 0.4  # share of a claim's distance from the floor that counts: 70 points at best; own choice
COARSE_PENALTY = 4.0  # points off for about 4 bits a weight; assumed, after the usual 1-3 % benchmark loss
LINK_MODELS = 3  # fewest models that two parties both measured before one's scores are put on the other's scale; own


@dataclass(frozen=True)
class Quality:
    """``points`` 0-100 or None without evidence; ``passes`` False when a known score lies below the floor.

    ``evidence`` has one row for each benchmark of the job that the model has a score on, a failing one first.
    """

    points: float | None
    passes: bool
    grade: str
    evidence: tuple[Evidence, ...] = ()

    @property
    def rank(self) -> float:
        return NO_EVIDENCE if self.points is None else self.points

    @property
    def deciding(self) -> dict[str, object]:
        """The row that speaks first, as values of a note; all None without evidence."""
        row = self.evidence[0] if self.evidence else None
        return {
            "benchmark": row and row.benchmark,
            "score": row and row.score,
            "floor": row and row.floor,
        }


NONE = Quality(None, True, Grade.UNKNOWN)


@dataclass(frozen=True)
class Yardstick:
    """What one benchmark's scores are compared on. ``shifts`` holds, by linked party, what to add and over how many."""

    party: str | None  # None: several makers, each by itself; their scores only pass or fail
    claim: bool
    best: float
    shifts: Mapping[str, tuple[float, int]]


@dataclass(frozen=True)
class Yardsticks:
    by_benchmark: Mapping[str, Yardstick]
    tables: Mapping[str, str]  # document -> the one maker whose own scores stand in it

    def party_of(self, model: Model, score: Score) -> str:
        """Who measured: a name, the maker itself, or the document where nobody is named."""
        if score.measured_by == "vendor":
            return model.publisher
        if score.measured_by in NAMELESS:
            return self.tables.get(score.source or "", f"{score.measured_by}: {score.source}")
        return score.measured_by


@once_per_version
def yardsticks(catalog: Catalog) -> Yardsticks:
    """How the scores of each benchmark can be compared, from all scores of the catalog."""
    made = Yardsticks({}, _tables(catalog))
    found: dict[str, dict[str, dict[str, Score]]] = defaultdict(lambda: defaultdict(dict))
    for model in catalog.models:
        for score in model.quality:
            found[score.benchmark][made.party_of(model, score)].setdefault(model.slug, score)
    return replace(made, by_benchmark={name: _yardstick(name, parties) for name, parties in found.items()})


def _tables(catalog: Catalog) -> dict[str, str]:
    makers: dict[str, set[str]] = defaultdict(set)
    for model in catalog.models:
        for score in model.quality:
            if score.measured_by == "vendor" and score.source:
                makers[score.source].add(model.publisher)
    return {source: next(iter(names)) for source, names in makers.items() if len(names) == 1}


def _yardstick(benchmark: str, parties: Mapping[str, Mapping[str, Score]]) -> Yardstick:
    """``parties`` holds each party's scores by model."""
    independent = [name for name, scores in parties.items() if not all(_is_claim(score) for score in scores.values())]
    rivals = independent or (list(parties) if len(parties) == 1 else [])
    party = min(rivals, key=lambda name: (-len(parties[name]), name), default=None)
    reference = {slug: score.score for slug, score in parties[party].items()} if party is not None else {}
    shifts = {}
    for name, scores in parties.items():
        both = [reference[slug] - score.score for slug, score in scores.items() if slug in reference]
        if name != party and len(both) >= LINK_MODELS:
            shifts[name] = (median(both), len(both))
    pick = min if _lower_is_better(benchmark) else max
    return Yardstick(party, not independent, pick(reference.values(), default=0.0), shifts)


def judge(model: Model, profile: JobProfile, harm: ErrorHarm, sticks: Yardsticks) -> Quality:
    """Quality of one model for one job: the mean over the benchmarks that rank it, claims only where nothing else does.

    Where nothing ranks it, a model that passes every floor counts as one exactly at the floor.
    """
    rows = []
    for benchmark, floor in sorted(profile.floors.get(harm, {}).items()):
        row = _evidence(model, benchmark, floor, sticks)
        if row is not None:
            rows.append(row)
    if not rows:
        return NONE
    rows.sort(key=passes)
    ranking = [row for row in rows if row.points is not None]
    ranking = [row for row in ranking if row.grade != Grade.MAKER] or ranking
    known = [row.points for row in ranking if row.points is not None]
    points = sum(known) / len(known) if known else AT_FLOOR * passes(rows[0])
    grade = max((row.grade for row in ranking or rows), key=lambda grade: list(Grade).index(Grade(grade)))
    return Quality(points, passes(rows[0]), grade, tuple(rows))


def passes(row: Evidence) -> bool:
    return row.score <= row.floor if row.lower_is_better else row.score >= row.floor


def coarse(model: Model, judged: Quality) -> Quality:
    """The same model in a format of about four bits; no loss where its maker released no more than that."""
    native = (model.native_precision or "").lower()
    if judged.points is None or "int4" in native or "fp4" in native:
        return judged
    return replace(judged, points=max(0.0, judged.points - COARSE_PENALTY))


def _evidence(model: Model, benchmark: str, floor: float, sticks: Yardsticks) -> Evidence | None:
    """The best-comparable score of a model on a benchmark: measured by the reference, else linked, else the first."""
    scores = [score for score in model.quality if score.benchmark == benchmark]
    if not scores:
        return None
    stick = sticks.by_benchmark[benchmark]
    parties = [sticks.party_of(model, score) for score in scores]
    at = min(range(len(scores)), key=lambda at: (parties[at] != stick.party, parties[at] not in stick.shifts, at))
    score, party = scores[at], parties[at]
    shift, models = stick.shifts.get(party, (0.0, 0))
    row = Evidence(
        benchmark=benchmark,
        score=round(score.score + shift, 6),
        floor=floor,
        party=party,
        grade=Grade.DERIVED if models else Grade.MAKER if _is_claim(score) else Grade.INDEPENDENT,
        lower_is_better=_lower_is_better(benchmark),
        linked_to=stick.party if models else None,
        linked_models=models,
        source=score.source,
    )
    return replace(row, points=_points(row, stick)) if models or party == stick.party else row


def _lower_is_better(benchmark: str) -> bool:
    return "lower is better" in benchmark


def _points(row: Evidence, stick: Yardstick) -> float:
    """50 at the floor, 100 at the best score known, 0 as far below as the best is above; a claim keeps near 50."""
    span = abs(stick.best - row.floor) or 1.0
    distance = (row.floor - row.score) if row.lower_is_better else (row.score - row.floor)
    points = min(100.0, max(0.0, AT_FLOOR + distance / span * AT_FLOOR))
    return AT_FLOOR + (points - AT_FLOOR) * CLAIM_WEIGHT if stick.claim else points


def _is_claim(score: Score) -> bool:
    return score.measured_by in MAKERS
