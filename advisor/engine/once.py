"""What is worked out from a catalog alone is worked out once and kept with it: a catalog never changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from advisor.engine.catalog import Catalog

Key = ParamSpec("Key")
Made = TypeVar("Made")


def once_per_catalog(make: Callable[Concatenate[Catalog, Key], Made]) -> Callable[Concatenate[Catalog, Key], Made]:
    """Remember ``make(catalog, *key)`` on the catalog object, so that it goes when the catalog goes.

    Only for functions of the catalog and of hashable keys that few values are ever used of: never of a business.
    """

    def kept(catalog: Catalog, /, *key: Key.args, **named: Key.kwargs) -> Made:
        place = (make, key, tuple(named.items()))
        if place not in catalog.worked_out:
            catalog.worked_out[place] = make(catalog, *key, **named)
        return cast(Made, catalog.worked_out[place])

    kept.__doc__ = make.__doc__
    return kept


def once_per_version(make: Callable[Concatenate[Catalog, Key], Made]) -> Callable[Concatenate[Catalog, Key], Made]:
    """The same for what no age of a fact touches: one result for a published version, whatever the day."""
    kept = once_per_catalog(make)

    def shared(catalog: Catalog, /, *key: Key.args, **named: Key.kwargs) -> Made:
        return kept(catalog.published, *key, **named)

    shared.__doc__ = make.__doc__
    return shared
