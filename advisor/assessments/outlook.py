"""What the answers so far lead to, roughly: requests a month, what is still open, cost; and which answer moved each.

It takes a whole recommendation, so pages do not wait for it: it is asked for beside them and kept in the cache until
an answer changes. Without the cache it is worked out again and cannot tell what moved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.core.cache import cache

from advisor.assessments import coverage
from advisor.assessments.answers import parse, to_engine
from advisor.assessments.context import STAND_INS, QuestionContext
from advisor.catalog.services import content_hash
from advisor.engine.recommend import recommend

KEPT_SECONDS = 24 * 3600
NEEDED = ("country", "jobs")  # before these there is nothing to reckon with
REQUESTS, OPEN, COST = "requests", "open", "cost"


@dataclass(frozen=True)
class Outlook:
    """Figures of one moment. ``moved_by`` names for each the question whose answer changed it last."""

    fingerprint: str
    requests: tuple[float, float]  # a month, all jobs together: low, high
    open: int  # combinations of a model and a way of running it that pass every rule so far
    considered: int
    routes: tuple[str, ...]  # of the plans that come out ahead
    cost: tuple[float, float] | None  # of the plan that comes out ahead, over the horizon; None when nothing fits
    months: int
    moved_by: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)  # question -> fingerprint of its answer

    def figures(self) -> dict[str, Any]:
        """Line -> what stands in it."""
        return {REQUESTS: self.requests, OPEN: (self.open, self.routes), COST: self.cost}


def outlook(public_id: UUID, context: QuestionContext) -> Outlook | None:
    """The outlook for the answers as they stand; None while too little is known."""
    if any(key not in context.answers for key in NEEDED):
        return None
    name = f"outlook:{public_id}"
    known = cache.get(name)
    before = _read(known) if known else None
    said = _said(context.answers)
    fingerprint = content_hash(json.dumps([said, context.catalog.content_hash, context.today.isoformat()]))
    if before is not None and before.fingerprint == fingerprint:
        return before
    made = _reckoned(context, fingerprint, said)
    if made is not None and before is not None:
        made = Outlook(**{**vars(made), "moved_by": _movers(before, made)})
    if made is not None:
        cache.set(name, json.dumps(asdict(made)), KEPT_SECONDS)
    return made


def _reckoned(context: QuestionContext, fingerprint: str, said: Mapping[str, str]) -> Outlook | None:
    try:
        answers = to_engine(parse({**STAND_INS, **context.answers}), context.catalog)
    except ValueError:
        return None  # a newer catalog no longer holds something these answers name; the result page says which
    made = recommend(answers, context.catalog, as_of=context.today)
    ahead = next((plan for plan in made.plans if plan.key == made.recommended), next(iter(made.plans), None))
    return Outlook(
        fingerprint=fingerprint,
        requests=(
            sum(job.requests_month.low for job in made.demand),
            sum(job.requests_month.high for job in made.demand),
        ),
        open=made.options_eligible,
        considered=made.options_considered,
        routes=tuple(dict.fromkeys(str(plan.route) for plan in made.plans)),
        cost=(ahead.cost_total.low, ahead.cost_total.high) if ahead else None,
        months=made.horizon_months,
        said=said,
    )


def _said(answers: Mapping[str, Any]) -> dict[str, str]:
    """Question -> fingerprint of its answer. Questions 5 and 6 stand in the rows of question 4."""
    rows = answers.get("jobs") or ()
    told: dict[str, Any] = {
        question: [answers.get(key) for key in coverage.question_keys(question)] for question in coverage.QUESTIONS
    }
    told |= {"Q4": [row["job"] for row in rows]}
    told |= {"Q5": [row.get("units_per_week") for row in rows], "Q6": [row.get("minutes_each") for row in rows]}
    return {question: content_hash(json.dumps(value))[:12] for question, value in told.items()}


def _movers(before: Outlook, now: Outlook) -> dict[str, str]:
    """Line -> the question that moved it last. Of several changed answers the last one in order is named."""
    changed = [question for question, value in now.said.items() if before.said.get(question) != value]
    was = before.figures()
    moved = [line for line, figure in now.figures().items() if figure != was[line]]
    return {**before.moved_by, **dict.fromkeys(moved, changed[-1] if changed else "Q1")}


def _read(text: str) -> Outlook:
    stored = json.loads(text)
    cost = stored["cost"] and tuple(stored["cost"])
    return Outlook(**stored | {"requests": tuple(stored["requests"]), "routes": tuple(stored["routes"]), "cost": cost})
