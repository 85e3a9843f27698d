"""Business units become requests, tokens, hours of speech, pages and pictures a month.

A month's tokens are units x requests per unit x tokens per request; rounds of correction are already inside
requests per unit. Reasoning multiplies generated tokens only; the language multiplier applies to both sides.
Every quantity is an array over the fixed sample, index 0 being the central case, and is that of the first month:
work grows by the same amount each month, ``1 + growth x m / 12`` in month m = 0, 1, ...
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.catalog import Catalog, JobProfile, Model
from advisor.engine.once import once_per_catalog
from advisor.engine.sample import Array, Factors, estimate
from advisor.engine.types import Assumption, Estimate, Grade, JobDemand
from advisor.engine.units import MONTHS_PER_YEAR, WEEKS_PER_MONTH

# Photo of one product part as a vision model reads it, when the job's profile holds no tokens of its own.
PHOTO_FACT = "image_tokens_photo_1mp"
PHOTO_ANSWER_TOKENS = 30  # "pass" or "look again" with a word why; assumed

# What the main model of a job must be able to do; the rest of the profile's abilities is done by companions.
MAIN_TASKS: dict[Job, tuple[str, ...]] = {
    Job.WRITE_REPLY: ("chat", "writing"),
    Job.FIND_IN_DOCUMENTS: ("chat", "rag"),
    Job.ANSWER_CUSTOMERS: ("chat", "rag", "agents"),
    Job.READ_DOCUMENTS: ("ocr",),
    Job.MEETING_NOTES: ("chat", "writing"),
    Job.TRANSLATE: ("translation",),
    Job.SPREADSHEETS_FORECASTS: ("data_analysis",),
    Job.SOFTWARE: ("code", "agents"),
    Job.PICTURES: ("image_gen",),
    Job.THREE_D: ("3d_gen",),
    Job.AUTOMATION: ("chat", "agents"),
    Job.CAMERA_INSPECTION: ("vision",),
}
# Jobs whose work is counted in pages, pictures or 3D models rather than tokens when a special model does it.
MEDIA_TASK: dict[Job, str] = {Job.READ_DOCUMENTS: "ocr", Job.PICTURES: "image_gen", Job.THREE_D: "3d_gen"}


@dataclass(frozen=True)
class Load:
    """Monthly demand of one job; arrays over the sample."""

    job: Job
    profile: JobProfile
    units: Array
    requests: Array
    input_tokens: Array
    cached_tokens: Array
    output_tokens: Array
    audio_hours: Array
    pages: Array
    images: Array
    assets: Array
    peak_per_hour: Array
    peak_at_end: Array  # the same in the busiest month of the plan
    growth: Array  # share of today's work added each year
    hours_freed: Array
    hours_checking: Array

    @cached_property
    def million_tokens(self) -> tuple[Array, Array, Array]:
        """Read, read again, written."""
        read = self.input_tokens - self.cached_tokens
        return read / 1e6, self.cached_tokens / 1e6, self.output_tokens / 1e6

    @property
    def context_tokens(self) -> int:
        return int(self.profile.context_needed_tokens.central)


def able(catalog: Catalog, job: Job) -> tuple[Model, ...]:
    """Models that can do the job's main task, whatever else speaks against them."""
    return tuple(model for model in catalog.models if all(task in model.tasks for task in MAIN_TASKS[job]))


def is_media(job: Job, model: Model) -> bool:
    """Sized by its own memory and seconds a unit, not by tokens."""
    return job in MEDIA_TASK and "text-llm" not in model.modalities


@once_per_catalog
def working_hours_month(catalog: Catalog) -> float:
    """Hours a month in which requests come: working days a year x office hours / 12, both catalog facts."""
    found = {row.key: row.central for row in catalog.usage if row.kind == "working_time" and row.country is None}
    return (found["working_days_default"] or 0) * (found["office_hours_default"] or 0) / 12


def course(growth: Array, horizon: int) -> Array:
    """Work of each month as a multiple of the first month's: shape (horizon, sample)."""
    months: Array = 1 + growth * (np.arange(horizon, dtype=np.float64)[:, None] / MONTHS_PER_YEAR)
    return months


def growth_mean(growth: Array, months: int) -> Array:
    """Mean of ``course`` over the first ``months``: 1 + growth x (months - 1) / 24."""
    mean: Array = 1 + growth * ((months - 1) / (2 * MONTHS_PER_YEAR))
    return mean


@dataclass(frozen=True)
class Growth:
    """How work grows over the plan."""

    share: Array  # of today's work, added each year
    mean: Array  # of all months, the first being 1
    early: Array  # of the first year
    central: Array  # month by month


