"""The forms of the admin's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminTextareaWidget

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
