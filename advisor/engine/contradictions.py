"""The one table of checks on catalog rows: what may not be read at all, and what a person should look at.

A check either refuses (figures out of order, below nothing, larger than their whole, days that do not exist: a catalog
that says so is not read) or lists (two figures that can hardly both be true: editors see them, nothing is corrected).
Unknown figures (None) contradict nothing. Codes of countries are ISO 3166 (a state or province after a hyphen), or a
group the facts speak of as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum

from advisor.engine import disagreements as told
from advisor.engine.disagreements import Across, Tables, Told
from advisor.engine.row_checks import (
    CURRENCY,
    LANGUAGE,
    Check,
    Problem,
    above_zero,
    at_least,
    begins_before_it_ends,
    days,
    exact_days,
    floors_hold,
    homes,
    in_time,
    layers_add_up,
    like,
    not_negative,
    one_of,
    places,
    rising,
    scores_hold,
    shares,
)
from advisor.engine.types import Grade


class Effect(StrEnum):
    REFUSE = "refuse"
    LIST = "list"


@dataclass(frozen=True)
class Rule:
    effect: Effect
    check: Check


@dataclass(frozen=True)
class Finding:
    """``field`` may lead into a nested fact: "price.as_of"."""

    kind: str
    slug: str
    field: str
    problem: str
    effect: Effect


def contradiction(row: object) -> Problem | None:
    """The first field of a row, or of a row inside it, that refuses it; None where nothing does."""
    return next(problems(row, Effect.REFUSE), None)


def problems(row: object, effect: Effect) -> Iterator[Problem]:
    """What the checks of one effect find in a row and in the rows inside it."""
    for kind in reversed(type(row).__mro__):
        for rule in CHECKS.get(kind.__name__, ()):
            if rule.effect is effect:
                yield from rule.check(row)
    for item in fields(row):  # type: ignore[arg-type]
        value = getattr(row, item.name)
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part):
                yield from ((f"{item.name}.{field}", problem) for field, problem in problems(part, effect))


def refused_together(tables: Tables) -> Iterator[Told]:
    """What refuses a catalog although each of its rows could be read."""
    for effect, check in ACROSS:
        if effect is Effect.REFUSE:
            yield from check(tables)


def findings(tables: Tables) -> Iterator[Finding]:
    """Everything the table of checks finds, of both effects."""
    for kind, rows in tables.items():
        for row in rows:
            for effect in Effect:
                for field, problem in problems(row, effect):
                    yield Finding(kind, row.slug, field, problem, effect)
    for effect, check in ACROSS:
        yield from (Finding(*found, effect) for found in check(tables))


def _refuse(*checks: Check) -> tuple[Rule, ...]:
    return tuple(Rule(Effect.REFUSE, check) for check in checks)


def _list(*checks: Check) -> tuple[Rule, ...]:
    return tuple(Rule(Effect.LIST, check) for check in checks)


# Terms of licenses that there are words for.
TERMS = frozenset(
    (
        *(
            "check_release",
            "credit",
            "ends_if_sued",
            "keep_name",
            "keep_notice",
            "keep_policy",
            "mark_generated",
            "name_prefix",
        ),
        *("no_military", "no_training", "outputs_in_territory", "pass_on_terms", "register"),
        *("send_notice", "show", "show_if_trained", "trade_control"),
    )
)
SPANS = (
    *("requests_per_unit", "input_tokens", "output_tokens", "cached_prefix_share", "audio_seconds", "pages", "images"),
    *("assets_3d", "reasoning_multiplier", "context_needed_tokens", "wait_first_word_s", "tokens_per_s_per_user"),
    *("seconds_per_image", "finish_within_hours", "peak_to_mean", "easy_share", "minutes_today", "check_minutes"),
    "rework_share",  # time_saved_share may be negative: some work took longer
)
COUNTS = ("n_layers", "n_kv_heads", "head_dim", "mla_kv_lora_rank", "context_tokens", "sliding_window_tokens")
KINDS_OF_LAYERS = ("full_attention_layers", "sliding_window_layers", "linear_attention_layers", "mla_rope_dim")

# By the name of the dataclass in ``catalog.py``; what stands under Entry speaks of every row.
CHECKS: dict[str, tuple[Rule, ...]] = {
    "Entry": _refuse(
        one_of(frozenset(Grade), "grade"), days("as_of"), exact_days("seen_on"), in_time("as_of"),
    ),
    "Number": _refuse(one_of(frozenset(Grade), "grade"), rising("low", "central", "high"), days("as_of")),
    "LicenseLimit": _refuse(
        one_of(frozenset({"users_month", "revenue_month", "revenue_year", "any"}), "measure"),
        one_of(frozenset({"ask", "show"}), "effect"), one_of(frozenset({"hosting"}), "business"),
        at_least(0, "above"),
    ),
    "LicenseTerm": _refuse(one_of(TERMS, "kind")),
    "License": _refuse(
        one_of(frozenset({"yes", "conditional", "no"}), "commercial_use"), homes("territory_exclusions"),
    ),
    "Model": _refuse(
        above_zero("params_total_b", "params_active_b", "params_effective_b", "weights_gb", "vram_min_gb", *COUNTS),
        at_least(0, *KINDS_OF_LAYERS, "language_count"),
        rising("params_active_b", "params_total_b"),
        rising("params_effective_b", "params_total_b"),
        rising("sliding_window_tokens", "context_tokens"),
        layers_add_up,
        scores_hold,
        homes("publisher_country"),
        like(LANGUAGE, "two-letter language code", "languages"),
        days("release_date"),
        in_time("release_date"),
    ) + _list(told.attention_fits, told.files_like_parameters, told.weights_fit_memory, told.one_score_each),
    "Price": _refuse(
        at_least(0, "amount", "low", "high"), rising("low", "amount", "high"),
        like(CURRENCY, "currency code", "currency"), days("as_of"),
    ),
    "Device": _refuse(
        above_zero("memory_gb", "usable_memory_gb", "bandwidth_gbs", "fp16_tflops"), at_least(0, "power_watts"),
        rising("usable_memory_gb", "memory_gb"), homes("vendor_country"),
    ) + _list(told.prices_agree, told.prices_in_time),
    "CloudOffer": _refuse(
        above_zero("memory_gb_each", "gpu_count"), at_least(0, "price_hour", "price_month", "setup_fee", "low"),
        rising("low", "price_hour", "high"), homes("residency"), like(CURRENCY, "currency code", "currency"),
    ) + _list(told.month_within_hours),
    "PriceChange": _refuse(at_least(0, "input", "output", "cached_input", "price"), exact_days("from_date")),
    "ApiPrice": _refuse(
        at_least(0, "input", "output", "cached_input", "price"), above_zero("context_tokens"),
        rising("cached_input", "input"), homes("regions"), like(CURRENCY, "currency code", "currency"),
    ) + _list(told.writing_costs_more),
    "Seat": _refuse(
        at_least(0, "price", "price_annual_billing"), like(CURRENCY, "currency code", "currency"),
    ) + _list(rising("price_annual_billing", "price")),
    "Electricity": _refuse(
        above_zero("price_kwh"), places("country"), like(CURRENCY, "currency code", "currency"),
    ),
    "Rate": _refuse(at_least(0, "low", "value", "high"), rising("low", "value", "high"), places("country")),
    "Fx": _refuse(
        above_zero("units_per_usd", "units_per_usd_low_12m", "units_per_usd_high_12m"),
        rising("units_per_usd_low_12m", "units_per_usd", "units_per_usd_high_12m"),
        like(CURRENCY, "currency code", "currency"),
    ),
    "Usage": _refuse(at_least(0, "low", "central", "high"), rising("low", "central", "high"), places("country")),
    "TokenFact": _refuse(at_least(0, "low", "central", "high"), rising("low", "central", "high")),
    "JobProfile": _refuse(
        not_negative(*SPANS), shares("cached_prefix_share", "easy_share", "rework_share", "time_saved_share"),
        floors_hold,
    ),
    "WeeklyVolume": _refuse(at_least(0, "low"), rising("low", "central", "high")),
    "Sector": _refuse(not_negative("staff_share"), shares("staff_share")),
    "Ecosystem": _refuse(homes("publisher_country"), above_zero("release_cadence_months")),
    "SupportOffer": _refuse(
        at_least(0, "price", "price_low", "price_high"), rising("price_low", "price", "price_high"),
        homes("vendor_country"), like(CURRENCY, "currency code", "currency"),
    ),
    "Software": _refuse(one_of(frozenset(range(1, 6)), "difficulty")),
    "Measurement": _refuse(above_zero("device_count", "prompt_tokens", "output_tokens", "weights_gb", "memory_gb")),
    "MeasuredSpeed": _refuse(
        above_zero("users", "low", "central", "high", "total"), at_least(0, "first_token_s"),
        rising("low", "central", "high"),
    ),
    "LawCard": _refuse(
        exact_days("since", "until", "review_by"), begins_before_it_ends,
    ) + _list(told.binds_when_read, told.due_after_reading),
}  # fmt: skip
# Checks of rows against each other.
ACROSS: tuple[tuple[Effect, Across], ...] = (
    (Effect.REFUSE, told.short_names),
    (Effect.REFUSE, told.references),
    (Effect.LIST, told.offers_match_cards),
    (Effect.LIST, told.rates_cross),
    (Effect.LIST, told.makers_countries),
    (Effect.LIST, told.told_twice),
)
