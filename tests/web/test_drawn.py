"""Pieces of HTML that are drawn once and kept."""

import pytest
from django.utils.safestring import SafeString
from pytest_django import Settings

from advisor.web.drawn import drawn_once


@pytest.mark.parametrize(("debug", "times_drawn"), [(False, 1), (True, 2)])
def test_a_piece_is_kept_except_while_templates_are_worked_on(
    settings: Settings, debug: bool, times_drawn: int
) -> None:
    settings.DEBUG = debug
    asked: list[str] = []

    @drawn_once(2)
    def draw(language: str) -> SafeString:
        asked.append(language)
        return SafeString(f"<p>{language}</p>")

    assert draw("de") == draw("de") == "<p>de</p>"
    assert asked == ["de"] * times_drawn
