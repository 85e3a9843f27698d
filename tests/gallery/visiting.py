"""Opening a screen as its visitor and noting what is wrong with it on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import TimeoutError

from tests.browsing import settled
from tests.gallery.people import NEWCOMER
from tests.gallery.screens import Screen
from tests.openai_server import Behavior

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

# How far a page reaches beyond the window, and what reaches furthest.
TOO_WIDE = """() => {
  const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (beyond <= 0) return "";
  const edge = each => each.getBoundingClientRect().right;
  const widest = [...document.querySelectorAll("body *")].reduce((a, b) => edge(b) > edge(a) ? b : a);
  return `${beyond} px too wide: <${widest.tagName.toLowerCase()} class="${widest.getAttribute("class") ?? ""}">`;
}"""
# What stands on the page in the page's own language: quoted words and those that say their language are left out.
TEXTS = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest("script, style, code, q, textarea, [lang]:not(html)")) continue;
    found.add(walker.currentNode.textContent.trim().replace(/\\s+/g, " "));
  }
  return [...found];
}"""
SENTENCE_WORDS = 3  # words in small letters; fewer may be a name, which no language changes


@dataclass
class Visit:
    """An open page, its host, and what was wrong with it so far."""

    page: Page
    host: str = ""
    problems: list[str] = field(default_factory=list)

    def note_width(self) -> None:
        """Note whether the page at its present size scrolls sideways."""
        found = self.page.evaluate(TOO_WIDE)
        if found:
            size = self.page.viewport_size
            self.problems.append(f"{size['width'] if size else '?'} px: {found}")

    def texts(self) -> set[str]:
        return set(self.page.evaluate(TEXTS))


@dataclass(frozen=True)
class Site:
    """Where the screens are served. ``places`` fill the braces in their addresses, ``sessions`` are the cookies of
    visitors; ``with_extras`` is the address of the same site with style guide and assistant, ``model`` is the latter's.
    """

    places: Mapping[str, str]
    sessions: Mapping[str, str]
    model: Behavior
    address: str
    with_extras: str

    def address_of(self, screen: Screen) -> str:
        written = screen.address.format(**self.places)
        served = self.with_extras if screen.extras else self.address
        if written.startswith("http"):
            parts = urlsplit(written)
            return f"http://{parts.hostname}:{urlsplit(served).port}{parts.path}"
        return served + written


@dataclass
class Windows:
    """Opens screens as they look after what is done there: one window for each kind of visitor, a fresh one for
    everybody new. ``options`` are those of a browser context.
    """

    browser: Browser
    site: Site
    language: str = "en"
    options: Mapping[str, Any] = field(default_factory=dict)
    _open: dict[str, Visit] = field(default_factory=dict)

    def visit(self, screen: Screen) -> Visit:
        visit = self._window_of(screen.visitor)
        address = self.site.address_of(screen)
        visit.host = urlsplit(address).netloc
        visit.problems = []
        self._give_cookies(visit, screen.visitor)
        self.site.model.words = screen.says
        _arrive(visit, address, screen)
        return visit

    def close(self) -> None:
        for visitor in list(self._open):
            self._open.pop(visitor).page.context.close()

    def _window_of(self, visitor: str) -> Visit:
        if visitor == NEWCOMER and visitor in self._open:
            self._open.pop(visitor).page.context.close()
        if visitor not in self._open:
            visit = self._open[visitor] = Visit(self.browser.new_context(**self.options).new_page())
            _listen(visit)
        return self._open[visitor]

    def _give_cookies(self, visit: Visit, visitor: str) -> None:
        cookies = {
            settings.LANGUAGE_COOKIE_NAME: self.language,
            settings.SESSION_COOKIE_NAME: self.site.sessions.get(visitor),
        }
        url = f"http://{visit.host}"
        visit.page.context.add_cookies(
            [{"name": name, "value": value, "url": url} for name, value in cookies.items() if value]
        )


def _arrive(visit: Visit, address: str, screen: Screen) -> None:
    """Open the address and do what is done there; what does not work is a problem of the screen."""
    answer = visit.page.goto(address)
    if answer is None or answer.status != screen.status:
        visit.problems.append(f"answered {answer.status if answer else 'nothing'} instead of {screen.status}")
    try:
        if screen.then:
            screen.then(visit.page)
        visit.page.wait_for_load_state()
        settled(visit.page)
    except (TimeoutError, AssertionError) as problem:
        visit.problems.append(f"never came to look so: {str(problem).splitlines()[0]}")
    visit.page.evaluate("document.fonts.ready.then(() => null)")


def _listen(visit: Visit) -> None:
    def asked(request: Request) -> None:
        if urlsplit(request.url).netloc not in (visit.host, ""):
            visit.problems.append(f"asks another host: {request.url}")

    def answered(response: Response) -> None:
        expected = response.request.resource_type == "document" or response.status in (409, 422)  # problems with a form
        if response.status >= 400 and not expected:
            visit.problems.append(f"{response.status}: {response.url}")

    def said(message: ConsoleMessage) -> None:
        # The browser also says every status from 400 on, which is looked at above.
        if message.type in ("error", "warning") and "the server responded with a status of" not in message.text:
            visit.problems.append(f"console: {message.text}")

    visit.page.on("request", asked)
    visit.page.on("response", answered)
    visit.page.on("console", said)
    visit.page.on("pageerror", lambda error: visit.problems.append(f"script: {error}"))


def untranslated(english: set[str], other: set[str], quoted: str) -> list[str]:
    """Sentences that stand on the page in another language as on the English one, but for those in ``quoted``."""
    return sorted(
        text
        for text in english & other
        if sum(word[:1].islower() for word in text.split()) >= SENTENCE_WORDS and text not in quoted
    )
