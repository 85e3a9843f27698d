"""Section 2: the answers as the business gave them, in the order of the questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.choice_labels import JOB_UNITS, label
from advisor.assessments.question_texts import STEPS
from advisor.engine import answers as engine
from advisor.reports.content.blocks import Block, facts, group, note, section
from advisor.reports.content.reader import Data, Reader

Say = Callable[[Reader, Any], str]


def told(reader: Reader) -> Block:
    blocks = [group(str(STEPS[step]), [facts(rows)]) for step in STEPS if (rows := _rows(reader, step))]
    blocks.append(
        note(_("Questions that were skipped are not listed; the last section shows what was assumed for them."))
    )
    return section(_("What you told us"), blocks, new_page=True)


def _rows(reader: Reader, step: int) -> list[tuple[str, str]]:
    rows = []
    for question, fields in QUESTIONS[step].items() if step in QUESTIONS else ():
        given = {field: reader.answers[field] for field in fields if field in reader.answers}
        said = [_not_sure() if value is None else fields[field](reader, value) for field, value in given.items()]
        words = reader.joined(dict.fromkeys(part for part in said if part))
        if words:
            rows.append((reader.label("question", question), words))
    return rows


def _not_sure() -> str:
    return _("not sure")


def _choice(kind: type[StrEnum]) -> Say:
    return lambda reader, value: str(label(kind(value)).text)


def _choices(kind: type[StrEnum]) -> Say:
    def say(reader: Reader, values: Sequence[str]) -> str:
        return reader.joined(str(label(kind(value)).text) for value in values)

    return say


def _in_order(reader: Reader, values: Sequence[str]) -> str:
    said = enumerate((str(label(engine.Priority(value)).text) for value in values), start=1)
    return reader.joined(f"{reader.formats.number(place)}. {words}" for place, words in said)


def _countries(reader: Reader, codes: Sequence[str]) -> str:
    return reader.formats.list_of([reader.country(code) for code in codes])


def _customers(reader: Reader, codes: Sequence[str]) -> str:
    return _("customers also in %(countries)s") % {"countries": _countries(reader, codes)} if codes else ""


def _sector(reader: Reader, slug: str) -> str:
    return slug.replace("_", " ")


def _staff(reader: Reader, count: int) -> str:
    return _("%(count)s people work there") % {"count": reader.formats.number(count)}


def _users(reader: Reader, count: int) -> str:
    return _("%(count)s would use it in the first year") % {"count": reader.formats.number(count)}


def _jobs(reader: Reader, jobs: Sequence[Data]) -> str:
    return reader.joined(str(label(engine.Job(row["job"])).text) for row in jobs)


def _volumes(reader: Reader, jobs: Sequence[Data]) -> str:
    said = []
    for row in jobs:
        units, count = str(JOB_UNITS[row["job"]].many), row.get("units_per_week")
        amount = _not_sure() if count is None else reader.formats.number(count)
        said.append(_("%(units)s: %(amount)s") % {"units": units, "amount": amount})
    return reader.joined(said)


def _minutes(reader: Reader, jobs: Sequence[Data]) -> str:
    said = []
    for row in jobs:
        unit, minutes = str(JOB_UNITS[row["job"]].one), row.get("minutes_each")
        amount = (
            _not_sure() if minutes is None else _("%(minutes)s minutes") % {"minutes": reader.formats.number(minutes)}
        )
        said.append(_("%(units)s: %(amount)s") % {"units": unit, "amount": amount})
    return reader.joined(said)


def _languages(reader: Reader, rows: Sequence[Data]) -> str:
    said = []
    for row in rows:
        name = reader.formats.locale.languages.get(row["language"], row["language"])
        use = str(label(engine.LanguageUse(row["use"])).text).lower()
        said.append(_("%(language)s (%(use)s)") % {"language": name, "use": use})
    return reader.formats.list_of(said)


def _tools(reader: Reader, rows: Sequence[Data]) -> str:
    if not rows:
        return _("nothing")
    said = [
        _("%(product)s, %(amount)s a month") % {"product": row["product"], "amount": reader.money(row["price_month"])}
        for row in rows
    ]
    return reader.joined(said)


def _machines(reader: Reader, rows: Sequence[Data]) -> str:
    names = []
    for row in rows:
        memory = row.get("memory_gb")
        name = row.get("device") or (_("%(gb)s GB of memory") % {"gb": reader.formats.number(memory)} if memory else "")
        count = row.get("count", 1)
        names.append(f"{reader.formats.number(count)} × {name}" if count > 1 else name)
    return reader.formats.list_of([name for name in names if name])


def _hardware(reader: Reader, codes: Sequence[str]) -> str:
    return _("machines only from %(countries)s") % {"countries": _countries(reader, codes)} if codes else ""


def _hourly(reader: Reader, amount: float) -> str:
    return _("%(amount)s an hour") % {"amount": reader.money(amount)}


def _money(reader: Reader, amount: float) -> str:
    return reader.money(amount)


def _as_now(reader: Reader, chosen: bool) -> str:
    return _("no more than now") if chosen else ""


def _rules(reader: Reader, rules: Data) -> str:
    said = []
    if rules.get("avoid_countries"):
        said.append(_("avoid %(names)s") % {"names": _countries(reader, rules["avoid_countries"])})
    if rules.get("avoid_suppliers"):
        said.append(_("avoid %(names)s") % {"names": reader.formats.list_of(list(rules["avoid_suppliers"]))})
    if rules.get("only_countries"):
        said.append(_("only %(names)s") % {"names": _countries(reader, rules["only_countries"])})
    if rules.get("only_suppliers"):
        said.append(_("only %(names)s") % {"names": reader.formats.list_of(list(rules["only_suppliers"]))})
    if rules.get("standard_licenses_only"):
        said.append(_("only standard open-source licenses"))
    if rules.get("disclosed_data_only"):
        said.append(_("only models whose training data is disclosed"))
    return reader.joined(said) or _("no rule")


QUESTIONS: dict[int, dict[str, dict[str, Say]]] = {
    1: {
        "Q1": {"country": lambda reader, code: reader.country(code), "customer_countries": _customers},
        "Q2": {"sector": _sector},
        "Q3": {"staff_count": _staff, "ai_users": _users},
    },
    2: {
        "Q4": {"jobs": _jobs},
        "Q5": {"jobs": _volumes},
        "Q6": {"jobs": _minutes},
        "Q7": {"languages": _languages},
        "Q8": {"error_harm": _choice(engine.ErrorHarm)},
        "Q9": {"audience": _choices(engine.Audience)},
        "Q10": {"people_decisions": _choices(engine.PeopleDecision)},
    },
    3: {
        "Q11": {"information": _choices(engine.Information)},
        "Q12": {"processing_location": _choice(engine.ProcessingLocation)},
        "Q13": {
            "document_count": _choice(engine.DocumentCount),
            "document_shapes": _choices(engine.DocumentShape),
        },
        "Q14": {"programs": _choices(engine.Program)},
    },
    4: {
        "Q15": {"current_tools": _tools},
        "Q16": {"computers": _choice(engine.Computers), "own_computers": _machines, "hardware_countries": _hardware},
        "Q17": {"it_support": _choice(engine.ItSupport), "hourly_cost": _hourly},
        "Q18": {"connectivity": _choice(engine.Connectivity)},
    },
    5: {
        "Q19": {"budget_once": _money},
        "Q20": {"budget_month": _money, "budget_month_as_now": _as_now},
        "Q21": {"timing": _choice(engine.Timing)},
        "Q22": {"payment_preference": _choice(engine.PaymentPreference)},
    },
    6: {
        "Q23": {"priorities": _in_order},
        "Q24": {"rules": _rules},
        "Q25": {"special_knowledge": _choices(engine.SpecialKnowledge)},
        "Q26": {"readiness": _choice(engine.Readiness)},
    },
}
