"""The drawn figures of the money panel. Their titles say what is found, not what is plotted."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments import charts
from advisor.assessments.presentation.figures import Figure, draw
from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.web.typography import labeled, series

SAME_LINE = 0.02  # two lines closer than this share of the larger one would sit on top of each other


def ranges(sheet: Sheet, plan: Data) -> Figure:
    """Range bars of all options on one scale, with what is paid today across."""
    rows = _rows(sheet)
    title = _ranges_title(sheet, plan)
    months = sheet.formats.number(sheet.horizon)
    axis = _("Cost over %(months)s months, %(currency)s") % {"months": months, "currency": sheet.formats.currency}
    lines = _today_lines(sheet, plan)
    description = series([*(labeled(row.name, row.words) for row in rows), *(mark.words for mark in lines)])
    return draw(
        lambda key, width: charts.range_bars(
            rows, lines, key=key, title=title, description=description, axis=axis,
            form=sheet.formats.money_short, width=width,
        ),
        key="cost-ranges",
        title=title,
        description=description,
        columns=[_("Option"), _("Low"), _("Most likely"), _("High")],
        rows=[
            [row.name, *(sheet.formats.money(end) for end in (row.low, row.central or 0, row.high))] for row in rows
        ]
        + [[mark.words, "", sheet.formats.money(mark.value), ""] for mark in lines],
        source=sheet.computed,
        narrow=not sheet.on_paper,
    )  # fmt: skip


def _rows(sheet: Sheet) -> list[charts.RangeRow]:
    """The plans, then the best set-up of every other way of running, then closed services, cheapest first."""
    rows = [_row(sheet, sheet.plan_name(plan), plan["cost_total"], plan["key"]) for plan in sheet.plans]
    return rows + [_row(sheet, row["name"], row["raw"], None) for row in other_ways(sheet)]


def _row(sheet: Sheet, name: str, cost: Data, key: str | None) -> charts.RangeRow:
    words = _("%(range)s, most likely %(middle)s") % {
        "range": sheet.formats.estimate(cost),
        "middle": sheet.formats.money(cost["central"]),
    }
    chosen = key is not None and key == sheet.document["recommended"]
    return charts.RangeRow(name, cost["low"], cost["central"], cost["high"], words, chosen)


def other_ways(sheet: Sheet) -> list[dict[str, Any]]:
    """Compared set-ups that are no plan: the best of each other way, and closed services for comparison."""
    stated = sheet.has_baseline and sheet.single_figures
    others = [row for row in sheet.document["compared"] if row["plan"] is None]
    others.sort(key=lambda row: (row["reference"], row["cost_total"]["central"]))
    return [
        {
            "name": sheet.compared_name(row),
            "raw": row["cost_total"],
            "total": sheet.money(row["cost_total"]),
            "difference": sheet.difference(row["saving_central"]) if stated else "",
            "tone": "loss" if row["saving_central"] < 0 else "gain",
            "reference": row["reference"],
            "over_budget": row["over_budget"],
        }
        for row in others
    ]


def _ranges_title(sheet: Sheet, plan: Data) -> str:
    name, months = sheet.plan_name(plan), sheet.formats.number(sheet.horizon)
    cost = sheet.formats.estimate(plan["cost_total"])
    values = {"name": name, "cost": cost, "months": months}
    saving = sheet.saving(plan)
    if saving is None:
        return _("%(name)s: %(cost)s over %(months)s months") % values
    match saving["tone"]:
        case "gain":
            return _("%(name)s: %(cost)s over %(months)s months, less than the spending this replaces") % values
        case "loss":
            return _("%(name)s: %(cost)s over %(months)s months, more than the spending this replaces") % values
    return (
        _("%(name)s: %(cost)s over %(months)s months, perhaps more and perhaps less than the spending this replaces")
        % values
    )


def _today_lines(sheet: Sheet, plan: Data) -> list[charts.LineAcross]:
    """What is paid today, and what of it would stop where that is clearly less."""
    if not sheet.has_baseline:
        return []
    total = sheet.document["keep"]["total"]
    stopped = plan["savings"]["stopped_total"]["central"]
    amount = sheet.formats.money
    marks = [charts.LineAcross(total, _("You pay today: %(amount)s") % {"amount": amount(total)}, dashed=False)]
    if total - stopped > SAME_LINE * total:
        marks.append(charts.LineAcross(stopped, _("Of that would stop: %(amount)s") % {"amount": amount(stopped)}))
    return marks


def running_total(sheet: Sheet, plan: Data) -> Figure | None:
    """Month by month: what has been spent with the plan, and where something is paid today without it."""
    if sheet.has_baseline and not sheet.single_figures:
        return None
    curve = _compared_curve(sheet, plan) if sheet.has_baseline else _cost_curve(sheet, plan)
    title = _curve_title(sheet, plan)
    months = [month for month in range(0, sheet.horizon + 1, 6) if month < len(curve.values)]
    lines = [(curve.values, curve.words or _("Total so far")), (curve.other, curve.other_words)]
    lines = [line for line in lines if line[0]]
    return draw(
        lambda key, width: charts.cumulative(
            curve, key=key, title=title, description=series([title, curve.end_words]),
            form=sheet.formats.money_short, width=width,
        ),
        key="running-total",
        title=title,
        description=series([title, curve.end_words]),
        columns=[_("Month"), *(name for _values, name in lines)],
        rows=[
            [sheet.formats.number(month), *(sheet.formats.money(values[month]) for values, _name in lines)]
            for month in months
        ],
        source=sheet.computed,
        narrow=not sheet.on_paper,
    )  # fmt: skip


def _compared_curve(sheet: Sheet, plan: Data) -> charts.Curve:
    """All spending with the plan, what goes on beside it included, and all spending without it."""
    savings, month = plan["savings"], sheet.document["keep"]["month"]
    total, pays_back = savings["total"], savings["payback_month"]
    without = [month * passed for passed in range(sheet.horizon + 1)]
    end_low, end_high = without[-1] - total["high"], without[-1] - total["low"]
    goes_on = round(without[-1] - savings["stopped_total"]["central"]) > 0
    return charts.Curve(
        values=tuple(paid - saved for paid, saved in zip(without, savings["cumulative"], strict=True)),
        end_low=end_low,
        end_high=end_high,
        end_words=_end_words(sheet, end_low, end_high),
        axis=_axis_with_rest(sheet) if goes_on else _axis(sheet),
        turn_month=pays_back,
        turn_words=_("Paid back in month %(month)s") % {"month": pays_back} if pays_back else "",
        other=tuple(without),
        words=_("With the plan"),
        other_words=_("If you keep what you have"),
    )


def _cost_curve(sheet: Sheet, plan: Data) -> charts.Curve:
    spent = [0.0]
    for month in plan["cost_by_month"]:
        spent.append(spent[-1] + month)
    total = plan["cost_total"]
    words = _end_words(sheet, total["low"], total["high"])
    return charts.Curve(tuple(spent), total["low"], total["high"], words, axis=_axis(sheet))


def _end_words(sheet: Sheet, low: float, high: float) -> str:
    return _("Range at the end: %(range)s") % {"range": sheet.formats.money_range(low, high)}


def _axis(sheet: Sheet) -> str:
    return _("Across: months. Upward: spent so far, %(currency)s") % {"currency": sheet.formats.currency}


def _axis_with_rest(sheet: Sheet) -> str:
    """Where the plan's own cost is not all that is paid: the line and its range are higher by the rest."""
    return _("Across: months. Upward: spent so far with what you would go on paying, %(currency)s") % {
        "currency": sheet.formats.currency
    }


