"""Section 9: fitting the model to the business, step by step, and support that could be paid for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.reports.content.blocks import Block, Column, group, section, subject, table, text
from advisor.reports.content.reader import NOTHING, Reader
from advisor.web.typography import labeled


def adapting(reader: Reader) -> Block:
    title, found = _("Adapting it to your business"), reader.shown["fitting"]
    if found is None:
        return section(title, [group(_("Steps"), [text(_("No option is left that could be adapted."))])])
    words = _(
        "Three steps for %(job)s, the cheapest first. Take the next one only when the one before is not enough. No "
        "better answers are counted for any of them, because nothing measured speaks to your work."
    )
    blocks = [group(_("Steps"), [text(words % {"job": found["job"]})]), steps(reader)]
    if found["support"]:
        blocks += [subject(_("Support you could pay for")), support(reader)]
    return section(title, blocks)


def steps(reader: Reader) -> Block:
    columns = [
        Column(_("Step"), share=2.4),
        Column(_("What it asks for"), share=2.2),
        Column(_("Once"), share=0.9, figures=True),
        Column(_("Over %(months)s") % {"months": reader.months}, share=1.3, figures=True),
        Column(_("Counted"), share=1.1),
    ]
    rows = [
        [
            labeled(step["label"], step["explained"]),
            " ".join([*step["needs"], step["obstacle"]]).strip(),
            step["once"]["middle"] if step["possible"] else NOTHING,
            step["total"]["range"] if step["possible"] else NOTHING,
            step["counted"],
        ]
        for step in reader.shown["fitting"]["steps"]
    ]
    return table(columns, rows, dense=True)


def support(reader: Reader) -> Block:
    """Offers with a public price; none is counted unless it was switched on."""
    columns = [
        Column(_("Offer"), share=1.6),
        Column(_("What is included"), share=2, quoted=True),
        Column(_("Each month"), share=1, figures=True),
        Column(_("Counted"), share=1),
        Column(_("Source"), share=1, cites=True),
    ]
    rows = [
        [
            option["label"],
            option["included"],
            option["month"]["range"],
            option["counted"],
            reader.dated(option["source"], option["as_of"]),
        ]
        for option in reader.shown["fitting"]["support"]
    ]
    return table(columns, rows, dense=True)
