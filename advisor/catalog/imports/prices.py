"""Token prices from the package genai-prices: proposals for the service prices it names exactly as the catalog does.

The package carries its data with it, so nothing is read from the network; a newer price comes with a newer package.
Matching is by identity of provider and model. Its own looser matching is for naming what was used in a request, and
would take the price of one size of a model for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from django.utils import timezone
from genai_prices import types
from genai_prices.data_snapshot import get_snapshot

from advisor.catalog.imports.report import Note, NoteKind
from advisor.catalog.imports.running import Source, rows_as_file
from advisor.catalog.models import ApiPrice, ImportRun
from advisor.engine.prices import TOKENS_UNIT

# The catalog's column and the package's name for it, both in US dollars per million tokens.
FIGURES = {"input": "input_mtok", "output": "output_mtok", "cached_input": "cache_read_mtok"}
CURRENCY = "USD"


def prices_source(providers: Iterable[str] = ()) -> Source:
    """Rows of ``api_prices`` for every price the package names, of these providers or of all."""
    drafts = ApiPrice.objects.filter(unit=TOKENS_UNIT, currency=CURRENCY, deprecated=False)
    if wanted := set(providers):
        drafts = drafts.filter(provider__in=wanted)
    rows, notes = proposals(list(drafts), get_snapshot().providers, timezone.now())
    return Source(ImportRun.Kind.PRICES, ApiPrice.collection, origin_of(), "json", rows_as_file(rows), tuple(notes))


def origin_of() -> str:
    return f"genai-prices {version('genai-prices')}"


def proposals(
    drafts: Sequence[ApiPrice], providers: Iterable[types.Provider], now: datetime
) -> tuple[list[dict[str, Any]], list[Note]]:
    """A row for each matched draft, unchanged ones included, and a note for each that was not matched."""
    known = {provider.id: provider for provider in providers}
    rows, notes = [], []
    for draft in drafts:
        provider = known.get(draft.provider)
        model = None if provider is None else _model(provider, draft.model_name)
        if provider is None or model is None or _depends_on_the_hour(model):
            notes.append(Note(NoteKind.UNMATCHED, draft.slug, _why_not(draft, provider, model)))
            continue
        row, found = _row(draft, provider, model, now)
        rows.append(row)
        notes += found
    return rows, notes


def _why_not(draft: ApiPrice, provider: types.Provider | None, model: types.ModelInfo | None) -> str:
    if provider is None:
        return f"the package has no provider {draft.provider}"
    if model is None:
        return f"the package has no {draft.model_name} at {draft.provider}"
    return f"the price of {draft.model_name} depends on the time of day: enter it by hand"


def _model(provider: types.Provider, name: str) -> types.ModelInfo | None:
    found = [model for model in provider.models if model.id.lower() == name.lower()]
    return found[0] if len(found) == 1 else None


def _depends_on_the_hour(model: types.ModelInfo) -> bool:
    return isinstance(model.prices, list) and any(
        isinstance(price.constraint, types.TimeOfDateConstraint) for price in model.prices
    )


def _row(
    draft: ApiPrice, provider: types.Provider, model: types.ModelInfo, now: datetime
) -> tuple[dict[str, Any], list[Note]]:
    prices, notes = model.get_prices(now), []
    figures = {}
    for column, name in FIGURES.items():
        figure = getattr(prices, name, None)
        if isinstance(figure, types.TieredPrices):
            if not draft.long_context:
                text = f"{column}: long prompts cost more, from {figure.tiers[0].start:,} tokens on; enter it by hand"
                notes.append(Note(NoteKind.FACT, draft.slug, text))
            figure = figure.base
        if isinstance(figure, Decimal):  # a price the package does not know leaves the draft as it is
            figures[column] = figure
    row: dict[str, Any] = {"slug": draft.slug}
    if any(getattr(draft, column) != figure for column, figure in figures.items()):
        start = _start(model, now)
        row |= {column: str(figure) for column, figure in figures.items()}
        row |= {"source": (provider.pricing_urls or [draft.source])[0], "via": origin_of(),
                "seen_on": now.date().isoformat(), "as_of": start.isoformat() if start else ""}  # fmt: skip
    notes += [Note(NoteKind.FACT, draft.slug, text) for text in _warnings(model)]
    return row, notes


def _start(model: types.ModelInfo, now: datetime) -> date | None:
    """Since when the price holds, where the package says so."""
    if isinstance(model.prices, types.ModelPrice):
        return None
    active = [price.constraint for price in model.prices if _is_active(price.constraint, now)]
    return active[-1].start_date if active and isinstance(active[-1], types.StartDateConstraint) else None


def _is_active(constraint: types.StartDateConstraint | types.TimeOfDateConstraint | None, now: datetime) -> bool:
    return constraint is None or constraint.active(now)


def _warnings(model: types.ModelInfo) -> Iterator[str]:
    if model.deprecated:
        yield "the package says that the provider withdraws this model"
