"""What is known from practice beside a result: cases of the same trade or job, and the programs of a plan."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.presentation.workings import link
from advisor.catalog.public.presentation.cases import case_lines, failures
from advisor.catalog.public.presentation.practice import program_lines

WHY = {"sector": _("Your trade"), "job": _("The same work"), "failure": _("Another trade: a failure to learn from")}


def cases(sheet: Sheet) -> dict[str, Any]:
    """Results stored before cases were told have none."""
    rows = sheet.document.get("cases", ())
    return {"rows": [_case(sheet, row) for row in rows], "remark": failures(rows, sheet.formats)}


def _case(sheet: Sheet, row: Data) -> dict[str, Any]:
    return {
        **asdict(case_lines(row, sheet.formats)),
        "why": str(WHY[row["match"]]),
        "source": row["source"] or "",
        "link": link(row["source"]),
        "as_of": sheet.formats.day(row["as_of"]),
    }


def programs(sheet: Sheet, plan: Data) -> list[dict[str, Any]]:
    """Programs of a plan with what their licenses and their security ask one to know."""
    return [
        {
            **asdict(program_lines(row)),
            "source": row["source"] or "",
            "link": link(row["source"]),
            "as_of": sheet.formats.day(row["as_of"]),
        }
        for row in plan.get("programs", ())
    ]
