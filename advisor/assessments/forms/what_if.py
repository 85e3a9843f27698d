"""The money panel's controls: users, volume, hourly cost, price change. Sent by GET, so that the address keeps them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advisor.assessments.document import MAX_PEOPLE
from advisor.assessments.forms.fields import FigureField
from advisor.engine.answers import WhatIf

FIELDS = ("users", "volume", "hourly_cost", "price")
MAX_HOURLY_COST = 100_000
PERCENT = 100.0


class WhatIfForm(forms.Form):
    """Every control may stay empty: then the answer stands. Volume and price are percent of today's."""

    users = FigureField(at_least=1, at_most=MAX_PEOPLE, whole=True, required=False, label=_("People using it"))
    volume = FigureField(at_least=1, at_most=10_000, required=False, label=_("Amount of work"), after=_("% of today"))
    hourly_cost = FigureField(at_least=0, at_most=MAX_HOURLY_COST, required=False, label=_("Cost of an hour of help"))
    price = FigureField(at_least=1, at_most=10_000, required=False, label=_("Prices"), after=_("% of today"))

    def __init__(self, data: Any, *, currency: str) -> None:
        super().__init__(data)
        self.fields["hourly_cost"].widget.after = currency

    def what_if(self) -> WhatIf | None:
        """The changes asked for; None when every control is empty."""
        given = {name: value for name in FIELDS if (value := self.cleaned_data.get(name)) is not None}
        if not given:
            return None
        return WhatIf(
            users=given.get("users"),
            hourly_cost=given.get("hourly_cost"),
            volume=given.get("volume", PERCENT) / PERCENT,
            price=given.get("price", PERCENT) / PERCENT,
        )
