"""Annex: the set-up guide for the chosen route."""

from __future__ import annotations

import re
import textwrap

from django.utils.translation import gettext as _

from advisor.reports.content.blocks import Block, bullets, commands, facts, group, section
from advisor.reports.content.reader import Reader
from advisor.reports.guide import guide
from advisor.reports.guide_commands import Part

HELD = "\x00"  # holds two words together
OPTION = re.compile(r"(?<!\S)(--?[A-Za-z][\w-]*) (?=[^-\s])")  # and the value after it
WIDTH = 74  # characters of the commands' face on a line, less the mark that it goes on


def set_up(reader: Reader) -> Block | None:
    """None where nothing is to be set up."""
    parts = guide(reader.sheet, reader.catalog)
    if not parts:
        return None
    blocks = [group(part.title, _blocks(part)) for part in parts]
    blocks[-2:-1] = [
        {**block, "sticky": True} for block in blocks[-2:-1]
    ]  # a report does not end on a page of three lines
    return section(_("Annex: set-up guide"), blocks)


def _blocks(part: Part) -> list[Block]:
    found: list[Block] = []
    if part.steps:
        found.append(bullets(part.steps))
    if part.commands:
        found.append(commands([line for typed in part.commands for line in _as_wide_as_paper(typed)]))
    if part.rows:
        found.append(facts(part.rows))
    return found


def _as_wide_as_paper(command: str) -> list[str]:
    """A long command in several lines that a shell reads as one; an option and its value stay together."""
    held = OPTION.sub(rf"\1{HELD}", command)
    lines = textwrap.wrap(held, WIDTH, break_long_words=False, break_on_hyphens=False, subsequent_indent="  ")
    lines = [line.replace(HELD, " ") for line in lines]
    return [*(f"{line} \\" for line in lines[:-1]), lines[-1]]
