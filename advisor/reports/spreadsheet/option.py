"""What is computed of one option: each line of the cost, what stops, and the difference from today.

One column is the case as entered; the others move one input each by the step of the sensitivity. Every formula is the
working that the result holds, so the figures are the engine's. What the engine works out beside the workings (machines
by month, electricity, seats in use) is written as the same formula where it gives the stored figure back; where it does
not, the stored figure stands and does not follow.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell

from advisor.assessments.presentation.sheet import Data
from advisor.engine.savings import DRIVERS
from advisor.engine.setup import ROUNDING
from advisor.engine.units import MONTHS_PER_YEAR
from advisor.reports.spreadsheet.inputs import STEP, VOLUME, Input, Inputs, key_of
from advisor.reports.spreadsheet.terms import NOTHING, Term, call, number, total, translated
from advisor.reports.spreadsheet.writer import Place, Writer

AS_ENTERED = 1  # column
CURRENT_SPEND = "current_spend"
MOVED: Mapping[str, tuple[str, ...]] = {**DRIVERS, CURRENT_SPEND: ()}  # by the name an input's own begins with
BY_VOLUME = re.compile(r"job\d+_(peak|(\w+_)?(read|reread|written|units))|busy_hours")  # grows with the work
TOOL = re.compile(r"tool\d+_used")
LEAST_USED = 1e-6  # of a machine, so that there is one at least
CLOSE = 1e-6  # of a figure
BUSIEST = "busiest"


@dataclass(frozen=True)
class Case:
    """A column: the case as entered, or one in which a driver is lower (-1) or higher (+1) by the step."""

    column: int
    driver: str = ""
    side: int = 0


def cases() -> list[Case]:
    moved = [(driver, side) for driver in MOVED for side in (-1, 1)]
    return [Case(AS_ENTERED), *(Case(AS_ENTERED + at, *each) for at, each in enumerate(moved, start=1))]


CASES = cases()


def driver_of(name: str) -> str | None:
    """Which driver moves an input of a working."""
    if BY_VOLUME.fullmatch(name):
        return "volume"
    return next((driver for driver, names in MOVED.items() if name in names), None)


@dataclass
class Option:
    """One plan: its workings, and the row of each of its figures. ``months`` is where the months are numbered."""

    writer: Writer
    inputs: Inputs
    page: str
    months: str
    plan: Data
    rows: dict[str, int] = field(default_factory=dict)
    values: dict[tuple[str, int], float] = field(default_factory=dict)

    @cached_property
    def traces(self) -> dict[str, Data]:
        """The plan's workings by figure."""
        start = f"{self.plan['key']}."
        found = self.writer.sheet.traces.items()
        return {key.removeprefix(start): trace for key, trace in found if key.startswith(start)}

    @cached_property
    def lines(self) -> dict[str, Data]:
        return {line["key"]: line for line in self.plan["lines"]}

    @property
    def horizon(self) -> int:
        return self.writer.sheet.horizon

    @cached_property
    def used(self) -> list[Data]:
        """Workings that cells are made of."""
        figures = ["machines", "energy_kwh_month", *(f"{key}.total" for key in self.lines)]
        figures += ["stopped_total"] if self.writer.states_saving else []
        return [self.traces[figure] for figure in figures if figure in self.traces]

    @cached_property
    def inputs_used(self) -> list[Input]:
        """What the formulas of these workings name, other than lines; some inputs only explain others."""
        found = []
        for trace in self.used:
            named = {node.id for node in ast.walk(ast.parse(trace["expression"])) if isinstance(node, ast.Name)}
            used = [item for item in trace["inputs"] if item["name"] in named and not self.is_line(item)]
            found += [Input(item, self.jobs_of(trace)) for item in used]
        return found

    @cached_property
    def items(self) -> dict[str, Data]:
        """What goes into them from outside the lines, by name."""
        return {each.item["name"]: each.item for each in reversed(self.inputs_used)}

    def is_line(self, item: Data) -> bool:
        """Whether an input is another line of the cost."""
        return item["name"] in self.lines and item["unit"] == self.writer.sheet.formats.currency

    def shown_inputs(self) -> list[Input]:
        """Those that stand on the page of inputs: all but what is worked out here."""
        found: dict[str, Input] = {}
        for each in self.inputs_used:
            if not worked_out(each.item["name"]):
                found.setdefault(each.item["name"], each)
        return list(found.values())

    def jobs_of(self, trace: Data) -> tuple[str, ...]:
        """The jobs a working counts: those on machines where it is about machines, else all that the plan does."""
        if trace["key"].endswith(".machines"):
            words = self.writer.sheet.words
            return tuple(words.label("job", load["job"]) for each in self.plan["machines"] for load in each["loads"])
        return tuple(self.writer.sheet.jobs_of(self.plan["key"]))

    def cell(self, name: str, case: Case) -> Term:
        """A figure of this plan in one column, as formulas on the same page write it.

        Raises:
            LookupError: the plan has none of this name.
        """
        return Term(xl_rowcol_to_cell(self.rows[name], case.column), self.values[name, case.column])

    def at(self, name: str, case: Case | None = None) -> Term:
        """The same for formulas of other pages; without a case as entered."""
        column = (case or CASES[0]).column
        return Term(Place(self.page, self.rows[name], column).cell(), self.values[name, column])

    def names(self, trace: Data, case: Case) -> dict[str, Term]:
        """The cells of a working's inputs."""
        return {
            item["name"]: self.cell(line_row(item["name"]) if self.is_line(item) else item["name"], case)
            for item in trace["inputs"]
            if self.is_line(item) or item["name"] in self.items
        }

    def figures(self) -> Iterator[tuple[str, Callable[[Case], Term]]]:
        """Every figure of the plan in an order in which each rests on those before."""
        for name in self.items:
            if not worked_out(name):
                yield name, self.plain(name)
        for name in self.items:
            if TOOL.fullmatch(name):
                yield name, self.given_back(name, self.seats_used(name))
        if "machines" in self.traces:
            yield BUSIEST, self.busiest
        makers = {"machines": self.machines, "machine_months": self.machine_months, "kwh_month": self.kwh_month}
        for name in ("machine_months", "machines", "kwh_month"):
            if name in self.items:
                yield name, self.given_back(name, makers[name])
        for key in self.lines:
            yield line_row(key), self.line(key)
        yield "cost_total", self.cost_total
        if self.writer.states_saving:
            yield "stopped_total", self.stopped_total
            yield "saving", self.saving

    def put(self, name: str, row: int, make: Callable[[Case], Term]) -> list[Term]:
        """The formulas of a figure in every column; what builds on it finds it from then on."""
        made = [make(case) for case in CASES]
        self.rows[name] = row
        self.values |= {(name, case.column): term.value for case, term in zip(CASES, made, strict=True)}
        return made

    def plain(self, name: str) -> Callable[[Case], Term]:
        """An input as it goes into the formulas of a column."""
        driver = driver_of(name)

        def make(case: Case) -> Term:
            found = self.inputs.at(key_of(self.items[name]))
            if BY_VOLUME.fullmatch(name):
                found = found * self.inputs.at(VOLUME)
            return found * self.moved(case) if driver and driver == case.driver else found

        return make

    def moved(self, case: Case) -> Term:
        """What a driver's column multiplies by."""
        step = self.inputs.at(STEP)
        return number(1) + step if case.side > 0 else number(1) - step

    def given_back(self, name: str, make: Callable[[Case], Term]) -> Callable[[Case], Term]:
        """The formula, if it gives the stored figure back; else that figure."""
        stored = self.items[name]["value"]
        try:
            value = make(CASES[0]).value
        except LookupError:
            value = math.nan
        if math.isclose(value, stored, rel_tol=CLOSE, abs_tol=CLOSE):
            return make
        return lambda _case: number(stored)

    def seats_used(self, name: str) -> Callable[[Case], Term]:
        """Share of a tool's seats that are in use: people over seats, one at most, in every column as entered."""
        tools, place = self.writer.sheet.document["keep"]["tools"], int("".join(filter(str.isdigit, name))) - 1

        def make(_case: Case) -> Term:
            seats = tools[place]["people"]
            if not seats:
                raise LookupError(name)
            return call("MIN", number(1), self.inputs.at(key_of(self.items["users"])) / number(seats))

        return make

    def busiest(self, case: Case) -> Term:
        """The first month's busiest hour as a share of what one machine carries."""
        trace = self.traces["machines"]
        match ast.parse(trace["expression"], mode="eval").body:
            case ast.Call(args=[_, ast.Call(func=ast.Name(id="ceil"), args=[inner])]):
                return translated(ast.unparse(inner), self.names(trace, case))
        raise LookupError(trace["key"])

    def machines(self, case: Case) -> Term:
        """Those of the last month: what was bought stays."""
        return machines_in(number(self.horizon - 1), self.cell(BUSIEST, case), kept(self.cell("growth", case)))

    def machine_months(self, case: Case) -> Term:
        """Whole machines of each month, added up."""
        used, growth = self.cell(BUSIEST, case), self.course_of_growth(self.cell("growth", case))
        value = sum(machines_in(number(month), used, growth).value for month in range(self.horizon))
        each = machines_in(Term(f"({self.months}-1)", 0.0), used, growth)
        return Term(f"SUMPRODUCT({each.text})", value)

    def course_of_growth(self, growth: Term) -> Term:
        """Rented machines are given back where there is less work, bought ones stay."""
        return growth if "rent" in self.lines else kept(growth)

    def kwh_month(self, case: Case) -> Term:
        trace = self.traces["energy_kwh_month"]
        return translated(trace["expression"], self.names(trace, case))

    def line(self, key: str) -> Callable[[Case], Term]:
        """A line's total over the months; without a working the stored figure."""
        trace, stored = self.traces.get(f"{key}.total"), self.lines[key]["total"]["central"]
        return lambda case: translated(trace["expression"], self.names(trace, case)) if trace else number(stored)

    def cost_total(self, case: Case) -> Term:
        return total([self.cell(line_row(key), case) for key in self.lines])

    def stopped_total(self, case: Case) -> Term:
        trace = self.traces.get("stopped_total")
        if trace is None:
            return NOTHING
        found = translated(trace["expression"], self.names(trace, case))
        return found * self.moved(case) if case.driver == CURRENT_SPEND else found

    def saving(self, case: Case) -> Term:
        return self.cell("stopped_total", case) - self.cell("cost_total", case)


def kept(growth: Term) -> Term:
    return call("MAX", growth, NOTHING)


def machines_in(month: Term, busiest: Term, growth: Term) -> Term:
    """Whole machines in a month, the first being 0: one at least."""
    used = call("MAX", busiest, number(LEAST_USED)) * (number(1) + growth * month / number(MONTHS_PER_YEAR))
    return call("CEIL", used - number(ROUNDING))


def line_row(key: str) -> str:
    """A line's row; "electricity" is a price and a line."""
    return f"{key}.total"


def worked_out(name: str) -> bool:
    """Whether an input of a working follows from other inputs, in a formula of this page."""
    return name in ("machines", "machine_months", "kwh_month") or TOOL.fullmatch(name) is not None
