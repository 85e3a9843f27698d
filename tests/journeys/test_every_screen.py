"""Every screen and state of the site, by a rule for each kind of reader: axe in light and dark, small windows, enlarged
text, and nothing wrong in the console."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.gallery.screens import GROUPS, SCREENS, Screen
from tests.gallery.serving import served
from tests.gallery.visiting import Site, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Some two hundred screens, each opened several times: minutes, so only where somebody asks for it.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("EVERY_SCREEN" not in os.environ, reason="set EVERY_SCREEN=1 to look at every screen"),
]
PHONE, SMALLEST, ENLARGED, DESK = 360, 320, 640, 1280  # enlarged: a window of 1280 pixels at 200 %
NOT_OURS = ("admin",)  # drawn by the admin's own look; its pages are tested where they are ours
SHOWN_BY_OTHERS = ("questions", "mistakes", "sample businesses", "style guide")  # the same parts stand on other screens
# German has the longest words, and Chinese breaks its lines by rules of its own.
LANGUAGES = [code for code, _name in settings.LANGUAGES if code in ("de", "zh-hans")]
COLORS_ALONE = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The project's own server, with the rows behind every screen; the database of the other tests is not touched."""
    with served() as site:
        yield site


def look(visit: Visit, screen: Screen) -> list[str]:
    """What would stop somebody here, beyond what was noted on opening it."""
    found = []
    for width in (PHONE, ENLARGED, DESK, SMALLEST):
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.note_width()
    if screen.group not in NOT_OURS:
        found += violations(visit)
        visit.page.emulate_media(color_scheme="dark")
        found += [f"dark: {each}" for each in violations(visit, COLORS_ALONE)]
    return visit.problems + found


def violations(visit: Visit, options: dict[str, Any] | None = None) -> list[str]:
    return [
        f"{found['id']}: {node['html'][:160]}"
        for found in Axe().run(visit.page, options=options).response["violations"]
        for node in found["nodes"][:3]
    ]


@pytest.mark.parametrize("group", GROUPS)
def test_everybody_can_use_every_screen(browser: Browser, site: Site, group: str) -> None:
    found = {}
    for screen in SCREENS:
        if screen.group == group:
            with site.visit(browser, screen, reduced_motion="reduce") as visit:
                found[screen.name] = look(visit, screen)

    assert found
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_other_languages_do_not_run_over_the_edge_of_a_small_window(
    browser: Browser, site: Site, language: str
) -> None:
    wide = {}
    for screen in SCREENS:
        if screen.group not in (*NOT_OURS, *SHOWN_BY_OTHERS):
            size = {"width": SMALLEST, "height": 800}
            with site.visit(browser, screen, language, viewport=size, reduced_motion="reduce") as visit:
                visit.note_width()
                wide[screen.name] = visit.problems

    assert {name: problems for name, problems in wide.items() if problems} == {}
