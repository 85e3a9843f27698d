"""The result as a workbook: its figures are the result's, its totals are live, its words are text."""

from __future__ import annotations

import io
import re
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
ANSWER, INPUTS, COST, MONTHS, YEARS, SAVINGS, SENSITIVITY, TODAY, CALCULATION, SOURCES = range(10)


def workbook(name: str, language: str = "en", change: dict[str, Any] | None = None, *, values: bool = True) -> Workbook:
    """The workbook of a sample business as read back; ``values`` reads figures, else the formulas behind them."""
    content = render_spreadsheet(document(name) | (change or {}), language=language, timestamp=STAMP)
    return load_workbook(io.BytesIO(content), data_only=values)


def rows(book: Workbook, page: int) -> list[tuple[Any, ...]]:
    return list(book.worksheets[page].iter_rows(values_only=True))


@pytest.mark.parametrize("name", NAMES)
def test_the_ends_of_every_cost_line_stand_beside_its_live_figure(name: str) -> None:
    made = document(name)
    plans = [*made["plans"], *([made["closed_reference"]] if made["closed_reference"] else [])]
    page = rows(workbook(name, values=False), COST)
    ends = [(row[3], row[5]) for row in page if isinstance(row[3], int | float)]

    assert ends == [
        (figure["low"], figure["high"])
        for plan in plans
        for figure in (*(line["total"] for line in plan["lines"]), plan["cost_total"])
    ]
    live = [row[4] for row in page if isinstance(row[3], int | float)]
    assert all(str(formula).startswith("=") for formula in live)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_that_may_be_changed_is_read_by_a_formula(name: str) -> None:
    book = workbook(name, values=False)
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    read = {int(row) for formula in formulas for row in re.findall(r"Inputs!\$B\$(\d+)", formula)}
    entered = {cell.row for cell in book.worksheets[INPUTS]["B"] if cell.fill.fgColor.rgb == "FFFFF6DD"}

    assert entered
    assert entered <= read


def test_with_few_answers_no_single_saving_is_stated() -> None:
    made = document("web_shop")
    few = made["confidence"] | {"level": "low"}
    book = workbook("web_shop", change={"confidence": few})

    for page in (SAVINGS, SENSITIVITY):
        assert "Too few questions were answered to state one figure" in str(rows(book, page)[1][0])
        assert not [cell for row in rows(book, page) for cell in row if isinstance(cell, int | float)]
    assert not [row for row in rows(book, MONTHS) if str(row[0]).startswith("Ahead of today")]
    assert not [row for row in rows(book, CALCULATION) if row[0] == "Spending that stops, less the cost"]


def test_a_result_whose_workings_are_missing_shows_its_stored_figures() -> None:
    """What no formula gives back stands as it was stored, spread over the months as it was."""
    made = document("software_studio")
    book = workbook("software_studio", change={"traces": []})
    shown = [row for row in rows(book, COST) if isinstance(row[4], int | float)]
    plans = [*made["plans"], made["closed_reference"]]

    assert [row[4] for row in shown if not str(row[0]).startswith("Total")] == [
        line["total"]["central"] for plan in plans for line in plan["lines"]
    ]
    first = next(row for row in rows(book, MONTHS) if row[0] == "Cost of the plan")
    assert list(first[1:37]) == pytest.approx(plans[0]["cost_by_month"], abs=0.03)


def test_what_is_paid_now_adds_up() -> None:
    found = rows(workbook("web_shop"), TODAY)

    assert [row[0] for row in found[3:]] == ["ChatGPT Business (standard seat)", "Zendesk AI agents", "Total"]
    assert found[-1][2] == document("web_shop")["keep"]["month"]


def test_a_business_that_pays_nothing_reads_so() -> None:
    assert rows(workbook("bakery"), TODAY)[2][0].startswith("You pay for nothing")


def test_the_sources_are_those_of_the_result() -> None:
    assert len(rows(workbook("web_shop"), SOURCES)) == 3 + len(document("web_shop")["sources"])


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    made = document("web_shop")
    tool = made["keep"]["tools"][0] | {"product": '=HYPERLINK("https://evil.example")'}
    book = workbook("web_shop", change={"keep": made["keep"] | {"tools": [tool]}}, values=False)
    cell = book.worksheets[TODAY]["A4"]

    assert cell.value == '=HYPERLINK("https://evil.example")'
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_without_any_option_it_still_says_why() -> None:
    change = {"plans": [], "closed_reference": None, "recommended": None, "verdict": "nothing_fits"}

    assert rows(workbook("web_shop", change=change), ANSWER)[0][0] == "Nothing fits all your rules"


def test_it_is_written_in_the_readers_language() -> None:
    book = workbook("web_shop", "zh-hans")

    assert book.sheetnames[COST] == "成本"
    assert book.worksheets[COST]["B7"].value == "一次性"


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
