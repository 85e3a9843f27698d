"""Proposed answers: what a reply would change, judged by the question forms, each beside its passage of the text.

``propose`` works on the stored answers as they would be with every earlier proposal taken over, so that figures of a
job that is itself proposed can be read too. Nothing here stores anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisor.assessments import flow
from advisor.assessments.answers import AnswersError, check_unfinished
from advisor.assessments.context import QuestionContext
from advisor.assessments.forms.base import QuestionForm
from advisor.assessments.question_texts import PAGES as TEXTS
from advisor.assessments.questions import BY_KEY
from advisor.assessments.summaries import summary
from advisor.assistant.items import BY_NAME, ITEMS, Item, NotAnAnswer, Sent

SHORTEST_PASSAGE = 2  # characters; in Chinese a whole statement can be this short
MAIN_JOB = "Q4-main"
PER_JOB = {"Q5": "units_per_week", "Q6": "minutes_each"}


class Dropped(Exception):
    """A proposal cannot be offered; the message is the reason in one sentence."""


@dataclass(frozen=True)
class Proposal:
    """One answer to confirm: the question, what it would become, what was answered so far, the words it rests on."""

    name: str
    title: str
    lines: list[str]
    answered: list[str]  # empty while the question is open
    passage: str
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class Proposals:
    """``changes`` holds what all offered ones together change in the answers document."""

    offered: list[Proposal] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # titles of questions already answered just so
    dropped: list[str] = field(default_factory=list)  # a sentence each
    changes: dict[str, Any] = field(default_factory=dict)


def propose(
    reply: Mapping[str, Any], text: str, context: QuestionContext, only: Collection[str] | None = None
) -> Proposals:
    """Judge a reply to a description. ``only`` names the items that were confirmed; without it all are judged."""
    found = Proposals()
    now = context
    for item in ITEMS:
        if item.name not in reply or (only is not None and item.name not in only):
            continue
        title = str(TEXTS[item.page].title)
        try:
            proposal = _proposal(item, reply[item.name], text, context, now)
        except Dropped as reason:
            found.dropped.append(_("%(question)s %(reason)s") % {"question": title, "reason": reason})
            continue
        if _changes_nothing(proposal, now):
            found.known.append(title)
            continue
        found.offered.append(proposal)
        found.changes.update(proposal.changes)
        now = replace(now, answers={**now.answers, **proposal.changes})
    found.dropped.extend(_unknown(reply))
    return found


def _unknown(reply: Mapping[str, Any]) -> Iterator[str]:
    count = len(set(reply) - set(BY_NAME))
    if count:
        yield ngettext(
            "The model also answered %(count)s question that we do not ask.",
            "The model also answered %(count)s questions that we do not ask.",
            count,
        ) % {"count": count}


def _proposal(item: Item, given: Any, text: str, stored: QuestionContext, now: QuestionContext) -> Proposal:
    """``stored`` are the answers as they are, ``now`` with the proposals before this one."""
    if not isinstance(given, dict) or "value" not in given:
        raise Dropped(_not_readable())
    passage = _in_text(given.get("passage"), text)
    page = BY_KEY[item.page]
    if flow.page_instead(page, now.answers) is not page:
        raise Dropped(_("This does not go with the other answers."))
    changes = _judged(item, given["value"], now)
    after = replace(now, answers={**now.answers, **changes})
    return Proposal(
        name=item.name,
        title=str(TEXTS[item.page].title),
        lines=_said(item, after, changes, now),
        answered=_said(item, stored, changes, now),
        passage=passage,
        changes=changes,
    )


def _judged(item: Item, value: Any, context: QuestionContext) -> dict[str, Any]:
    """What the value changes in the answers, once the page's own form and the document have taken it."""
    try:
        form = _form(item.page, item.typed(value, _shown(item.page, context)), context, partial=item.partial)
        changes = _changes(form)
        if item.page == "Q4" and len(changes["jobs"]) > 1:
            # The form keeps the jobs in the order of the page; which is the main one is a page of its own.
            chosen = replace(context, answers={**context.answers, **changes})
            changes = _changes(_form(MAIN_JOB, {"answer": value[0]}, chosen))
        check_unfinished({**context.answers, **changes})
    except (NotAnAnswer, OverflowError):
        raise Dropped(_not_readable()) from None
    except AnswersError as error:
        raise Dropped(" ".join(f"{problem['message']} {problem['fix']}" for problem in error.problems)) from None
    return changes


def _form(key: str, sent: Sent, context: QuestionContext, *, partial: bool = False) -> QuestionForm:
    """The form of a page as if the fields had been typed; of a partial one only the fields that were."""
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    form = _form_of(key)(data, context)
    if partial:
        if not set(sent) <= set(form.fields):
            raise Dropped(_("This does not go with the other answers."))
        form.fields = {name: each for name, each in form.fields.items() if name in sent}
    return form


def _shown(key: str, context: QuestionContext) -> Mapping[str, Any]:
    return _form_of(key)(None, context).stored


def _form_of(key: str) -> type[QuestionForm]:
    return cast("type[QuestionForm]", BY_KEY[key].form)  # pages that only say something are no items


def _changes(form: QuestionForm) -> dict[str, Any]:
    if not form.is_valid():
        raise Dropped(" ".join(sentence for _target, sentence in form.problems()))
    return form.changes()


def _said(item: Item, context: QuestionContext, changes: Mapping[str, Any], now: QuestionContext) -> list[str]:
    """The answer to the item in words, as the check page says it; of a page of figures only those in question."""
    answers = context.answers
    if item.page == "Q3":
        value = answers.get(item.name)
        label = _form("Q3", {item.name: ""}, context, partial=True).fields[item.name].label
        figure = _("Not sure") if value is None else context.formats.number(value)
        return [_("%(label)s: %(value)s") % {"label": label, "value": figure}] if item.name in answers else []
    if item.page in PER_JOB:
        key, before = PER_JOB[item.page], {row["job"]: row for row in now.answers.get("jobs", ())}
        meant = {row["job"] for row in changes["jobs"] if row != before.get(row["job"])}
        rows = [row for row in answers.get("jobs", ()) if row["job"] in meant and key in row]
        return summary(item.page, replace(context, answers={**answers, "jobs": rows})) if rows else []
    return summary(item.page, context)


def _changes_nothing(proposal: Proposal, context: QuestionContext) -> bool:
    return all(name in context.answers and context.answers[name] == value for name, value in proposal.changes.items())


def _in_text(passage: Any, text: str) -> str:
    """The passage, if it stands in the text: an answer that rests on nothing is not proposed."""
    words = _plain(passage) if isinstance(passage, str) else ""
    if len(words) < SHORTEST_PASSAGE or words not in _plain(text):
        raise Dropped(_("It rests on words that are not in your text."))
    return Truncator(passage.strip()).chars(300)


def _plain(text: str) -> str:
    """Letters and digits alone: quotation marks, line ends and dots at the end are often copied differently."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _not_readable() -> str:
    return _("What the model wrote there is not an answer.")
