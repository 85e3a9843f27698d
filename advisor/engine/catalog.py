"""A published catalog version as the engine reads it: frozen rows parsed from one JSON document.

The document is ``{"format": 1, "entries": {kind: [row, ...]}}``. Only the fields named here are read, so a
document may carry more (the website shows them). A row that does not fit raises ``ValueError`` naming kind,
slug and field. Dates of facts are kept as the text they were published with ("2026", "2026-10", "2026-10-08").
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from advisor.engine.contradictions import contradiction, refused_together
from advisor.engine.reading import fields_of, read_row

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every fact carries. ``grade`` is an evidence grade of ``types.Grade``; ``seen_on`` is when it was read."""

    slug: str
    source: str | None = None
    as_of: str | None = None
    seen_on: str | None = None
    grade: str = "unknown"
    confidence: str | None = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Number:
    """A planning range with its evidence; ``unit`` is in words ("tokens/request")."""

    low: float
    central: float
    high: float
    unit: str
    grade: str
    source: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class LicenseLimit:
    """Above ``above`` people or US dollars the license asks for something.

    ``measure``: users_month, revenue_month, revenue_year (US dollars), any (whatever the size). ``effect``: ask the
    maker for terms of its own, or show the model's name. ``business``: hosting = only who offers the model itself, or
    an assistant made of it, to others; None = any business.
    """

    measure: str
    effect: str
    above: float = 0.0
    business: str | None = None


@dataclass(frozen=True, kw_only=True)
class LicenseTerm:
    """One duty or one limit on use; ``text`` is what must be shown or how a name must begin."""

    kind: str
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class License(Entry):
    name: str
    url: str
    osi_approved: bool
    commercial_use: str  # yes, conditional, no
    cap: str | None = None
    limits: tuple[LicenseLimit, ...] = ()
    terms: tuple[LicenseTerm, ...] = ()
    territory_exclusions: tuple[str, ...] = ()
    territory_modalities: tuple[str, ...] = ()  # the exclusions speak of these models only; () = of all
    territory_note: str | None = None
    attribution: str | None = None
    acceptable_use: str | None = None
    output_restrictions: str | None = None
    other_conditions: str | None = None
    summary: str = ""
    text_seen: str | None = None


