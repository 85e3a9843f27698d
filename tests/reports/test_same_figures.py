"""Page, PDF, workbook and data file say the same: every figure of the stored result, written out as each shows it."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import Any

import pytest
from django.utils import translation

from advisor.assessments.models import Assessment, Result
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.wording.labels import LABELS
from advisor.catalog.models import CatalogVersion
from advisor.catalog.services import canonical_json
from advisor.engine.recommend import ENGINE_VERSION
from tests.assessments.shown_results import address, granted
from tests.browsing import sample
from tests.questionnaire import published_version
from tests.reports.calculating import Pages, blocks, stored
from tests.reports.pdf import packed, rendered, words
from tests.reports.test_live_workbook import content
from tests.samples import AS_OF, NAMES, catalog, document

pytestmark = pytest.mark.django_db
ENDS = ("low", "central", "high")
every_business = pytest.mark.parametrize("name", NAMES)


def store(name: str) -> Result:
    text = canonical_json(document(name))
    return Result.objects.create(
        assessment=Assessment.objects.create(answers=sample(name)),
        answers=sample(name),
        catalog_version=CatalogVersion.objects.first() or published_version(),
        engine_version=ENGINE_VERSION,
        as_of=AS_OF,
        document=text,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
    )


@cache
def pdf(name: str) -> str:
    return words(rendered(document(name), answers=sample(name), catalog=catalog()))


def plain(html: str) -> str:
    """Text between tags without white space, as the PDF is read."""
    return packed(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)).replace("&#x27;", "'"))


class Figures:
    """What must stand in each place for one plan, written by hand of the document alone."""

    def __init__(self, sheet: Sheet, plan: dict[str, Any]) -> None:
        self.sheet, self.plan, self.money = sheet, plan, sheet.formats.money

    def name(self, line: dict[str, Any]) -> str:
        return self.sheet.words.label("cost_line", line["key"])

    def or_dash(self, amount: float) -> str:
        return self.money(amount) if amount else "–"

    def in_pdf(self) -> list[str]:
        """Each line as a row: name, once, each month, low, central, high; then the total; then the years."""
        rows = []
        for line in self.plan["lines"]:
            own = " (own time)" if line["own_labor"] else ""
            ends = "".join(self.or_dash(line["total"][end]) for end in ENDS)
            payments = self.or_dash(line["once"]["central"]) + self.or_dash(line["month"]["central"])
            rows.append(self.name(line) + own + payments + ends)
        once, month = (sum(line[part]["central"] for line in self.plan["lines"]) for part in ("once", "month"))
        ends = "".join(self.money(self.plan["cost_total"][end]) for end in ENDS)
        rows.append("Total" + self.money(once) + self.money(month) + ends)
        years = "".join(map(self.money, self.plan["cost_by_year"]))
        rows.append(self.sheet.plan_name(self.plan) + years + self.money(sum(self.plan["cost_by_year"])))
        return rows

    def on_page(self) -> list[str]:
        """The same rows on the page of every line, the range last, and every month."""
        rows = []
        for line in self.plan["lines"]:
            own = "your own people" if line["own_labor"] else ""
            figures = [line["once"]["central"], line["month"]["central"], line["total"]["central"]]
            ends = self.sheet.formats.money_range(line["total"]["low"], line["total"]["high"])
            rows.append(self.name(line) + own + "".join(map(self.money, figures)) + ends)
        total = self.plan["cost_total"]
        once, month = (sum(line[part]["central"] for line in self.plan["lines"]) for part in ("once", "month"))
        ends = self.sheet.formats.money_range(total["low"], total["high"])
        rows.append("In all" + self.money(once) + self.money(month) + self.money(total["central"]) + ends)
        shown = [line for line in self.plan["lines"] if any(line["by_month"])]
        columns = [*(line["by_month"] for line in shown), self.plan["cost_by_month"]]
        written = zip(*map(self.sheet.formats.money_column, columns), strict=True)
        rows += [f"{number}" + "".join(cells) for number, cells in enumerate(written, start=1)]
        return rows

    def of_main_plan_in_pdf(self) -> list[str]:
        """Month by month, savings and sensitivity, as far as they may be stated."""
        found, compares, single = self.plan["savings"], self.sheet.has_baseline, self.sheet.single_figures
        rows = []
        if compares:
            ends = ENDS if single else ("low", "high")
            for label, figure in (
                ("Spending that stops", found["stopped_total"]),
                ("Difference from today", found["total"]),
            ):
                say = self.sheet.difference if figure is found["total"] else self.money
                rows.append(label + "".join(say(figure[end]) for end in ends))
            for month, (stops, so_far) in enumerate(
                zip(found["stopped_by_month"], found["cumulative"][1:], strict=True)
            ):
                cost = self.plan["cost_by_month"][month]
                rows.append(self.money(cost) + self.money(stops) + self.sheet.difference(so_far))
        if single or not compares:
            for driver in self.plan["drivers"]:
                ends = (driver["low_total"], driver["high_total"])
                say = [self.sheet.difference(end) if compares else self.money(-end) for end in ends]
                rows.append(LABELS["driver"][driver["key"]] + "".join(say))
        if compares and single:
            rows.append(
                f"It pays back in month {found['payback_month']}." if found["payback_month"] else "It does not pay"
            )
        return rows


def in_workbook(pages: Pages, names: list[str], number: int, plan: dict[str, Any]) -> list[tuple[str, float, float]]:
    """Pairs of what the workbook shows, to the cent, and what the document holds, with where."""
    _heads, *rows = blocks(pages["Cost"], names)[number]
    found = []
    for row, line in zip(rows, plan["lines"], strict=False):
        kept = [line["once"]["central"], line["month"]["central"], *(line["total"][end] for end in ENDS)]
        shown = [row[1], row[2], row[3], row[4], row[5]]
        found += [(f"{line['key']} {place}", *pair) for place, pair in enumerate(zip(shown, kept, strict=True))]
    totals = rows[len(plan["lines"])]
    found += [("total", cell, plan["cost_total"][end]) for cell, end in zip(totals[3:6], ENDS, strict=True)]
    years = next(row for row in pages["By year"] if row[0] == names[number])
    return found + [("year", cell, year) for cell, year in zip(years[1:], plan["cost_by_year"], strict=False)]


@every_business
def test_every_figure_is_the_same_on_page_paper_and_in_the_workbook(name: str) -> None:
    """Months, savings and sensitivity of the workbook are compared with the document in test_live_workbook."""
    result = store(name)
    made, sheet = result.recommendation, Sheet(result.recommendation, "en")
    client, names = granted(result), [sheet.plan_name(plan) for plan in sheet.all_plans]
    costs = plain(client.get(f"{address(result)}costs/").content.decode())
    page = plain(client.get(address(result)).content.decode())
    sent = client.get(f"{address(result)}data/")

    assert b"".join(sent.streaming_content).count(canonical_json(made).encode()) == 1
    with translation.override("en"):
        for number, plan in enumerate(sheet.all_plans):
            figures = Figures(sheet, plan)
            missing = [row for row in figures.on_page() if packed(row) not in costs]
            if plan in sheet.plans:
                missing += [row for row in figures.in_pdf() if packed(row) not in pdf(name)]
            if plan == sheet.main_plan:
                missing += [row for row in figures.of_main_plan_in_pdf() if packed(row) not in pdf(name)]
                total = sheet.money(plan["cost_total"])
                missing += [text for text in (total["range"], total["middle"]) if packed(text) not in page]
            assert missing == []
            for where, shown, kept in in_workbook(stored(content(name)), names, number, plan):
                assert shown == pytest.approx(kept, abs=0.006), where
