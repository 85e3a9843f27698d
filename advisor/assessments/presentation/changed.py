"""What changed between two results of one assessment: the advice, figure by figure with what moved it, the answers.

Reads the two stored documents and nothing else. What moved a figure are the inputs of its working that differ; how far
each moved it is the earlier working with that one input put in the place of its earlier value.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from advisor.assessments.expressions import worked_out
from advisor.assessments.presentation.scenarios import Row, Scenario, differing_answers
from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.presentation.workings import link
from advisor.assessments.wording.words import is_question, source_in_words
from advisor.web.typography import aside, labeled, series

SAME = 1e-9  # of an input
WHOLE = 0.5  # smaller differences of money are not shown: figures read the same
FEW = 3  # of what moved a figure most, as a result page tells it


@dataclass(frozen=True)
class Mover:
    """An input that differs, in words, and how far it moved the figure; None where that cannot be told.

    ``follows``: it is itself a figure that is told elsewhere, such as a line that the reserve is a share of.
    """

    text: str
    effect: float | None
    follows: bool = False
    said: str = ""  # the same without the effect and where it comes from
    origin: str = ""


@dataclass(frozen=True)
class Moved:
    """One figure of both results in words. ``movers`` is what moved it, the most first."""

    label: str
    before: str
    after: str
    change: str
    movers: tuple[Mover, ...] = ()


@dataclass(frozen=True)
class Changed:
    """``since`` is the day of the earlier result. ``same_setup`` compares the set-up advised then on both days, where
    now another is advised but that one is still among the options."""

    since: str
    is_other_advice: bool
    advice: str
    figures: tuple[Moved, ...]
    same_setup: str
    lines: tuple[Moved, ...]
    answers: tuple[Row, ...]
    catalogs: tuple[str, str]
    most: tuple[str, ...]  # what moved the cost most, over all lines


def changed(before: Scenario, now: Scenario) -> Changed | None:
    """What changed from one result to a later one; None where they say the same."""
    old, new = before.sheet, now.sheet
    answers = tuple(differing_answers([before, now]))
    other, advice = _advice(old, new)
    comparable = old.formats.currency == new.formats.currency
    name, lines = _lines(old, new) if comparable else ("", ())
    figures = tuple(_figures(old, new, () if name else lines)) if comparable else ()
    if not (other or figures or lines or answers):
        return None
    return Changed(
        since=new.formats.day(old.document["as_of"]),
        is_other_advice=other,
        advice=advice,
        figures=figures,
        same_setup=name,
        lines=lines,
        answers=answers,
        catalogs=(new.formats.number(before.catalog_number), new.formats.number(now.catalog_number)),
        most=tuple(_most(new, lines)),
    )


def _most(sheet: Sheet, lines: tuple[Moved, ...]) -> list[str]:
    """The inputs that moved the lines most, each once with what it did to all of them."""
    effects: dict[tuple[str, str], float] = {}
    for mover in (mover for line in lines for mover in line.movers if not mover.follows):
        key = (mover.said, mover.origin)
        effects[key] = effects.get(key, 0.0) + (mover.effect or 0.0)
    ordered = sorted(effects.items(), key=lambda each: -abs(each[1]))[:FEW]
    return [_with_effect(sheet, said, origin, effect) for (said, origin), effect in ordered]


def setup(plan: Data) -> tuple[Any, ...]:
    """What makes it the same set-up on another day: models and where they run."""
    return (
        plan["route"],
        plan["routed"],
        plan["provider"],
        tuple((model["slug"], model["role"]) for model in plan["models"]),
        tuple(machine["name"] for machine in plan["machines"]),
    )


def _advice(old: Sheet, new: Sheet) -> tuple[bool, str]:
    """Whether the advice is another, and the sentence that says so."""
    verdicts = [sheet.words.label("verdict", sheet.verdict) for sheet in (old, new)]
    plans = [sheet.main_plan for sheet in (old, new)]
    names = [sheet.plan_name(plan) if plan else "" for sheet, plan in zip((old, new), plans, strict=True)]
    if old.verdict != new.verdict:
        return True, _("The advice has changed from “%(before)s” to “%(after)s”.") % {
            "before": verdicts[0],
            "after": verdicts[1],
        }
    if [setup(plan) if plan else None for plan in plans[:1]] != [setup(plan) if plan else None for plan in plans[1:]]:
        return True, _(
            "The advice is still “%(verdict)s”, but the best option is another: %(after)s, before %(before)s."
        ) % {
            "verdict": verdicts[1],
            "after": names[1] or _("none"),
            "before": names[0] or _("none"),
        }
    return False, _("The advice has not changed: “%(verdict)s”.") % {"verdict": verdicts[1]}


def _figures(old: Sheet, new: Sheet, lines: tuple[Moved, ...]) -> Iterator[Moved]:
    """The headline figures of what was advised then and is advised now; the cost moves with its lines."""
    before, after = old.main_plan, new.main_plan
    if before is None or after is None:
        return
    one, other = (plan["cost_total"]["central"] for plan in (before, after))
    if abs(other - one) >= WHOLE:
        parts = tuple(Mover(labeled(line.label, line.change), None, follows=True) for line in lines)
        yield Moved(_("What it costs in all"), *_both(new, one, other), parts)
    if old.has_baseline and new.has_baseline and old.single_figures and new.single_figures:
        yield from _comparison(old, new, before, after)


def _both(sheet: Sheet, one: float, other: float) -> tuple[str, str, str]:
    """Before, after and the change."""
    return sheet.formats.money(one), sheet.formats.money(other), _signed(sheet, other - one)


def _comparison(old: Sheet, new: Sheet, before: Data, after: Data) -> Iterator[Moved]:
    one, other = (plan["savings"]["stopped_total"]["central"] for plan in (before, after))
    if abs(other - one) >= WHOLE:
        same = setup(before) == setup(after)
        movers = _moved_by(old, new, before, after, "stopped_total") if same else ()
        yield Moved(_("Spending that stops"), *_both(new, one, other), movers)
    one, other = (plan["savings"]["total"]["central"] for plan in (before, after))
    if abs(other - one) >= WHOLE:
        yield Moved(_("Compared with today"), old.difference(one), new.difference(other), _signed(new, other - one))
    months = [plan["savings"]["payback_month"] for plan in (before, after)]
    if months[0] != months[1]:
        shown = [_("month %(month)s") % {"month": new.formats.number(month)} if month else _("not in the time counted")
                 for month in months]  # fmt: skip
        yield Moved(_("When it pays back"), shown[0], shown[1], "")


def _lines(old: Sheet, new: Sheet) -> tuple[str, tuple[Moved, ...]]:
    """Line by line for the set-up advised now, or else for the one advised then, with its name."""
    now, then = new.main_plan, old.main_plan
    for plan, name in ((now, ""), (then, old.plan_name(then) if then else "")):
        pair = [_found(sheet, plan) for sheet in (old, new)]
        if pair[0] and pair[1]:
            return name, tuple(_line_by_line(old, new, pair[0], pair[1]))
    return "", ()


def _found(sheet: Sheet, plan: Data | None) -> Data | None:
    return next((each for each in sheet.all_plans if plan and setup(each) == setup(plan)), None)


def _line_by_line(old: Sheet, new: Sheet, before: Data, after: Data) -> Iterator[Moved]:
    lines = {line["key"]: [0.0, 0.0] for plan in (before, after) for line in plan["lines"]}
    for place, plan in enumerate((before, after)):
        for line in plan["lines"]:
            lines[line["key"]][place] = line["total"]["central"]
    for key, (one, other) in lines.items():
        if abs(other - one) >= WHOLE:
            movers = _moved_by(old, new, before, after, f"{key}.total")
            yield Moved(new.words.label("cost_line", key), *_both(new, one, other), movers)


def _moved_by(old: Sheet, new: Sheet, before: Data, after: Data, figure: str) -> tuple[Mover, ...]:
    traces = [sheet.traces.get(f"{plan['key']}.{figure}") for sheet, plan in ((old, before), (new, after))]
    return _movers(new, traces[0], traces[1], after) if traces[0] and traces[1] else ()


def _movers(new: Sheet, before: Data, after: Data, plan: Data) -> tuple[Mover, ...]:
    """The inputs of a working that differ, those that moved it most first; those that hardly did are left out."""
    lines = {line["key"] for line in plan["lines"]}
    known = {item["name"]: item for item in before["inputs"]}
    found = []
    for item in after["inputs"]:
        was = known.get(item["name"])
        if was is None or not math.isclose(was["value"], item["value"], rel_tol=SAME):
            effect = _effect(before, item) if was and before["expression"] == after["expression"] else None
            follows = item["name"] in lines and item["unit"] == new.formats.currency
            said, origin = _told(new, was, item, plan)
            found.append(Mover(_with_effect(new, said, origin, effect), effect, follows, said, origin))
    ordered = sorted(found, key=lambda each: -abs(each.effect or 0.0))
    return tuple(each for place, each in enumerate(ordered) if place == 0 or abs(each.effect or WHOLE) >= WHOLE)


def _effect(before: Data, item: Data) -> float | None:
    """What the earlier working would have given with this input alone as it is now."""
    values = {each["name"]: each["value"] for each in before["inputs"]}
    try:
        return worked_out(before["expression"], values | {item["name"]: item["value"]}) - float(before["value"])
    except (ArithmeticError, LookupError):
        return None


def _told(sheet: Sheet, was: Data | None, item: Data, plan: Data) -> tuple[str, str]:
    """ "Price of text read: $0.10 per million, before $0.15", and "sample.example; November 2026"."""
    words = sheet.words
    name = words.input_name(item["name"], item["unit"], sheet.jobs_of(plan["key"]), sheet.tools)
    now = words.quantity(item["value"], item["unit"])
    if was is not None:
        now = _("%(now)s, before %(before)s") % {"now": now, "before": words.quantity(was["value"], was["unit"])}
    question = item["question"] or (item["source"] if is_question(item["source"]) else None)
    origin = [_("your answer")] if question else [_source(item["source"]), sheet.formats.day(item["as_of"])]
    return labeled(name[:1].upper() + name[1:], now), series(part for part in origin if part)


def _with_effect(sheet: Sheet, said: str, origin: str, effect: float | None) -> str:
    moved = _signed(sheet, effect) if effect is not None and abs(effect) >= WHOLE else ""
    return aside(said, series(part for part in (moved, origin) if part))


def _source(source: str | None) -> str:
    """A source in a few words: of an address the site."""
    return urlsplit(source).hostname or "" if source and link(source) else source_in_words(source)


def _signed(sheet: Sheet, amount: float) -> str:
    """ "+€120", "−€80"."""
    return f"+{sheet.formats.money(amount)}" if amount > 0 else sheet.formats.money(amount)
