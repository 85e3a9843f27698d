"""Section 7: the difference from today in three cases, time apart from cash, and what must be canceled when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.assessments.presentation.workings import SURE
from advisor.reports.content.blocks import Block, Column, bullets, group, section, subject, table, text
from advisor.reports.content.drawings import drawn
from advisor.reports.content.reader import Data, Reader
from advisor.web.typography import followed, sentences


def savings(reader: Reader) -> Block:
    plan, title = reader.main, _("Savings, or extra cost")
    if plan is None:
        return section(title, [group(_("Cash"), [text(_("No option is left to compare with today."))])])
    cash = _cash(reader, plan) if reader.sheet.has_baseline else [group(_("Cash"), [text(_no_saving(reader))])]
    return section(title, [*cash, *_time(reader)])


def _no_saving(reader: Reader) -> str:
    if not reader.keep["known"]:
        return _("What you pay now is not known, so no saving can be stated. The cost is in section 6.")
    return _("Nothing comparable is paid today, so there is nothing to save. The cost is in section 6.")


def _cash(reader: Reader, plan: Data) -> list[Block]:
    blocks: list[Block] = [subject(_("Cash, %(plan)s") % {"plan": reader.sheet.plan_name(plan)}), cases(reader, plan)]
    said = _explained(reader, plan)
    if said:
        blocks.append(group(_("What it says"), [text(line) for line in said]))
    blocks.append(group(_("What must be canceled, and when"), _cancel(reader)))
    return [*blocks, *_promise(reader)]


def _promise(reader: Reader) -> list[Block]:
    """The promise of 90 % beside the own figure: how the cases are spread, and what the saving is made of."""
    found = reader.shown["money"]["promise"]
    if found is None:
        return []
    head = [subject(found["title"]), text(found["text"])]
    if "figure" not in found:
        return head
    columns = [
        Column(_("What it is made of"), share=3), Column(_("Against what you pay today"), share=1, figures=True),
    ]  # fmt: skip
    parts = [[" – ".join(filter(None, (part["label"], part["remark"]))), part["share"]] for part in found["parts"]]
    return [
        *head,
        *drawn(found["figure"]),
        table(columns, parts, note=sentences((_("All shares are of what you pay today."), found["bill"]))),
        group(found["needs_title"], [bullets(found["needs"])]),
    ]


def cases(reader: Reader, plan: Data) -> Block:
    """Stopped spending minus cost. The low saving is the case in which the plan costs most."""
    found, total = plan["savings"], plan["savings"]["total"]
    ends = [("low", _("Low")), ("central", _("Central")), ("high", _("High"))]
    if not reader.sheet.single_figures:
        ends = [end for end in ends if end[0] != "central"]
    columns = [
        Column(_("Over %(months)s") % {"months": reader.months}, share=2),
        *(Column(name, share=1.3, figures=True) for _part, name in ends),
    ]
    stopped, cost = found["stopped_total"], plan["cost_total"]
    opposite = {"low": "high", "central": "central", "high": "low"}
    rows = [
        [_("Spending that stops"), *(reader.money(stopped[part]) for part, _name in ends)],
        [_("Cost of the plan"), *(reader.money(cost[opposite[part]]) for part, _name in ends)],
        [_("Difference from today"), *(reader.sheet.difference(total[part]) for part, _name in ends)],
    ]
    remark = _("Each column is a case of its own, so the rows of the low and high columns need not add up exactly.")
    return table(columns, rows, strong=[2], note=remark)


def _explained(reader: Reader, plan: Data) -> list[str]:
    if not reader.sheet.single_figures:
        return [_("Too few questions were answered to state one figure.")]
    chance = reader.formats.percent(min(max(plan["savings"]["chance"], SURE), 1 - SURE))
    said = [_("It costs less than today in %(share)s of the cases we computed across all ranges.") % {"share": chance}]
    parts = reader.shown["money"]["cash"]["parts"]
    return [*said, parts] if parts else said


def _cancel(reader: Reader) -> list[Block]:
    stopping = [tool for tool in reader.keep["tools"] if tool["stop_share"] > 0]
    if not stopping:
        return [text(_("You would go on paying for everything you have, so nothing is counted as stopped."))]
    items = [
        _("%(product)s: %(share)s of it, counted from %(when)s (%(month)s a month today).")
        % {
            "product": tool["product"],
            "share": reader.formats.percent(tool["stop_share"]),
            "when": reader.month_after(tool["stops_from_month"]),
            "month": reader.money(tool["price_month"]),
        }
        for tool in stopping
    ]
    return [bullets(items), text(_("If these are not canceled, the saving does not happen."))]


def _time(reader: Reader) -> list[Block]:
    jobs = reader.shown["money"]["time"]
    columns = [
        Column(_("Job"), share=2),
        Column(_("Could be freed"), share=1.3, figures=True),
        Column(_("Needed for checking results"), share=1.3, figures=True),
        Column(_("Known how well"), share=1),
    ]
    rows = [[job["job"], job["freed"], job["checking"], job["grade"]] for job in jobs]
    remark = _("Time is not cash: it is in none of the amounts here, and it saves money only if fewer hours are paid.")
    if any(demand["hours_freed_month"]["low"] < 0 for demand in reader.document["demand"]):
        more = _("A minus sign means that the work would take longer than today.")
        remark = followed(remark, more)
    return [subject(_("Time, apart from cash")), table(columns, rows, note=remark)] if rows else []
