"""The form of the publish page."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget


class PublishForm(forms.Form):
    """``seen`` ties the confirmation to the drafts that were shown; drafts edited meanwhile are shown again."""

    note = forms.CharField(
        label=_("What changed, for those who read the list of versions"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
