"""What a visitor may ask about practice: cases of a trade or job, programs and support for a way of running."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisor.catalog.public.forms import Choices, WishField, problems_of
from advisor.catalog.public.practice import CaseWishes
from advisor.catalog.public.practice_wording import CASE_RESULTS, JOBS, ROUTES
from advisor.catalog.public.published import Facts
from advisor.engine.support import OPEN_ROUTES

ANY = ("", _("Any"))


class CaseForm(forms.Form):
    """Every field may stay open; only what at least one case speaks of can be chosen."""

    def __init__(self, data: Any, *, facts: Facts) -> None:
        super().__init__(data)
        rows = facts.rows.get("case_studies", ())
        sectors = {row.get("sector_slug") for row in rows}
        jobs = {job for row in rows for job in row.get("jobs") or ()}
        trades = [(each.slug, gettext(each.name)) for each in facts.engine.sectors if each.slug in sectors]
        self.fields["sector"] = WishField(_("Trade"), [ANY, *trades])
        self.fields["job"] = WishField(_("Job"), [ANY, *_present(JOBS, jobs)])
        self.fields["result"] = WishField(_("How it ended"), [ANY, *_present(CASE_RESULTS, set(CASE_RESULTS))])

    def wishes(self) -> CaseWishes:
        """What could be read."""
        self.is_valid()
        return CaseWishes(**self.cleaned_data)

    def problems(self) -> list[tuple[str, str]]:
        return problems_of(self)


class RouteForm(forms.Form):
    """One way of running open models, or all of them."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["route"] = WishField(_("Way of running"), [ANY, *_present(ROUTES, set(map(str, OPEN_ROUTES)))])

    def route(self) -> str:
        """The route asked about; empty where none was, or one that cannot be read."""
        self.is_valid()
        return str(self.cleaned_data.get("route", ""))

    def problems(self) -> list[tuple[str, str]]:
        return problems_of(self)


def _present(labels: Any, codes: set[str]) -> Choices:
    return [(code, capfirst(str(text))) for code, text in labels.items() if code in codes]
