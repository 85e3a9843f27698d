"""A license as three lists: what it lets you do, what it asks for, and what it forbids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.catalog.public import wording
from advisor.catalog.public.index import ModelRow
from advisor.catalog.public.presentation.models import left_out
from advisor.catalog.public.presentation.sources import Evidence, Sources, web_address


@dataclass(frozen=True)
class LicenseLines:
    """``must`` and ``must_not`` quote the catalog; ``text_seen`` says how the license itself was read."""

    name: str
    light: str
    light_text: str
    summary: str
    may: list[str]
    must: list[str]
    must_not: list[str]
    left_out: str
    text_seen: str
    link: str
    evidence: Evidence


def license_lines(model: ModelRow, row: Mapping[str, Any], sources: Sources) -> LicenseLines:
    card = model.license
    codes = ", ".join(row.get("territory_exclusions") or ())  # the same countries are named in ``left_out``
    return LicenseLines(
        name=card.name,
        light=card.light,
        light_text=wording.label(wording.LICENSE_LIGHTS, card.light),
        summary=card.summary,
        may=[wording.label(wording.LICENSE_GRANTS, grant) for grant in card.may],
        must=list(card.must),
        must_not=[text for text in card.must_not if text != codes],
        left_out=left_out(model, sources.formats),
        text_seen=_text_seen(row.get("text_seen")),
        link=web_address(card.url),
        evidence=sources.evidence("licenses", row),
    )


def _text_seen(code: str | None) -> str:
    """How the license was read; words nobody has named stay as the catalog has them."""
    return str(wording.TEXT_SEEN.get(code, code)) if code else ""
