"""What a catalog row may not say: figures out of order, below nothing, larger than their whole, days that do not exist.

``contradiction`` looks at one dataclass of ``catalog.py`` and names the field. Unknown figures (None) contradict
nothing. Codes of countries are ISO 3166 (a state or province after a hyphen), or a group the facts speak of as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

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

REFERENCES = (
    ("models", "license", "licenses"),
    ("api_prices", "model", "models"),
    ("cloud_offers", "device", "devices"),
)


def dangling(tables: Mapping[str, tuple[Any, ...]]) -> Iterator[tuple[str, str, str, str]]:
    """Rows that name a row which is not there, and short names used twice: (kind, slug, field, problem)."""
    slugs = {kind: [row.slug for row in rows] for kind, rows in tables.items()}
    for kind, found in slugs.items():
        yield from ((kind, slug, "slug", "used twice") for slug, times in Counter(found).items() if times > 1)
    for kind, field, target in REFERENCES:
        known = set(slugs.get(target, ()))
        for row in tables.get(kind, ()) if target in tables else ():
            name = getattr(row, field)
            if name is not None and name not in known:
                yield kind, row.slug, field, f"there is no {name!r} in {target}"


def contradiction(row: object) -> Problem | None:
    """The first field of a row, or of a row inside it, that cannot be true; None where nothing speaks against it."""
    for kind in reversed(type(row).__mro__):
        for check in CHECKS.get(kind.__name__, ()):
            for problem in check(row):
                return problem
    for item in fields(row):  # type: ignore[arg-type]
        value = getattr(row, item.name)
        for part in value if isinstance(value, tuple) else (value,):
            found = contradiction(part) if is_dataclass(part) else None
            if found is not None:
                return f"{item.name}.{found[0]}", found[1]
    return None


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
CHECKS: dict[str, tuple[Check, ...]] = {
    "Entry": (
        one_of(frozenset(Grade), "grade"), days("as_of"), exact_days("seen_on"), in_time("as_of"),
    ),
    "Number": (one_of(frozenset(Grade), "grade"), rising("low", "central", "high"), days("as_of")),
    "LicenseLimit": (
        one_of(frozenset({"users_month", "revenue_month", "revenue_year", "any"}), "measure"),
        one_of(frozenset({"ask", "show"}), "effect"), one_of(frozenset({"hosting"}), "business"),
        at_least(0, "above"),
    ),
    "LicenseTerm": (one_of(TERMS, "kind"),),
    "License": (
        one_of(frozenset({"yes", "conditional", "no"}), "commercial_use"), homes("territory_exclusions"),
    ),
    "Model": (
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
    ),
    "Price": (
        at_least(0, "amount", "low", "high"), rising("low", "amount", "high"),
        like(CURRENCY, "currency code", "currency"), days("as_of"),
    ),
    "Device": (
        above_zero("memory_gb", "usable_memory_gb", "bandwidth_gbs", "fp16_tflops"), at_least(0, "power_watts"),
        rising("usable_memory_gb", "memory_gb"), homes("vendor_country"),
    ),
    "CloudOffer": (
        above_zero("memory_gb_each", "gpu_count"), at_least(0, "price_hour", "price_month", "setup_fee", "low"),
        rising("low", "price_hour", "high"), homes("residency"), like(CURRENCY, "currency code", "currency"),
    ),
    "PriceChange": (at_least(0, "input", "output", "cached_input", "price"), exact_days("from_date")),
    "ApiPrice": (
        at_least(0, "input", "output", "cached_input", "price"), above_zero("context_tokens"),
        rising("cached_input", "input"), homes("regions"), like(CURRENCY, "currency code", "currency"),
    ),
    "Seat": (at_least(0, "price", "price_annual_billing"), like(CURRENCY, "currency code", "currency")),
    "Electricity": (
        above_zero("price_kwh"), places("country"), like(CURRENCY, "currency code", "currency"),
    ),
    "Rate": (at_least(0, "low", "value", "high"), rising("low", "value", "high"), places("country")),
    "Fx": (
        above_zero("units_per_usd", "units_per_usd_low_12m", "units_per_usd_high_12m"),
        rising("units_per_usd_low_12m", "units_per_usd", "units_per_usd_high_12m"),
        like(CURRENCY, "currency code", "currency"),
    ),
    "Usage": (at_least(0, "low", "central", "high"), rising("low", "central", "high"), places("country")),
    "TokenFact": (at_least(0, "low", "central", "high"), rising("low", "central", "high")),
    "JobProfile": (
        not_negative(*SPANS), shares("cached_prefix_share", "easy_share", "rework_share", "time_saved_share"),
        floors_hold,
    ),
    "WeeklyVolume": (at_least(0, "low"), rising("low", "central", "high")),
    "Sector": (not_negative("staff_share"), shares("staff_share")),
    "Ecosystem": (homes("publisher_country"), above_zero("release_cadence_months")),
    "SupportOffer": (
        at_least(0, "price", "price_low", "price_high"), rising("price_low", "price", "price_high"),
        homes("vendor_country"), like(CURRENCY, "currency code", "currency"),
    ),
    "Software": (one_of(frozenset(range(1, 6)), "difficulty"),),
    "Measurement": (above_zero("device_count", "prompt_tokens", "output_tokens", "weights_gb", "memory_gb"),),
    "MeasuredSpeed": (
        above_zero("users", "low", "central", "high", "total"), at_least(0, "first_token_s"),
        rising("low", "central", "high"),
    ),
    "LawCard": (exact_days("since", "until", "review_by"), begins_before_it_ends),
}  # fmt: skip
