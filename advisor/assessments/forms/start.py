"""The form on the start page."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advisor.assessments.document import AnsweringFor, Length
from advisor.assessments.forms.fields import ListField, OneField, Option, PlainTextField

# The invented businesses one may start from, by the name of their file.
SAMPLES: dict[str, Promise] = {
    "bakery": _("Bakery, 4 people: posts for the week"),
    "law_office": _("Law office, 12 people: find answers in its files"),
    "web_shop": _("Web shop, 35 people: answer customers in three languages"),
    "factory": _("Factory, 80 people: inspect parts with a camera"),
    "software_studio": _("Software studio, 20 people: help with programming"),
    "clinic": _("Clinic, 9 people: notes on patients"),
    "design_firm": _("Design firm, 6 people: pictures and 3D"),
    "low_use": _("Small office, 3 people: ten texts a week"),
}


@dataclass(frozen=True)
class Choices:
    length: Length
    answering_for: AnsweringFor
    client_label: str | None
    sample: str | None = None


class StartForm(forms.Form):
    use_required_attribute = False

    length = OneField(
        [
            Option(Length.QUICK, _("Quick look"), _("12 questions, about 4 minutes, wide ranges")),
            Option(Length.FULL, _("Full answer"), _("Up to 26 questions, about 10 minutes, narrower ranges")),
        ],
        label=_("How much time do you have?"),
    )
    answering_for = OneField(
        [Option(AnsweringFor.BUSINESS, _("My business")), Option(AnsweringFor.CLIENT, _("A client"))],
        layout="choices-columns",
        label=_("I am answering for"),
    )
    client_label = PlainTextField(
        required=False, label=_("A name for this client"), help_text=_("Only you see it. It may be made up.")
    )

    sample = ListField(
        [("", _("Empty: I answer for myself")), *SAMPLES.items()],
        required=False,
        label=_("Begin with"),
        help_text=_("A sample is filled in already: change what is different for you, or just look around."),
    )

    def choices(self) -> Choices:
        """What was chosen, ready for the service."""
        chosen = self.cleaned_data
        answering_for = AnsweringFor(chosen["answering_for"])
        is_client = answering_for is AnsweringFor.CLIENT
        return Choices(
            length=Length(chosen["length"]),
            answering_for=answering_for,
            client_label=chosen["client_label"] or None if is_client else None,
            sample=chosen["sample"] or None,
        )
