"""Every word a visitor reads exists in every language that is offered, and says what the English says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import get_supported_language_variant, gettext, override

from advisor.assessments.answers import AnswersError, parse
from advisor.reports.services import LANGUAGES as REPORT_LANGUAGES
from advisor.web import translations
from tests.recommendations import STATES
from tests.reports.pdf import rendered

LANGUAGES = translations.languages()
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
TAG = re.compile(r"</?\w[^>]*>")


def pairs(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Each text with its translation; of plural ones, each form with the English for many."""
    for message in catalog:
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[-1]
            yield from ((source, target) for target in forms(message))


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, (list, tuple)) else (message.string or "",)


def test_there_is_something_to_translate() -> None:
    found = {message.id for message in translations.collected()}

    assert "zh-hans" in LANGUAGES
    assert {
        "Check your answers",  # a template
        "Choose one answer.",  # a form
        "This answer is missing.",  # a problem with a document
        ("%(count)s option", "%(count)s options"),  # counted
        "Shop or retail",  # the catalog's own words
    } <= found


def test_the_screens_of_the_admin_are_left_out() -> None:
    found = {message.id for message in translations.collected()}

    assert "Publish the drafts" not in found
    assert "number of languages" in found  # a column, which the public files and changes name


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    assert translations.untranslated(translations.brought_up_to_date(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kept_words_are_those_of_the_code(language: str) -> None:
    kept = {message.id for message in translations.written(language)}
    used = {message.id for message in translations.brought_up_to_date(language)}

    assert kept ^ used == set(), "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_for_a_figure_and_every_tag_is_kept(language: str) -> None:
    wrong = [
        (source, target)
        for source, target in pairs(translations.written(language))
        for pattern in (PLACE, TAG)
        if sorted(pattern.findall(source)) != sorted(pattern.findall(target))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_kept_is_what_was_compiled(language: str) -> None:
    catalog, folder = translations.brought_up_to_date(language), translations.folder(language)

    assert (folder / "django.po").read_bytes() == translations.po_file(catalog), "run `make messages`"
    assert (folder / "django.mo").read_bytes() == translations.mo_file(catalog), "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_django_finds_the_words(language: str) -> None:
    with override(language):
        assert gettext("Check your answers") != "Check your answers"


def test_problems_with_a_document_speak_the_language_of_the_reader() -> None:
    with override("zh-hans"), pytest.raises(AnswersError) as caught:
        parse({"question_set": "2026-11"})

    assert {problem["message"] for problem in caught.value.problems} == {"缺少这个回答。"}


def test_each_folder_of_words_is_an_offered_language() -> None:
    folders = {path.parent.parent.name for path in translations.ROOT.glob("locale/*/LC_MESSAGES/*.po")}

    assert folders == {translations.folder(language).parent.name for language in LANGUAGES}


def test_five_languages_are_offered_and_one_without_words_is_not() -> None:
    assert {code for code, _name in settings.LANGUAGES} == {"en", "zh-hans", "de", "fr", "es"}
    assert get_supported_language_variant("zh-cn") == "zh-hans"
    assert get_supported_language_variant("de-at") == "de"
    with pytest.raises(LookupError):
        get_supported_language_variant("it")


def test_reports_speak_the_languages_of_the_site() -> None:
    assert [code for code, _name in settings.LANGUAGES] == list(REPORT_LANGUAGES)


def test_a_new_language_starts_with_every_text_waiting(tmp_path, settings, monkeypatch) -> None:
    settings.LANGUAGES = [("en", "English"), ("it", "italiano")]
    monkeypatch.setattr(translations, "folder", lambda language: tmp_path / language)
    said = StringIO()

    call_command("messages", stdout=said)

    assert (tmp_path / "it" / "django.mo").exists()
    assert "Check your answers" in (tmp_path / "it" / "django.po").read_text("utf-8")
    texts, waiting = re.findall(r"\d+", said.getvalue().splitlines()[0])
    assert texts == waiting


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_printed_in_chinese(state: str) -> None:
    assert rendered(STATES[state]().to_document(), language="zh-hans").startswith(b"%PDF")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_can_be_printed_in_every_language(language: str) -> None:
    assert rendered(STATES["saves"]().to_document(), language=language).startswith(b"%PDF")
