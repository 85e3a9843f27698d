"""When nothing fits: the one rule, or the fewest together, whose removal gives a way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from advisor.engine.answers import Connectivity, Information, Job, ProcessingLocation, Rules
from advisor.engine.demand import loads
from advisor.engine.types import Note
from advisor.engine.way_out import way_out
from tests.engine.hand_made import PRICE, firm, model, only

# One model at one host in Germany, and no machine anywhere.
HOSTED = replace(PRICE, provider="Hand Cloud", regions=("DE",), open_weights=True)
WRITER, SEARCH = model("gemma-4-26b-a4b"), model("qwen3-embedding-0-6b")


def named(job: Job = Job.WRITE_REPLY, *, writer: Any = WRITER, others: tuple[Any, ...] = (), **more: Any) -> Note:
    prices = tuple(replace(HOSTED, slug=row.slug, model=row.slug) for row in (writer, *others))
    business = firm(job, facts=only(writer, *others, prices=prices), **more)
    return way_out(business, loads(business, business.middle)[0])


def test_one_rule_in_the_way_is_named_with_its_question_and_what_it_would_bring_back() -> None:
    note = named(processing_location=ProcessingLocation.OWN_EQUIPMENT)
    assert (note.code, note.values, note.question) == ("nothing_left", {"rule": "location", "options": 1}, "Q12")


def test_two_rules_that_only_together_stand_in_the_way_are_both_named() -> None:
    note = named(processing_location=ProcessingLocation.OWN_EQUIPMENT, connectivity=Connectivity.OFFLINE)
    assert (note.code, note.question) == ("nothing_left_together", "Q12")
    assert note.values == {"rules": ["location", "offline"], "options": 1}


def test_a_rule_that_only_a_companion_breaks_is_named() -> None:
    # The writer is open source, the search model's license is not: searching documents needs both.
    bound = replace(SEARCH, license="gemma")
    note = named(Job.FIND_IN_DOCUMENTS, others=(bound,), rules=Rules(standard_licenses_only=True))
    assert note.values == {"rule": "standard_license", "options": 1}


def test_what_a_maker_broke_and_what_a_companion_broke_are_named_together() -> None:
    bound = replace(SEARCH, license="gemma")
    wanted = Rules(standard_licenses_only=True, avoid_countries=(WRITER.publisher_country or "",))
    note = named(Job.FIND_IN_DOCUMENTS, others=(bound,), rules=wanted)
    assert note.values["rules"] == ["avoid_country", "standard_license"]


def test_where_no_answer_stands_in_the_way_none_is_named() -> None:
    # A research license is lifted by its maker alone.
    research = replace(WRITER, license="cc-by-nc-4-0")
    assert named(writer=research, information=(Information.CONTROLLED,)) == Note("nothing_left")


def test_a_rule_whose_removal_brings_nothing_back_is_not_named() -> None:
    # Lifting the place would leave a model whose context is too short for the job: no way by any answer.
    short = replace(WRITER, context_tokens=10)
    assert named(writer=short, processing_location=ProcessingLocation.OWN_EQUIPMENT) == Note("nothing_left")


def test_where_the_host_cuts_the_context_short_lifting_the_place_brings_nothing_back() -> None:
    business = firm(
        processing_location=ProcessingLocation.OWN_EQUIPMENT,
        facts=only(WRITER, prices=(replace(HOSTED, model=WRITER.slug, context_tokens=10),)),
    )
    assert way_out(business, loads(business, business.middle)[0]) == Note("nothing_left")
