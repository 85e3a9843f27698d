"""Questions answered by a table of lines. Without scripts: "add another line" is a submit button like any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import Promise

from advisor.assessments.context import QuestionContext
from advisor.assessments.forms.base import MOVE, QuestionForm, field_inputs, field_problems, field_readings
from advisor.web.typography import labeled

COUNT = "lines"  # hidden input: how many lines the page shows
ADD = "add"
REMOVE = "remove:"


class Line(forms.Form):
    """One line. It counts as empty, and is dropped, while none of its ``telling`` fields holds anything."""

    telling: ClassVar[tuple[str, ...]]
    use_required_attribute = False

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, not judged."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    @property
    def is_empty(self) -> bool:
        """Whether nothing that tells was typed; an empty line is neither judged nor stored."""
        return not any(_holds_something(self.typed()[name]) for name in self.telling)

    def full_clean(self) -> None:
        if self.is_bound and self.is_empty:
            self._errors = ErrorDict()
            self.cleaned_data = {}
        else:
            super().full_clean()


class LinesForm(QuestionForm):
    """A question form with lines below its own fields."""

    fields_template = "assessments/questions/_lines.html"
    line_name: ClassVar[str | Promise]
    max_lines: ClassVar[int]
    spare_lines: ClassVar[int] = 1  # empty lines shown when there are none yet
    lines: list[Line]

    def line(self, data: QueryDict | None, number: int, initial: dict[str, Any] | None = None) -> Line:
        """One line form with the prefix of its place."""
        raise NotImplementedError

    def read_lines(self, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What the lines show for the stored answers."""
        raise NotImplementedError

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {"lines": self.read_lines(answers)}

    def build(self, data: QueryDict | None) -> None:
        if data is not None:
            self.lines = [self.line(data, number) for number in range(line_count(data, self.max_lines))]
            return
        values = self.initial["lines"] or [{}] * self.spare_lines
        self.lines = [self.line(None, number, initial) for number, initial in enumerate(values)]

    def typed_lines(self) -> list[dict[str, Any]]:
        return [line.typed() for line in self.lines]

    def typed(self) -> dict[str, Any]:
        return {**super().typed(), "lines": self.typed_lines()}

    @property
    def filled(self) -> list[Line]:
        return [line for line in self.lines if not line.is_empty]

    @property
    def can_add(self) -> bool:
        return len(self.lines) < self.max_lines

    def is_valid(self) -> bool:
        own = super().is_valid()
        lines = [line.is_valid() for line in self.filled]  # all of them, so that all problems show at once
        return own and (not self.needs_lines() or all(lines))

    def problems(self) -> list[tuple[str, str]]:
        found = super().problems()
        if not self.needs_lines():
            return found
        for number, line in enumerate(self.lines, start=1):
            if not line.is_empty:
                name = f"{self.line_name} {number}"
                found += [(target, labeled(name, problem)) for target, problem in field_problems(line)]
        return found

    def inputs(self) -> frozenset[str]:
        return super().inputs().union({COUNT}, *map(field_inputs, self.lines))

    def readings(self) -> list[str]:
        lines = [line for line in self.filled if self.needs_lines()]
        return [*super().readings(), *(text for line in lines for text in field_readings(line, self.context.formats))]

    def needs_lines(self) -> bool:
        """Whether the other answers on the page call for the lines at all."""
        return True

    @classmethod
    def moved(cls, data: QueryDict, context: QuestionContext) -> QuestionForm:
        bound = cls(data, context)
        typed = bound.typed_lines()
        move = data.get(MOVE, "")
        if move == ADD and bound.can_add:
            typed.append({})
        place = move.removeprefix(REMOVE)
        if move.startswith(REMOVE) and place.isascii() and place.isdigit() and int(place) < len(typed):
            del typed[int(place)]
        return cls(None, context, {**bound.typed(), "lines": typed})


def line_count(data: QueryDict, most: int) -> int:
    """How many lines were sent; anything odd counts as one."""
    text = data.get(COUNT, "")
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def _holds_something(value: Any) -> bool:
    text = getattr(value, "text", value)
    return bool(str(text or "").strip())
