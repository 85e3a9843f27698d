from dataclasses import replace

import pytest

from advisor.engine.answers import ErrorHarm, Job
from advisor.engine.catalog import Model, Score
from advisor.engine.facts import job_profile
from advisor.engine.quality import judge
from tests.samples import catalog

PARTIES = {"IFBench": "artificial_analysis", "MMLU-Pro": "vendor"}
BEST = {"IFBench": 80.0, "MMLU-Pro": 90.0}
MODEL = Model(
    slug="hand", name="Hand", family="Hand", publisher="Hand", modalities=("text-llm",), tasks=("chat", "writing"),
    license="mit",
)  # fmt: skip


def scored(*scores: tuple[str, float, str]) -> Model:
    return replace(
        MODEL, quality=tuple(Score(benchmark=name, score=value, measured_by=by) for name, value, by in scores)
    )


def judged(model: Model, harm: ErrorHarm = ErrorHarm.LOSS):
    # Writing: IFBench at least 45 and MMLU-Pro at least 75 where a mistake costs time or money.
    return judge(model, job_profile(catalog(), Job.WRITE_REPLY), harm, PARTIES, BEST)


def test_a_score_halfway_between_floor_and_best_gets_three_quarters() -> None:
    # Floor 45, best 80: 62.5 is halfway, so 50 + 25.
    assert judged(scored(("IFBench", 62.5, "artificial_analysis"))).points == 75.0


def test_a_score_below_the_floor_fails() -> None:
    assert not judged(scored(("IFBench", 44.9, "artificial_analysis"))).passes


def test_a_stricter_harm_raises_the_floor() -> None:
    model = scored(("IFBench", 50.0, "artificial_analysis"))
    assert judged(model).passes
    assert not judged(model, ErrorHarm.HARM).passes


def test_a_makers_own_figure_counts_for_less_and_is_graded_as_a_claim() -> None:
    # Floor 75, best 90: 87 lies 12/15 of the way, 90 points; of the 40 above the floor 0.4 count: 66.
    quality = judged(scored(("MMLU-Pro", 87.0, "vendor")))
    assert quality.points == pytest.approx(66.0)
    assert quality.grade == "maker"


def test_no_score_is_no_evidence_and_ranks_below_any_model_at_its_floor() -> None:
    nothing = judged(MODEL)
    assert nothing.points is None
    assert nothing.passes
    assert nothing.rank < judged(scored(("IFBench", 45.0, "artificial_analysis"))).rank


def test_a_score_on_another_benchmark_says_nothing() -> None:
    assert judged(scored(("GPQA-Diamond", 99.0, "artificial_analysis"))).points is None
