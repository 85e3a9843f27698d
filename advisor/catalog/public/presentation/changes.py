"""A change of the catalog in words: which entry, which fact, what it was and what it is now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from advisor.catalog.public import wording
from advisor.catalog.public.exports import SHEETS
from advisor.catalog.suppliers import supplier
from advisor.web.formats import Formats
from advisor.web.typography import labeled, quoted, series

if TYPE_CHECKING:
    from advisor.catalog.public.changes import EntryChange

LONGEST = 160  # letters of one value; the files hold all of it
# What an entry is called: the first of these its kind has.
NAMES = ("name", "title", "product", "offer", "instrument", "claim", "model_name", "gpu", "key", "currency", "country")
MAKERS = ("provider", "vendor", "jurisdiction_name")  # said before the name, where there is one


def entry_name(row: Mapping[str, Any]) -> str:
    name = next((str(row[column]) for column in NAMES if row.get(column)), row["slug"])
    maker = next((str(row[column]) for column in MAKERS if row.get(column)), "")
    return _short(labeled(supplier(maker), name) if maker else name)


def change_lines(change: EntryChange, formats: Formats) -> list[str]:
    """One sentence for an entry that came or went, one for each fact that changed."""
    kind, name = wording.label(wording.COLLECTIONS, change.collection), entry_name(change.row)
    match change.kind:
        case "added":
            return [labeled(kind, _("%(name)s is new.") % {"name": name})]
        case "removed":
            return [labeled(kind, _("%(name)s was taken out.") % {"name": name})]
        case _:
            entry = labeled(kind, name)
            return [labeled(entry, field_line(change.collection, each, formats)) for each in change.fields]


def field_line(collection: str, change: Any, formats: Formats) -> str:
    return _("%(fact)s was %(old)s, is now %(new)s.") % {
        "fact": fact_name(collection, change.name),
        "old": value_text(change.old, formats),
        "new": value_text(change.new, formats),
    }


def fact_name(collection: str, column: str) -> str:
    """What the tables call the column; one that is gone keeps its old name."""
    field = SHEETS[collection].fields.get(column) if collection in SHEETS else None
    return str(field.verbose_name) if field is not None else column.replace("_", " ")


def value_text(value: Any, formats: Formats) -> str:
    match value:
        case None | "":
            return _("not known")
        case list() | dict() if not value:
            return _("not known")
        case bool():
            return _("yes") if value else _("no")
        case int() | float():
            return formats.number(value)
        case str():
            return _short(quoted(value) if " " in value else value)
        case list():
            return _short(series(value_text(item, formats) for item in value))
        case _:
            return _short(series(labeled(key, value_text(item, formats)) for key, item in value.items()))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
