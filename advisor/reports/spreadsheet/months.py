"""Month by month and year by year: how each line of the cost falls, what stops, and where that leaves the total."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from advisor.engine.units import MONTHS_PER_YEAR
from advisor.reports.spreadsheet.option import BUSIEST, Option, line_row, machines_in
from advisor.reports.spreadsheet.terms import NOTHING, Term, call, number, total, translated
from advisor.reports.spreadsheet.writer import Writer

HEAD_ROW, FIRST = 3, 1  # the row that numbers the months, and the column of month 1
AT_START = frozenset({"setup_labor", "training", "prompting", "data_preparation"})
AT_END = frozenset({"exit", "resale"})
FIRST_AND_YEARLY = frozenset({"index", "fine_tuning"})  # once at the start, then again a part each year
ON_PAPER = 46  # per cent: a year on a page
CENT = 0.011  # stored months are rounded to cents


def month_numbers(page: str, horizon: int) -> str:
    """Where the numbers of the months stand, for formulas over all of them."""
    return f"{quote_sheetname(page)}!{xl_range_abs(HEAD_ROW, FIRST, HEAD_ROW, FIRST + horizon - 1)}"


@dataclass
class Course:
    """One option by month: ``rows`` of the page, by line, and their figures."""

    option: Option
    page: str
    rows: dict[str, int] = field(default_factory=dict)
    values: dict[str, list[float]] = field(default_factory=dict)

    def row_range(self, name: str, first: int = 0, last: int | None = None) -> Term:
        """The sum over months from ``first`` to before ``last``, for formulas of other pages."""
        end = self.option.horizon if last is None else min(last, self.option.horizon)
        cells = xl_range_abs(self.rows[name], FIRST + first, self.rows[name], FIRST + end - 1)
        return Term(f"SUM({quote_sheetname(self.page)}!{cells})", sum(self.values[name][first:end]))

    def put(self, name: str, row: int, terms: list[Term]) -> list[Term]:
        self.rows[name], self.values[name] = row, [term.value for term in terms]
        return terms

    def here(self, name: str, month: int) -> Term:
        """A line's month, as formulas on the same page write it."""
        return Term(xl_rowcol_to_cell(self.rows[name], FIRST + month), self.values[name][month])

    def line(self, key: str) -> list[Term]:
        """A line in each month: as the engine spreads it, where that gives the stored months back, else as stored."""
        option, line = self.option, self.option.lines[key]
        made = self._spread(key)
        stored = line["by_month"] or [line["total"]["central"] / option.horizon] * option.horizon
        if made is not None and all(
            math.isclose(term.value, month, rel_tol=0, abs_tol=CENT) for term, month in zip(made, stored, strict=True)
        ):
            return made
        whole, every = option.at(line_row(key)), line["total"]["central"]
        return [whole * number(month / every if every else 0.0) for month in stored]

    def _spread(self, key: str) -> list[Term] | None:
        option, months = self.option, range(self.option.horizon)
        whole, last = option.at(line_row(key)), option.horizon - 1
        try:
            if key in AT_START:
                return [whole if month == 0 else NOTHING for month in months]
            if key in AT_END:
                return [whole if month == last else NOTHING for month in months]
            if key in FIRST_AND_YEARLY:
                each = self.mean_month(key)
                return [whole - each * number(last) if month == 0 else each for month in months]
            return [self._month(key, month) for month in months]
        except LookupError:
            return None

    def _month(self, key: str, month: int) -> Term:
        option = self.option
        whole, horizon = option.at(line_row(key)), number(option.horizon)
        match key:
            case "contingency":
                return option.at("contingency") * self._others(lambda name: self.here(name, month))
            case "purchase":
                return whole * self._added(month) / option.at("machines")
            case "electricity":
                return self._kwh(month) * option.at("electricity")
            case "rent":
                return self._rent(month)
            case "usage" if "growth" in self._inputs(key):
                growth = option.at("growth")
                mean = number(1) + growth * number(option.horizon - 1) / number(2 * MONTHS_PER_YEAR)
                return whole * self._work(month) / (horizon * mean)
        return whole / horizon

    def _inputs(self, key: str) -> set[str]:
        return {item["name"] for item in self.option.traces[line_row(key)]["inputs"]}

    def _others(self, of: Callable[[str], Term]) -> Term:
        """What the reserve is a share of: every line but itself and what comes back."""
        found = total([of(key) for key in self.option.lines if key not in ("contingency", "resale")])
        return Term(f"({found.text})", found.value)

    def _work(self, month: int) -> Term:
        """Work of a month as a multiple of the first."""
        return number(1) + self.option.at("growth") * month_at(month) / number(MONTHS_PER_YEAR)

    def _machines(self, month: int) -> Term:
        """Machines of a month, from their own row."""
        return self.here("machines", month)

    def _added(self, month: int) -> Term:
        return self._machines(month) - self._machines(month - 1) if month else self._machines(0)

    def machines(self) -> list[Term]:
        """Whole machines in each month."""
        option = self.option
        growth = option.course_of_growth(option.at("growth"))
        return [machines_in(month_at(month), option.at(BUSIEST), growth) for month in range(option.horizon)]

    def _kwh(self, month: int) -> Term:
        of = self.option.at
        resting = self._machines(month) * of("resting_watts") * of("hours_in_month")
        working = of("busy_hours") * self._work(month) * (of("working_watts") - of("resting_watts"))
        return (resting + working) / number(1000) * of("room_overhead")

    def _rent(self, month: int) -> Term:
        """The working of the rent with one month's machines, and the fee for those that are new."""
        trace = self.option.traces[line_row("rent")]
        names = {item["name"]: self.option.at(item["name"]) for item in trace["inputs"]}
        new = self._added(month)
        return translated(
            trace["expression"],
            names | {"machine_months": self._machines(month), "machines": call("MAX", new, NOTHING)},
        )

    def mean_month(self, key: str) -> Term:
        """A line's mean month without what is paid once."""
        option, stored = self.option, self.option.lines[key]["month"]["central"]
        whole, horizon = option.at(line_row(key)), number(option.horizon)
        try:
            made = self._mean(key, whole, horizon)
        except LookupError:
            made = NOTHING
        if math.isclose(made.value, stored, rel_tol=0, abs_tol=CENT):
            return made
        every = option.lines[key]["total"]["central"]
        return whole * number(stored / every if every else 0.0)

    def _mean(self, key: str, whole: Term, horizon: Term) -> Term:
        option = self.option
        if key in AT_START | AT_END | {"purchase"}:
            return NOTHING
        if key == "contingency":
            return option.at("contingency") * self._others(self.mean_month)
        if key in FIRST_AND_YEARLY | {"rent"}:
            trace = option.traces[line_row(key)]
            names = {item["name"]: option.at(item["name"]) for item in trace["inputs"]}
            without = {"machines": NOTHING} if key == "rent" else {"horizon": NOTHING}
            other = translated(trace["expression"], names | without)
            return other / horizon if key == "rent" else (whole - Term(f"({other.text})", other.value)) / horizon
        return whole / horizon

    def stopped(self) -> list[Term]:
        """What stops in each month: every tool from the month in which it can be given up."""
        option, found = self.option, []
        inputs = {item["name"] for item in option.traces.get("stopped_total", {"inputs": ()})["inputs"]}
        tools = sorted({name.partition("_")[0] for name in inputs})
        for month in range(option.horizon):
            stops = [self._stops(tool, month) for tool in tools]
            found.append(total(stops))
        return found

    def _stops(self, tool: str, month: int) -> Term:
        of = self.option.at
        amount = of(f"{tool}_month") * of(f"{tool}_used") * of(f"{tool}_stops")
        left, counted = number(self.option.horizon) - month_at(month), of(f"{tool}_months")
        value = amount.value if left.value <= counted.value else 0.0
        return Term(f"IF({left.text}<={counted.text},{amount.text},0)", value)


