"""Every code the engine can return has words, and the words take every value the engine gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from advisor.assessments.presentation import present
from advisor.assessments.presentation.money import effect_of
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.wording import UnknownWording, Words
from advisor.assessments.wording.labels import LABELS
from advisor.assessments.wording.notes import DETAILED, SENTENCES, WITHOUT_FIGURE
from advisor.assessments.wording.words import license_name, machine_name, machines
from advisor.assessments.wording.workings import FIGURES, INPUTS, job_input, rate_input, tool_input
from advisor.catalog.services import shipped_catalog
from advisor.catalog.suppliers import SUPPLIERS
from advisor.engine.types import Grade, Route, Rule, Verdict
from advisor.web.formats import Formats
from tests import samples
from tests.recommendations import STATES

ENGINE = Path(__file__).parents[2] / "advisor" / "engine"
WORDS = Words(Formats("en", "EUR"))


def documents() -> Iterator[dict[str, Any]]:
    yield from (make().to_document() for make in STATES.values())
    yield from (samples.recommendation(name).to_document() for name in samples.NAMES)


def notes_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every coded note anywhere in a document."""
    if isinstance(value, dict):
        if set(value) == {"code", "values", "question"}:
            yield value
        for part in value.values():
            yield from notes_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from notes_in(part)


def test_every_note_the_engine_can_write_has_a_sentence() -> None:
    written = {
        node.args[0].value
        for path in ENGINE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Note"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert len(written) > 10
    assert written <= set(SENTENCES)


def test_every_note_of_the_samples_is_a_whole_sentence() -> None:
    for document in documents():
        words = Sheet(document, "en").words
        for note in notes_in(document):
            values = {"horizon": document["horizon_months"], **note["values"]}
            assert words.compose(note["code"], values).endswith((".", "!", "?")), note


def test_every_rule_has_a_name_a_reason_and_a_way_back() -> None:
    for rule in Rule:
        assert rule in LABELS["rule"]
        assert WORDS.compose(rule, {})
        assert WORDS.compose(f"lift_{rule}", {})


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("verdict", Verdict),
        ("route", Route),
        ("route_inline", Route),
        ("route_explained", Route),
        ("run_by", Route),
        ("grade", Grade),
    ],
)
def test_every_member_has_a_label(kind: str, codes: Any) -> None:
    assert {str(code) for code in codes} <= set(LABELS[kind])


def test_every_label_the_samples_need_is_written() -> None:
    for document in documents():
        for kind, code in labels_needed(document):
            assert code in LABELS[kind], (kind, code)


def labels_needed(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    plans = [*document["plans"], *([document["closed_reference"]] if document["closed_reference"] else [])]
    for plan in plans:
        yield "data_location", plan["data_location"]
        yield from (("plan_label", label) for label in plan["labels"])
        yield from (("cost_line", line["key"]) for line in plan["lines"])
        for rung in plan["adaptation"]:
            yield from ((kind, rung["step"]) for kind in ("adaptation", "adaptation_explained"))
        yield from (("driver", driver["key"]) for driver in plan["drivers"])
        for model in plan["models"]:
            yield "role", model["role"]
            yield from (("license_grant", grant) for grant in model["license"]["may"])
            if model["openness_class"]:
                yield "openness", model["openness_class"]
    yield from (("job", each["job"]) for each in document["demand"])
    yield from (("flip", flip["key"]) for flip in document["flips"])
    yield from (("assumption", item["key"]) for item in document["assumptions"])
    yield from (("question", item["question"]) for item in document["assumptions"])
    yield from (("question", question) for question in document["confidence"]["improve"])
    for item in document["assumptions"]:
        if isinstance(item["central"], str) and item["key"] != "people_decisions":
            yield from (("choice", part) for part in item["central"].split(","))


def test_every_input_and_figure_of_the_samples_has_a_name() -> None:
    for document in documents():
        for trace in document["traces"]:
            figure = trace["key"].partition(".")[2]
            assert figure in FIGURES or figure.removesuffix(".total") in LABELS["cost_line"], trace["key"]
            for item in trace["inputs"]:
                name = item["name"]
                counted = job_input(name) or tool_input(name) or rate_input(name)
                assert name in INPUTS or name in LABELS["cost_line"] or counted, name


def test_every_code_of_the_shipped_catalog_has_a_label() -> None:
    catalog = shipped_catalog()

    assert {card.topic for card in catalog.law_cards} <= set(LABELS["law_topic"])
    assert {card.status for card in catalog.law_cards} <= set(LABELS["law_status"])
    assert {card.who for card in catalog.law_cards} <= set(LABELS["law_who"])
    assert {claim.status for claim in catalog.claims} <= set(LABELS["claim_status"])
    assert {row.openness_class for row in catalog.ecosystem} <= set(LABELS["openness"])
    short = {price.provider for price in catalog.api_prices if price.provider == price.provider.lower()}
    assert short <= set(SUPPLIERS)


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_no_code_reaches_the_reader(language: str) -> None:
    for document in documents():
        shown = present(document, language=language)
        for text in texts_of(shown):
            assert "_" not in text.replace("hf_", ""), text


def test_every_step_says_what_it_asks_for_or_why_it_cannot_be_done() -> None:
    for document in documents():
        for plan in document["plans"]:
            for rung in plan["adaptation"]:
                notes = [*rung["needs"], *([rung["obstacle"]] if rung["obstacle"] else [])]
                assert notes
                assert all(WORDS.compose(note["code"], note["values"]).endswith(".") for note in notes)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tool1_stops", "share of it that would stop (Chat seats)"),
        ("tool2_idle", "seats nobody uses, a month (tool 2)"),
        ("tool1_moon", "tool1 moon"),
    ],
)
def test_inputs_counted_by_tool_name_the_tool(name: str, words: str) -> None:
    assert WORDS.input_name(name, tools=["Chat seats"]) == words


