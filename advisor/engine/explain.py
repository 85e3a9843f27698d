"""A priced set-up as a plan that can be shown: models, machines, lines, notes, and the working of each figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from advisor.engine import licenses, scoring
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import Catalog, License, Model
from advisor.engine.cost import Costs, by_month, over_budget, totals
from advisor.engine.ladder import rungs
from advisor.engine.notes import minuses, pluses
from advisor.engine.once import once_per_catalog
from advisor.engine.plan_machines import machines
from advisor.engine.portfolio import Priced
from advisor.engine.programs import programs
from advisor.engine.quality import Quality
from advisor.engine.sample import Array, cents, ends, estimate, told
from advisor.engine.savings import savings
from advisor.engine.search_index import index_hours
from advisor.engine.setup import Case, Setup
from advisor.engine.support import options as support_options
from advisor.engine.traces import plan_traces
from advisor.engine.types import (
    CostLine,
    Driver,
    Estimate,
    Grade,
    LicenseCard,
    ModelUse,
    Plan,
    Route,
    SourceUse,
    Trace,
)
from advisor.engine.working import Line

GRADE_ORDER: dict[str, int] = {grade: at for at, grade in enumerate(Grade)}
BEST_FIT = "best_fit"  # the plan that steps of adapting a model are told for
CLOSED_CARD = LicenseCard(
    slug="service-terms", name="Supplier's terms of service", url="", light="amber", summary="", may=(), must=(),
    must_not=(), source=None, as_of=None,
)  # fmt: skip


def build_plan(
    key: str, labels: tuple[str, ...], priced: Priced, costs: Costs, closed_cost: float | None,
    swings: tuple[Driver, ...],
) -> tuple[Plan, tuple[Trace, ...]]:  # fmt: skip
    """The plan and the traces of its figures, over the whole sample; ``swings`` are what ``drivers`` found."""
    setup, business, loads = priced.setup, costs.business, costs.loads
    case, horizon = costs.case(setup), business.horizon
    lines = costs.of(case)
    total, months = totals(lines), by_month(lines)
    whole = low, middle, high = ends(total)
    plan = Plan(
        key=key,
        labels=labels,
        route=setup.route,
        routed=setup.routed,
        provider=next((item.place.provider for item in setup.candidates if item.place.provider), None),
        regions=setup.candidates[0].place.regions,
        models=model_uses(setup, business),
        machines=machines(case),
        data_location=scoring.worst_location(setup, business),
        cost_total=told(whole, business.currency, Grade.DERIVED),
        cost_month=told((low / horizon, middle / horizon, high / horizon), business.currency, Grade.DERIVED),
        cost_once=_money(_sum(line.once for line in lines), business),
        cost_first_year=_money(_sum(line.first_year for line in lines), business),
        cost_by_year=tuple(round(float(months[start : start + 12].sum()), 2) for start in range(0, horizon, 12)),
        cost_by_month=cents(months),
        lines=tuple(_line(line, business) for line in lines),
        savings=savings(setup, business, total, months, closed_cost),
        scores=priced.scores,
        drivers=swings,
        energy_kwh_month=_energy(case),
        pluses=pluses(setup, business, loads),
        minuses=minuses(setup, business, loads),
        uncovered_jobs=tuple(setup.uncovered),
        over_budget=over_budget(lines, business),
        support=support_options(case),
        adaptation=rungs(case) if BEST_FIT in labels else (),
        index_hours=round(float(index_hours(case)[0]), 1) or None,
        programs=programs(setup, business),
    )
    return plan, plan_traces(plan, lines, case)


def _energy(case: Case) -> Estimate | None:
    """Electricity of machines that the business pays the bill for."""
    machine = case.setup.machine
    if machine is None or machine.offer is not None:
        return None
    return estimate(case.energy, "kWh/month", Grade.ASSUMED)


def _sum(parts: Iterable[Array]) -> Array:
    total: Array = np.sum(list(parts), axis=0)
    return total


def _money(values: Array, business: Business) -> Estimate:
    return estimate(values, business.currency, Grade.DERIVED)


def _line(line: Line, business: Business) -> CostLine:
    weakest = Grade(max((item.grade for item in line.inputs), key=GRADE_ORDER.__getitem__, default=Grade.DERIVED))
    once, month, total = line.ends
    return CostLine(
        key=line.key,
        once=told(once, business.currency, weakest),
        month=told(month, business.currency, weakest),
        total=told(total, business.currency, weakest),
        own_labor=line.own_labor,
        by_month=cents(line.by_month),
    )


def model_uses(setup: Setup, business: Business) -> tuple[ModelUse, ...]:
    """Each model once, with all the jobs it does; companions after the main models."""
    uses: dict[tuple[str, str], ModelUse] = {}
    for candidate in setup.candidates:
        rated = [("main", candidate), *([("easy", candidate.easy)] if candidate.easy is not None else [])]
        found = [_use(role, item.model, item.name, item.quality, candidate, business) for role, item in rated]
        found += [
            _use(helper.role, helper.model, helper.price.model_name if helper.price else "", helper.quality, candidate,
                 business)
            for helper in candidate.helpers
        ]  # fmt: skip
        for use in found:
            known = uses.get((use.slug, use.role))
            uses[(use.slug, use.role)] = use if known is None else _both(known, use)
    return tuple(sorted(uses.values(), key=lambda use: use.role not in ("main", "easy")))


def _both(one: ModelUse, other: ModelUse) -> ModelUse:
    """The same model for another job."""
    points = [use.quality for use in (one, other) if use.quality is not None]
    known = [use.quality_grade for use in (one, other) if use.quality is not None]
    return replace(
        one,
        jobs=tuple(dict.fromkeys((*one.jobs, *other.jobs))),
        quality=min(points, default=None),
        quality_grade=max(known, key=GRADE_ORDER.__getitem__, default=Grade.UNKNOWN),
        evidence=(*one.evidence, *other.evidence),
    )


def _use(
    role: str, model: Model | None, name: str, quality: Quality, candidate: Candidate, business: Business
) -> ModelUse:
    license_ = None if model is None else _licenses(business.catalog)[model.license]
    running = candidate.running if role == "main" else None
    return ModelUse(
        slug=model.slug if model else name,
        name=model.name if model else name,
        publisher=model.publisher if model else (candidate.place.provider or ""),
        publisher_country=model.publisher_country if model else None,
        family=model.family if model else "",
        role=role,
        jobs=(str(candidate.job),),
        params_total_b=model.params_total_b if model else None,
        release_date=model.release_date if model else None,
        format=running.format if running else None,
        license=licenses.card(license_, business) if license_ else CLOSED_CARD,
        openness_class=_openness(model, license_, candidate, business),
        quality=round(quality.points, 1) if quality.points is not None else None,
        quality_grade=quality.grade,
        evidence=tuple(replace(row, job=str(candidate.job)) for row in quality.evidence),
    )


def _openness(model: Model | None, license_: License | None, candidate: Candidate, business: Business) -> str | None:
    """None where nobody says: a hosted model of which the catalog has no entry."""
    if model is None or license_ is None:
        return licenses.CLOSED if candidate.place.route == Route.CLOSED_API else None
    return licenses.openness(scoring.openness_by_family(business.catalog).get(model.family), license_)


@once_per_catalog
def _licenses(catalog: Catalog) -> dict[str, License]:
    return {row.slug: row for row in catalog.licenses}


def sources_used(traces: Iterable[Trace], business: Business) -> tuple[SourceUse, ...]:
    """Every source behind the figures, once, in a fixed order."""
    found: dict[tuple[str, str | None], SourceUse] = {}
    for trace in traces:
        for item in trace.inputs:
            if item.source:
                key = (item.source, item.as_of)
                found.setdefault(key, SourceUse(item.source, item.as_of, item.name, item.grade))
    return tuple(found[key] for key in sorted(found, key=lambda key: (key[0], key[1] or "")))
