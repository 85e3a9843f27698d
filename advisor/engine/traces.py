"""The working of every figure of a plan: lines, totals, savings, machines, energy, each re-computable by itself."""

from __future__ import annotations

from advisor.engine.baseline import idle_share, stop_share, stops_from
from advisor.engine.business import Business
from advisor.engine.measured_here import of_candidate
from advisor.engine.promise import paid_over_horizon
from advisor.engine.sample import POINTS
from advisor.engine.setup import Case, busy_hours_month, local, overhead, power, work_per_hour
from advisor.engine.types import CHANCE, PAYBACK, Estimate, Grade, Keep, Plan, Route, Trace, TraceInput
from advisor.engine.units import HOURS_PER_MONTH
from advisor.engine.working import Line, Working


def plan_traces(plan: Plan, lines: tuple[Line, ...], case: Case) -> tuple[Trace, ...]:
    """Lines first, then what is built on them."""
    return (
        *_line_traces(plan, lines, case.business),
        *_cost_traces(plan, lines, case.business),
        *_saving_traces(plan, case),
        *_machine_traces(plan, case),
    )


def keep_traces(kept: Keep, business: Business) -> tuple[Trace, ...]:
    """What is paid today over the horizon, and what of it goes to seats nobody uses."""
    currency = business.currency
    month = TraceInput("month", kept.month, f"{currency}/month", Grade.INDEPENDENT, question="Q15")
    found = [Trace("keep.total", "month * horizon_months", (month, _months(business)), kept.total, currency)]
    inputs: list[TraceInput] = []
    for number, line in enumerate(kept.tools, start=1):
        if line.idle_seats_month:
            idle = line.idle_seats_month
            months = float(business.horizon - line.idle_from_month)
            inputs += [
                TraceInput(f"tool{number}_idle", idle, f"{currency}/month", Grade.DERIVED, question="Q15"),
                TraceInput(f"tool{number}_idle_months", months, "months", Grade.DERIVED, question="Q15"),
            ]
    if inputs:
        pairs = zip(inputs[::2], inputs[1::2], strict=True)
        expression = " + ".join(f"{idle.name} * {months.name}" for idle, months in pairs)
        found.append(Trace("keep.idle_total", expression, tuple(inputs), kept.idle_total, currency))
    return tuple(found)


def _months(business: Business) -> TraceInput:
    return TraceInput("horizon_months", business.horizon, "months", Grade.INDEPENDENT)


def _ranged(
    key: str, expression: str, inputs: tuple[TraceInput, ...], figure: Estimate, value: float | None = None
) -> Trace:
    """A formula with its range over the sample."""
    central = figure.central if value is None else value
    return Trace(key, expression, inputs, central, figure.unit, low=figure.low, high=figure.high, points=POINTS)


def _line_traces(plan: Plan, lines: tuple[Line, ...], business: Business) -> list[Trace]:
    shown = {line.key: line.total for line in plan.lines}
    return [
        _ranged(
            f"{plan.key}.{line.key}.total", line.expression, line.inputs, shown[line.key],
            line.central,
        )
        for line in lines
    ]  # fmt: skip


def _cost_traces(plan: Plan, lines: tuple[Line, ...], business: Business) -> list[Trace]:
    """Total, start, first year and mean month, each as the sum of its lines."""
    currency = business.currency

    def parts(amounts: dict[str, float]) -> tuple[str, tuple[TraceInput, ...]]:
        inputs = tuple(TraceInput(key, amount, currency, Grade.DERIVED) for key, amount in amounts.items() if amount)
        return " + ".join(item.name for item in inputs) or "0", inputs

    total = parts({line.key: line.central for line in lines})
    once = parts({line.key: float(line.once[0]) for line in lines})
    early = parts({line.key: float(line.first_year[0]) for line in lines})
    whole = TraceInput("cost_total", plan.cost_total.central, currency, Grade.DERIVED)
    return [
        _ranged(f"{plan.key}.cost_total", *total, plan.cost_total),
        _ranged(f"{plan.key}.cost_once", *once, plan.cost_once),
        _ranged(f"{plan.key}.cost_first_year", *early, plan.cost_first_year),
        _ranged(
            f"{plan.key}.cost_month", "cost_total / horizon_months", (whole, _months(business)), plan.cost_month
        ),
    ]  # fmt: skip


def _saving_traces(plan: Plan, case: Case) -> list[Trace]:
    business, saved = case.business, plan.savings
    currency = business.currency
    ends = (
        TraceInput("stopped_total", saved.stopped_total.central, currency, Grade.DERIVED, question="Q15"),
        TraceInput("cost_total", plan.cost_total.central, currency, Grade.DERIVED),
    )
    difference = "stopped_total - cost_total"
    months = (
        TraceInput("stopped_by_month", sum(saved.stopped_by_month), currency, Grade.DERIVED, question="Q15",
                   months=saved.stopped_by_month),
        TraceInput("cost_by_month", sum(plan.cost_by_month), currency, Grade.DERIVED, months=plan.cost_by_month),
    )  # fmt: skip
    found = [
        _ranged(f"{plan.key}.savings_total", difference, ends, saved.total),
        Trace(f"{plan.key}.chance", difference, ends, saved.chance, "share", CHANCE, points=POINTS),
        *_promise_traces(plan, difference, ends, business),
        Trace(
            f"{plan.key}.payback", "stopped_by_month - cost_by_month", months, saved.payback_month or 0, "months",
            PAYBACK,
        ),
    ]  # fmt: skip
    stopped = _stopped(plan, business)
    return [*found, stopped] if stopped is not None else found


