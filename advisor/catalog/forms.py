"""The forms of the admin's own pages."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from advisor.catalog.models import Measurement


class PublishForm(forms.Form):
    """``seen`` ties the confirmation to the drafts that were shown; drafts edited meanwhile are shown again."""

    note = forms.CharField(
        label=_("What changed, for those who read the list of versions"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReviewForm(forms.Form):
    """``seen_state`` ties the decision to what was shown; a measurement decided meanwhile is shown again."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(state.value, state.label) for state in (Measurement.State.ACCEPTED, Measurement.State.REJECTED)],
        widget=UnfoldAdminRadioSelectWidget,
    )
    reason = forms.CharField(
        label=_("Why, for whoever submitted it"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    seen_state = forms.CharField(widget=forms.HiddenInput, max_length=10)


def _not_later_than_today(day: object) -> None:
    if day > timezone.localdate():  # type: ignore[operator]
        raise ValidationError(_("Nobody has looked on a day to come."))


class CheckedAgainForm(forms.Form):
    """The day on which the facts were looked up again."""

    day = forms.DateField(label=_("Checked on"), validators=[_not_later_than_today], widget=UnfoldAdminSingleDateWidget)


class PriceChangeForm(CheckedAgainForm):
    """By how much, and who says so."""

    percent = forms.DecimalField(
        label=_("Change, percent"),
        help_text=_("10 raises a price by a tenth, -10 lowers it. Announced changes stay as they are."),
        min_value=Decimal(-99),
        max_value=Decimal(900),
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget,
    )
    source = forms.CharField(label=_("Source"), max_length=1000, widget=UnfoldAdminTextInputWidget)
    field_order = ("percent", "day", "source")


class CommentForm(forms.Form):
    text = forms.CharField(label=_("New comment"), max_length=2000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))