def month_at(month: int) -> Term:
    """How many months come before a column's, by the number at its head."""
    return Term(f"({xl_rowcol_to_cell(HEAD_ROW, FIRST + month, row_abs=True)}-1)", float(month))


def fill(writer: Writer, page: Worksheet, courses: list[Course]) -> None:
    writer.begin(
        page, _("By month"), _("Central figures. Machines are paid when they are needed and resold at the end.")
    )
    horizon = writer.sheet.horizon
    writer.heads(page, HEAD_ROW, [_("Month")])
    for month in range(horizon):
        page.write_number(HEAD_ROW, FIRST + month, month + 1, writer.head_figure)
    page.write_string(HEAD_ROW, FIRST + horizon, _("In all"), writer.head_figure)
    page.freeze_panes(HEAD_ROW + 1, 1)
    page.repeat_rows(HEAD_ROW)
    page.repeat_columns(0)
    page.set_print_scale(ON_PAPER)
    page.set_v_pagebreaks([FIRST + month for month in range(MONTHS_PER_YEAR, horizon, MONTHS_PER_YEAR)])
    page.set_column(FIRST, FIRST + horizon, 12)
    row = HEAD_ROW + 1
    for course in courses:
        page.write_string(row, 0, writer.sheet.plan_name(course.option.plan), writer.subject)
        row = _block(writer, page, course, row + 1) + 1


