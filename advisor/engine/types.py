"""What the engine gives back: frozen dataclasses, collections as tuples, and plain JSON through ``to_document``.

Money is in the business's currency without tax, rounded to cents here and nowhere earlier. The engine
returns codes and figures; the words for them live in ``advisor/assessments/wording.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from advisor.engine.plain import plain


class Grade(StrEnum):
    """Evidence grades, best first. ``weakest`` of several facts is what a figure built on them carries."""

    MEASURED = "measured"
    INDEPENDENT = "independent"
    PUBLISHED = "published"  # a list price or an official statistic
    MAKER = "maker"
    DERIVED = "derived"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    RECOMMEND = "recommend"
    KEEP = "keep"
    NOT_YET = "not_yet"
    LEGAL_STOP = "legal_stop"
    NOTHING_FITS = "nothing_fits"


class Route(StrEnum):
    """Ways of running. ``CLOSED_API`` is only ever a reference."""

    HOSTED_API = "hosted_api"
    HOSTED_SEATS = "hosted_seats"
    RENTED_SERVER = "rented_server"
    OWN_SERVER = "own_server"
    STAFF_COMPUTERS = "staff_computers"
    CLOSED_API = "closed_api"


class Rule(StrEnum):
    """Eligibility rules in the order they are applied; the first that fails is the one recorded."""

    DATA_CLASS = "data_class"
    LOCATION = "location"
    LICENSE = "license"
    TERRITORY = "territory"
    USER_CAP = "user_cap"
    AVOID_COUNTRY = "avoid_country"
    AVOID_SUPPLIER = "avoid_supplier"
    STANDARD_LICENSE = "standard_license"
    DISCLOSED_DATA = "disclosed_data"
    HARDWARE_COUNTRY = "hardware_country"
    ABILITY = "ability"
    LANGUAGE = "language"
    QUALITY = "quality"
    MEMORY = "memory"
    SPEED = "speed"
    OFFLINE = "offline"
    EASE = "ease"
    BUDGET = "budget"
    NO_PRICE = "no_price"  # nothing published to compute with, or too old; never guessed


@dataclass(frozen=True)
class Estimate:
    """A figure with its range. ``low <= central <= high`` always holds."""

    low: float
    central: float
    high: float
    unit: str
    grade: str

    def __post_init__(self) -> None:
        assert self.low <= self.central <= self.high, (self.low, self.central, self.high)


FORMULA, CHANCE, PAYBACK = "formula", "chance", "payback"


@dataclass(frozen=True)
class TraceInput:
    """One input of a working. ``name`` is the variable in the expression; ``label`` a wording key."""

    name: str
    value: float
    unit: str
    grade: str
    source: str | None = None
    as_of: str | None = None
    question: str | None = None  # "Q5" when it comes from an answer
    low: float | None = None  # ends of its range, where it has one
    high: float | None = None
    editable: bool = False  # a planning value that the owner may replace
    months: tuple[float, ...] = ()  # its course by month, where the figure needs it; ``value`` is then their sum


@dataclass(frozen=True)
class Trace:
    """How one figure was computed from ``inputs``; expressions use + - * / min max ceil and numbers only.

    ``key`` names the figure ("plan-1.cost_total"). By ``method``: FORMULA: the expression over the inputs gives
    ``value``; with ``points``, ``low`` and ``high`` are the 10th and 90th percentile of the same expression over that
    many points of the sample. CHANCE: the share of the points at which the expression is above zero. PAYBACK: the first
    month from which the running total of the expression by month stays above zero, 0 when it never does.
    """

    key: str
    expression: str
    inputs: tuple[TraceInput, ...]
    value: float
    unit: str
    method: str = FORMULA
    low: float | None = None
    high: float | None = None
    points: int = 0


@dataclass(frozen=True)
class Note:
    """A coded sentence: ``code`` picks the wording, ``values`` fill it. ``question`` links to the answer behind it."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)
    question: str | None = None


@dataclass(frozen=True)
class Assumption:
    """A default used because an answer was missing or "not sure"."""

    key: str  # wording key, e.g. "units_per_week"
    question: str
    subject: str | None  # job slug or None
    low: float | None
    central: float | str
    high: float | None
    unit: str
    grade: str
    source: str | None
    as_of: str | None
    control: str | None = None  # the what-if control that changes it, where no question does


@dataclass(frozen=True)
class JobDemand:
    """Central monthly demand of one job with its range, and the peak it puts on a machine."""

    job: str
    unit: str
    units_week: Estimate
    requests_month: Estimate
    input_tokens_month: Estimate
    cached_tokens_month: Estimate
    output_tokens_month: Estimate
    audio_hours_month: Estimate
    pages_month: Estimate
    images_month: Estimate
    assets_month: Estimate
    context_tokens: int
    mode: str
    peak_requests_hour: Estimate
    hours_freed_month: Estimate  # time, never money
    hours_checking_month: Estimate


