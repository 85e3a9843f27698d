"""Section 8: what moves the result, at which values the advice changes, and the worst case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.reports.content.blocks import Block, Column, bullets, group, section, subject, table, text
from advisor.reports.content.drawings import drawn
from advisor.reports.content.reader import NOTHING, Data, Reader


def sensitivity(reader: Reader) -> Block:
    plan, title = reader.main, _("What would change the answer")
    if plan is None:
        return section(
            title, [group(_("Turning points"), [text(_("Only a change to your rules would; see section 4."))])]
        )
    blocks: list[Block] = [
        group(_("Turning points"), _flips(reader)),
        group(_("Worst case"), [text(_worst(reader, plan))]),
        subject(_("One input at a time, a quarter lower or higher")),
    ]
    blocks += drawn(reader.shown["money"]["swings"])
    if reader.sheet.has_baseline and not reader.sheet.single_figures:
        blocks.append(text(_("Too few questions were answered to state one figure for each change.")))
    else:
        blocks.append(drivers(reader, plan))
    return section(title, blocks)


def drivers(reader: Reader, plan: Data) -> Block:
    compares = reader.sheet.has_baseline
    said = reader.sheet.difference if compares else lambda saving: reader.money(-saving)  # without spending: the cost
    head = _("Difference from today") if compares else _("Cost over %(months)s") % {"months": reader.months}
    columns = [
        Column(_("Input"), share=2),
        Column(_("%(what)s, 25%% lower") % {"what": head}, share=1.3, figures=True),
        Column(_("%(what)s, 25%% higher") % {"what": head}, share=1.3, figures=True),
    ]
    rows = [
        [reader.label("driver", driver["key"]), said(driver["low_total"]), said(driver["high_total"])]
        for driver in plan["drivers"]
    ]
    return table(columns, rows or [[_("No input was varied."), NOTHING, NOTHING]])


def _flips(reader: Reader) -> list[Block]:
    flips = reader.shown["flips"]
    if not flips:
        return [text(_("No single change within a realistic range would change the advice."))]
    return [bullets([flip["text"] for flip in flips])]


def _worst(reader: Reader, plan: Data) -> str:
    cost = _("%(plan)s: %(amount)s over %(months)s at the high end of the range") % {
        "plan": reader.sheet.plan_name(plan),
        "amount": reader.money(plan["cost_total"]["high"]),
        "months": reader.months,
    }
    if not reader.sheet.has_baseline:
        return _("%(cost)s; all of it would be new spending.") % {"cost": cost}
    low = reader.sheet.difference(plan["savings"]["total"]["low"])
    return _("%(cost)s; compared with today that is %(difference)s.") % {"cost": cost, "difference": low}
