"""Section 11: what the licenses and the law ask, each with its date and source."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.reports.content.blocks import (
    Block,
    Column,
    bullets,
    column,
    columns,
    group,
    note,
    quoted,
    section,
    subject,
    table,
    text,
)
from advisor.reports.content.reader import Data, Reader
from advisor.web.typography import aside, continued, sentences


def legal(reader: Reader) -> Block:
    found = reader.shown["laws"]
    said = sentences((found["advice"], found["missing"]))
    blocks = [group(_("How to read it"), [text(said)])]
    blocks += [group(_("License: %(name)s") % {"name": card["name"]}, _license(reader, card)) for card in _used(reader)]
    if found["cards"]:
        blocks += [subject(_("What the law asks, as far as we know")), laws(reader)]
    return section(_("License and legal notes"), blocks)


def _used(reader: Reader) -> list[Data]:
    """Licenses of the models of the main plan."""
    models = reader.main["models"] if reader.main is not None else ()
    used = {model["license"]["slug"] for model in models}
    return [card for card in reader.shown["licenses"] if card["slug"] in used]


def laws(reader: Reader) -> Block:
    heads = [
        Column(_("Topic"), share=1),
        Column(_("Duty"), share=4, quoted=True),
        Column(_("Whom it binds"), share=1),
        Column(_("Since"), share=1),
        Column(_("Source"), share=1, cites=True),
    ]
    found = reader.shown["laws"]
    rows = [
        [
            law["topic"],
            aside(law["duty"], f"{law['instrument']}, {law['jurisdiction']}"),
            law["who"],
            continued(law["status"], law["since"]) if law["since"] else law["status"],
            reader.dated(law["source"], law["as_of"]),
        ]
        for law in found["cards"]
    ]
    return table(heads, rows, dense=True, whole=False)


def _license(reader: Reader, card: Data) -> list[Block]:
    blocks = [text(card["light_text"]), *([quoted(card["summary"])] if card["summary"] else [])]
    lists = [(_("You may"), card["may"]), (_("You must"), card["must"]), (_("You may not"), card["must_not"])]
    lists.append((_("Check these limits: we did not ask for your figures"), card["checks"]))
    parts = [column(title, [bullets(items)]) for title, items in lists if items]
    blocks += [columns(parts[start : start + 2]) for start in range(0, len(parts), 2)]
    return [*blocks, note(reader.dated(card["link"] or card["source"], card["as_of"]))]
