"""Section 10: the register of risks, the gravest first, and what others found.

Likelihood and effect are assumed: our own judgment from answers and result in three steps, never a measurement.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from advisor.assessments.wording.steps import ROLES
from advisor.engine.answers import ErrorHarm, Information, ItSupport, Readiness
from advisor.engine.types import Route
from advisor.reports.content.blocks import Block, Column, group, section, table, text
from advisor.reports.content.others import others
from advisor.reports.content.reader import Data, Reader


class Level(IntEnum):
    LOW = 1
    MEDIUM = 2
    HIGH = 3


Levels = Mapping[str, Level]
Risk = tuple[str, Level, Level, str, str]  # name, likelihood, effect, role that owns it, action

BY_USE = {Route.HOSTED_API, Route.CLOSED_API}
OF_ONES_OWN = {Route.OWN_SERVER, Route.STAFF_COMPUTERS}
GRAVE = {Information.SENSITIVE, Information.PAYMENT, Information.SECRETS, Information.CONTROLLED}
WELL_KNOWN = {"measured", "independent"}  # grades of evidence that is not the maker's own
# How far the high cost may lie above the central one, as a share of it.
MUCH_DEARER, DEARER = 0.5, 0.2
# Points out of 100 for the freedom to switch.
EASY_TO_SWITCH, HARD_TO_SWITCH = 67, 34


def risks(reader: Reader) -> Block:
    found = sorted(register(reader), key=lambda risk: -(risk[1] * risk[2]))
    columns = [
        Column(_("Risk"), share=1.5),
        Column(_("Likelihood")),
        Column(_("Effect")),
        Column(_("Who watches it"), share=1.3),
        Column(_("What to do"), share=3),
    ]
    rows = [
        [name, _level(likely), _level(effect), str(ROLES[role]), action] for name, likely, effect, role, action in found
    ]
    said = _(
        "Likelihood and effect are our own judgment from your answers and this result, the gravest first. "
        "Nothing here was measured, and none of it is in the amounts."
    )
    return section(
        _("Risks, and what others found"), [group(_("Register"), [text(said)]), table(columns, rows), *others(reader)]
    )


def register(reader: Reader) -> list[Risk]:
    plan = reader.main
    return [*(_of_plan(reader, plan) if plan is not None else ()), _without_rules(reader)]


def _of_plan(reader: Reader, plan: Data) -> list[Risk]:
    return [
        _wrong_answers(reader, plan),
        _leak(reader, plan),
        _withdrawn(plan),
        _key_person(reader, plan),
        _dearer(plan),
    ]


def _wrong_answers(reader: Reader, plan: Data) -> Risk:
    evidence = [row["grade"] for model in plan["models"] for row in model["evidence"]]
    likely = Level.MEDIUM if evidence and all(grade in WELL_KNOWN for grade in evidence) else Level.HIGH
    effect: Levels = {ErrorHarm.CHECKED: Level.LOW, ErrorHarm.HARM: Level.HIGH}
    return (
        _("Wrong or made-up answers"),
        likely,
        effect.get(reader.answers.get("error_harm") or "", Level.MEDIUM),
        "checker" if reader.document["human_check"] else "lead",
        _("Do the ten tasks before you pay, and again after each change. A person checks what leaves the house."),
    )


def _leak(reader: Reader, plan: Data) -> Risk:
    likely: Levels = {"own_equipment": Level.LOW, "country": Level.MEDIUM, "region": Level.MEDIUM}
    return (
        _("Information reaches strangers"),
        likely.get(plan["data_location"], Level.HIGH),
        _harm_of_leak(reader),
        "computers",
        _("Close the machine to everybody but your own people, keep it up to date, and test that from outside.")
        if plan["route"] in OF_ONES_OWN
        else _("Sign the contract on processing, switch training on your data off, and enter no more than is needed."),
    )


def _harm_of_leak(reader: Reader) -> Level:
    kinds = set(reader.answers.get("information") or ())
    if kinds & GRAVE:
        return Level.HIGH
    return Level.LOW if kinds and kinds <= {Information.PUBLIC} else Level.MEDIUM


def _withdrawn(plan: Data) -> Risk:
    points = plan["scores"]["switching"]
    effect = Level.LOW if points >= EASY_TO_SWITCH else Level.HIGH if points < HARD_TO_SWITCH else Level.MEDIUM
    return (
        _("The supplier or the model is withdrawn"),
        Level.LOW if plan["route"] in OF_ONES_OWN else Level.MEDIUM,
        effect,
        "lead",
        _("Keep instructions and documents in files of your own, and know a second place that runs the same model."),
    )


def _key_person(reader: Reader, plan: Data) -> Risk:
    likely: Levels = {
        ItSupport.OWN_STAFF: Level.LOW,
        ItSupport.OUTSIDE_FIRM: Level.LOW,
        ItSupport.COLLEAGUE: Level.HIGH,
    }
    return (
        _("The one person who knows it leaves"),
        likely.get(reader.answers.get("it_support") or "", Level.MEDIUM),
        Level.HIGH if plan["route"] in OF_ONES_OWN else Level.MEDIUM,
        "owner",
        _("Have a second person do everything once from the written notes, logins included."),
    )


def _dearer(plan: Data) -> Risk:
    total = plan["cost_total"]
    above = (total["high"] - total["central"]) / total["central"] if total["central"] > 0 else 0.0
    effect = Level.HIGH if above > MUCH_DEARER else Level.MEDIUM if above > DEARER else Level.LOW
    return (
        _("It costs more than planned"),
        Level.MEDIUM if plan["route"] in BY_USE else Level.LOW,
        effect,
        "owner",
        _("Set a spending limit, and compare every bill with the range in section 6."),
    )


def _without_rules(reader: Reader) -> Risk:
    likely: Levels = {Readiness.TRAINED: Level.LOW, Readiness.SOME: Level.HIGH}
    return (
        _("People use such tools without rules"),
        likely.get(reader.answers.get("readiness") or "", Level.MEDIUM),
        _harm_of_leak(reader),
        "owner",
        _("Write the page of rules now, whatever you decide: what may be entered, what never, who checks."),
    )


def _level(level: Level) -> str:
    return {
        Level.LOW: pgettext("risk", "Low"),
        Level.MEDIUM: pgettext("risk", "Medium"),
        Level.HIGH: pgettext("risk", "High"),
    }[level]
