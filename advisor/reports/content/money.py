"""Section 6: what each option costs, line by line and year by year, and when it pays back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.assessments.presentation.money import of_all_lines
from advisor.reports.content.blocks import Block, Column, group, section, subject, table, text
from advisor.reports.content.drawings import drawn
from advisor.reports.content.reader import NOTHING, Data, Reader

MONTHS_A_YEAR = 12


def cost(reader: Reader) -> Block:
    title = _("Cost over %(months)s") % {"months": reader.months}
    if not reader.sheet.plans:
        return section(title, [group(_("Options"), [text(_("No option is left whose cost could be worked out."))])])
    blocks = [group(_("How to read it"), [text(_explained(reader))])]
    for plan in reader.sheet.plans:
        blocks += [subject(reader.name(plan)), lines(reader, plan)]
    blocks += [subject(_("Cash by year")), by_year(reader)]
    blocks += _payback(reader)
    if reader.main is not None:
        blocks += [
            subject(_("Month by month: %(plan)s") % {"plan": reader.name(reader.main)}),
            by_month(reader, reader.main),
        ]
    return section(title, blocks)


def _explained(reader: Reader) -> str:
    return _(
        "Amounts are in %(currency)s without tax. Work by your own people is counted at what an hour of it costs you; "
        "such lines are marked as own time. A credit is shown with a minus sign. The totals of the low and high "
        "columns are not the sum of their lines, because not everything is low or high at once."
    ) % {"currency": reader.document["currency"]}


def lines(reader: Reader, plan: Data) -> Block:
    columns = [
        Column(_("Line"), share=2.2),
        Column(_("Once"), share=1, figures=True),
        Column(_("Each month"), share=1, figures=True),
        Column(_("Low"), share=1, figures=True),
        Column(_("Central"), share=1, figures=True),
        Column(_("High"), share=1, figures=True),
    ]
    rows = [_line_row(reader, line) for line in plan["lines"]]
    rows.append(_total_row(reader, plan))
    return table(columns, rows, strong=[len(rows) - 1])


def _line_row(reader: Reader, line: Data) -> list[str]:
    name = reader.label("cost_line", line["key"])
    if line["own_labor"]:
        name = _("%(line)s (own time)") % {"line": name}
    total = line["total"]
    return [
        name,
        reader.amount_or_nothing(line["once"]["central"]),
        reader.amount_or_nothing(line["month"]["central"]),
        *(reader.amount_or_nothing(total[part]) for part in ("low", "central", "high")),
    ]


def _total_row(reader: Reader, plan: Data) -> list[str]:
    total = plan["cost_total"]
    return [
        _("Total"),
        *(reader.money(of_all_lines(plan, part)) for part in ("once", "month")),
        *(reader.money(total[part]) for part in ("low", "central", "high")),
    ]


def by_year(reader: Reader) -> Block:
    years = max(len(plan["cost_by_year"]) for plan in reader.sheet.plans)
    names = [_("Year %(year)s") % {"year": reader.formats.number(year)} for year in range(1, years + 1)]
    columns = [Column(_("Option"), share=2.2), *(Column(name, share=1, figures=True) for name in names)]
    columns.append(Column(_("In all"), share=1, figures=True))
    rows = [_year_row(reader, plan, years) for plan in reader.sheet.plans]
    if reader.sheet.has_baseline:
        rows.insert(0, _keep_row(reader, years))
    return table(
        columns, rows, note=_("Central figures. Machines are paid when they are needed and resold at the end.")
    )


def _year_row(reader: Reader, plan: Data, years: int) -> list[str]:
    found = [reader.money(amount) for amount in plan["cost_by_year"]]
    padding = [NOTHING] * (years - len(found))
    return [reader.sheet.plan_name(plan), *found, *padding, reader.money(sum(plan["cost_by_year"]))]


def _keep_row(reader: Reader, years: int) -> list[str]:
    keep, left, found = reader.keep, reader.sheet.horizon, []
    for _year in range(years):
        found.append(reader.money(keep["month"] * min(MONTHS_A_YEAR, left)))
        left = max(left - MONTHS_A_YEAR, 0)
    return [_("Keep what you have"), *found, reader.money(keep["total"])]


def by_month(reader: Reader, plan: Data) -> Block:
    """Cost of the main plan in every month, and with spending today what stops and where that leaves the total."""
    columns = [Column(_("Month")), Column(_("Calendar month"), share=1.4), Column(_("Cost"), share=1, figures=True)]
    compares = reader.sheet.has_baseline and reader.sheet.single_figures
    if compares:
        columns.append(Column(_("Spending that stops"), share=1, figures=True))
        columns.append(Column(_("Difference so far"), share=1.2, figures=True))
    rows = []
    for month, cost in enumerate(plan["cost_by_month"]):
        row = [reader.formats.number(month + 1), reader.month_after(month), reader.money(cost)]
        if compares:
            so_far = plan["savings"]["cumulative"][month + 1]
            row += [reader.money(plan["savings"]["stopped_by_month"][month]), reader.sheet.difference(so_far)]
        rows.append(row)
    note = _("Central figures. Announced prices are paid from their month on, and a further machine when it is needed.")
    return table(columns, rows, note=note, dense=True, whole=False)


def _payback(reader: Reader) -> list[Block]:
    money = reader.shown["money"]
    return [group(_("Payback"), [text(money["payback"])]), *drawn(money["running_total"])]
