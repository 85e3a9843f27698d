"""The stored result as a workbook: what it costs, line by line and year by year, what is paid now, and the sources.

Reads only the stored document, like page and PDF. The words of people and of catalogs are written as text cells, so
that no program takes them for formulas; totals of the central column are live sums. The same document and timestamp
give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from advisor.assessments.presentation import present
from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.reports.content.reader import NOTHING
from advisor.web.typography import aside

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_COLUMN, COLUMN = 46, 18  # widths in characters


@dataclass(frozen=True)
class Writer:
    """One workbook in one language, with its few looks of cells."""

    workbook: Workbook
    sheet: Sheet
    shown: dict[str, Any]
    title: Format
    head: Format
    text: Format
    amount: Format
    total: Format

    def page(self, name: str) -> Worksheet:
        made = self.workbook.add_worksheet(name)
        made.set_column(0, 0, FIRST_COLUMN)
        made.set_column(1, 12, COLUMN)
        made.fit_to_pages(1, 0)
        made.set_landscape()
        return made

    def words(self, page: Worksheet, row: int, cells: Sequence[str], look: Format | None = None) -> None:
        for column, cell in enumerate(cells):
            page.write_string(row, column, cell, look or self.text)

    def figures(self, page: Worksheet, row: int, label: str, cells: Sequence[float | None]) -> None:
        page.write_string(row, 0, label, self.text)
        for column, cell in enumerate(cells, start=1):
            if cell is None:
                page.write_string(row, column, NOTHING, self.text)
            else:
                page.write_number(row, column, cell, self.amount)

    def sums(self, page: Worksheet, row: int, first: int, columns: Mapping[int, float]) -> None:
        """Live sums of the rows from ``first`` down to the one above; each cell also keeps the engine's figure."""
        page.write_string(row, 0, _("Total"), self.total)
        for column, value in columns.items():
            top, bottom = xl_rowcol_to_cell(first, column), xl_rowcol_to_cell(row - 1, column)
            page.write_formula(row, column, f"=SUM({top}:{bottom})", self.total, value)


def render_spreadsheet(document: Data, *, language: str, timestamp: datetime) -> bytes:
    """The workbook's bytes. ``timestamp`` is kept in its properties."""
    out = io.BytesIO()
    with translation.override(language):
        workbook = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        writer = _writer(workbook, Sheet(document, language))
        workbook.set_properties(
            {"title": _("AI adoption advisor"), "created": timestamp.astimezone(UTC).replace(tzinfo=None)}
        )
        for fill in (_answer, _cost, _by_year, _today, _sources):
            fill(writer)
        workbook.close()
    return out.getvalue()


def _writer(workbook: Workbook, sheet: Sheet) -> Writer:
    return Writer(
        workbook=workbook,
        sheet=sheet,
        shown=present(sheet.document, language=sheet.language),
        title=workbook.add_format({"bold": True, "font_size": 14}),
        head=workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        text=workbook.add_format({"text_wrap": True, "valign": "top"}),
        amount=workbook.add_format({"num_format": "#,##0.00", "valign": "top"}),
        total=workbook.add_format({"num_format": "#,##0.00", "bold": True, "top": 1}),
    )


def _answer(writer: Writer) -> None:
    page, shown = writer.page(pgettext("what a result says", "Answer")), writer.shown
    page.set_column(1, 1, 2 * FIRST_COLUMN)
    writer.words(page, 0, [shown["answer"]["title"]], writer.title)
    rows = [(sentence, "") for sentence in shown["answer"]["sentences"]]
    rows += [(figure["label"], aside(figure["figure"], figure["detail"])) for figure in shown["answer"]["figures"]]
    rows += [
        (_("Amounts"), _("in %(currency)s, without tax") % {"currency": shown["currency"]}),
        (_("Worked out on"), shown["as_of"]),
        (_("Oldest price checked on"), shown["prices_checked_on"]),
        (_("Version of the engine"), shown["engine_version"]),
        (_("Fingerprint of the catalog"), shown["catalog_hash"]),
    ]
    for number, (label, words) in enumerate(rows, start=2):
        if words:
            writer.words(page, number, [label, words])
        else:
            page.merge_range(number, 0, number, 1, "", writer.text)
            page.write_string(number, 0, label, writer.text)


def _cost(writer: Writer) -> None:
    page, row = writer.page(_("Cost")), 0
    heads = [_("Line"), _("Once"), _("Each month"), _("Low"), _("Central"), _("High")]
    for plan in writer.sheet.all_plans:
        writer.words(page, row, [writer.sheet.plan_name(plan)], writer.title)
        writer.words(page, row + 1, heads, writer.head)
        first = row = row + 2
        for line in plan["lines"]:
            total = line["total"]
            cells = [line["once"]["central"], line["month"]["central"], total["low"], total["central"], total["high"]]
            writer.figures(page, row, _line_name(writer, line), cells)
            row += 1
        cost = plan["cost_total"]
        writer.sums(page, row, first, {4: cost["central"]})
        page.write_number(row, 3, cost["low"], writer.total)
        page.write_number(row, 5, cost["high"], writer.total)
        row += 2
    note = _("The totals of the low and high columns are not sums: not everything is low or high at once.")
    writer.words(page, row, [note])


def _line_name(writer: Writer, line: Data) -> str:
    name = writer.sheet.words.label("cost_line", line["key"])
    return _("%(line)s (own time)") % {"line": name} if line["own_labor"] else name


def _by_year(writer: Writer) -> None:
    page, plans = writer.page(_("By year")), writer.sheet.all_plans
    years = max((len(plan["cost_by_year"]) for plan in plans), default=0)
    names = [_("Year %(year)s") % {"year": writer.sheet.formats.number(year)} for year in range(1, years + 1)]
    writer.words(page, 0, [_("Option"), *names, _("In all")], writer.head)
    for row, plan in enumerate(plans, start=1):
        writer.figures(page, row, writer.sheet.plan_name(plan), plan["cost_by_year"])
        left, right = xl_rowcol_to_cell(row, 1), xl_rowcol_to_cell(row, years)
        page.write_formula(row, years + 1, f"=SUM({left}:{right})", writer.total, sum(plan["cost_by_year"]))


def _today(writer: Writer) -> None:
    page, keep = writer.page(_("What you pay now")), writer.sheet.document["keep"]
    heads = [_("Product"), _("People"), _("Each month"), _("Share that stops"), _("Stops in all")]
    writer.words(page, 0, heads, writer.head)
    for row, tool in enumerate(keep["tools"], start=1):
        cells = [tool["people"], tool["price_month"], tool["stop_share"], tool["stopped_total"]]
        writer.figures(page, row, tool["product"], cells)
    last = len(keep["tools"]) + 1
    if keep["tools"]:
        stopped = sum(tool["stopped_total"] for tool in keep["tools"])
        writer.sums(page, last, 1, {2: keep["month"], 4: stopped})
    else:
        writer.words(page, 1, [writer.shown["keep"]["text"]])


def _sources(writer: Writer) -> None:
    page = writer.page(_("Sources"))
    page.set_column(1, 3, FIRST_COLUMN)
    writer.words(page, 0, [_("Source"), _("Address"), _("Used for"), _("As of"), _("Evidence")], writer.head)
    for row, use in enumerate(writer.shown["sources"], start=1):
        cells = [use["source"], use["link"], use["used_for"], use["as_of"], use["grade"]]
        writer.words(page, row, [cell or NOTHING for cell in cells])
