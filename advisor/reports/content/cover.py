"""The cover, the running foot, and the page with the contents and how to read the figures."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisor.reports.branding import Brand
from advisor.reports.content.blocks import group, text
from advisor.reports.content.reader import Reader
from advisor.reports.fonts import printable

CLIENT_CHARACTERS = 80  # a longer name would push the rest off the cover
HASH_CHARACTERS = 12
OWN_NAME = gettext_lazy("Open-Source AI Adoption Advisor")


def cover(reader: Reader) -> dict[str, Any]:
    document, brand = reader.document, reader.edition.options.brand
    return {
        "brand": brand.name if brand else str(OWN_NAME),
        "contact": brand.contact if brand else "",
        "logo": _logo(brand),
        "title": _("Open-source AI for your business: what fits, where it runs, what it costs"),
        "subtitle": _("Advice worked out from your answers and from dated, sourced facts"),
        "facts": [[name, value] for name, value in _cover_facts(reader) if value],
        "confidential": _(
            "Confidential: written for the business named above and its advisor. General information, not legal, "
            "tax or investment advice. Amounts are in %(currency)s without tax."
        )
        % {"currency": document["currency"]},
    }


def _logo(brand: Brand | None) -> dict[str, str] | None:
    """The file beside the job's data, and what is read aloud in its place."""
    if brand is None or brand.logo is None:
        return None
    return {"file": f"logo.{brand.logo.kind}", "alt": brand.name if printable(brand.name).strip() else _("Logo")}


def _cover_facts(reader: Reader) -> list[tuple[str, str]]:
    document, edition = reader.document, reader.edition
    version = edition.catalog_version or "–"
    return [
        (_("Prepared for"), client(reader)),
        (_("Report number"), edition.number),
        (_("Date"), reader.day(edition.timestamp.date().isoformat())),
        (_("Figures as of"), reader.day(document["as_of"])),
        (_("Prices checked on"), reader.day(document["prices_checked_on"])),
        (_("Facts used"), _("catalog version %(version)s (%(hash)s)") % {"version": version, "hash": _hash(reader)}),
        (_("Calculated by"), _("engine version %(version)s") % {"version": document["engine_version"]}),
        (_("Made with"), str(OWN_NAME) if edition.options.brand else ""),
    ]


def client(reader: Reader) -> str:
    """Whom the report is for, in so far as we were told."""
    label = (reader.answers.get("client_label") or "").strip()
    if len(label) > CLIENT_CHARACTERS:
        label = label[: CLIENT_CHARACTERS - 1].rstrip() + "…"
    country = reader.country(reader.document["country"])
    return label or _("A business (%(country)s)") % {"country": country}


def footer(reader: Reader) -> str:
    return _("Report %(number)s · catalog %(version)s (%(hash)s) · engine %(engine)s · figures as of %(as_of)s") % {
        "number": reader.edition.number,
        "version": reader.edition.catalog_version or "–",
        "hash": _hash(reader),
        "engine": reader.document["engine_version"],
        "as_of": reader.day(reader.document["as_of"]),
    }


def contents(reader: Reader) -> dict[str, Any]:
    strong = reader.labels("grade", ("measured", "independent", "published"))
    weak = reader.labels("grade", ("maker", "derived", "assumed"))
    return {
        "title": _("Contents"),
        "blocks": [
            group(
                _("How to read the figures"),
                [
                    text(
                        _(
                            "Most figures are a range. The central figure is our best estimate; in about eight of ten "
                            "cases the true figure should lie between the low and the high one."
                        )
                    ),
                    text(
                        _(
                            "Each figure carries how well it is known, best first: %(strong)s; then %(weak)s. A figure "
                            "built from several others is only as well known as the weakest of them."
                        )
                        % {"strong": strong, "weak": weak}
                    ),
                    text(
                        _("Savings count only spending that really stops. Time freed is shown apart, never as money.")
                    ),
                ],
                head=False,
            )
        ],
    }


def _hash(reader: Reader) -> str:
    digest: str = reader.document["catalog_hash"]
    return digest[:HASH_CHARACTERS]
