"""Which set-ups become plans, and what the advice is: recommend, keep, not yet, stop for legal advice, nothing fits."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.answers import PeopleDecision
from advisor.engine.baseline import stopped_on
from advisor.engine.business import Business
from advisor.engine.demand import Load
from advisor.engine.portfolio import Priced, name_of
from advisor.engine.scoring import PRIVACY, worst_location
from advisor.engine.types import Note, Verdict
from advisor.engine.worth import stops_spending, worth

TIE_POINTS = 5.0  # set-ups this close are called tied (questionnaire, rule 10)
SAME_COST = 1.02  # a difference of 2 % is far inside every range: no plan of its own


@dataclass(frozen=True)
class Advice:
    """The verdict with its reasons, and the set-ups shown as plans with their labels, best first."""

    verdict: Verdict
    reasons: tuple[Note, ...]
    shown: tuple[tuple[Priced, tuple[str, ...]], ...]
    recommended: int | None  # position in ``shown``


def saving_of(priced: Priced, business: Business) -> float:
    return stopped_on(business, priced.setup.route) - priced.cost


def advise(business: Business, priced: tuple[Priced, ...], loads: tuple[Load, ...]) -> Advice:
    """Decide. Set-ups over budget, with a job uncovered or unproven become plans only when there is nothing better."""
    if not priced:
        return Advice(Verdict.NOTHING_FITS, (), (), None)
    complete = _most_complete(priced, with_evidence=False)
    whole = _most_complete(priced, with_evidence=True)
    ahead = [item for item in whole if item.cost < worth(business, item.setup.route, loads)]
    best = (ahead or whole)[0]
    cheapest = min(complete, key=lambda item: (item.cost, name_of(item.setup)))
    if best.cost <= cheapest.cost * SAME_COST:
        cheapest = best
    private = min(whole, key=lambda item: (-PRIVACY[worst_location(item.setup, business)], *item.order))
    shown = _merge((best, "best_fit"), (cheapest, "lowest_cost"), (private, "most_private"))
    verdict, reasons = _verdict(business, best, bool(ahead), loads)
    reasons += _fit_reasons(best, priced, business)
    return Advice(verdict, tuple(reasons[:4]), shown, 0 if verdict is Verdict.RECOMMEND else None)


def _most_complete(priced: tuple[Priced, ...], *, with_evidence: bool) -> list[Priced]:
    """Set-ups within budget that cover most jobs, and (where asked) leave fewest without evidence.

    The lowest cost is looked for among all of them: an unproven set-up may be cheapest, and says so.
    """

    def lacks(item: Priced) -> tuple[bool, int, int]:
        over, uncovered, unproven = item.lacks
        return over, uncovered, unproven if with_evidence else 0

    least = min(lacks(item) for item in priced)
    return [item for item in priced if lacks(item) == least]


def _merge(*labeled: tuple[Priced, str]) -> tuple[tuple[Priced, tuple[str, ...]], ...]:
    merged: dict[str, tuple[Priced, tuple[str, ...]]] = {}
    for priced, label in labeled:
        name = name_of(priced.setup)
        merged[name] = (priced, (*merged.get(name, (priced, ()))[1], label))
    return tuple(merged.values())


def _verdict(business: Business, best: Priced, any_ahead: bool, loads: tuple[Load, ...]) -> tuple[Verdict, list[Note]]:
    decisions = [str(kind) for kind in business.people_decisions if kind is not PeopleDecision.NONE]
    if decisions:
        return Verdict.LEGAL_STOP, [Note("legal_people_decisions", {"kinds": decisions}, "Q10")]
    saving = saving_of(best, business)
    beaten = Note("keep_beats_all", {"gap": round(-saving, 2)}, "Q15")
    if best.over:
        gap = Note("budget_gap", dict(best.over[0].values), best.over[0].question)
        if business.answers.current_tools:
            return Verdict.KEEP, [beaten, gap] if stops_spending(business) and saving <= 0 else [gap]
        return Verdict.NOT_YET, [gap]
    if stops_spending(business):
        if any_ahead:
            return Verdict.RECOMMEND, [Note("saves", {"amount": round(saving, 2), "horizon": business.horizon}, "Q15")]
        return Verdict.KEEP, [beaten]
    if best.buys_unproven:
        job = str(best.setup.candidates[0].job)
        return Verdict.NOT_YET, [Note("no_evidence", {"jobs": [job]}, "Q4"), Note("no_baseline")]
    hours = round(sum(float(load.hours_freed[0]) for load in loads), 1)
    if not any_ahead:
        return Verdict.NOT_YET, [Note("low_volume", question="Q5"), Note("no_baseline", question="Q15")]
    return Verdict.RECOMMEND, [Note("time_worth", {"hours": hours}, "Q6"), Note("no_baseline", question="Q15")]


def _fit_reasons(best: Priced, priced: tuple[Priced, ...], business: Business) -> list[Note]:
    found = []
    if worst_location(best.setup, business) == "own_equipment":
        found.append(Note("privacy_fit", question="Q12"))
    near = [
        item
        for item in priced
        if item.lacks <= best.lacks and item.setup.route is not best.setup.route
        and best.scores.total - item.scores.total <= TIE_POINTS
    ]  # fmt: skip
    if near:
        found.append(Note("tie", {"other": str(near[0].setup.route)}, "Q23"))
    else:
        found.append(Note("best_score", {"score": round(best.scores.total)}, "Q23"))
    budget = business.answers.budget_month is not None or business.answers.budget_once is not None
    if budget and not best.over:
        found.append(Note("budget_ok", question="Q20"))
    return found
