"""What the figures come to: cost line by line and year by year, savings, sensitivity; live beside what was advised."""

from __future__ import annotations

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from advisor.assessments.presentation.sheet import Data
from advisor.engine.units import MONTHS_PER_YEAR
from advisor.reports.spreadsheet.inputs import STEP, Inputs, changed_label
from advisor.reports.spreadsheet.months import Course
from advisor.reports.spreadsheet.option import CASES, CURRENT_SPEND, line_row
from advisor.reports.spreadsheet.terms import Term, number, total
from advisor.reports.spreadsheet.writer import FIRST_COLUMN, Place, Writer

STALE = "#9A948A"
LAST_ROW = 999  # below every option


def cost(writer: Writer, page: Worksheet, courses: list[Course], inputs: Inputs) -> None:
    """Section 6: every line of every option."""
    note = _(
        "Low and high are the ends worked out with the advice; they do not follow the inputs, and they do not add up."
    )
    row = _stale(writer, page, writer.begin(page, _("Cost"), note), inputs, columns=(3, 5))
    heads = [_("Line"), _("Once"), _("Each month"), _("Low"), _("Central"), _("High")]
    page.freeze_panes(row, 1)
    for course in courses:
        option, plan = course.option, course.option.plan
        page.write_string(row, 0, writer.sheet.plan_name(plan), writer.subject)
        writer.heads(page, row + 1, heads)
        first = row = row + 2
        sums: dict[int, list[float]] = {1: [], 2: [], 4: []}
        for key, line in option.lines.items():
            month, whole = course.mean_month(key), option.at(line_row(key))
            page.write_string(row, 0, writer.line_name(line), writer.text)
            once = whole - month * number(option.horizon)
            for column, term in ((1, once), (2, month), (4, whole)):
                writer.formula(page, row, column, term)
                sums[column].append(term.value)
            writer.figure(page, row, 3, line["total"]["low"])
            writer.figure(page, row, 5, line["total"]["high"])
            row += 1
        _total(writer, page, row, plan)
        for column, values in sums.items():
            writer.formula(page, row, column, _sum(first, row - 1, column, values), writer.total)
        row += 2


def _stale(writer: Writer, page: Worksheet, row: int, inputs: Inputs, *, columns: tuple[int, int]) -> int:
    """How many inputs were changed, and the ends struck through where any was: they come from 1,024 runs of the whole
    calculation, which no formula repeats."""
    page.write_string(row, 0, changed_label(), writer.text)
    writer.tall(page, row, (changed_label(), FIRST_COLUMN))
    writer.formula(page, row, 1, Term(inputs.changed.cell(), 0.0), writer.look(num_format="0", bold=True))
    look = writer.workbook.add_format({"font_strikeout": True, "font_color": STALE})
    rule = {"type": "formula", "criteria": f"={xl_rowcol_to_cell(row, 1, True, True)}>0", "format": look}
    for column in columns:
        page.conditional_format(row + 1, column, LAST_ROW, column, rule)
    return row + 2


def _total(writer: Writer, page: Worksheet, row: int, plan: Data) -> None:
    page.write_string(row, 0, _("Total"), writer.look(bold=True, top=1))
    writer.figure(page, row, 3, plan["cost_total"]["low"], writer.total)
    writer.figure(page, row, 5, plan["cost_total"]["high"], writer.total)


def _sum(first: int, last: int, column: int, values: list[float]) -> Term:
    return Term(f"SUM({xl_range(first, column, last, column)})", sum(values))


def by_year(writer: Writer, page: Worksheet, courses: list[Course]) -> None:
    """Cash by year of every option, and of what there is."""
    horizon, keep = writer.sheet.horizon, writer.sheet.document["keep"]
    starts = range(0, horizon, MONTHS_PER_YEAR)
    row = writer.begin(
        page, _("By year"), _("Central figures. Machines are paid when they are needed and resold at the end.")
    )
    names = [_("Year %(year)s") % {"year": writer.sheet.formats.number(year)} for year in range(1, len(starts) + 1)]
    writer.heads(page, row, [_("Option"), *names, _("In all")])
    page.freeze_panes(row + 1, 1)
    row += 1
    if writer.sheet.has_baseline:
        months = [min(MONTHS_PER_YEAR, horizon - start) for start in starts]
        _year_row(writer, page, row, _("Keep what you have"), [number(keep["month"]) * number(each) for each in months])
        row += 1
    for course in courses:
        terms = [course.row_range("cost", start, start + MONTHS_PER_YEAR) for start in starts]
        _year_row(writer, page, row, writer.sheet.plan_name(course.option.plan), terms)
        row += 1


def _year_row(writer: Writer, page: Worksheet, row: int, name: str, terms: list[Term]) -> None:
    page.write_string(row, 0, name, writer.text)
    for column, term in enumerate(terms, start=1):
        writer.formula(page, row, column, term)
    every = Term(f"SUM({xl_range(row, 1, row, len(terms))})", total(terms).value)
    writer.formula(page, row, len(terms) + 1, every, writer.total)