def _promise_traces(plan: Plan, difference: str, ends: tuple[TraceInput, ...], business: Business) -> list[Trace]:
    """The saving as a share of what is paid today, and how often that is more than promised."""
    promise = plan.savings.promise
    if promise is None:
        return []
    paid = TraceInput("paid_total", paid_over_horizon(business), business.currency, Grade.INDEPENDENT, question="Q15")
    promised = TraceInput("promised", promise.promised, "share", Grade.MAKER)
    beyond = f"{difference} - promised * paid_total"
    return [
        _ranged(f"{plan.key}.share", f"({difference}) / paid_total", (*ends, paid), promise.share),
        Trace(f"{plan.key}.promise", beyond, (*ends, paid, promised), promise.chance, "share", CHANCE, points=POINTS),
    ]


def _stopped(plan: Plan, business: Business) -> Trace | None:
    """Spending that stops, tool by tool: bill x seats in use x share that stops x months after it can."""
    work = Working(business, business.middle)
    words = []
    for number, tool in enumerate(business.answers.current_tools or (), start=1):
        share = float(stop_share(tool, business.middle)[0])
        months = max(0, business.horizon - stops_from(tool, business, Route(plan.route)))
        if not share or not months:
            continue
        name, used = f"tool{number}", 1 - idle_share(tool, business)
        work.note(f"{name}_month", tool.price_month, f"{business.currency}/month", Grade.INDEPENDENT, question="Q15")
        work.note(f"{name}_used", used, "share", Grade.DERIVED, question="Q3")
        work.note(f"{name}_stops", share, "share", Grade.INDEPENDENT, question="Q15")
        work.note(f"{name}_months", months, "months", Grade.DERIVED, question="Q15")
        words.append(f"{name}_month * {name}_used * {name}_stops * {name}_months")
    if not words:
        return None
    return _ranged(f"{plan.key}.stopped_total", " + ".join(words), tuple(work.inputs), plan.savings.stopped_total)


def _machine_traces(plan: Plan, case: Case) -> list[Trace]:
    if not plan.machines:
        return []
    found = _capacity(plan, case)
    if plan.energy_kwh_month is not None:
        found.append(_energy(plan, case))
    return found


def _capacity(plan: Plan, case: Case) -> list[Trace]:
    """Whole machines for the busiest hour, and what of them stays free."""
    work, words = Working(case.business, case.factors), []
    for number, (candidate, load) in enumerate(local(case.setup, case.loads), start=1):
        assert candidate.running is not None
        running, name = candidate.running, f"job{number}"
        work.note(f"{name}_peak", work_per_hour(candidate, load, case.business), "per hour of work", Grade.DERIVED)
        work.note(f"{name}_carried", running.per_hour, "per hour of work", Grade.DERIVED)
        work.note(f"{name}_slots", running.slots, "at once", Grade.DERIVED)
        measured = of_candidate(case.business.catalog, candidate)
        seen = (Grade.MEASURED, measured[-1].source, measured[-1].as_of) if measured else (Grade.DERIVED,)
        work.note(f"{name}_seconds", running.seconds_each, "seconds each", *seen)
        wait = load.profile.wait_first_word_s
        if wait is not None:
            work.note(f"{name}_wait", wait.central, "seconds", wait.grade, wait.source, wait.as_of)
        words.append(f"{name}_peak / {name}_carried")
    used, inputs, (machine,) = " + ".join(words), tuple(work.inputs), plan.machines
    count = TraceInput("machines", machine.count, "machines", Grade.DERIVED)
    return [
        Trace(f"{plan.key}.machines", f"max(1, ceil({used}))", inputs, machine.count, "machines"),
        Trace(
            f"{plan.key}.headroom", f"1 - ({used}) / machines", (*inputs, count), machine.headroom_share, "share"
        ),
    ]  # fmt: skip


def _energy(plan: Plan, case: Case) -> Trace:
    """Resting power all month and working power while busy, of all machines, in the mean month."""
    assert plan.energy_kwh_month is not None
    place, work = case.setup.machine, Working(case.business, case.factors)
    assert place is not None
    assert place.device is not None
    watts = power(place, case.factors)
    device = place.device
    work.note("machine_months", case.owned.total, "machines x months", Grade.DERIVED)
    work.note("resting_watts", watts.resting, "watts", Grade.ASSUMED)
    work.note("hours_in_month", HOURS_PER_MONTH, "hours/month", Grade.INDEPENDENT)
    work.note("working_watts", watts.working, "watts", device.grade, device.source, device.as_of)
    work.note("busy_hours", busy_hours_month(case.setup, case.loads), "hours/month", Grade.DERIVED)
    work.use("growth")
    work.horizon()
    work.note("room_overhead", overhead(place, case.factors), "ratio", Grade.INDEPENDENT)
    return _ranged(
        f"{plan.key}.energy_kwh_month",
        "(machine_months / horizon * resting_watts * hours_in_month + busy_hours * (1 + growth * (horizon - 1) / 24)"
        " * (working_watts - resting_watts)) / 1000 * room_overhead",
        tuple(work.inputs), plan.energy_kwh_month,
    )  # fmt: skip