def test_a_rate_names_its_currencies() -> None:
    assert WORDS.input_name("rate_usd") == "exchange rate of USD"
    assert WORDS.quantity(0.895, "EUR for one USD") == "0.895 EUR for one USD"


def test_money_of_another_country_keeps_its_currency() -> None:
    assert WORDS.quantity(0.4, "USD/1m_tokens") == "$0.40 per million word pieces"
    assert WORDS.amount(0.4, "USD/1m_tokens") == "$0.40"


def texts_of(value: Any, key: str = "") -> Iterator[str]:
    """Sentences and labels of a presentation; keys, addresses, names of sources, fields and drawings are no wording."""
    skipped = {"key", "code", "slug", "route", "verdict", "wide", "narrow", "link", "source", "name", "tone", "level"}
    skipped |= {"rule", "catalog_hash", "claim", "examples", "raw", "lift", "models", "try_with"}
    if key in skipped:
        return
    if isinstance(value, dict):
        for name, part in value.items():
            yield from texts_of(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part, key)
    elif isinstance(value, str):
        yield value


def test_an_unknown_code_is_an_error_here_and_readable_on_the_page() -> None:
    with pytest.raises(UnknownWording):
        WORDS.compose("brand_new_reason", {})
    with pytest.raises(UnknownWording):
        WORDS.compose("saves", {})

    assert WORDS.note({"code": "brand_new_reason", "values": {}}) == "Brand new reason"
    assert WORDS.label("route", "quantum_fog") == "Quantum fog"


def test_sentences_with_more_detail_replace_only_known_ones() -> None:
    assert set(DETAILED) <= set(SENTENCES)
    assert set(WITHOUT_FIGURE) <= set(SENTENCES)


def test_a_note_without_its_details_falls_back_to_the_general_sentence() -> None:
    assert WORDS.compose("lift_memory", {"needed": None, "usable": None}) == "A machine with more memory."
    assert "71.5 GB" in WORDS.compose("lift_memory", {"needed": 71.5, "usable": 46})


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (2.0, 9.5, "frees 2 to 9.5 hours a month"),
        (-70.1, 88.6, "between 70.1 hours more work and 88.6 hours freed a month"),
        (-9.5, -2.0, "takes 2 to 9.5 hours a month more"),
    ],
)
def test_hours_below_zero_are_said_to_be_more_work(low: float, high: float, said: str) -> None:
    sheet = Sheet(samples.recommendation("bakery").to_document(), "en")

    assert effect_of(sheet, {"low": low, "high": high}) == said


def test_what_stands_for_a_license_speaks_the_readers_language_and_a_license_keeps_its_name() -> None:
    with override("de"):
        assert license_name({"slug": "service-terms", "name": "x"}) == "Nutzungsbedingungen des Anbieters"
        assert license_name({"slug": "mit", "name": "MIT License"}) == "MIT License"


@pytest.mark.parametrize(
    ("count", "name", "said"),
    [
        (3, "Alder Pro 48 GB", "3 × Alder Pro 48 GB"),
        (1, "2 x Alder Pro 48 GB", "2 × Alder Pro 48 GB"),
        (3, "2 x Alder Pro 48 GB", "3 machines with 2 × Alder Pro 48 GB each"),
    ],
)
def test_a_machine_with_several_cards_is_counted_by_its_cards(count: int, name: str, said: str) -> None:
    assert machines(count, name) == said
    assert WORDS.compose("machine_needed", {"count": count, "name": name}) == f"Needs {said}."


def test_a_machine_named_alone_has_the_same_sign_between_number_and_card() -> None:
    assert machine_name("2 x Alder Pro 48 GB") == "2 × Alder Pro 48 GB"
    assert machine_name("Alder Pro 48 GB") == "Alder Pro 48 GB"
