"""The form on the start page."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from advisor.assessments.document import AnsweringFor, Length
from advisor.assessments.forms.fields import OneField, Option, PlainTextField


@dataclass(frozen=True)
class Choices:
    length: Length
    answering_for: AnsweringFor
    client_label: str | None


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

    def choices(self) -> Choices:
        """What was chosen, ready for the service."""
        chosen = self.cleaned_data
        answering_for = AnsweringFor(chosen["answering_for"])
        is_client = answering_for is AnsweringFor.CLIENT
        return Choices(
            length=Length(chosen["length"]),
            answering_for=answering_for,
            client_label=chosen["client_label"] or None if is_client else None,
        )
