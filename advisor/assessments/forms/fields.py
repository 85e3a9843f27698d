"""Form fields that read what people really type, and say how to put it right in one plain sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisor.assessments.document import MAX_TEXT
from advisor.assessments.plain_text import is_plain_text
from advisor.web.widgets import OneSelect

Text = str | Promise

UNSURE = "not_sure"
GROUP = "components/fields/group.html"
FOLDED = "components/fields/folded.html"  # a long list that few people need, closed until asked for


@dataclass(frozen=True)
class Option:
    """One possible answer. ``alone`` answers go with no other: "none", "not sure"."""

    value: str
    text: Text
    hint: Text = ""
    alone: bool = False


class OptionRadios(forms.RadioSelect):
    """Shows options as whole-row targets with hints.

    Drawn here and not by a template: lists of a hundred countries or suppliers are on pages that must come at once,
    and the template engine takes fifty times as long for each row.
    """

    known: Mapping[str, Option] = {}
    layout = ""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        ticked = set(self.format_value(value))
        stem = (attrs or {}).get("id", "")
        rows = (
            _row(option, self.input_type, name, f"{stem}_{place}", ticked=option.value in ticked)
            for place, option in enumerate(self.known.values())
        )
        return format_html('<div class="choices {}" data-alone-group>{}</div>', self.layout, join_html(rows))


def join_html(parts: Iterable[SafeString]) -> SafeString:
    """One piece of HTML made of safe pieces."""
    return SafeString("".join(parts))


@lru_cache(maxsize=4096)  # one list of suppliers is a hundred rows, and most rows look alike on every visit
def _row(option: Option, kind: str, name: str, identity: str, *, ticked: bool) -> SafeString:
    hint = format_html('<span class="choice-hint" id="{}_hint">{}</span>', identity, option.hint) if option.hint else ""
    marks = (" data-alone" if option.alone else "") + (f' aria-describedby="{identity}_hint"' if hint else "")
    return format_html(
        '<label class="choice{}" for="{}"><input type="{}" name="{}" value="{}" id="{}"{}{}>'
        "<span>{}</span>{}</label>",
        SafeString(" choice-unsure" if option.value == UNSURE else ""), identity, kind, name, option.value, identity,
        SafeString(marks), SafeString(" checked" if ticked else ""), option.text, hint,
    )  # fmt: skip


class OptionBoxes(OptionRadios):
    allow_multiple_selected = True
    input_type = "checkbox"

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # the browser would demand every box


def _choices(options: Iterable[Option]) -> list[tuple[str, Text]]:
    """What Django judges an answer by. Fields ask for it when they do: most are only looked at."""
    return [(option.value, option.text) for option in options]


class OneField(forms.ChoiceField):
    """Exactly one of the options."""

    def __init__(self, options: Iterable[Option], *, layout: str = "", **kwargs: Any) -> None:
        listed = tuple(options)
        kwargs.setdefault("label", "")
        super().__init__(
            choices=lambda: _choices(listed),
            widget=OptionRadios,
            error_messages={
                "required": gettext_lazy("Choose one answer."),
                "invalid_choice": gettext_lazy("Choose one of the answers on this page."),
            },
            **kwargs,
        )
        self.template_name = GROUP
        self.widget.known = {option.value: option for option in listed}
        self.widget.layout = layout


class SomeField(forms.MultipleChoiceField):
    """One or more of the options; those that stand alone go with no other. Kept in the order of the page."""

    def __init__(
        self,
        options: Iterable[Option],
        *,
        at_most: int | None = None,
        layout: str = "",
        folded: bool = False,
        **kw: Any,
    ) -> None:
        self.options = tuple(options)
        self.at_most = at_most
        kw.setdefault("label", "")
        super().__init__(
            choices=lambda: _choices(self.options),
            widget=OptionBoxes,
            error_messages={
                "required": gettext_lazy("Tick at least one answer."),
                "invalid_choice": gettext_lazy("Tick answers on this page only."),
                "invalid_list": gettext_lazy("Tick answers on this page only."),
            },
            **kw,
        )
        self.template_name = FOLDED if folded else GROUP
        self.widget.known = {option.value: option for option in self.options}
        self.widget.layout = layout

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        alone = [option for option in self.options if option.alone and option.value in chosen]
        if alone and len(chosen) > 1:
            raise ValidationError(
                _("“%(alone)s” cannot go with other answers. Untick one of them.") % {"alone": alone[0].text}
            )
        if self.at_most is not None and len(chosen) > self.at_most:
            raise ValidationError(
                _("Choose %(count)s at most. Untick the ones that matter least.") % {"count": self.at_most}
            )
        return [option.value for option in self.options if option.value in chosen]


class PlainTextField(forms.CharField):
    """One line of text in any language, without invisible characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=MAX_TEXT,
            error_messages={
                "required": gettext_lazy("Type a name."),
                "max_length": gettext_lazy("Use at most %(limit_value)d characters."),
            },
            **kwargs,
        )
        self.template_name = GROUP
        # Longer text is told about, not cut off by the browser.
        self.widget.attrs.pop("maxlength", None)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off"}

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not is_plain_text(text):
            raise ValidationError(_("Type it again without hidden characters."))
        return text


class ListField(forms.ChoiceField):
    """One entry of a long list, as a drop-down."""

    def __init__(self, choices: Iterable[tuple[Any, Any]], **kwargs: Any) -> None:
        listed = list(choices)
        super().__init__(
            choices=lambda: listed,
            widget=OneSelect,
            error_messages={
                "required": gettext_lazy("Choose one from the list."),
                "invalid_choice": gettext_lazy("Choose one from the list."),
            },
            **kwargs,
        )
        self.template_name = GROUP


class DayField(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            error_messages={"invalid": gettext_lazy("Type a date as year-month-day, for example 2027-03-31.")},
            **kwargs,
        )
        self.template_name = GROUP


def unsure(default: Text = "") -> Option:
    """The "not sure" answer, with what is assumed then."""
    hint = gettext_lazy("Then we assume: %(default)s") % {"default": default} if default else ""
    return Option(UNSURE, gettext_lazy("Not sure"), hint, alone=True)
