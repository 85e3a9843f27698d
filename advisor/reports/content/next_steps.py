"""Section 13: the first 90 days, who does what, when to look, when to stop, and how to leave again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.assessments.presentation.next_steps import rules_of_the_plan
from advisor.reports.content.blocks import Block, Column, bullets, facts, group, section, subject, table
from advisor.reports.content.reader import Reader


def next_steps(reader: Reader) -> Block:
    blocks = [group(phase["title"], [bullets(phase["steps"])]) for phase in reader.shown["steps"]]
    rules = rules_of_the_plan(reader.sheet)
    if rules is not None:
        blocks += [
            group(_("Who does what"), [facts(rules["roles"])]),
            subject(_("Checkpoints: go on only with a yes")),
            _checkpoints(rules["checkpoints"]),
            group(_("When to stop"), [bullets(rules["stop"])]),
            group(_("How to leave again"), [bullets(rules["leave"], numbered=True)]),
        ]
    return section(_("The next 30, 60 and 90 days"), blocks)


def _checkpoints(found: list[tuple[str, str]]) -> Block:
    columns = [
        Column(_("When"), share=1),
        Column(_("Question"), share=3.4),
        Column(_("Answer, date and signature"), share=1.6),
    ]
    return table(columns, [[when, question, ""] for when, question in found], to_fill=True)
