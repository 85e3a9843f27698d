"""The one door for advice: ``recommend(answers, catalog, as_of=...)``.

answers -> business -> demand -> options (with the rule that removed each other one) -> set-ups -> advice ->
plans with costs, savings and workings. Pure: the same input gives the same result, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from advisor.engine import baseline, choice, demand, law
from advisor.engine.answers import Answers, ErrorHarm, WhatIf
from advisor.engine.assumptions import resolve
from advisor.engine.business import Business
from advisor.engine.cases import matching_cases
from advisor.engine.catalog import Catalog, Entry
from advisor.engine.cost import Costs
from advisor.engine.demand import Load
from advisor.engine.explain import build_plan, sources_used
from advisor.engine.flips import flips
from advisor.engine.old_facts import old_facts, prices_of
from advisor.engine.options import Options, options
from advisor.engine.portfolio import Priced, search
from advisor.engine.requirements import requirements
from advisor.engine.ruled_out import confidence, summarize, warnings
from advisor.engine.sample import estimate
from advisor.engine.savings import drivers
from advisor.engine.scoring import score
from advisor.engine.services import NAMED_REFERENCE, closed_reference, seat_setups
from advisor.engine.setup import Setup
from advisor.engine.traces import keep_traces
from advisor.engine.turning import recommended_at
from advisor.engine.types import (
    ClaimNote,
    Compared,
    Estimate,
    Flip,
    Grade,
    Keep,
    Plan,
    Recommendation,
    Route,
    Trace,
    Verdict,
)
from advisor.engine.units import WEEKS_PER_MONTH
from advisor.engine.way_out import way_out

ENGINE_VERSION = "0.4.0"
READABLE = ("0.4.0",)  # versions whose documents have the fields of today's; older results are worked out again
# Pass mark of the ten-task test pack by harm: how many of ten must be right; own choice, shown with the pack.
PASS_MARK = {ErrorHarm.CHECKED: 70, ErrorHarm.LOSS: 80, ErrorHarm.HARM: 90}


def recommend(answers: Answers, catalog: Catalog, *, as_of: date, what_if: WhatIf | None = None) -> Recommendation:
    """Advice for one business on one catalog version as of one day, with changes tried out on top where given.

    Raises:
        ValueError: an answer names something the catalog does not hold; the message starts with the field.
    """
    work = _reckon(answers, catalog, as_of, what_if)
    business, advice = work.business, work.advice
    plans, closed_plan, kept, traces = _plans_and_today(work)
    old = old_facts(business, work.told, traces)
    return Recommendation(
        engine_version=ENGINE_VERSION,
        catalog_hash=catalog.content_hash,
        as_of=as_of.isoformat(),
        currency=business.currency,
        country=answers.country,
        horizon_months=business.horizon,
        verdict=advice.verdict,
        reasons=advice.reasons if plans else (way_out(business, work.middle[0]),),
        recommended=plans[advice.recommended].key if advice.recommended is not None else None,
        confidence=confidence(business),
        demand=tuple(demand.describe(load, load.units / WEEKS_PER_MONTH) for load in work.loads),
        plans=plans,
        closed_reference=closed_plan,
        compared=_compared(work, plans, closed_plan),
        keep=kept,
        ruled_out=summarize(work.offered, work.priced, business),
        options_considered=work.offered.considered,
        options_eligible=work.offered.eligible,
        flips=_flips(work),
        assumptions=business.assumptions,
        laws=law.matching_cards(business),
        law_country_known=law.country_known(business),
        claims=_claims(catalog),
        human_check=business.error_harm is not ErrorHarm.CHECKED or advice.verdict is Verdict.LEGAL_STOP,
        pass_mark_percent=PASS_MARK[business.error_harm],
        warnings=warnings(business, work.shown, old),
        prices_checked_on=_checked_on(work.shown, catalog),
        traces=tuple(traces),
        sources=sources_used(traces, business),
        planning=demand.planning(business),
        old_facts=old,
        cases=matching_cases(business),
        requirements=_requirements(work),
    )


def _plans_and_today(work: Reckoning) -> tuple[tuple[Plan, ...], Plan | None, Keep, list[Trace]]:
    """The shown plans, the closed reference, what there is today, and the workings of all their figures."""
    plans, closed_plan, traces = _plans(work)
    kept = baseline.describe(work.business, Route(plans[0].route if plans else Route.HOSTED_API))
    return plans, closed_plan, kept, [*traces, *keep_traces(kept, work.business)]


@dataclass(frozen=True)
class Gist:
    """What two catalogs are compared by: the verdict and the plan that is recommended, else the closest; None when
    nothing fits."""

    verdict: str
    plan: Plan | None
    currency: str
    has_baseline: bool  # whether anything is paid today, so that a difference is a saving


def gist(answers: Answers, catalog: Catalog, *, as_of: date) -> Gist:
    """The verdict and the main plan of ``recommend``, figure for figure, without everything told beside them.

    Raises:
        ValueError: as ``recommend``.
    """
    work = _reckon(answers, catalog, as_of, None)
    plan = None
    if work.advice.shown:
        place = work.advice.recommended or 0
        item, labels = work.advice.shown[place]
        closed = work.reference.cost if work.reference else None
        (swings,) = drivers((item.setup,), work.business)
        plan, _ = build_plan(f"plan-{place + 1}", labels, item, work.told_costs, closed, swings)
    return Gist(work.advice.verdict, plan, work.business.currency, bool(answers.current_tools))


@dataclass(frozen=True)
class Reckoning:
    """Everything worked out for one business before it is described. ``loads`` span the sample, ``middle`` does not."""

    business: Business
    loads: tuple[Load, ...]
    middle: tuple[Load, ...]
    offered: Options
    priced: tuple[Priced, ...]
    advice: choice.Advice
    reference: Priced | None  # cheapest closed pay-per-use service

    @cached_property
    def costs(self) -> Costs:
        """Over the whole sample."""
        return Costs(self.business, self.loads, self.business.factors)

    @cached_property
    def told_costs(self) -> Costs:
        """The same with workings."""
        return Costs(self.business, self.loads, self.business.factors, quiet=False)

    @property
    def shown(self) -> list[Setup]:
        return [item.setup for item, _ in self.advice.shown]

    @property
    def told(self) -> list[Setup]:
        """What the result gives figures of: the plans, and the closed service beside them."""
        return self.shown if self.reference is None else [*self.shown, self.reference.setup]


def _reckon(answers: Answers, catalog: Catalog, as_of: date, what_if: WhatIf | None) -> Reckoning:
    business = resolve(answers, catalog, as_of, what_if)
    middle = demand.loads(business, business.middle)
    offered = options(business, middle)
    priced = search(business, offered, seat_setups(business), middle)
    return Reckoning(
        business=business,
        loads=demand.loads(business, business.factors),
        middle=middle,
        offered=offered,
        priced=priced,
        advice=choice.advise(business, priced, middle),
        reference=_reference(business, middle),
    )


def _plans(work: Reckoning) -> tuple[tuple[Plan, ...], Plan | None, list[Trace]]:
    """The shown plans, the closed reference, and the workings of their figures."""
    business, reference = work.business, work.reference
    closed_cost = reference.cost if reference else None
    swings = iter(drivers(work.told, business) if work.told else [])
    built = [
        build_plan(f"plan-{number}", labels, item, work.told_costs, closed_cost, next(swings))
        for number, (item, labels) in enumerate(work.advice.shown, start=1)
    ]
    closed = []
    if reference is not None:
        closed.append(build_plan("closed", ("closed_reference",), reference, work.told_costs, None, next(swings)))
    traces = [trace for _, working in (*built, *closed) for trace in working]
    return tuple(plan for plan, _ in built), closed[0][0] if closed else None, traces


def _reference(business: Business, middle: tuple[Load, ...], name: str | None = None) -> Priced | None:
    setup = closed_reference(business, middle, name)
    if setup is None:
        return None
    cost = float(Costs(business, middle, business.middle).total(setup)[0])
    return Priced(setup, cost, score(setup, business, cost, cost))


def _compared(work: Reckoning, plans: tuple[Plan, ...], closed: Plan | None) -> tuple[Compared, ...]:
    """The best set-up of each route, routed and not, then the closed references."""
    best: dict[tuple[str, bool], Priced] = {}
    for item in sorted(work.priced, key=lambda item: (item.lacks, *item.order)):
        best.setdefault((item.setup.route, item.setup.routed), item)
    told = {id(item): plan for (item, _), plan in zip(work.advice.shown, plans, strict=True)}
    rows = [_row(item, work, told.get(id(item)), reference=False) for item in best.values()]
    rows.sort(key=lambda row: (row.over_budget, -(row.score or 0), row.name))
    named = _reference(work.business, work.middle, NAMED_REFERENCE)
    rows += [_row(item, work, plan, reference=True) for item, plan in ((work.reference, closed), (named, None)) if item]
    return tuple(rows)


def _row(item: Priced, work: Reckoning, plan: Plan | None, *, reference: bool) -> Compared:
    """``plan`` is the one made from the set-up, if any: its cost is known already."""
    setup, business = item.setup, work.business
    place = setup.machine or setup.candidates[0].place
    used = [option for each in setup.candidates for option in (each, each.easy) if option is not None]
    names = [option.model.name if option.model else option.name for option in used]
    return Compared(
        route=setup.route,
        routed=setup.routed,
        name=place.name,
        models=tuple(dict.fromkeys(names)),
        cost_total=plan.cost_total if plan is not None else _cost(setup, work),
        saving_central=round(choice.saving_of(item, business), 2),
        score=None if reference else item.scores.total,
        plan=plan.key if plan is not None and not reference else None,
        over_budget=bool(item.over),
        reference=reference,
    )


def _cost(setup: Setup, work: Reckoning) -> Estimate:
    return estimate(work.costs.total(setup), work.business.currency, Grade.DERIVED)


def _flips(work: Reckoning) -> tuple[Flip, ...]:
    """Where the advice would change, comparing the shown plans with keeping what there is."""
    business, advice = work.business, work.advice
    unproven = any(note.code == "no_evidence" for note in advice.reasons)
    if not advice.shown or advice.verdict is Verdict.LEGAL_STOP or unproven:
        return ()  # no amount of volume or price turns these into a recommendation
    return flips(business, recommended_at(business, work.priced, work.middle))


def _requirements(work: Reckoning) -> tuple[Flip, ...]:
    """What the promised saving would take, of the plan that is recommended, else the closest."""
    advice = work.advice
    if not advice.shown or advice.verdict is Verdict.LEGAL_STOP:
        return ()
    return requirements(advice.shown[advice.recommended or 0][0].setup, work.business)


def _claims(catalog: Catalog) -> tuple[ClaimNote, ...]:
    """Published saving claims in percent, largest first: shown as claims under test, never an input."""
    rows = [row for row in catalog.claims if row.unit == "percent" and row.figure is not None]
    rows.sort(key=lambda row: (-(row.figure or 0), row.slug))
    return tuple(
        ClaimNote(row.slug, row.claim, row.figure, row.unit, row.status, row.author, row.source, row.published)
        for row in rows
    )


def _checked_on(setups: Iterable[Setup], catalog: Catalog) -> str:
    """The oldest day on which a price used was checked; where none is used, of all prices."""
    used = [row for setup in setups for _, _, row in prices_of(setup)]
    rows: Iterable[Entry] = used or (*catalog.api_prices, *catalog.cloud_offers, *catalog.devices)
    return min((row.seen_on for row in rows if row.seen_on), default="")
