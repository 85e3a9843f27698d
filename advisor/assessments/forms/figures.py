"""The field for a figure: read with the words around it, kept within bounds, or replaced by a box that is ticked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advisor.assessments import quantity_words
from advisor.assessments.currency_signs import OtherCurrency, without_currency
from advisor.assessments.forms.fields import GROUP, Option, Text
from advisor.assessments.numbers import NotANumber
from advisor.assessments.quantities import Reading, read_quantity
from advisor.web.formats import Formats


def instead_of(name: str) -> str:
    """The second input of a figure: "not sure" and the like, in place of a number."""
    return f"{name}_instead"


@dataclass(frozen=True)
class Typed:
    """What was typed into a figure field, and which of its boxes were ticked instead."""

    text: str = ""
    instead: tuple[str, ...] = ()


class FigureInput(forms.Widget):
    """A text input for a figure, with boxes to tick instead of typing one."""

    template_name = "components/fields/figure.html"

    def __init__(self, options: tuple[Option, ...] = (), after: Text = "", *, digits: bool = True) -> None:
        super().__init__()
        self.options, self.after, self.digits = options, after, digits
        self.slide: object = None  # its text says where a slider beside the figure starts, ends and stands

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        ticked = data.getlist(instead_of(name)) if isinstance(data, QueryDict) else data.get(instead_of(name), ())
        return Typed(str(data.get(name, "")), tuple(ticked))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed = value if isinstance(value, Typed) else _as_typed(value)
        context["widget"] |= {
            "text": typed.text,
            "after": self.after,
            "digits": self.digits,
            "slide": self.slide,
            "options": [(option, option.value in typed.instead) for option in self.options],
        }
        return context


class FigureField(forms.Field):
    """A figure within bounds, or the code of the box ticked instead. Empty is None where it is allowed.

    ``units`` says what each period or length is worth that may stand beside the figure; ``currency`` is the one
    amounts are in. ``reading`` is how the last text was read, where the reader should be told.
    """

    reading: tuple[str, Reading] | None = None

    def __init__(
        self,
        *,
        at_least: float,
        at_most: float,
        whole: bool = False,
        above: bool = False,
        options: tuple[Option, ...] = (),
        after: Text = "",
        units: Mapping[str, float] | None = None,
        currency: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.at_least, self.at_most, self.whole, self.above, self.options = at_least, at_most, whole, above, options
        self.units, self.currency = units, currency
        super().__init__(widget=FigureInput(options, currency or after, digits=units is None), **kwargs)
        self.template_name = GROUP

    def clean(self, value: Any) -> float | int | str | None:
        typed = value if isinstance(value, Typed) else Typed()
        text = typed.text.strip()
        known = [option.value for option in self.options if option.value in typed.instead]
        if len(known) > 1 or (known and text):
            raise ValidationError(_("Type a figure or tick one box, not both."))
        if known:
            return known[0]
        if not text:
            if not self.required:
                return None
            raise ValidationError(_("Type a figure, or tick “Not sure”.") if self.options else _("Type a figure."))
        reading = self._read(text)
        checked = self._checked(reading.value)
        self.reading = None if reading.is_plain else (text, reading)
        return checked

    def _read(self, text: str) -> Reading:
        language = get_language() or "en"
        try:
            amount = without_currency(text, self.currency, language) if self.currency else text
            return read_quantity(
                amount,
                language=language,
                units=self.units,
                thousandths=not self.whole and self.currency is None,
                names=self.currency is None,
            )
        except OtherCurrency:
            raise ValidationError(_("Type the amount in %(currency)s.") % {"currency": self.currency}) from None
        except NotANumber:
            raise ValidationError(self._hint()) from None

    def _hint(self) -> str:
        if self.units is None:
            return _("Type one figure, for example 1200.") if self.currency else _("Type one figure, for example 12.")
        if quantity_words.MINUTE in self.units:
            return _("Type one figure, for example “20” or “half an hour”.")
        return _("Type one figure, for example “40” or “150 a month”.")

    def _checked(self, number: float) -> float | int:
        if number < self.at_least or (self.above and number == self.at_least):
            least = f"{self.at_least:,g}"
            sentence = _("Type a figure above %(least)s.") if self.above else _("Type %(least)s or more.")
            raise ValidationError(sentence % {"least": least})
        if number > self.at_most:
            raise ValidationError(_("Type %(most)s or less.") % {"most": f"{self.at_most:,.0f}"})
        if not self.whole:
            return number
        if not number.is_integer():
            raise ValidationError(_("Type a whole number."))
        return int(number)


def _as_typed(value: Any) -> Typed:
    if value is None or value == "":
        return Typed()
    return (
        Typed(instead=(value,))
        if isinstance(value, str)
        else Typed(Formats(get_language() or "en", "EUR").input_text(value))
    )
