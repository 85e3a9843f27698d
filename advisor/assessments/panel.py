"""The quiet side panel: what the answers mean so far, each line with the question that moved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from advisor.assessments import coverage, flow
from advisor.assessments.context import QuestionContext
from advisor.assessments.coverage import State
from advisor.assessments.summaries import summary, words
from advisor.assessments.wording.labels import CONFIDENCE
from advisor.engine import answers as engine


@dataclass(frozen=True)
class PanelLine:
    label: str
    values: list[str]
    question: str | None = None  # the page behind the line
    assumed: bool = False


def panel_lines(context: QuestionContext) -> list[PanelLine]:
    """The lines there is something to say about."""
    return [*_work(context), *_information(context), _confidence(context)]


def _work(context: QuestionContext) -> Iterator[PanelLine]:
    if context.jobs:
        yield PanelLine(_("Work"), summary("Q4", context), "Q4")
    if coverage.state("Q5", context.answers) is State.ANSWERED:
        yield PanelLine(_("In a week"), summary("Q5", context), "Q5")
    users = context.answers.get("ai_users")
    if users is not None:
        yield PanelLine(_("People using it"), [context.formats.number(users)], "Q3")


def _information(context: QuestionContext) -> Iterator[PanelLine]:
    kinds = context.answers.get("information")
    if not kinds:
        return
    most_delicate = [member for member in engine.Information if member in kinds][-1]
    yield PanelLine(_("Most delicate information"), [words(engine.Information, most_delicate)], "Q11")
    if coverage.state("Q12", context.answers) is State.ANSWERED:
        yield PanelLine(_("Where it may be processed"), summary("Q12", context), "Q12")
    else:
        default = context.default("Q12")
        yield PanelLine(_("Where it may be processed"), [default], "Q12", assumed=True)


def _confidence(context: QuestionContext) -> PanelLine:
    relevant = coverage.relevant(context.answers)
    known = len(relevant & coverage.answered(context.answers))
    sentence = _("%(level)s: %(known)s of the %(all)s questions that count most are answered") % {
        "level": CONFIDENCE[flow.confidence(context.answers)],
        "known": known,
        "all": len(relevant),
    }
    return PanelLine(_("Confidence so far"), [sentence])
