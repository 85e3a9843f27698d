"""The result as a workbook: its figures are the result's, its totals are live, its words are text."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from advisor.assessments.advice import sample_businesses
from advisor.assessments.services import compute_result
from advisor.reports.spreadsheet import render_spreadsheet
from tests.browsing import sample
from tests.questionnaire import begin, published_version
from tests.samples import AS_OF, document

NAMES = [name for name, _text in sample_businesses()]
STAMP = datetime(2026, 11, 21, tzinfo=UTC)
ANSWER, COST, BY_YEAR, TODAY, SOURCES = range(5)


def workbook(name: str, language: str = "en", change: dict[str, Any] | None = None, *, values: bool = True) -> Workbook:
    """The workbook of a sample business as read back; ``values`` reads figures, else the formulas behind them."""
    content = render_spreadsheet(document(name) | (change or {}), language=language, timestamp=STAMP)
    return load_workbook(io.BytesIO(content), data_only=values)


def rows(book: Workbook, page: int) -> list[tuple[Any, ...]]:
    return list(book.worksheets[page].iter_rows(values_only=True))


@pytest.mark.parametrize("name", NAMES)
def test_every_cost_line_of_every_option_stands_in_it(name: str) -> None:
    made = document(name)
    plans = [*made["plans"], *([made["closed_reference"]] if made["closed_reference"] else [])]
    amounts = [row[1:6] for row in rows(workbook(name), COST) if isinstance(row[1], int | float)]

    assert amounts == [
        (
            line["once"]["central"],
            line["month"]["central"],
            *(line["total"][part] for part in ("low", "central", "high")),
        )
        for plan in plans
        for line in plan["lines"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_total_is_a_live_sum_whose_lines_add_up_to_the_engines_figure(name: str) -> None:
    made, live, page = document(name), [], workbook(name, values=False).worksheets[COST]
    for row in page.iter_rows(min_col=5, max_col=5):
        formula = str(row[0].value)
        if formula.startswith("=SUM("):
            first, last = formula.removeprefix("=SUM(").removesuffix(")").split(":")
            live.append(sum(cell[0].value for cell in page[first:last]))
    plans = [*made["plans"], *([made["closed_reference"]] if made["closed_reference"] else [])]

    assert live == pytest.approx([plan["cost_total"]["central"] for plan in plans], abs=0.05)


def test_what_is_paid_now_adds_up() -> None:
    found = rows(workbook("web_shop"), TODAY)

    assert [row[0] for row in found[1:]] == ["ChatGPT Business (standard seat)", "Zendesk AI agents", "Total"]
    assert found[-1][2] == document("web_shop")["keep"]["month"]


def test_a_business_that_pays_nothing_reads_so() -> None:
    assert rows(workbook("bakery"), TODAY)[1][0].startswith("You pay for nothing")


def test_the_sources_are_those_of_the_result() -> None:
    assert len(rows(workbook("web_shop"), SOURCES)) == 1 + len(document("web_shop")["sources"])


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    made = document("web_shop")
    tool = made["keep"]["tools"][0] | {"product": '=HYPERLINK("https://evil.example")'}
    book = workbook("web_shop", change={"keep": made["keep"] | {"tools": [tool]}}, values=False)
    cell = book.worksheets[TODAY]["A2"]

    assert cell.value == '=HYPERLINK("https://evil.example")'
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_without_any_option_it_still_says_why() -> None:
    change = {"plans": [], "closed_reference": None, "recommended": None, "verdict": "nothing_fits"}

    assert rows(workbook("web_shop", change=change), ANSWER)[0][0] == "Nothing fits all your rules"


def test_it_is_written_in_the_readers_language() -> None:
    book = workbook("web_shop", "zh-hans")

    assert book.sheetnames[COST] == "成本"
    assert book.worksheets[COST]["B2"].value == "一次性"


def test_the_same_result_gives_the_same_bytes() -> None:
    first, second = (render_spreadsheet(document("factory"), language="en", timestamp=STAMP) for _ in range(2))

    assert first == second


@pytest.mark.django_db
def test_the_browser_gets_the_latest_result_as_a_private_file(client: Client) -> None:
    published_version()
    assessment = begin(client)
    address = reverse("reports:spreadsheet", args=[assessment.public_id])
    assert client.get(address).status_code == 404
    assessment.answers = sample("low_use")
    assessment.save()
    result = compute_result(assessment=assessment, as_of=AS_OF)

    response = client.get(address)

    assert response["Content-Disposition"] == 'attachment; filename="result-2026-11-21.xlsx"'
    assert response["Cache-Control"] == "private, no-store"
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)), data_only=True)
    assert rows(book, TODAY)[-1][2] == result.recommendation["keep"]["month"]
    assert Client().get(address).status_code == 404
    assert client.post(address).status_code == 405
