"""The page that computes: every figure of every option, as entered and with one input moved at a time."""

from __future__ import annotations

from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from advisor.reports.spreadsheet.option import AS_ENTERED, BUSIEST, CASES, Case, Option
from advisor.reports.spreadsheet.terms import Term
from advisor.reports.spreadsheet.writer import FIRST_COLUMN, LINE, Writer

PLAIN_FORM, MONEY_NAMES = "#,##0.0#####", ("cost_total", "stopped_total", "saving")


def fill(writer: Writer, page: Worksheet, options: list[Option]) -> None:
    row = writer.begin(page, _("Calculation"), _note())
    writer.heads(page, row, ["", *(_head(writer, case) for case in CASES)])
    page.freeze_panes(row + 1, 1)
    page.repeat_rows(row)
    page.set_column(AS_ENTERED, len(CASES), 13)
    page.set_row(row, 3 * LINE)
    row += 1
    for option in options:
        page.write_string(row, 0, writer.sheet.plan_name(option.plan), writer.subject)
        row = _block(writer, page, option, row + 1) + 1


def _head(writer: Writer, case: Case) -> str:
    if not case.driver:
        return _("As entered")
    name = writer.sheet.words.label("driver", case.driver)
    return (_("%(input)s, lower") if case.side < 0 else _("%(input)s, higher")) % {"input": name}


def _block(writer: Writer, page: Worksheet, option: Option, row: int) -> int:
    for name, make in option.figures():
        terms = option.put(name, row, make)
        label = _label(writer, option, name)
        page.write_string(row, 0, label, writer.text)
        writer.tall(page, row, (label, FIRST_COLUMN))
        for case, term in zip(CASES, terms, strict=True):
            _cell(writer, page, row, case, term, name)
        row += 1
    return row


def _cell(writer: Writer, page: Worksheet, row: int, case: Case, term: Term, name: str) -> None:
    if name in MONEY_NAMES:
        look = writer.total
    else:
        look = writer.amount if name.endswith(".total") else writer.look(num_format=PLAIN_FORM)
    writer.formula(page, row, case.column, term, look)


def _label(writer: Writer, option: Option, name: str) -> str:
    words = writer.sheet.words
    if name == "cost_total":
        return _("Cost of the plan")
    if name == "stopped_total":
        return _("Spending that stops")
    if name == "saving":
        return _("Spending that stops, less the cost")
    if name == BUSIEST:
        return _("Busiest hour of the first month, as a multiple of what one machine carries")
    if name.endswith(".total"):
        return writer.line_name(option.lines[name.removesuffix(".total")])
    trace = next(trace for trace in option.used if any(item["name"] == name for item in trace["inputs"]))
    label = words.input_name(name, option.items[name]["unit"], list(option.jobs_of(trace)), writer.sheet.tools)
    return label[:1].upper() + label[1:]


def _note() -> str:
    return _(
        "Nothing is entered here. The first column computes with the inputs as they stand; each of the others moves "
        "one input lower or higher by the step on the page of inputs."
    )
