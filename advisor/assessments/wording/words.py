"""Codes to sentences: picks the wording and puts formatted values into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.wording.labels import LABELS
from advisor.assessments.wording.notes import DETAILED, SENTENCES, WITHOUT_FIGURE
from advisor.assessments.wording.units import COUNTED, MONEY_UNITS, UNITS, counted, rate_unit
from advisor.assessments.wording.workings import (
    FIGURES,
    INPUTS,
    job_input,
    rate_input,
    tool_input,
)
from advisor.web.formats import Formats
from advisor.web.typography import series

SEVERAL_CARDS = re.compile(r"(\d+) x (.+)")  # as the engine names a machine that holds some
SERVICE_TERMS = "service-terms"  # the engine's card for what a supplier runs under terms of its own
OWN_VALUE = "own planning value, no measurement found"  # as the catalog says it

MONEY_VALUES = frozenset({"amount", "gap", "price"})
DATE_VALUES = frozenset({"when", "as_of", "since", "until"})
LABELED_VALUES = {
    "jobs": "job",
    "kinds": "people_decision",
    "route": "route_inline",
    "rule": "rule",
    "rules": "rule",
    "wider": "choice",
    "support": "choice",
    "per": "period",
    "job": "job",
}
MEMORY_VALUES = frozenset({"needed", "usable"})  # close calls show their decimal
COUNTED_VALUES = {"hours": "hours", "users": "people"}  # said with their unit, which may be one or many
COUNTRY_VALUES = frozenset({"country", "regions"})
QUESTION_KEY = re.compile(r"Q\d{1,2}")


class UnknownWording(LookupError):
    """Nobody has written words for this code, or a value its sentence needs is missing."""


def humanize(code: str) -> str:
    return code.replace("_", " ").strip().capitalize()


@dataclass(frozen=True)
class Words:
    """All wording for one reader. ``plan_names`` gives what each plan of the result is called."""

    formats: Formats
    plan_names: Mapping[str, str] = field(default_factory=dict)
    _labels: dict[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)

    def label(self, kind: str, code: str) -> str:
        """The short name of a code, or the code itself in readable form."""
        known = self._labels.get((kind, code))
        if known is None:  # a report says each of some hundred labels seven times
            found = LABELS[kind].get(code)
            known = self._labels[kind, code] = str(found) if found is not None else humanize(code)
        return known

    def note(self, note: Mapping[str, Any], *, single_figures: bool = True, **extra: Any) -> str:
        """The sentence of a note; ``single_figures=False`` says it without stating one saving."""
        try:
            return self.compose(note["code"], {**extra, **note["values"]}, single_figures=single_figures)
        except UnknownWording:
            return humanize(note["code"])

    def compose(self, code: str, values: Mapping[str, Any], *, single_figures: bool = True) -> str:
        """The sentence for a code.

        Raises:
            UnknownWording: no sentence for the code, or a value the sentence needs is missing.
        """
        written = {name: text for name, value in values.items() if (text := self.value(name, value))}
        if {"count", "name"} <= values.keys():
            written["machines"] = machines(values["count"], values["name"])
        templates = [DETAILED.get(code), SENTENCES.get(code)]
        if not single_figures and code in WITHOUT_FIGURE:
            templates = [WITHOUT_FIGURE[code]]
        for template in templates:
            try:
                if template is not None:
                    return str(template) % written
            except KeyError:
                continue
        raise UnknownWording(f"{code} with {sorted(written)}")

    def value(self, name: str, value: Any) -> str:
        """One value of a note as the reader sees it; its name says what it is."""
        if isinstance(value, list | tuple):
            items = [self.value(name, item) for item in value]
            return series(items) if name in ("kinds", "jobs") else self.formats.list_of(items)
        if isinstance(value, str):
            if name == "other":
                return self.plan_names.get(value) or self.label("route_inline", value)
            if name in COUNTRY_VALUES:
                return "" if value == "?" else self.formats.country(value)
            if name == "language":
                return self.formats.language_name(value)
            if name in LABELED_VALUES:
                return self.label(LABELED_VALUES[name], value)
            return self.formats.day(value) if name in DATE_VALUES else value
        if isinstance(value, bool) or value is None:
            return ""
        if name in MONEY_VALUES:
            return self.formats.money(abs(value))
        if name in COUNTED_VALUES:
            return self.quantity(value, COUNTED_VALUES[name])
        if name in MEMORY_VALUES:
            return self.formats.number(value, 1)
        return self.formats.percent(value) if name == "share" else self.formats.number(value)

    def quantity(self, value: float, unit: str) -> str:
        """A figure with its unit: "€41.40 per hour", "31.4 GB", "120 a week"."""
        return self.quantity_range(value, value, unit)

    def amount(self, value: float, unit: str) -> str:
        """A figure for a formula: money looks like money, everything else is a bare number."""
        currency = unit.partition("/")[0]
        if unit in MONEY_UNITS:
            return self.formats.money(value, cents=_cents(value))
        if len(currency) == 3 and currency.isupper():
            cents = None if unit == self.formats.currency else _cents(value)
            return self.formats.money(value, cents=cents, currency=currency)
        return self.formats.percent(value) if unit.startswith("share") else self.formats.number(value)

    def quantity_range(self, low: float, high: float, unit: str) -> str:
        """A range with its unit once: "€28 to €58 an hour"."""
        formats = self.formats
        if unit in MONEY_UNITS:
            span = formats.span(formats.money(low, cents=_cents(low)), formats.money(high, cents=_cents(high)))
            return str(MONEY_UNITS[unit]) % {"value": span}
        currency, _slash, per = unit.partition("/")
        if len(currency) == 3 and currency.isupper() and currency.isalpha():
            cents = (_cents(low), _cents(high)) if per else (None, None)
            span = formats.span(
                formats.money(low, currency=currency, cents=cents[0]),
                formats.money(high, currency=currency, cents=cents[1]),
            )
            return _("%(amount)s per %(unit)s") % {"amount": span, "unit": self.unit(per)} if per else span
        if unit.startswith("share"):
            return counted(formats.span(formats.percent(low), formats.percent(high)), unit, self.unit(unit))
        span = formats.span(formats.number_short(low), formats.number_short(high))
        return counted(span, unit, self.unit(unit, formats.plural(high)))

    def figure(self, key: str) -> str:
        """What a working computes: one of the figures, or one line of the cost."""
        found = FIGURES.get(key) or LABELS["cost_line"].get(key.removesuffix(".total"))
        return str(found) if found is not None else humanize(key)

    def input_name(
        self, name: str, unit: str = "", jobs: Sequence[str] = (), tools: Sequence[str] = ()
    ) -> str:  # fmt: skip
        """One input of a formula in words. An amount with the name of a cost line is that line, not its price.

        ``jobs`` and ``tools`` name the plan's jobs and the tools of today in order, for inputs counted by them.
        """
        line = LABELS["cost_line"].get(name)
        found = line if unit == self.formats.currency and line is not None else INPUTS.get(name, line)
        if found is not None:
            return str(found)
        return job_input(name, jobs) or tool_input(name, tools) or rate_input(name) or humanize(name).lower()

    def source_use(self, name: str) -> str:
        """What a source was used for; the same price serves several jobs, so no job is named."""
        return job_input(name, None) or self.input_name(name)

    def unit(self, unit: str, count: int = 2) -> str:
        """Units are stored in words already; the ones owners see most read more smoothly, ``count`` of them."""
        noun = COUNTED.get(unit)
        return rate_unit(unit) or (noun(count) if noun else str(UNITS.get(unit, unit)))


def _cents(amount: float) -> bool | None:
    """Prices of a unit keep their cents unless they are whole or too small for cents."""
    return None if float(amount).is_integer() or abs(amount) < 0.01 else True


def machine_name(name: str) -> str:
    """ "2 × Alder Pro" for a machine with two cards; other names stay as they are."""
    cards = SEVERAL_CARDS.fullmatch(name)
    return f"{cards[1]} × {cards[2]}" if cards else name


def machines(count: int, name: str) -> str:
    """ "3 × Alder Pro", "2 × Alder Pro" for one machine with two cards, "3 machines with 2 × Alder Pro each"."""
    written = machine_name(name)
    if written == name:
        return f"{count} × {name}"
    if count == 1:
        return written
    return _("%(count)s machines with %(cards)s each") % {"count": count, "cards": written}


def source_in_words(source: str | None) -> str:
    """A source by its own name; our own planning values have none and speak the reader's language."""
    return _("own planning value, no measurement found") if source == OWN_VALUE else source or ""


def source_language(source: str | None) -> str:
    """The language a source is named in, where that is not the reader's: the catalog is written in English."""
    return "" if source == OWN_VALUE else "en"


def license_name(card: Mapping[str, Any]) -> str:
    """A license by its own name; what stands in for one where a supplier has terms speaks the reader's language."""
    return _("Supplier's terms of service") if card["slug"] == SERVICE_TERMS else str(card["name"])


def is_question(source: str | None) -> bool:
    """Whether a source is one of the owner's own answers."""
    return bool(source and QUESTION_KEY.fullmatch(source))
