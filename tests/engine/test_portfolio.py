"""Putting candidates together: a small model first, and what several models hold in memory."""

from dataclasses import replace

import pytest

from advisor.engine import demand
from advisor.engine.answers import Job
from advisor.engine.candidates import Candidate, Running
from advisor.engine.companions import Helper
from advisor.engine.explain import model_uses
from advisor.engine.holding import shared_memory_gb
from advisor.engine.hosted_setups import small_model_first
from advisor.engine.machine_setups import Column
from advisor.engine.options import options
from advisor.engine.quality import NONE
from advisor.engine.setup import Setup
from tests.engine.hand_made import HOST, PRICE, firm, hosted_candidate, model, only

SMALL, LARGE = model("qwen3-5-2b"), model("gemma-4-26b-a4b")


def candidate(of, points: float | None = None, needed_gb: float = 0.0) -> Candidate:
    running = Running("FP8", needed_gb, 1, (10.0, 20.0, 30.0), 100.0, 5.0) if needed_gb else None
    return Candidate(Job.WRITE_REPLY, of, of.name, HOST, replace(NONE, points=points), price=PRICE, running=running)


def routed(*candidates: Candidate) -> Candidate | None:
    business = firm()
    (load,) = demand.loads(business, business.middle)
    return small_model_first(candidates, load)


def test_the_small_model_takes_the_easy_share_and_the_points_in_proportion() -> None:
    easy = firm().jobs[0].profile.easy_share.central
    both = routed(candidate(SMALL, 60.0), candidate(LARGE, 90.0))
    assert both is not None
    assert (both.name, both.easy and both.easy.name) == (LARGE.name, SMALL.name)
    assert both.quality.points == pytest.approx(60.0 * easy + 90.0 * (1 - easy))


def test_one_model_alone_or_a_better_small_one_is_not_split() -> None:
    assert routed(candidate(SMALL, 60.0)) is None
    assert routed(candidate(SMALL, 90.0), candidate(LARGE, 60.0)) is None
    assert routed(candidate(SMALL, 60.0), candidate(SMALL, 60.0)) is None


def test_where_one_of_two_is_unproven_the_pair_is() -> None:
    both = routed(candidate(SMALL), candidate(LARGE, 90.0))
    assert both is not None
    assert both.quality.points is None


def test_a_split_job_names_both_models() -> None:
    both = routed(candidate(SMALL, 60.0), candidate(LARGE, 90.0))
    assert both is not None
    uses = model_uses(Setup((both,)), firm())
    assert [(use.role, use.name) for use in uses] == [("main", LARGE.name), ("easy", SMALL.name)]


def test_what_is_hosted_elsewhere_takes_no_memory_here() -> None:
    helper = Helper("embedding", SMALL, PRICE, needed_gb=4.0)
    assert shared_memory_gb([hosted_candidate(helpers=(helper,))]) == 0.0


def test_a_model_used_twice_is_held_once_at_its_larger_size() -> None:
    # 20 GB for one job, 24 GB for another, the same weights: 24 GB. A search model of 2 GB beside it: 26 GB.
    helper = Helper("embedding", SMALL, None, needed_gb=2.0)
    first, second = candidate(LARGE, needed_gb=20.0), candidate(LARGE, needed_gb=24.0)
    assert shared_memory_gb([first, second]) == 24.0
    assert shared_memory_gb([first, replace(second, helpers=(helper,))]) == 26.0


def test_a_machine_that_has_no_room_for_any_job_holds_nothing() -> None:
    assert Column(firm(), number=0, at_home=True, usable_gb=-1.0, here=()).chosen == ()


def test_a_price_of_a_model_that_is_not_in_the_catalog_is_no_option() -> None:
    stranger = replace(PRICE, model="nobody", open_weights=True)
    business = firm(facts=only(model("qwen3-8-27b"), prices=(stranger,)))
    assert len(options(business, demand.loads(business, business.middle)).jobs[0].hosted.order) == 0
