"""The answers of one business as the engine takes them.

The published schema (``docs/answers.schema.json``) and the form produce the same shape; this module holds
only the closed vocabularies and the frozen dataclasses. ``None`` means "not sure": it is never zero, and
``assumptions.resolve`` turns it into a labelled default. Money is in the business's own currency, without tax.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Job(StrEnum):
    """Kinds of work of question 4; the catalog holds one job profile for each."""

    WRITE_REPLY = "write_reply"
    FIND_IN_DOCUMENTS = "find_in_documents"
    ANSWER_CUSTOMERS = "answer_customers"
    READ_DOCUMENTS = "read_documents"
    MEETING_NOTES = "meeting_notes"
    TRANSLATE = "translate"
    SPREADSHEETS_FORECASTS = "spreadsheets_forecasts"
    SOFTWARE = "software"
    PICTURES = "pictures"
    THREE_D = "three_d"
    AUTOMATION = "automation"
    CAMERA_INSPECTION = "camera_inspection"


class LanguageUse(StrEnum):
    MOSTLY = "mostly"
    SOMETIMES = "sometimes"


class ErrorHarm(StrEnum):
    """Question 8: what happens if it gets something wrong."""

    CHECKED = "checked"  # a person always checks first, little harm
    LOSS = "loss"  # lost time or money
    HARM = "harm"  # harm to a customer, safety or legal trouble


class Audience(StrEnum):
    STAFF = "staff"
    CUSTOMERS = "customers"
    PUBLISHED = "published"
    PROGRAM = "program"


class PeopleDecision(StrEnum):
    HIRING = "hiring"
    CREDIT = "credit"
    EDUCATION = "education"
    HEALTH = "health"
    BENEFITS = "benefits"
    NONE = "none"


class Information(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"  # health, children's or biometric data
    PAYMENT = "payment"
    SECRETS = "secrets"  # clients' secrets or contracts that forbid sharing
    CONTROLLED = "controlled"  # controlled technology


class ProcessingLocation(StrEnum):
    ANYWHERE = "anywhere"
    REGION = "region"  # only in our country or region
    OWN_EQUIPMENT = "own_equipment"


class DocumentCount(StrEnum):
    UNDER_1000 = "under_1000"
    TO_10000 = "1000_to_10000"
    TO_100000 = "10000_to_100000"
    OVER_100000 = "over_100000"


class DocumentShape(StrEnum):
    TYPED = "typed"
    SCANS = "scans"
    HANDWRITING = "handwriting"
    DRAWINGS = "drawings"
    MANY_LANGUAGES = "many_languages"


class Program(StrEnum):
    OFFICE = "office"
    CHAT = "chat"
    ACCOUNTS = "accounts"
    CUSTOMER_RECORDS = "customer_records"
    STOCK = "stock"
    WEB_SHOP = "web_shop"
    OWN_SOFTWARE = "own_software"
    NONE = "none"


class WouldStop(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Computers(StrEnum):
    OFFICE_PCS = "office_pcs"
    GRAPHICS_CARD = "graphics_card"
    APPLE = "apple"
    SERVER = "server"
    NONE = "none"


class ItSupport(StrEnum):
    NOBODY = "nobody"
    COLLEAGUE = "colleague"
    OWN_STAFF = "own_staff"
    OUTSIDE_FIRM = "outside_firm"


class Connectivity(StrEnum):
    RELIABLE = "reliable"
    SOMETIMES_POOR = "sometimes_poor"
    OFFLINE = "offline"


class Timing(StrEnum):
    THIS_MONTH = "this_month"
    THREE_MONTHS = "three_months"
    THIS_YEAR = "this_year"
    LOOKING = "looking"


class PaymentPreference(StrEnum):
    PER_USE = "per_use"
    MONTHLY = "monthly"
    BUY_ONCE = "buy_once"
    NONE = "none"


class Priority(StrEnum):
    LOW_COST = "low_cost"
    QUALITY = "quality"
    PRIVACY = "privacy"
    EASE = "ease"
    SPEED = "speed"
    ENERGY = "energy"
    SWITCHING = "switching"
    LOCAL_SUPPLIER = "local_supplier"


class SpecialKnowledge(StrEnum):
    LOOK_UP = "look_up"
    TONE = "tone"
    SPECIALIST = "specialist"
    NONE = "none"


class Readiness(StrEnum):
    NEVER = "never"
    SOME = "some"
    TRAINED = "trained"


@dataclass(frozen=True)
class JobAnswer:
    """One chosen job. ``units_per_week`` in the job's own unit, ``minutes_each`` minutes one takes today."""

    job: Job
    units_per_week: float | None = None
    minutes_each: float | None = None


