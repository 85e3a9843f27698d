"""Hand-made scores against hand-made floors: who may be compared with whom, and what it is worth."""

from dataclasses import replace

import pytest

from advisor.engine.answers import ErrorHarm, Job
from advisor.engine.catalog import Catalog, JobProfile, Model, Score
from advisor.engine.companions import Helper
from advisor.engine.explain import model_uses
from advisor.engine.facts import job_profile
from advisor.engine.quality import NO_EVIDENCE, NONE, Quality, coarse, judge, yardsticks
from advisor.engine.setup import Setup
from tests.engine.hand_made import firm, hosted_candidate
from tests.engine.hand_made import model as hand_model
from tests.samples import catalog

AA = "artificial_analysis"
MODEL = Model(
    slug="hand", name="Hand", family="Hand", publisher="Hand", modalities=("text-llm",), tasks=("chat", "writing"),
    license="mit",
)  # fmt: skip


def scored(
    *scores: tuple[str, float, str], slug: str = "hand", maker: str = "Hand", source: str | None = None
) -> Model:
    found = tuple(Score(benchmark=name, score=value, measured_by=by, source=source) for name, value, by in scores)
    return replace(MODEL, slug=slug, publisher=maker, quality=found)


BEST = scored(("IFBench", 80.0, AA), slug="best", maker="Other")


def profile(**floors: float) -> JobProfile:
    return replace(job_profile(catalog(), Job.WRITE_REPLY), floors={"loss": floors, "harm": {}, "checked": {}})


def judged(model: Model, *others: Model, harm: ErrorHarm = ErrorHarm.LOSS, floors: JobProfile | None = None) -> Quality:
    """Judged among the models of a small catalog; without ``floors`` IFBench 45 and MMLU-Pro 75 must be reached."""
    wanted = floors or profile(**{"IFBench": 45.0, "MMLU-Pro": 75.0})
    return judge(model, wanted, harm, yardsticks(Catalog("", models=(model, *others))))


def test_a_score_halfway_between_floor_and_best_gets_three_quarters() -> None:
    # Floor 45, best 80: 62.5 is halfway, so 50 + 25.
    quality = judged(scored(("IFBench", 62.5, AA)), BEST)
    assert (quality.points, quality.grade) == (75.0, "independent")


def test_a_score_below_the_floor_fails() -> None:
    assert not judged(scored(("IFBench", 44.9, AA)), BEST).passes


def test_a_stricter_harm_raises_the_floor() -> None:
    # Writing in the catalog: IFBench at least 45 where a mistake costs money, 60 where it harms.
    model, floors = scored(("IFBench", 50.0, AA)), job_profile(catalog(), Job.WRITE_REPLY)
    assert judged(model, BEST, floors=floors).passes
    assert not judged(model, BEST, floors=floors, harm=ErrorHarm.HARM).passes


def test_the_party_that_measured_most_models_is_the_reference() -> None:
    rival = scored(("IFBench", 90.0, "arena_ai"), slug="rival")
    stick = yardsticks(Catalog("", models=(scored(("IFBench", 50.0, AA)), BEST, rival))).by_benchmark["IFBench"]
    assert (stick.party, stick.best) == (AA, 80.0)


def test_without_a_link_a_score_of_another_party_passes_or_fails_and_ranks_nothing() -> None:
    claimed = judged(scored(("IFBench", 79.5, "vendor")), BEST, scored(("IFBench", 50.0, AA), slug="third"))
    assert (claimed.points, claimed.passes, claimed.grade) == (50.0, True, "maker")
    assert claimed.evidence[0].points is None
    assert not judged(scored(("IFBench", 44.0, "vendor")), BEST).passes


def test_with_a_link_a_score_is_put_on_the_reference_scale() -> None:
    # The maker reports 2, 3 and 7 more than the reference on three models both measured: the middle is 3.
    # So its 65.5 counts as 62.5: halfway between floor 45 and best 80, 75 points.
    both = [
        scored(("IFBench", 50.0, AA), ("IFBench", 52.0, "vendor"), slug="a"),
        scored(("IFBench", 60.0, AA), ("IFBench", 63.0, "vendor"), slug="b"),
        scored(("IFBench", 61.0, AA), ("IFBench", 68.0, "vendor"), slug="c"),
    ]
    quality = judged(scored(("IFBench", 65.5, "vendor")), BEST, *both)
    (row,) = quality.evidence
    assert (row.score, row.linked_to, row.linked_models, row.grade) == (62.5, AA, 3, "derived")
    assert quality.points == 75.0
    # Two models in common are no link.
    assert judged(scored(("IFBench", 65.5, "vendor")), BEST, *both[:2]).points == 50.0


def test_a_models_own_independent_score_comes_before_its_makers() -> None:
    (row,) = judged(scored(("IFBench", 79.0, "vendor"), ("IFBench", 62.5, AA)), BEST).evidence
    assert (row.party, row.score) == (AA, 62.5)


def test_makers_that_each_measure_their_own_are_not_ranked_against_each_other() -> None:
    other = scored(("MMLU-Pro", 80.0, "vendor"), slug="other", maker="Other")
    quality = judged(scored(("MMLU-Pro", 90.0, "vendor")), other)
    assert quality.points == judged(other, scored(("MMLU-Pro", 90.0, "vendor"))).points == 50.0


