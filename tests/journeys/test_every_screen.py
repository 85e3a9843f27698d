"""Every screen and state of the site, by a rule for each kind of reader: axe in light and dark, small windows, enlarged
text, and nothing wrong in the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest

from tests.gallery.screens import GROUPS, SCREENS, Screen
from tests.gallery.serving import served
from tests.gallery.visiting import Site, Visit, Windows

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
PHONE, SMALLEST, ENLARGED, DESK = 360, 320, 640, 1280  # enlarged: a window of 1280 pixels at 200 %
NOT_OURS = ("admin",)  # drawn by the admin's own look; its pages are tested where they are ours
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# The rules are those of WCAG 2.2 AA. Only what is broken is worked out, not what passes.
BRIEFLY = {"resultTypes": ["violations"], "elementRef": False, "ancestry": False, "selectors": False, "preload": False}
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
RULES_OF_COLOR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# A bar that stays in sight lies over whatever passes below it; at the end of the page it rests and covers nothing.
TO_THE_END = "scrollTo(0, document.documentElement.scrollHeight)"
# German has the longest words, and Chinese breaks its lines by rules of its own: a screen of each kind.
OTHER_LANGUAGES = ("de", "zh-hans")
IN_OTHER_LANGUAGES = (
    "start unfolded", "Q5 filled", "Q15 filled", "Q23 filled", "Q3 with mistakes", "check", "saved",
    "result that saves", "workings of a sample open", "what-if with a mistake", "every line of the cost", "compare",
    "report ready", "model", "models compared", "version", "laws", "claims", "answers proposed", "429",
    "sign in with nothing", "models", "models narrowed", "laws of one country", "cases", "software", "facts as files",
)  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The project's own server, with the rows behind every screen; the database of the other tests is not touched."""
    with served() as site:
        yield site


def look(visit: Visit, screen: Screen) -> list[str]:
    """What would stop somebody here, beyond what was noted on opening it."""
    found = []
    visit.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for width in (DESK, ENLARGED, SMALLEST, PHONE):
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.note_width()
    if screen.group not in NOT_OURS:
        visit.page.evaluate(TO_THE_END)
        visit.page.evaluate(AXE)
        found += violations(visit, ALL_RULES)
        visit.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += [f"dark: {each}" for each in violations(visit, RULES_OF_COLOR)]
    return visit.problems + found


def violations(visit: Visit, rules: dict[str, Any]) -> list[str]:
    found = visit.page.evaluate("async options => (await axe.run(options)).violations", {**BRIEFLY, "runOnly": rules})
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]


@pytest.mark.parametrize("group", GROUPS)
def test_everybody_can_use_every_screen(browser: Browser, site: Site, group: str) -> None:
    with closing(Windows(browser, site)) as windows:
        screens = [screen for screen in SCREENS if screen.group == group]
        found = {screen.name: look(windows.visit(screen), screen) for screen in screens}

    assert found
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_words_of_other_languages_do_not_run_over_the_edge_of_a_small_window(
    browser: Browser, site: Site, language: str
) -> None:
    wide = {}
    small = {"viewport": {"width": SMALLEST, "height": 800}, "reduced_motion": "reduce"}
    with closing(Windows(browser, site, language, small)) as windows:
        for screen in SCREENS:
            if screen.name in IN_OTHER_LANGUAGES:
                visit = windows.visit(screen)
                visit.note_width()
                wide[screen.name] = visit.problems

    assert set(wide) == set(IN_OTHER_LANGUAGES)
    assert {name: problems for name, problems in wide.items() if problems} == {}
