"""Two editors on one draft: whoever saves second sees what the first one changed, instead of overwriting it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.utils.translation import gettext

from advisor.catalog.models import Entry
from advisor.catalog.price_fields import without_zeros
from advisor.catalog.services import row_hash


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]
    """``seen`` is the content of the draft when the form was opened. Saving again after the warning replaces it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The form writes what was sent into this very object, so its present content is kept first.
        fields = [field for field in self.instance._meta.concrete_fields if field.name in self.fields]
        self._stored = {field.name: getattr(self.instance, field.attname) for field in fields}
        self._stored_hash = row_hash(self.instance) if self.instance.pk else ""
        self.initial["seen"] = self._stored_hash

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self._stored_hash and self.cleaned_data.get("seen") != self._stored_hash:
            again = QueryDict(mutable=True)
            again.update(self.data)
            again[self.add_prefix("seen")] = self._stored_hash
            self.data = again
            raise ValidationError(self._conflict())
        return cleaned

    def _conflict(self) -> str:
        last = self.instance.history.first()
        who = str(last.history_user or gettext("the system")) if last else gettext("somebody")
        when = f"{last.history_date:%Y-%m-%d %H:%M} UTC" if last else ""
        now = [
            f"{name}: {without_zeros(value) if isinstance(value, Decimal) else value}"
            for name, value in self._stored.items()
            if name in self.cleaned_data and _plain(self.cleaned_data[name]) != value
        ]
        return gettext(
            "This draft was changed by %(who)s (%(when)s) while you were editing it. Stored now, and different from "
            "what you sent: %(now)s. Look at it; saving again replaces it."
        ) % {"who": who, "when": when, "now": "; ".join(now) or "–"}


def _plain(value: Any) -> Any:
    return value.slug if isinstance(value, Entry) else value


def locked(entry: Entry | None) -> Entry | None:
    """The same draft, locked until the transaction ends, so that two who save at once are seen one after the other."""
    if entry is None or not connection.in_atomic_block:
        return entry
    return type(entry)._default_manager.select_for_update().get(pk=entry.pk)
