"""The one thing a person types for the assistant."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisor.assessments.forms.base import field_problems
from advisor.assessments.plain_text import is_plain_text
from advisor.assistant.describing import MAX_CHARACTERS

LEAST_CHARACTERS = 20  # assumed: fewer hold nothing to read answers out of


class DescriptionField(forms.CharField):
    """Some sentences in any language, without invisible characters."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Your business in your own words"),
            help_text=gettext_lazy(
                "What you do, how many people work there, what eats your time and how often, what you pay for today. "
                "Leave out names of people and anything secret."
            ),
            max_length=MAX_CHARACTERS,
            min_length=LEAST_CHARACTERS,
            widget=forms.Textarea(attrs={"rows": 10}),
            error_messages={
                "required": gettext_lazy("Write a few sentences."),
                "min_length": gettext_lazy("Write a little more: one or two sentences."),
                "max_length": gettext_lazy("Use at most %(limit_value)d characters; these are %(show_value)d."),
            },
        )
        self.template_name = "components/fields/group.html"
        # Longer text is told about, not cut off by the browser.
        for name in ("maxlength", "minlength"):
            self.widget.attrs.pop(name, None)

    def clean(self, value: object) -> str:
        text: str = super().clean(value)
        if not is_plain_text("".join(text.splitlines()).replace("\t", "")):
            raise ValidationError(_("Type it again without hidden characters."))
        return text


class DescriptionForm(forms.Form):
    use_required_attribute = False

    text = DescriptionField()

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong with the text, with the id of its field."""
        return field_problems(self)
