"""Column kinds the tables share, so that a table reads as a list of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from advisor.catalog import validators

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def line(label: StrOrPromise, *, required: bool = False, length: int = 200) -> models.CharField[str, str]:
    return models.CharField(label, max_length=length, blank=not required, default="")


def text(label: StrOrPromise, *, required: bool = False) -> models.TextField[str, str]:
    return models.TextField(label, blank=not required, default="")


def choice(label: StrOrPromise, *codes: str) -> models.CharField[str, str]:
    return models.CharField(label, max_length=40, choices=[(code, code.replace("_", " ")) for code in codes])


def country(label: StrOrPromise, *, required: bool = False) -> models.CharField[str, str]:
    return models.CharField(
        label, max_length=6, blank=not required, default="", validators=[validators.validate_country]
    )


def currency(label: StrOrPromise, *, required: bool = True) -> models.CharField[str, str]:
    return models.CharField(
        label, max_length=3, blank=not required, default="", validators=[validators.validate_currency]
    )


def money(label: StrOrPromise) -> models.DecimalField[Any, Any]:
    """A price. Six decimals hold the smallest price per image or second; the currency stands in its own column."""
    return models.DecimalField(
        label, max_digits=16, decimal_places=6, null=True, blank=True, validators=[MinValueValidator(0)]
    )


def number(label: StrOrPromise) -> models.FloatField[float | None, float | None]:
    """A figure that may be negative."""
    return models.FloatField(label, null=True, blank=True)


def amount(label: StrOrPromise) -> models.FloatField[float | None, float | None]:
    """A figure that is never negative."""
    return models.FloatField(label, null=True, blank=True, validators=[MinValueValidator(0.0)])


def count(label: StrOrPromise) -> models.PositiveBigIntegerField[int | None, int | None]:
    return models.PositiveBigIntegerField(label, null=True, blank=True)


def day(label: StrOrPromise) -> models.DateField[Any, Any]:
    return models.DateField(label, null=True, blank=True)


def names(
    label: StrOrPromise, check: Callable[[object], None] = validators.validate_names
) -> models.JSONField[Any, Any]:
    return models.JSONField(label, default=list, blank=True, validators=[check])


def parts(
    label: StrOrPromise, check: Callable[[object], None] = validators.validate_object
) -> models.JSONField[Any, Any]:
    return models.JSONField(label, default=dict, blank=True, validators=[check])


def span(label: StrOrPromise) -> models.JSONField[Any, Any]:
    """A required planning range with its own evidence."""
    return models.JSONField(label, validators=[validators.validate_range])


def maybe_span(label: StrOrPromise) -> models.JSONField[Any, Any]:
    return models.JSONField(label, null=True, blank=True, validators=[validators.validate_range])


def not_negative(*columns: str) -> models.CheckConstraint:
    """The database refuses a negative figure; unknown stays allowed."""
    condition = Q()
    for column in columns:
        condition &= Q(**{f"{column}__gte": 0}) | Q(**{f"{column}__isnull": True})
    return models.CheckConstraint(condition=condition, name="%(app_label)s_%(class)s_not_negative")


def ordered(*columns: str) -> models.CheckConstraint:
    """The database refuses a range whose ends are the wrong way round; unknown ends are skipped pair by pair."""
    condition = Q()
    for index, lower in enumerate(columns):
        for upper in columns[index + 1 :]:
            condition &= (
                Q(**{f"{lower}__lte": F(upper)}) | Q(**{f"{lower}__isnull": True}) | Q(**{f"{upper}__isnull": True})
            )
    return models.CheckConstraint(condition=condition, name="%(app_label)s_%(class)s_ordered")
