"""The last section: what was assumed, how the figures were worked out, from which sources, and who pays us."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.wording.words import OWN_VALUE, source_in_words
from advisor.reports.content.blocks import Block, Column, callout, facts, group, section, subject, table, text
from advisor.reports.content.reader import NOTHING, Citation, Data, Reader
from advisor.reports.content.workings import how_calculated
from advisor.web.typography import aside, labeled


def method(reader: Reader) -> Block:
    blocks: list[Block] = [subject(_("What we assumed for you")), assumptions(reader)]
    planning = reader.shown["planning"]
    if planning:
        blocks += [subject(_("How much work one piece is taken to be")), _assumed(reader, planning)]
    worked_out = how_calculated(reader)
    if worked_out:
        blocks += [subject(_("How this was calculated")), *worked_out]
    blocks += [
        *_old_facts(reader),
        subject(_("Sources")),
        sources(reader),
        group(_("Versions"), [facts(_versions(reader))]),
        group(
            _("Paid ties"),
            [text(_("None. Nobody pays to be listed or recommended, and we earn nothing from what you choose."))],
        ),
        group(_("Words used"), [facts(_glossary())]),
    ]
    warnings = [warning["text"] for warning in reader.shown["warnings"]]
    if warnings:
        blocks.insert(0, callout(_("Facts that may have changed"), warnings, tone="caution"))
    # the annexes begin on a page of their own, which Typst also sets beside the pages before it
    return section(_("Assumptions, method and sources"), blocks, new_page=True)


def assumptions(reader: Reader) -> Block:
    found = reader.shown["assumptions"]
    if not found:
        return text(_("None: every question was answered."))
    return _assumed(reader, found)


def _assumed(reader: Reader, found: list[dict[str, Any]]) -> Block:
    columns = [
        Column(_("What we filled in"), share=1.8),
        Column(_("Value used"), share=1.3, figures=True),
        Column(_("Range"), share=1.3, figures=True),
        Column(_("Known how well"), share=1.8, cites=True),
    ]
    rows = [
        [item["label"], item["value"], item["range"] or NOTHING, _known(reader, item)] for item in found
    ]  # fmt: skip
    return table(columns, rows, dense=True)


def _known(reader: Reader, item: dict[str, Any]) -> str:
    """ "calculated: [29] (2025)"."""
    return labeled(item["grade"], reader.dated(item["source"], item["as_of"])) if item["source"] else item["grade"]


def sources(reader: Reader) -> Block:
    """Every source by its number: those named in the sections first, then those only the workings rest on."""
    uses: dict[str, list[Data]] = {}
    for item in reader.shown["sources"]:
        uses.setdefault(item["source"], []).append(item)
        reader.dated(item["source"], item["as_of"])
    columns = [
        Column(_("No."), figures=True),
        Column(_("Source"), share=1.8),
        Column(_("Used for"), share=1),
    ]
    rows = [
        [reader.formats.number(found.number), source, _used(reader, found, uses.get(source, []))]
        for source, found in reader.cited.items()
    ]
    own = uses.get(source_in_words(OWN_VALUE))
    words = _("Our own planning values, for which no measurement was found: %(uses)s.")
    remark = words % {"uses": _together(reader, (item["used_for"] for item in own))} if own else ""
    return table(columns, rows or [[NOTHING] * len(columns)], dense=True, anchors=True, note=remark)


def _used(reader: Reader, found: Citation, facts: list[Data]) -> str:
    """ "exchange rate (October 30, 2026); published figure"."""
    used_for = _together(reader, (item["used_for"] for item in facts)) or _named_in(reader, found)
    grades = _together(reader, (item["grade"] for item in facts))
    return reader.joined(filter(None, [aside(used_for, reader.joined(found.days)), grades]))


def _named_in(reader: Reader, found: Citation) -> str:
    """The section that names a source first; of the section being written no number is known yet."""
    if not found.section:
        return _("this section")
    return _("section %(number)s") % {"number": reader.formats.number(found.section)}


def _together(reader: Reader, words: Iterable[str]) -> str:
    return reader.formats.list_of(list(dict.fromkeys(words)))


def _old_facts(reader: Reader) -> list[Block]:
    """Facts past their review, so that somebody can look at them again."""
    found = reader.shown["old_facts"]
    columns = [
        Column(_("What"), share=2),
        Column(_("Kind"), share=1.2),
        Column(_("Figure from"), share=1),
        Column(_("Last read"), share=1),
        Column(_("Source"), share=1, cites=True),
    ]
    rows = [
        [
            _("%(name)s (too old to recommend by)") % {"name": fact["name"]} if fact["expired"] else fact["name"],
            fact["kind"],
            fact["as_of"] or NOTHING,
            fact["checked_on"] or NOTHING,
            reader.dated(fact["source"], ""),
        ]
        for fact in found["rows"]
    ]
    if not rows:
        return []
    return [subject(_("Facts that somebody should check again")), text(found["rule"]), table(columns, rows, dense=True)]


def _versions(reader: Reader) -> list[tuple[str, str]]:
    document = reader.document
    return [
        (_("Engine"), document["engine_version"]),
        (_("Catalog"), document["catalog_hash"]),
        (_("Figures as of"), reader.day(document["as_of"])),
        (_("Questions"), reader.answers.get("question_set") or NOTHING),
        (
            _("Reproducible"),
            _("The same answers with the same versions give the same figures, to the digit."),
        ),
    ]


def _glossary() -> list[tuple[str, str]]:
    return [
        (_("Open model"), _("A model whose files anyone may download and run, under a license that says what for.")),
        (_("Hosted"), _("Run by a company on its own machines; you reach it over the internet.")),
        (_("Route"), _("A way of running a model: hosted, rented, or on your own machines.")),
        (_("Option"), _("A model together with a route.")),
        (
            _("Word piece"),
            _("The unit models count text in, about three quarters of an English word; also called token."),
        ),
        (
            _("Q4_K_M and the like"),
            _("How far a model was packed together to need less memory; the more, the less exact."),
        ),
        (_("VPN"), _("A protected line from outside into your own network.")),
        (_("Central"), _("The figure in the middle of a range: as likely too low as too high.")),
        (_("Own time"), _("Work by your own people, counted at what an hour of it costs you.")),
        (_("Payback"), _("The month from which the running total stays at or above zero.")),
    ]
