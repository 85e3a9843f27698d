"""Changing many drafts at once: checked again on a day, or a price raised or lowered by a share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import formats
from django.utils.translation import gettext
from simple_history.utils import bulk_update_with_history

from advisor.catalog.models import Device, Entry
from advisor.catalog.price_fields import without_zeros
from advisor.catalog.services import canonical_json, content_hash
from advisor.engine.freshness import PRICES, kind_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

MOST_ROWS = 500  # what a person can look through on one page; own choice
DIGITS = Decimal("0.000001")  # as fine as a price column
DEVICE_PRICE_DIGITS = 2  # an amount inside a JSON column


class NotChanged(Exception):
    """Nothing was changed; the message is a sentence for the person who asked."""


@dataclass(frozen=True)
class PriceChange:
    """One price before and after."""

    slug: str
    column: str
    label: str
    old: Decimal
    new: Decimal
    currency: str

    @property
    def before(self) -> str:
        return f"{formats.number_format(without_zeros(self.old))} {self.currency}"

    @property
    def after(self) -> str:
        return f"{formats.number_format(without_zeros(self.new))} {self.currency}"


@transaction.atomic
def check_again(*, table: type[Entry], keys: Sequence[Any], day: date, by: AbstractBaseUser) -> int:
    """Write down that these drafts still hold on ``day``. A price that still holds is a price of that day.

    Raises:
        NotChanged: naming the first draft that breaks a rule.
    """
    rows = _locked(table, keys)
    is_price = kind_of(table.collection) in PRICES
    for row in rows:
        row.seen_on, row.checked_by = day, by.get_username()
        if isinstance(row, Device):
            if row.price.get("as_of"):
                row.price = row.price | {"as_of": day.isoformat()}
        elif is_price:
            row.as_of = day.isoformat()
    columns = ["seen_on", "checked_by", *(["price"] if table is Device else ["as_of"] if is_price else [])]
    _save(table, rows, columns, by, gettext("checked again"))
    return len(rows)


def price_changes(*, table: type[Entry], keys: Sequence[Any], percent: Decimal) -> tuple[PriceChange, ...]:
    """What changing every price of these drafts by so many percent would do."""
    return tuple(change for row in _found(table, keys) for change in _changes(row, percent))


def fingerprint(changes: Iterable[PriceChange]) -> str:
    """One text for one preview: the confirmation carries it, so that nothing unseen is changed."""
    return content_hash(canonical_json([[item.slug, item.column, str(item.old), str(item.new)] for item in changes]))


@transaction.atomic
def change_prices(
    *,
    table: type[Entry],
    keys: Sequence[Any],
    percent: Decimal,
    day: date,
    source: str,
    by: AbstractBaseUser,
    seen: str,
) -> int:
    """Change the prices as they were previewed, with the source of the change and its day.

    Raises:
        NotChanged: the drafts were edited since the preview, or one would break a rule.
    """
    rows = _locked(table, keys)
    changes = [change for row in rows for change in _changes(row, percent)]
    if fingerprint(changes) != seen:
        raise NotChanged(gettext("The drafts were edited meanwhile. Look at the changes again."))
    touched = {item.slug for item in changes}
    rows = [row for row in rows if row.slug in touched]
    for row in rows:
        row.source, row.as_of, row.seen_on, row.checked_by = source, day.isoformat(), day, by.get_username()
    for item in changes:
        _set(next(row for row in rows if row.slug == item.slug), item, day, source)
    columns = [*dict.fromkeys(item.column for item in changes), "source", "as_of", "seen_on", "checked_by"]
    _save(table, rows, columns, by, f"{percent:+} %")
    return len(rows)


def has_prices(table: type[Entry]) -> bool:
    return table is Device or bool(_price_columns(table))


def _price_columns(table: type[Entry]) -> list[models.DecimalField[Any, Any]]:
    return [field for field in table._meta.concrete_fields if isinstance(field, models.DecimalField)]


def _changes(row: Entry, percent: Decimal) -> list[PriceChange]:
    factor = 1 + percent / 100
    if isinstance(row, Device):
        amount = row.price.get("amount")
        if amount is None:
            return []
        old = Decimal(str(amount))
        new = (old * factor).quantize(Decimal(10) ** -DEVICE_PRICE_DIGITS, ROUND_HALF_UP)
        label = str(row._meta.get_field("price").verbose_name)
        return [PriceChange(row.slug, "price", label, old, new, row.price["currency"])]
    return [
        PriceChange(
            row.slug, field.name, str(field.verbose_name), value, (value * factor).quantize(DIGITS, ROUND_HALF_UP),
            str(getattr(row, "currency", "USD")),
        )
        for field in _price_columns(type(row))
        if (value := getattr(row, field.name)) is not None
    ]  # fmt: skip


def _set(row: Entry, item: PriceChange, day: date, source: str) -> None:
    """Ranges beside a device's price move with it, so that low <= amount <= high stays true."""
    if not isinstance(row, Device):
        setattr(row, item.column, item.new)
        return
    ratio = item.new / item.old if item.old else Decimal(1)
    ends = {
        name: float(round(Decimal(str(row.price[name])) * ratio, DEVICE_PRICE_DIGITS))
        for name in ("low", "high")
        if row.price.get(name) is not None
    }
    row.price = row.price | ends | {"amount": float(item.new), "as_of": day.isoformat(), "source": source}


def _found(table: type[Entry], keys: Sequence[Any]) -> list[Any]:
    return list(table._default_manager.filter(pk__in=keys).order_by("slug")[:MOST_ROWS])


def _locked(table: type[Entry], keys: Sequence[Any]) -> list[Any]:
    rows = table._default_manager.select_for_update().filter(pk__in=keys).order_by("slug")
    return list(rows[:MOST_ROWS])


def _save(table: type[Entry], rows: list[Any], columns: list[str], by: AbstractBaseUser, reason: str) -> None:
    """Every row is checked as a form would; one bad row changes none."""
    for row in rows:
        try:
            row.full_clean(validate_unique=False)
        except ValidationError as error:
            raise NotChanged(f"{row.slug}: {' '.join(error.messages)}") from error
    if rows:
        bulk_update_with_history(
            rows, table, columns, batch_size=MOST_ROWS, default_user=by, default_change_reason=reason
        )
