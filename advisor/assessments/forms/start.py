"""The form on the start page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advisor.assessments.document import AnsweringFor, Length
from advisor.assessments.forms.fields import OneField, Option, PlainTextField


class StartForm(forms.Form):
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

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answering_for") != AnsweringFor.CLIENT:
            cleaned["client_label"] = ""
        return cleaned
