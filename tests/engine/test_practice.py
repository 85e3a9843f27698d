"""Beside the advice: cases of the trade with a failure among them, programs of a route, how open a model is."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from advisor.engine.answers import Job
from advisor.engine.cases import MOST, matching_cases
from advisor.engine.catalog import CaseStudy, Software
from advisor.engine.licenses import CLOSED, openness
from advisor.engine.programs import SHOWN, listed_for, programs
from advisor.engine.setup import Setup
from advisor.engine.support import OPEN_ROUTES, ROUTES_OF_SUPPORT
from advisor.engine.types import Route
from tests.engine.hand_made import firm
from tests.samples import catalog, recommendation

CASE = CaseStudy(slug="case", title="Case", sector="a trade", sme="yes", result="positive", evidence_strength="B")


def told(*cases: CaseStudy) -> list[str]:
    business = firm()
    known = replace(business.catalog, case_studies=cases)
    return [case.slug for case in matching_cases(replace(business, catalog=known))]


def case(slug: str, **fields: object) -> CaseStudy:
    return replace(CASE, slug=slug, **fields)  # type: ignore[arg-type]


def test_cases_of_the_same_trade_come_first_and_the_best_evidence_before_the_rest() -> None:
    business = firm()
    trade, job = business.sector.slug, str(business.jobs[0].job)
    found = told(
        case("other-job", jobs=("camera_inspection",)),
        case("same-job", jobs=(job,), evidence_strength="A"),
        case("weak", sector_slug=trade, evidence_strength="D"),
        case("strong", sector_slug=trade, evidence_strength="A"),
    )

    assert found == ["strong", "weak", "same-job"]


def test_what_cannot_be_traced_is_not_told_beside_a_result() -> None:
    trade = firm().sector.slug

    assert told(case("lost", sector_slug=trade, evidence_strength="E")) == []


def test_a_failure_takes_the_last_place_where_only_successes_would_be_told() -> None:
    trade = firm().sector.slug
    good = [case(f"good-{number}", sector_slug=trade, evidence_strength="A") for number in range(MOST + 1)]
    bad = case("bad", sector_slug=trade, evidence_strength="D", result="negative")

    assert told(*good, bad) == [f"good-{number}" for number in range(MOST - 1)] + ["bad"]
    assert told(bad, *good[:2]) == ["good-0", "good-1", "bad"]


def test_where_nothing_alike_failed_a_failure_of_another_trade_is_told() -> None:
    trade = firm().sector.slug
    strange = [case(f"strange-{strength}", result="negative", evidence_strength=strength) for strength in "CA"]

    assert told(case("good", sector_slug=trade), *strange) == ["good", "strange-A"]
    assert told(*strange, case("worked")) == ["strange-A"]
    assert told(case("worked")) == []


def test_a_program_is_listed_for_the_route_under_the_catalogs_own_word() -> None:
    assert listed_for(("hosted_api_front_end",), Route.HOSTED_API)
    assert listed_for(("own_server",), Route.OWN_SERVER)
    assert not listed_for(("own_server",), Route.HOSTED_API)


def program(slug: str, kind: str, difficulty: int, *routes: str) -> Software:
    return Software(slug=slug, name=slug, category=kind, routes=routes, license="MIT", difficulty=difficulty)


def listed(*rows: Software, job: Job = Job.WRITE_REPLY, routed: bool = False) -> list[str]:
    """On staff computers with a server beside them."""
    business = firm(job)
    setup = SimpleNamespace(routes=(Route.OWN_SERVER, Route.STAFF_COMPUTERS), routed=routed)
    known = replace(business, catalog=replace(business.catalog, software=rows))
    return [row.slug for row in programs(cast(Setup, setup), known)]


def test_the_easiest_program_of_each_kind_is_told_once() -> None:
    assert listed(
        program("hard", "runtime", 5, "own_server"), program("easy", "runtime", 1, "own_server", "staff_computers"),
        program("window", "chat_ui", 2, "own_server"), program("elsewhere", "rag", 1, "rented_server"),
    ) == ["easy", "window"]  # fmt: skip


def test_no_more_than_a_few_programs_are_told_for_a_route() -> None:
    rows = [program(f"kind-{number}", f"kind-{number}", 3, "own_server") for number in range(SHOWN + 1)]

    assert len(listed(*rows)) == SHOWN


def test_programs_for_other_work_and_for_routing_without_routing_are_not_told() -> None:
    rows = (program("coder", "coding", 1, "own_server"), program("router", "routing", 1, "own_server"))

    assert listed(*rows) == []
    assert listed(*rows, job=Job.SOFTWARE) == ["coder"]
    assert listed(*rows, routed=True) == ["router"]


def test_every_kind_of_offer_of_the_catalog_is_bought_for_some_open_route() -> None:
    assert {row.kind for row in catalog().support_offers} <= set(ROUTES_OF_SUPPORT)
    assert all(routes and routes <= OPEN_ROUTES for routes in ROUTES_OF_SUPPORT.values())


@pytest.mark.parametrize(
    ("of_family", "license_", "told_as"),
    [
        ("open_weights_permissive", "mit", "open_weights_permissive"),
        ("open_weights_permissive", "gemma", "open_weights_conditional"),
        ("fully_open_data", "mit", "fully_open_data"),
        (None, "mit", None),
    ],
)
def test_a_model_with_a_stricter_license_of_its_own_is_not_called_free(
    of_family: str | None, license_: str, told_as: str | None
) -> None:
    row = next(row for row in catalog().licenses if row.slug == license_)

    assert openness(of_family, row) == told_as


def test_the_closed_reference_is_called_closed() -> None:
    made = recommendation("web_shop")
    assert made.closed_reference is not None

    assert {model.openness_class for model in made.closed_reference.models if model.role == "main"} == {CLOSED}
    assert CLOSED not in {model.openness_class for plan in made.plans for model in plan.models}


def test_the_sample_firms_are_told_cases_and_programs_with_their_licenses() -> None:
    made = recommendation("factory")

    assert {case.slug for case in made.cases if case.match == "sector"} >= {"cn-allinone-fail"}
    assert len(made.cases) == MOST
    assert all(row.license for plan in made.plans for row in plan.programs)
