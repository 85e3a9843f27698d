"""Section "Assumptions, method and sources": how each figure was worked out, so that it can be done again by hand."""

from __future__ import annotations

import json
from typing import Any

from advisor.assessments.presentation import present
from advisor.assessments.presentation.sheet import Sheet
from advisor.reports.content.reader import Edition, Reader
from advisor.reports.content.workings import how_calculated
from tests.recommendations import STATES
from tests.reports.sample import ANSWERS, CATALOG, MOMENT


def shown(state: str = "saves") -> list[dict[str, Any]]:
    document = json.loads(json.dumps(STATES[state]().to_document()))
    edition = Edition("en", "a4", MOMENT, "R-261121-7F3KQM")
    made = Reader(Sheet(document, "en"), present(document, language="en"), ANSWERS, edition, CATALOG)
    return [block for block in how_calculated(made) if block["kind"] == "working"]


def test_every_working_of_the_plan_and_of_today_is_there_and_no_other() -> None:
    document = STATES["saves"]().to_document()
    owners = {"keep", document["plans"][0]["key"]}
    theirs = [trace for trace in document["traces"] if trace["key"].partition(".")[0] in owners]

    assert theirs
    assert len(shown()) == len(theirs)


def test_each_input_stands_in_the_line_of_figures_or_below_with_where_it_comes_from() -> None:
    for block in shown():
        assert block["formula"]
        assert block["figures"].startswith("= ") or block["rows"]
        assert all(value for _label, value in block["rows"])


def test_what_rests_on_a_source_names_it() -> None:
    rows = [value for block in shown() for _label, value in block["rows"]]

    assert any("[1]" in value for value in rows)
