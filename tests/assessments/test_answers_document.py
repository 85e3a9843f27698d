"""The answers document: what is accepted, and what the sender of a broken one is told."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from advisor.assessments.answers import AnswersError, check_unfinished, parse, to_engine
from advisor.assessments.management.commands.answers_schema import schema_text
from advisor.assessments.places import COUNTRIES, CURRENCIES
from advisor.catalog.services import shipped_catalog
from advisor.engine import answers as engine
from tests.questionnaire import PAGES

LEAST: dict[str, Any] = {
    "question_set": "2026-11",
    "country": "DE",
    "currency": "EUR",
    "jobs": [{"job": "write_reply"}],
    "information": ["internal"],
}
TOOL = {"product": "A", "price_month": 20, "would_stop": "yes"}


def everything() -> dict[str, Any]:
    answers = dict(LEAST)
    for _sent, stored in PAGES.values():
        answers |= stored
    return answers


def problems_of(raw: object) -> list[dict[str, Any]]:
    with pytest.raises(AnswersError) as caught:
        parse(raw)
    return [dict(problem) for problem in caught.value.problems]


def test_the_least_document_is_accepted() -> None:
    assert parse(LEAST).country == "DE"


def test_every_answer_reaches_the_engine() -> None:
    answers = to_engine(parse(everything()), shipped_catalog())

    assert answers.jobs[0] == engine.JobAnswer(engine.Job.FIND_IN_DOCUMENTS, 1250.0, 12.0)
    assert answers.customer_countries == ("GB", "CH")
    assert answers.languages == (
        engine.LanguageAnswer("de", engine.LanguageUse.MOSTLY),
        engine.LanguageAnswer("en", engine.LanguageUse.SOMETIMES),
    )
    assert answers.current_tools == (
        engine.CurrentTool("ChatGPT Business", 5, 1125.5, date(2027, 3, 31), engine.WouldStop.PARTLY),
    )
    assert answers.own_computers == (engine.OwnComputer(None, 24.0, 2),)
    assert answers.rules == engine.Rules(avoid_countries=("CN",), standard_licenses_only=True)
    assert answers.budget_month_as_now
    assert answers.priorities == (engine.Priority.PRIVACY, engine.Priority.QUALITY)
    assert answers.special_knowledge == (engine.SpecialKnowledge.LOOK_UP, engine.SpecialKnowledge.TONE)


def test_not_sure_is_not_counted_as_answered() -> None:
    answers = to_engine(parse(LEAST | {"error_harm": None, "timing": "looking", "sector": "retail"}))

    assert answers.answered == {"Q1", "Q2", "Q4", "Q11"}
    assert {"Q5", "Q8"} <= answers.relevant
    assert "Q13" not in answers.relevant


def test_answers_to_questions_that_do_not_apply_are_kept_but_ignored() -> None:
    hidden = {
        "document_count": "over_100000",
        "document_shapes": ["scans"],
        "computers": "office_pcs",
        "own_computers": [{"device": None, "memory_gb": 24, "count": 1}],
    }
    document = parse(LEAST | hidden)

    answers = to_engine(document)

    assert document.document_count == engine.DocumentCount.OVER_100000
    assert answers.document_count is None
    assert answers.document_shapes == ()
    assert answers.own_computers == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"country": "XX"}, "country"),
        ({"country": None}, "country"),
        ({"currency": "BTC"}, "currency"),
        ({"customer_countries": ["DE", "DE"]}, "customer_countries"),
        ({"sector": "../etc"}, "sector"),
        ({"staff_count": 0}, "staff_count"),
        ({"staff_count": -3}, "staff_count"),
        ({"staff_count": 1e12}, "staff_count"),
        ({"staff_count": 10**40}, "staff_count"),
        ({"staff_count": "12"}, "staff_count"),
        ({"staff_count": True}, "staff_count"),
        ({"staff_count": 4, "ai_users": 5}, "ai_users"),
        ({"jobs": []}, "jobs"),
        ({"jobs": [{"job": "write_reply"}] * 2}, "jobs"),
        ({"jobs": [{"job": job} for job in list(engine.Job)[:5]]}, "jobs"),
        ({"jobs": [{"job": "cook"}]}, "jobs.0.job"),
        ({"jobs": [{"job": "write_reply", "units_per_week": 0}]}, "jobs.0.units_per_week"),
        ({"jobs": [{"job": "write_reply", "units_per_week": float("nan")}]}, "jobs.0.units_per_week"),
        ({"jobs": [{"job": "write_reply", "minutes_each": float("inf")}]}, "jobs.0.minutes_each"),
        ({"jobs": [{"job": "write_reply", "color": "red"}]}, "jobs.0.color"),
        ({"languages": []}, "languages"),
        ({"languages": [{"language": "tlh", "use": "mostly"}]}, "languages.0.language"),
        ({"languages": [{"language": "de"}]}, "languages.0.use"),
        ({"people_decisions": ["none", "hiring"]}, "people_decisions"),
        ({"programs": ["none", "chat"]}, "programs"),
        ({"information": []}, "information"),
        ({"information": None}, "information"),
        ({"current_tools": [TOOL | {"price_month": -1}]}, "current_tools.0.price_month"),
        ({"current_tools": [TOOL | {"price_month": 1e12}]}, "current_tools.0.price_month"),
        ({"current_tools": [TOOL | {"contract_end": "31.3.2027"}]}, "current_tools.0.contract_end"),
        ({"current_tools": [TOOL | {"contract_end": 5}]}, "current_tools.0.contract_end"),
        ({"current_tools": [TOOL | {"contract_end": "1027-03-31"}]}, "current_tools.0.contract_end"),
        ({"current_tools": [TOOL | {"product": ""}]}, "current_tools.0.product"),
        ({"current_tools": [TOOL | {"product": "x" * 10_000}]}, "current_tools.0.product"),
        ({"current_tools": [TOOL | {"product": "a\u0000b"}]}, "current_tools.0.product"),
        ({"current_tools": [TOOL | {"product": "a\u202eb"}]}, "current_tools.0.product"),
        ({"own_computers": [{"count": 1}]}, "own_computers.0"),
        ({"own_computers": [{"memory_gb": 0}]}, "own_computers.0.memory_gb"),
        ({"hourly_cost": 0}, "hourly_cost"),
        ({"budget_month": 5, "budget_month_as_now": True}, "budget_month"),
        ({"priorities": ["quality", "quality"]}, "priorities"),
        ({"priorities": ["quality", "privacy", "ease", "speed"]}, "priorities"),
        ({"rules": []}, "rules"),
        ({"rules": {"avoid_countries": ["Mars"]}}, "rules.avoid_countries.0"),
        ({"horizon_months": 600}, "horizon_months"),
        ({"question_set": "1999"}, "question_set"),
        ({"staff": 4}, "staff"),
    ],
)
def test_a_broken_answer_names_its_field_what_is_wrong_and_how_to_fix_it(change: dict[str, Any], field: str) -> None:
    problems = problems_of(LEAST | change)

    assert [problem["field"] for problem in problems] == [field]
    assert problems[0]["message"].endswith((".", "!"))
    assert problems[0]["fix"].endswith(".")
    assert "pydantic" not in str(problems)


@pytest.mark.parametrize("raw", [None, [], "answers", 5, {"a": {1, 2}}, {"client_label": "\ud800"}])
def test_what_is_no_json_object_is_refused(raw: object) -> None:
    assert problems_of(raw)


def test_a_document_that_is_too_large_is_refused() -> None:
    assert problems_of(LEAST | {"programs": ["office"] * 100_000}) == [
        {"field": "", "message": "The answers are too long.", "fix": "Keep them under 200,000 characters."}
    ]


def test_endless_nesting_is_refused() -> None:
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]

    assert problems_of(LEAST | {"programs": nested})


def test_an_empty_document_names_every_answer_that_is_always_needed() -> None:
    fields = {problem["field"] for problem in problems_of({})}

    assert fields == {"question_set", "country", "currency", "jobs", "information"}


def test_unfinished_answers_may_miss_whole_answers_but_not_be_wrong() -> None:
    check_unfinished({"question_set": "2026-11", "staff_count": 3})

    with pytest.raises(AnswersError):
        check_unfinished({"question_set": "2026-11", "staff_count": -3})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sector": "piracy"}, "sector"),
        ({"computers": "apple", "own_computers": [{"device": "abacus"}]}, "own_computers.0.device"),
        ({"rules": {"avoid_suppliers": ["Acme"]}}, "rules.avoid_suppliers.0"),
        ({"rules": {"only_suppliers": ["Acme"]}}, "rules.only_suppliers.0"),
    ],
)
def test_a_name_the_catalog_does_not_hold_is_refused(change: dict[str, Any], field: str) -> None:
    with pytest.raises(AnswersError) as caught:
        to_engine(parse(LEAST | change), shipped_catalog())

    assert [problem["field"] for problem in caught.value.problems] == [field]


def test_the_published_schema_is_up_to_date() -> None:
    published = Path(settings.BASE_DIR) / "docs" / "answers.schema.json"

    assert published.read_text(encoding="utf-8") == schema_text(), "run manage.py answers_schema"


def test_the_schema_forbids_unknown_fields_everywhere() -> None:
    schema = json.loads(schema_text())
    objects = [schema, *(item for item in schema["$defs"].values() if item["type"] == "object")]

    assert all(item["additionalProperties"] is False for item in objects)


def test_the_catalog_has_a_price_of_electricity_for_every_country_offered() -> None:
    known = {row.country for row in shipped_catalog().electricity}

    assert set(COUNTRIES) <= known


def test_the_catalog_has_a_rate_for_every_currency_offered() -> None:
    known = {row.currency for row in shipped_catalog().fx if row.units_per_usd} | {"USD"}

    assert known >= CURRENCIES


def test_every_field_of_the_engine_comes_from_the_document() -> None:
    document = parse(everything() | {"horizon_months": 48, "hourly_cost": 60, "processing_location": "region"})

    answers = to_engine(document)

    for name in (
        "horizon_months",
        "hourly_cost",
        "processing_location",
        "timing",
        "readiness",
        "it_support",
        "currency",
    ):
        assert getattr(answers, name) == getattr(document, name), name
    for name in ("audience", "information", "programs", "hardware_countries"):
        assert list(getattr(answers, name)) == getattr(document, name), name
