"""The workbook computes: as it comes it shows the engine's figures, and with an input changed those of a new run."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.wording.labels import LABELS
from advisor.engine.answers import WhatIf
from advisor.engine.recommend import recommend
from advisor.reports.spreadsheet import render_spreadsheet
from tests.reports.calculating import OFFICE, Pages, blocks, calculated, in_libreoffice, stored
from tests.samples import AS_OF, NAMES, answers, catalog, document

STAMP = datetime(2026, 11, 21, tzinfo=UTC)
CENTS = 0.03  # figures are stored to the cent, and a sum holds several
every_business = pytest.mark.parametrize("name", NAMES)

PRICE, MACHINE_PRICE = "Change of the list price (1 = as today)", "Change of the machine price (1 = as today)"
HELP = "Cost of an hour of computer help"
SET_UP_SERVER, SET_UP_HOSTED = "Hours to set up your own server", "Hours to set up a hosted service"
VOLUME, USERS, GROWTH = (
    "Work compared with your answers (100 % = as answered)",
    "People using it",
    "Work added each year",
)

# One change a business: what is tried as on the result page, and the cells that say the same in the workbook.
TRIED: dict[str, tuple[WhatIf, dict[str, float]]] = {
    "bakery": (WhatIf(users=8), {USERS: 8}),
    "clinic": (WhatIf(hourly_cost=70.0), {HELP: 70}),
    "design_firm": (WhatIf(growth=0.3), {GROWTH: 0.3}),
    "factory": (WhatIf(price=1.2), {MACHINE_PRICE: 1.2}),
    "law_office": (WhatIf(planned=(("setup_own_server", 40.0),)), {SET_UP_SERVER: 40}),
    "low_use": (WhatIf(volume=3.0), {VOLUME: 3}),
    "not_sure": (WhatIf(planned=(("setup_hosted_api", 20.0),)), {SET_UP_HOSTED: 20}),
    "software_studio": (WhatIf(price=1.5), {PRICE: 1.5, MACHINE_PRICE: 1.5}),
    "web_shop": (WhatIf(users=12), {USERS: 12}),
}


@cache
def content(name: str) -> bytes:
    return render_spreadsheet(document(name), language="en", timestamp=STAMP)


@cache
def tried(name: str, what_if: WhatIf) -> dict[str, Any]:
    """The document of a new run with the change."""
    made = recommend(answers(name), catalog(), as_of=AS_OF, what_if=what_if).to_document()
    plain: dict[str, Any] = json.loads(json.dumps(made))
    return plain


def changes(name: str, wanted: dict[str, float]) -> dict[tuple[str, str], float]:
    """The cells of the page of inputs to change."""
    page = stored(content(name))["Inputs"]
    found = {("Inputs", f"B{at}"): wanted[row[0]] for at, row in enumerate(page, start=1) if row[0] in wanted}
    assert {page[int(cell[1:]) - 1][0] for _page, cell in found} == set(wanted)
    return found


def plans(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [*made["plans"], *([made["closed_reference"]] if made["closed_reference"] else [])]


def identity(plan: dict[str, Any]) -> tuple[Any, ...]:
    """What is the same plan after a change: models, where they run, and on which machine."""
    models = tuple((model["slug"], model["role"], model["format"], tuple(model["jobs"])) for model in plan["models"])
    machines = tuple((each["device"], each["name"], each["offer"]) for each in plan["machines"])
    return plan["route"], plan["provider"], models, machines


def close(figure: float, abs: float = CENTS) -> Any:
    return pytest.approx(figure, abs=abs, rel=1e-9)


class Shown:
    """The figures a workbook shows of each plan of a document."""

    def __init__(self, pages: Pages, made: dict[str, Any]) -> None:
        names = [Sheet(made, "en").plan_name(plan) for plan in plans(made)]
        self.pages = {page: blocks(rows, names) for page, rows in pages.items()}
        self.years = {row[0]: row[1:] for row in pages["By year"]}
        self.names = names

    def agrees(self, number: int, plan: dict[str, Any], *, compares: bool, states_saving: bool) -> None:
        self._cost(number, plan)
        self._months(number, plan, states_saving=states_saving)
        if states_saving:
            self._savings(number, plan)
        if states_saving or not compares:
            self._sensitivity(number, plan, -1 if not states_saving else 1)

    def _cost(self, number: int, plan: dict[str, Any]) -> None:
        _heads, *rows = self.pages["Cost"][number]
        for row, line in zip(rows, plan["lines"], strict=False):
            found = (line["once"]["central"], line["month"]["central"], line["total"]["central"])
            assert (row[1], row[2], row[4]) == tuple(close(figure) for figure in found), line["key"]
        total = rows[len(plan["lines"])]
        assert total[1] + 36 * total[2] == close(total[4])
        assert total[4] == close(plan["cost_total"]["central"])

    def _months(self, number: int, plan: dict[str, Any], *, states_saving: bool) -> None:
        rows = list(self.pages["By month"][number])
        if rows[0][0] == "Machines":
            machines = rows.pop(0)
            ends = plan["machines"][0]["count"], plan["machines"][0]["count_at_end"]
            assert (machines[1], machines[36]) == ends
        shown = [*(line["by_month"] for line in plan["lines"]), plan["cost_by_month"]]
        if states_saving:
            shown += [plan["savings"]["stopped_by_month"], plan["savings"]["cumulative"][1:]]
        for row, months in zip(rows, shown, strict=False):
            assert list(row[1:37]) == [close(month, 0.3 if row[0].startswith("Ahead") else CENTS) for month in months]
        assert list(self.years[self.names[number]][:3]) == [close(year) for year in plan["cost_by_year"]]

    def _savings(self, number: int, plan: dict[str, Any]) -> None:
        _heads, *rows = self.pages["Savings"][number]
        found = plan["savings"]
        assert [row[2] for row in rows[:5]] == [
            close(found["stopped_total"]["central"]),
            close(plan["cost_total"]["central"]),
            close(found["total"]["central"]),
            close(found["share_of_current"], 0.0001),
            found["payback_month"] or 0,
        ]

    def _sensitivity(self, number: int, plan: dict[str, Any], sign: int) -> None:
        names = {driver["key"]: driver for driver in plan["drivers"]}
        _heads, _step, *rows = self.pages["Sensitivity"][number]
        labels = {LABELS["driver"][key]: driver for key, driver in names.items()}
        compared = 0
        for row in rows:
            if row[0] in labels:
                ends = labels[row[0]]["low_total"] * sign, labels[row[0]]["high_total"] * sign
                assert row[1:3] == (close(ends[0]), close(ends[1])), row[0]
                compared += 1
        assert compared >= len(names) - 1


def agrees(pages: Pages, first: dict[str, Any], second: dict[str, Any]) -> int:
    """Whether the workbook made of the first document shows the figures of the second; how many plans both have."""
    shown, now = Shown(pages, first), {identity(plan): plan for plan in plans(second)}
    compares, single = second["keep"]["has_baseline"], second["confidence"]["level"] != "low"
    compared = 0
    for number, plan in enumerate(plans(first)):
        if identity(plan) in now:
            shown.agrees(number, now[identity(plan)], compares=compares, states_saving=compares and single)
            compared += 1
    return compared


@every_business
def test_as_it_comes_it_shows_the_engines_figures(name: str) -> None:
    made = document(name)

    assert agrees(stored(content(name)), made, made) == len(plans(made))


@every_business
def test_its_formulas_give_the_values_it_comes_with(name: str) -> None:
    for page, rows in calculated(content(name)).items():
        for row, saved in zip(rows, stored(content(name))[page], strict=True):
            assert [cell for cell in row if cell] == [
                close(cell, 1e-6) if isinstance(cell, int | float) else cell for cell in saved if cell
            ]


@pytest.mark.parametrize(
    ("name", "what_if", "cells"),
    [
        *((name, *change) for name, change in TRIED.items()),
        ("software_studio", WhatIf(volume=1.2), {VOLUME: 1.2}),  # a machine more from the first month
        ("software_studio", WhatIf(growth=0.4), {GROWTH: 0.4}),  # machines that are bought on the way
    ],
)
def test_with_an_input_changed_it_shows_what_the_engine_works_out_anew(
    name: str, what_if: WhatIf, cells: dict[str, float]
) -> None:
    pages = calculated(content(name), changes(name, cells))

    assert agrees(pages, document(name), tried(name, what_if))


def ends_of(name: str) -> str:
    """The condition under which the ends of the page on cost are struck through."""
    book = load_workbook(io.BytesIO(content(name)))
    (rule,) = {rule.formula[0] for found in book["Cost"].conditional_formatting for rule in found.rules}
    return str(rule)


@pytest.mark.parametrize("name", ["law_office", "bakery"])
def test_ends_are_struck_through_once_an_input_is_changed(name: str) -> None:
    changed = changes(name, TRIED[name][1])
    label = "Inputs that are no longer as advised (above 0: low and high ends do not hold any more)"

    def shown(pages: Pages) -> dict[str, Any]:
        return {page: row[1] for page in ("Inputs", "Cost") for row in pages[page] if row[0] == label}

    assert shown(calculated(content(name))) == {"Inputs": 0, "Cost": 0}
    assert shown(calculated(content(name), changed)) == {"Inputs": len(changed), "Cost": len(changed)}
    row = next(at for at, row in enumerate(stored(content(name))["Cost"], start=1) if row[0] == label)
    assert ends_of(name) == f"$B${row}>0"


def test_the_workbook_says_what_it_keeps_of_machines() -> None:
    said = "how much a machine does at once; this workbook keeps it"

    assert said in str(stored(content("law_office"))["Inputs"])
    assert said not in str(stored(content("bakery"))["Inputs"])


@pytest.mark.skipif(
    OFFICE is None or "OFFICE_TESTS" not in os.environ,
    reason="set OFFICE_TESTS=1 where LibreOffice (soffice) is installed",
)
def test_libreoffice_works_out_the_same(tmp_path: Path) -> None:
    asked: dict[str, tuple[bytes, Mapping[tuple[str, str], float]]] = {}
    for name in NAMES:
        asked |= {name: (content(name), {}), f"{name}-changed": (content(name), changes(name, TRIED[name][1]))}

    answered = in_libreoffice(asked, tmp_path)

    for name in NAMES:
        assert agrees(answered[name], document(name), document(name)) == len(plans(document(name)))
        assert agrees(answered[f"{name}-changed"], document(name), tried(name, TRIED[name][0]))
