"""Fitting the model to the work, step by step, and support that could be paid for: options beside the main plan."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.presentation.workings import link


def fitting(sheet: Sheet) -> dict[str, Any] | None:
    """The steps and the support of the main plan; None without one."""
    plan = sheet.main_plan
    if plan is None or not plan["adaptation"]:
        return None
    main = next(model for model in plan["models"] if model["role"] == "main")
    return {
        "job": sheet.words.label("job", main["jobs"][0]),
        "steps": [_step(sheet, rung) for rung in plan["adaptation"]],
        "support": [_support(sheet, option) for option in plan["support"]],
    }


def _step(sheet: Sheet, rung: Data) -> dict[str, Any]:
    words = sheet.words
    return {
        "key": rung["step"],
        "label": words.label("adaptation", rung["step"]),
        "explained": words.label("adaptation_explained", rung["step"]),
        "chosen": rung["chosen"],
        "possible": rung["total"] is not None,
        "once": sheet.money(rung["once"]) if rung["once"] else None,
        "month": sheet.money(rung["month"]) if rung["month"] else None,
        "total": sheet.money(rung["total"]) if rung["total"] else None,
        "needs": [words.note(need) for need in rung["needs"]],
        "obstacle": words.note(rung["obstacle"]) if rung["obstacle"] else "",
        "counted": _counted(rung),
    }


def _counted(rung: Data) -> str:
    if rung["total"] is None:
        return _("not possible here")
    return _("in the figures above") if rung["chosen"] else _("not in the figures")


def _support(sheet: Sheet, option: Data) -> dict[str, Any]:
    vendor = option["vendor"]
    name = option["offer"] if vendor.split()[0].lower() in option["offer"].lower() else f"{vendor} {option['offer']}"
    return {
        "key": option["slug"],
        "label": name,
        "included": option["included"],
        "month": sheet.money(option["month"]),
        "chosen": option["chosen"],
        "counted": _("in the figures above") if option["chosen"] else _("not in the figures"),
        "grade": sheet.words.label("grade", option["month"]["grade"]),
        "source": option["source"] or "",
        "link": link(option["source"]),
        "as_of": sheet.formats.day(option["as_of"]),
    }
