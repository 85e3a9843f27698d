"""What it costs to let somebody else run a model: list prices by provider."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from advisor.catalog.public import wording
from advisor.catalog.public.presentation.sources import Evidence, Sources
from advisor.catalog.suppliers import supplier
from advisor.web.formats import Formats

Row = Mapping[str, Any]
TOKENS = "usd_per_1m_tokens"


@dataclass(frozen=True)
class PriceLine:
    """Prices for a million tokens read, written and read again; or ``price`` for one of ``unit``."""

    provider: str
    name: str
    input: str
    output: str
    cached: str
    price: str
    unit: str
    where: str
    changes: list[str]
    withdrawn: bool
    evidence: Evidence


def price_lines(rows: Iterable[Row], model: str, sources: Sources) -> list[PriceLine]:
    """Cheapest first; withdrawn offers last."""
    mine = [row for row in rows if row.get("model") == model]
    mine.sort(key=lambda row: (bool(row.get("deprecated")), _sum(row), row["slug"]))
    return [_line(row, sources) for row in mine]


def _sum(row: Row) -> float:
    return float((row.get("input") or 0) + (row.get("output") or 0) + (row.get("price") or 0))


def _line(row: Row, sources: Sources) -> PriceLine:
    formats = sources.formats
    by_tokens = row["unit"] == TOKENS
    return PriceLine(
        provider=supplier(row["provider"]),
        name=row["model_name"],
        input=_money(row.get("input"), row, formats) if by_tokens else "",
        output=_money(row.get("output"), row, formats) if by_tokens else "",
        cached=_money(row.get("cached_input"), row, formats) if by_tokens else "",
        price=_money(row.get("price"), row, formats),
        unit=wording.label(wording.PRICE_UNITS, row["unit"]),
        where=formats.list_of([formats.country(code) for code in row.get("regions") or ()]),
        changes=[_change(change, row, formats) for change in row.get("scheduled_changes") or ()],
        withdrawn=bool(row.get("deprecated")),
        evidence=sources.evidence("api_prices", row),
    )


def _money(amount: float | None, row: Row, formats: Formats) -> str:
    return "" if amount is None else formats.money(amount, cents=True, currency=row["currency"])


def _change(change: Row, row: Row, formats: Formats) -> str:
    """A price change the provider has already announced."""
    parts = {
        "input": _("read %(price)s"),
        "output": _("written %(price)s"),
        "cached_input": _("read again %(price)s"),
    }
    said = [
        sentence % {"price": _money(change[name], row, formats)}
        for name, sentence in parts.items()
        if change.get(name) is not None
    ]
    return _("From %(day)s: %(prices)s") % {
        "day": formats.day(change["from_date"]),
        "prices": formats.list_of(said),
    }
