"""The pages of a workbook that are words or plain figures: the answer, what is paid now, and the sources."""

from __future__ import annotations

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from advisor.reports.content.reader import NOTHING
from advisor.reports.spreadsheet.terms import Term
from advisor.reports.spreadsheet.writer import FIRST_COLUMN, Writer
from advisor.web.typography import aside

SOURCE_WIDTHS = (58, 58, 32, 20, 22)


def answer(writer: Writer, page: Worksheet) -> None:
    shown = writer.shown
    page.set_column(1, 1, 2 * FIRST_COLUMN)
    row = writer.begin(page, shown["answer"]["title"])
    for sentence in shown["answer"]["sentences"]:
        page.merge_range(row, 0, row, 1, "", writer.text)
        page.write_string(row, 0, sentence, writer.text)
        writer.tall(page, row, (sentence, 3 * FIRST_COLUMN))
        row += 1
    row += 1
    rows = [(figure["label"], aside(figure["figure"], figure["detail"])) for figure in shown["answer"]["figures"]]
    rows += [
        (_("Amounts"), _("in %(currency)s, without tax") % {"currency": shown["currency"]}),
        (_("Worked out on"), shown["as_of"]),
        (_("Oldest price checked on"), shown["prices_checked_on"]),
        (_("Version of the engine"), shown["engine_version"]),
        (_("Fingerprint of the catalog"), shown["catalog_hash"]),
    ]
    for label, words in rows:
        page.write_string(row, 0, label, writer.look(bold=True, text_wrap=True))
        page.write_string(row, 1, words, writer.text)
        row += 1
    page.write_string(row + 1, 0, _("About this workbook"), writer.subject)
    page.merge_range(row + 2, 0, row + 2, 1, "", writer.note)
    page.write_string(row + 2, 0, _about(), writer.note)
    writer.tall(page, row + 2, (_about(), 3 * FIRST_COLUMN))


def _about() -> str:
    return _(
        "This page says what was advised and does not change. On the page of inputs every figure behind the cost can "
        "be changed; cost, months, savings and sensitivity then follow by the same formulas as the advice."
    )


def today(writer: Writer, page: Worksheet) -> None:
    """What is paid now, tool by tool."""
    keep = writer.sheet.document["keep"]
    row = writer.begin(page, _("What you pay now"))
    if not keep["tools"]:
        page.write_string(row, 0, writer.shown["keep"]["text"], writer.text)
        return
    heads = [_("Product"), _("People"), _("Each month"), _("Share that stops"), _("Stops in all")]
    writer.heads(page, row, heads)
    page.freeze_panes(row + 1, 1)
    looks = [writer.look(num_format="#,##0"), writer.amount, writer.look(num_format="0%"), writer.amount]
    first = row = row + 1
    for tool in keep["tools"]:
        page.write_string(row, 0, tool["product"], writer.text)
        cells = [tool["people"], tool["price_month"], tool["stop_share"], tool["stopped_total"]]
        for column, (cell, look) in enumerate(zip(cells, looks, strict=True), start=1):
            writer.figure(page, row, column, cell, look)
        row += 1
    writer.words(page, row, [_("Total"), "", "", "", ""], writer.total)
    stopped = sum(tool["stopped_total"] for tool in keep["tools"])
    for total, value in ((2, keep["month"]), (4, stopped)):
        term = Term(f"SUM({xl_range(first, total, row - 1, total)})", value)
        writer.formula(page, row, total, term, writer.total)


def sources(writer: Writer, page: Worksheet) -> None:
    row = writer.begin(page, _("Sources"))
    for column, width in enumerate(SOURCE_WIDTHS):
        page.set_column(column, column, width)
    writer.heads(page, row, [_("Source"), _("Address"), _("Used for"), _("As of"), _("Evidence")], words=range(5))
    page.freeze_panes(row + 1, 0)
    page.repeat_rows(row)
    for number, use in enumerate(writer.shown["sources"], start=row + 1):
        cells = [use["source"], use["link"], use["used_for"], use["as_of"], use["grade"]]
        shown = [cell or NOTHING for cell in cells]
        writer.words(page, number, shown)
        writer.tall(page, number, *zip(shown, SOURCE_WIDTHS, strict=True))
