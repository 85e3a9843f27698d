"""How long the questionnaire takes: the words on each page at reading speed, and what has to be clicked and typed."""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from advisor.assessments.questions import BY_KEY
from tests.questionnaire import PAGES, Sent, address, begin, page_of

pytestmark = pytest.mark.django_db

# Silent reading of non-fiction in English: Brysbaert (2019), Journal of Memory and Language 109. That visitors of this
# site read as fast as the readers in those studies is assumed.
WORDS_A_MINUTE = 238
# The keystroke-level model of Card, Moran and Newell (1980), Communications of the ACM 23(7): seconds to make up one's
# mind for a step, to point at something and press, to press a key (average typist), to move to the keyboard and back.
DECIDE, POINT, KEY, HANDS = 1.35, 1.2, 0.28, 0.8
NEXT_PAGE = 0.5  # seconds until the next page has come; assumed
# Assumed: buttons and progress are read once, on the first page; the small print under an answer by every second
# reader; in a list of more than six answers one stops at the fitting one, on average half way.
SMALL_PRINT_READ, LONG_LIST, LONG_LIST_READ = 0.5, 6, 0.5
FURNITURE_WORDS = 25
FOLDED = {"details", "aside", "option", "svg"}
UNPAIRED = {"input", "br", "use", "meta", "link", "path"}


class Words(HTMLParser):
    """Words of one question: what stands in its first fieldset, but for what is folded away or hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.plain, self.small, self.answers, self.labels = 0, 0, 0, 0
        self.stack: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in UNPAIRED:
            return
        has = dict(attrs)
        style = has.get("class") or ""
        kind = self.stack[-1][1] if self.stack else "out" if tag != "fieldset" else "plain"
        if tag == "fieldset" and kind == "out":
            kind = "plain"
        if tag in FOLDED or "visually-hidden" in style or "hidden" in has:
            kind = "hidden"
        elif kind != "hidden" and "choice-hint" in style:
            kind = "small"
        elif (kind == "plain" and style.startswith("choice ")) or (kind == "plain" and style == "choice"):
            kind = "answer"
        self.labels += kind == "answer" and tag == "label"
        self.stack.append((tag, kind))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        count = len(data.split())
        match self.stack[-1][1] if self.stack else "out":
            case "plain":
                self.plain += count
            case "answer":
                self.answers += count
            case "small":
                self.small += count

    def read(self) -> float:
        """Words that are read."""
        share = LONG_LIST_READ if self.labels > LONG_LIST else 1.0
        return self.plain + share * (self.answers + SMALL_PRINT_READ * self.small)


def words_on(content: bytes) -> float:
    reader = Words()
    reader.feed(content.decode())
    return reader.read()


def handling(sent: dict[str, Any]) -> float:
    """Seconds to answer: one decision and one press for each choice, the keys of each figure, and Continue."""
    seconds = DECIDE + POINT + NEXT_PAGE
    for name, value in sent.items():
        for one in value if isinstance(value, list) else [value]:
            typed = any(character.isdigit() for character in one) or name.endswith(("product", "amount"))
            seconds += 0 if name == "lines" or not one else DECIDE + POINT + (HANDS + KEY * len(one) if typed else 0)
    return seconds


# The business that is measured: one main job and one product paid for, as a bakery or a small office has; with all
# questions, two jobs of which one reads documents, and a machine of its own.
TOOL: Sent = {"answer": "pays", "line0-product": "ChatGPT", "line0-price_month": "90", "line0-would_stop": "yes"}
ALIKE: dict[str, Sent] = {
    "Q1": {"country": "DE"},
    "Q9": {"answers": "staff"},
    "Q15": TOOL | {"lines": "1"},
}
ONE_JOB = ALIKE | {
    "Q4": {"jobs": ["write_reply"]},
    "Q5": {"write_reply": "80"},
    "Q10": {"answers": "none"},
}
TWO_JOBS = ALIKE | {
    "Q4": {"jobs": ["write_reply", "find_in_documents"]},
    "Q4-main": {"answer": "write_reply"},
    "Q5": {"write_reply": "80", "find_in_documents": "20"},
    "Q6": {"write_reply": "15", "find_in_documents": "10"},
    "Q10": {"answers": "none"},
}
LENGTHS = {"quick": (ONE_JOB, 4.0), "full": (TWO_JOBS, 10.0)}


def seconds_on(client: Client, length: str) -> dict[str, float]:
    """Page -> seconds, from the first page to the check."""
    assessment = begin(client, length)
    location, found = address(assessment, "Q1"), dict[str, float]()
    while key := page_of(location):
        sent = LENGTHS[length][0].get(key, PAGES[key][0])
        content = client.get(location, headers={"HX-Request": "true"}).content
        furniture = 0 if found else FURNITURE_WORDS
        found[key] = (words_on(content) + furniture) / WORDS_A_MINUTE * 60 + handling(sent)
        location = client.post(location, sent)["Location"]
    return found


@pytest.mark.parametrize("length", list(LENGTHS))
def test_the_questionnaire_takes_no_longer_than_the_start_page_says(
    client: Client, capsys: pytest.CaptureFixture[str], length: str
) -> None:
    seconds, most = seconds_on(client, length), LENGTHS[length][1]
    minutes = sum(seconds.values()) / 60

    pages = ", ".join(f"{key} {value:.0f}" for key, value in seconds.items())
    with capsys.disabled():
        sys.stdout.write(f"\n{length}: {minutes:.1f} minutes (at most {most:.0f}); seconds by page: {pages}\n")
    assert minutes <= most


def test_the_minutes_shown_are_those_the_pages_take(client: Client) -> None:
    seconds = seconds_on(client, "full")

    assert {key: BY_KEY[key].minutes for key in seconds} == {
        key: pytest.approx(value / 60, abs=0.08) for key, value in seconds.items()
    }
