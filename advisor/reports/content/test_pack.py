"""Section 14: ten tasks to try before paying, a sheet for the score, and what counts as passed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from advisor.reports.content.blocks import Block, Column, bullets, group, section, subject, table, text
from advisor.reports.content.reader import Reader
from advisor.web.typography import sentences

BOX = "\N{BALLOT BOX}"


def test_pack(reader: Reader) -> Block:
    title, trial = _("Test pack and pass marks"), reader.shown["trial"]
    if not trial["tasks"]:
        return section(
            title,
            [group(_("Tasks"), [text(_("There is nothing to try yet: no option is open to you as things stand."))])],
        )
    passed = _("A task passes only when every box of its line is ticked. To go on, it takes at least %(mark)s.") % trial
    blocks = [
        group(_("Pass mark"), [text(sentences((trial["text"], trial["check"]))), text(passed)]),
        group(_("How to try it"), [bullets(_rules(), numbered=True)]),
        subject(_("Tasks and score sheet")),
        _sheet(trial),
        table(
            [Column(_("Tried by"), share=2), Column(_("Date"), share=1), Column(_("Passed, of 10 tasks"), share=1)],
            [["", "", ""]],
            to_fill=True,
        ),
    ]
    return section(title, blocks)


def _rules() -> list[str]:
    return [
        _("Use made-up or public information only, and the same words for each model you compare."),
        _("Let the person who does this work today judge the results, without being told which model made them."),
        _("Write down the minutes that mending took: they belong to the cost."),
        _("Keep the sheet. Do the same tasks again whenever model, version or supplier changes."),
    ]


def _sheet(trial: dict[str, Any]) -> Block:
    columns = [
        Column(_("Task"), share=4),
        Column(_("Work"), share=1.6),
        *(Column(check, share=1) for check in trial["checks"]),
    ]
    rows = [
        [f"{task['number']}. {task['task']}", task["job"], *(BOX for _check in trial["checks"])]
        for task in trial["tasks"]
    ]
    return table(columns, rows)
