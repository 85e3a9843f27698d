"""The page everything else of the workbook rests on: what goes into the figures, each in a cell that may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from advisor.assessments.presentation.sheet import Data
from advisor.assessments.presentation.workings import grade
from advisor.assessments.wording.units import MONEY_UNITS
from advisor.assessments.wording.words import is_question, source_in_words
from advisor.engine.savings import SWING
from advisor.reports.content.reader import NOTHING
from advisor.reports.spreadsheet.terms import Term
from advisor.reports.spreadsheet.writer import ENTRY, FIRST_COLUMN, QUIET, RULE, Place, Writer

VALUE = 1  # the column that is changed
ADVISED = 8  # and the one that keeps what the advice was worked out with
UNIT_WIDTH, ORIGIN_WIDTH = 32, 56
VOLUME, STEP = "volume", "step"
FIXED = frozenset({"horizon", "horizon_months"})  # the pages have so many months
Key = tuple[str, float, str, str]


@dataclass(frozen=True)
class Input:
    """One row: an input of one plan or, where they share it, of all. ``jobs`` names what its plan's work is."""

    item: Data
    jobs: tuple[str, ...]

    @property
    def key(self) -> Key:
        return key_of(self.item)


def key_of(item: Data) -> Key:
    """Inputs of the same name, figure, unit and source are one cell."""
    return (item["name"], item["value"], item["unit"], item["source"] or item["question"] or "")


