"""Section 4: everything that was compared, how it scored, and what was ruled out by which answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from advisor.catalog.suppliers import supplier
from advisor.reports.content.blocks import Block, Column, group, section, subject, table, text
from advisor.reports.content.reader import NOTHING, Data, Reader
from advisor.web.typography import sentences

EXAMPLES = 3
SCORE_PARTS = ("quality", "cost", "privacy", "ease", "speed", "energy", "ecosystem", "switching")


def options(reader: Reader) -> Block:
    said = [reader.shown["ruled_out"]["summary"]]
    if reader.sheet.plans:
        said.append(_("The plans below are the best of them; an option is a model together with a place to run it."))
    blocks = [
        group(_("How many"), [text(sentences(said))]),
        subject(_("What was compared")),
        compared(reader),
    ]
    if reader.document["compared"]:
        blocks += [subject(_("The best set-up found on each route")), routes(reader)]
    if reader.sheet.plans:
        blocks += [subject(_("Scores")), scored(reader)]
    if reader.shown["ruled_out"]["rules"]:
        blocks += [subject(_("Ruled out, and by which answer")), ruled_out(reader)]
    return section(_("Options considered"), blocks)


def compared(reader: Reader) -> Block:
    columns = [
        Column(_("Option"), share=2.4),
        Column(_("Where information is processed"), share=1.3),
        Column(_("Each month"), share=1, figures=True),
        Column(_("Over %(months)s") % {"months": reader.months}, share=1.3, figures=True),
    ]
    if reader.sheet.has_baseline:
        columns.append(Column(_("Against today"), share=1.5, figures=True))
    rows = [_keep_row(reader)]
    rows += [_plan_row(reader, plan) for plan in reader.sheet.all_plans]
    strong = [
        index for index, plan in enumerate(reader.sheet.all_plans, 1) if plan["key"] == reader.document["recommended"]
    ]
    return table(columns, rows, strong=strong or ([0] if reader.document["verdict"] == "keep" else []))


def _keep_row(reader: Reader) -> list[str]:
    keep = reader.keep
    if not keep["has_baseline"]:
        if not keep["known"]:
            return [_("Keep what you have"), _("as today"), _("not known"), _("not known")]
        return [_("Keep what you have: nothing comparable is paid today"), NOTHING, reader.money(0), reader.money(0)]
    month, total = reader.money(keep["month"]), reader.money(keep["total"])
    return [_("Keep what you have"), _("as today"), month, total, NOTHING]


def _plan_row(reader: Reader, plan: Data) -> list[str]:
    row = [
        reader.name(plan),
        reader.label("data_location", plan["data_location"]),
        reader.formats.estimate(plan["cost_month"]),
        reader.formats.estimate(plan["cost_total"]),
    ]
    saving = reader.sheet.saving(plan)
    return row if saving is None else [*row, saving["range"]]


def routes(reader: Reader) -> Block:
    """One row a way of running, whether or not it became one of the plans."""
    columns = [
        Column(_("Way of running"), share=1.4),
        Column(_("Where"), share=1.2),
        Column(_("Models"), share=1.6),
        Column(_("Over %(months)s") % {"months": reader.months}, share=1.4, figures=True),
        Column(_("Score"), figures=True),
        Column(_("Remark"), share=1.2),
    ]
    return table(columns, [_route_row(reader, row) for row in reader.document["compared"]], dense=True)


def _route_row(reader: Reader, row: Data) -> list[str]:
    remark = NOTHING
    if row["reference"]:
        remark = _("closed, for comparison")
    elif row["plan"]:
        remark = _("one of the plans above")
    elif row["over_budget"]:
        remark = _("over your budget")
    return [
        reader.label("route", row["route"]),
        supplier(row["name"]),
        reader.formats.list_of(list(row["models"])),
        reader.formats.estimate(row["cost_total"]),
        reader.formats.number(row["score"], 0) if row["score"] is not None else NOTHING,
        remark,
    ]


def scored(reader: Reader) -> Block:
    """Plans side by side, one row for each part of the score."""
    plans = reader.sheet.plans
    columns = [Column(_("Out of 100"), share=1.4)]
    columns += [Column(reader.sheet.plan_name(plan), share=1, figures=True) for plan in plans]
    rows = [
        [reader.label("score", part), *(reader.formats.number(plan["scores"][part], 0) for plan in plans)]
        for part in (*SCORE_PARTS, "total")
    ]
    remark = _("The total is weighted by what you said matters most. Less than 5 points apart is a tie.")
    return table(columns, rows, strong=[len(rows) - 1], note=remark)


def ruled_out(reader: Reader) -> Block:
    columns = [
        Column(_("Rule"), share=1.3),
        Column(_("Question"), share=1.4),
        Column(_("Options removed"), figures=True),
        Column(_("For example"), share=1.5),
        Column(_("What would bring them back"), share=2),
    ]
    known = {model.slug: model.name for model in reader.catalog.models}
    rows = [
        [
            rule["label"],
            rule["question"]["label"] if rule["question"] else NOTHING,
            reader.formats.number(rule["count"]),
            _examples(reader, found, known),
            rule["lift"],
        ]
        for rule, found in zip(reader.shown["ruled_out"]["rules"], reader.document["ruled_out"], strict=True)
    ]
    remark = _("An option is counted once, under the first rule it failed; rules are applied in a fixed order.")
    return table(columns, rows, note=remark, dense=True)


def _examples(reader: Reader, rule: Data, known: Mapping[str, str]) -> str:
    """Model names only; where each would have run is on the result page. A price list's own key is no name."""
    names = list(dict.fromkeys(known.get(example["model"], example["name"]) for example in rule["examples"]))
    return reader.formats.list_of(names[:EXAMPLES]) or NOTHING
