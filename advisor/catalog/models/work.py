"""How much work there is: usage, conversions, job profiles, studies, sectors."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advisor.catalog import validators
from advisor.catalog.models import columns
from advisor.catalog.models.base import Entry


class Usage(Entry):
    collection: ClassVar[str] = "usage"

    kind = columns.line(_("kind"), required=True)
    key = columns.line(_("key"), required=True)
    country = columns.country(_("country"))
    low = columns.number(_("low"))
    central = columns.number(_("central"))
    high = columns.number(_("high"))
    unit = columns.line(_("unit"), required=True)

    class Meta(Entry.Meta):
        verbose_name = _("usage figure")
        verbose_name_plural = _("usage figures")
        constraints = [*Entry.Meta.constraints, columns.ordered("low", "central", "high")]


class TokenFact(Entry):
    collection: ClassVar[str] = "token_facts"

    key = columns.line(_("key"), required=True)
    language = models.CharField(_("language"), max_length=2, blank=True, default="")
    text = columns.line(_("kind of text"))
    low = columns.number(_("low"))
    central = models.FloatField(_("central"))
    high = columns.number(_("high"))
    unit = columns.line(_("unit"), required=True)

    class Meta(Entry.Meta):
        verbose_name = _("conversion")
        verbose_name_plural = _("conversions")
        constraints = [*Entry.Meta.constraints, columns.ordered("low", "central", "high")]


class JobProfile(Entry):
    collection: ClassVar[str] = "job_profiles"

    label = columns.line(_("label"), required=True)
    unit = columns.line(_("one unit"), required=True)
    plain = columns.text(_("in plain words"), required=True)
    requests_per_unit = columns.span(_("requests per unit"))
    rounds_per_unit = columns.span(_("rounds per unit"))
    input_tokens = columns.span(_("input tokens"))
    output_tokens = columns.span(_("output tokens"))
    cached_prefix_share = columns.span(_("share of input that repeats"))
    audio_seconds = columns.span(_("seconds of sound"))
    phone_audio_seconds = columns.maybe_span(_("seconds of sound, by phone"))
    pages = columns.span(_("pages"))
    images = columns.span(_("pictures"))
    assets_3d = columns.span(_("3D models"))
    reasoning_multiplier = columns.span(_("tokens thought per token shown"))
    context_needed_tokens = columns.span(_("context needed, tokens"))
    response_mode = columns.choice(_("who waits"), "interactive", "batch", "inline")
    wait_first_word_s = columns.maybe_span(_("seconds to the first word"))
    tokens_per_s_per_user = columns.maybe_span(_("tokens per second and person"))
    seconds_per_image = columns.maybe_span(_("seconds per picture"))
    finish_within_hours = columns.maybe_span(_("done within hours"))
    voice_first_sound_s = columns.maybe_span(_("seconds to the first sound"))
    around_the_clock = models.BooleanField(_("around the clock"), default=False)
    response_notes = columns.text(_("about the waiting"))
    peak_to_mean = columns.span(_("busiest hour to mean hour"))
    easy_share = columns.span(_("share of easy work"))
    minutes_today = columns.span(_("minutes today"))
    time_saved_share = columns.span(_("share of time saved"))
    check_minutes = columns.span(_("minutes to check"))
    rework_share = columns.span(_("share done again"))
    forecast_line = columns.parts(_("forecast of one stock line"))
    abilities = columns.names(_("abilities"))
    companions = columns.names(_("helpers needed"), validators.validate_objects)
    floors = columns.parts(_("least scores"), validators.validate_floors)
    floors_in_words = columns.parts(_("least quality in words"))
    floors_grade = models.CharField(
        _("evidence grade of the least scores"), max_length=12, choices=Entry.EvidenceGrade.choices, default="assumed"
    )
    floors_note = columns.text(_("about the least scores"))

    class Meta(Entry.Meta):
        verbose_name = _("job profile")
        verbose_name_plural = _("job profiles")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(response_mode__in=["interactive", "batch", "inline"]), name="catalog_jobprofile_mode"
            ),
        ]


class Study(Entry):
    collection: ClassVar[str] = "studies"

    design = columns.text(_("design"), required=True)
    sample = columns.text(_("sample"))
    setting = columns.text(_("setting"))
    measure = columns.text(_("measure"))
    effect = columns.text(_("effect"), required=True)
    conditions = columns.text(_("conditions"))
    time_share_saved = columns.number(_("share of time saved"))
    jobs = columns.names(_("jobs"))
    caution = columns.text(_("caution"))

    class Meta(Entry.Meta):
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(time_share_saved__lte=1) | Q(time_share_saved__isnull=True), name="catalog_study_share"
            ),
        ]


class Sector(Entry):
    collection: ClassVar[str] = "sectors"

    name = columns.line(_("name"), required=True)
    plain = columns.line(_("in plain words"), required=True)
    nace = columns.line(_("NACE code"))
    typical_jobs = columns.names(_("typical jobs"))
    weekly_volume_per_employee = columns.names(_("weekly volume per employee"), validators.validate_volumes)
    staff_share = columns.span(_("share of staff"))
    adoption = columns.names(_("adoption"), validators.validate_objects)
    regulation_flags = columns.names(_("rules to look at"), validators.validate_objects)
    typical_information = columns.text(_("typical information"))
    examples = columns.names(_("examples"))
    commercial_tools = columns.names(_("tools often paid for"))
    season = columns.line(_("season"))

    class Meta(Entry.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
