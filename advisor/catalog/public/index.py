"""The published models as the browse page searches them: one small row each, built once per version and process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from advisor.catalog.public.published import KEPT, Facts, facts_of
from advisor.catalog.public.sizes import Need, least_memory, media_task
from advisor.engine.facts import EU
from advisor.engine.licenses import general_card, openness
from advisor.engine.types import LicenseCard


@dataclass(frozen=True)
class ModelRow:
    """What a model is found and listed by. None means that nobody published it, never zero."""

    slug: str
    name: str
    publisher: str
    publisher_country: str | None
    family: str
    tasks: tuple[str, ...]
    params_b: float | None
    active_b: float | None
    need: Need | None
    sized_by_tokens: bool  # else by pictures, pages, hours of speech ...
    license: LicenseCard
    standard_license: bool
    commercial_use: str  # yes, conditional, no
    left_out: frozenset[str]  # countries the license does not cover, as named: codes or "EU"
    languages: frozenset[str] | None  # codes the maker names
    language_count: int | None
    context_tokens: int | None
    released: str | None  # "2026-08"
    downloads_30d: int | None
    openness: str | None  # of its family, unless its own license is stricter
    hosted_usd: float | None  # least list price of a million tokens read plus a million written
    text: str  # everything the text search looks at, case folded

    def licensed_in(self, country: str) -> bool:
        return country not in self.left_out and not (country in EU and "EU" in self.left_out)


@dataclass(frozen=True)
class Index:
    facts: Facts
    models: Mapping[str, ModelRow]  # by slug, newest first


@lru_cache(maxsize=KEPT)
def index_of(content_hash: str) -> Index:
    """The index of the published version with this content."""
    return build(facts_of(content_hash))


def build(facts: Facts) -> Index:
    families = {row["family"]: row["openness_class"] for row in facts.rows.get("ecosystem", ())}
    licenses = {license_.slug: (license_, general_card(license_)) for license_ in facts.engine.licenses}
    hosted = _cheapest(facts)
    stored = facts.by_slug("models")
    rows = []
    for model in facts.engine.models:
        license_, card = licenses[model.license]
        row = stored[model.slug]
        rows.append(
            ModelRow(
                slug=model.slug,
                name=model.name,
                publisher=model.publisher,
                publisher_country=model.publisher_country,
                family=model.family,
                tasks=model.tasks,
                params_b=model.params_total_b,
                active_b=model.params_active_b,
                need=least_memory(model),
                sized_by_tokens=media_task(model) is None,
                license=card,
                standard_license=license_.osi_approved,
                commercial_use=license_.commercial_use,
                left_out=frozenset(license_.territory_exclusions),
                languages=None if model.languages is None else frozenset(model.languages),
                language_count=model.language_count,
                context_tokens=model.context_tokens,
                released=model.release_date,
                downloads_30d=row.get("downloads_30d"),
                openness=openness(families.get(model.family), license_),
                hosted_usd=hosted.get(model.slug),
                text=_searched(row),
            )
        )
    rows.sort(key=lambda row: row.name.casefold())
    rows.sort(key=lambda row: row.released or "", reverse=True)
    return Index(facts, {row.slug: row for row in rows})


def _searched(row: Mapping[str, Any]) -> str:
    names = (row["name"], row["slug"], row["family"], row["publisher"], row.get("hub_repo"))
    return " ".join(name for name in names if name).casefold()


def _cheapest(facts: Facts) -> dict[str, float]:
    found: dict[str, float] = {}
    for price in facts.engine.api_prices:
        if price.model is None or price.input is None or price.output is None or price.deprecated:
            continue
        if price.currency == "USD":
            found[price.model] = min(found.get(price.model, float("inf")), price.input + price.output)
    return found
