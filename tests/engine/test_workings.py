"""Every headline figure can be worked out again from its own working alone."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import numpy as np
import pytest

from advisor.engine import demand, explain
from advisor.engine.answers import WhatIf
from advisor.engine.assumptions import resolve
from advisor.engine.baseline import stopped_spending
from advisor.engine.cost import Costs, totals
from advisor.engine.leaders import Priced
from advisor.engine.recommend import recommend
from advisor.engine.types import CHANCE, FORMULA, PAYBACK, Plan, Recommendation, Route, Scores, Trace
from advisor.engine.working import Line
from tests.engine.hand_made import firm
from tests.engine.test_cost_lines import HOURLY, server
from tests.samples import AS_OF, NAMES, answers, catalog, evaluate, recommendation

every_business = pytest.mark.parametrize("name", NAMES)


def plans(made: Recommendation) -> list[Plan]:
    return [*made.plans, *([made.closed_reference] if made.closed_reference else [])]


def by_key(made: Recommendation) -> dict[str, Trace]:
    found = {trace.key: trace for trace in made.traces}
    assert len(found) == len(made.traces)
    return found


@every_business
def test_every_formula_gives_its_figure_back(name: str) -> None:
    for trace in recommendation(name).traces:
        if trace.method == FORMULA:
            assert evaluate(trace) == pytest.approx(trace.value, abs=0.06), trace.key


@every_business
def test_every_headline_figure_has_its_working_and_agrees_with_it(name: str) -> None:
    made = recommendation(name)
    traces = by_key(made)
    for plan in plans(made):
        figures = {
            "cost_total": plan.cost_total,
            "cost_month": plan.cost_month,
            "cost_once": plan.cost_once,
            "cost_first_year": plan.cost_first_year,
            "savings_total": plan.savings.total,
            "energy_kwh_month": plan.energy_kwh_month,
            "stopped_total": plan.savings.stopped_total if plan.savings.stopped_total.central else None,
            **{f"{line.key}.total": line.total for line in plan.lines},
        }
        for key, figure in figures.items():
            if figure is not None:
                trace = traces[f"{plan.key}.{key}"]
                assert trace.value == pytest.approx(figure.central, abs=0.01), trace.key
                assert (trace.low, trace.high, trace.unit) == (figure.low, figure.high, figure.unit)
        assert traces[f"{plan.key}.chance"].value == plan.savings.chance
        assert traces[f"{plan.key}.payback"].value == (plan.savings.payback_month or 0)
        for machine in plan.machines:
            assert traces[f"{plan.key}.machines"].value == machine.count
            assert traces[f"{plan.key}.headroom"].value == machine.headroom_share
    assert traces["keep.total"].value == made.keep.total
    assert ("keep.idle_total" in traces) == bool(made.keep.idle_total)


@every_business
def test_figures_that_build_on_others_build_on_the_same_ones(name: str) -> None:
    """An input with the name of another figure of the plan has that figure's value."""
    made = recommendation(name)
    traces = by_key(made)
    for trace in made.traces:
        owner, _, figure = trace.key.partition(".")
        for item in trace.inputs if figure in ("cost_total", "cost_month", "savings_total", "chance") else ():
            known = traces.get(f"{owner}.{item.name}") or traces.get(f"{owner}.{item.name}.total")
            if known is not None:
                assert item.value == pytest.approx(known.value, abs=0.01), (trace.key, item.name)


@every_business
def test_the_payback_month_follows_from_the_months_of_its_working(name: str) -> None:
    for trace in recommendation(name).traces:
        if trace.method == PAYBACK:
            stopped, cost = (item.months for item in trace.inputs)
            running = list(accumulate(gone - paid for gone, paid in zip(stopped, cost, strict=True)))
            behind = [month for month, total in enumerate([0.0, *running]) if total <= 0]
            assert trace.value == (behind[-1] + 1 if running[-1] > 0 else 0), trace.key


