"""The money panel's controls: people, volume, growth, hourly cost, prices, steps of fitting the model, paid support.

Sent by GET, so that the address keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advisor.assessments.document import MAX_PEOPLE
from advisor.assessments.forms.fields import ListField
from advisor.assessments.forms.figures import FigureField
from advisor.assessments.wording.labels import ADAPTATIONS
from advisor.engine.answers import Adaptation, WhatIf
from advisor.engine.assumptions import LEAST_GROWTH

FIELDS = ("users", "volume", "growth", "hourly_cost", "price", "adaptation", "support")
MAX_GROWTH = 300
MAX_PLANNED = 1_000_000
PLANNED = "plan_"  # what the names of planning values begin with in the address
AS_ANSWERED = ("", _("as in the result"))
MAX_HOURLY_COST = 100_000
PERCENT = 100.0


@dataclass(frozen=True)
class PlannedValue:
    """A planning value of a result: what it is called, and what it is taken to be, in words."""

    name: str
    label: str
    taken: str
    is_share: bool

    @property
    def field(self) -> str:
        return PLANNED + self.name


@dataclass(frozen=True)
class Slide:
    """Where the slider of a figure starts, ends and stands as answered; it moves in ``step``."""

    low: float
    high: float
    today: float
    step: float = 1

    def __str__(self) -> str:
        return f"{self.low:g} {self.high:g} {self.step:g} {self.today:g}"


class WhatIfForm(forms.Form):
    """Every control may stay empty: then the answer stands. Volume and price are percent of today's.

    ``support`` lists the offers that fit a plan of the result: pairs of catalog slug and name. ``planned`` lists the
    planning values of the result, each of which may be replaced. ``slides`` gives the figures that get a slider.
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

    def __init__(
        self,
        data: Any,
        *,
        currency: str,
        support: Sequence[tuple[str, str]] = (),
        planned: Sequence[PlannedValue] = (),
        slides: Mapping[str, Slide] = MappingProxyType({}),
    ) -> None:
        super().__init__(data)
        self.planned_values = planned
        self.fields["hourly_cost"].widget.after = currency
        self.fields["support"] = ListField([AS_ANSWERED, *support], required=False, label=_("Paid support"))
        self.fields["support"].widget.quoted = frozenset(slug for slug, _name in support)
        for name, slide in slides.items():
            self.fields[name].widget.slide = slide
        for value in planned:
            self.fields[value.field] = FigureField(
                at_least=0, at_most=PERCENT if value.is_share else MAX_PLANNED, required=False, label=value.label,
                after="%" if value.is_share else "", help_text=value.taken,
            )  # fmt: skip

    @property
    def asked(self) -> list[forms.BoundField]:
        """The controls that everybody sees."""
        return [self[name] for name in FIELDS]

    @property
    def planned(self) -> list[forms.BoundField]:
        """Planning values, for those who know their own."""
        return [self[value.field] for value in self.planned_values]

    def what_if_or_none(self) -> WhatIf | None:
        """The changes asked for; None when there are none, or when one of them cannot be used."""
        return self.what_if() if self.is_valid() else None

    def what_if(self) -> WhatIf | None:
        """The changes asked for; None when every control is empty."""
        given = {name: value for name in FIELDS if (value := self.cleaned_data.get(name)) not in (None, "")}
        planned = tuple(
            (value.name, float(given_value) / (PERCENT if value.is_share else 1.0))
            for value in self.planned_values
            if (given_value := self.cleaned_data.get(value.field)) is not None
        )
        if not given and not planned:
            return None
        return WhatIf(
            users=given.get("users"),
            hourly_cost=given.get("hourly_cost"),
            volume=given.get("volume", PERCENT) / PERCENT,
            price=given.get("price", PERCENT) / PERCENT,
            growth=given["growth"] / PERCENT if "growth" in given else None,
            support=given.get("support"),
            adaptation=Adaptation(given["adaptation"]) if "adaptation" in given else None,
            planned=planned,
        )
