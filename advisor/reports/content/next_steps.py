"""What to do next: the 30, 60 and 90 days, and ten tasks to try before paying, with a sheet for the score."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.reports.content.blocks import Block, Column, bullets, group, section, subject, table, text
from advisor.reports.content.reader import Reader

BOX = "\N{BALLOT BOX}"


def next_steps(reader: Reader) -> Block:
    phases = [group(phase["title"], [bullets(phase["steps"])]) for phase in reader.shown["steps"]]
    return section(_("The next 30, 60 and 90 days"), [*phases, *_trial(reader)])


def _trial(reader: Reader) -> list[Block]:
    trial = reader.shown["trial"]
    if not trial["tasks"]:
        return []
    passed = _("A task passes only when every box of its line is ticked. To go on, it takes at least %(mark)s.") % trial
    columns = [Column(_("Task"), share=4), *(Column(check, share=1) for check in trial["checks"])]
    rows = [[f"{task['number']}. {task['task']}", *(BOX for _check in trial["checks"])] for task in trial["tasks"]]
    return [
        subject(_("Try before you pay")),
        text(" ".join(part for part in (trial["text"], trial["check"], passed) if part)),
        table(columns, rows),
    ]
