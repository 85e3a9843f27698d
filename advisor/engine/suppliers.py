"""Names of suppliers as question 24 gives them: makers of models, and hosts of models or servers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from advisor.engine.catalog import Catalog
from advisor.engine.once import once_per_catalog


@dataclass(frozen=True)
class Wanted:
    """The names of "only these suppliers", told apart; a host's name says nothing about makers."""

    hosts: tuple[str, ...]
    makers: tuple[str, ...]


@once_per_catalog
def suppliers(catalog: Catalog) -> tuple[frozenset[str], frozenset[str]]:
    """Who hosts models or servers, and who makes models, with the family beside the maker."""
    providers = {row.provider for row in catalog.api_prices} | {row.provider for row in catalog.cloud_offers}
    return frozenset(providers), frozenset(f"{model.publisher} {model.family}" for model in catalog.models)


def wanted(catalog: Catalog, names: tuple[str, ...]) -> Wanted:
    """Which names are hosts and which makers; a name of neither is taken for a maker's, and nothing passes."""
    return _told_apart(names, *suppliers(catalog))


@lru_cache(maxsize=64)  # asked for every model and place of a business
def _told_apart(names: tuple[str, ...], providers: frozenset[str], publishers: frozenset[str]) -> Wanted:
    hosts = tuple(name for name in names if any(is_named(provider, (name,)) for provider in providers))
    makers = tuple(
        name for name in names if name not in hosts or any(is_named(publisher, (name,)) for publisher in publishers)
    )
    return Wanted(hosts, makers)


def is_named(text: str, names: Collection[str]) -> bool:
    return any(name.lower() in text.lower() for name in names)
