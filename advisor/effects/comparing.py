"""What one business is told on one version of the catalog, and whether another version tells it something else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from advisor.assessments.answers import parse, to_engine
from advisor.assessments.presentation.sheet import Sheet
from advisor.effects.models import Outcome
from advisor.engine.catalog import Catalog
from advisor.engine.plain import plain
from advisor.engine.recommend import gist
from advisor.engine.types import Plan


class NotWorkedOut(Exception):
    """There is no advice; the message names the answer and what is wrong with it."""


@dataclass(frozen=True)
class Advice:
    """The verdict and the best set-up found: the recommended one, or the closest where none is recommended.

    Money is for the whole horizon, central. ``saving`` is None where nothing is paid today, and both are None where
    nothing fits. ``setup`` tells set-ups apart: route, supplier, models with their roles, machines with their number.
    """

    verdict: str
    name: str
    setup: tuple[Any, ...]
    currency: str
    cost: float | None
    saving: float | None

    def to_document(self) -> dict[str, Any]:
        """Plain JSON."""
        document: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return document


def advice(answers: Mapping[str, Any], catalog: Catalog, *, as_of: date) -> Advice:
    """Work out the recommendation for an answers document and keep what a preview compares.

    Raises:
        NotWorkedOut: the answers are no longer valid, or name something this version does not hold.
    """
    try:
        found = gist(to_engine(parse(answers), catalog), catalog, as_of=as_of)
    except ValueError as error:  # AnswersError is one
        raise NotWorkedOut(str(error)) from error
    plan = found.plan
    return Advice(
        verdict=found.verdict,
        name=Sheet({"currency": found.currency}, "en").plan_name(plain(plan))
        if plan
        else "",  # the admin is in English
        setup=_setup(plan) if plan else (),
        currency=found.currency,
        cost=plan.cost_total.central if plan else None,
        saving=plan.savings.total.central if plan and found.has_baseline else None,
    )


def _setup(plan: Plan) -> tuple[Any, ...]:
    return (
        plan.route,
        plan.routed,
        plan.provider,
        tuple((model.slug, model.role) for model in plan.models),
        tuple((machine.name, machine.count) for machine in plan.machines),
    )


def outcome(before: Advice, after: Advice) -> Outcome:
    """Money is the same when it rounds to the same whole unit of the currency, which is how it is shown."""
    if (before.verdict, before.setup) != (after.verdict, after.setup):
        return Outcome.CHANGED
    same = _whole(before.cost) == _whole(after.cost) and _whole(before.saving) == _whole(after.saving)
    return Outcome.SAME if same else Outcome.MONEY


def _whole(amount: float | None) -> int | None:
    return None if amount is None else round(amount)
