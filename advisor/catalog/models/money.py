"""What it costs: rented cards, services, seats, electricity, rates, exchange rates, support."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advisor.catalog import validators
from advisor.catalog.models import columns
from advisor.catalog.models.base import Entry
from advisor.catalog.models.systems import AIModel, Device


class CloudOffer(Entry):
    collection: ClassVar[str] = "cloud_offers"
    published_names: ClassVar[dict[str, str]] = {"instance_name": "instance"}

    provider = columns.line(_("provider"), required=True)
    gpu = columns.line(_("card in the provider's words"), required=True)
    device = models.ForeignKey(Device, models.PROTECT, to_field="slug", null=True, blank=True, verbose_name=_("device"))
    gpu_count = models.PositiveSmallIntegerField(_("cards"))
    memory_gb_each = models.FloatField(_("memory of each, GB"))
    instance_name = columns.line(_("name of the offer"))
    price_hour = columns.money(_("price per hour"))
    price_month = columns.money(_("price per month"))
    setup_fee = columns.money(_("set-up fee"))
    currency = columns.currency(_("currency"))
    tier = columns.line(_("tier"), required=True)
    commitment = columns.line(_("commitment"))
    residency = columns.names(_("countries it runs in"), validators.validate_countries)
    residency_text = columns.line(_("residency in the provider's words"))
    regions = columns.names(_("regions"))
    low = columns.money(_("lowest price per hour"))
    high = columns.money(_("highest price per hour"))

    class Meta(Entry.Meta):
        verbose_name = _("cloud offer")
        verbose_name_plural = _("cloud offers")
        constraints = [
            *Entry.Meta.constraints,
            columns.not_negative("price_hour", "price_month", "setup_fee", "low", "high"),
            columns.ordered("low", "price_hour", "high"),
            models.CheckConstraint(condition=Q(gpu_count__gte=1, memory_gb_each__gt=0), name="catalog_cloudoffer_size"),
        ]


class ApiPrice(Entry):
    collection: ClassVar[str] = "api_prices"

    category = columns.line(_("category"), required=True)
    provider = columns.line(_("provider"), required=True)
    model_name = columns.line(_("model in the provider's words"), required=True)
    model = models.ForeignKey(AIModel, models.PROTECT, to_field="slug", null=True, blank=True, verbose_name=_("model"))
    open_weights = models.BooleanField(_("weights can be downloaded"), null=True, blank=True)
    unit = columns.line(_("unit"), required=True)
    input = columns.money(_("input"))
    output = columns.money(_("output"))
    cached_input = columns.money(_("cached input"))
    price = columns.money(_("price per unit"))
    currency = columns.currency(_("currency"))
    context_tokens = columns.count(_("longest context, tokens"))
    long_context = columns.parts(_("prices of long prompts"))
    batch_discount = columns.amount(_("discount for batches"))
    valid_from = columns.day(_("valid from"))
    scheduled_changes = columns.names(_("announced price changes"), validators.validate_objects)
    time_of_day_prices = columns.names(_("prices by time of day"), validators.validate_objects)
    use_cases = columns.names(_("uses"))
    regions = columns.names(_("countries of the provider"), validators.validate_countries)
    provider_base = columns.line(_("provider's base in words"))
    deprecated = models.BooleanField(_("withdrawn"), default=False)

    class Meta(Entry.Meta):
        verbose_name = _("service price")
        verbose_name_plural = _("service prices")
        constraints = [
            *Entry.Meta.constraints,
            columns.not_negative("input", "output", "cached_input", "price"),
            models.CheckConstraint(
                condition=Q(input__isnull=False) | Q(price__isnull=False), name="catalog_apiprice_has_a_price"
            ),
            models.CheckConstraint(
                condition=Q(batch_discount__gte=0, batch_discount__lte=1) | Q(batch_discount__isnull=True),
                name="catalog_apiprice_batch_discount",
            ),
        ]


class Seat(Entry):
    collection: ClassVar[str] = "seats"

    product = columns.line(_("product"), required=True)
    vendor = columns.line(_("seller"), required=True)
    use_cases = columns.names(_("uses"))
    jobs = columns.names(_("jobs"))
    pricing_model = columns.line(_("way of charging"), required=True)
    unit = columns.line(_("unit"), required=True)
    price = columns.money(_("price, month to month"))
    price_annual_billing = columns.money(_("price, paid yearly"))
    low = columns.money(_("lowest price"))
    high = columns.money(_("highest price"))
    currency = columns.currency(_("currency"))
    billing = columns.line(_("billing"))
    min_seats = columns.count(_("least seats"))
    max_seats = columns.count(_("most seats"))

    class Meta(Entry.Meta):
        verbose_name = _("seat price")
        verbose_name_plural = _("seat prices")
        constraints = [
            *Entry.Meta.constraints,
            columns.not_negative("price", "price_annual_billing", "low", "high"),
            columns.ordered("low", "high"),
        ]


class Electricity(Entry):
    collection: ClassVar[str] = "electricity"

    country = columns.country(_("country"), required=True)
    name = columns.line(_("name"), required=True)
    price_kwh = models.DecimalField(_("price per kWh"), max_digits=12, decimal_places=6)
    currency = columns.currency(_("currency"))
    basis = columns.line(_("whose price it is"))
    suits_sme = columns.choice(_("fits a small firm"), "good", "lower_bound", "too_low")

    class Meta(Entry.Meta):
        verbose_name = _("electricity price")
        verbose_name_plural = _("electricity prices")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(price_kwh__gt=0), name="catalog_electricity_price"),
        ]


class Rate(Entry):
    collection: ClassVar[str] = "rates"

    kind = columns.line(_("kind"), required=True)
    key = columns.line(_("key"), required=True)
    value = columns.number(_("value"))
    low = columns.number(_("low"))
    high = columns.number(_("high"))
    unit = columns.line(_("unit"), required=True)
    currency = columns.currency(_("currency"), required=False)
    country = columns.country(_("country"))

    class Meta(Entry.Meta):
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        constraints = [*Entry.Meta.constraints, columns.ordered("low", "value", "high")]


class Fx(Entry):
    collection: ClassVar[str] = "fx"

    currency = columns.currency(_("currency"))
    name = columns.line(_("name"), required=True)
    units_per_usd = columns.money(_("units for one US dollar"))
    units_per_usd_low_12m = columns.money(_("lowest in twelve months"))
    units_per_usd_high_12m = columns.money(_("highest in twelve months"))
    units_per_eur = columns.money(_("units for one euro"))
    basis = columns.line(_("what kind of rate"))

    class Meta(Entry.Meta):
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [
            *Entry.Meta.constraints,
            columns.ordered("units_per_usd_low_12m", "units_per_usd", "units_per_usd_high_12m"),
            models.CheckConstraint(
                condition=Q(units_per_usd__gt=0) | Q(units_per_usd__isnull=True), name="catalog_fx_above_zero"
            ),
            models.UniqueConstraint(fields=["currency"], name="catalog_fx_one_row_per_currency"),
        ]


class SupportOffer(Entry):
    collection: ClassVar[str] = "support_offers"

    vendor = columns.line(_("seller"), required=True)
    vendor_country = columns.country(_("seller's country"))
    offer = columns.line(_("offer"), required=True)
    kind = columns.line(_("kind"), required=True)
    price = columns.money(_("price"))
    price_low = columns.money(_("lowest price"))
    price_high = columns.money(_("highest price"))
    currency = columns.currency(_("currency"), required=False)
    unit = columns.line(_("unit"))
    included = columns.text(_("what is included"), required=True)
    limits = columns.text(_("limits"))
    sme_fit = columns.line(_("fit for a small firm"))
    jobs = columns.names(_("jobs"))  # what a plan sold per person does by itself

    class Meta(Entry.Meta):
        verbose_name = _("support offer")
        verbose_name_plural = _("support offers")
        constraints = [
            *Entry.Meta.constraints,
            columns.not_negative("price", "price_low", "price_high"),
            columns.ordered("price_low", "price", "price_high"),
            models.CheckConstraint(
                condition=Q(price__isnull=True, price_low__isnull=True, price_high__isnull=True) | ~Q(currency=""),
                name="catalog_supportoffer_price_has_currency",
            ),
        ]