def _curve_title(sheet: Sheet, plan: Data) -> str:
    months = sheet.formats.number(sheet.horizon)
    if not sheet.has_baseline:
        return _("After %(months)s months you will have spent about %(amount)s") % {
            "months": months,
            "amount": sheet.formats.money(plan["cost_total"]["central"]),
        }
    savings = plan["savings"]
    difference = sheet.difference(savings["total"]["central"])
    if savings["payback_month"] is None:
        return _("It does not pay back within %(months)s months; compared with today: %(difference)s") % {
            "months": months,
            "difference": difference,
        }
    return _("It pays back in month %(month)s; after %(months)s months, compared with today: %(difference)s") % {
        "month": savings["payback_month"],
        "months": months,
        "difference": difference,
    }


def swings(sheet: Sheet, plan: Data) -> Figure | None:
    """Which input moves the result most when it is a quarter lower or higher."""
    if not plan["drivers"] or (sheet.has_baseline and not sheet.single_figures):
        return None
    widest = max(plan["drivers"], key=lambda driver: abs(driver["high_total"] - driver["low_total"]))
    rows = [_swing(sheet, driver) for driver in plan["drivers"]]
    title = _("%(input)s moves the result most: a quarter lower or higher makes it %(result)s") % {
        "input": sheet.words.label("driver", widest["key"]),
        "result": _swing(sheet, widest).words,
    }
    middle = plan["savings"]["total"]["central"] if sheet.has_baseline else plan["cost_total"]["central"]
    center = charts.LineAcross(middle, _("As answered: %(result)s") % {"result": _result(sheet, middle)})
    axis = (
        _("Difference from today, %(currency)s") if sheet.has_baseline else _("Cost over the whole time, %(currency)s")
    )
    description = series(labeled(row.name, row.words) for row in rows)
    return draw(
        lambda key, width: charts.tornado(
            rows, center, key=key, title=title, description=description,
            axis=axis % {"currency": sheet.formats.currency}, form=sheet.formats.money_short, width=width,
        ),
        key="swings",
        title=title,
        description=description,
        columns=[_("If this is a quarter lower or higher"), _("Result")],
        rows=[[row.name, row.words] for row in rows],
        source=sheet.computed,
        narrow=not sheet.on_paper,
    )  # fmt: skip


def _swing(sheet: Sheet, driver: Data) -> charts.SwingRow:
    low, high = sorted((driver["low_total"], driver["high_total"]))
    if not sheet.has_baseline:  # without spending to stop, the engine's saving is the cost with its sign turned
        low, high = -high, -low
    words = sheet.difference_range(low, high) if sheet.has_baseline else sheet.formats.money_range(low, high)
    return charts.SwingRow(sheet.words.label("driver", driver["key"]), low, high, words)


def _result(sheet: Sheet, amount: float) -> str:
    return sheet.difference(amount) if sheet.has_baseline else sheet.formats.money(amount)
