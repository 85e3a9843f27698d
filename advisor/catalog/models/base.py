"""What every catalog entry has, and how a draft becomes a row of a published document."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from advisor.catalog import validators
from advisor.catalog.models import columns
from advisor.engine import catalog as engine
from advisor.engine.types import Grade

# Columns that belong to the draft and not to the fact.
NOT_PUBLISHED = frozenset({"id", "shipped_hash", "checked_by"})
# A fact of these grades says itself that nobody published it; every other one needs a source.
NEEDS_NO_SOURCE = frozenset({Grade.ASSUMED, Grade.UNKNOWN})


class Entry(models.Model):
    """One fact with its evidence: a draft until a version is published."""

    class EvidenceGrade(models.TextChoices):
        MEASURED = Grade.MEASURED.value, _("measured")
        INDEPENDENT = Grade.INDEPENDENT.value, _("independent")
        PUBLISHED = Grade.PUBLISHED.value, _("published price or statistic")
        MAKER = Grade.MAKER.value, _("maker's claim")
        DERIVED = Grade.DERIVED.value, _("derived")
        ASSUMED = Grade.ASSUMED.value, _("assumed")
        UNKNOWN = Grade.UNKNOWN.value, _("unknown")

    class Confidence(models.TextChoices):
        HIGH = "high", pgettext_lazy("confidence", "high")
        MEDIUM = "medium", pgettext_lazy("confidence", "medium")
        LOW = "low", pgettext_lazy("confidence", "low")

    collection: ClassVar[str]
    # Columns that cannot carry their published name, because Django or the history table use it.
    published_names: ClassVar[dict[str, str]] = {}

    slug = models.SlugField(_("short name"), max_length=120, unique=True)
    source = columns.text(_("source"))
    via = columns.text(_("read in"))
    as_of = models.CharField(
        _("date of the figure"), max_length=10, blank=True, default="", validators=[validators.validate_as_of]
    )
    seen_on = columns.day(_("checked on"))
    # Who looked, by account name: kept beside the draft and never published. Empty for shipped rows.
    checked_by = models.CharField(_("checked by"), max_length=150, blank=True, default="", editable=False)
    grade = models.CharField(_("evidence grade"), max_length=12, choices=EvidenceGrade.choices)
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence.choices, blank=True, default="")
    notes = columns.text(_("notes"))
    shipped_hash = models.CharField(_("shipped content"), max_length=64, blank=True, default="", editable=False)

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grade__in=[grade.value for grade in Grade]), name="%(app_label)s_%(class)s_grade"
            )
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def has_source(self) -> bool:
        return bool(self.source or self.via) or self.grade in NEEDS_NO_SOURCE

    @property
    def has_date(self) -> bool:
        return bool(self.as_of or self.seen_on)

    def clean(self) -> None:
        """Read the row as the engine will, so that a nested fact of the wrong shape never becomes a draft."""
        super().clean()
        for field in self._meta.concrete_fields:  # a cleared list or object means none, not null
            if isinstance(field, models.JSONField) and not field.null and getattr(self, field.name) is None:
                setattr(self, field.name, field.get_default())
        try:
            engine.Catalog.from_document({"format": engine.FORMAT, "entries": {self.collection: [self.to_row()]}}, "")
        except ValueError as error:
            raise ValidationError(str(error).removeprefix(f"{self.collection}[{self.slug}].")) from error

    def to_row(self) -> dict[str, Any]:
        """The row of a published document: plain JSON values, empty text as null, other entries by slug."""
        return {name: _plain(getattr(self, field.attname)) for name, field in self.published_fields().items()}

    @classmethod
    def published_fields(cls) -> dict[str, models.Field[Any, Any]]:
        """The columns that are published, by their name in the document."""
        return {
            cls.published_names.get(field.name, field.name): field
            for field in cls._meta.concrete_fields
            if field.name not in NOT_PUBLISHED
        }


def _plain(value: Any) -> Any:
    match value:
        case "":
            return None
        case Decimal():
            return float(value)
        case date():
            return value.isoformat()
        case _:
            return value
