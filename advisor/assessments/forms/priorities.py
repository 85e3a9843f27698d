"""Step 6: what matters most, and rules that nothing may break."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from advisor.assessments.answers import suppliers_as_written
from advisor.assessments.context import QuestionContext
from advisor.assessments.forms.base import MOVE, OneAnswerForm, QuestionForm, SomeAnswersForm, options, shown
from advisor.assessments.forms.fields import UNSURE, OneField, Option, SomeField
from advisor.assessments.places import MAKER_COUNTRIES
from advisor.engine import answers as engine

TOP = 3
ORDER = "order"
NO_RULE = "no_rule"
HAS_RULES = "rules"
_FLAGS = ("standard_licenses_only", "disclosed_data_only")
_SUPPLIERS = ("avoid_suppliers", "only_suppliers")
_LISTS = ("avoid_countries", "only_countries", *_SUPPLIERS)


class PrioritiesForm(QuestionForm):
    """Choose and order with buttons: each press sends the form and shows it again with the new order."""

    question = "Q23"
    fields_template = "assessments/questions/_ranking.html"

    def build(self, data: QueryDict | None) -> None:
        self.order = _order(data.getlist(ORDER)) if data is not None else list(self.initial[ORDER])
        self.fields["unsure"] = SomeField([self.unsure()], required=False)

    def inputs(self) -> frozenset[str]:
        return super().inputs() | {ORDER}

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {
            ORDER: list(answers.get("priorities") or ()),
            "unsure": [UNSURE] if shown(answers, "priorities") == UNSURE else [],
        }

    def typed(self) -> dict[str, Any]:
        return {**super().typed(), ORDER: self.order}

    @property
    def chosen(self) -> list[Option]:
        labels = {option.value: option for option in options(engine.Priority)}
        return [labels[value] for value in self.order]

    @property
    def rest(self) -> list[Option]:
        return [option for option in options(engine.Priority) if option.value not in self.order]

    @property
    def is_full(self) -> bool:
        return len(self.order) >= TOP

    @classmethod
    def moved(cls, data: QueryDict, context: QuestionContext) -> QuestionForm:
        order = _order(data.getlist(ORDER))
        move, _colon, value = data.get(MOVE, "").partition(":")
        if value in order:
            place = order.index(value)
            order.remove(value)
            if move == "up":
                order.insert(max(place - 1, 0), value)
            elif move == "down":
                order.insert(place + 1, value)
        elif move == "add" and value in set(engine.Priority) and len(order) < TOP:
            order.append(value)
        return cls(None, context, {ORDER: order, "unsure": [] if order else data.getlist("unsure")})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("unsure") and self.order:
            raise ValidationError(_("Choose an order or tick “Not sure”, not both."))
        if not cleaned.get("unsure") and not self.order:
            raise ValidationError(_("Choose what matters most with a button, or tick “Not sure”."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        return {"priorities": None if self.cleaned_data.get("unsure") else self.order}


def _order(values: list[str]) -> list[str]:
    known = set(engine.Priority)
    return list(dict.fromkeys(value for value in values if value in known))[:TOP]


class RulesForm(QuestionForm):
    question = "Q24"

    def build(self, data: QueryDict | None) -> None:
        self.fields["answer"] = OneField(
            [
                Option(NO_RULE, _("No rule")),
                Option(HAS_RULES, _("Yes, the ones ticked below")),
                self.unsure(),
            ]
        )
        self.fields["flags"] = SomeField(
            [
                Option(_FLAGS[0], _("Only standard open-source licenses"), _("Such as Apache or MIT")),
                Option(_FLAGS[1], _("Only systems whose training data is disclosed"), _("Few systems pass this")),
            ],
            required=False,
            label=_("Licenses and training data"),
            folded=True,
        )
        places = [Option(code, self.context.formats.country(code)) for code in MAKER_COUNTRIES]
        names = [Option(name, name) for name in self._suppliers()]
        self._add("avoid_countries", places, _("Countries to avoid"))
        self._add("only_countries", places, _("Only these countries"))
        self._add("avoid_suppliers", names, _("Suppliers to avoid"))
        self._add("only_suppliers", names, _("Only these suppliers"))

    def _add(self, name: str, listed: list[Option], text: str) -> None:
        self.fields[name] = SomeField(listed, required=False, layout="choices-columns", label=text, folded=True)

    def _suppliers(self) -> dict[str, tuple[str, ...]]:
        return suppliers_as_written(self.context.catalog)

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        value = shown(answers, "rules")
        rules = value if isinstance(value, dict) else {}
        flags = [flag for flag in _FLAGS if rules.get(flag)]
        lists = {name: rules.get(name, []) for name in _LISTS}
        for name in _SUPPLIERS:
            chosen = set(lists[name])
            lists[name] = [written for written, names in self._suppliers().items() if not chosen.isdisjoint(names)]
        if isinstance(value, dict):
            value = HAS_RULES if flags or any(lists.values()) else NO_RULE
        return {"answer": value, "flags": flags, **lists}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_any = any(cleaned.get(name) for name in ("flags", *_LISTS))
        answer = cleaned.get("answer")
        if answer == HAS_RULES and not has_any:
            raise ValidationError(_("Tick at least one rule below, or choose “No rule”."))
        if answer in {NO_RULE, UNSURE} and has_any:
            raise ValidationError(_("There are rules ticked below. Choose “Yes”, or untick them."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned["answer"] == UNSURE:
            return {"rules": None}
        flags = {flag: flag in cleaned["flags"] for flag in _FLAGS}
        lists = {name: cleaned[name] for name in _LISTS}
        for name in _SUPPLIERS:
            lists[name] = [each for written in lists[name] for each in self._suppliers()[written]]
        return {"rules": {**lists, **flags}}


class SpecialKnowledgeForm(SomeAnswersForm):
    question = "Q25"
    key = "special_knowledge"
    answers = engine.SpecialKnowledge


class ReadinessForm(OneAnswerForm):
    question = "Q26"
    key = "readiness"
    answers = engine.Readiness
