"""Programs to run and support to buy, in words, with what their licenses and their security ask you to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisor.catalog.public.practice_wording import (
    DIFFICULTIES,
    LOGINS,
    PROGRAM_KINDS,
    ROUTES,
    SUPPORT_KINDS,
    SUPPORT_UNITS,
)
from advisor.catalog.public.presentation.sources import Evidence, Source, Sources
from advisor.catalog.public.wording import label
from advisor.catalog.suppliers import supplier
from advisor.web.formats import Formats
from advisor.web.typography import continued

Row = Mapping[str, Any]
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class ProgramLines:
    """``license`` and the notes quote the catalog and keep its language; an empty one is not on record.
    ``login_language`` is the catalog's where ``login`` is quoted too.
    """

    slug: str
    name: str
    difficulty: str
    license: str
    license_note: str
    login: str
    login_language: str
    security: str


@dataclass(frozen=True)
class Program:
    lines: ProgramLines
    standard_license: bool | None
    hardware: str
    flaws: list[str]
    release: str
    paid_edition: str
    evidence: Evidence


@dataclass(frozen=True)
class Offer:
    """``included``, ``limits`` and ``suits`` quote the catalog."""

    slug: str
    name: str
    country: str
    price: str
    included: str
    limits: str
    suits: str
    evidence: Evidence


@dataclass(frozen=True)
class Group(Generic[Entry]):
    """Entries of one kind, folded below its name and how many there are."""

    kind: str
    count: str
    entries: list[Entry]


@dataclass(frozen=True)
class SoftwarePage:
    route: str
    programs: list[Group[Program]]
    offers: list[Group[Offer]]
    sources: list[Source]


def software_page(route: str, programs: Iterable[Row], offers: Iterable[Row], sources: Sources) -> SoftwarePage:
    """Both come in the order they are shown in within their kind, ``offers`` with each kind together."""
    kinds = list(PROGRAM_KINDS)
    by_kind = sorted(programs, key=lambda row: kinds.index(row["category"]) if row["category"] in kinds else len(kinds))
    return SoftwarePage(
        route=label(ROUTES, route) if route else "",
        programs=[
            _program_group(kind, [_program(row, sources) for row in rows], sources.formats)
            for kind, rows in groupby(by_kind, key=lambda row: row["category"])
        ],
        offers=[
            _offer_group(kind, [_offer(row, sources) for row in rows], sources.formats)
            for kind, rows in groupby(offers, key=lambda row: row["kind"])
        ],
        sources=sources.listed,
    )


def _program_group(kind: str, programs: list[Program], formats: Formats) -> Group[Program]:
    count = ngettext("%(count)s program", "%(count)s programs", len(programs))
    return Group(label(PROGRAM_KINDS, kind), count % {"count": formats.number(len(programs))}, programs)


def _offer_group(kind: str, offers: list[Offer], formats: Formats) -> Group[Offer]:
    count = ngettext("%(count)s offer", "%(count)s offers", len(offers))
    return Group(label(SUPPORT_KINDS, kind), count % {"count": formats.number(len(offers))}, offers)


def program_lines(row: Row) -> ProgramLines:
    """The same words on the catalog's page, beside a result and in a report."""
    login = row.get("default_auth") or ""
    return ProgramLines(
        slug=row["slug"],
        name=row["name"],
        difficulty=label(DIFFICULTIES, str(row["difficulty"])),
        license=row["license"],
        license_note=row.get("license_trap") or "",
        login=str(LOGINS.get(login, login)),
        login_language="" if login in LOGINS else "en",
        security=row.get("security_notes") or "",
    )


def _program(row: Row, sources: Sources) -> Program:
    return Program(
        lines=program_lines(row),
        standard_license=row.get("osi_approved"),
        hardware=row.get("min_hardware") or "",
        flaws=[_flaw(flaw) for flaw in row.get("known_cves") or ()],
        release=_release(row.get("last_release") or {}, sources.formats),
        paid_edition=row.get("paid_edition") or "",
        evidence=sources.evidence("software", row),
    )


def _flaw(flaw: Row) -> str:
    """ "CVE-2026-45671: any user could delete others' files. Fixed in 0.9.0"; the list quotes the catalog."""
    found = f"{flaw['id']}: {flaw['what']}"
    if not flaw.get("fixed_in"):
        return found
    return _("%(flaw)s. Fixed in %(version)s") % {"flaw": found, "version": flaw["fixed_in"]}


def _release(release: Row, formats: Formats) -> str:
    version, day = str(release.get("version") or ""), formats.day(release.get("date"))
    return continued(version, day) if version and day else version or day


def _offer(row: Row, sources: Sources) -> Offer:
    vendor = supplier(row["vendor"])
    known = vendor.split()[0].casefold() in row["offer"].casefold()
    return Offer(
        slug=row["slug"],
        name=row["offer"] if known else f"{vendor}: {row['offer']}",
        country=sources.formats.country(row["vendor_country"]) if row.get("vendor_country") else "",
        price=offer_price(row, sources.formats),
        included=row.get("included") or "",
        limits=row.get("limits") or "",
        suits=row.get("sme_fit") or "",
        evidence=sources.evidence("support_offers", row),
    )


def offer_price(row: Row, formats: Formats) -> str:
    """The price or its range for one unit; a price nobody publishes is said to be on request."""
    ends = [row[name] for name in ("price_low", "price", "price_high") if row.get(name) is not None]
    if not ends:
        return "" if row["kind"] == "none" else _("price on request")
    if not any(ends):
        return _("free")
    low, high = (formats.money(end, currency=row["currency"]) for end in (min(ends), max(ends)))
    span = formats.span(low, high)
    unit = SUPPORT_UNITS.get(row.get("unit") or "")
    return str(unit) % {"price": span} if unit else span
