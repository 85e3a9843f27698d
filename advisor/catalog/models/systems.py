"""What can be run, and on what: licenses, models, model families, devices, software."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advisor.catalog import validators
from advisor.catalog.models import columns
from advisor.catalog.models.base import Entry


class License(Entry):
    collection: ClassVar[str] = "licenses"

    name = columns.line(_("name"), required=True)
    url = models.CharField(_("address of the text"), max_length=300, validators=[URLValidator(["https", "http"])])
    osi_approved = models.BooleanField(_("standard open-source license"), default=False)
    commercial_use = columns.choice(_("commercial use"), "yes", "conditional", "no")
    cap = columns.text(_("limit on users or revenue"))
    limits = columns.names(_("limits on users and revenue"), validators.validate_objects)
    terms = columns.names(_("duties and limits on use"), validators.validate_objects)
    territory_exclusions = columns.names(_("countries left out"), validators.validate_countries)
    territory_modalities = columns.names(_("kinds of models the countries are left out for"))
    territory_note = columns.text(_("about these countries"))
    attribution = columns.text(_("naming duty"))
    acceptable_use = columns.text(_("acceptable use"))
    output_restrictions = columns.text(_("limits on outputs"))
    other_conditions = columns.text(_("other conditions"))
    summary = columns.text(_("summary for a small firm"), required=True)
    text_seen = columns.line(_("text seen"))

    class Meta(Entry.Meta):
        verbose_name = _("license")
        verbose_name_plural = _("licenses")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(commercial_use__in=["yes", "conditional", "no"]), name="catalog_license_commercial_use"
            ),
        ]


class AIModel(Entry):
    """A model with downloadable weights. Named so because ``Model`` is Django's own word."""

    collection: ClassVar[str] = "models"

    name = columns.line(_("name"), required=True)
    family = columns.line(_("family"), required=True)
    publisher = columns.line(_("publisher"), required=True)
    publisher_country = columns.country(_("publisher's country"))
    hub_repo = columns.line(_("repository of the weights"))
    modalities = columns.names(_("kinds of input and output"))
    tasks = columns.names(_("tasks"))
    params_total_b = columns.amount(_("parameters, billions"))
    params_active_b = columns.amount(_("active parameters, billions"))
    params_effective_b = columns.amount(_("effective parameters, billions"))
    params_note = columns.text(_("about the parameters"))
    n_layers = columns.count(_("layers"))
    n_kv_heads = columns.count(_("key-value heads"))
    head_dim = columns.count(_("head size"))
    mla_kv_lora_rank = columns.count(_("latent attention rank"))
    mla_rope_dim = columns.count(_("latent attention position size"))
    full_attention_layers = columns.count(_("full attention layers"))
    sliding_window_layers = columns.count(_("sliding-window layers"))
    sliding_window_tokens = columns.count(_("sliding window, tokens"))
    linear_attention_layers = columns.count(_("linear attention layers"))
    attention_note = columns.text(_("about the attention"))
    context_tokens = columns.count(_("longest context, tokens"))
    native_precision = columns.line(_("native precision"))
    weights_gb = columns.parts(_("weights, GB by format"), validators.validate_sizes)
    vram_min_gb = columns.parts(_("least graphics memory, GB by format"), validators.validate_sizes)
    license = models.ForeignKey(License, models.PROTECT, to_field="slug", verbose_name=_("license"))
    languages = models.JSONField(
        _("languages by name"), null=True, blank=True, validators=[validators.validate_languages]
    )
    language_count = columns.count(_("number of languages"))
    languages_text = columns.line(_("languages in the maker's words"))
    release_date = columns.line(_("released"), length=10)
    training_stage = columns.line(_("training stage"))
    downloads_30d = columns.count(_("downloads in 30 days"))
    quality = columns.names(_("quality scores"), validators.validate_objects)
    seen_fields = columns.names(_("fields read"))
    derived_fields = columns.names(_("fields derived"))

    class Meta(Entry.Meta):
        verbose_name = _("model")
        verbose_name_plural = _("models")
        constraints = [
            *Entry.Meta.constraints,
            columns.not_negative("params_total_b", "params_active_b", "params_effective_b"),
            models.CheckConstraint(
                condition=Q(params_active_b__lte=models.F("params_total_b"))
                | Q(params_active_b__isnull=True)
                | Q(params_total_b__isnull=True),
                name="catalog_aimodel_active_within_total",
            ),
        ]


