"""What changed since the result before: the advice, figure by figure with what moved it, the answers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.assessments.presentation.changed import Changed, Moved, changed
from advisor.reports.content.blocks import Block, Column, group, section, subject, table, text
from advisor.reports.content.reader import NOTHING, Reader
from advisor.web.typography import series


def changes(reader: Reader) -> Block | None:
    """None for a first result, and where nothing but the day differs."""
    found = changed(*reader.history) if reader.history is not None else None
    if found is None:
        return None
    blocks: list[Block] = [group(_("The advice"), [text(found.advice)])]
    if found.figures:
        blocks += [subject(_("What was advised then, and now")), _moved(_("Figure"), found.figures)]
    if found.lines:
        blocks += [subject(_("The cost, line by line")), *_same_setup(found), _moved(_("Line"), found.lines)]
    if found.answers:
        blocks += [subject(_("Answers that differ")), _answers(found)]
    versions = _("Version %(after)s of the facts, before version %(before)s.") % {
        "before": found.catalogs[0],
        "after": found.catalogs[1],
    }
    blocks.append(group(_("Facts"), [text(versions)]))
    return section(_("What changed since %(day)s") % {"day": found.since}, blocks)


def _same_setup(found: Changed) -> list[Block]:
    if not found.same_setup:
        return []
    said = _("For %(option)s, which was advised then: its cost on both days.") % {"option": found.same_setup}
    return [text(said)]


def _moved(head: str, rows: tuple[Moved, ...]) -> Block:
    columns = [
        Column(head, share=1.6),
        Column(_("Before"), share=0.9, figures=True),
        Column(_("Now"), share=0.9, figures=True),
        Column(_("Difference"), share=0.8, figures=True),
        Column(_("What moved it"), share=3),
    ]
    cells = [
        [
            row.label,
            row.before,
            row.after,
            row.change or NOTHING,
            series(mover.text for mover in row.movers) or NOTHING,
        ]
        for row in rows
    ]
    return table(columns, cells, dense=True)


def _answers(found: Changed) -> Block:
    columns = [Column(_("Question"), share=1.5), Column(_("Before"), share=2), Column(_("Now"), share=2)]
    rows = [[row.label, *(series(texts) for _title, texts in row.cells)] for row in found.answers]
    return table(columns, rows, dense=True)