class Inputs:
    """The page, and where on it each input stands."""

    def __init__(self, writer: Writer, page: Worksheet, name: str) -> None:
        self.writer, self.page, self.name = writer, page, name
        self.rows: dict[str | Key, tuple[int, float]] = {}
        self.changed = Place(name, 0, 0)  # where stands how many inputs are no longer as advised

    def at(self, key: str | Key) -> Term:
        """The cell of an input.

        Raises:
            KeyError: it is on no row.
        """
        row, value = self.rows[key]
        return Term(Place(self.name, row, VALUE).cell(), value)

    def fill(self, groups: list[tuple[str, list[Input]]]) -> None:
        writer, page = self.writer, self.page
        row = writer.begin(page, _("Inputs"), _note(writer))
        heads = [
            _("What"),
            _("Value"),
            _("Unit"),
            _("Low"),
            _("High"),
            _("Known how well"),
            _("Where from"),
            _("As of"),
            _("As advised"),
        ]
        self.changed = Place(self.name, row, VALUE)
        page.write_string(row, 0, changed_label(), writer.text)
        writer.tall(page, row, (changed_label(), FIRST_COLUMN))
        first = row = row + 1
        writer.heads(page, row, heads, words=(0, 2, 5, 6, 7))
        page.freeze_panes(row + 1, 1)
        page.repeat_rows(row)
        for column, width in ((2, UNIT_WIDTH), (3, 13), (4, 13), (5, 18), (6, ORIGIN_WIDTH), (7, 18), (ADVISED, 13)):
            page.set_column(column, column, width)
        row = self._own(row + 1)
        for title, inputs in groups:
            page.write_string(row + 1, 0, title, writer.subject)
            row += 2
            for each in inputs:
                self._row(row, each)
                row += 1
        now, advised = (xl_range(first + 1, column, row, column) for column in (VALUE, ADVISED))
        count = Term(f"SUMPRODUCT((ABS({now}-{advised})>0)*1)", 0.0)
        writer.formula(page, self.changed.row, VALUE, count, writer.look(num_format="0", bold=True))

    def _own(self, row: int) -> int:
        """What the workbook adds: the work compared with the answers, and the step of the sensitivity."""
        added = [
            (VOLUME, _("Work compared with your answers (100 % = as answered)"), 1.0),
            (STEP, _("Step by which the page on sensitivity moves each input"), SWING),
        ]
        for key, label, value in added:
            self.rows[key] = (row, value)
            self.page.write_string(row, 0, label, self.writer.text)
            self._entry(row, value, "0.0%")
            row += 1
        return row

    def _row(self, row: int, each: Input) -> None:
        item, sheet = each.item, self.writer.sheet
        self.rows[each.key] = (row, item["value"])
        label = sheet.words.input_name(item["name"], item["unit"], list(each.jobs), sheet.tools)
        label = label[:1].upper() + label[1:]
        self.page.write_string(row, 0, label, self.writer.text)
        form = self._form(item["unit"], item["value"])
        if item["name"] in FIXED:
            for column in (VALUE, ADVISED):
                self.page.write_number(row, column, item["value"], self.writer.look(num_format=form))
        else:
            self._entry(row, item["value"], form)
        unit = self._unit(item["unit"])
        self.page.write_string(row, 2, unit, self.writer.look(text_wrap=True, align="left", indent=1))
        for column, part in ((3, "low"), (4, "high")):
            end = self._form(item["unit"], item[part] or 0.0)
            self.writer.figure(self.page, row, column, item[part], self.writer.look(num_format=end))
        origin = self._evidence(row, item)
        self.writer.tall(self.page, row, (label, FIRST_COLUMN), (unit, UNIT_WIDTH), (origin, ORIGIN_WIDTH))

    def _evidence(self, row: int, item: Data) -> str:
        """How well it is known, where it comes from and since when; gives back the second."""
        sheet, writer = self.writer.sheet, self.writer
        question = item["question"] or (item["source"] if is_question(item["source"]) else None)
        source = None if question else item["source"]
        origin = sheet.words.label("question", question) if question else source_in_words(source) or NOTHING
        for column, words in enumerate(
            (grade(sheet, item, question), origin, sheet.formats.day(item["as_of"]) or NOTHING), start=5
        ):
            self.page.write_string(row, column, words, writer.look(text_wrap=True, align="left", indent=1))
        return origin

    def _entry(self, row: int, value: float, form: str) -> None:
        look = self.writer.look(num_format=form, bg_color=ENTRY, border=1, border_color=RULE)
        self.page.write_number(row, VALUE, value, look)
        self.page.write_number(row, ADVISED, value, self.writer.look(num_format=form, font_color=QUIET))
        rule: dict[str, Any] = {"validate": "decimal", "criteria": ">=", "value": min(0.0, value)}
        rule |= {"error_title": _("Not a figure"), "error_message": _("Please enter a figure of zero or more.")}
        self.page.data_validation(row, VALUE, row, VALUE, rule)

    def _unit(self, unit: str) -> str:
        """In words, without the money: that stands in the figure."""
        currency, _slash, per = unit.partition("/")
        if len(currency) == 3 and currency.isupper() and currency.isalpha():
            return _("per %(unit)s") % {"unit": self.writer.sheet.words.unit(per)} if per else ""
        if unit in MONEY_UNITS:
            return (str(MONEY_UNITS[unit]) % {"value": ""}).strip()
        return self.writer.sheet.words.unit(unit)

    def _form(self, unit: str, value: float) -> str:
        if unit.startswith("share"):
            return "0.0%"
        currency = unit.partition("/")[0]
        digits = "0.00" if abs(value) >= 1 or not value else "0.00####"
        if len(currency) == 3 and currency.isupper() and currency.isalpha():
            return self.writer.money_format(digits, currency)
        if unit in MONEY_UNITS:
            return self.writer.money_format(digits)
        return "#,##0" if float(value).is_integer() else "#,##0.0#####"


def changed_label() -> str:
    return _("Inputs that are no longer as advised (above 0: low and high ends do not hold any more)")


def _note(writer: Writer) -> str:
    said = _(
        "Change a colored cell, and the pages on cost, months, savings and sensitivity follow by the same formulas as "
        "the advice. The models stay as advised, and so does what one machine carries; low and high ends stay as they "
        "were worked out. Amounts are without tax."
    )
    if not any(plan["machines"] for plan in writer.plans):
        return said
    machines = _(
        "With more or less work, or other growth, the advice would set anew how much a machine does at once; this "
        "workbook keeps it. For machines, change your answers instead and have a new result worked out."
    )
    return f"{said} {machines}"
