"""The page around the content of pages that must come at once: head, header and footer, drawn once per language.

They are the same for every visitor but for four places, which are filled in. Everything else about them is in
``base.html``, as for any other page.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from advisor.web.drawn import drawn_once

_TITLE, _CONTENT, _TOKEN, _PATH = "frame-title", "frame-content", "frame-token", "/frame-path"
THEMES = ("light", "dark")


def framed(request: HttpRequest, *, title: str, content: str, token: str) -> str:
    """A whole page. ``title`` is text, ``content`` is HTML, ``token`` what forms of this visitor are sent with."""
    theme = request.COOKIES.get("theme", "")
    frame = _frame(get_language() or "en", theme if theme in THEMES else "")
    places = {_TITLE: escape(title), _TOKEN: token, _PATH: escape(request.get_full_path())}
    head, rest = frame.split(_CONTENT)
    for mark, value in places.items():
        head, rest = head.replace(mark, value), rest.replace(mark, value)
    return head + content + rest


@drawn_once(64)
def _frame(language: str, theme: str) -> SafeString:
    request = HttpRequest()
    request.path, request.COOKIES = _PATH, {"theme": theme}
    marks = {"title": _TITLE, "content": _CONTENT, "csrf_token": _TOKEN, "LANGUAGE_CODE": language, "request": request}
    return render_to_string("frame.html", marks)
