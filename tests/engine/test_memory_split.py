"""What the memory of a plan's machine goes to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.engine import demand, memory
from advisor.engine.answers import Job, JobAnswer
from advisor.engine.candidates import Candidate, Running
from advisor.engine.companions import Helper
from advisor.engine.memory_split import Split, split
from advisor.engine.places import Place
from advisor.engine.quality import NONE
from advisor.engine.runtimes import VLLM
from advisor.engine.types import Route
from tests.engine.hand_made import device, firm, model
from tests.samples import NAMES, catalog, recommendation

SERVER = Place(key="hand", route=Route.OWN_SERVER, name="hand", device=device("l40s"))
MODEL, SMALL = model("gemma-4-12b"), model("bge-m3")
WRITING = (Job.WRITE_REPLY, Job.TRANSLATE)


def parts(*candidates: Candidate) -> Split:
    jobs = tuple(JobAnswer(candidate.job, 10.0, 10.0) for candidate in candidates)
    business = firm(jobs=jobs)
    loads = {load.job: load for load in demand.loads(business, business.middle)}
    return split([(candidate, loads[candidate.job]) for candidate in candidates], catalog())


def runs(job: Job, slots: int, helpers: tuple[Helper, ...] = ()) -> Candidate:
    """Gemma on an L40S, as large as ``memory.need`` says."""
    business = firm(job)
    tokens = int(demand.loads(business, business.middle)[0].profile.context_needed_tokens.central)
    need = memory.need(MODEL, "FP8", VLLM, tokens, slots, device=SERVER.device)
    assert need.needed_gb is not None
    running = Running("FP8", need.needed_gb, slots, (10.0, 20.0, 30.0), 100.0, 5.0)
    return Candidate(job, MODEL, MODEL.name, SERVER, NONE, running=running, helpers=helpers)


def test_the_parts_are_those_the_size_was_computed_from() -> None:
    business = firm(Job.WRITE_REPLY)
    tokens = int(demand.loads(business, business.middle)[0].profile.context_needed_tokens.central)
    need = memory.need(MODEL, "FP8", VLLM, tokens, 8, device=SERVER.device)
    found = parts(runs(Job.WRITE_REPLY, 8))
    assert found.weights_gb == need.weights_gb
    assert found.working_gb == pytest.approx((need.kv_cache_gb or 0) + (need.state_gb or 0))
    assert found.overhead_gb == pytest.approx(need.buffers_gb)


def test_weights_used_for_two_jobs_are_held_once_at_the_larger_size() -> None:
    one, other = (runs(job, slots) for job, slots in zip(WRITING, (2, 16), strict=True))
    assert parts(one, other) == parts(other, one)
    assert parts(one, other).weights_gb == parts(one).weights_gb
    assert parts(one, other).needed_gb == max(parts(one).needed_gb, parts(other).needed_gb)


def test_what_helps_beside_it_counts_as_weights() -> None:
    helped = runs(Job.WRITE_REPLY, 2, (Helper("embedding", SMALL, None, 4.0),))
    assert parts(helped).weights_gb == pytest.approx(parts(runs(Job.WRITE_REPLY, 2)).weights_gb + 4.0)


def test_a_model_known_by_its_size_alone_is_all_weights() -> None:
    reader = replace(runs(Job.WRITE_REPLY, 1), running=Running(None, 12.0, 1, None, 100.0, 5.0))
    assert parts(reader) == Split(weights_gb=12.0)


def test_parts_never_add_up_to_more_than_is_needed() -> None:
    tight = runs(Job.WRITE_REPLY, 8)
    assert tight.running is not None
    found = parts(replace(tight, running=replace(tight.running, needed_gb=10.0)))
    assert found.needed_gb == pytest.approx(10.0)
    assert min(found.weights_gb, found.working_gb, found.overhead_gb) >= 0


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_of_every_machine_make_up_its_need(name: str) -> None:
    for plan in recommendation(name).plans:
        for machine in plan.machines:
            parts_ = machine.weights_gb + machine.working_gb + machine.overhead_gb
            assert parts_ == pytest.approx(machine.needed_gb, abs=0.16)
