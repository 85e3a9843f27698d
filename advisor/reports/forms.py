"""The choices a visitor makes for a report."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advisor.reports.models import PAPERS
from advisor.reports.rendering import Paper
from advisor.reports.services import LANGUAGES

LETTER_COUNTRIES = {"US", "CA", "MX", "PH", "CL", "CO"}  # where Letter is the usual paper


class ReportForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the report"), choices=settings.LANGUAGES)
    paper = forms.ChoiceField(label=_("Paper"), choices=PAPERS)


def proposed_form(country: str) -> ReportForm:
    """The form with the reader's own language and the usual paper of the country chosen."""
    language = get_language() or ""
    paper = Paper.LETTER if country in LETTER_COUNTRIES else Paper.A4
    return ReportForm(initial={"language": language if language in LANGUAGES else LANGUAGES[0], "paper": paper.value})
