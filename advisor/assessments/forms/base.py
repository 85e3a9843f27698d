"""What all question forms share: they show stored answers, and turn what was typed into a change of the answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from advisor.assessments.choice_labels import label
from advisor.assessments.context import QuestionContext
from advisor.assessments.forms.fields import UNSURE, OneField, Option, SomeField, unsure
from advisor.assessments.forms.figures import FigureField, instead_of
from advisor.assessments.readings import reading_words
from advisor.web.formats import Formats
from advisor.web.typography import labeled

MOVE = "move"  # name of the buttons that change the form on the page without saving it
DRAFT = "draft"  # name of the hidden input that tells which draft the page goes on from
SHOWN = "shown"  # name of the hidden input that tells what the page was showing


class QuestionForm(forms.Form):
    """One question page. Subclasses name their question, build their fields, and say what the fields change."""

    question: ClassVar[str]
    fields_template: ClassVar[str] = "assessments/questions/_fields.html"
    use_required_attribute = False  # the browser must not insist on a figure where "not sure" is ticked
    context: QuestionContext

    def __init__(
        self, data: QueryDict | None, context: QuestionContext, typed: Mapping[str, Any] | None = None
    ) -> None:
        """``typed`` is shown instead of the stored answers, without judging it."""
        self.context = context
        self.stored = self.read(context.answers)
        super().__init__(data, initial={**self.stored, **(typed or {})})
        self.build(data)

    def build(self, data: QueryDict | None) -> None:
        """Add the fields."""
        raise NotImplementedError

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show for the stored answers."""
        raise NotImplementedError

    def changes(self) -> dict[str, Any]:
        """What valid fields change in the answers."""
        raise NotImplementedError

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, not judged."""
        return {name: field.widget.value_from_datadict(self.data, {}, name) for name, field in self.fields.items()}

    @classmethod
    def as_typed(cls, data: QueryDict, context: QuestionContext) -> QuestionForm:
        """The form as somebody left it without sending it."""
        return cls(None, context, cls(data, context).typed())

    @classmethod
    def moved(cls, data: QueryDict, context: QuestionContext) -> QuestionForm:
        """The form after one of its own buttons ("add a line") was pressed: as typed, changed, not judged."""
        return cls(None, context)

    @property
    def goes_to(self) -> str | None:
        """Another page than the usual next one, when an answer asks for it."""
        return None

    @property
    def fingerprint(self) -> str:
        """Stands for the stored answers this page shows."""
        return hashlib.sha256(json.dumps(self.stored, sort_keys=True, default=str).encode()).hexdigest()[:16]

    @property
    def is_stale(self) -> bool:
        """Whether the stored answers have changed since the page was shown."""
        return str(self.data.get(SHOWN, self.fingerprint)) != self.fingerprint

    def problems(self) -> list[tuple[str, str]]:
        """Everything wrong with the form: the id of the input to go to, and the sentence."""
        return [("main", str(error)) for error in self.non_field_errors()] + field_problems(self)

    def inputs(self) -> frozenset[str]:
        """Names of the inputs the page reads; whatever else is sent is nobody's answer."""
        return field_inputs(self)

    def refused(self) -> frozenset[str]:
        """Names of inputs whose content cannot be used; after validation."""
        return frozenset(target.removeprefix("id_").removesuffix("_0") for target, _sentence in self.problems())

    def readings(self) -> list[str]:
        """How figures were read that stand for something else than their digits; after validation."""
        return field_readings(self, self.context.formats)

    def unsure(self, key: str | None = None, subject: str | None = None) -> Option:
        """The "not sure" answer of this question with its default."""
        return unsure(self.context.default(self.question, key, subject))


class OneAnswerForm(QuestionForm):
    """A question with exactly one answer out of a closed list."""

    key: ClassVar[str]
    answers: ClassVar[type[StrEnum]]

    def build(self, data: QueryDict | None) -> None:
        self.fields["answer"] = OneField([*options(self.answers), self.unsure()])

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": shown(answers, self.key)}

    def changes(self) -> dict[str, Any]:
        return {self.key: known(self.cleaned_data["answer"])}


class SomeAnswersForm(QuestionForm):
    """A question with any number of answers out of a closed list."""

    key: ClassVar[str]
    answers: ClassVar[type[StrEnum]]
    alone: ClassVar[frozenset[str]] = frozenset({"none"})
    can_be_unsure: ClassVar[bool] = True

    def build(self, data: QueryDict | None) -> None:
        unsure_option = [self.unsure()] if self.can_be_unsure else []
        self.fields["answers"] = SomeField([*options(self.answers, alone=self.alone), *unsure_option])

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        value = shown(answers, self.key)
        return {"answers": [value] if isinstance(value, str) and value else value or []}

    def changes(self) -> dict[str, Any]:
        chosen = self.cleaned_data["answers"]
        return {self.key: None if chosen == [UNSURE] else chosen}


def field_problems(form: forms.Form) -> list[tuple[str, str]]:
    """The problems of a form's own fields, with the id of each field's first input."""
    found = []
    for field in form.visible_fields():
        first = "_0" if field.use_fieldset else ""
        said = [labeled(str(field.label), str(error)) if field.label else str(error) for error in field.errors]
        found += [(f"{field.auto_id}{first}", text) for text in said]
    return found


def field_inputs(form: forms.Form) -> frozenset[str]:
    """Names of the inputs of a form's own fields; a figure has a second one, for an answer in its place."""
    names = {form.add_prefix(name) for name in form.fields}
    return frozenset(names | {instead_of(name) for name in names})


def field_readings(form: forms.Form, formats: Formats) -> list[str]:
    """The readings of a form's own fields."""
    fields = [field for field in form.fields.values() if isinstance(field, FigureField) and field.reading]
    return [reading_words(*field.reading, str(field.widget.after), formats) for field in fields if field.reading]


def options(members: Iterable[StrEnum], *, alone: frozenset[str] = frozenset()) -> list[Option]:
    """Options for the members of a vocabulary, in its order."""
    return [
        Option(member.value, label(member).text, label(member).hint, alone=member.value in alone) for member in members
    ]


def shown(answers: Mapping[str, Any], key: str) -> Any:
    """A stored answer as a field shows it: nothing when open, the "not sure" code when unsure."""
    if key not in answers:
        return ""
    return UNSURE if answers[key] is None else answers[key]


def known(value: Any) -> Any:
    """A field's value as it is stored: "not sure" and nothing are null."""
    return None if value in {UNSURE, ""} else value
