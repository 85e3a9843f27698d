"""Step 3 and question 7: information, documents, programs and languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisor.assessments.document import MAX_LANGUAGES
from advisor.assessments.forms.base import (
    OneAnswerForm,
    QuestionForm,
    SomeAnswersForm,
    known,
    options,
    shown,
)
from advisor.assessments.forms.fields import UNSURE, ListField, OneField, SomeField, unsure
from advisor.assessments.forms.rows import Line, LinesForm
from advisor.assessments.places import LANGUAGES
from advisor.engine import answers as engine
from advisor.web.formats import Formats


@lru_cache(maxsize=16)
def language_names(language: str) -> list[tuple[str, str]]:
    """Languages by their names in a language, in its order."""
    formats = Formats(language=language, currency="EUR")
    return sorted(((code, formats.language_name(code)) for code in LANGUAGES), key=lambda row: formats.order(row[1]))


class LanguageLine(Line):
    telling = ("language",)


class LanguagesForm(LinesForm):
    question = "Q7"
    line_name = gettext_lazy("Language")
    max_lines = MAX_LANGUAGES
    spare_lines = 2

    def build(self, data: QueryDict | None) -> None:
        super().build(data)
        self.fields["unsure"] = SomeField([self.unsure()], required=False)

    def line(self, data: QueryDict | None, number: int, initial: dict[str, Any] | None = None) -> Line:
        line = LanguageLine(data, prefix=f"line{number}", initial={"use": "mostly", **(initial or {})})
        names = language_names(self.context.language)
        line.fields["language"] = ListField([("", _("Choose a language")), *names], label=_("Language"))
        line.fields["use"] = ListField(
            [(option.value, option.text) for option in options(engine.LanguageUse)], label=_("How much?")
        )
        return line

    def read_lines(self, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
        return list(answers.get("languages") or ())

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().read(answers), "unsure": [UNSURE] if shown(answers, "languages") == UNSURE else []}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        named = [line["language"].value() for line in self.filled]
        if cleaned.get("unsure") and named:
            raise ValidationError(_("Choose languages or tick “Not sure”, not both."))
        if not cleaned.get("unsure") and not named:
            raise ValidationError(_("Choose at least one language, or tick “Not sure”."))
        if len(set(named)) < len(named):
            raise ValidationError(_("A language is named twice. Keep one line for each."))
        return cleaned

    def needs_lines(self) -> bool:
        return not self.cleaned_data.get("unsure")

    def changes(self) -> dict[str, Any]:
        if self.cleaned_data.get("unsure"):
            return {"languages": None}
        return {"languages": [line.cleaned_data for line in self.filled]}


class InformationForm(SomeAnswersForm):
    question = "Q11"
    key = "information"
    answers = engine.Information
    can_be_unsure = False


class LocationForm(OneAnswerForm):
    question = "Q12"
    key = "processing_location"
    answers = engine.ProcessingLocation


class DocumentsForm(QuestionForm):
    question = "Q13"

    def build(self, data: QueryDict | None) -> None:
        counts = [*options(engine.DocumentCount), self.unsure("document_count")]
        self.fields["count"] = OneField(counts, label=_("How many, about?"))
        shapes = [*options(engine.DocumentShape), unsure(_("typed files"))]
        self.fields["shapes"] = SomeField(shapes, label=_("In what shape?"), help_text=_("Tick all that apply."))

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        shapes = shown(answers, "document_shapes")
        return {
            "count": shown(answers, "document_count"),
            "shapes": [shapes] if shapes == UNSURE else shapes or [],
        }

    def changes(self) -> dict[str, Any]:
        shapes = self.cleaned_data["shapes"]
        return {
            "document_count": known(self.cleaned_data["count"]),
            "document_shapes": None if shapes == [UNSURE] else shapes,
        }


class ProgramsForm(SomeAnswersForm):
    question = "Q14"
    key = "programs"
    answers = engine.Program
