"""Two actions on a list of drafts, "checked again" and "change prices", each with a page before it happens."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_field
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from advisor.catalog.admin_tables import Cell, Table, table
from advisor.catalog.bulk import (
    MOST_ROWS,
    NotChanged,
    PriceChange,
    change_prices,
    check_again,
    fingerprint,
    has_prices,
    price_changes,
)
from advisor.catalog.forms import CheckedAgainForm, PriceChangeForm
from advisor.catalog.links import shown
from advisor.catalog.price_fields import without_zeros

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


@admin.action(description=_("Checked again: still true"), permissions=["change"])
def checked_again(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Ask for the day, then write it down."""
    if not _few_enough(request, queryset):
        return None
    confirmed = "confirmed" in request.POST
    form = CheckedAgainForm(request.POST if confirmed else None, initial={"day": timezone.localdate()})
    if confirmed and form.is_valid():
        try:
            count = check_again(
                table=queryset.model, keys=_keys(queryset), day=form.cleaned_data["day"], by=_person(request)
            )
        except NotChanged as error:
            messages.error(request, str(error))
            return None
        messages.success(request, ngettext("%(n)s fact checked.", "%(n)s facts checked.", count) % {"n": count})
        return None
    return _page(model_admin, request, queryset, form, "checked_again", gettext("Checked again: still true"))


@admin.action(description=_("Change prices by a percentage"), permissions=["change"])
def reprice(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Ask by how much, show every price before and after, then change exactly what was shown."""
    if not _few_enough(request, queryset):
        return None
    asked = "percent" in request.POST
    form = PriceChangeForm(request.POST if asked else None, initial={"day": timezone.localdate()})
    if not asked or not form.is_valid():
        return _page(model_admin, request, queryset, form, "reprice", gettext("Change prices by a percentage"))
    wanted = {"table": queryset.model, "keys": _keys(queryset), "percent": form.cleaned_data["percent"]}
    seen = request.POST.get("seen", "")
    if "confirmed" in request.POST and seen:
        day, source = form.cleaned_data["day"], form.cleaned_data["source"]
        try:
            count = change_prices(**wanted, day=day, source=source, by=_person(request), seen=seen)
        except NotChanged as error:
            messages.error(request, str(error))
        else:
            text = ngettext("%(n)s draft changed.", "%(n)s drafts changed.", count)
            messages.success(request, text % {"n": count})
            return None
    changes = price_changes(**wanted)
    shown = {"changes": _before_and_after(changes), "seen": fingerprint(changes)}
    return _page(model_admin, request, queryset, form, "reprice", gettext("Change prices by a percentage"), shown)


def _before_and_after(changes: Sequence[PriceChange]) -> Table | None:
    """Every price that would change; None where none would."""
    columns = (gettext("Short name"), gettext("Price"), _amount(gettext("Old")), _amount(gettext("New")))
    rows = [(change.slug, change.label, _amount(change.before), _amount(change.after)) for change in changes]
    return table("changes", gettext("What would change"), columns, rows, stacks=True) if rows else None


def _chosen(model_admin: Any, entries: QuerySet[Any]) -> Table:
    """What somebody is about to vouch for: each fact in words, and where to read it again."""
    columns = (gettext("Short name"), gettext("What it says"), gettext("Source"), gettext("Date of the figure"))
    rows = [
        (entry.slug, _in_words(model_admin, entry), Cell(*shown(entry.source or entry.via)), entry.as_of)
        for entry in entries
    ]
    return table("chosen", gettext("These facts"), columns, rows, stacks=True)


def _in_words(model_admin: Any, entry: Any) -> str:
    fields = [entry._meta.get_field(name) for name in model_admin.list_display]
    said = [(field, getattr(entry, field.name)) for field in fields]
    return ", ".join(f"{field.verbose_name} {_shown(field, value)}" for field, value in said if value not in (None, ""))


def _shown(field: Any, value: Any) -> str:
    if isinstance(value, Decimal):
        return formats.number_format(without_zeros(value))
    return str(display_for_field(value, field, ""))


def _amount(value: object) -> Cell:
    return Cell(str(value), amount=True)


def bulk_actions(table: Any) -> tuple[Any, ...]:
    """The actions of one kind of draft."""
    return (checked_again, reprice) if has_prices(table) else (checked_again,)


def _few_enough(request: HttpRequest, queryset: QuerySet[Any]) -> bool:
    if queryset.count() <= MOST_ROWS:
        return True
    messages.error(request, gettext("Choose at most %(n)s at a time.") % {"n": MOST_ROWS})
    return False


def _keys(queryset: QuerySet[Any]) -> list[Any]:
    return list(queryset.values_list("pk", flat=True))


def _person(request: HttpRequest) -> AbstractBaseUser:
    return cast("AbstractBaseUser", request.user)  # the admin lets nobody else in


def _page(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Any], form: Form, action: str, title: str,
    shown: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": title,
        "form": form,
        "action": action,
        "rows": (rows := queryset.order_by("slug")),
        "chosen": _chosen(model_admin, rows),
        **(shown or {}),
    }
    return render(request, "catalog/bulk.html", context, status=422 if form.is_bound and not form.is_valid() else 200)