@dataclass(frozen=True)
class LicenseCard:
    slug: str
    name: str
    url: str
    light: str  # green, amber, red
    summary: str
    may: tuple[str, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    source: str | None
    as_of: str | None
    duties: tuple[Note, ...] = ()  # what this business must do
    bars: tuple[Note, ...] = ()  # what it must not do
    checks: tuple[Note, ...] = ()  # limits on users and revenue that no answer speaks to


@dataclass(frozen=True)
class Evidence:
    """One score that speaks to a job, on the scale it was compared on.

    ``points`` is None where the score only passes or fails its floor. ``linked_to`` names the party whose scale a
    score of another party was put on, over ``linked_models`` models that both measured.
    """

    benchmark: str
    score: float
    floor: float
    party: str
    grade: str
    lower_is_better: bool = False
    linked_to: str | None = None
    linked_models: int = 0
    points: float | None = None
    source: str | None = None
    job: str | None = None  # in a plan: the job it speaks to


@dataclass(frozen=True)
class ModelUse:
    """One model in a plan and the jobs it does. ``quality`` is that of the job it does worst, of those known."""

    slug: str
    name: str
    publisher: str
    publisher_country: str | None
    family: str
    role: str  # "main", "embedding", "stt", "ocr", "tts", "rerank", "easy" (routing)
    jobs: tuple[str, ...]
    params_total_b: float | None
    release_date: str | None
    format: str | None  # "Q4_K_M", "FP8" ...; None = chosen by the host
    license: LicenseCard
    openness_class: str | None
    quality: float | None  # 0-100 against what the job needs, None = no evidence
    quality_grade: str
    evidence: tuple[Evidence, ...] = ()  # empty = no evidence


@dataclass(frozen=True)
class MachineLoad:
    """What one job asks of a machine in the first month's busiest hour, and what one machine carries in time."""

    job: str
    peak_hour: float  # requests, or pages, pictures, 3D models
    carried_hour: float  # the most that one machine serves within the wait target (Erlang C)
    in_flight: float  # mean number at work at once in the busiest hour
    slots: int  # served at once by one machine
    seconds_each: float
    wait_s: float | None  # target for nine in ten; None: nobody waits


@dataclass(frozen=True)
class Machine:
    """Whole machines of one kind. Memory in GB (10^9 bytes), power in watts."""

    device: str
    name: str
    vendor: str
    count: int
    needed_gb: float
    usable_gb: float
    headroom_gb: float
    decode_tps_per_user: Estimate | None
    busy_share: float  # of working hours, central
    price_each: float | None
    offer: str | None  # cloud offer slug when rented
    provider: str | None
    count_at_end: int = 0  # in the last month, after the work has grown
    headroom_share: float = 0.0  # of what the first month's machines carry in the busiest hour, left free
    headroom_share_at_end: float = 0.0
    loads: tuple[MachineLoad, ...] = ()
    weights_gb: float = 0.0  # these three make up ``needed_gb``
    working_gb: float = 0.0  # of the requests in hand
    overhead_gb: float = 0.0  # buffers, drivers, programs


@dataclass(frozen=True)
class CostLine:
    """One line of the total cost of ownership over the horizon; a credit (resale) is negative."""

    key: str  # usage, rent, purchase, resale, electricity, setup_labor, running_labor, training ...
    once: Estimate
    month: Estimate  # mean month
    total: Estimate  # whole horizon
    own_labor: bool = False
    by_month: tuple[float, ...] = ()  # central, length horizon


@dataclass(frozen=True)
class Scores:
    """Each part 0-100; ``total`` is weighted by the priorities."""

    quality: float
    cost: float
    privacy: float
    ease: float
    speed: float
    energy: float
    ecosystem: float
    switching: float
    total: float


@dataclass(frozen=True)
class SupportOption:
    """Paid support that could be switched on for a plan; off unless ``chosen``."""

    slug: str
    vendor: str
    offer: str
    included: str
    month: Estimate
    chosen: bool
    source: str | None
    as_of: str | None


@dataclass(frozen=True)
class ProgramNote:
    """A program for a plan's route, with what to know before it is installed."""

    slug: str
    name: str
    license: str
    license_trap: str | None
    difficulty: int  # 1 double-click to 5 programmer; editorial
    default_auth: str | None  # whether it asks for a login as it comes
    security_notes: str | None
    source: str | None
    as_of: str | None


@dataclass(frozen=True)
class Rung:
    """One step of fitting a model to the main job: what it costs over the horizon, and what it asks for."""

    step: str  # prompt, search, fine_tuning
    chosen: bool
    once: Estimate | None  # None: cannot be done here, for the reason in ``obstacle``
    month: Estimate | None
    total: Estimate | None
    needs: tuple[Note, ...]  # data and people
    obstacle: Note | None = None


@dataclass(frozen=True)
class Promise:
    """A promised saving beside a plan's own; all figures are shares of what is paid today over the horizon.

    Paying per use and openness add up to the central share. Seats nobody uses are in no plan's saving.
    """

    promised: float
    share: Estimate  # negative: costs more
    chance: float  # share of the sample in which the saving is larger than promised
    spread: tuple[float, ...]  # 20 cases of equal weight, lowest first
    most: float  # what stops at all, central: the share that a plan would save if it cost nothing
    from_paying_per_use: float | None  # None without a closed pay-per-use service to compare with
    from_openness: float | None
    from_idle_seats: float
    with_idle_seats: float  # central, with those seats given up


@dataclass(frozen=True)
class Savings:
    """Stopped spending minus cost of the plan over the horizon; negative means it costs more."""

    total: Estimate
    stopped_total: Estimate
    share_of_current: float | None  # central saving / current spending over the horizon; None without spending
    chance: float  # share of the sample in which it saves anything
    payback_month: int | None  # None = does not pay back within the horizon
    cumulative: tuple[float, ...]  # central cumulative saving by month, length horizon + 1, starting at month 0
    from_paying_per_use: float | None  # central saving if closed pay-per-use replaced the seats
    from_openness: float | None  # the rest
    stopped_by_month: tuple[float, ...] = ()  # central, length horizon
    promise: Promise | None = None  # None without spending today


@dataclass(frozen=True)
class Driver:
    """One-at-a-time sensitivity of the total saving (or cost) to +/- 25 % of one input."""

    key: str  # users, volume, labor, price, exchange_rate, idle, hardware_price
    low_total: float
    high_total: float


@dataclass(frozen=True)
class Flip:
    """The value of one input at which the recommendation changes, verified by re-running the comparison there."""

    key: str  # volume, hourly_cost, price, current_spend
    factor: float  # multiple of today's value
    value: float | None  # in the input's own unit where there is one
    unit: str
    becomes: str  # "keep" or "plan"; of a requirement "promise"


@dataclass(frozen=True)
class Plan:
    """A simple set-up for all jobs: models, where they run, what it costs."""

    key: str  # stable id inside this result: "plan-1"
    labels: tuple[str, ...]  # best_fit, lowest_cost, most_private, closed_reference
    route: str
    routed: bool  # small model first, larger one for hard cases
    provider: str | None  # hosted routes
    regions: tuple[str, ...]
    models: tuple[ModelUse, ...]
    machines: tuple[Machine, ...]
    data_location: str  # own_equipment, region, country, abroad, unknown
    cost_total: Estimate
    cost_month: Estimate
    cost_once: Estimate
    cost_first_year: Estimate
    cost_by_year: tuple[float, ...]
    cost_by_month: tuple[float, ...]  # central, length horizon
    lines: tuple[CostLine, ...]
    savings: Savings
    scores: Scores
    drivers: tuple[Driver, ...]
    energy_kwh_month: Estimate | None
    pluses: tuple[Note, ...]
    minuses: tuple[Note, ...]
    uncovered_jobs: tuple[str, ...]  # jobs no option could do; shown, never hidden
    over_budget: tuple[Note, ...]  # gap in money, if any
    support: tuple[SupportOption, ...] = ()  # paid support that could be switched on
    adaptation: tuple[Rung, ...] = ()  # steps of fitting the main job's model, cheapest first
    index_hours: float | None = None  # hours a machine works on the first search index
    programs: tuple[ProgramNote, ...] = ()  # easiest first


@dataclass(frozen=True)
class ToolLine:
    product: str
    people: int | None
    price_month: float
    stop_share: float
    stops_from_month: int
    stopped_total: float  # over the horizon, central
    idle_seats_month: float  # money a month for seats nobody uses, a saving without any model, not in ``stopped_total``
    seats_stop: float | None = None  # seats in use that the plan replaces; None where the bill is not by seats
    idle_seats: int = 0
    idle_from_month: int = 0  # month in which the contract lets them go
    idle_total: float = 0.0  # over the horizon


@dataclass(frozen=True)
class Keep:
    """What is paid now and what of it would stop."""

    has_baseline: bool
    known: bool  # False when the business was not sure what it pays
    month: float
    total: float  # over the horizon
    tools: tuple[ToolLine, ...]
    reference_product: str | None  # typical commercial product when nothing is paid now
    reference_month: float | None  # its price for the users; a reference, not a saving
    idle_total: float = 0.0  # seats nobody uses, over the horizon: saved without any model, in no plan's saving


@dataclass(frozen=True)
class RuledOutOption:
    model: str
    name: str
    route: str
    where: str | None
    job: str
    rule: str
    note: Note


@dataclass(frozen=True)
class RuleSummary:
    """How many options one rule removed first, with examples, and the smallest change that would bring them back."""

    rule: str
    count: int
    models: int
    question: str | None
    lift: Note
    examples: tuple[RuledOutOption, ...]


@dataclass(frozen=True)
class Confidence:
    level: str  # high, medium, low
    share: float
    answered: int
    relevant: int
    improve: tuple[str, ...]  # the questions that would narrow it most


@dataclass(frozen=True)
class LawNote:
    slug: str
    jurisdiction_name: str
    instrument: str
    topic: str
    duty: str
    who: str
    status: str
    since: str | None
    penalties: str | None
    source: str | None
    as_of: str | None
    review_by: str | None
    overdue: bool


@dataclass(frozen=True)
class ClaimNote:
    slug: str
    claim: str
    figure: float | None
    unit: str
    status: str
    author: str
    source: str | None
    published: str | None


@dataclass(frozen=True)
class CaseOutcome:
    measure: str
    value: float | None
    unit: str | None
    note: str | None


@dataclass(frozen=True)
class CaseNote:
    """A published case of the business's own trade or of one of its jobs, told as it ended.

    ``match``: sector, job, or failure (of neither, told because no other case failed).
    """

    slug: str
    title: str
    sector: str
    match: str
    country: str | None
    jobs: tuple[str, ...]
    model: str | None
    route: str | None
    outcomes: tuple[CaseOutcome, ...]
    result: str
    evidence_strength: str  # A (measured, no stake) to D
    who_says: str | None
    source: str | None
    as_of: str | None


@dataclass(frozen=True)
class SourceUse:
    source: str
    as_of: str | None
    used_for: str
    grade: str


@dataclass(frozen=True)
class OldFact:
    """A fact of the catalog that a result rests on and somebody should look at again."""

    collection: str  # of the catalog: api_prices, licenses ...
    name: str
    as_of: str | None  # date of the figure
    checked_on: str | None
    review_by: str | None  # None: it has no date at all
    expired: bool  # too old to recommend anything by; only compared or converted with
    source: str | None


@dataclass(frozen=True)
class Compared:
    """The best set-up found on each route, whether or not it became a plan; closed references too."""

    route: str
    routed: bool
    name: str  # machine, provider or product
    models: tuple[str, ...]
    cost_total: Estimate
    saving_central: float
    score: float | None
    plan: str | None  # key of the plan it became
    over_budget: bool
    reference: bool  # closed, shown for comparison only


@dataclass(frozen=True)
class Recommendation:
    engine_version: str
    catalog_hash: str
    as_of: str
    currency: str
    country: str
    horizon_months: int
    verdict: str
    reasons: tuple[Note, ...]
    recommended: str | None  # key of a plan; None for keep, not_yet, nothing_fits
    confidence: Confidence
    demand: tuple[JobDemand, ...]
    plans: tuple[Plan, ...]
    closed_reference: Plan | None
    compared: tuple[Compared, ...]
    keep: Keep
    ruled_out: tuple[RuleSummary, ...]
    options_considered: int
    options_eligible: int
    flips: tuple[Flip, ...]
    assumptions: tuple[Assumption, ...]
    laws: tuple[LawNote, ...]
    law_country_known: bool
    claims: tuple[ClaimNote, ...]
    human_check: bool  # a person checks results: a step of the plan
    pass_mark_percent: int  # of the ten-task test pack
    warnings: tuple[Note, ...]  # old facts, volatile prices
    prices_checked_on: str  # oldest date checked among prices used
    traces: tuple[Trace, ...]
    sources: tuple[SourceUse, ...]
    planning: tuple[Assumption, ...] = ()  # what one unit of each job is taken to be; nobody is asked for these
    old_facts: tuple[OldFact, ...] = ()  # expired ones first, then by the day their review was due
    cases: tuple[CaseNote, ...] = ()
    requirements: tuple[Flip, ...] = ()  # where the main plan's central saving would reach what is promised

    def to_document(self) -> dict[str, Any]:
        """Plain JSON: dicts, lists, str, int, float, bool, None."""
        document: dict[str, Any] = plain(self)
        return document
