"""Which page comes next, which still waits, and how far along the business is. Pure functions of the answers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.assessments import coverage
from advisor.assessments.questions import BY_KEY, LAST_STEP, PAGES, Page

Answers = Mapping[str, Any]

# Confidence labels: shares from which the answers count as high and medium.
HIGH, MEDIUM = 0.8, 0.5


@dataclass(frozen=True)
class Progress:
    step: int
    steps: int
    done: int
    pages: int
    minutes_left: int


def asked_pages(answers: Answers) -> tuple[Page, ...]:
    """Every page this business meets, in order."""
    return tuple(page for page in PAGES if page.asked(answers))


def missing_pages(answers: Answers) -> tuple[Page, ...]:
    """Pages that still wait for an answer."""
    return tuple(page for page in asked_pages(answers) if page.is_open(answers))


def next_page(key: str, answers: Answers) -> Page | None:
    """The page after this one; None when the answers are ready to be checked."""
    place = PAGES.index(BY_KEY[key])
    return next((page for page in PAGES[place + 1 :] if page.asked(answers)), None)


def previous_page(key: str, answers: Answers) -> Page | None:
    """The page before this one; None on the first."""
    place = PAGES.index(BY_KEY[key])
    return next((page for page in reversed(PAGES[:place]) if page.asked(answers)), None)


def page_after_change(key: str, before: Answers, after: Answers) -> Page | None:
    """Where a changed answer leads: to the page that belongs to it, to a question it opened, or back to the check."""
    follower = next_page(key, after)
    if follower is not None and follower.part_of == BY_KEY[key].question and before != after:
        return follower
    waiting = missing_pages(before)
    if BY_KEY[key] in waiting or BY_KEY[key].part_of is not None:  # one of several opened pages: on to the rest of them
        waiting = ()
    return next((page for page in missing_pages(after) if page not in waiting), None)


def page_instead(page: Page, answers: Answers) -> Page | None:
    """The page to show in place of one that makes no sense for these answers; the page itself when it does."""
    if page.needs is not None and BY_KEY[page.needs].is_open(answers):
        return BY_KEY[page.needs]
    return page if page.applies(answers) else next_page(page.key, answers)


def is_finished_except(key: str, answers: Answers) -> bool:
    """Whether every other page has been answered, so that this one is a change and leads back to the check."""
    return all(page.question == BY_KEY[key].question for page in missing_pages(answers))


def first_open(answers: Answers) -> Page | None:
    """Where somebody who comes back goes on; None when everything is answered."""
    return next(iter(missing_pages(answers)), None)


def progress(key: str, answers: Answers) -> Progress:
    """How far along this page is."""
    page = BY_KEY[key]
    pages = asked_pages(answers)
    left = [other for other in PAGES[PAGES.index(page) :] if other in pages]
    return Progress(
        step=page.step,
        steps=LAST_STEP,
        done=len(pages) - len(left),
        pages=len(pages),
        minutes_left=max(1, math.ceil(sum(other.minutes for other in left))),
    )


def confidence(answers: Answers) -> str:
    """The confidence label the answers earn so far."""
    return confidence_label(*coverage.counted(answers))


def confidence_label(answered: int, relevant: int) -> str:
    """The confidence label earned by that many answers with a real figure or choice, of the relevant questions."""
    share = answered / relevant
    return "high" if share >= HIGH else "medium" if share >= MEDIUM else "low"
