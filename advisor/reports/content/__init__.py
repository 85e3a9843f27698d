"""Everything a report says, as ready words and figures in blocks. Reads the stored document only, never the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.core import get_global
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from advisor.assessments.presentation import present_sheet
from advisor.assessments.presentation.sheet import Sheet
from advisor.engine.catalog import Catalog
from advisor.reports.branding import ACCENT
from advisor.reports.content.adapting import adapting
from advisor.reports.content.blocks import Block
from advisor.reports.content.changed import changes
from advisor.reports.content.comments import comments
from advisor.reports.content.cover import contents, cover, footer
from advisor.reports.content.energy import energy
from advisor.reports.content.legal import legal
from advisor.reports.content.method import method
from advisor.reports.content.money import cost
from advisor.reports.content.next_steps import next_steps
from advisor.reports.content.options import options
from advisor.reports.content.reader import Edition, History, Reader
from advisor.reports.content.recommended import recommended
from advisor.reports.content.risks import risks
from advisor.reports.content.savings import savings
from advisor.reports.content.sensitivity import sensitivity
from advisor.reports.content.set_up import set_up
from advisor.reports.content.summary import summary
from advisor.reports.content.test_pack import test_pack
from advisor.reports.content.today import today
from advisor.reports.content.told import told
from advisor.web.speaking import speaking

__all__ = ["Edition", "History", "report_data"]

SECTIONS = (
    summary, told, today, options, recommended, cost, savings, sensitivity, adapting, risks, legal, energy, next_steps,
    test_pack, comments, method,
)  # fmt: skip
CARDS = ("cards", "closed_reference")  # of every plan; a report shows that of the main one (Reader.main_card)
ANNEXES = (changes, set_up)  # each gives None where there is nothing to tell


def report_data(
    document: Mapping[str, Any],
    *,
    answers: Mapping[str, Any],
    edition: Edition,
    catalog: Catalog,
    history: History | None = None,
) -> dict[str, Any]:
    """The job's data in the reader's language: cover, contents and sections, ready to be set."""
    sheet = Sheet(document, edition.language, edition.timestamp.date(), on_paper=True)
    with speaking(edition.language):
        reader = Reader(sheet, present_sheet(sheet, without=CARDS), answers, edition, catalog, history)
        return {
            "lang": edition.language,
            "region": region(edition.language),
            "paper": edition.paper,
            "draft": _("DRAFT") if edition.options.draft else "",
            "keywords": [edition.number, document["engine_version"], document["catalog_hash"][:12]],
            "page-of": _("Page {page} of {pages}"),
            "footer": footer(reader),
            "cover": cover(reader),
            "contents": contents(reader),
            "accent": edition.options.brand.color if edition.options.brand else ACCENT,
            "sections": [*_sections(reader), *annexes(reader)],
            "sources": len(reader.cited),
        }


def _sections(reader: Reader) -> list[dict[str, Any]]:
    """In order, because sources are numbered as they are named; the advisor's only where there is one."""
    wanted = [build for build in SECTIONS if build is not comments or reader.edition.options.comments]
    built = []
    for number, build in enumerate(wanted, start=1):
        built.append(build(reader))
        for found in reader.cited.values():
            found.section = found.section or number
    return built


def annexes(reader: Reader) -> list[Block]:
    found = [build(reader) for build in ANNEXES]
    return [each for each in found if each is not None]


def region(language: str) -> str | None:
    """The country a language has in mind when none is named: "US" for "en", "CN" for "zh-hans"."""
    likely, name = get_global("likely_subtags"), to_locale(language)
    found = likely.get(name) or likely.get(name.partition("_")[0])
    return str(found).rpartition("_")[2] if found else None
