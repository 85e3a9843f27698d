"""Models side by side: the address names them, and what cannot be shown is named."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.catalog.public_pages import get, words
from tests.questionnaire import published_version

pytestmark = pytest.mark.django_db
FOUR = ["qwen3-8-27b", "gemma-4-31b", "glm-ocr", "llama-4-scout"]


@pytest.fixture(autouse=True)
def published(db: None) -> None:
    published_version()


def compared(client: Client, slugs: list[str], status: int = 200) -> str:
    return get(client, "/catalog/compare/?" + "&".join(f"model={slug}" for slug in slugs), status)


def columns(page: str) -> list[str]:
    head = page.split('<thead role="rowgroup">')[1].split("</thead>")[0]
    return re.findall(r'href="/models/([\w-]+)/"', head)


def cells(page: str, label: str) -> list[str]:
    row = page.split(f'<th scope="row" role="rowheader">{label}</th>')[1].split("</tr>")[0]
    return [words(f"<main{cell}</main>").removeprefix("> ").strip() for cell in re.split("<td [^>]*", row)[1:]]


def test_up_to_four_models_stand_side_by_side_in_the_order_of_the_address(client: Client) -> None:
    assert columns(compared(client, FOUR)) == FOUR
    assert columns(compared(client, FOUR[::-1][:2])) == FOUR[::-1][:2]


def test_each_column_shows_its_own_models_facts(client: Client) -> None:
    page = compared(client, FOUR)

    assert cells(page, "Released") == ["August 2026", "April 2026", "January 2026", "April 2025"]
    assert [cell.split(" ")[-1] for cell in cells(page, "Countries left out")] == ["none", "none", "none", "Union"]
    assert cells(page, "Languages")[0] == "not known"
    assert all(re.match("Fits|Does not fit", cell) for cell in cells(page, "Data-center card: NVIDIA A100 PCIe 80GB"))


def test_only_tests_that_two_of_them_took_are_compared_and_say_who_measured(client: Client) -> None:
    page = compared(client, FOUR[:2])

    assert "the maker itself" in cells(page, "GPQA-Diamond")[0]
    assert "Terminal-Bench 2.1" not in page  # only one of the two has it


def test_a_fifth_model_is_refused_in_a_sentence_and_the_first_four_are_shown(client: Client) -> None:
    page = compared(client, [*FOUR, "glm-5-3"], status=422)

    assert "At most 4 models fit side by side; the first ones are shown." in words(page)
    assert columns(page) == FOUR


def test_a_model_that_does_not_exist_is_named_and_the_others_are_shown(client: Client) -> None:
    page = compared(client, ["glm-ocr", "no<b>such", "qwen3-8-27b"], status=422)

    assert "There is no model “no<b>such” in the published catalog." in words(page)
    assert "<b>" not in page.split("<main")[1]
    assert columns(page) == ["glm-ocr", "qwen3-8-27b"]


def test_the_same_model_twice_stands_there_once(client: Client) -> None:
    assert columns(compared(client, ["glm-ocr", "glm-ocr"])) == ["glm-ocr"]


def test_without_models_the_page_says_how_to_choose_them(client: Client) -> None:
    page = get(client, "/catalog/compare/")

    assert "Tick two to four models on the list" in words(page)
    assert "<table" not in page


def test_the_way_back_to_the_list_keeps_the_choice(client: Client) -> None:
    page = compared(client, FOUR[:2])

    assert 'href="/models/?model=qwen3-8-27b&amp;model=gemma-4-31b"' in page
    assert 'href="?model=gemma-4-31b"' in page  # takes the first one away
    assert '<meta name="robots" content="noindex, follow">' in page
