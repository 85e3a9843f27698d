"""Results of one assessment side by side: first the answers that differ, then what they led to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from advisor.assessments.context import QuestionContext
from advisor.assessments.models import Result
from advisor.assessments.presentation.answer import confidence
from advisor.assessments.presentation.money import payback
from advisor.assessments.presentation.sheet import Sheet
from advisor.assessments.questions import PAGES
from advisor.assessments.summaries import summary
from advisor.assessments.wording.labels import LABELS
from advisor.catalog.services import engine_catalog
from advisor.web.formats import Formats
from advisor.web.typography import continued


@dataclass(frozen=True)
class Scenario:
    """One stored result: its title, its document before the reader, and the answers it was made from."""

    title: str
    sheet: Sheet
    context: QuestionContext
    catalog_number: int


def scenario_of(result: Result, *, language: str, title: str = "") -> Scenario:
    """A stored result before a reader of this language; ``title`` tells it from others it stands beside."""
    context = QuestionContext(
        answers=result.answers,
        catalog=engine_catalog(result.catalog_version),
        language=language,
        today=result.as_of,
    )
    sheet = Sheet(result.recommendation, language)
    return Scenario(title, sheet, context, result.catalog_version.number)


def titles_of(results: Iterable[Result], *, language: str) -> dict[UUID, str]:
    """When each result was made, by its public id; those of one minute are numbered, the earliest first."""
    moment = Formats(language, "").moment
    in_order = sorted(results, key=lambda each: each.created_at)
    made = {each.public_id: moment(timezone.localtime(each.created_at)) for each in in_order}
    often, seen, titles = Counter(made.values()), Counter[str](), {}
    for key, title in made.items():
        seen[title] += 1
        number = _("result %(number)s") % {"number": seen[title]}
        titles[key] = continued(title, number) if often[title] > 1 else title
    return titles


@dataclass(frozen=True)
class Row:
    """One line of the comparison: a cell for each scenario, with its title and its lines of text."""

    label: str
    cells: list[tuple[str, list[str]]]


def differing_answers(scenarios: Sequence[Scenario]) -> list[Row]:
    """The questions whose answers are not the same everywhere, in the order they are asked."""
    rows = []
    for page in PAGES:
        if page.part_of is None:
            texts = [summary(page.key, scenario.context) or [_("Not answered")] for scenario in scenarios]
            if any(text != texts[0] for text in texts):
                titles = [scenario.title for scenario in scenarios]
                rows.append(Row(str(LABELS["question"][page.key]), list(zip(titles, texts, strict=True))))
    return rows


def outcomes(scenarios: Sequence[Scenario]) -> list[Row]:
    """What each result says, every figure as on its own page."""
    return [Row(label, [(scenario.title, line(scenario)) for scenario in scenarios]) for label, line in _lines()]


def _lines() -> list[tuple[str, Callable[[Scenario], list[str]]]]:
    return [
        (pgettext("what a result says", "Answer"), _verdict),
        (_("Closest option"), _option),
        (_("What it costs in all"), _cost),
        (_("Compared with today"), _saving),
        (_("What you pay now, in all"), _today),
        (_("When it pays back"), _payback),
        (_("How sure this is"), lambda each: [confidence(each.sheet)["label"]]),
        (_("Version of the facts"), lambda each: [each.sheet.formats.number(each.catalog_number)]),
    ]


def _verdict(scenario: Scenario) -> list[str]:
    return [scenario.sheet.words.label("verdict", scenario.sheet.verdict)]


def _option(scenario: Scenario) -> list[str]:
    plan = scenario.sheet.main_plan
    return [scenario.sheet.plan_name(plan)] if plan else [pgettext("option", "None")]


def _cost(scenario: Scenario) -> list[str]:
    plan = scenario.sheet.main_plan
    if plan is None:
        return ["–"]
    cost = scenario.sheet.money(plan["cost_total"])
    return [cost["range"], _("most likely about %(amount)s") % {"amount": cost["middle"]}]


def _saving(scenario: Scenario) -> list[str]:
    plan = scenario.sheet.main_plan
    saving = scenario.sheet.saving(plan) if plan else None
    if saving is None:
        return ["–"]
    return [text for text in (saving["middle"], saving["range"]) if text]


def _payback(scenario: Scenario) -> list[str]:
    plan = scenario.sheet.main_plan
    return [payback(scenario.sheet, plan)] if plan else ["–"]


def _today(scenario: Scenario) -> list[str]:
    keep = scenario.sheet.document["keep"]
    return [scenario.sheet.formats.money(keep["total"])] if keep["has_baseline"] else ["–"]