def savings(writer: Writer, page: Worksheet, courses: list[Course], inputs: Inputs) -> None:
    """Section 7: what stops, what it costs, what is left, and when it pays back."""
    row = writer.begin(page, _("Savings"), _why_none(writer))
    if not writer.states_saving:
        return
    row = _stale(writer, page, row, inputs, columns=(1, 3))
    heads = [_("Over the whole time"), _("Low"), _("Central"), _("High"), _("Central, as advised"), _("Your change")]
    page.freeze_panes(row, 1)
    for course in courses:
        page.write_string(row, 0, writer.sheet.plan_name(course.option.plan), writer.subject)
        writer.heads(page, row + 1, heads)
        row = _savings_of(writer, page, row + 2, course) + 1


def _why_none(writer: Writer) -> str:
    if writer.states_saving:
        return _(
            "Central follows the inputs. Low and high are the ends worked out with the advice, each a case of its own."
        )
    if writer.sheet.has_baseline:
        return _("Too few questions were answered to state one figure.")
    return str(writer.shown["money"]["payback"])


def _savings_of(writer: Writer, page: Worksheet, row: int, course: Course) -> int:
    option, plan = course.option, course.option.plan
    found, price = plan["savings"], plan["cost_total"]
    rows = [
        (_("Spending that stops"), "stopped_total", found["stopped_total"], ("low", "high")),
        (_("Cost of the plan"), "cost_total", price, ("high", "low")),
        (_("Spending that stops, less the cost"), "saving", found["total"], ("low", "high")),
    ]
    for label, name, stored, (low, high) in rows:
        look = writer.total if name == "saving" else writer.amount
        page.write_string(row, 0, label, writer.look(bold=True, top=1) if name == "saving" else writer.text)
        writer.formula(page, row, 2, option.at(name), look)
        for column, value in ((1, stored[low]), (3, stored[high]), (4, stored["central"])):
            writer.figure(page, row, column, value, look)
        changed = Term(
            f"{xl_rowcol_to_cell(row, 2)}-{xl_rowcol_to_cell(row, 4)}", option.at(name).value - stored["central"]
        )
        writer.formula(page, row, 5, Term(f"ROUND({changed.text},2)", round(changed.value, 2)), look)
        row += 1
    return _share_and_payback(writer, page, row, course)


def _share_and_payback(writer: Writer, page: Worksheet, row: int, course: Course) -> int:
    option, found = course.option, course.option.plan["savings"]
    paid = writer.sheet.document["keep"]["total"]
    share = writer.look(num_format="0.0%")
    page.write_string(row, 0, _("As a share of what you pay today"), writer.text)
    writer.formula(page, row, 2, option.at("saving") / number(paid), share)
    writer.figure(page, row, 4, found["share_of_current"], share)
    page.write_string(row + 1, 0, _("Pays back in month (0: not within the time counted)"), writer.text)
    writer.formula(page, row + 1, 2, payback(course), writer.look(num_format="0"))
    writer.figure(page, row + 1, 4, found["payback_month"] or 0, writer.look(num_format="0"))
    return row + 2


def payback(course: Course) -> Term:
    """The first month from which the running total stays above zero; 0 when it never does."""
    values, row, horizon = course.values["running"], course.rows["running"], course.option.horizon
    running = Place(course.page, row, 1).cell().rpartition("!")[0] + "!" + xl_range_abs(row, 1, row, horizon)
    behind = [month for month, value in enumerate([0.0, *values]) if value <= 0]
    text = f"IF(INDEX({running},1,{horizon})<=0,0,SUMPRODUCT(MAX(({running}<=0)*{course.option.months}))+1)"
    return Term(text, float(behind[-1] + 1 if values[-1] > 0 else 0))


def sensitivity(writer: Writer, page: Worksheet, courses: list[Course], inputs: Inputs) -> None:
    """Section 8: each option with one input lower or higher."""
    row = writer.begin(page, _("Sensitivity"), _sensitivity_note(writer))
    if writer.sheet.has_baseline and not writer.states_saving:
        return
    page.freeze_panes(row, 1)
    step = inputs.at(STEP)
    lower, higher = _("Lower by"), _("Higher by")
    for course in courses:
        page.write_string(row, 0, writer.sheet.plan_name(course.option.plan), writer.subject)
        writer.heads(page, row + 1, [_("Input"), lower, higher, _("Apart")])
        page.write_string(row + 2, 0, _("Step"), writer.note)
        for column in (1, 2):
            writer.formula(page, row + 2, column, step, writer.look(num_format="0%", font_color="#5F5A52"))
        row = _drivers(writer, page, row + 3, course) + 1


def _sensitivity_note(writer: Writer) -> str:
    if writer.states_saving:
        return _("The difference from today when one input is lower or higher and all others stay as entered.")
    if writer.sheet.has_baseline:
        return _("Too few questions were answered to state one figure for each change.")
    return _("The cost over the whole time when one input is lower or higher and all others stay as entered.")


def _drivers(writer: Writer, page: Worksheet, row: int, course: Course) -> int:
    option, name = course.option, "saving" if writer.states_saving else "cost_total"
    for driver in option.plan["drivers"]:
        if driver["key"] == CURRENT_SPEND and not writer.states_saving:
            continue
        page.write_string(row, 0, writer.sheet.words.label("driver", driver["key"]), writer.text)
        found = [option.at(name, case) for case in CASES if case.driver == driver["key"]]
        for column, term in enumerate(found, start=1):
            writer.formula(page, row, column, term)
        low, high = found
        apart = f"ABS({xl_rowcol_to_cell(row, 2)}-{xl_rowcol_to_cell(row, 1)})"
        writer.formula(page, row, 3, Term(apart, abs(high.value - low.value)))
        row += 1
    return row
