"""Checking the answers, and asking for the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from advisor.assessments import coverage, flow, services
from advisor.assessments.answers import AnswersError, parse
from advisor.assessments.context import QuestionContext
from advisor.assessments.coverage import State
from advisor.assessments.forms.notes import NotesForm
from advisor.assessments.models import Assessment
from advisor.assessments.question_texts import PAGES as TEXTS
from advisor.assessments.question_texts import PLAIN_DEFAULTS, STEPS
from advisor.assessments.questions import Page
from advisor.assessments.summaries import summary
from advisor.assessments.views.lookup import find_assessment, question_context
from advisor.assessments.wording import Words
from advisor.assessments.wording.labels import CONFIDENCE
from advisor.web.throttle import allow, client_address

HOUR = 3600
RESULTS_AN_HOUR = 120  # for one address, behind which a whole office or class may sit
# Defaults that no question replaces: they follow from the country.
NOT_ASKED = frozenset({"electricity_price", "staff_hourly_cost"})


@dataclass(frozen=True)
class Row:
    page: Page
    title: str | Promise
    lines: list[str]
    state: State


@dataclass(frozen=True)
class Default:
    """One gap that was filled in, and the page that replaces it by a real answer."""

    label: str
    value: str
    key: str
    can_be_answered: bool = True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All answers on one page; the button asks for the result."""
    assessment = find_assessment(request, public_id)
    problems = []
    if request.method == "POST":
        if not allow(f"result:{client_address(request)}", RESULTS_AN_HOUR, HOUR):
            return render(request, "429.html", status=429)
        try:
            services.compute_result(assessment=assessment, as_of=timezone.localdate())
            return redirect("assessments:result", public_id=assessment.public_id)
        except services.NoCatalog:
            messages.error(request, _("The facts behind the figures are not loaded yet. Please try again later."))
        except AnswersError as error:
            problems = error.problems
    shown = _shown(assessment, question_context(assessment)) | {"problems": problems}
    return render(request, "assessments/check.html", shown, status=422 if problems else 200)


def _shown(assessment: Assessment, context: QuestionContext) -> dict[str, Any]:
    answers = context.answers
    return {
        "assessment": assessment,
        "steps": _steps(context),
        "missing": [(page, TEXTS[page.key].title) for page in flow.missing_pages(answers)],
        "defaults": _defaults(context),
        "confidence": CONFIDENCE[flow.confidence(answers)],
        "ready": _is_ready(answers),
        "is_quick": answers.get("length") == "quick",
        "client": answers.get("client_label") or _("A client") if answers.get("answering_for") == "client" else "",
        "notes": NotesForm(initial={"notes": assessment.notes}),
        "results": assessment.results.readable().count(),
    }


def _is_ready(answers: Any) -> bool:
    """Whether a result can be asked for: what has no "not sure" must be answered."""
    try:
        parse(answers)
    except AnswersError:
        return False
    return True


def _steps(context: QuestionContext) -> list[tuple[str | Promise, list[Row], bool]]:
    """Each step with its questions and whether all of them are answered."""
    steps = []
    for number, title in STEPS.items():
        pages = [page for page in flow.asked_pages(context.answers) if page.step == number and page.part_of is None]
        rows = [
            Row(page, TEXTS[page.key].title, summary(page.key, context), coverage.state(page.key, context.answers))
            for page in pages
        ]
        if rows:
            steps.append((title, rows, all(row.state is not State.OPEN for row in rows)))
    return steps


def _defaults(context: QuestionContext) -> list[Default]:
    """Every gap the result will fill in by itself."""
    words = Words(context.formats)
    found = [
        Default(
            _assumption_label(words, item.key, item.subject),
            context.words_for(item),
            item.question,
            can_be_answered=item.key not in NOT_ASKED,
        )
        for item in context.assumed()
    ]
    for question, text in PLAIN_DEFAULTS.items():
        unanswered = coverage.state(question, context.answers) is not State.ANSWERED
        if unanswered and coverage.applies(question, context.answers):
            found.append(Default(words.label("question", question), str(text), question))
    return sorted(found, key=lambda default: int(default.key[1:]))


def _assumption_label(words: Words, key: str, subject: str | None) -> str:
    label = words.label("assumption", key)
    return _("%(label)s, %(subject)s") % {"label": label, "subject": words.label("job", subject)} if subject else label
