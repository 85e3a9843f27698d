"""The quiet side panel: what the answers mean so far, each line with the question that moved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advisor.assessments import coverage, flow
from advisor.assessments.context import QuestionContext
from advisor.assessments.coverage import State
from advisor.assessments.outlook import COST, OPEN, REQUESTS, Outlook
from advisor.assessments.question_texts import PAGES
from advisor.assessments.summaries import summary, words
from advisor.assessments.wording import Words
from advisor.assessments.wording.labels import CONFIDENCE
from advisor.engine import answers as engine


@dataclass(frozen=True)
class PanelLine:
    """One thing the answers mean. ``question`` is the page whose answer moved it."""

    label: str
    values: tuple[str, ...]
    question: str | None = None
    assumed: bool = False

    @property
    def title(self) -> str | Promise:
        """The words of the question behind the line."""
        return PAGES[self.question].title if self.question else ""


def panel_lines(context: QuestionContext) -> list[PanelLine]:
    """The lines there is something to say about."""
    return [*_work(context), *_information(context), _confidence(context)]


def _work(context: QuestionContext) -> Iterator[PanelLine]:
    if context.jobs:
        yield PanelLine(_("Work"), tuple(summary("Q4", context)), "Q4")
    if coverage.state("Q5", context.answers) is State.ANSWERED:
        yield PanelLine(_("In a week"), tuple(summary("Q5", context)), "Q5")
    users = context.answers.get("ai_users")
    if users is not None:
        yield PanelLine(_("People using it"), (context.formats.number(users),), "Q3")


def _information(context: QuestionContext) -> Iterator[PanelLine]:
    kinds = context.answers.get("information")
    if not kinds:
        return
    most_delicate = [member for member in engine.Information if member in kinds][-1]
    yield PanelLine(_("Most delicate information"), (words(engine.Information, most_delicate),), "Q11")
    if coverage.state("Q12", context.answers) is State.ANSWERED:
        yield PanelLine(_("Where it may be processed"), tuple(summary("Q12", context)), "Q12")
    else:
        default = context.default("Q12")
        yield PanelLine(_("Where it may be processed"), (capfirst(default),), "Q11", assumed=True)


# What moves each line of the outlook before any answer was seen to move it.
_MAIN_MOVERS = {REQUESTS: "Q5", OPEN: "Q4", COST: "Q5"}


def outlook_lines(outlook: Outlook, context: QuestionContext) -> list[PanelLine]:
    """The outlook in words."""
    formats, words_of = context.formats, Words(context.formats)
    movers = {**_MAIN_MOVERS, **outlook.moved_by}
    requests = formats.span(*(formats.number_short(round(value)) for value in outlook.requests))
    ways = [words_of.label("route", route) for route in outlook.routes]
    if outlook.cost is None:
        cost = _("Not known yet") if outlook.open else _("Nothing passes every rule so far")
    else:
        values = {"cost": formats.money_range(*map(_roughly, outlook.cost)), "months": outlook.months}
        cost = _("%(cost)s over %(months)s months") % values
    counted = {"open": formats.number(outlook.open), "all": formats.number(outlook.considered)}
    return [
        PanelLine(_("Requests to a system in a month"), (requests,), movers[REQUESTS]),
        PanelLine(_("Still open"), (_("%(open)s of %(all)s combinations") % counted, *ways), movers[OPEN]),
        PanelLine(_("Rough cost"), (cost,), movers[COST] if outlook.cost else None),
    ]


def _roughly(amount: float) -> float:
    """Two digits that count: more would promise what unfinished answers cannot hold."""
    return float(f"{amount:.1e}")


def _confidence(context: QuestionContext) -> PanelLine:
    known, relevant = coverage.counted(context.answers)
    sentence = _("%(level)s: answered %(known)s of the %(all)s questions that count most") % {
        "level": CONFIDENCE[flow.confidence_label(known, relevant)],
        "known": known,
        "all": relevant,
    }
    return PanelLine(_("Confidence so far"), (sentence,))
