"""Step 1: the business."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisor.assessments.document import MAX_PEOPLE
from advisor.assessments.forms.base import QuestionForm, known, shown
from advisor.assessments.forms.fields import ListField, OneField, Option, SomeField
from advisor.assessments.forms.figures import FigureField
from advisor.assessments.places import COMMON_CUSTOMER_PLACES, COUNTRIES, CURRENCIES
from advisor.web.formats import Formats
from advisor.web.typography import continued


@lru_cache(maxsize=16)
def country_names(language: str) -> list[tuple[str, str]]:
    """Code and name of every country to choose from, by name."""
    formats = Formats(language, "EUR")
    return sorted(((code, formats.country(code)) for code in COUNTRIES), key=lambda row: formats.order(row[1]))


@lru_cache(maxsize=16)
def currency_names(language: str) -> list[tuple[str, str]]:
    """Code and words of every currency to choose from, by code."""
    names = Formats(language, "EUR").locale.currencies
    return [(code, continued(code, names.get(code, code))) for code in sorted(CURRENCIES)]


class CountryForm(QuestionForm):
    question = "Q1"

    def build(self, data: QueryDict | None) -> None:
        formats = self.context.formats
        countries, currencies = country_names(self.context.language), currency_names(self.context.language)
        self.fields["country"] = ListField([("", _("Choose a country")), *countries], label=_("Country"))
        self.fields["currency"] = ListField(
            [("", _("The usual one of the country")), *currencies],
            label=_("Currency for all amounts"),
            required=False,
        )
        self.fields["customers"] = SomeField(
            [Option(code, formats.country(code)) for code in COMMON_CUSTOMER_PLACES],
            required=False,
            layout="choices-columns",
            label=_("Customers in other places"),
            folded=True,
        )
        self.fields["more_customers"] = SomeField(
            [Option(code, name) for code, name in countries if code not in COMMON_CUSTOMER_PLACES],
            required=False,
            layout="choices-columns",
            label=_("More countries"),
            folded=True,
        )

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "country": answers.get("country", ""),
            "currency": answers.get("currency", ""),
            "customers": answers.get("customer_countries", []),
            "more_customers": answers.get("customer_countries", []),
        }

    def changes(self) -> dict[str, Any]:
        country = self.cleaned_data["country"]
        return {
            "country": country,
            "currency": self.cleaned_data["currency"] or COUNTRIES[country],
            "customer_countries": [*self.cleaned_data["customers"], *self.cleaned_data["more_customers"]],
        }


class SectorForm(QuestionForm):
    question = "Q2"

    def build(self, data: QueryDict | None) -> None:
        order = self.context.formats.order
        sectors = sorted(self.context.catalog.sectors, key=lambda each: (each.slug == "other", order(_(each.name))))
        listed = [Option(sector.slug, _(sector.name), capfirst(_(sector.plain))) for sector in sectors]
        self.fields["answer"] = OneField([*listed, self.unsure()], layout="choices-wide")

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": shown(answers, "sector")}

    def changes(self) -> dict[str, Any]:
        return {"sector": known(self.cleaned_data["answer"])}


class PeopleForm(QuestionForm):
    question = "Q3"

    def build(self, data: QueryDict | None) -> None:
        self.fields["staff_count"] = self._people("staff_count", gettext_lazy("People who work there"))
        self.fields["ai_users"] = self._people("ai_users", gettext_lazy("Of these, would use AI in the first year"))

    def _people(self, key: str, text: Any) -> FigureField:
        options = (self.unsure(key),)
        return FigureField(
            at_least=1, at_most=MAX_PEOPLE, whole=True, options=options, after=gettext_lazy("people"), label=text
        )

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {key: shown(answers, key) for key in ("staff_count", "ai_users")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        staff, users = cleaned.get("staff_count"), cleaned.get("ai_users")
        if isinstance(staff, int) and isinstance(users, int) and users > staff:
            sentence = _("Type %(staff)s or less: no more people can use it than work there.") % {"staff": staff}
            self.add_error("ai_users", ValidationError(sentence))
        return cleaned

    def changes(self) -> dict[str, Any]:
        return {key: known(value) for key, value in self.cleaned_data.items()}
