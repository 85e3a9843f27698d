"""Published saving claims as entries of their own: what was measured, on which conditions, and how far we saw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.catalog.public.practice import claims_by_status
from advisor.catalog.public.practice_wording import CLAIM_STATUS
from advisor.catalog.public.presentation.sources import Evidence, Source, Sources
from advisor.catalog.public.wording import label

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Claim:
    """Everything but ``published`` quotes the catalog and keeps its language."""

    slug: str
    claim: str
    figure: str
    measures: str
    conditions: str
    evidence_kind: str
    author: str
    interest: str
    published: str
    evidence: Evidence


@dataclass(frozen=True)
class ClaimGroup:
    code: str
    status: str
    claims: list[Claim]


@dataclass(frozen=True)
class ClaimsPage:
    groups: list[ClaimGroup]
    sources: list[Source]


def claims_page(rows: tuple[Row, ...], sources: Sources) -> ClaimsPage:
    groups = [
        ClaimGroup(status, label(CLAIM_STATUS, status), [_claim(row, sources) for row in group])
        for status, group in claims_by_status(rows)
    ]
    return ClaimsPage(groups, sources.listed)


def _claim(row: Row, sources: Sources) -> Claim:
    return Claim(
        slug=row["slug"],
        claim=row["claim"],
        figure=f"{row['figure_text']} {row['unit']}",
        measures=row["measures"],
        conditions=row["conditions"],
        evidence_kind=row["evidence_kind"],
        author=row["author"],
        interest=row.get("interest") or "",
        published=sources.formats.day(row.get("published")),
        evidence=sources.evidence("claims", row),
    )
