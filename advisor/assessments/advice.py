"""From a raw answers document to advice, without a database: what the command line and the samples use."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.answers import AnswersError, parse, to_engine
from advisor.assessments.problems import Problem
from advisor.engine.catalog import Catalog
from advisor.engine.recommend import recommend
from advisor.engine.types import Recommendation

SAMPLES = Path(__file__).parent / "samples"  # nine invented businesses, each an answers document


@dataclass(frozen=True)
class Advice:
    """The answers as read and the recommendation for them."""

    answers: dict[str, Any]
    recommendation: Recommendation


def advise(text: str, catalog: Catalog, *, as_of: date) -> Advice:
    """Read an answers document and work out the recommendation.

    Raises:
        AnswersError: the text is not a usable answers document; every problem is named with its field.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        problem = Problem(field="", message=_("The file is not JSON."), fix=_("Check it with any JSON reader."))
        raise AnswersError([problem]) from None
    document = to_engine(parse(raw), catalog)
    return Advice(raw, recommend(document, catalog, as_of=as_of))


def sample_businesses() -> tuple[tuple[str, str], ...]:
    """Name and text of each sample business, sorted by name."""
    return tuple((path.stem, path.read_text("utf-8")) for path in sorted(SAMPLES.glob("*.json")))
