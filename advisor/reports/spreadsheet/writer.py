"""One workbook in one language: its pages, its few looks of cells, and where things stand in it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from babel.numbers import get_currency_symbol
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.reports.content.reader import NOTHING
from advisor.reports.forms import LETTER_COUNTRIES
from advisor.reports.spreadsheet.terms import Term
from advisor.web.typography import wide_letters

A4, LETTER = 9, 1  # paper sizes as the file format numbers them
FIRST_COLUMN, COLUMN = 52, 15  # widths in characters
NOTE_WIDTH = FIRST_COLUMN + 5 * COLUMN
LINE = 15.0  # height of a line, in points
INK, QUIET, TEAL, PALE, RULE, ENTRY = "#1D1B18", "#5F5A52", "#0B5351", "#E7F0EF", "#C9C2B6", "#FFF6DD"
FACE = {"font_name": "Calibri", "font_size": 10.5, "font_color": INK, "valign": "top"}


def _width(text: str) -> int:
    """In characters of the face, of which Chinese ones take two."""
    return len(text) + wide_letters(text)


@dataclass(frozen=True)
class Place:
    """A cell somewhere in the workbook. ``fixed`` keeps row and column when a formula is copied on."""

    page: str
    row: int
    column: int

    def cell(self, *, fixed: bool = True) -> str:
        return f"{quote_sheetname(self.page)}!{xl_rowcol_to_cell(self.row, self.column, fixed, fixed)}"


@dataclass
class Writer:
    workbook: Workbook
    sheet: Sheet
    shown: dict[str, Any]
    _looks: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def look(self, **more: Any) -> Format:
        """A look of cells, made once."""
        key = tuple(sorted(more.items()))
        if key not in self._looks:
            self._looks[key] = self.workbook.add_format({**FACE, **more})
        return self._looks[key]

    @cached_property
    def money(self) -> str:
        """How programs write amounts: the reader's place of the sign, their own marks for thousands and cents."""
        return self.money_format("0.00")

    def money_format(self, digits: str, currency: str | None = None) -> str:
        formats = self.sheet.formats
        code = currency or formats.currency
        sign = get_currency_symbol(code, locale=formats.locale).replace('"', "")
        pattern = formats.locale.currency_formats["standard"].pattern.partition(";")[0]
        before, after = pattern.startswith("¤"), pattern.endswith("¤")
        space = " " if any(mark in pattern for mark in (" ", "\u00a0", "\u202f")) or len(sign) > 1 else ""
        whole = f"#,##{digits}"
        return f'"{sign}{space}"{whole}' if before or not after else f'{whole}"{space}{sign}"'

    @cached_property
    def title(self) -> Format:
        return self.look(bold=True, font_size=15, font_color=TEAL)

    @cached_property
    def subject(self) -> Format:
        return self.look(bold=True, font_size=12, font_color=TEAL)

    @cached_property
    def head(self) -> Format:
        return self.look(bold=True, bg_color=PALE, bottom=1, bottom_color=TEAL, text_wrap=True, valign="vcenter")

    @cached_property
    def head_figure(self) -> Format:
        return self.look(
            bold=True, bg_color=PALE, bottom=1, bottom_color=TEAL, text_wrap=True, valign="vcenter", align="right"
        )

    @cached_property
    def text(self) -> Format:
        return self.look(text_wrap=True)

    @cached_property
    def note(self) -> Format:
        return self.look(text_wrap=True, font_color=QUIET, italic=True)

    @cached_property
    def amount(self) -> Format:
        return self.look(num_format=self.money)

    @cached_property
    def total(self) -> Format:
        return self.look(num_format=self.money, bold=True, top=1, top_color=INK)

    @cached_property
    def dash(self) -> Format:
        return self.look(align="right", font_color=QUIET)

    def page(self, name: str, *, upright: bool = False) -> Worksheet:
        """A new page. ``upright``: as a tall sheet of paper, all of it on one."""
        made = self.workbook.add_worksheet(name)
        made.set_column(0, 0, FIRST_COLUMN)
        made.set_column(1, 8, COLUMN)
        if upright:
            made.fit_to_pages(1, 1)
        else:
            made.fit_to_pages(1, 0)
            made.set_landscape()
        made.set_paper(LETTER if self.sheet.document["country"] in LETTER_COUNTRIES else A4)
        made.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        made.set_footer("&L&9&A&R&9&P / &N")
        made.hide_gridlines(2)
        return made

    def begin(self, page: Worksheet, title: str, note: str = "") -> int:
        """The title of a page with a sentence below; the row from which it goes on."""
        page.write_string(0, 0, title, self.title)
        page.set_row(0, 24)
        if not note:
            return 2
        page.merge_range(1, 0, 1, 5, "", self.note)
        page.write_string(1, 0, note, self.note)
        self.tall(page, 1, (note, NOTE_WIDTH))
        return 3

    def heads(self, page: Worksheet, row: int, cells: Sequence[str], *, words: Collection[int] = (0,)) -> None:
        """The head of a table; the columns ``words`` hold words, the others figures."""
        for column, cell in enumerate(cells):
            page.write_string(row, column, cell, self.head if column in words else self.head_figure)
        longest = max((len(cell) for cell in cells[1:]), default=0)
        page.set_row(row, LINE * (1 + longest // COLUMN) + 4)

    def tall(self, page: Worksheet, row: int, *cells: tuple[str, int]) -> None:
        """As many lines as the longest of some texts takes in its width; not every program measures by itself."""
        lines = max(math.ceil(_width(text) / width) for text, width in cells)
        if lines > 1:
            page.set_row(row, LINE * lines)

    def words(self, page: Worksheet, row: int, cells: Sequence[str], look: Format | None = None) -> None:
        for column, cell in enumerate(cells):
            page.write_string(row, column, cell, look or self.text)

    def formula(self, page: Worksheet, row: int, column: int, term: Term, look: Format | None = None) -> None:
        """A live cell, which also keeps its value for programs that compute nothing."""
        value = round(term.value, 10) or 0
        if term.is_figure:
            page.write_number(row, column, value, look or self.amount)
        else:
            page.write_formula(row, column, f"={term.text}", look or self.amount, value)

    def figure(self, page: Worksheet, row: int, column: int, value: float | None, look: Format | None = None) -> None:
        if value is None:
            page.write_string(row, column, NOTHING, self.dash)
        else:
            page.write_number(row, column, value, look or self.amount)

    @property
    def plans(self) -> list[Data]:
        return self.sheet.all_plans

    @property
    def states_saving(self) -> bool:
        """Whether one saving may be stated: there is spending today, and enough is known."""
        return self.sheet.has_baseline and self.sheet.single_figures

    def line_name(self, line: Data) -> str:
        name = self.sheet.words.label("cost_line", line["key"])
        return _("%(line)s (own time)") % {"line": name} if line["own_labor"] else name
