"""What is said beside a plan, and when the advice is to wait."""

from dataclasses import replace

import numpy as np
import pytest

from advisor.engine import demand
from advisor.engine.answers import CurrentTool, DocumentCount, DocumentShape, Job, WouldStop
from advisor.engine.catalog import PriceChange
from advisor.engine.companions import Helper
from advisor.engine.cost import over_budget
from advisor.engine.notes import minuses, pluses
from advisor.engine.recommend import recommend
from advisor.engine.ruled_out import warnings
from advisor.engine.setup import Setup
from advisor.engine.types import Route
from advisor.engine.way_out import way_out
from advisor.engine.working import Line, Working
from tests.engine.hand_made import HOST, PRICE, firm, hosted_candidate, model, only
from tests.samples import AS_OF, catalog

TOOL = CurrentTool("Chat seats", 10, 60.0, None, WouldStop.YES)


def codes(notes) -> set[str]:
    return {note.code for note in notes}


def line(month: float) -> Line:
    nothing = np.zeros(1)
    return Line("usage", 36, nothing, np.array([month]), nothing, nothing, nothing, "month", ())


def test_not_more_than_now_is_a_budget() -> None:
    # 100 a month against 60 paid today: 40 too much. Against 100 paid today: within.
    now = {"budget_month_as_now": True}
    (note,) = over_budget((line(100.0),), firm(current_tools=(TOOL,), **now))
    assert note.values == {"gap": 40.0, "per": "month"}
    assert over_budget((line(100.0),), firm(current_tools=(replace(TOOL, price_month=100.0),), **now)) == ()


def test_who_pays_nothing_and_cannot_afford_it_is_told_to_wait() -> None:
    poor = replace(firm().answers, current_tools=(), budget_month=0.01, budget_once=0.01)
    made = recommend(poor, catalog(), as_of=AS_OF)
    assert made.verdict == "not_yet"
    assert made.reasons[0].code == "budget_gap"


@pytest.mark.parametrize(
    ("budget", "question", "per"), [("budget_once", "Q19", "once"), ("budget_month", "Q20", "month")]
)
def test_what_is_over_budget_leads_to_the_question_of_that_budget(budget: str, question: str, per: str) -> None:
    poor = replace(firm().answers, budget_once=None, budget_month=None)
    (row,) = (row for row in recommend(replace(poor, **{budget: 0.01}), catalog(), as_of=AS_OF).ruled_out
              if row.rule == "budget")  # fmt: skip
    assert row.lift.values["per"] == per
    assert (row.question, row.lift.question) == (question, question)


def test_a_rented_machine_has_a_fixed_price() -> None:
    business = firm()
    rented = hosted_candidate()
    rented = replace(rented, place=replace(rented.place, route=Route.RENTED_SERVER))
    loads = demand.loads(business, business.middle)
    assert "fixed_monthly" in codes(pluses(Setup((rented,)), business, loads))
    assert "fixed_monthly" not in codes(pluses(Setup((hosted_candidate(),)), business, loads))


def test_a_job_nothing_covers_is_named_first() -> None:
    business = firm()
    loads = demand.loads(business, business.middle)
    notes = minuses(Setup((hosted_candidate(),), (Job.TRANSLATE,)), business, loads)
    assert (notes[0].code, notes[0].values) == ("jobs_uncovered", {"jobs": ["translate"]})


@pytest.mark.parametrize(("documents", "said"), [(DocumentCount.UNDER_1000, False), (DocumentCount.OVER_100000, True)])
def test_a_first_index_that_takes_more_than_a_weekend_is_said(documents: DocumentCount, said: bool) -> None:
    # 200,000 documents x 4 pages, all scans, read on a computer that needs a quarter of a second and more for a page.
    business = firm(Job.FIND_IN_DOCUMENTS, document_count=documents, document_shapes=(DocumentShape.SCANS,))
    helpers = (Helper("embedding", model("bge-m3"), None, 2.0), Helper("ocr", model("glm-ocr"), None, 4.0))
    setup = Setup((replace(hosted_candidate(Job.FIND_IN_DOCUMENTS), helpers=helpers),))
    notes = minuses(setup, business, demand.loads(business, business.factors))
    assert ("index_takes_long" in codes(notes)) is said


def test_when_no_rule_explains_it_none_is_named() -> None:
    business = firm(facts=only())
    note = way_out(business, demand.loads(business, business.middle)[0])
    assert (note.code, note.values) == ("nothing_left", {})


def test_an_announced_price_change_is_said() -> None:
    changing = replace(PRICE, scheduled_changes=(PriceChange(from_date="2027-01-01", input=4.0),))
    setup = Setup((replace(hosted_candidate(), price=changing),))
    (note,) = [note for note in warnings(firm(), [setup], ()) if note.code == "price_change_announced"]
    assert note.values == {"when": "2027-01-01", "model": "hand"}


def test_an_input_used_twice_is_listed_once() -> None:
    business = firm()
    work = Working(business, business.middle)
    work.use("price")
    work.use("price")
    assert [item.name for item in work.inputs] == ["price"]


def test_a_provider_in_the_country_keeps_the_data_there() -> None:
    business = firm()
    loads = demand.loads(business, business.middle)
    assert HOST.regions == ("DE",)
    assert "data_in_region" in codes(pluses(Setup((hosted_candidate(),)), business, loads))
