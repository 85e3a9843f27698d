"""What a visitor may ask of the list of models. Sent by GET, so that the address keeps every choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advisor.catalog.public import wording
from advisor.catalog.public.index import Index, index_of
from advisor.catalog.public.laws import countries_named
from advisor.catalog.public.published import Facts
from advisor.catalog.public.search import Query, Size, Sort, Use
from advisor.engine.facts import EU
from advisor.web.formats import Formats
from advisor.web.typography import labeled
from advisor.web.widgets import OneSelect

MEMORY_GB = (4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 384)  # sizes machines and cards are sold with
LONGEST_SEARCH = 80
MOST_COMPARED = 4  # columns that can be read beside each other
FOLDED = ("size", "language", "publisher", "openness", "since")  # fields few people need
GROUP = "components/fields/group.html"

Choices = list[tuple[str, Any]]


class WishField(forms.ChoiceField):
    """One of a list, or nothing. A value that is not on the list is told about and not used."""

    def __init__(self, label: Any, choices: Choices) -> None:
        super().__init__(
            label=label,
            required=False,
            choices=choices,
            widget=OneSelect,
            error_messages={"invalid_choice": _("“%(value)s” is not on this list, so it was not used.")},
        )
        self.template_name = GROUP


class WordsField(forms.CharField):
    """Words to search for. Longer text is told about, not cut off by the browser."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=LONGEST_SEARCH,
            widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
            error_messages={"max_length": _("Use at most %(limit_value)d characters.")},
        )
        self.widget.attrs.pop("maxlength", None)
        self.template_name = GROUP


class BrowseForm(forms.Form):
    """Every field may stay open. What cannot be read is named, and the list is shown without it."""

    q = WordsField(_("Name or maker"))

    def __init__(self, data: Any, *, index: Index) -> None:
        super().__init__(data)
        for name, (label, choices) in _choices(index.facts.content_hash, get_language() or "en").items():
            self.fields[name] = WishField(label, choices)
        self.fields["unknown"] = forms.BooleanField(label=_("Include models whose maker does not say"), required=False)

    def query(self) -> Query:
        """The wishes that could be read."""
        self.is_valid()
        read = self.cleaned_data
        return Query(
            words=read.get("q", ""),
            task=read.get("task", ""),
            size=read.get("size", ""),
            use=read.get("use", ""),
            country=read.get("country", ""),
            language=read.get("language", ""),
            memory_gb=float(read["memory"]) if read.get("memory") else None,
            publisher=read.get("publisher", ""),
            since=read.get("since", ""),
            openness=read.get("openness", ""),
            unknown=bool(read.get("unknown")),
            sort=Sort(read.get("sort") or Sort.NEWEST),
        )

    def wishes(self) -> dict[str, str]:
        """The readable choices that differ from the plain list, as they stand in an address."""
        self.is_valid()
        read = {name: value for name, value in self.cleaned_data.items() if value}
        if read.get("sort") == Sort.NEWEST:
            del read["sort"]
        return {name: "1" if value is True else str(value) for name, value in read.items()}

    @property
    def folded_wishes(self) -> bool:
        """Whether a field that waits behind a summary is in use, or was filled in wrongly."""
        return any(self.data.get(name) for name in FOLDED)

    def problems(self) -> list[tuple[str, str]]:
        return problems_of(self)


@lru_cache(maxsize=8)
def _choices(content_hash: str, language: str) -> dict[str, tuple[str, Choices]]:
    """Field -> its label and what can be chosen, worked out once for a version and a language."""
    index, formats = index_of(content_hash), Formats(language, "USD")
    models = list(index.models.values())
    years = sorted({model.released[:4] for model in models if model.released}, reverse=True)
    found: dict[str, tuple[Any, Choices]] = {
        "task": (_("What it should do"), _named(wording.TASKS, {task for model in models for task in model.tasks})),
        "use": (_("What I want to do with it"), _named(wording.USES, Use)),
        "country": (_("My country"), _countries(index, formats)),
        "memory": (_("Fits in memory of"), [(str(gb), _("%(gb)s GB") % {"gb": gb}) for gb in MEMORY_GB]),
        "size": (_("Size"), _named(wording.SIZES, Size)),
        "language": (_("Language named by the maker"), _languages(index, formats)),
        "publisher": (_("Maker"), [(name, name) for name in _sorted({model.publisher for model in models})]),
        "openness": (_("Openness"), _named(wording.OPENNESS, {m.openness for m in models if m.openness})),
        "since": (_("Released"), [(year, _("%(year)s or later") % {"year": year}) for year in years]),
    }
    any_of_them = [("", str(_("Any")))]
    found = {name: (label, any_of_them + choices) for name, (label, choices) in found.items()}
    found["sort"] = (_("Order"), _named(wording.SORTS, Sort))
    return {
        name: (str(label), [(str(code), str(text)) for code, text in choices])
        for name, (label, choices) in found.items()
    }


class CountryForm(forms.Form):
    """Whose law is asked about."""

    def __init__(self, data: Any, *, facts: Facts) -> None:
        super().__init__(data)
        formats = Formats(get_language() or "en", "USD")
        codes = countries_named(facts.rows.get("law_cards", ())) | set(_priced(facts))
        choices = sorted(((code, formats.country(code)) for code in codes), key=lambda choice: formats.order(choice[1]))
        self.fields["country"] = WishField(_("My country"), [("", _("Choose a country")), *choices])

    def country(self) -> str:
        """The country asked about; empty where none was, or one that cannot be read."""
        self.is_valid()
        return str(self.cleaned_data.get("country", ""))

    def problems(self) -> list[tuple[str, str]]:
        return problems_of(self)


def problems_of(form: forms.Form) -> list[tuple[str, str]]:
    """Everything that could not be read: the id of the input, and the sentence."""
    return [
        (field.auto_id, labeled(str(field.label), str(error)))
        for field in form.visible_fields()
        for error in field.errors
    ]


def _named(labels: wording.Labels, codes: Iterable[str]) -> Choices:
    """Codes in the order of the wording; those without words after them."""
    present = set(codes)
    ordered = [code for code in labels if code in present]
    return [(code, wording.label(labels, code)) for code in [*ordered, *sorted(present - set(ordered))]]


def _countries(index: Index, formats: Formats) -> Choices:
    """Countries the catalog says something about: prices, law, or a license that leaves them out."""
    codes = set(EU) | set(_codes(index))
    return sorted(((code, formats.country(code)) for code in codes), key=lambda choice: formats.order(choice[1]))


def _codes(index: Index) -> Iterator[str]:
    """Codes of single countries; groups such as "EU" are no place a business sits in."""
    named = (code for model in index.models.values() for code in model.left_out)
    yield from _priced(index.facts)
    yield from (code for code in named if len(code) == 2 and code != "EU")


def _priced(facts: Facts) -> Iterator[str]:
    yield from (row["country"] for row in facts.rows.get("electricity", ()) if len(row["country"]) == 2)


def _languages(index: Index, formats: Formats) -> Choices:
    named = {code for model in index.models.values() for code in model.languages or ()}
    asked = {row["language"] for row in index.facts.rows.get("token_facts", ()) if row.get("language")}
    choices = [(code, formats.language_name(code)) for code in named | asked]
    return sorted(choices, key=lambda choice: formats.order(choice[1]))


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=str.casefold)