def _block(writer: Writer, page: Worksheet, course: Course, row: int) -> int:
    option = course.option
    if "growth" in option.rows and "machines" in option.traces:
        _months(writer, page, row, _("Machines"), course.put("machines", row, course.machines()), whole=True)
        row += 1
    for key, line in option.lines.items():
        _months(writer, page, row, writer.line_name(line), course.put(key, row, course.line(key)))
        row += 1
    every = range(option.horizon)
    sums = [_column_sum(course, list(option.lines), month) for month in every]
    _months(writer, page, row, _("Cost of the plan"), course.put("cost", row, sums), strong=True)
    row += 1
    if writer.states_saving:
        _months(writer, page, row, _("Spending that stops"), course.put("stopped", row, course.stopped()))
        running: list[Term] = []
        course.rows["running"] = row + 1
        for month in every:
            term = course.here("stopped", month) - course.here("cost", month)
            if month:
                before = Term(xl_rowcol_to_cell(row + 1, FIRST + month - 1), running[-1].value)
                term = before + term
            running.append(term)
        label = _("Ahead of today so far (below zero: behind)")
        _months(writer, page, row + 1, label, course.put("running", row + 1, running), strong=True, summed=False)
        row += 2
    return row


def _column_sum(course: Course, lines: list[str], month: int) -> Term:
    top, bottom = (xl_rowcol_to_cell(course.rows[key], FIRST + month) for key in (lines[0], lines[-1]))
    return Term(f"SUM({top}:{bottom})", sum(course.values[key][month] for key in lines))


def _months(
    writer: Writer,
    page: Worksheet,
    row: int,
    label: str,
    terms: list[Term],
    *,
    strong: bool = False,
    whole: bool = False,
    summed: bool = True,
) -> None:
    look = writer.total if strong else writer.look(num_format="0") if whole else writer.amount
    page.write_string(row, 0, label, writer.look(bold=True, top=1) if strong else writer.text)
    for month, term in enumerate(terms):
        writer.formula(page, row, FIRST + month, term, look)
    if summed and not whole:
        first, last = xl_rowcol_to_cell(row, FIRST), xl_rowcol_to_cell(row, FIRST + len(terms) - 1)
        every = Term(f"SUM({first}:{last})", sum(term.value for term in terms))
        writer.formula(page, row, FIRST + len(terms), every, look)