def test_models_in_one_makers_table_are_ranked_as_claims() -> None:
    # Both stand in Hand's own table. Floor 75, best 90: 87 lies 12/15 of the way, 90 points; of the 40 above
    # the floor 0.4 count: 66.
    best = scored(("MMLU-Pro", 90.0, "vendor"), slug="best", source="Hand's card")
    compared = scored(("MMLU-Pro", 87.0, "other_vendor"), slug="rival", maker="Rival", source="Hand's card")
    quality = judged(compared, best)
    assert quality.points == pytest.approx(66.0)
    assert (quality.grade, quality.evidence[0].party) == ("maker", "Hand")


def test_documents_that_name_nobody_are_parties_of_their_own() -> None:
    first = scored(("MMLU-Pro", 90.0, "other_vendor"), source="a paper")
    second = scored(("MMLU-Pro", 87.0, "other_vendor"), slug="second", source="another paper")
    assert judged(first, second).points == 50.0
    assert judged(first, second).evidence[0].party == "other_vendor: a paper"


def test_a_claim_beside_a_measurement_can_fail_a_model_but_not_lift_it() -> None:
    measured = ("IFBench", 62.5, AA)
    assert judged(scored(measured, ("MMLU-Pro", 99.0, "vendor")), BEST).points == 75.0
    failing = judged(scored(measured, ("MMLU-Pro", 70.0, "vendor")), BEST)
    assert not failing.passes
    assert failing.deciding == {"benchmark": "MMLU-Pro", "score": 70.0, "floor": 75.0}


def test_where_lower_is_better_the_floor_is_a_ceiling() -> None:
    # Ceiling 8 % of words wrong, best 4 %: 6 % is halfway, so 75 points; 9 % fails.
    name = "WER (lower is better)"
    best = scored((name, 4.0, AA), slug="best")
    assert judged(scored((name, 6.0, AA)), best, floors=profile(**{name: 8.0})).points == 75.0
    assert not judged(scored((name, 9.0, AA)), best, floors=profile(**{name: 8.0})).passes


def test_where_nobody_is_better_than_the_floor_the_floor_gets_half() -> None:
    alone = scored(("IFBench", 45.0, AA))
    assert judged(alone).points == 50.0


def test_a_coarse_format_costs_points_and_never_goes_below_zero() -> None:
    quality = judged(scored(("IFBench", 62.5, AA)), BEST)
    assert coarse(MODEL, quality).points == 71.0
    assert coarse(MODEL, replace(quality, points=1.0)).points == 0.0


@pytest.mark.parametrize("native", ["int4", "mxfp4", "FP4+FP8"])
def test_a_model_that_was_released_in_four_bits_loses_nothing_in_four(native: str) -> None:
    quality = judged(scored(("IFBench", 62.5, AA)), BEST)
    assert coarse(replace(MODEL, native_precision=native), quality) is quality


def test_no_score_is_no_evidence_and_ranks_below_any_model_at_its_floor() -> None:
    nothing = judged(MODEL, BEST)
    assert (nothing.points, nothing.passes, nothing.evidence, nothing.grade) == (None, True, (), "unknown")
    assert coarse(MODEL, nothing) is nothing
    assert nothing.rank == NO_EVIDENCE < judged(scored(("IFBench", 45.0, AA)), BEST).rank
    assert nothing.deciding == {"benchmark": None, "score": None, "floor": None}


def test_a_score_on_another_benchmark_says_nothing() -> None:
    assert judged(scored(("GPQA-Diamond", 99.0, AA)), BEST).points is None


def test_each_benchmark_of_the_catalog_keeps_one_scale() -> None:
    scales: dict[str, set[str | None]] = {}
    for model in catalog().models:
        for score in model.quality:
            scales.setdefault(score.benchmark, set()).add(score.scale)
    assert {name for name, found in scales.items() if len(found) > 1} == set()


def test_one_model_for_two_jobs_shows_the_evidence_of_both_and_the_quality_of_the_worse() -> None:
    of = hand_model("gemma-4-26b-a4b")
    fine = judged(scored(("IFBench", 62.5, AA)), BEST)
    claimed = judged(
        scored(("MMLU-Pro", 90.0, "vendor")), scored(("MMLU-Pro", 80.0, "vendor"), maker="Other", slug="o")
    )
    writing = replace(hosted_candidate(Job.WRITE_REPLY, of.name), model=of, quality=fine)
    translating = replace(hosted_candidate(Job.TRANSLATE, of.name), model=of, quality=claimed)
    automating = replace(hosted_candidate(Job.AUTOMATION, of.name), model=of, quality=NONE)
    (use,) = model_uses(Setup((writing, translating, automating)), firm())
    assert use.jobs == ("write_reply", "translate", "automation")
    assert (use.quality, use.quality_grade) == (50.0, "maker")
    assert [(row.job, row.benchmark) for row in use.evidence] == [("write_reply", "IFBench"), ("translate", "MMLU-Pro")]
    (nothing,) = model_uses(Setup((automating,)), firm())
    assert (nothing.quality, nothing.quality_grade, nothing.evidence) == (None, "unknown", ())


def test_what_speaks_for_a_companion_is_shown() -> None:
    helper = Helper("stt", hand_model("parakeet-tdt-0-6b-v3"), None, 2.0, judged(scored(("IFBench", 62.5, AA)), BEST))
    assert helper.proven
    uses = model_uses(Setup((hosted_candidate(Job.MEETING_NOTES, helpers=(helper,)),)), firm())
    companion = next(use for use in uses if use.role == "stt")
    assert (companion.quality, companion.evidence[0].benchmark) == (75.0, "IFBench")
