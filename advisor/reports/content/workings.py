"""How figures were worked out: each formula in words and with figures, and where its inputs come from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.presentation.workings import workings
from advisor.reports.content.blocks import Block, text, working
from advisor.reports.content.reader import Reader
from advisor.web.typography import aside, labeled

IN_ONE_LINE = 9  # inputs; a longer formula is not written out with figures, its inputs are listed instead


def how_calculated(reader: Reader) -> list[Block]:
    """Workings of what is paid today and of the main plan; nothing where there are none."""
    owners = {"keep", reader.main["key"]} if reader.main is not None else {"keep"}
    found = list(workings(reader.sheet, owners).values())
    ranges = [_about_ranges(item["points"]) for item in found if item["span"]][:1]
    return [*({**text(each), "sticky": True} for each in ranges), *(_working(reader, item) for item in found)]


def _about_ranges(points: str) -> str:
    return _(
        "A range in brackets is the same formula for %(points)s cases, spread over the ranges of all inputs: one case "
        "in ten lies below it and one in ten above."
    ) % {"points": points}


def _working(reader: Reader, item: dict[str, Any]) -> Block:
    """Inputs that are results themselves, and plain counts, stand in the line of figures where there is one."""
    with_figures = item["with_figures"] if len(item["inputs"]) <= IN_ONE_LINE else ""
    listed = [part for part in item["inputs"] if not with_figures or part["question"] or part["source"]]
    answered = with_figures and not any(part["source"] or part["range"] for part in listed)
    note = "" if item["span"] else item["range"]
    sign = _("%(result)s = %(formula)s") if item["with_figures"] else _("%(result)s, from: %(formula)s")
    return working(
        item["title"],
        sign % {"result": aside(item["result"], item["span"]), "formula": item["formula"]},
        figures=f"= {with_figures}" if with_figures else "",
        note=_answers(reader, listed) if answered else note,
        rows=[] if answered else [(part["label"], _from(reader, part)) for part in listed],
    )


def _answers(reader: Reader, parts: list[dict[str, Any]]) -> str:
    """ "your answer: How many people work there; What you pay for now"."""
    questions = dict.fromkeys(part["question"]["label"] for part in parts if part["question"])
    return labeled(parts[0]["grade"], reader.joined(questions)) if questions else ""


def _from(reader: Reader, part: dict[str, Any]) -> str:
    """ "12 hours (4 to 40 hours); our assumption: [4] (May 2026)"; an answer names its question."""
    value = aside(str(part["value"]), part["range"])
    source = str(part["question"]["label"]) if part["question"] else ""
    if part["source"]:
        source = reader.dated(part["source"], part["as_of"])
    return reader.joined([value, labeled(part["grade"], source) if source else part["grade"]])
