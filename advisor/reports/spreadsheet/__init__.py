"""The stored result as a workbook that computes: inputs, cost, months, savings and sensitivity by the same formulas.

Reads only the stored document, like page and PDF. The words of people and of catalogs are written as text cells, so
that no program takes them for formulas. The same document and timestamp give the same bytes.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter import Workbook

from advisor.assessments.presentation import present
from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.reports.spreadsheet import calculation, months, results, words
from advisor.reports.spreadsheet.inputs import Input, Inputs, Key
from advisor.reports.spreadsheet.months import Course
from advisor.reports.spreadsheet.option import Option
from advisor.reports.spreadsheet.writer import Writer

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

UPRIGHT = frozenset({"cost", "savings", "sensitivity"})  # short and narrow pages


def render_spreadsheet(document: Data, *, language: str, timestamp: datetime) -> bytes:
    """The workbook's bytes. ``timestamp`` is kept in its properties."""
    out = io.BytesIO()
    with translation.override(language):
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "nan_inf_to_errors": False,
        }
        workbook = Workbook(out, options)
        created = timestamp.astimezone(UTC).replace(tzinfo=None)
        workbook.set_properties({"title": _("AI adoption advisor"), "created": created})
        sheet = Sheet(document, language)
        _fill(Writer(workbook, sheet, present(document, language=language)))
        workbook.close()
    return out.getvalue()


def _fill(writer: Writer) -> None:
    """Pages in the order they are read; filled in the order in which figures rest on each other."""
    names = {
        "answer": pgettext("what a result says", "Answer"),
        "inputs": _("Inputs"),
        "cost": _("Cost"),
        "months": _("By month"),
        "years": _("By year"),
        "savings": _("Savings"),
        "sensitivity": _("Sensitivity"),
        "today": _("What you pay now"),
        "calculation": _("Calculation"),
        "sources": _("Sources"),
    }
    pages = {key: writer.page(name, upright=key in UPRIGHT) for key, name in names.items()}
    inputs = Inputs(writer, pages["inputs"], names["inputs"])
    numbers = months.month_numbers(names["months"], writer.sheet.horizon)
    options = [Option(writer, inputs, names["calculation"], numbers, plan) for plan in writer.plans]
    courses = [Course(option, names["months"]) for option in options]
    inputs.fill(_grouped(writer, options))
    calculation.fill(writer, pages["calculation"], options)
    months.fill(writer, pages["months"], courses)
    results.cost(writer, pages["cost"], courses, inputs)
    results.by_year(writer, pages["years"], courses)
    results.savings(writer, pages["savings"], courses, inputs)
    results.sensitivity(writer, pages["sensitivity"], courses, inputs)
    words.answer(writer, pages["answer"])
    words.today(writer, pages["today"])
    words.sources(writer, pages["sources"])


def _grouped(writer: Writer, options: list[Option]) -> list[tuple[str, list[Input]]]:
    """What several options share first, then what is one option's own; each input once."""
    users: dict[Key, int] = {}
    every = [(option, option.shown_inputs()) for option in options]
    for _option, inputs in every:
        for each in inputs:
            users[each.key] = users.get(each.key, 0) + 1
    shared = {each.key: each for _option, inputs in every for each in inputs if users[each.key] > 1}
    own = [
        (writer.sheet.plan_name(option.plan), [each for each in inputs if users[each.key] == 1])
        for option, inputs in every
    ]
    groups = [(_("For several options"), list(shared.values())), *own]
    return [(title, inputs) for title, inputs in groups if inputs]
