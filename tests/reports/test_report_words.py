"""Every word of a report exists in every language reports are offered in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

from advisor.reports.services import LANGUAGES
from tests.recommendations import STATES
from tests.reports.pdf import rendered

ROOT = Path(settings.BASE_DIR)
SOURCES = sorted(
    [
        *ROOT.glob("advisor/reports/*.py"),
        *ROOT.glob("advisor/reports/content/*.py"),
        *ROOT.glob("advisor/assessments/wording/*.py"),
        *ROOT.glob("advisor/assessments/presentation/*.py"),
        ROOT / "advisor/assessments/formats.py",
        ROOT / "advisor/assessments/choice_labels.py",
        ROOT / "advisor/assessments/summaries.py",
    ]
)
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}
PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def folder(language: str) -> Path:
    return ROOT / "locale" / to_locale(language) / "LC_MESSAGES"


def translations(language: str) -> Catalog:
    with (folder(language) / "django.mo").open("rb") as file:
        return read_mo(file)


def written_words() -> set[str]:
    found = set()
    for source in SOURCES:
        for _line, message, _comments, _context in extract_from_file("python", source, keywords=KEYWORDS):
            found.add(message[0] if isinstance(message, tuple) else message)
    return {text for text in found if text}


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_in_english(language: str) -> None:
    catalog = translations(language)

    missing = sorted(text for text in written_words() if catalog.get(text) is None or not catalog.get(text).string)

    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_place_for_a_figure_is_kept(language: str) -> None:
    wrong = []
    for message in translations(language):
        source, target = first(message.id), first(message.string)
        if source and sorted(PLACE.findall(source)) != sorted(PLACE.findall(target)):
            wrong.append((source, target))

    assert wrong == []


def pairs(catalog: Catalog) -> set[tuple[str, str]]:
    """Each text with its translation, of plural ones the first form."""
    found = ((first(message.id), first(message.string)) for message in catalog if not message.fuzzy)
    return {(source, target) for source, target in found if source and target}


def first(text: str | list[str] | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_words_are_those_that_were_written(language: str) -> None:
    with (folder(language) / "django.po").open("rb") as file:
        written = pairs(read_po(file))

    assert pairs(translations(language)) == written


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_printed_in_chinese(state: str) -> None:
    assert rendered(STATES[state]().to_document(), language="zh-hans").startswith(b"%PDF")
