"""The next 30, 60 and 90 days: what to do first, what it needs to go on, and when to stop."""

from __future__ import annotations

from typing import Any

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.presentation.trial import trial
from advisor.assessments.wording import steps as wording
from advisor.engine.types import Route

WITH_SUPPLIER = {Route.HOSTED_API, Route.HOSTED_SEATS, Route.RENTED_SERVER}
WITH_MACHINE = {Route.RENTED_SERVER, Route.OWN_SERVER, Route.STAFF_COMPUTERS}
LAST_MONTH = 3  # of the plan; a contract that ends later is named with its month


def steps(sheet: Sheet) -> list[dict[str, Any]]:
    """Three phases with their steps, for the answer as given."""
    if sheet.verdict == "recommend" and sheet.main_plan is not None:
        phases = _recommended(sheet, sheet.main_plan)
    else:
        phases = [[str(step) for step in phase] for phase in wording.OTHERWISE[sheet.verdict]]
    phases[0] += _idle(sheet)
    return [{"title": str(title), "steps": found} for title, found in zip(wording.PHASES, phases, strict=True)]


def rules_of_the_plan(sheet: Sheet) -> dict[str, Any] | None:
    """Roles, checkpoints, when to stop and how to leave; None where nothing is recommended."""
    plan = sheet.main_plan
    if plan is None or sheet.verdict != "recommend":
        return None
    with_supplier, with_machine = plan["route"] in WITH_SUPPLIER, plan["route"] in WITH_MACHINE
    stop = [_stop_rule(sheet, plan), *wording.STOP_ALWAYS]
    stop += [wording.STOP_SUPPLIER] * with_supplier + [wording.STOP_MACHINE] * with_machine
    leave = [*wording.LEAVE_ALWAYS, *wording.LEAVE_SUPPLIER * with_supplier, *(wording.LEAVE_MACHINE,) * with_machine]
    questions = [str(question) % {"mark": trial(sheet)["mark"]} for question in wording.CHECKPOINTS]
    return {
        "roles": _roles(sheet, with_machine),
        "checkpoints": [(str(when), said) for when, said in zip(wording.PHASES, questions, strict=True)],
        "stop": [str(rule) for rule in stop],
        "leave": [str(step) for step in leave],
    }


def _roles(sheet: Sheet, with_machine: bool) -> list[tuple[str, str]]:
    duties = {
        **wording.DUTIES,
        "computers": wording.COMPUTERS_OWN if with_machine else wording.COMPUTERS_HOSTED,
    }
    if not sheet.document["human_check"]:
        del duties["checker"]
    return [(str(name), str(duties[role])) for role, name in wording.ROLES.items() if role in duties]


def _stop_rule(sheet: Sheet, plan: Data) -> str:
    return str(wording.STOP_RULE) % {
        "mark": trial(sheet)["mark"],
        "amount": sheet.formats.money(plan["cost_month"]["high"]),
    }


def _recommended(sheet: Sheet, plan: Data) -> list[list[str]]:
    first, second = wording.SET_UP[plan["route"]]
    return [
        [*map(str, wording.TRY), _stop_rule(sheet, plan)],
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
