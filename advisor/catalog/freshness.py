"""When the facts of a catalog should be looked at again; the rules are those of ``advisor/engine/freshness.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.engine import freshness as rules
from advisor.engine.aging import dates
from advisor.engine.freshness import Freshness


@dataclass(frozen=True)
class Review:
    """``review_by`` and ``expires_on`` are ``None`` where the fact needs no review or does not expire."""

    review_by: date | None
    expires_on: date | None
    state: Freshness


def review_of(collection: str, row: Mapping[str, Any], today: date) -> Review:
    """The review of one row of a document (or of a draft's ``to_row()``).

    A device's clock is that of its price; a law card names its own day, and is not shown as current after it.
    """
    if collection == "law_cards":
        own = row.get("review_by")
        by = date.fromisoformat(own) if own else None
        late = by is not None and today > by
        return Review(by, None, Freshness.REVIEW_DUE if late else Freshness.CURRENT)
    price = row.get("price")
    known = dates(
        collection, row.get("as_of"), price.get("as_of") if isinstance(price, Mapping) else None, row.get("seen_on")
    )
    return Review(rules.review_by(*known), rules.expires_on(*known), rules.freshness(*known, today))
