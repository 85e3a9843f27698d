"""What is known from practice: cases of a trade, programs and paid support for a way of running, claims by status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.catalog.public.practice_wording import CLAIM_STATUS
from advisor.engine.programs import listed_for
from advisor.engine.support import ROUTES_OF_SUPPORT

Row = Mapping[str, Any]


@dataclass(frozen=True)
class CaseWishes:
    """Empty means no wish; ``job`` and ``result`` are codes, ``sector`` a row of ``sectors``."""

    sector: str = ""
    job: str = ""
    result: str = ""


def cases_for(rows: Iterable[Row], wishes: CaseWishes) -> list[Row]:
    """Cases for which no wish fails, best evidence first."""
    found = [
        row
        for row in rows
        if wishes.sector in ("", row.get("sector_slug"))
        and (not wishes.job or wishes.job in (row.get("jobs") or ()))
        and wishes.result in ("", row["result"])
    ]
    return sorted(found, key=lambda row: (row["evidence_strength"], row["slug"]))


def programs_for(rows: Iterable[Row], route: str) -> list[Row]:
    """Programs for a route, or all of them; the easiest first."""
    found = [row for row in rows if not route or listed_for(row.get("routes") or (), route)]
    return sorted(found, key=lambda row: (row["difficulty"], row["name"].casefold()))


def offers_for(rows: Iterable[Row], route: str) -> list[Row]:
    """Paid support bought for a route, or all of it, in the order of the kinds; offers with a price first."""
    kinds = list(ROUTES_OF_SUPPORT)
    found = [row for row in rows if not route or route in ROUTES_OF_SUPPORT.get(row["kind"], ())]
    return sorted(
        found,
        key=lambda row: (
            kinds.index(row["kind"]) if row["kind"] in kinds else len(kinds),
            row.get("price_low") is None and row.get("price") is None,
            row["vendor"].casefold(),
            row["slug"],
        ),
    )


def claims_by_status(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Each status that occurs with its claims, what was seen in the original first."""
    order = list(CLAIM_STATUS)
    groups: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row["slug"]):
        groups.setdefault(row["status"], []).append(row)
    return sorted(groups.items(), key=lambda group: order.index(group[0]) if group[0] in order else len(order))
