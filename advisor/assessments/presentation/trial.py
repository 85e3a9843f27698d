"""A small test before paying: ten tasks of the chosen work, a score sheet, and how many must pass."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.presentation.sheet import LEGAL_STOP, Data, Sheet
from advisor.assessments.wording.phrases import CHECK_SENTENCE, TRY_SENTENCE
from advisor.assessments.wording.trial import CHECKS, TASKS

TASKS_IN_ALL = 10
# Tasks of each kind of work by how many were chosen, the main one first; the tasks of one alone are done twice.
SHARES = {1: (10,), 2: (5, 5), 3: (4, 3, 3), 4: (4, 2, 2, 2)}


def trial(sheet: Sheet) -> dict[str, Any]:
    """The test before paying, and whether a person checks results. No tasks where there is nothing to try."""
    percent = sheet.formats.percent(sheet.document["pass_mark_percent"] / 100)
    return {
        "text": str(TRY_SENTENCE) % {"percent": percent},
        "check": str(CHECK_SENTENCE) if sheet.document["human_check"] else "",
        "mark": _("%(passed)s of %(tasks)s") % {
            "passed": sheet.formats.number(sheet.document["pass_mark_percent"] * TASKS_IN_ALL / 100),
            "tasks": sheet.formats.number(TASKS_IN_ALL),
        },
        "checks": [str(check) for check in CHECKS],
        "tasks": _tasks(sheet, sheet.main_plan) if sheet.main_plan and sheet.verdict != LEGAL_STOP else [],
    }  # fmt: skip


def _tasks(sheet: Sheet, plan: Data) -> list[dict[str, str]]:
    """Ten tasks of the work that the plan does, numbered; a second round takes another piece."""
    jobs = [demand["job"] for demand in sheet.document["demand"] if demand["job"] not in plan["uncovered_jobs"]]
    found: list[dict[str, str]] = []
    for job, count in zip(jobs, SHARES[len(jobs)], strict=True):
        for place in range(count):
            turn, which = divmod(place, len(TASKS[job]))
            text = str(TASKS[job][which])
            found.append(
                {
                    "number": sheet.formats.number(len(found) + 1),
                    "job": sheet.words.label("job", job),
                    "task": _("%(task)s Another piece.") % {"task": text} if turn else text,
                }
            )
    return found
