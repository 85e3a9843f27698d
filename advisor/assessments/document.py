"""The shape of the answers document: every field, its closed vocabulary and its bounds.

The published schema (``docs/answers.schema.json``) is generated from ``AnswersDocument``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from advisor.assessments.places import COUNTRIES, CURRENCIES, LANGUAGES, REGIONS
from advisor.assessments.plain_text import is_plain_text
from advisor.engine import answers as engine

QUESTION_SET = "2026-11"
MAX_PEOPLE = 100_000
MAX_MONEY = 1_000_000_000
MAX_UNITS_PER_WEEK = 10_000_000
MAX_MINUTES = 10_000
MAX_MEMORY_GB = 10_000
MAX_COMPUTERS = 1_000
MAX_JOBS = 4
MAX_TOOLS = 20
MAX_LANGUAGES = 20
MAX_TEXT = 120
MAX_NOTES = 4_000
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)


class Length(StrEnum):
    QUICK = "quick"
    FULL = "full"


class AnsweringFor(StrEnum):
    BUSINESS = "business"
    CLIENT = "client"


def _known(codes: frozenset[str]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in codes:
            fix = _("Use one of: %(names)s.") % {"names": ", ".join(sorted(codes))}
            raise PydanticCustomError("unknown_code", "unknown", {"fix": fix})
        return value

    return check


def _listed(codes: frozenset[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": sorted(codes)})


def _plain(value: str) -> str:
    if not is_plain_text(value):
        raise PydanticCustomError("hidden_characters", "hidden", {"fix": _("Type the text again without them.")})
    return value


_COUNTRIES = frozenset(COUNTRIES)
_PLACES = frozenset(COUNTRIES) | frozenset(REGIONS)
_CURRENCIES = frozenset(CURRENCIES)
_LANGUAGES = frozenset(LANGUAGES)

CountryCode = Annotated[str, AfterValidator(_known(_COUNTRIES)), _listed(_COUNTRIES)]
PlaceCode = Annotated[str, AfterValidator(_known(_PLACES)), _listed(_PLACES)]
CurrencyCode = Annotated[str, AfterValidator(_known(_CURRENCIES)), _listed(_CURRENCIES)]
LanguageCode = Annotated[str, AfterValidator(_known(_LANGUAGES)), _listed(_LANGUAGES)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]
PlainText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT), AfterValidator(_plain)
]
People = Annotated[int, Field(ge=1, le=MAX_PEOPLE)]
Money = Annotated[float, Field(ge=0, le=MAX_MONEY)]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Places = Annotated[list[PlaceCode], Field(max_length=len(_PLACES))]
Suppliers = Annotated[list[PlainText], Field(max_length=40)]


class Part(BaseModel):
    """Strict base: no unknown fields, no silent conversion, no NaN or infinity."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class JobRow(Part):
    """One chosen job; the first row of ``jobs`` is the main one."""

    job: engine.Job
    units_per_week: Annotated[float, Field(gt=0, le=MAX_UNITS_PER_WEEK)] | None = None
    minutes_each: Annotated[float, Field(gt=0, le=MAX_MINUTES)] | None = None


class LanguageRow(Part):
    """A language it must handle, and how much."""

    language: LanguageCode
    use: engine.LanguageUse


class ToolRow(Part):
    """One thing paid for today. ``price_month`` is the whole monthly bill before tax, all people together."""

    product: PlainText
    people: People | None = None
    price_month: Money
    contract_end: Day | None = None
    would_stop: engine.WouldStop


class ComputerRow(Part):
    """A machine the business has: a device of the catalog, or its memory alone."""

    device: Slug | None = None
    memory_gb: Annotated[float, Field(gt=0, le=MAX_MEMORY_GB)] | None = None
    count: Annotated[int, Field(ge=1, le=MAX_COMPUTERS)] = 1


class RulesRow(Part):
    """What must be used or avoided. Empty lists and false mean no rule."""

    avoid_countries: Places = []
    avoid_suppliers: Suppliers = []
    only_suppliers: Suppliers = []
    only_countries: Places = []
    standard_licenses_only: bool = False
    disclosed_data_only: bool = False


class AnswersDocument(Part):
    """The answers of one business. An absent key was not asked or not answered; null means "not sure"."""

    question_set: Literal["2026-11"]
    length: Length = Length.FULL
    language: Literal["en", "zh-hans", "de", "fr", "es"] = "en"
    answering_for: AnsweringFor = AnsweringFor.BUSINESS
    client_label: PlainText | None = None
    country: CountryCode
    currency: CurrencyCode
    customer_countries: Places = []
    sector: Slug | None = None
    staff_count: People | None = None
    ai_users: People | None = None
    jobs: Annotated[list[JobRow], Field(min_length=1, max_length=MAX_JOBS)]
    languages: Annotated[list[LanguageRow], Field(min_length=1, max_length=MAX_LANGUAGES)] | None = None
    error_harm: engine.ErrorHarm | None = None
    audience: Annotated[list[engine.Audience], Field(min_length=1)] | None = None
    people_decisions: Annotated[list[engine.PeopleDecision], Field(min_length=1)] | None = None
    information: Annotated[list[engine.Information], Field(min_length=1)]
    processing_location: engine.ProcessingLocation | None = None
    document_count: engine.DocumentCount | None = None
    document_shapes: list[engine.DocumentShape] | None = None
    programs: Annotated[list[engine.Program], Field(min_length=1)] | None = None
    current_tools: Annotated[list[ToolRow], Field(max_length=MAX_TOOLS)] | None = None
    computers: engine.Computers | None = None
    own_computers: Annotated[list[ComputerRow], Field(max_length=20)] | None = None
    hardware_countries: Places = []
    it_support: engine.ItSupport | None = None
    hourly_cost: Annotated[float, Field(gt=0, le=MAX_MONEY)] | None = None
    connectivity: engine.Connectivity | None = None
    budget_once: Money | None = None
    budget_month: Money | None = None
    budget_month_as_now: bool = False
    timing: engine.Timing | None = None
    payment_preference: engine.PaymentPreference | None = None
    priorities: Annotated[list[engine.Priority], Field(max_length=3)] | None = None
    rules: RulesRow | None = None
    special_knowledge: Annotated[list[engine.SpecialKnowledge], Field(min_length=1)] | None = None
    readiness: engine.Readiness | None = None
    horizon_months: Annotated[int, Field(ge=12, le=60)] = 36


def answers_schema() -> dict[str, Any]:
    """The published JSON Schema of the document."""
    schema = AnswersDocument.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "answers.schema.json", **schema}
