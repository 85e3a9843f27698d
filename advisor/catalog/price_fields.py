"""Prices in the admin as a person writes them: 0.15, where the column holds 0.150000."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.utils import formats


def without_zeros(value: Decimal) -> Decimal:
    """The same number without the zeros that end its decimals; 100 stays 100 and does not become 1E+2."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


class PriceField(forms.DecimalField):
    """A form field that shows what it would accept."""

    def prepare_value(self, value: Any) -> Any:
        return without_zeros(value) if isinstance(value, Decimal) else value


def price_column(field: models.Field[Any, Any]) -> Callable[[models.Model], str | None]:
    """A list column of a price."""

    @admin.display(description=field.verbose_name, ordering=field.name, empty_value="-")
    def column(entry: models.Model) -> str | None:
        value = getattr(entry, field.name)
        return None if value is None else formats.number_format(without_zeros(value))

    column.__name__ = field.name
    return column
