"""What the page says a license asks of this business, in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.assessments.presentation import notices
from advisor.assessments.presentation.sheet import Sheet
from tests.assessments.shown_results import page, words
from tests.recommendations import make_recommendation

pytestmark = pytest.mark.django_db


def test_duties_limits_and_what_nobody_asked_stand_on_the_license_card() -> None:
    seen = words(page(make_recommendation()))
    assert "You must Show these words where people use it: Built with Heron." in seen
    assert (
        "Limits on use What it makes may not be used to train or improve another AI model. Not for reselling." in seen
    )
    assert (
        "Check these limits: we did not ask for your figures "
        "Above 50,000,000 users a month you need separate terms from the maker." in seen
    )


def test_duties_are_told_in_chinese() -> None:
    seen = words(page(make_recommendation(), language="zh-hans"))
    assert "在人们使用它的地方显示这些文字：Built with Heron。" in seen
    assert "每月用户超过 50,000,000 时，需要与开发方另签条款。" in seen


def test_countries_a_license_leaves_out_are_named_not_coded() -> None:
    said = {
        language: notices.licenses(Sheet(with_bars("EU, GB, KR", "Not for reselling."), language))[0]["must_not"][-2:]
        for language in ("en", "de")
    }
    assert said["en"] == ["Use it here: European Union, United Kingdom, and South Korea", "Not for reselling."]
    assert said["de"][0].endswith("Europäische Union, Vereinigtes Königreich und Südkorea")


def with_bars(*texts: str) -> dict[str, Any]:
    """A result whose licenses forbid this and nothing else."""
    document = make_recommendation().to_document()
    for plan in document["plans"]:
        for model in plan["models"]:
            model["license"] = {**model["license"], "must_not": list(texts)}
    return document
