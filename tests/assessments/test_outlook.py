"""The side panel: what the answers lead to so far, and which of them moved it."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from advisor.assessments.context import QuestionContext
from advisor.assessments.outlook import COST, OPEN, Outlook, outlook
from advisor.assessments.panel import outlook_lines
from advisor.catalog.services import shipped_catalog
from tests.questionnaire import PAGES, address, begin, set_answers

AS_OF = date(2026, 11, 22)
ID = uuid4()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.delete(f"outlook:{ID}")


def context(**changes: object) -> QuestionContext:
    answers = {"question_set": "2026-11", "country": "DE", "currency": "EUR"}
    answers |= {"jobs": [{"job": "write_reply", "units_per_week": 40}], "information": ["internal"]} | changes
    return QuestionContext(answers=answers, catalog=shipped_catalog(), language="en", today=AS_OF)


def seen(context: QuestionContext) -> Outlook:
    found = outlook(ID, context)
    assert found is not None
    return found


def test_before_country_and_work_there_is_nothing_to_say() -> None:
    bare = QuestionContext(answers={"country": "DE"}, catalog=shipped_catalog(), language="en", today=AS_OF)

    assert outlook(ID, bare) is None


def test_more_work_costs_more_and_is_named_as_what_moved_it() -> None:
    few = seen(context())

    many = seen(context(jobs=[{"job": "write_reply", "units_per_week": 400}]))

    assert many.requests[0] > few.requests[1]
    assert many.moved_by[COST] == "Q5"


def test_a_place_rule_leaves_less_open_and_is_named() -> None:
    anywhere = seen(context(processing_location="anywhere"))

    at_home = seen(context(processing_location="own_equipment"))

    assert at_home.open < anywhere.open
    assert at_home.moved_by[OPEN] == "Q12"


def test_what_an_answer_did_not_move_keeps_its_mover() -> None:
    seen(context())
    seen(context(processing_location="own_equipment"))

    later = seen(context(processing_location="own_equipment", timing="looking"))

    assert later.moved_by[OPEN] == "Q12"


def test_the_same_answers_are_not_worked_out_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    first = seen(context())
    monkeypatch.setattr("advisor.assessments.outlook.recommend", lambda *_args, **_kw: pytest.fail("worked out again"))

    assert seen(context()) == first


def test_the_lines_speak_of_requests_of_what_is_open_and_of_money() -> None:
    now = context()

    lines = outlook_lines(seen(now), now)

    assert [line.label for line in lines] == ["Requests to a system in a month", "Still open", "Rough cost"]
    assert "over 36 months" in lines[2].values[0]
    assert all(line.title for line in lines)


@pytest.mark.parametrize(("still_open", "said"), [(1, "Not known yet"), (0, "Nothing passes every rule so far")])
def test_a_cost_nobody_can_tell_yet_names_no_answer(still_open: int, said: str) -> None:
    now = context()

    line = outlook_lines(replace(seen(now), cost=None, open=still_open), now)[2]

    assert (line.values, line.title) == ((said,), "")


@pytest.mark.django_db
def test_without_scripts_a_link_shows_the_outlook_on_the_page(client: Client) -> None:
    assessment = set_answers(begin(client))
    asked = f"{address(assessment, 'Q21')}?outlook"

    before, after = client.get(address(assessment, "Q21")).content, client.get(asked).content

    assert f'href="{asked}"'.encode() in before
    assert b"Still open" not in before
    assert b"Still open" in after


@pytest.mark.django_db
def test_htmx_gets_the_outlook_alone(client: Client) -> None:
    assessment = set_answers(begin(client))

    part = client.get(f"{address(assessment, 'Q21')}?outlook", headers={"HX-Request": "true"})

    assert b"Still open" in part.content
    assert b"<form" not in part.content
    assert "HX-Push-Url" not in part


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["Q1", "Q7"])
def test_each_line_of_the_panel_names_the_question_behind_it(client: Client, key: str) -> None:
    assessment = set_answers(begin(client), *list(PAGES)[:9])

    body = client.get(address(assessment, key)).content.decode()

    assert "What would you like help with?</a>" in body
