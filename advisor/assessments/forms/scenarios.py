"""Which results of one assessment stand side by side. Sent by GET, so that the address keeps the choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advisor.assessments.forms.fields import Option, SomeField

MOST = 4  # columns that can be read beside each other


class ScenarioForm(forms.Form):
    """``options`` are the results to choose from, the latest first; nothing chosen means the latest ones."""

    def __init__(self, data: Any, *, options: Sequence[Option]) -> None:
        super().__init__(data)
        self.fields["result"] = SomeField(options, at_most=MOST, required=False, label=_("Choose up to four"))
        self.latest = [option.value for option in options[:MOST]]

    def shown(self) -> list[str]:
        """Values of the results to show; after a refused choice the latest ones."""
        chosen: list[str] = self.cleaned_data["result"] if self.is_valid() else []
        return chosen or self.latest
