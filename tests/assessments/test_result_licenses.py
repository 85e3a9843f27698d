"""What the page says a license asks of this business, in the reader's language."""

from __future__ import annotations

import pytest

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