@dataclass(frozen=True)
class LanguageAnswer:
    language: str  # ISO 639-1, lower case
    use: LanguageUse


@dataclass(frozen=True)
class CurrentTool:
    """One row of question 15. ``price_month`` is the whole monthly bill of the row, all people together, before tax."""

    product: str
    people: int | None
    price_month: float
    contract_end: date | None
    would_stop: WouldStop


@dataclass(frozen=True)
class OwnComputer:
    """A machine the business has: a catalog device slug, or its memory alone."""

    device: str | None
    memory_gb: float | None
    count: int = 1


@dataclass(frozen=True)
class Rules:
    """Question 24. Empty tuples and False mean no rule. Countries are ISO 3166 codes of makers or hosts."""

    avoid_countries: tuple[str, ...] = ()
    avoid_suppliers: tuple[str, ...] = ()
    only_suppliers: tuple[str, ...] = ()
    only_countries: tuple[str, ...] = ()
    standard_licenses_only: bool = False
    disclosed_data_only: bool = False


class Adaptation(StrEnum):
    """Steps of fitting a model to the main job, the cheapest first."""

    PROMPT = "prompt"  # instructions with examples
    SEARCH = "search"  # looking things up in the business's own documents
    FINE_TUNING = "fine_tuning"  # training the model further on the business's own examples


@dataclass(frozen=True)
class WhatIf:
    """Changes tried out on top of the answers; ``volume`` and ``price`` are multiples, 1.0 leaves them as answered.

    ``growth`` is the share of today's work that comes on top each year, ``support`` the slug of a catalog support
    offer to pay for, ``adaptation`` the step the main job's model is fitted with. ``planned`` holds planning values by
    name (hours, shares, quantities) that the business knows better, each taken as it is.
    """

    users: int | None = None
    hourly_cost: float | None = None
    volume: float = 1.0
    price: float = 1.0
    growth: float | None = None
    support: str | None = None
    adaptation: Adaptation | None = None
    planned: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Answers:
    """Everything the engine is told. Field order follows the questionnaire; every ``None`` is "not sure"."""

    country: str
    currency: str
    jobs: tuple[JobAnswer, ...]  # the main job first; at least one, at most four
    sector: str | None = None
    customer_countries: tuple[str, ...] = ()
    staff_count: int | None = None
    ai_users: int | None = None
    languages: tuple[LanguageAnswer, ...] | None = None
    error_harm: ErrorHarm | None = None
    audience: tuple[Audience, ...] | None = None
    people_decisions: tuple[PeopleDecision, ...] | None = None
    information: tuple[Information, ...] = (Information.INTERNAL,)
    processing_location: ProcessingLocation | None = None
    document_count: DocumentCount | None = None
    document_shapes: tuple[DocumentShape, ...] = ()
    programs: tuple[Program, ...] | None = None
    current_tools: tuple[CurrentTool, ...] | None = None  # () = pays for nothing, None = not sure
    computers: Computers | None = None
    own_computers: tuple[OwnComputer, ...] = ()
    hardware_countries: tuple[str, ...] = ()  # empty = any country
    it_support: ItSupport | None = None
    hourly_cost: float | None = None
    connectivity: Connectivity | None = None
    budget_once: float | None = None
    budget_month: float | None = None
    budget_month_as_now: bool = False
    timing: Timing | None = None
    payment_preference: PaymentPreference | None = None
    priorities: tuple[Priority, ...] = ()
    rules: Rules = Rules()
    special_knowledge: tuple[SpecialKnowledge, ...] | None = None
    readiness: Readiness | None = None
    horizon_months: int = 36
    answered: frozenset[str] = frozenset()  # question keys ("Q5") answered with a real figure or choice
    relevant: frozenset[str] = frozenset()  # question keys that apply to this business
