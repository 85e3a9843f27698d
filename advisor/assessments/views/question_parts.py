"""Parts of a question page that look alike to many visitors, or on many pages, and are drawn once.

What all visitors of a page see is kept with places in it, which ``filled`` fills in for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from secrets import token_hex
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from advisor.assessments.flow import Progress
from advisor.assessments.panel import PanelLine
from advisor.assessments.question_texts import PAGES as TEXTS
from advisor.assessments.question_texts import STEPS
from advisor.assessments.questions import BY_KEY
from advisor.web.drawn import drawn_once

CHANGE = "change"  # in the address: which page a changed answer leads back to; any other word is the check
KEPT_ADDRESSES = 4096  # assumed: those of about 150 visitors at a time
_OURS = token_hex(8)  # so that no place stands in what somebody types, or in an address somebody else made up


def _mark(place: str) -> str:
    return f"place-{_OURS}-{place}"


TOKEN = _mark("token")  # what forms of a visitor are sent with
_HERE = _mark("page")  # the key of the page a panel is on


@drawn_once(512)  # assumed: the pages of five languages, one of them with the examples of some trades
def page_around(language: str, key: str, title: str, examples: tuple[str, ...], places: tuple[str, ...]) -> SafeString:
    """A question page without what is a visitor's own: in its stead stand the names of places, for ``filled``."""
    page = BY_KEY[key]
    own = {"title": title, "has_form": page.form is not None, "text": TEXTS[key], "examples": examples}
    marks = {place: _mark(place) for place in places} | {"csrf_token": TOKEN}
    return render_to_string("assessments/question.html#question", marks | own)


def filled(around: str, contents: Mapping[str, str]) -> str:
    """The page with each place filled, but for ``TOKEN``; what is no HTML is escaped."""
    for place, content in contents.items():
        around = around.replace(_mark(place), conditional_escape(content))
    return around


@drawn_once(512)  # assumed: the pages of five languages, of long and short questionnaires
def progress_bar(language: str, step: int, progress: Progress) -> SafeString:
    """How far along a page is, in the reader's language."""
    return render_to_string("assessments/questions/_progress.html", {"step": STEPS[step], "progress": progress})


@drawn_once(512)
def draft_note(language: str, draft: str, state: str) -> SafeString:
    """Which draft a page goes on from, and what is said about it."""
    return render_to_string("assessments/question.html#draft", {"draft": draft, "draft_state": state})


def side_panel(
    language: str, public_id: UUID, key: str, lines: Iterable[PanelLine], outlook: Iterable[PanelLine] | None
) -> SafeString:
    """What the answers mean so far, with ways back to the page ``key``.

    ``outlook`` comes after it: its lines; none where it can be asked for; ``None`` where too little is known.
    """
    kept = _panel(language, public_id, tuple(lines), outlook if outlook is None else tuple(outlook))
    return SafeString(kept.replace(_HERE, key))


@drawn_once(512)  # assumed: the latest panels of some hundred visitors, of about 4 kB each
def _panel(
    language: str, public_id: UUID, lines: tuple[PanelLine, ...], outlook: tuple[PanelLine, ...] | None
) -> SafeString:
    shown = {
        "panel": addressed(lines, public_id, _HERE),
        "outlook": addressed(outlook or (), public_id, _HERE),
        "to_ask": page_address(public_id, _HERE) if outlook is not None else "",
    }
    return render_to_string("assessments/questions/_panel.html", shown)


def addressed(lines: Iterable[PanelLine], public_id: UUID, key: str) -> list[tuple[PanelLine, str]]:
    """Each line of the panel with the address of the answer it follows from, the way back to the page included."""
    back = f"?{CHANGE}={key}"
    return [(each, page_address(public_id, each.question) + back if each.question else "") for each in lines]


@lru_cache(maxsize=KEPT_ADDRESSES)
def page_address(public_id: UUID, key: str) -> str:
    """Where a question page is."""
    return reverse("assessments:question", args=[public_id, key])


@lru_cache(maxsize=KEPT_ADDRESSES)
def draft_address(public_id: UUID, key: str) -> str:
    """Where what is typed on a page is kept until it is sent."""
    return reverse("assessments:draft", args=[public_id, key])


@lru_cache(maxsize=KEPT_ADDRESSES)
def save_address(public_id: UUID) -> str:
    """Where somebody asks for the private link to come back by."""
    return reverse("assessments:save", args=[public_id])