class Ecosystem(Entry):
    collection: ClassVar[str] = "ecosystem"

    family = columns.line(_("family"), required=True)
    publisher = columns.line(_("publisher"), required=True)
    publisher_country = columns.country(_("publisher's country"))
    hub_org = columns.line(_("account of the weights"))
    openness_class = columns.choice(
        _("openness"),
        "fully_open_data",
        "open_weights_permissive",
        "open_weights_conditional",
        "light_open_beside_closed_flagship",
    )
    openness_note = columns.text(_("about the openness"))
    open_models = columns.parts(_("open models"))
    downloads = columns.names(_("downloads"), validators.validate_objects)
    derivatives = columns.parts(_("derived models"))
    release_cadence_months = columns.amount(_("months between releases"))
    cadence_basis = columns.text(_("how the months were counted"))
    runtimes = columns.parts(_("runtimes"))
    domestic_accelerators = columns.names(_("Chinese accelerators"))
    first_party_api = columns.line(_("maker's own service"))
    paid_support = columns.text(_("paid support"))
    governance = columns.text(_("governance"))
    deprecations = columns.text(_("withdrawals"))
    data_disclosure = columns.text(_("training data"))
    last_release = columns.parts(_("latest release"))
    risks = columns.names(_("risks"))

    class Meta(Entry.Meta):
        verbose_name = _("model family")
        verbose_name_plural = _("model families")
        constraints = [*Entry.Meta.constraints, columns.not_negative("release_cadence_months")]


class Device(Entry):
    collection: ClassVar[str] = "devices"

    KINDS = (
        "consumer_gpu",
        "workstation_gpu",
        "datacenter_gpu",
        "unified_memory_computer",
        "cpu_desktop",
        "cpu_server",
        "cn_accelerator",
    )

    name = columns.line(_("name"), required=True)
    vendor = columns.line(_("maker"), required=True)
    vendor_country = columns.country(_("maker's country"))
    kind = columns.choice(_("kind"), *KINDS)
    memory_gb = columns.amount(_("memory, GB"))
    memory_type = columns.line(_("memory type"))
    usable_memory_gb = columns.amount(_("memory a model can use, GB"))
    bandwidth_gbs = columns.amount(_("memory bandwidth, GB/s"))
    fp16_tflops = columns.amount(_("16-bit speed, TFLOPS"))
    fp16_basis = columns.line(_("what the 16-bit speed means"))
    fp8_tflops = columns.amount(_("8-bit float speed, TFLOPS"))
    int8_tops = columns.amount(_("8-bit integer speed, TOPS"))
    power_watts = columns.amount(_("power, watts"))
    price = models.JSONField(_("purchase price"), validators=[validators.validate_price])
    other_prices = columns.names(_("other prices seen"), validators.validate_prices)
    runtimes = columns.names(_("runtimes"))
    release_date = columns.line(_("released"), length=10)

    class Meta(Entry.Meta):
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        constraints = [
            *Entry.Meta.constraints,
            columns.not_negative("memory_gb", "usable_memory_gb", "bandwidth_gbs", "fp16_tflops", "power_watts"),
            models.CheckConstraint(condition=Q(price__has_key="currency"), name="catalog_device_price_currency"),
        ]


class Software(Entry):
    collection: ClassVar[str] = "software"

    name = columns.line(_("name"), required=True)
    category = columns.line(_("category"), required=True)
    routes = columns.names(_("routes"))
    license = columns.line(_("license"), required=True)
    osi_approved = models.BooleanField(_("standard open-source license"), null=True, blank=True)
    license_trap = columns.text(_("license trap"))
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty, 1 to 5"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    difficulty_grade = models.CharField(
        _("evidence grade of the difficulty"), max_length=12, choices=Entry.EvidenceGrade.choices, default="assumed"
    )
    min_hardware = columns.text(_("least hardware"))
    setup_hours = columns.amount(_("published set-up hours"))
    default_auth = columns.line(_("login by default"))
    security_notes = columns.text(_("security"))
    known_cves = columns.names(_("known flaws"), validators.validate_objects)
    last_release = columns.parts(_("latest release"))
    domestic_accelerators = columns.text(_("Chinese accelerators"))
    paid_edition = columns.line(_("paid edition"))

    class Meta(Entry.Meta):
        verbose_name = _("software")
        verbose_name_plural = _("software")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(difficulty__gte=1, difficulty__lte=5), name="catalog_software_difficulty"
            ),
        ]
