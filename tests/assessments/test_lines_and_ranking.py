"""The buttons inside a page: they change the page, never the stored answers."""

from typing import Any

import pytest
from django.test import Client

from tests.questionnaire import PAGES, answer, begin, set_answers

pytestmark = pytest.mark.django_db


def test_another_line_keeps_what_was_typed_and_judges_nothing(client: Client) -> None:
    assessment = begin(client)

    response = answer(
        client, assessment, "Q15", {"answer": "pays", "lines": "1", "line0-price_month": "abc", "move": "add"}
    )

    body = response.content.decode()
    assert response.status_code == 200
    assert 'name="lines" value="2"' in body
    assert 'value="abc"' in body
    assert "field-error" not in body


def test_removing_a_line_keeps_the_others(client: Client) -> None:
    assessment = begin(client)
    sent = {"lines": "3", "line0-language": "de", "line1-language": "fr", "line2-language": "es", "move": "remove:1"}

    response = answer(client, assessment, "Q7", sent)

    assert [line["language"].value() for line in response.context["form"].lines] == ["de", "es"]


@pytest.mark.parametrize("move", ["remove:99", "remove:-1", "remove:x", "remove:²", "explode", ""])
def test_an_odd_button_changes_nothing(client: Client, move: str) -> None:
    response = answer(client, begin(client), "Q7", {"lines": "2", "line0-language": "de", "move": move})

    assert response.status_code == 200
    assert len(response.context["form"].lines) == 2


@pytest.mark.parametrize("count", ["0", "-1", "x", "99999999999", "²", "", "1e3"])
def test_an_odd_number_of_lines_counts_as_one(client: Client, count: str) -> None:
    response = answer(client, begin(client), "Q15", {"lines": count, "move": ""})

    assert len(response.context["form"].lines) == 1


def test_lines_end_at_the_limit(client: Client) -> None:
    response = answer(client, begin(client), "Q16-computers", {"lines": "6", "move": "add"})

    assert response.status_code == 302  # without a machine of its own the page gives way

    assessment = set_answers(begin(client))
    response = answer(client, assessment, "Q16-computers", {"lines": "6", "move": "add"})

    assert len(response.context["form"].lines) == 6
    assert b'value="add"' not in response.content


def test_an_empty_line_between_filled_ones_is_dropped(client: Client) -> None:
    assessment = set_answers(begin(client))
    sent = PAGES["Q15"][0] | {
        "lines": "3",
        "line2-product": "DeepL",
        "line2-price_month": "9",
        "line2-would_stop": "yes",
    }

    answer(client, assessment, "Q15", sent)

    assessment.refresh_from_db()
    assert [tool["product"] for tool in assessment.answers["current_tools"]] == ["ChatGPT Business", "DeepL"]


@pytest.mark.parametrize(
    ("order", "move", "becomes"),
    [
        ([], "add:privacy", ["privacy"]),
        (["privacy"], "add:quality", ["privacy", "quality"]),
        (["privacy", "quality"], "up:quality", ["quality", "privacy"]),
        (["privacy", "quality"], "down:privacy", ["quality", "privacy"]),
        (["privacy", "quality"], "up:privacy", ["privacy", "quality"]),
        (["privacy", "quality"], "remove:privacy", ["quality"]),
        (["privacy", "quality", "ease"], "add:speed", ["privacy", "quality", "ease"]),
        (["privacy"], "add:fame", ["privacy"]),
        (["privacy"], "up:ease", ["privacy"]),
        (["privacy", "privacy", "fame"], "nonsense", ["privacy"]),
    ],
)
def test_the_order_follows_the_buttons(client: Client, order: list[str], move: str, becomes: list[str]) -> None:
    assessment = begin(client)

    response = answer(client, assessment, "Q23", {"order": order, "move": move})

    assert response.context["form"].order == becomes
    assessment.refresh_from_db()
    assert "priorities" not in assessment.answers


def test_a_full_order_offers_no_more(client: Client) -> None:
    sent: dict[str, Any] = {"order": ["privacy", "quality"], "move": "add:ease"}

    response = answer(client, begin(client), "Q23", sent)

    assert b'value="add:' not in response.content
