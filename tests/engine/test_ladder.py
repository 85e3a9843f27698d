"""Steps of fitting a model to the main job: what each costs, what it asks for, and where it cannot be done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from advisor.engine import demand
from advisor.engine.adaptation import added_tokens, chosen, with_search
from advisor.engine.answers import Adaptation, DocumentCount, Job, WhatIf
from advisor.engine.business import Business
from advisor.engine.catalog import SupportOffer
from advisor.engine.facts import job_profile
from advisor.engine.ladder import rungs
from advisor.engine.recommend import recommend
from advisor.engine.services import seat_setups
from advisor.engine.setup import Case, Setup
from advisor.engine.types import Rung
from tests.engine.hand_made import firm, hosted_candidate, model
from tests.engine.test_cost_lines import HOURLY, server
from tests.samples import AS_OF, answers, catalog

FIND, WRITE = Job.FIND_IN_DOCUMENTS, Job.WRITE_REPLY


def steps(setup: Setup, business: Business) -> dict[str, Rung]:
    loads = demand.loads(business, business.middle)
    return {rung.step: rung for rung in rungs(Case(setup, business, loads, business.middle))}


def hosted(job: Job = WRITE, **more: Any) -> dict[str, Rung]:
    business = firm(job, **more)
    candidate = replace(hosted_candidate(job), model=model("gemma-4-12b"))
    return steps(Setup((candidate,)), business)


def code(rung: Rung) -> str | None:
    return rung.obstacle.code if rung.obstacle else None


def test_the_cheapest_step_comes_first_and_is_the_usual_one() -> None:
    found = hosted()
    assert list(found) == ["prompt", "search", "fine_tuning"]
    assert [rung.chosen for rung in found.values()] == [True, False, False]


@pytest.mark.parametrize(
    ("job", "asked", "step"),
    [
        (WRITE, None, Adaptation.PROMPT),
        (WRITE, Adaptation.SEARCH, Adaptation.SEARCH),
        (WRITE, Adaptation.FINE_TUNING, Adaptation.FINE_TUNING),
        (FIND, None, Adaptation.SEARCH),
        (FIND, Adaptation.PROMPT, Adaptation.SEARCH),
        (FIND, Adaptation.FINE_TUNING, Adaptation.FINE_TUNING),
        (Job.PICTURES, Adaptation.FINE_TUNING, Adaptation.PROMPT),
    ],
)
def test_a_job_that_looks_things_up_is_never_less_than_that(job: Job, asked: Adaptation | None, step: str) -> None:
    assert chosen(job, asked) is step


def test_instructions_cost_four_hours_and_ask_for_nothing_else() -> None:
    # 4 hours at 41.30.
    rung = hosted()["prompt"]
    assert rung.once is not None
    assert rung.total is not None
    assert (rung.once.central, rung.total.central) == (165.2, 165.2)
    assert [(need.code, need.values) for need in rung.needs] == [("needs_instructions", {"hours": 4})]


def test_looking_things_up_costs_documents_an_index_and_what_is_read_on_top() -> None:
    # 3,000 documents assumed: 6 hours a thousand at 41.30 = 743.40. Read on top: 4 passages of 400 tokens for each
    # of 86.667 requests a month, in English, at 2 dollars a million.
    rung = hosted(tried=WhatIf(growth=0.0))["search"]
    assert rung.once is not None
    assert rung.month is not None
    assert rung.once.central == pytest.approx(743.40, abs=1.0)
    reading = 86.6667 * 1600 * 1.0 / 1e6 * 2 * 0.895095 * 1.02
    assert rung.month.central == pytest.approx(reading, abs=0.01)  # questions and new pages are less than a cent
    assert [(need.code, need.values) for need in rung.needs] == [("needs_documents", {"documents": 3000})]


def test_a_job_that_looks_things_up_has_its_documents_in_the_plan() -> None:
    found = hosted(FIND, document_count=DocumentCount.UNDER_1000)
    assert found["search"].chosen
    assert found["search"].needs[0].values == {"documents": 400}


def test_looking_things_up_on_a_machine_of_ones_own_reads_in_hours_it_has() -> None:
    business = firm(tried=WhatIf(growth=0.0))
    rung = steps(server(business), business)["search"]
    assert rung.month is not None
    assert rung.total is not None
    assert rung.month.central < 0.01  # electricity of the new pages
    assert rung.total.central >= 743.40


def test_training_says_what_it_would_cost_and_how_many_examples_it_asks_for() -> None:
    business = firm(facts=replace(catalog(), cloud_offers=(HOURLY,)), hourly_cost=50.0)
    rung = steps(server(business), business)["fine_tuning"]
    assert rung.once is not None
    assert rung.once.central > 1000 / 100 * 8 * 41.3 + 16 * 50 + 12 * 50
    assert not rung.chosen
    assert [(need.code, need.values) for need in rung.needs] == [
        ("needs_examples", {"low": 200, "central": 1000, "high": 5000})
    ]


def test_a_step_that_cannot_be_done_says_why_and_has_no_price() -> None:
    assert code(hosted()["fine_tuning"]) == "tuning_hosted"
    assert hosted()["fine_tuning"].total is None
    business = firm(facts=replace(catalog(), cloud_offers=()))
    assert code(steps(server(business, of="minimax-m3"), business)["fine_tuning"]) == "tuning_no_machine"
    pictures = hosted(Job.PICTURES)
    assert {code(pictures["search"]), code(pictures["fine_tuning"])} == {"step_not_for_job"}
    searchless = firm(facts=replace(catalog(), models=(model("gemma-4-12b"),), api_prices=()))
    assert code(steps(server(searchless), searchless)["search"]) == "search_no_model"


def test_a_ready_made_assistant_cannot_be_added_to() -> None:
    offer = SupportOffer(
        slug="hand", vendor="Hand", offer="Assistant", kind="hosted_open_model_plan", price=20.0, currency="EUR",
        unit="user_month", jobs=("write_reply",), grade="published",
    )  # fmt: skip
    business = firm(facts=replace(catalog(), support_offers=(offer,)))
    (setup,) = seat_setups(business)
    assert code(steps(setup, business)["search"]) == "step_in_service"
    assert seat_setups(firm(facts=business.catalog, tried=WhatIf(adaptation=Adaptation.FINE_TUNING))) == ()


def test_a_plan_without_the_main_job_has_no_steps() -> None:
    assert steps(Setup((hosted_candidate(Job.TRANSLATE),), (WRITE,)), firm()) == {}


def test_passages_come_on_top_of_the_request_and_are_not_read_from_memory() -> None:
    plain, more = job_profile(catalog(), WRITE), with_search(job_profile(catalog(), WRITE), catalog())
    assert (added_tokens(catalog()).low, added_tokens(catalog()).central) == (400, 1600)
    assert more.input_tokens.central == plain.input_tokens.central + 1600
    cached = plain.cached_prefix_share.central * plain.input_tokens.central
    assert more.cached_prefix_share.central * more.input_tokens.central == pytest.approx(cached)
    assert "embedding" in {companion.task for companion in more.companions}
    assert more.context_needed_tokens.central >= plain.context_needed_tokens.central


def test_what_is_known_already_is_not_asked_for_twice() -> None:
    chat = job_profile(catalog(), Job.ANSWER_CUSTOMERS)
    tasks = [companion.task for companion in with_search(chat, catalog()).companions]
    assert tasks.count("embedding") == 1


def test_switching_search_on_adds_its_lines_to_every_plan() -> None:
    tried = recommend(answers("bakery"), catalog(), as_of=AS_OF, what_if=WhatIf(adaptation=Adaptation.SEARCH))
    for plan in tried.plans:
        assert "data_preparation" in {line.key for line in plan.lines}
        if plan.route != "hosted_seats":
            assert "embedding" in {use.role for use in plan.models}


@pytest.mark.parametrize("name", ["law_office", "software_studio"])
def test_switching_training_on_leaves_no_plan_that_cannot_be_trained(name: str) -> None:
    tried = recommend(answers(name), catalog(), as_of=AS_OF, what_if=WhatIf(adaptation=Adaptation.FINE_TUNING))
    assert tried.plans
    for plan in tried.plans:
        assert plan.machines
        assert "fine_tuning" in {line.key for line in plan.lines}
