"""The money panel: all options on one scale, cost lines, what stops, when it pays back, and time apart."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.presentation import money_figures, promise
from advisor.assessments.presentation.cards import idle_seats
from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.presentation.workings import working
from advisor.assessments.wording.phrases import NOT_INCLUDED


def money(sheet: Sheet) -> dict[str, Any]:
    plan = sheet.main_plan
    return {
        "ranges": money_figures.ranges(sheet, plan) if plan else None,
        "running_total": money_figures.running_total(sheet, plan) if plan else None,
        "swings": money_figures.swings(sheet, plan) if plan else None,
        "promise": promise.promise(sheet, plan) if plan else None,
        "lines": lines_table(sheet, plan) if plan else None,
        "included": _included(sheet),
        "not_included": [str(item) for item in NOT_INCLUDED],
        "cash": _cash(sheet, plan) if plan else None,
        "time": [_time(sheet, demand) for demand in sheet.document["demand"]],
        "payback": payback(sheet, plan) if plan else "",
        "payback_working": working(sheet, plan["key"], "payback")
        if plan and sheet.has_baseline and sheet.single_figures
        else None,
        "idle": idle_seats(sheet),
    }


def costs(sheet: Sheet) -> list[dict[str, Any]]:
    """Every line of every option, and month by month."""
    return [{**lines_table(sheet, plan), "by_month": by_month(sheet, plan)} for plan in sheet.all_plans]


def lines_table(sheet: Sheet, plan: Data) -> dict[str, Any]:
    """Every cost line of a plan; own labor is marked, a credit is negative."""
    return {
        "key": plan["key"],
        "name": sheet.plan_name(plan),
        "rows": [_line(sheet, plan, line) for line in plan["lines"]],
        "total": sheet.money(plan["cost_total"]),
        **{part: sheet.formats.money(of_all_lines(plan, part)) for part in ("once", "month")},
        "years": [
            {"label": _("Year %(number)s") % {"number": number}, "text": sheet.formats.money(year), "raw": year}
            for number, year in enumerate(plan["cost_by_year"], start=1)
        ],
    }


def of_all_lines(plan: Data, part: str) -> float:
    """What the column "once" or "month" of the lines adds up to; over the horizon the two give the total."""
    return float(sum(line[part]["central"] for line in plan["lines"]))


def by_month(sheet: Sheet, plan: Data) -> dict[str, Any]:
    """Every line of the cost in every month, central figures; the same table on page, on paper and in a sheet."""
    shown = [line for line in plan["lines"] if any(line["by_month"])]
    months = [sheet.formats.number(month + 1) for month in range(len(plan["cost_by_month"]))]
    amounts = [*(line["by_month"] for line in shown), plan["cost_by_month"]]
    return {
        "columns": [_("Month"), *(sheet.words.label("cost_line", line["key"]) for line in shown), _("In all")],
        "rows": [list(row) for row in zip(months, *map(sheet.formats.money_column, amounts), strict=True)],
    }


def _line(sheet: Sheet, plan: Data, line: Data) -> dict[str, Any]:
    return {
        "key": line["key"],
        "label": sheet.words.label("cost_line", line["key"]),
        "own_labor": line["own_labor"],
        "once": sheet.money(line["once"]),
        "month": sheet.money(line["month"]),
        "total": sheet.money(line["total"]),
        "working": working(sheet, plan["key"], f"{line['key']}.total"),
    }


def _included(sheet: Sheet) -> list[str]:
    """The names of all cost lines that any plan has, in the order they appear."""
    keys = dict.fromkeys(line["key"] for plan in sheet.plans for line in plan["lines"])
    return [sheet.words.label("cost_line", key) for key in keys]


def _cash(sheet: Sheet, plan: Data) -> dict[str, Any]:
    """Spending that stops, what the plan costs, and the difference: amounts that leave the account, plus labor."""
    savings = plan["savings"]
    parts = None
    if sheet.single_figures and savings["from_paying_per_use"] is not None and savings["from_openness"] is not None:
        parts = _(
            "Where the difference comes from: paying by use instead of per person, %(use)s; "
            "the model being open, %(open)s."
        ) % {
            "use": sheet.difference(savings["from_paying_per_use"]),
            "open": sheet.difference(savings["from_openness"]),
        }
    return {
        "stopped": sheet.money(savings["stopped_total"]) if sheet.has_baseline else None,
        "cost": sheet.money(plan["cost_total"]),
        "saving": sheet.saving(plan),
        "parts": parts,
        "share": sheet.formats.percent(abs(savings["share_of_current"]))
        if sheet.has_baseline and sheet.single_figures and savings["share_of_current"] is not None
        else "",
    }


def _time(sheet: Sheet, demand: Data) -> dict[str, str]:
    freed, checking = demand["hours_freed_month"], demand["hours_checking_month"]
    hours = _("%(range)s hours a month")

    def number(value: float) -> str:
        return sheet.formats.number(value, 1)

    return {
        "job": sheet.words.label("job", demand["job"]),
        "freed": hours % {"range": sheet.formats.span(number(freed["low"]), number(freed["high"]))},
        "effect": effect_of(sheet, freed),
        "freed_middle": number(freed["central"]),
        "checking": hours % {"range": sheet.formats.span(number(checking["low"]), number(checking["high"]))},
        "grade": sheet.words.label("grade", freed["grade"]),
    }


def effect_of(sheet: Sheet, freed: Data) -> str:
    """Hours a month in a sentence: what is below zero is not freed but comes on top."""
    low, high = (sheet.formats.number(abs(freed[end]), 1) for end in ("low", "high"))
    if freed["low"] < 0 < freed["high"]:
        return _("between %(more)s hours more work and %(less)s hours freed a month") % {"more": low, "less": high}
    hours = _("%(range)s hours a month")
    if freed["low"] < 0:
        return _("takes %(hours)s more") % {"hours": hours % {"range": sheet.formats.span(high, low)}}
    return _("frees %(hours)s") % {"hours": hours % {"range": sheet.formats.span(low, high)}}


def payback(sheet: Sheet, plan: Data) -> str:
    """When a plan pays back, or why that cannot be said."""
    if not sheet.document["keep"]["known"]:
        return _("You were not sure what you pay today, so we cannot say whether it pays back.")
    if not sheet.has_baseline:
        return _("There is nothing to pay back: you pay for nothing comparable today.")
    if not sheet.single_figures:
        return _("We know too little so far to say whether and when it pays back.")
    month = plan["savings"]["payback_month"]
    if month is None:
        return _("It does not pay back within %(months)s months.") % {"months": sheet.formats.number(sheet.horizon)}
    return _("It pays back in month %(month)s.") % {"month": sheet.formats.number(month)}
