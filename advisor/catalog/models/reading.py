"""What is read and not computed with: law cards, claims, case studies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advisor.catalog import validators
from advisor.catalog.models import columns
from advisor.catalog.models.base import Entry


class LawCard(Entry):
    collection: ClassVar[str] = "law_cards"

    jurisdiction = columns.line(_("jurisdiction"), required=True, length=8)
    jurisdiction_name = columns.line(_("jurisdiction by name"), required=True)
    instrument = columns.line(_("law"), required=True)
    reference = columns.line(_("official reference"))
    topic = columns.line(_("topic"), required=True)
    applies_when = columns.parts(_("answers that trigger it"), validators.validate_conditions)
    applies_text = columns.text(_("when it applies"), required=True)
    duty = columns.text(_("duty"), required=True)
    who = columns.choice(_("who must"), "provider", "deployer", "both")
    since = columns.day(_("binds from"))
    until = columns.day(_("binds until"))
    status = columns.choice(pgettext_lazy("law", "status"), "in_force", "adopted", "proposed", "unclear")
    review_by = columns.day(_("check again by"))
    penalties = columns.text(_("penalties"))
    size_note = columns.text(_("about the size of the firm"))

    class Meta(Entry.Meta):
        verbose_name = _("law card")
        verbose_name_plural = _("law cards")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=["in_force", "adopted", "proposed", "unclear"]), name="catalog_lawcard_status"
            ),
            models.CheckConstraint(
                condition=Q(since__lte=models.F("until")) | Q(since__isnull=True) | Q(until__isnull=True),
                name="catalog_lawcard_dates",
            ),
        ]


class Claim(Entry):
    collection: ClassVar[str] = "claims"

    claim = columns.text(_("claim"), required=True)
    figure = columns.number(_("figure"))
    figure_low = columns.number(_("lowest figure"))
    figure_high = columns.number(_("highest figure"))
    figure_text = columns.line(_("figure as published"), required=True)
    unit = columns.line(_("unit"), required=True)
    measures = columns.line(_("what it measures"), required=True)
    conditions = columns.text(_("conditions"), required=True)
    evidence_kind = columns.line(_("kind of evidence"), required=True)
    author = columns.line(_("author"), required=True)
    interest = columns.line(_("funding or interest"))
    published = columns.line(_("published"), length=10)
    status = columns.choice(
        pgettext_lazy("claim", "status"), "verified_primary", "verified_secondary", "weak", "unverified"
    )
    how_to_use = columns.text(_("how to use it"), required=True)

    class Meta(Entry.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [*Entry.Meta.constraints, columns.ordered("figure_low", "figure", "figure_high")]


class CaseStudy(Entry):
    collection: ClassVar[str] = "case_studies"

    title = columns.line(_("title"), required=True)
    sector = columns.line(_("sector in words"), required=True)
    sector_slug = columns.line(_("sector"))
    country = columns.line(_("country"), length=10)
    company = columns.line(_("company"))
    named = models.BooleanField(_("company named"), default=False)
    size_text = columns.line(_("size"))
    sme = columns.choice(_("small or medium firm"), "yes", "no", "unclear")
    jobs = columns.names(_("jobs"))
    jobs_text = columns.names(_("jobs in words"))
    model = columns.line(_("model"))
    route = columns.line(_("route"))
    outcomes = columns.names(_("outcomes"), validators.validate_objects)
    result = columns.choice(_("result"), "positive", "mixed", "negative", "neutral")
    who_says = columns.line(_("who says so"))
    interest = columns.line(_("interest"))
    evidence_strength = columns.choice(_("strength of the evidence"), *"ABCDE")
    how_to_use = columns.text(_("how to use it"))

    class Meta(Entry.Meta):
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(evidence_strength__in=list("ABCDE")), name="catalog_casestudy_strength"),
        ]
