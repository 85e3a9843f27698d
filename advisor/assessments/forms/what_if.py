"""The money panel's controls: people, volume, growth, hourly cost, prices, steps of fitting the model, paid support.

Sent by GET, so that the address keeps them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advisor.assessments.document import MAX_PEOPLE
from advisor.assessments.forms.fields import FigureField, ListField
from advisor.assessments.wording.labels import ADAPTATIONS
from advisor.engine.answers import Adaptation, WhatIf
from advisor.engine.assumptions import LEAST_GROWTH

FIELDS = ("users", "volume", "growth", "hourly_cost", "price", "adaptation", "support")
MAX_GROWTH = 300
AS_ANSWERED = ("", _("as in the result"))
MAX_HOURLY_COST = 100_000
PERCENT = 100.0


class WhatIfForm(forms.Form):
    """Every control may stay empty: then the answer stands. Volume and price are percent of today's.

    ``support`` lists the offers that fit a plan of the result: pairs of catalog slug and name.
    """

    users = FigureField(at_least=1, at_most=MAX_PEOPLE, whole=True, required=False, label=_("People using it"))
    volume = FigureField(at_least=1, at_most=10_000, required=False, label=_("Amount of work"), after=_("% of today"))
    growth = FigureField(
        at_least=LEAST_GROWTH * PERCENT, at_most=MAX_GROWTH, required=False, label=_("Work added each year"),
        after=_("% of today"),
    )  # fmt: skip
    hourly_cost = FigureField(at_least=0, at_most=MAX_HOURLY_COST, required=False, label=_("Cost of an hour of help"))
    price = FigureField(at_least=1, at_most=10_000, required=False, label=_("Prices"), after=_("% of today"))

    adaptation = ListField(
        [AS_ANSWERED, *((step.value, ADAPTATIONS[step]) for step in Adaptation)], required=False,
        label=_("Fitting the model to your main work"),
    )  # fmt: skip

    def __init__(self, data: Any, *, currency: str, support: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        self.fields["hourly_cost"].widget.after = currency
        self.fields["support"] = ListField([AS_ANSWERED, *support], required=False, label=_("Paid support"))

    def what_if(self) -> WhatIf | None:
        """The changes asked for; None when every control is empty."""
        given = {name: value for name in FIELDS if (value := self.cleaned_data.get(name)) not in (None, "")}
        if not given:
            return None
        return WhatIf(
            users=given.get("users"),
            hourly_cost=given.get("hourly_cost"),
            volume=given.get("volume", PERCENT) / PERCENT,
            price=given.get("price", PERCENT) / PERCENT,
            growth=given["growth"] / PERCENT if "growth" in given else None,
            support=given.get("support"),
            adaptation=Adaptation(given["adaptation"]) if "adaptation" in given else None,
        )
