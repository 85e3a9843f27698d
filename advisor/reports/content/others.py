"""In section 10: what others found, failures among them, and what has been claimed about savings."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.reports.content.blocks import Block, Column, group, table, text
from advisor.reports.content.reader import NOTHING, Data, Reader
from advisor.web.typography import aside, labeled, sentences


def others(reader: Reader) -> list[Block]:
    told = [_("Published cases of your trade or the same work, however they ended. None of them is in your figures.")]
    told += [reader.shown["cases"]["remark"]] if reader.shown["cases"]["remark"] else []
    blocks = [group(_("Cases"), [text(sentences(told))])]
    if reader.shown["cases"]["rows"]:
        blocks.append(cases(reader))
    if reader.shown["claims"]["rows"]:
        blocks += [group(_("Claims"), [text(reader.shown["claims"]["own"])]), claims(reader)]
    return blocks


def cases(reader: Reader) -> Block:
    columns = [
        Column(_("Case"), share=1.7),
        Column(_("What was done"), share=1.5),
        Column(_("How it ended"), share=1.8),
        Column(_("How far to trust it"), share=1.5),
        Column(_("Source"), share=0.9, cites=True),
    ]
    return table(columns, [_case(reader, row) for row in reader.shown["cases"]["rows"]], dense=True, whole=False)


def _case(reader: Reader, row: Data) -> list[str]:
    where = reader.joined(part for part in (row["sector"], row["country"]) if part)
    return [
        reader.joined((aside(row["title"], where), row["why"])),
        reader.joined(part for part in (row["model"], row["route"]) if part) or NOTHING,
        labeled(row["result"], reader.joined(row["outcomes"])) if row["outcomes"] else row["result"],
        row["strength"],
        reader.dated(row["source"], row["as_of"]),
    ]


def claims(reader: Reader) -> Block:
    """Claims in percent, the largest first; none of them is an input."""
    columns = [
        Column(_("Claim"), share=3, quoted=True),
        Column(_("What we found about it"), share=2),
        Column(_("Who says so"), share=1.8, cites=True),
    ]
    rows = [[row["claim"], row["status"], _who(reader, row)] for row in reader.shown["claims"]["rows"]]
    return table(columns, rows, dense=True, whole=False)


def _who(reader: Reader, row: Data) -> str:
    said = aside(row["author"], row["published"]) if row["published"] else row["author"]
    return f"{said} {reader.cite(row['source'], row['published'])}" if row["source"] else said
