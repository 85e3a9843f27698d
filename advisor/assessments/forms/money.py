"""Step 5: money and timing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from advisor.assessments.document import MAX_MONEY
from advisor.assessments.forms.base import OneAnswerForm, QuestionForm, known, shown
from advisor.assessments.forms.fields import Option
from advisor.assessments.forms.figures import FigureField
from advisor.assessments.quantity_words import A_MONTH
from advisor.engine import answers as engine

AS_NOW = "as_now"


class BudgetOnceForm(QuestionForm):
    question = "Q19"

    def build(self, data: QueryDict | None) -> None:
        currency = self.context.answers.get("currency", "")
        self.fields["amount"] = FigureField(
            at_least=0, at_most=MAX_MONEY, options=(self.unsure(),), currency=currency, label=_("At most, once")
        )

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {"amount": shown(answers, "budget_once")}

    def changes(self) -> dict[str, Any]:
        return {"budget_once": known(self.cleaned_data["amount"])}


class BudgetMonthForm(QuestionForm):
    question = "Q20"

    def build(self, data: QueryDict | None) -> None:
        currency = self.context.answers.get("currency", "")
        self.fields["amount"] = FigureField(
            at_least=0,
            at_most=MAX_MONEY,
            options=(Option(AS_NOW, _("No more than we pay now"), alone=True), self.unsure()),
            currency=currency,
            units=A_MONTH,
            label=_("At most, each month"),
        )

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {"amount": AS_NOW if answers.get("budget_month_as_now") else shown(answers, "budget_month")}

    def changes(self) -> dict[str, Any]:
        amount = self.cleaned_data["amount"]
        as_now = amount == AS_NOW
        return {"budget_month": None if as_now else known(amount), "budget_month_as_now": as_now}


class TimingForm(OneAnswerForm):
    question = "Q21"
    key = "timing"
    answers = engine.Timing


class PaymentForm(OneAnswerForm):
    question = "Q22"
    key = "payment_preference"
    answers = engine.PaymentPreference
