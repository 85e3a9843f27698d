"""The next 30, 60 and 90 days: what to do first, what it needs to go on, and when to stop."""

from __future__ import annotations

from typing import Any

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.presentation.trial import trial
from advisor.assessments.wording import steps as wording

LAST_MONTH = 3  # of the plan; a contract that ends later is named with its month


def steps(sheet: Sheet) -> list[dict[str, Any]]:
    """Three phases with their steps, for the answer as given."""
    if sheet.verdict == "recommend" and sheet.main_plan is not None:
        phases = _recommended(sheet, sheet.main_plan)
    else:
        phases = [[str(step) for step in phase] for phase in wording.OTHERWISE[sheet.verdict]]
    phases[0] += _idle(sheet)
    return [{"title": str(title), "steps": found} for title, found in zip(wording.PHASES, phases, strict=True)]


def _recommended(sheet: Sheet, plan: Data) -> list[list[str]]:
    first, second = wording.SET_UP[plan["route"]]
    stop = str(wording.STOP_RULE) % {
        "mark": trial(sheet)["mark"],
        "amount": sheet.formats.money(plan["cost_month"]["high"]),
    }
    return [
        [str(step) for step in (*wording.TRY, stop)],
        [str(step) for step in (first, second, *wording.USE)],
        [*(_cancel(sheet, tool) for tool in sheet.document["keep"]["tools"] if tool["stop_share"]),
         *map(str, wording.SETTLE)],
    ]  # fmt: skip


def _cancel(sheet: Sheet, tool: Data) -> str:
    month = tool["stops_from_month"]
    sentence = wording.CANCEL if month > LAST_MONTH else wording.CANCEL_NOW
    return str(sentence) % {"product": tool["product"], "month": sheet.formats.number(month)}


def _idle(sheet: Sheet) -> list[str]:
    """Seats nobody uses can go whatever the answer is."""
    keep = sheet.document["keep"]
    if not keep["idle_total"]:
        return []
    seats = sum(tool["idle_seats"] for tool in keep["tools"])
    return [
        str(wording.IDLE)
        % {
            "seats": sheet.formats.number(seats),
            "amount": sheet.formats.money(keep["idle_total"]),
            "months": sheet.formats.number(sheet.horizon),
        }
    ]
