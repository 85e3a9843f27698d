"""Step 4: what is paid for, the computers, who looks after them, and the line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisor.assessments.document import (
    FIRST_DAY,
    LAST_DAY,
    MAX_COMPUTERS,
    MAX_MEMORY_GB,
    MAX_MONEY,
    MAX_PEOPLE,
    MAX_TOOLS,
)
from advisor.assessments.forms.base import OneAnswerForm, QuestionForm, known, options, shown
from advisor.assessments.forms.fields import (
    UNSURE,
    DayField,
    ListField,
    OneField,
    Option,
    PlainTextField,
    SomeField,
)
from advisor.assessments.forms.figures import FigureField
from advisor.assessments.forms.rows import Line, LinesForm
from advisor.assessments.places import MAKER_COUNTRIES
from advisor.assessments.quantity_words import A_MONTH
from advisor.engine import answers as engine

PAYS = "pays"
PAYS_NOTHING = "nothing"
# Which devices of the catalog each answer of question 16 offers.
DEVICE_KINDS = {
    "graphics_card": ("consumer_gpu", "workstation_gpu"),
    "apple": ("unified_memory_computer",),
    "server": ("datacenter_gpu", "cn_accelerator", "cpu_server", "workstation_gpu", "unified_memory_computer"),
}
APPLE = "Apple"


class ToolLine(Line):
    telling = ("product", "price_month")

    def clean_contract_end(self) -> date | None:
        day: date | None = self.cleaned_data["contract_end"]
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Type a day in this century."))
        return day


class ToolsForm(LinesForm):
    question = "Q15"
    line_name = gettext_lazy("Product")
    max_lines = MAX_TOOLS

    def build(self, data: QueryDict | None) -> None:
        super().build(data)
        self.fields["answer"] = OneField(
            [
                Option(PAYS, _("Yes, we pay for the following")),
                Option(PAYS_NOTHING, _("We pay for nothing of the kind"), _("Then we compare with a usual product")),
                self.unsure(),
            ]
        )

    def line(self, data: QueryDict | None, number: int, initial: dict[str, Any] | None = None) -> Line:
        line = ToolLine(data, prefix=f"line{number}", initial=initial)
        currency = self.context.answers.get("currency", "")
        line.fields["product"] = PlainTextField(label=_("Product or service"))
        line.fields["people"] = FigureField(
            at_least=1, at_most=MAX_PEOPLE, whole=True, required=False, label=_("For how many people?"),
            help_text=_("Leave empty if it is not paid per person."),
        )  # fmt: skip
        line.fields["price_month"] = FigureField(
            at_least=0, at_most=MAX_MONEY, currency=currency, units=A_MONTH, label=_("The whole bill for a month"),
            help_text=_("For all people together, before tax."),
        )  # fmt: skip
        line.fields["contract_end"] = DayField(
            required=False, label=_("Contract ends on"), help_text=_("Leave empty if you can cancel any month.")
        )
        line.fields["would_stop"] = ListField(
            [("", _("Choose")), *((option.value, option.text) for option in options(engine.WouldStop))],
            label=_("Would you really stop paying?"),
        )
        return line

    def read_lines(self, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
        return list(answers.get("current_tools") or ())

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        value = shown(answers, "current_tools")
        if isinstance(value, list):
            value = PAYS if value else PAYS_NOTHING
        return {**super().read(answers), "answer": value}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == PAYS and not self.filled:
            raise ValidationError(_("Fill in at least one line, or choose another answer."))
        if cleaned.get("answer") in {PAYS_NOTHING, UNSURE} and self.filled:
            raise ValidationError(_("There are lines filled in. Choose “Yes”, or empty them."))
        return cleaned

    def needs_lines(self) -> bool:
        return self.cleaned_data.get("answer") == PAYS

    def changes(self) -> dict[str, Any]:
        if self.cleaned_data["answer"] == UNSURE:
            return {"current_tools": None}
        return {"current_tools": [_tool(line.cleaned_data) for line in self.filled] if self.needs_lines() else []}


def _tool(cleaned: dict[str, Any]) -> dict[str, Any]:
    day = cleaned["contract_end"]
    return {**cleaned, "contract_end": day.isoformat() if day else None}


class ComputersForm(QuestionForm):
    question = "Q16"

    def build(self, data: QueryDict | None) -> None:
        self.fields["answer"] = OneField([*options(engine.Computers), self.unsure()])
        self.fields["countries"] = SomeField(
            [Option(code, self.context.formats.country(code)) for code in MAKER_COUNTRIES],
            required=False,
            layout="choices-columns",
            label=_("May we only use machines from certain countries?"),
            help_text=_("Tick the countries whose makers are allowed. Leave all empty if there is no such rule."),
        )

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": shown(answers, "computers"), "countries": answers.get("hardware_countries", [])}

    def changes(self) -> dict[str, Any]:
        return {
            "computers": known(self.cleaned_data["answer"]),
            "hardware_countries": self.cleaned_data["countries"],
        }


class ComputerLine(Line):
    telling = ("device", "memory_gb")


class OwnComputersForm(LinesForm):
    """The page behind question 16 that describes a machine worth describing."""

    question = "Q16"
    line_name = gettext_lazy("Machine")
    max_lines = 6

    def build(self, data: QueryDict | None) -> None:
        super().build(data)
        unsure_option = Option(UNSURE, _("Not sure"), _("Then we leave your machine out of the sum"))
        self.fields["unsure"] = SomeField([unsure_option], required=False)

    def line(self, data: QueryDict | None, number: int, initial: dict[str, Any] | None = None) -> Line:
        line = ComputerLine(data, prefix=f"line{number}", initial={"count": 1, **(initial or {})})
        line.fields["device"] = ListField(
            [("", _("Not in this list")), *self._devices()], required=False, label=_("Machine or graphics card")
        )
        line.fields["memory_gb"] = FigureField(
            at_least=0, above=True, at_most=MAX_MEMORY_GB, required=False, after="GB", label=_("Or its memory"),
            help_text=_("Memory of the graphics card; of the whole computer for Apple."),
        )  # fmt: skip
        line.fields["count"] = FigureField(at_least=1, at_most=MAX_COMPUTERS, whole=True, label=_("How many?"))
        return line

    def _devices(self) -> list[tuple[str, str]]:
        chosen = self.context.answers.get("computers") or ""
        kinds = DEVICE_KINDS.get(chosen, ())
        devices = [device for device in self.context.catalog.devices if device.kind in kinds]
        if chosen == "apple":
            devices = [device for device in devices if device.vendor == APPLE]
        return sorted(((device.slug, device.name) for device in devices), key=lambda row: row[1])

    def read_lines(self, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
        return list(answers.get("own_computers") or ())

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().read(answers), "unsure": [UNSURE] if shown(answers, "own_computers") == UNSURE else []}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("unsure") and self.filled:
            raise ValidationError(_("Describe the machine or tick “Not sure”, not both."))
        if not cleaned.get("unsure") and not self.filled:
            raise ValidationError(_("Choose a machine or type its memory, or tick “Not sure”."))
        return cleaned

    def needs_lines(self) -> bool:
        return not self.cleaned_data.get("unsure")

    def changes(self) -> dict[str, Any]:
        if self.cleaned_data.get("unsure"):
            return {"own_computers": None}
        return {"own_computers": [_computer(line.cleaned_data) for line in self.filled]}


def _computer(cleaned: dict[str, Any]) -> dict[str, Any]:
    """A listed device speaks for itself; its memory is not taken from the form as well."""
    device = cleaned["device"] or None
    return {"device": device, "memory_gb": None if device else cleaned["memory_gb"], "count": cleaned["count"]}


class ItSupportForm(QuestionForm):
    question = "Q17"

    def build(self, data: QueryDict | None) -> None:
        self.fields["answer"] = OneField([*options(engine.ItSupport), self.unsure("it_support")])
        default = self.context.default(self.question, "hourly_cost")
        hint = _("Leave it empty if you do not know. Then we assume: %(default)s") % {"default": default}
        self.fields["hourly_cost"] = FigureField(
            at_least=0, above=True, at_most=MAX_MONEY, required=False, currency=self.context.answers.get("currency"),
            label=_("What does an hour of this help cost you?"), help_text=hint if default else "",
        )  # fmt: skip

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": shown(answers, "it_support"), "hourly_cost": answers.get("hourly_cost")}

    def changes(self) -> dict[str, Any]:
        return {
            "it_support": known(self.cleaned_data["answer"]),
            "hourly_cost": self.cleaned_data["hourly_cost"],
        }


class ConnectivityForm(OneAnswerForm):
    question = "Q18"
    key = "connectivity"
    answers = engine.Connectivity
