"""Changes tried out on top of the answers: what they put in the place of answers and of planning values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf

from advisor.engine import facts
from advisor.engine.answers import Answers, WhatIf
from advisor.engine.catalog import Catalog, Number, SupportOffer
from advisor.engine.types import Grade


def changed(answers: Answers, what_if: WhatIf) -> Answers:
    return replace(
        answers,
        ai_users=what_if.users or answers.ai_users,
        hourly_cost=answers.hourly_cost if what_if.hourly_cost is None else what_if.hourly_cost,
    )


def applied(
    numbers: Mapping[str, Number], what_if: WhatIf, catalog: Catalog
) -> tuple[SupportOffer | None, dict[str, Number]]:  # fmt: skip
    """Every range with the changes in it, and the paid support that is switched on.

    Raises:
        ValueError: support or a planning value that the catalog does not hold, or an impossible figure.
    """
    offer, price = _support(catalog, what_if.support)
    found = {**numbers, **price, **_planned(numbers, what_if.planned, catalog)}
    return offer, _tried(found, {"volume:": what_if.volume, "price": what_if.price, "hardware": what_if.price})


def _support(catalog: Catalog, slug: str | None) -> tuple[SupportOffer | None, dict[str, Number]]:
    """The paid support that is switched on, with its price as a range of the sample."""
    if slug is None:
        return None, {}
    for offer in catalog.support_offers:
        if offer.slug == slug and (price := facts.support_price(offer)) is not None:
            return offer, {"support_price": price}
    raise ValueError(f"support: {slug!r} is not in the catalog, or has no public price")


def _planned(
    numbers: Mapping[str, Number], given: tuple[tuple[str, float], ...], catalog: Catalog
) -> dict[str, Number]:  # fmt: skip
    """Planning values replaced by what the business knows, each without a range."""
    known, found = facts.planning_names(catalog), {}
    for name, value in given:
        if name not in known:
            raise ValueError(f"planned: {name!r} is no planning value")
        if not 0 <= value < inf:
            raise ValueError(f"planned: {name} must be zero or more, got {value!r}")
        unit = numbers[name].unit
        found[name] = Number(low=value, central=value, high=value, unit=unit, grade=Grade.INDEPENDENT)
    return found


def _tried(numbers: Mapping[str, Number], by: Mapping[str, float]) -> dict[str, Number]:
    """Ranges multiplied where a change is tried; names are matched from their start."""
    found = dict(numbers)
    for start, times in by.items():
        if times != 1:
            moved = {name: number for name, number in found.items() if name.startswith(start)}
            found |= {name: _multiplied(number, times) for name, number in moved.items()}
    return found


def _multiplied(number: Number, times: float) -> Number:
    return replace(number, low=number.low * times, central=number.central * times, high=number.high * times)