@dataclass(frozen=True, kw_only=True)
class Score:
    benchmark: str
    score: float
    scale: str | None = None
    measured_by: str
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class Model(Entry):
    name: str
    family: str
    publisher: str
    publisher_country: str | None = None
    hub_repo: str | None = None
    modalities: tuple[str, ...]
    tasks: tuple[str, ...]
    params_total_b: float | None = None
    params_active_b: float | None = None
    params_effective_b: float | None = None
    n_layers: int | None = None
    n_kv_heads: int | None = None
    head_dim: int | None = None
    mla_kv_lora_rank: int | None = None
    mla_rope_dim: int | None = None
    full_attention_layers: int | None = None
    sliding_window_layers: int | None = None
    sliding_window_tokens: int | None = None
    linear_attention_layers: int | None = None
    context_tokens: int | None = None
    native_precision: str | None = None
    weights_gb: dict[str, float] = field(default_factory=dict)
    vram_min_gb: dict[str, float] = field(default_factory=dict)
    license: str
    languages: tuple[str, ...] | None = None  # ISO 639-1 codes the maker names; None = not stated by name
    language_count: int | None = None
    release_date: str | None = None
    quality: tuple[Score, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Price:
    amount: float | None = None
    currency: str
    low: float | None = None
    high: float | None = None
    as_of: str | None = None
    kind: str | None = None
    source: str | None = None
    grade: str = "published"


@dataclass(frozen=True, kw_only=True)
class Device(Entry):
    name: str
    vendor: str
    vendor_country: str | None = None
    kind: (
        str  # consumer_gpu workstation_gpu datacenter_gpu unified_memory_computer cpu_desktop cpu_server cn_accelerator
    )
    memory_gb: float | None = None
    usable_memory_gb: float | None = None
    bandwidth_gbs: float | None = None
    fp16_tflops: float | None = None
    fp16_basis: str | None = None
    power_watts: float | None = None
    price: Price
    other_prices: tuple[Price, ...] = ()
    runtimes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CloudOffer(Entry):
    provider: str
    gpu: str
    device: str | None = None  # catalog device slug; None = no matching device entry
    gpu_count: int
    memory_gb_each: float
    instance: str | None = None
    price_hour: float | None = None
    price_month: float | None = None
    setup_fee: float | None = None
    currency: str
    tier: str
    residency: tuple[str, ...] = ()  # countries where it runs; () = chosen per host or not stated
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class PriceChange:
    from_date: str
    input: float | None = None
    output: float | None = None
    cached_input: float | None = None
    price: float | None = None  # of services billed by another unit than tokens


@dataclass(frozen=True, kw_only=True)
class ApiPrice(Entry):
    """List price of a pay-per-use service.

    ``input``, ``output`` and ``cached_input`` are per million tokens, ``price`` is per ``unit``.
    """

    category: str
    provider: str
    model_name: str
    model: str | None = None  # catalog model slug; None = closed, or no catalog entry
    open_weights: bool | None = None
    unit: str
    input: float | None = None
    output: float | None = None
    cached_input: float | None = None
    price: float | None = None
    currency: str
    context_tokens: int | None = None
    scheduled_changes: tuple[PriceChange, ...] = ()
    use_cases: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()  # country codes or "EU" of the provider; () = not stated
    deprecated: bool = False


@dataclass(frozen=True, kw_only=True)
class Seat(Entry):
    product: str
    vendor: str
    use_cases: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    pricing_model: str
    unit: str
    price: float | None = None
    price_annual_billing: float | None = None
    currency: str
    billing: str | None = None


@dataclass(frozen=True, kw_only=True)
class Electricity(Entry):
    country: str
    price_kwh: float
    currency: str
    suits_sme: str  # good, lower_bound, too_low


@dataclass(frozen=True, kw_only=True)
class Rate(Entry):
    kind: str
    key: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str
    currency: str | None = None
    country: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fx(Entry):
    currency: str
    units_per_usd: float | None = None
    units_per_usd_low_12m: float | None = None
    units_per_usd_high_12m: float | None = None
    units_per_eur: float | None = None


@dataclass(frozen=True, kw_only=True)
class Usage(Entry):
    kind: str
    key: str
    country: str | None = None
    low: float | None = None
    central: float | None = None
    high: float | None = None
    unit: str


@dataclass(frozen=True, kw_only=True)
class TokenFact(Entry):
    key: str
    language: str | None = None
    low: float | None = None
    central: float
    high: float | None = None
    unit: str


@dataclass(frozen=True, kw_only=True)
class Companion:
    role: str
    task: str | None = None
    required: bool = False
    when: str | None = None  # "phone", "scans", "editing", "forecasts": required only then


@dataclass(frozen=True, kw_only=True)
class JobProfile(Entry):
    """One row per job. Ranges are planning ranges; see ``demand.py`` for how they combine."""

    unit: str
    plain: str
    requests_per_unit: Number
    input_tokens: Number
    output_tokens: Number
    cached_prefix_share: Number
    audio_seconds: Number
    pages: Number
    images: Number
    assets_3d: Number
    reasoning_multiplier: Number
    context_needed_tokens: Number
    response_mode: str  # interactive, batch, inline
    wait_first_word_s: Number | None = None
    tokens_per_s_per_user: Number | None = None
    seconds_per_image: Number | None = None
    finish_within_hours: Number | None = None
    around_the_clock: bool = False
    peak_to_mean: Number
    easy_share: Number
    minutes_today: Number
    time_saved_share: Number
    check_minutes: Number
    rework_share: Number
    abilities: tuple[str, ...]
    companions: tuple[Companion, ...] = ()
    floors: dict[str, dict[str, float]] = field(default_factory=dict)  # error_harm -> benchmark -> least score


@dataclass(frozen=True, kw_only=True)
class WeeklyVolume:
    job: str
    low: float
    central: float
    high: float
    grade: str


@dataclass(frozen=True, kw_only=True)
class Sector(Entry):
    name: str
    plain: str
    typical_jobs: tuple[str, ...]
    weekly_volume_per_employee: tuple[WeeklyVolume, ...] = ()
    staff_share: Number
    examples: tuple[str, ...] = ()
    typical_information: str | None = None


@dataclass(frozen=True, kw_only=True)
class Ecosystem(Entry):
    family: str
    publisher: str
    publisher_country: str | None = None
    openness_class: str
    openness_note: str | None = None
    release_cadence_months: float | None = None
    runtimes: dict[str, str | None] = field(default_factory=dict)
    domestic_accelerators: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SupportOffer(Entry):
    vendor: str
    vendor_country: str | None = None
    offer: str
    kind: str
    price: float | None = None
    price_low: float | None = None
    price_high: float | None = None
    currency: str | None = None
    unit: str | None = None
    included: str = ""
    jobs: tuple[str, ...] = ()  # jobs the offer does by itself, for plans sold per person


@dataclass(frozen=True, kw_only=True)
class Software(Entry):
    name: str
    category: str
    routes: tuple[str, ...]
    license: str
    license_trap: str | None = None
    difficulty: int
    security_notes: str | None = None
    default_auth: str | None = None


@dataclass(frozen=True, kw_only=True)
class LawCard(Entry):
    jurisdiction: str
    jurisdiction_name: str
    instrument: str
    topic: str
    applies_when: dict[str, tuple[str, ...]] = field(default_factory=dict)  # Answers field -> any of these
    duty: str
    who: str
    since: str | None = None
    until: str | None = None
    status: str  # in_force, adopted, proposed, unclear
    review_by: str | None = None
    penalties: str | None = None


@dataclass(frozen=True, kw_only=True)
class Claim(Entry):
    claim: str
    figure: float | None = None
    unit: str
    measures: str
    conditions: str
    author: str
    interest: str | None = None
    published: str | None = None
    status: str
    how_to_use: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One figure of a case, or a remark in ``unit`` where there is none."""

    measure: str
    value: float | None = None
    unit: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseStudy(Entry):
    title: str
    sector: str  # in words
    sector_slug: str | None = None  # a row of ``sectors``
    country: str | None = None
    jobs: tuple[str, ...] = ()
    sme: str
    model: str | None = None
    route: str | None = None
    outcomes: tuple[Outcome, ...] = ()
    result: str  # positive, mixed, negative, neutral
    who_says: str | None = None
    evidence_strength: str  # A (measured, no stake) to E (untraceable)


@dataclass(frozen=True, kw_only=True)
class MeasuredSpeed:
    """Tokens a second each of ``users`` got: lowest, median, highest answer; and all together, and the first token."""

    users: int
    low: float
    central: float
    high: float
    total: float
    first_token_s: float
    answers: int


@dataclass(frozen=True, kw_only=True)
class Measurement(Entry):
    """An accepted measurement on a real server; ``format`` and ``runtime`` by any name the engine knows."""

    model: str
    format: str
    runtime: str
    device: str
    device_count: int
    prompt_tokens: int
    output_tokens: int
    weights_gb: float | None = None
    memory_gb: float | None = None
    speeds: tuple[MeasuredSpeed, ...]


@dataclass(frozen=True)
class Catalog:
    """One published version. Tuples are sorted by slug, so the order of the document never matters."""

    content_hash: str
    licenses: tuple[License, ...] = ()
    models: tuple[Model, ...] = ()
    devices: tuple[Device, ...] = ()
    cloud_offers: tuple[CloudOffer, ...] = ()
    api_prices: tuple[ApiPrice, ...] = ()
    seats: tuple[Seat, ...] = ()
    electricity: tuple[Electricity, ...] = ()
    rates: tuple[Rate, ...] = ()
    fx: tuple[Fx, ...] = ()
    usage: tuple[Usage, ...] = ()
    token_facts: tuple[TokenFact, ...] = ()
    job_profiles: tuple[JobProfile, ...] = ()
    sectors: tuple[Sector, ...] = ()
    ecosystem: tuple[Ecosystem, ...] = ()
    support_offers: tuple[SupportOffer, ...] = ()
    software: tuple[Software, ...] = ()
    law_cards: tuple[LawCard, ...] = ()
    claims: tuple[Claim, ...] = ()
    case_studies: tuple[CaseStudy, ...] = ()
    measurements: tuple[Measurement, ...] = ()

    @cached_property
    def worked_out(self) -> dict[tuple[object, ...], object]:
        """What ``once.once_per_catalog`` keeps; it is no part of the catalog's identity."""
        return {}

    @property
    def published(self) -> Catalog:
        """The catalog as it was published, whatever the day."""
        return self

    def is_due(self, collection: str, row: Entry) -> bool:
        """Whether somebody should look at a row again."""
        return False

    def is_expired(self, collection: str, row: Entry) -> bool:
        """Whether a row had amounts that are too old to recommend anything by."""
        return False

    @classmethod
    def from_document(cls, document: Mapping[str, Any], content_hash: str) -> Catalog:
        """Parse a published document.

        Raises:
            ValueError: the format is unknown, or a row lacks a field, holds a value of the wrong type, contradicts
                itself or names a row that is not there; the message names kind, row and field.
        """
        if document.get("format") != FORMAT:
            raise ValueError(f"format: expected {FORMAT}, got {document.get('format')!r}")
        tables: dict[str, Any] = {}
        entries = document.get("entries", {})
        for name, row_type in row_types().items():
            if name in entries:
                rows = [_row(row_type, row, name) for row in entries[name]]
                tables[name] = tuple(sorted(rows, key=lambda entry: entry.slug))
        for kind, slug, field_, problem in refused_together(tables):
            raise ValueError(f"{kind}[{slug}].{field_}: {problem}")
        return cls(content_hash=content_hash, **tables)


@dataclass(frozen=True, kw_only=True)
class DatedCatalog(Catalog):
    """A catalog as it stands on one day (``aging.py``); ``due`` and ``expired`` hold collection and slug of rows."""

    origin: Catalog
    due: frozenset[tuple[str, str]]
    expired: frozenset[tuple[str, str]]

    @property
    def published(self) -> Catalog:
        return self.origin

    def is_due(self, collection: str, row: Entry) -> bool:
        return (collection, row.slug) in self.due

    def is_expired(self, collection: str, row: Entry) -> bool:
        return (collection, row.slug) in self.expired


@cache
def row_types() -> dict[str, type[Entry]]:
    """Kind of row in a document -> the dataclass it is read into."""
    hints = fields_of(Catalog).items()
    return {name: typing.get_args(hint)[0] for name, hint in hints if typing.get_origin(hint) is tuple}


def _row(row_type: type[Any], row: Any, name: str) -> Any:
    where = f"{name}[{row.get('slug', '?')}]"
    read = read_row(row_type, row, where)
    problem = contradiction(read)
    if problem is not None:
        raise ValueError(f"{where}.{problem[0]}: {problem[1]}")
    return read
