"""Is it good enough for this job: only from benchmarks that speak to the job, never across measuring parties.

A job's profile names benchmarks with the least score for each harm of question 8 (own picks, marked assumed in
the catalog). A model's score is read from the party that measured most models on that benchmark; a score from
elsewhere, or from any maker, counts as a maker's claim and for less. No score is shown as no evidence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from advisor.engine.answers import ErrorHarm
from advisor.engine.catalog import Catalog, JobProfile, Model, Score
from advisor.engine.types import Grade

AT_FLOOR = 50.0  # points of a model exactly at the floor; own scale
NO_EVIDENCE = 35.0  # points used for ranking when nothing was measured; assumed, below any model at its floor
MAKERS = frozenset({"vendor", "other_vendor"})
CLAIM_WEIGHT = 0.4  # share of a claim's distance from the floor that counts: 70 points at best; own choice
COARSE_PENALTY = 4.0  # points off for about 4 bits a weight; assumed, after the usual 1-3 % benchmark loss


@dataclass(frozen=True)
class Quality:
    """``points`` 0-100 or None without evidence; ``passes`` False when a known score lies below the floor."""

    points: float | None
    passes: bool
    grade: str
    evidence: str | None
    benchmark: str | None = None
    score: float | None = None
    floor: float | None = None

    @property
    def rank(self) -> float:
        return NO_EVIDENCE if self.points is None else self.points


NONE = Quality(None, True, Grade.UNKNOWN, None)


def reference_parties(catalog: Catalog) -> dict[str, str]:
    """For each benchmark the party that measured most models; ties go to the first name."""
    counts: dict[str, Counter[str]] = {}
    for model in catalog.models:
        for score in model.quality:
            counts.setdefault(score.benchmark, Counter())[score.measured_by] += 1
    return {
        benchmark: min(parties, key=lambda party: (-parties[party], party)) for benchmark, parties in counts.items()
    }


def best_scores(catalog: Catalog) -> dict[str, float]:
    """Best score of the reference party on each benchmark; for error rates the lowest."""
    parties = reference_parties(catalog)
    best: dict[str, float] = {}
    for model in catalog.models:
        for score in model.quality:
            if score.measured_by == parties[score.benchmark]:
                pick = min if _lower_is_better(score.benchmark) else max
                best[score.benchmark] = pick(best.get(score.benchmark, score.score), score.score)
    return best


def judge(
    model: Model, profile: JobProfile, harm: ErrorHarm, parties: dict[str, str], best: dict[str, float]
) -> Quality:
    """Quality of one model for one job: the mean over the job's benchmarks that the model has."""
    floors = profile.floors.get(harm, {})
    found = [
        (benchmark, floor, score)
        for benchmark, floor in sorted(floors.items())
        if (score := _score(model, benchmark, parties)) is not None
    ]
    if not found:
        return NONE
    points = [_points(score, floor, best.get(benchmark, score.score), parties) for benchmark, floor, score in found]
    failing = [item for item in found if _below(item[2], item[1])]
    benchmark, floor, score = failing[0] if failing else found[0]
    independent = not any(_is_claim(item[2], parties) for item in found)
    return Quality(
        points=sum(points) / len(points),
        passes=not failing,
        grade=Grade.INDEPENDENT if independent else Grade.MAKER,
        evidence=f"{benchmark} {score.score:g} ({score.measured_by.replace('_', ' ')}), floor {floor:g}",
        benchmark=benchmark,
        score=score.score,
        floor=floor,
    )


def _score(model: Model, benchmark: str, parties: dict[str, str]) -> Score | None:
    scores = [score for score in model.quality if score.benchmark == benchmark]
    by_reference = [score for score in scores if score.measured_by == parties.get(benchmark)]
    return next(iter(by_reference or scores), None)


def _lower_is_better(benchmark: str) -> bool:
    return "lower is better" in benchmark


def _below(score: Score, floor: float) -> bool:
    return score.score > floor if _lower_is_better(score.benchmark) else score.score < floor


def _points(score: Score, floor: float, best: float, parties: dict[str, str]) -> float:
    """50 at the floor, 100 at the best score known, 0 as far below as the best is above."""
    span = abs(best - floor) or 1.0
    distance = (floor - score.score) if _lower_is_better(score.benchmark) else (score.score - floor)
    points = min(100.0, max(0.0, AT_FLOOR + distance / span * AT_FLOOR))
    return AT_FLOOR + (points - AT_FLOOR) * CLAIM_WEIGHT if _is_claim(score, parties) else points


def _is_claim(score: Score, parties: dict[str, str]) -> bool:
    return score.measured_by in MAKERS or score.measured_by != parties.get(score.benchmark)
