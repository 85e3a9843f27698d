"""Beside the advice: cases of the trade with a failure among them, programs of a route, how open a model is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.engine.cases import MOST, matching_cases
from advisor.engine.catalog import CaseStudy, Software
from advisor.engine.licenses import CLOSED, openness
from advisor.engine.programs import listed_for, programs
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


def test_a_program_is_listed_for_the_route_under_the_catalogs_own_word() -> None:
    assert listed_for(("hosted_api_front_end",), Route.HOSTED_API)
    assert listed_for(("own_server",), Route.OWN_SERVER)
    assert not listed_for(("own_server",), Route.HOSTED_API)


def test_the_three_easiest_programs_of_each_route_are_told_once() -> None:
    def program(slug: str, difficulty: int, *routes: str) -> Software:
        return Software(slug=slug, name=slug, category="runtime", routes=routes, license="MIT", difficulty=difficulty)

    known = replace(
        catalog(),
        software=(
            program("hard", 5, "own_server"), program("easy", 1, "own_server", "staff_computers"),
            program("middle", 3, "own_server"), program("other", 2, "own_server"),
            program("last", 4, "staff_computers"),
        ),
    )  # fmt: skip
    found = programs(known, (Route.OWN_SERVER, Route.STAFF_COMPUTERS))

    assert [row.slug for row in found] == ["easy", "other", "middle", "last"]


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

    assert {case.slug for case in made.cases if case.same_sector} >= {"cn-allinone-fail"}
    assert len(made.cases) == MOST
    assert all(row.license for plan in made.plans for row in plan.programs)
