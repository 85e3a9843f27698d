"""Stored answers in words, for the check page and the side panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advisor.assessments import coverage
from advisor.assessments.choice_labels import JOB_UNITS, LABELS
from advisor.assessments.context import QuestionContext
from advisor.assessments.coverage import State
from advisor.catalog.suppliers import supplier
from advisor.engine import answers as engine
from advisor.web.typography import aside, labeled

_ONE: dict[str, type[StrEnum]] = {
    "Q8": engine.ErrorHarm,
    "Q12": engine.ProcessingLocation,
    "Q18": engine.Connectivity,
    "Q21": engine.Timing,
    "Q22": engine.PaymentPreference,
    "Q26": engine.Readiness,
}
_SOME: dict[str, type[StrEnum]] = {
    "Q9": engine.Audience,
    "Q10": engine.PeopleDecision,
    "Q11": engine.Information,
    "Q14": engine.Program,
    "Q25": engine.SpecialKnowledge,
}


def summary(question: str, context: QuestionContext) -> list[str]:
    """What was answered, one line each; empty while the question is open."""
    answers = context.answers
    if coverage.state(question, answers) is State.OPEN:
        return []
    if question in _ONE:
        value = answers[coverage.question_keys(question)[0]]
        return [words(_ONE[question], value)]
    if question in _SOME:
        return _listed(_SOME[question], answers[coverage.question_keys(question)[0]])
    return _SPECIAL[question](context, answers)


def words(vocabulary: type[StrEnum], value: str | None) -> str:
    """One answer in words."""
    return _("Not sure") if value is None else str(LABELS[vocabulary][value].text)


def _listed(vocabulary: type[StrEnum], values: Iterable[str] | None) -> list[str]:
    return [words(vocabulary, None)] if values is None else [words(vocabulary, value) for value in values]


def _place(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    country = context.formats.country(answers["country"])
    lines = [_("%(country)s, amounts in %(currency)s") % {"country": country, "currency": answers["currency"]}]
    customers = [context.formats.country(code) for code in answers.get("customer_countries", ())]
    if customers:
        lines.append(_("Customers also in: %(places)s") % {"places": context.formats.list_of(customers)})
    return lines


def _sector(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    slug = answers["sector"]
    names = {sector.slug: _(sector.name) for sector in context.catalog.sectors}
    return [_("Not sure") if slug is None else names.get(slug, slug)]


def _people(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    staff, users = answers["staff_count"], answers["ai_users"]
    return [
        _("Work there: %(people)s") % {"people": _figure(context, staff)},
        _("Would use AI: %(people)s") % {"people": _figure(context, users)},
    ]


def _jobs(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    names = _listed(engine.Job, [row["job"] for row in answers["jobs"]])
    if len(names) > 1:
        names[0] = _("%(job)s (the main one)") % {"job": names[0]}
    return names


def _volumes(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    return [
        _("%(units)s a week: %(figure)s")
        % {
            "units": capfirst(str(JOB_UNITS[row["job"]].many)),
            "figure": _figure(context, row.get("units_per_week")),
        }
        for row in answers["jobs"]
    ]


def _minutes(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    return [
        labeled(capfirst(str(JOB_UNITS[row["job"]].one)), _minutes_of(context, row.get("minutes_each")))
        for row in answers["jobs"]
    ]


def _minutes_of(context: QuestionContext, value: float | None) -> str:
    if value is None:
        return _("Not sure")
    return _("%(count)s minutes") % {"count": context.formats.number(value)}


def _languages(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    if answers["languages"] is None:
        return [_("Not sure")]
    return [
        aside(context.formats.language_name(row["language"]), words(engine.LanguageUse, row["use"]).lower())
        for row in answers["languages"]
    ]


def _documents(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    shapes = _listed(engine.DocumentShape, answers.get("document_shapes") or ())
    count = words(engine.DocumentCount, answers["document_count"])
    return [count, *shapes]


def _tools(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    tools = answers["current_tools"]
    if tools is None:
        return [_("Not sure")]
    if not tools:
        return [_("We pay for nothing of the kind")]
    return [
        _("%(product)s: %(price)s a month; would stop: %(stop)s")
        % {
            "product": tool["product"],
            "price": context.formats.money(tool["price_month"]),
            "stop": words(engine.WouldStop, tool["would_stop"]).lower(),
        }
        for tool in tools
    ]


def _computers(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    lines = [words(engine.Computers, answers["computers"])]
    if coverage.has_own_machine(answers):
        names = {device.slug: device.name for device in context.catalog.devices}
        for row in answers.get("own_computers") or ():
            memory = _("%(count)s GB of memory") % {"count": context.formats.number(row.get("memory_gb") or 0)}
            lines.append(
                f"{row.get('count', 1)} × {names.get(row['device'], row['device']) if row['device'] else memory}"
            )
    countries = [context.formats.country(code) for code in answers.get("hardware_countries", ())]
    if countries:
        lines.append(_("Only machines from: %(places)s") % {"places": context.formats.list_of(countries)})
    return lines


def _it_support(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    lines = [words(engine.ItSupport, answers["it_support"])]
    cost = answers.get("hourly_cost")
    if cost is not None:
        lines.append(_("%(amount)s an hour") % {"amount": context.formats.money(cost)})
    return lines


def _once(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    return [_money(context, answers["budget_once"])]


def _monthly(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    if answers.get("budget_month_as_now"):
        return [_("No more than we pay now")]
    return [_money(context, answers["budget_month"])]


def _priorities(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    names = _listed(engine.Priority, answers["priorities"] or None)
    return [f"{place}. {name}" for place, name in enumerate(names, start=1)] if answers["priorities"] else names


def _rules(context: QuestionContext, answers: Mapping[str, Any]) -> list[str]:
    rules = answers["rules"]
    if rules is None:
        return [_("Not sure")]
    places = {key: [context.formats.country(code) for code in rules.get(key, ())] for key in _RULE_PLACES}
    names = {key: list(dict.fromkeys(map(supplier, rules.get(key, ())))) for key in _RULE_NAMES}
    lines = [
        sentence % {"names": context.formats.list_of(listed)}
        for key, listed in {**places, **names}.items()
        for sentence in [_rule_sentences()[key]]
        if listed
    ]
    if rules.get("standard_licenses_only"):
        lines.append(_("Only standard open-source licenses"))
    if rules.get("disclosed_data_only"):
        lines.append(_("Only systems whose training data is disclosed"))
    return lines or [_("No rule")]


_RULE_PLACES = ("avoid_countries", "only_countries")
_RULE_NAMES = ("avoid_suppliers", "only_suppliers")


def _rule_sentences() -> dict[str, str]:
    return {
        "avoid_countries": _("Avoid countries: %(names)s"),
        "only_countries": _("Only countries: %(names)s"),
        "avoid_suppliers": _("Avoid suppliers: %(names)s"),
        "only_suppliers": _("Only suppliers: %(names)s"),
    }


def _figure(context: QuestionContext, value: float | None) -> str:
    return _("Not sure") if value is None else context.formats.number(value)


def _money(context: QuestionContext, value: float | None) -> str:
    return _("Not sure") if value is None else _("At most %(amount)s") % {"amount": context.formats.money(value)}


_SPECIAL = {
    "Q1": _place,
    "Q2": _sector,
    "Q3": _people,
    "Q4": _jobs,
    "Q5": _volumes,
    "Q6": _minutes,
    "Q7": _languages,
    "Q13": _documents,
    "Q15": _tools,
    "Q16": _computers,
    "Q17": _it_support,
    "Q19": _once,
    "Q20": _monthly,
    "Q23": _priorities,
    "Q24": _rules,
}
