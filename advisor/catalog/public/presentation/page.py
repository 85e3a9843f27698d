"""The page of one model, put together from its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from advisor.catalog.measurements import MeasuredRow, measured_rows
from advisor.catalog.public.index import Index, ModelRow
from advisor.catalog.public.presentation.ecosystem import Health, health
from advisor.catalog.public.presentation.facts import Fact, Score, facts, scores
from advisor.catalog.public.presentation.fits import FitLine, conditions, fit_line
from advisor.catalog.public.presentation.licenses import LicenseLines, license_lines
from advisor.catalog.public.presentation.models import Card, card, languages
from advisor.catalog.public.presentation.prices import PriceLine, price_lines
from advisor.catalog.public.presentation.sources import Source, Sources
from advisor.catalog.public.published import facts_of
from advisor.catalog.public.related import alternatives, newer_of_family
from advisor.catalog.public.sizes import Fit, fit_on, representatives
from advisor.engine.measured_here import by_model
from advisor.engine.memory import usable_gb
from advisor.web.formats import Formats


@dataclass(frozen=True)
class ModelPage:
    card: Card
    languages: str
    fits: list[FitLine]  # one machine of each kind
    all_fits: list[FitLine]  # every machine of the catalog with known memory
    conditions: str
    measured: tuple[MeasuredRow, ...]
    prices: list[PriceLine]
    license: LicenseLines
    scores: list[Score]
    health: Health | None
    newer: list[Card]
    alternatives: list[Card]
    facts: list[Fact]
    sources: list[Source]


def model_page(index: Index, model: ModelRow, formats: Formats, today: date) -> ModelPage:
    """Parts are made in the order they are shown, so that sources are numbered as one reads."""
    sources = Sources(formats, today)
    stored = index.facts.by_slug("models")[model.slug]
    shown, every = fits_of(index.facts.content_hash, model.slug)
    families = {row["family"]: row for row in index.facts.rows.get("ecosystem", ())}
    models = list(index.models.values())
    return ModelPage(
        card=card(model, formats),
        languages=languages(model, formats),
        fits=[fit_line(fit, formats) for fit in shown],
        all_fits=[fit_line(fit, formats) for fit in every],
        conditions=conditions(model, formats),
        measured=measured_rows(index.facts.engine, model.slug),
        prices=price_lines(index.facts.rows.get("api_prices", ()), model.slug, sources),
        license=license_lines(model, index.facts.by_slug("licenses")[stored["license"]], sources),
        scores=scores(stored, sources),
        health=health(families[model.family], sources) if model.family in families else None,
        newer=[card(other, formats) for other in newer_of_family(model, models)],
        alternatives=[card(other, formats) for other in alternatives(model, models)],
        facts=facts(stored, sources),
        sources=sources.listed,
    )


@lru_cache(maxsize=128)
def fits_of(content_hash: str, slug: str) -> tuple[list[Fit], list[Fit]]:
    """On one machine of each kind, and on all: the same for every reader of a version."""
    catalog = facts_of(content_hash).engine
    model = next(model for model in catalog.models if model.slug == slug)
    known = sorted(
        (d for d in catalog.devices if usable_gb(d) is not None), key=lambda d: (d.kind, usable_gb(d), d.slug)
    )
    measured = by_model(catalog).get(slug, ())
    fits = {device.slug: fit_on(model, device, measured) for device in known}
    return [fits[device.slug] for device in representatives(known)], list(fits.values())