@every_business
def test_every_input_says_where_it_comes_from(name: str) -> None:
    """A source, one of the answers, our own assumption, or arithmetic on other inputs; a plain count needs none."""
    for trace in recommendation(name).traces:
        for item in trace.inputs:
            known = item.source or item.question or item.grade in ("assumed", "derived", "independent", "maker")
            assert known, (trace.key, item)
            assert item.unit, (trace.key, item)
            if item.source:
                assert item.as_of, (trace.key, item)


def test_a_rented_machine_has_a_working_of_how_many_and_none_of_electricity() -> None:
    business = firm(tried=WhatIf(growth=0.24))
    rented = server(business, route=Route.RENTED_SERVER, offer=HOURLY)
    costs = Costs(business, demand.loads(business, business.factors), business.factors, quiet=False)
    scores = Scores(*[50.0] * 9)
    plan, traces = explain.build_plan("plan-1", (), Priced(rented, 0.0, scores), costs, None, ())
    found = {trace.key: trace for trace in traces}
    assert "plan-1.energy_kwh_month" not in found
    assert evaluate(found["plan-1.machines"]) == plan.machines[0].count == 1
    assert evaluate(found["plan-1.headroom"]) == pytest.approx(0.5)
    # Half full, 24 % a year: 0.5 x 1.7 = 85 % in the last month.
    assert plan.machines[0].headroom_share_at_end == pytest.approx(0.15)
    assert plan.adaptation == ()


OPERATORS: dict[type[ast.operator], Any] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
}


def over_the_sample(expression: str, inputs: Mapping[str, Any]) -> Any:
    """The expression at every point of the sample, from the inputs' own values there."""

    def walk(node: ast.expr) -> Any:
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                return OPERATORS[type(op)](walk(left), walk(right))
            case ast.Name(id=name):
                return inputs[name]
            case ast.Constant(value=number):
                return number
            case ast.Call(func=ast.Name(id="max"), args=[first, second]):
                return np.maximum(walk(first), walk(second))
        raise AssertionError(f"not a part of a cost line: {ast.dump(node)}")

    return walk(ast.parse(expression, mode="eval").body)


@pytest.fixture
def lines_of(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Line, ...]]:
    """The cost lines of every plan that is built, over the whole sample."""
    found: list[tuple[Line, ...]] = []

    def recorded(lines: tuple[Line, ...]) -> Any:
        found.append(lines)
        return totals(lines)

    monkeypatch.setattr(explain, "totals", recorded)
    return found


@every_business
def test_ranges_and_chances_are_those_of_the_same_formulas_over_the_sample(
    name: str, lines_of: list[tuple[Line, ...]]
) -> None:
    made = recommend(answers(name), catalog(), as_of=AS_OF)
    business = resolve(answers(name), catalog(), AS_OF, WhatIf())
    traces = by_key(made)
    assert len(lines_of) == len(plans(made))
    for plan, lines in zip(plans(made), lines_of, strict=True):
        totals = {line.key: over_the_sample(line.expression, line.arrays) for line in lines}
        whole = np.sum([np.broadcast_to(total, business.factors["users"].shape) for total in totals.values()], axis=0)
        stopped = stopped_spending(business, Route(plan.route), business.factors).stopped
        for key, values in {"cost_total": whole, "savings_total": stopped - whole, "stopped_total": stopped}.items():
            trace = traces.get(f"{plan.key}.{key}")
            if trace is not None:
                low, high = np.percentile(values[1 : trace.points + 1], [10, 90])
                assert trace.low == pytest.approx(min(low, values[0]), abs=0.02), trace.key
                assert trace.high == pytest.approx(max(high, values[0]), abs=0.02), trace.key
        chance = traces[f"{plan.key}.chance"]
        assert (chance.method, chance.points) == (CHANCE, len(whole) - 1)
        assert chance.value == pytest.approx(float(np.mean((stopped - whole)[1:] > 0)), abs=0.0005)
