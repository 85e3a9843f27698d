"""What a question page says is assumed when the owner is not sure: with its unit, and its range in the same unit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from advisor.assessments.context import QuestionContext
from advisor.engine.types import Assumption, Grade

GROWTH = "share of today's work, added each year"


def said(question: str, unit: str, central: float, low: float, high: float, language: str = "en") -> str:
    catalog: Any = None  # no figure of it is read here
    context = QuestionContext({"currency": "EUR"}, catalog, language, date(2026, 11, 22))
    found = Assumption("any", question, None, low, central, high, unit, Grade.ASSUMED, None, None)
    return context.words_for(found)


@pytest.mark.parametrize(
    ("question", "unit", "figures", "expected"),
    [
        ("Q5", GROWTH, (0.1, 0.0, 0.3), "10% of today's work, each year (between 0% and 30%)"),
        ("Q5", "units/week", (120.0, 60.0, 240.0), "120 a week (between 60 and 240)"),  # the page names what is counted
        ("Q6", "min/unit", (6.0, 3.0, 12.0), "6 minutes (between 3 and 12)"),
        ("Q17", "EUR/hour", (50.25, 16.8, 126.0), "€50.25 per hour (between €16.80 and €126)"),
    ],
)  # fmt: skip
def test_a_default_keeps_the_unit_of_its_figure_in_its_range(
    question: str, unit: str, figures: tuple[float, float, float], expected: str
) -> None:
    assert said(question, unit, *figures) == expected
