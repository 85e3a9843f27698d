"""Section 15: what the advisor adds in words of their own, kept apart from everything that was worked out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.reports.content.blocks import Block, callout, note, section, text
from advisor.reports.content.reader import Reader


def comments(reader: Reader) -> Block:
    """Paragraphs as they were typed, one a line; nothing in them can change a figure."""
    options = reader.edition.options
    author = options.author or (options.brand.name if options.brand else "") or _("The advisor")
    said = _("Written by %(author)s, not worked out. No comment changes a figure in this report.") % {"author": author}
    paragraphs = [line.strip() for line in options.comments.splitlines() if line.strip()]
    mark = callout(_("In the advisor's own words"), [said], tone="caution")
    return section(_("Advisor's comments"), [mark, *map(text, paragraphs), note(_signed(reader, author))])


def _signed(reader: Reader, author: str) -> str:
    brand = reader.edition.options.brand
    day = reader.day(reader.edition.timestamp.date().isoformat())
    return ", ".join(filter(None, (author, brand.contact if brand else "", day)))
