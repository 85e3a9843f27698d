"""Pictures of every screen and state of the site, to look through: `make gallery`, then open var/gallery/index.html.

    python -m tests.gallery --languages en zh-hans --widths 360 1280 --only results

The project's own server serves them from a database made for the purpose. Whatever is wrong on the way (a page wider
than the window, an error in the console, a request to another host, a sentence left in English) is printed, a line
each; the exit status says whether there was any.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.gallery.screens import Screen
    from tests.gallery.visiting import Visit, Windows

WIDTHS, SCHEMES, HEIGHT = (360, 768, 1280), ("light", "dark"), 800
LANGUAGES = ("en", "zh-hans")
PAPER = ("result of web_shop", "result that keeps", "check")  # also as they would be printed


@dataclass
class Shown:
    """A screen in the gallery: where its pictures lie, by language, and what was wrong."""

    screen: Screen
    pictures: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def main(arguments: Sequence[str]) -> int:
    """1 where something was wrong with a screen."""
    chosen = _parser().parse_args(arguments)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "advisor.settings", "ADVISOR_LOCAL": "1"}
    django.setup()
    shown = _photograph(chosen)
    _write_index(chosen.out, shown)
    wrong = sum(len(each.problems) for each in shown)
    print(f"{len(shown)} screens in {chosen.out}/index.html, {wrong} problems")
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/gallery"))
    parser.add_argument("--languages", nargs="+", default=LANGUAGES)
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS)
    parser.add_argument("--only", default="", help="screens whose group or name holds this")
    return parser


def _photograph(chosen: argparse.Namespace) -> list[Shown]:
    from playwright.sync_api import sync_playwright

    from tests.gallery.screens import SCREENS
    from tests.gallery.serving import served
    from tests.gallery.visiting import Windows

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    shown = []
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        windows = {language: Windows(browser, site, language) for language in chosen.languages}
        for screen in SCREENS:
            if chosen.only in screen.group or chosen.only in screen.name:
                shown.append(_show(windows, screen, chosen))
                for problem in shown[-1].problems:
                    print(f"{screen.name}: {problem}", flush=True)
    return shown


def _show(windows: Mapping[str, Windows], screen: Screen, chosen: argparse.Namespace) -> Shown:
    from advisor.catalog.services import shipped_document
    from tests.gallery.visiting import untranslated

    shown, english = Shown(screen), set[str]()
    facts = json.dumps(shipped_document(), ensure_ascii=False)  # quoted in the language of their source
    for language, those in windows.items():
        visit = those.visit(screen)
        shown.pictures[language] = list(_pictures(visit, screen, language, chosen))
        if language == "en":
            english = visit.texts()
        elif screen.group not in ("admin", "style guide"):  # which are in English
            visit.problems += [f"not translated: {text}" for text in untranslated(english, visit.texts(), facts)]
        shown.problems += [f"{language}: {problem}" for problem in visit.problems]
    return shown


def _pictures(visit: Visit, screen: Screen, language: str, chosen: argparse.Namespace) -> Iterator[str]:
    """Takes them, and gives their places below the folder of the gallery."""
    name = screen.name.replace(" ", "-")
    for width in chosen.widths:
        visit.page.set_viewport_size({"width": width, "height": HEIGHT})
        visit.note_width()
        for scheme in SCHEMES:
            visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if screen.group == "admin":
                visit.page.reload()  # its own look follows the system when a page opens, not later
            place = f"{language}/{width}-{scheme}/{name}.jpg"
            if not visit.page.screenshot(path=chosen.out / place, full_page=True, type="jpeg", quality=70):
                visit.problems.append(f"higher than a picture can be: {width} px wide")
            yield place
    if screen.name in PAPER:
        visit.page.pdf(path=chosen.out / f"{language}/paper/{name}.pdf", format="A4", print_background=True)
        yield f"{language}/paper/{name}.pdf"


STYLE = """body { font: 16px/1.4 system-ui; margin: 2rem; background: #8883 }
h3 { margin: 2rem 0 .5rem } .row { display: flex; gap: .5rem; align-items: start; overflow-x: auto }
img { height: 22rem; max-width: 34rem; object-fit: cover; object-position: top; border: 1px solid #8888 }
.problem { color: #b00 }"""


def _write_index(folder: Path, shown: Sequence[Shown]) -> None:
    """One page with everything, the wrong ones marked; a picture opens in full size."""
    from django.utils.html import format_html, format_html_join

    parts = [format_html("<!doctype html><meta charset=utf-8><title>Gallery</title><style>{}</style>", STYLE)]
    group = ""
    for each in shown:
        if each.screen.group != group:
            group = each.screen.group
            parts.append(format_html("<h2>{}</h2>", group))
        parts.append(format_html("<h3>{}</h3>", each.screen.name))
        parts.append(format_html_join("", '<p class="problem">{}</p>', ((text,) for text in each.problems)))
        for places in each.pictures.values():
            links = format_html_join("", "{}", ((_link(place),) for place in places))
            parts.append(format_html('<div class="row">{}</div>', links))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text("\n".join(parts), encoding="utf-8")


def _link(place: str) -> str:
    from django.utils.html import format_html

    if place.endswith(".pdf"):
        return format_html('<a href="{}">printed</a>', place)
    return format_html('<a href="{0}"><img src="{0}" alt="{0}" loading="lazy"></a>', place)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
