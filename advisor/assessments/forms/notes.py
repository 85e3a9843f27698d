"""An advisor's own notes about a client."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from advisor.assessments.document import MAX_NOTES
from advisor.assessments.forms.fields import GROUP
from advisor.assessments.plain_text import is_plain_text


class NotesForm(forms.Form):
    """Some paragraphs. Longer text is told about, not cut off by the browser."""

    notes = forms.CharField(
        required=False,
        max_length=MAX_NOTES,
        label=_("Your notes about this client"),
        help_text=_("Only people who can open these answers can read them. They go into no result and no report."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("The notes were not kept: use at most %(limit_value)d characters.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["notes"]
        field.template_name = GROUP  # type: ignore[attr-defined]  # missing in the stubs
        field.widget.attrs.pop("maxlength", None)

    def clean_notes(self) -> str:
        text: str = self.cleaned_data["notes"].replace("\r\n", "\n")
        if not all(is_plain_text(line) for line in text.split("\n")):
            raise ValidationError(_("The notes were not kept: type them again without hidden characters."))
        return text
