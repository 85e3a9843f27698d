"""The list of models: how many there are, which wishes are set, and one page of cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisor.catalog.public.forms import BrowseForm
from advisor.catalog.public.presentation.models import Card, card
from advisor.catalog.public.search import Found
from advisor.web.formats import Formats

ON_A_PAGE = 24


@dataclass(frozen=True)
class Wish:
    """One choice in force, and the address of the list without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Listing:
    count: str
    unchecked: str  # sentence about models left out for want of a published fact; empty without any
    with_unknown: str
    wishes: list[Wish]
    cards: list[Card]
    page: int
    pages: int
    previous: str
    following: str
    place: str  # "Page 2 of 5"; empty when one page holds all


def pages_of(found: Found) -> int:
    return max(1, -(-len(found.models) // ON_A_PAGE))


def listing(form: BrowseForm, found: Found, *, page: int, chosen: Sequence[str], formats: Formats) -> Listing:
    wishes, pages = form.wishes(), pages_of(found)
    shown = found.models[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return Listing(
        count=_counted(len(found.models), formats),
        unchecked=_unchecked(found.unchecked, formats),
        with_unknown=address(wishes | {"unknown": "1"}, chosen),
        wishes=[_wish(form, name, wishes, chosen) for name in wishes],
        cards=[card(model, formats, chosen=model.slug in chosen) for model in shown],
        page=page,
        pages=pages,
        previous=address(wishes, chosen, page - 1) if page > 1 else "",
        following=address(wishes, chosen, page + 1) if page < pages else "",
        place=_("Page %(page)s of %(pages)s") % {"page": page, "pages": pages} if pages > 1 else "",
    )


def address(wishes: Mapping[str, str], chosen: Iterable[str] = (), page: int = 1) -> str:
    """The query of an address that shows this list again; "?" alone is the plain list."""
    parts = [*wishes.items(), *(("model", slug) for slug in chosen)]
    return "?" + urlencode([*parts, ("page", str(page))] if page > 1 else parts)


def _wish(form: BrowseForm, name: str, wishes: Mapping[str, str], chosen: Sequence[str]) -> Wish:
    field = form.fields[name]
    named = {str(value): str(text) for value, text in getattr(field, "choices", ())}
    value = "" if name == "unknown" else named.get(wishes[name], wishes[name])
    without = {key: text for key, text in wishes.items() if key != name}
    return Wish(str(field.label), value, address(without, chosen))


def _counted(count: int, formats: Formats) -> str:
    if count == 0:
        return _("No model fits all of this")
    return ngettext("%(count)s model", "%(count)s models", count) % {"count": formats.number(count)}


def _unchecked(count: int, formats: Formats) -> str:
    if count == 0:
        return ""
    return ngettext(
        "%(count)s more model may fit: its maker does not say.",
        "%(count)s more models may fit: their makers do not say.",
        count,
    ) % {"count": formats.number(count)}