def grown(growth: Array, horizon: int) -> Growth:
    """``growth`` is the share of today's work added each year, over the sample; ``horizon`` in months."""
    early = growth_mean(growth, min(MONTHS_PER_YEAR, horizon))
    return Growth(growth, growth_mean(growth, horizon), early, course(growth[:1], horizon)[:, 0])


def loads(business: Business, factors: Factors) -> tuple[Load, ...]:
    """Demand of every job for these factors (the whole sample, or the central point alone)."""
    hours = working_hours_month(business.catalog)
    photo = next(fact.central for fact in business.catalog.token_facts if fact.key == PHOTO_FACT)
    last = np.maximum(1.0, 1 + factors["growth"] * ((business.horizon - 1) / MONTHS_PER_YEAR))
    return tuple(_load(work.job, work.profile, factors, hours, photo, last) for work in business.jobs)


def _load(
    job: Job, profile: JobProfile, factors: Factors, hours: float, photo_tokens: float, last: Array
) -> Load:  # fmt: skip
    units = factors[f"volume:{job}"] * WEEKS_PER_MONTH
    requests = units * factors[f"requests:{job}"]
    language = factors["language"]
    input_tokens = requests * factors[f"input:{job}"] * language
    output_tokens = requests * factors[f"output:{job}"] * factors[f"reasoning:{job}"] * language
    if job is Job.CAMERA_INSPECTION:
        input_tokens = requests * photo_tokens
        output_tokens = requests * PHOTO_ANSWER_TOKENS
    nothing = np.zeros_like(units)
    peak = requests / hours * factors[f"peak:{job}"]
    return Load(
        job=job,
        profile=profile,
        units=units,
        requests=requests,
        input_tokens=input_tokens,
        cached_tokens=input_tokens * factors[f"cached:{job}"],
        output_tokens=output_tokens,
        # Customer talks count speech only for phone calls; the questionnaire asks for chats.
        audio_hours=units * factors[f"audio:{job}"] / 3600 if job is Job.MEETING_NOTES else nothing,
        pages=units * factors[f"pages:{job}"] if job is Job.READ_DOCUMENTS else nothing,
        images=units * factors[f"images:{job}"] if job is Job.PICTURES else nothing,
        assets=units * factors[f"assets:{job}"] if job is Job.THREE_D else nothing,
        peak_per_hour=peak,
        peak_at_end=peak * last,
        growth=factors["growth"],
        hours_freed=units * factors[f"minutes:{job}"] * factors[f"saved:{job}"] / 60,
        hours_checking=units * factors[f"check:{job}"] / 60,
    )


# Ranges of a job profile that nobody is asked for: shown with their evidence beside the figures they carry.
PLANNING = {
    "requests": "requests_per_unit",
    "input": "input_tokens",
    "output": "output_tokens",
    "reasoning": "reasoning_multiplier",
    "cached": "cached_prefix_share",
    "peak": "peak_to_mean",
    "easy": "easy_share",
    "saved": "time_saved_share",
    "check": "check_minutes",
}


def planning(business: Business) -> tuple[Assumption, ...]:
    """What one unit of each job is taken to be, question 4 standing for the job itself."""
    found = []
    for work in business.jobs:
        for name, key in PLANNING.items():
            number = business.numbers[f"{name}:{work.job}"]
            if number.high:
                found.append(
                    Assumption(
                        key, "Q4", work.job, number.low, number.central, number.high, number.unit, number.grade,
                        number.source, number.as_of,
                    )
                )  # fmt: skip
    return tuple(found)


def describe(load: Load, weekly: Array) -> JobDemand:
    """The demand of a job as the result shows it."""
    grade = Grade.ASSUMED if load.profile.requests_per_unit.grade == Grade.ASSUMED else Grade.DERIVED

    def figure(values: Array, unit: str) -> Estimate:
        return estimate(values, unit, grade)

    return JobDemand(
        job=load.job,
        unit=load.profile.unit,
        units_week=figure(weekly, "units/week"),
        requests_month=figure(load.requests, "requests/month"),
        input_tokens_month=figure(load.input_tokens, "tokens/month"),
        cached_tokens_month=figure(load.cached_tokens, "tokens/month"),
        output_tokens_month=figure(load.output_tokens, "tokens/month"),
        audio_hours_month=figure(load.audio_hours, "hours/month"),
        pages_month=figure(load.pages, "pages/month"),
        images_month=figure(load.images, "images/month"),
        assets_month=figure(load.assets, "3D models/month"),
        context_tokens=load.context_tokens,
        mode=load.profile.response_mode,
        peak_requests_hour=figure(load.peak_per_hour, "requests/hour"),
        hours_freed_month=figure(load.hours_freed, "hours/month"),
        hours_checking_month=figure(load.hours_checking, "hours/month"),
    )
