"""From answers to a business: every "not sure" becomes a labeled default from the catalog, every figure a range.

``resolve`` is the only place where a missing answer is filled. Each filled default is kept as an
``Assumption`` so that the page can show it and let the owner change it.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from advisor.engine import adaptation, changes, facts
from advisor.engine.aging import dated
from advisor.engine.answer_checks import refuse_impossible
from advisor.engine.answers import (
    Adaptation,
    Answers,
    Audience,
    Computers,
    Connectivity,
    DocumentCount,
    ErrorHarm,
    Information,
    ItSupport,
    Job,
    JobAnswer,
    ProcessingLocation,
    Program,
    Readiness,
    WhatIf,
)
from advisor.engine.business import Business, BusinessJob
from advisor.engine.catalog import Catalog, JobProfile, Number, Sector
from advisor.engine.types import Assumption, Grade

T = TypeVar("T")


# A stated weekly figure is an estimate of its owner: +/- 20 % around it. Assumed, 2026-11-21; no survey of
# how well owners count their own work was found.
STATED_SPREAD = 0.2
# List prices over a plan of years: 30 % lower to 50 % higher. Assumed, 2026-11-21, after the price rises and
# cuts of 2026 recorded in the catalog's API prices (launch discounts ended, announced doublings).
PRICE_DRIFT = (0.7, 1.0, 1.5)
# Device prices around the catalog's figure where it has no range of its own. Assumed, 2026-11-21: memory
# shortage, prices moved 10-100 % within months of 2026.
HARDWARE_DRIFT = (0.85, 1.0, 1.3)
# Resale after the horizon as a share of purchase. Assumed: between a maker's trade-in after a year (0.11)
# and a calculator's assumption (0.4), both in the catalog's rates.
RESIDUAL = (0.0, 0.2, 0.4)
# People when the owner is not sure: a small firm of the size most chambers serve. Assumed.
DEFAULT_STAFF = 5
# Training still needed by readiness (question 26). Assumed.
TRAINING_SHARE = {Readiness.NEVER: 1.0, Readiness.SOME: 0.5, Readiness.TRAINED: 0.0}
# Documents by band of question 13: the band's edges and its geometric middle. Assumed below 1,000 and above 100,000.
DOCUMENTS = {
    DocumentCount.UNDER_1000: (100, 400, 1_000),
    DocumentCount.TO_10000: (1_000, 3_000, 10_000),
    DocumentCount.TO_100000: (10_000, 30_000, 100_000),
    DocumentCount.OVER_100000: (100_000, 200_000, 500_000),
}


LEAST_GROWTH = -0.2  # a year; five years of it leave a trickle of work, and no less than none


# Short names of a job profile's ranges, as the sample and the workings call them.
PROFILE_NUMBERS = {
    "requests": "requests_per_unit",
    "input": "input_tokens",
    "output": "output_tokens",
    "reasoning": "reasoning_multiplier",
    "cached": "cached_prefix_share",
    "audio": "audio_seconds",
    "pages": "pages",
    "images": "images",
    "assets": "assets_3d",
    "easy": "easy_share",
    "peak": "peak_to_mean",
    "saved": "time_saved_share",
    "check": "check_minutes",
}


def resolve(answers: Answers, catalog: Catalog, as_of: date, what_if: WhatIf | None = None) -> Business:
    """Fill every gap from the catalog as it stands on the day, with the changes that are tried out.

    Raises:
        ValueError: an answer or a change names something the catalog does not hold (sector, currency, job, support),
            or lies outside what can be reckoned with (growth); the message starts with the field.
    """
    what_if = what_if or WhatIf()
    refuse_impossible(answers, what_if)
    catalog = dated(catalog, as_of)
    answers = changes.changed(answers, what_if)
    filled: list[Assumption] = []
    sector = _sector(answers, catalog, filled)
    staff = _staff(answers, filled)
    step = adaptation.chosen(answers.jobs[0].job, what_if.adaptation)
    jobs = _jobs(answers, catalog, step)
    users = _users(answers, sector, staff, filled)
    numbers = _numbers(answers, jobs, users, sector, staff, catalog, filled, step, what_if.growth)
    offer, numbers = changes.applied(numbers, what_if, catalog)
    return Business(
        answers=answers,
        catalog=catalog,
        as_of=as_of,
        sector=sector,
        jobs=jobs,
        users=users,
        error_harm=_choice(answers.error_harm, ErrorHarm.LOSS, "error_harm", "Q8", filled),
        audience=_choice(answers.audience, (Audience.STAFF,), "audience", "Q9", filled),
        people_decisions=_choice(answers.people_decisions, (), "people_decisions", "Q10", filled),
        information=frozenset(answers.information),
        location=_location(answers, filled),
        computers=_choice(answers.computers, Computers.OFFICE_PCS, "computers", "Q16", filled),
        it_support=_choice(answers.it_support, ItSupport.NOBODY, "it_support", "Q17", filled),
        offline=_choice(answers.connectivity, Connectivity.RELIABLE, "connectivity", "Q18", filled)
        is Connectivity.OFFLINE,
        programs=tuple(
            program
            for program in _choice(answers.programs, (), "programs", "Q14", filled)
            if program is not Program.NONE
        ),
        readiness=_choice(answers.readiness, Readiness.NEVER, "readiness", "Q26", filled),
        numbers=numbers,
        assumptions=tuple(filled),
        adaptation=step,
        support=offer,
    )


def _jobs(answers: Answers, catalog: Catalog, step: Adaptation) -> tuple[BusinessJob, ...]:
    """The jobs with their profiles; the main one reads passages too where it is fitted by looking things up."""
    found = [BusinessJob(chosen.job, facts.job_profile(catalog, chosen.job)) for chosen in answers.jobs]
    if step is Adaptation.SEARCH and found[0].job is not Job.FIND_IN_DOCUMENTS:
        found[0] = BusinessJob(found[0].job, adaptation.with_search(found[0].profile, catalog))
    return tuple(found)


def _numbers(
    answers: Answers, jobs: tuple[BusinessJob, ...], users: int, sector: Sector, staff: int, catalog: Catalog,
    filled: list[Assumption], step: Adaptation, growth: float | None,
) -> dict[str, Number]:  # fmt: skip
    """Every uncertain input of the business by name."""
    numbers: dict[str, Number] = {"users": _fixed(float(users), "people", "Q3")}
    for chosen, work in zip(answers.jobs, jobs, strict=True):
        numbers |= _job_numbers(chosen, work.profile, sector, staff, catalog, filled)
    numbers |= facts.language_number(answers, catalog)
    numbers |= facts.money_numbers(answers, catalog, filled)
    numbers |= facts.effort_numbers(catalog)
    numbers |= {
        "price": _range(PRICE_DRIFT, "times today's list price"),
        "hardware": _range(HARDWARE_DRIFT, "times today's price"),
        "residual": _range(RESIDUAL, "share of purchase"),
        "documents": _documents(answers, step, filled),
        "growth": _growth(numbers["growth"], growth, filled),
    }
    return numbers


def _growth(planned: Number, tried: float | None, filled: list[Assumption]) -> Number:
    """Share of today's work added each year: the catalog's planning range, or the figure that is tried."""
    if tried is None:
        filled.append(
            Assumption(
                "growth", "Q5", None, planned.low, planned.central, planned.high, planned.unit, planned.grade,
                planned.source, planned.as_of, control="growth",
            )
        )  # fmt: skip
        return planned
    if tried < LEAST_GROWTH:
        raise ValueError(f"growth: less than {LEAST_GROWTH:g} a year is not reckoned with, got {tried!r}")
    return Number(low=tried, central=tried, high=tried, unit=planned.unit, grade=Grade.INDEPENDENT)


def _choice(answer: T | None, default: T, key: str, question: str, filled: list[Assumption]) -> T:
    if answer is not None:
        return answer
    words = ",".join(map(str, default)) if isinstance(default, tuple) else str(default)
    filled.append(Assumption(key, question, None, None, words or "none", None, "", Grade.ASSUMED, None, None))
    return default


def _assumed(key: str, question: str, subject: str | None, central: float, unit: str) -> Assumption:
    return Assumption(key, question, subject, None, central, None, unit, Grade.ASSUMED, None, None)


def _fixed(value: float, unit: str, question: str) -> Number:
    return Number(low=value, central=value, high=value, unit=unit, grade=Grade.INDEPENDENT, source=question)


def _range(values: tuple[float, float, float], unit: str) -> Number:
    return Number(low=values[0], central=values[1], high=values[2], unit=unit, grade=Grade.ASSUMED)


def _sector(answers: Answers, catalog: Catalog, filled: list[Assumption]) -> Sector:
    slug = answers.sector or "other"
    if answers.sector is None:
        filled.append(Assumption("sector", "Q2", None, None, "other", None, "", Grade.ASSUMED, None, None))
    for sector in catalog.sectors:
        if sector.slug == slug:
            return sector
    raise ValueError(f"sector: {slug!r} is not in the catalog")


def _staff(answers: Answers, filled: list[Assumption]) -> int:
    if answers.staff_count is None:
        filled.append(_assumed("staff_count", "Q3", None, float(DEFAULT_STAFF), "people"))
    return answers.staff_count or DEFAULT_STAFF


def _users(answers: Answers, sector: Sector, staff: int, filled: list[Assumption]) -> int:
    if answers.ai_users is not None:
        return max(1, answers.ai_users)
    share = sector.staff_share
    users = max(1, round(staff * share.central))
    filled.append(
        Assumption(
            "ai_users", "Q3", None, max(1.0, round(staff * share.low)), float(users),
            max(1.0, round(staff * share.high)), "people", share.grade, share.source, share.as_of,
        )
    )  # fmt: skip
    return users


def _job_numbers(
    chosen: JobAnswer, profile: JobProfile, sector: Sector, staff: int, catalog: Catalog, filled: list[Assumption]
) -> dict[str, Number]:
    job = chosen.job
    if chosen.units_per_week is not None:
        given = chosen.units_per_week
        volume = Number(
            low=given * (1 - STATED_SPREAD), central=given, high=given * (1 + STATED_SPREAD),
            unit="units/week", grade=Grade.INDEPENDENT, source="Q5",
        )  # fmt: skip
    else:
        volume = facts.weekly_volume(catalog, sector, job, staff)
        filled.append(
            Assumption(
                "units_per_week", "Q5", job, volume.low, volume.central, volume.high, volume.unit,
                volume.grade, volume.source, volume.as_of,
            )
        )  # fmt: skip
    minutes = profile.minutes_today
    if chosen.minutes_each is not None:
        minutes = _fixed(chosen.minutes_each, "min/unit", "Q6")
    else:
        filled.append(
            Assumption(
                "minutes_each", "Q6", job, minutes.low, minutes.central, minutes.high, minutes.unit,
                minutes.grade, minutes.source, minutes.as_of,
            )
        )  # fmt: skip
    named = {name: getattr(profile, field) for name, field in PROFILE_NUMBERS.items()} | {
        "volume": volume,
        "minutes": minutes,
    }
    return {f"{name}:{job}": number for name, number in named.items()}


def _documents(answers: Answers, step: Adaptation, filled: list[Assumption]) -> Number:
    wanted = step is Adaptation.SEARCH or any(chosen.job is Job.FIND_IN_DOCUMENTS for chosen in answers.jobs)
    if not wanted:
        return _range((0, 0, 0), "documents")
    if answers.document_count is None:
        filled.append(_assumed("document_count", "Q13", None, 3_000, "documents"))
    return _range(DOCUMENTS[answers.document_count or DocumentCount.TO_10000], "documents")


def _location(answers: Answers, filled: list[Assumption]) -> ProcessingLocation:
    """Not sure: the strictest place that the kinds of information call for (questionnaire, question 12)."""
    information = set(answers.information)
    if answers.processing_location is not None:
        return answers.processing_location
    location = ProcessingLocation.ANYWHERE
    if information & {Information.PERSONAL, Information.SENSITIVE, Information.PAYMENT}:
        location = ProcessingLocation.REGION
    if information & {Information.SECRETS, Information.CONTROLLED}:
        location = ProcessingLocation.OWN_EQUIPMENT
    filled.append(Assumption("processing_location", "Q12", None, None, location, None, "", Grade.ASSUMED, None, None))
    return location
