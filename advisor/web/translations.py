"""The words of the site in other languages: collected from the code, kept in locale/<language>, compiled for Django.

English is in the code. Everything a visitor or an advisor may read is collected; the screens of the Django admin are
not, they stay English.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
NAME = "django"  # Django looks for catalogs of this name
KEYWORDS: dict[str, tuple[Any, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# Names of columns stay in: the public pages of the catalog show them.
ONLY_ADMIN = (
    *("advisor/catalog/*.py", "advisor/catalog/imports/*.py", "advisor/effects/*.py", "advisor/*/admin.py"),
    *("advisor/catalog/models/comment.py", "advisor/catalog/models/imports.py", "advisor/catalog/models/version.py"),
    "advisor/catalog/models/link.py",
)
# Words of the shipped catalog that name answers, examples or places; all other facts keep the language of their source.
FACTS = {
    "advisor/catalog/data/sectors.yaml": ("name", "plain", "examples"),
    "advisor/catalog/data/job_profiles.yaml": ("plain",),
    "advisor/catalog/data/law_cards.yaml": ("jurisdiction_name",),
}


def languages() -> list[str]:
    """Every offered language but the one of the code."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def folder(language: str) -> Path:
    return ROOT / "locale" / to_locale(language) / "LC_MESSAGES"


def collected() -> Catalog:
    """Every text to translate."""
    found = Catalog(charset="utf-8")
    for message, context in _messages():
        found.add(message, context=context)
    return found


def written(language: str) -> Catalog:
    """The translations as they are on disk; none yet for a language just offered."""
    path = folder(language) / f"{NAME}.po"
    if not path.exists():
        return Catalog(locale=to_locale(language), charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language))


def brought_up_to_date(language: str) -> Catalog:
    """What is on disk with new texts added, still empty, and those nobody uses any more taken out."""
    catalog = written(language)
    catalog.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """Texts without a translation, of plural ones the first form."""
    found = []
    for message in catalog:
        strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def po_file(catalog: Catalog) -> bytes:
    """Without the places in the code, so that moving a text from file to file changes nothing here."""
    file = BytesIO()
    write_po(file, catalog, width=0, sort_output=True, ignore_obsolete=True, no_location=True)
    return file.getvalue()


def mo_file(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


@cache
def _messages() -> tuple[tuple[Any, str | None], ...]:
    """Every text with its context, in the order of the files; they do not change while a process runs."""
    return tuple(_read_all())


def _read_all() -> Iterator[tuple[Any, str | None]]:
    admin = {path for pattern in ONLY_ADMIN for path in ROOT.glob(pattern)}
    for path in sorted(set(ROOT.glob("advisor/**/*.py")) - admin):
        yield from _in_source(path.read_bytes())
    for path in sorted(ROOT.glob("templates/**/*.html")):
        # Django turns a template into lines that look like Python; their indentation would not pass for it.
        lines = templatize(path.read_text("utf-8")).splitlines()
        yield from _in_source("\n".join(line.lstrip() for line in lines).encode())
    for name, fields in FACTS.items():
        for row in yaml.safe_load((ROOT / name).read_text("utf-8")):
            for value in (row.get(field) for field in fields):
                yield from ((text, None) for text in ([value] if isinstance(value, str) else value or ()))


def _in_source(source: bytes) -> Iterator[tuple[Any, str | None]]:
    for _line, message, _comments, context in extract("python", BytesIO(source), keywords=KEYWORDS):
        if message and (not isinstance(message, tuple) or all(message)):
            yield message, context
