"""The choices a visitor makes for a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from advisor.assessments.forms.fields import Option, SomeField
from advisor.assessments.models import Result
from advisor.reports.models import PAPERS
from advisor.reports.rendering import Paper
from advisor.reports.services import LANGUAGES
from advisor.reports.sharing import LIFETIME_DAYS, SHORTEST_PASSPHRASE
from advisor.web.formats import Formats

LETTER_COUNTRIES = {"US", "CA", "MX", "PH", "CL", "CO"}  # where Letter is the usual paper
LONGEST_PASSPHRASE = 200  # characters; more would only cost time to hash


class ReportForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the report"), choices=settings.LANGUAGES)
    paper = forms.ChoiceField(label=_("Paper"), choices=PAPERS)


def proposed_form(country: str) -> ReportForm:
    """The form with the reader's own language and the usual paper of the country chosen."""
    paper = Paper.LETTER if country in LETTER_COUNTRIES else Paper.A4
    return ReportForm(initial={"language": _own_language(), "paper": paper.value})


def _own_language() -> str:
    """The reader's, if reports are made in it."""
    language = get_language() or ""
    return language if language in LANGUAGES else LANGUAGES[0]


class BatchForm(ReportForm):
    """Which of the results that may be seen get a report, all in one language on one paper."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, offered: Sequence[tuple[Result, str]]) -> None:
        super().__init__(data, initial={"language": _own_language()})
        self.offered = {str(result.public_id): result for result, _client in offered}
        options = [
            Option(str(result.public_id), client or _("A client"), _worked_out(result)) for result, client in offered
        ]
        self.fields["results"] = SomeField(options, layout="choices-wide", label=_("Whose results"))

    def results(self) -> list[Result]:
        """The chosen ones, ready for the service."""
        return [self.offered[chosen] for chosen in self.cleaned_data["results"]]


def _worked_out(result: Result) -> str:
    day = Formats(get_language() or "en", "").day(result.as_of.isoformat())
    return gettext("Worked out on %(day)s") % {"day": day}


def _lifetimes() -> list[tuple[int, str]]:
    return [(days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days}) for days in LIFETIME_DAYS]


class ShareForm(forms.Form):
    """How long a link to a report works, and what else its holder has to know."""

    days = forms.TypedChoiceField(label=_("The link works for"), coerce=int, choices=_lifetimes)
    passphrase = forms.CharField(
        required=False,
        strip=False,
        min_length=SHORTEST_PASSPHRASE,
        max_length=LONGEST_PASSPHRASE,
        label=_("Pass phrase"),
        help_text=_(
            "Without one, the link alone opens the report. Do not send the pass phrase together with the link."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def choices(self) -> dict[str, Any]:
        """What was chosen, ready for the service."""
        return {"days": self.cleaned_data["days"], "passphrase": self.cleaned_data["passphrase"]}


class PassphraseForm(forms.Form):
    """The second thing a holder of a link has to know."""

    passphrase = forms.CharField(
        strip=False,
        max_length=LONGEST_PASSPHRASE,
        label=_("Pass phrase"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
